import { numpyLines, pythonText, torchLines } from '../../static/js/lib/card/code.js';
import { effectOf, stepped } from '../../static/js/lib/card/effect.js';
import { alignedLatex, toLatex } from '../../static/js/lib/card/latex.js';
import { matrixNotation, sumNotation, termsOf } from '../../static/js/lib/card/notations.js';
import { costs, large, pathRows } from '../../static/js/lib/card/paths.js';
import { shortened } from '../../static/js/lib/card/shorten.js';
import { exists, momentOf, parameterFacts, titleOf } from '../../static/js/lib/card/subject.js';
import { anyExample, isLitBy, ofExample, symbolsOf } from '../../static/js/lib/card/symbols.js';
import { factorsOf, isFused, termsOfNext } from '../../static/js/lib/card/chain.js';
import { number } from '../../static/js/lib/format.js';
import { assert, filled, test } from './harness.js';
import { tell } from '../../static/js/lib/narration.js';
import { distinct, elements, experimentOf, frozen, operation, stateOf, terms, written } from './made-up.js';

/** @typedef {import('../../static/js/state.js').State} State */
/** @typedef {import('../../static/js/state.js').Place} Place */
/** @typedef {import('../../static/js/lib/card/subject.js').Facts} Facts */

const SIZES = [2, 3, 1];
const scene = {
  activations: ['tanh', 'sigmoid'],
  sizes: SIZES,
  loss: 'half_squared_error',
  reduction: 'mean',
  examples: 1,
};
const symbols = symbolsOf(scene);

/** The lab with every number of a step, drawn; they do not add up. @param {number} examples @param {object} [more] @returns {State} */
function stepOf(examples, more = {}) {
  const state = stateOf(SIZES, {}, { examples });
  const next = distinct(7);
  const table = (/** @type {number} */ rows, /** @type {number} */ columns) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, next));
  const layers = SIZES.slice(1).map((units, layer) => ({
    z: table(examples, units),
    a: table(examples, units),
    derivative: table(examples, units),
    da: table(examples, units),
    delta: table(examples, units),
    dW: table(units, SIZES[layer]),
    db: table(1, units)[0],
  }));
  const explanation = {
    example: 0,
    example_gradients: table(1, examples)[0],
    penalty_gradient: 0,
    factors: [],
    da_terms: null,
    paths: [],
  };
  return frozen(
    /** @type {any} */ ({
      ...state,
      trace: { ...state.trace, layers },
      explanation,
      isTraining: false,
      ...more,
    }),
  );
}

/** @param {State} state @param {Place} place */
const factsOf = (state, place) => /** @type {Facts} */ (parameterFacts(state, place));
/** @type {Place} */
const WEIGHT = { layer: 1, unit: 0, input: 2 };
/** @type {Place} */
const BIAS = { layer: 0, unit: 1, input: 'bias' };

/** The names a formula's numbers bear. @param {import('../../static/js/lib/mathml.js').Maths[]} lines */
const named = (lines) =>
  new Set(lines.flatMap(elements).flatMap(({ attributes }) => attributes['data-term'] ?? []));

test('the symbols of a deep network say of which layer they are, those of a single layer need not', () => {
  assert.equal(written(symbols.w(1, 0, 2)), 'w13(2)');
  assert.equal(written(symbols.delta(0, 1)), 'δ2(1)');
  assert.equal(written(symbols.a(-1, 0)), 'x1');
  assert.equal(written(symbolsOf({ ...scene, activations: ['sigmoid'] }).w(0, 0, 1)), 'w12');
});

test('pointing at a symbol lights its numbers of every example, at one number only that', () => {
  const one = ofExample('delta 1 0', 3);
  assert.ok(isLitBy(one, 'delta 1 0') && isLitBy(one, one));
  assert.ok(!isLitBy('delta 1 0', one) && !isLitBy(ofExample('delta 1 0', 33), one));
  assert.ok(!isLitBy(ofExample('delta 1 10', 3), 'delta 1 1'));
  assert.equal(anyExample(one), 'delta 1 0');
});

test('a long row keeps its ends and what matters, in order, with gaps where something is left out', () => {
  assert.deepEqual(shortened(3, 1, 4), [0, 1, 2]);
  assert.deepEqual(shortened(100, 50, 5), [0, null, 49, 50, 51, null, 99]);
  assert.deepEqual(shortened(100, 0, 5), [0, 1, null, 99]);
  assert.deepEqual(shortened(100, 98, 3), [0, null, 98, 99]);
  for (let count = 1; count < 12; count += 1) {
    for (let used = 0; used < count; used += 1) {
      const kept = shortened(count, used, 4);
      const indices = kept.filter((index) => index !== null);
      assert.ok(indices.includes(used) && indices.includes(0) && indices.includes(count - 1));
      assert.deepEqual(
        indices,
        [...new Set(indices)].sort((one, other) => one - other),
      );
      kept.forEach((index, at) => {
        if (index !== null) return;
        assert.ok(Number(kept[at + 1]) - Number(kept[at - 1]) > 2, 'a gap hides more than one');
      });
    }
  }
});

for (const place of [WEIGHT, BIAS]) {
  for (const examples of [1, 2, 6]) {
    test(`${JSON.stringify(place)} of ${examples}: the same numbers bear the same names in all four notations`, () => {
      const state = stepOf(examples);
      const own = factsOf(state, place);
      const trace = /** @type {any} */ (state.trace);
      const sum = sumNotation(own, symbols);
      const code = [...numpyLines(own, symbols), ...torchLines(own, symbols)].flatMap(
        ({ code: line, result }) => [...line, ...result],
      );
      const inCode = new Set(code.flatMap(({ term }) => term ?? []));
      const gradient = place.input === 'bias' ? 'db 0 1' : 'dW 1 0 2';
      const delta = place.input === 'bias' ? 'delta 0 1' : 'delta 1 0';
      for (const term of [gradient, delta, ...(place.input === 'bias' ? [] : ['a 0 2'])]) {
        assert.ok(named([...sum.lines, sum.end]).has(term), `${term} in the sum`);
        assert.ok(named(matrixNotation(own, trace, symbols)).has(term), `${term} in the matrix`);
        assert.ok(inCode.has(term), `${term} in the code`);
      }
      const first = ofExample(delta, 0);
      assert.ok(named(matrixNotation(own, trace, symbols)).has(first) && inCode.has(first));
    });
  }
}

test('every number of a sum is the trace’s own, and the end is the gradient', () => {
  const state = stepOf(2);
  const own = factsOf(state, WEIGHT);
  const { lines, end } = sumNotation(own, symbols);
  const text = lines.map(written).join(' ');
  const trace = /** @type {any} */ (state.trace);
  for (const example of [0, 1]) {
    assert.ok(text.includes(number(trace.layers[1].delta[example][0])));
    assert.ok(text.includes(number(trace.layers[0].a[example][2])));
    assert.ok(text.includes(number(Number(state.explanation?.example_gradients[example]))));
  }
  assert.equal(written(end), `=${number(trace.layers[1].dW[0][2], { sign: true })}`);
});

test('a long sum is a table with the followed example in it', () => {
  const many = Array.from({ length: 200 }, (_, index) => index / 8);
  const few = factsOf(stepOf(1), WEIGHT);
  const own = { ...few, examples: 200, example: 150, deltas: many, entering: many, products: many };
  const terms = termsOf(own);
  assert.ok(terms.length < 50 && terms.some((term) => term?.example === 150) && terms.includes(null));
  assert.equal(sumNotation(own, symbols).lines.length, 1);
});

test('copied Python holds every digit of the layer, and the penalty', () => {
  const state = stepOf(2, {});
  const own = { ...factsOf(state, WEIGHT), l1: 0.001, l2: 0.5 };
  const trace = /** @type {any} */ (state.trace);
  const text = pythonText(own, trace, symbols, 'a title');
  for (const line of filled(trace.layers[1].delta)) assert.ok(text.includes(`[${line.join(', ')}]`));
  for (const line of filled(trace.layers[0].a)) assert.ok(text.includes(`[${line.join(', ')}]`));
  assert.ok(text.includes('print(delta2[:, 0] @ a1[:, 2] + 0.001 * np.sign(w) + 0.5 * w)'), text);
  assert.ok(text.includes(`w = ${own.value}`));
});

test('a large batch is copied as the two columns that matter', () => {
  const state = stepOf(1);
  const trace = /** @type {any} */ (state.trace);
  const [hidden, output] = trace.layers.map((/** @type {any} */ layer) => ({
    ...layer,
    a: Array(2000).fill(layer.a[0]),
    delta: Array(2000).fill(layer.delta[0]),
  }));
  const large = { ...trace, layers: [hidden, output] };
  const text = pythonText(factsOf(state, WEIGHT), large, symbols, 'a title');
  assert.ok(text.includes('print(delta2_0 @ a1_2)'), text.slice(-80));
});

test('a formula is LaTeX as it stands on the screen', () => {
  assert.equal(toLatex(symbols.w(1, 0, 2)), 'w_{13}^{( 2 )}');
  const own = factsOf(stepOf(1), WEIGHT);
  const { lines, end } = sumNotation(own, symbols);
  const text = alignedLatex([...lines, end]);
  assert.match(
    text,
    /\\frac\{\\partial L\}\{\\partial w_\{13\}\^\{\( 2 \)\}\} &= \\delta_\{1\}\^\{\( 2 \)\} \\cdot a_\{3\}/,
  );
  assert.ok(!/[−·∂δ∑]/.test(text), text);
  const matrix = alignedLatex(matrixNotation(own, /** @type {any} */ (stepOf(1).trace), symbols));
  assert.match(matrix, /\\begin\{bmatrix\} .* & .* \\end\{bmatrix\}/);
});

test('numbers in LaTeX have a minus, a power of ten and a decimal comma that TeX understands', () => {
  const mn = (/** @type {string} */ text) => toLatex({ tag: 'mn', attributes: {}, children: [text] });
  assert.equal(mn('−1.5·10⁻⁷'), '-1.5\\cdot 10^{-7}');
  assert.equal(mn('0,25'), '0{,}25');
});

test('each factor of the chain opens the card of what it is of', () => {
  const explanation = /** @type {any} */ ({
    factors: [
      { name: 'dL_da', value: 1 },
      { name: 'derivative', value: 2 },
      { name: 'input', value: 3 },
    ],
  });
  const factors = factorsOf(explanation, { layer: 0, unit: 2, input: 1 }, symbols);
  assert.deepEqual(
    factors.map(({ opens, term }) => [opens, term]),
    [
      [{ kind: 'unit', layer: 0, unit: 2 }, 'da 0 2'],
      [{ kind: 'unit', layer: 0, unit: 2 }, 'derivative 0 2'],
      [{ kind: 'unit', layer: -1, unit: 1 }, 'a -1 1'],
    ],
  );
  assert.ok(!isFused(explanation));
  assert.equal(factorsOf(explanation, BIAS, symbols)[2].opens, null);
  assert.ok(
    isFused(
      /** @type {any} */ ({
        factors: [
          { name: 'delta', value: 1 },
          { name: 'input', value: 2 },
        ],
      }),
    ),
  );
});

test('the sum over the next layer names the error and the weight of each of its units', () => {
  const explanation = /** @type {any} */ ({ da_terms: [{ index: 0, left: 2, right: 3, product: 6 }] });
  const [term] = termsOfNext(explanation, { layer: 0, unit: 2, input: 1 }, symbols);
  assert.deepEqual(term.opens.unit, { kind: 'unit', layer: 1, unit: 0 });
  assert.deepEqual(term.opens.weight, { kind: 'parameter', place: { layer: 1, unit: 0, input: 2 } });
  assert.deepEqual([term.left, term.right, term.product], [2, 3, 6]);
});

test('paths come in the engine’s order, each with what it adds and what there is so far', () => {
  const explanation = /** @type {any} */ ({
    paths: [
      { contribution: -4, example: 1, units: [2, 0], derivatives: [2, -2] },
      { contribution: 1, example: 0, units: [2, 0], derivatives: [1, 1] },
    ],
  });
  const rows = pathRows(explanation, { layer: 0, unit: 2, input: 0 }, scene);
  assert.deepEqual(
    rows.map(({ units, total, share }) => [units, total, share]),
    [
      ['hidden\u00a03 → output\u00a01', -4, 1],
      ['hidden\u00a03 → output\u00a01', -3, 0.25],
    ],
  );
});

test('a count of any size is written honestly', () => {
  assert.equal(large(123456), '123\u202f456');
  assert.equal(large(2 ** 53 * 1000), '≈ 9·10¹⁸');
  assert.equal(large(1.23e17), '≈ 1.2·10¹⁷');
  assert.match(large(Infinity), /^more than 1·10³⁰⁸$/);
});

test('costs are compared on a logarithmic scale, with one layer more beside', () => {
  const now = { paths: 100, nudging: 1000, backpropagation: 10 };
  const deeper = { paths: 10_000, nudging: 2000, backpropagation: 20 };
  const rows = costs(/** @type {any} */ ({ multiplications: now, multiplications_deeper: deeper }));
  assert.deepEqual(
    rows.map(({ now: count, times }) => [count, times]),
    [
      [100, 100],
      [1000, 2],
      [10, 2],
    ],
  );
  assert.close(
    rows.map(({ share }) => share),
    [0.5, 0.75, 0.25],
  );
});

test('what another value did is told from the two losses', () => {
  const told = { name: 'w', from: 0.4, to: 0.5 };
  assert.equal(
    effectOf({ ...told, before: 0.2984, after: 0.3021 }),
    'w from 0.4 to 0.5: the loss rises from 0.2984 to 0.3021.',
  );
  assert.match(effectOf({ ...told, before: 0.3, after: 0.2 }), /falls from 0\.3 to 0\.2/);
  assert.match(effectOf({ ...told, before: 0.3, after: 0.3 }), /stays at 0\.3/);
  assert.match(effectOf({ ...told, before: 0.3, after: null }), /no longer fits/);
});

test('a step of a tenth is a tenth, not a tenth and the rounding of doubles', () => {
  assert.equal(stepped(0.7, 1), 0.8);
  assert.equal(stepped(0.3, -1), 0.2);
});

test('the card says of which step and which example it is', () => {
  assert.equal(momentOf(stepOf(1)), 'training step 1 · before its update');
  assert.equal(momentOf(stepOf(3, { example: 1 })), 'training step 1 · example 2 of 3 · before its update');
  assert.equal(momentOf(stepOf(3, { isTraining: true })), 'training step 1');
  assert.equal(
    titleOf(scene, { kind: 'parameter', place: WEIGHT }),
    'weight from hidden unit 3 to output unit 1',
  );
});

test('what the network does not have cannot be asked about', () => {
  const state = { ...stepOf(1), experiment: experimentOf(SIZES) };
  assert.ok(exists(state, { kind: 'parameter', place: WEIGHT }) && exists(state, { kind: 'loss' }));
  assert.ok(!exists(state, { kind: 'parameter', place: { layer: 1, unit: 0, input: 3 } }));
  assert.ok(
    !exists(state, { kind: 'unit', layer: 2, unit: 0 }) &&
      !exists(state, { kind: 'unit', layer: -1, unit: 2 }),
  );
});

test('what is told numbers each symbol by its own layer', () => {
  const deep = { ...scene, activations: ['tanh', 'tanh', 'sigmoid'], sizes: [2, 2, 2, 2] };
  const next = distinct(3);
  /** @param {import('./made-up.js').Operation['kind']} kind @param {number | null} layer @param {object} [more] */
  const first = (kind, layer, more = {}) => {
    const one = operation(kind, {
      layer,
      unit: layer === null ? null : 0,
      value: 1,
      terms: terms(2, next),
      ...more,
    });
    return written(tell(one, deep).lines[0]);
  };
  assert.equal(first('z', 1, { bias: 1 }), 'z1(2)=w11(2)·a1(1)+w12(2)·a2(1)+b1(2)');
  assert.equal(first('z', 0, { bias: 1 }), 'z1(1)=w11(1)·x1+w12(1)·x2+b1(1)');
  assert.equal(first('da', 1), '∂L∂a1(2)=δ1(3)·w11(3)+δ2(3)·w21(3)');
  assert.equal(first('dW', 1, { input: 1, terms: terms(1, next) }), '∂L∂w12(2)=δ1(2)·a2(1)');
  assert.equal(first('db', 2, { terms: terms(1, next) }), '∂L∂b1(3)=δ1(3)');
  assert.match(first('example_loss', null), /aj\(3\)−yj/);
  const shallow = operation('z', { layer: 0, unit: 0, bias: 1, terms: terms(1, next) });
  assert.equal(written(tell(shallow, { ...deep, activations: ['sigmoid'] }).lines[0]), 'z1=w11·x1+b1');
});
