import { factsOf, joinedOf, orderOf } from '../../static/js/lessons/expression-facts.js';
import { namesIn } from '../../static/js/lib/expression/names.js';
import { problemWords, remarkWords, standsAt } from '../../static/js/lib/expression/problems.js';
import { ruleOf, shortened, sumOf } from '../../static/js/lib/expression/signs.js';
import { toldOf } from '../../static/js/lib/expression/told.js';
import { knownAfter, sharedNodes, stepsOf } from '../../static/js/lib/expression/walk.js';
import { number } from '../../static/js/lib/format.js';
import * as theExpressionGraph from '../../static/js/views/expression/graph.js';
import { hovers, lettering, numbersIn } from './figures.js';
import { answerOf, chain, twice } from './made-up-formula.js';
import { WIDE } from './made-up.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('expression');
const { graphAt, heightOf } = kept('expression/graph', theExpressionGraph);

/** @typedef {import('../../static/js/views/expression/graph.js').Slice} Slice */

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  ...{ place: 2, text: 'made up', values: {}, step: 0, isStale: false, found: chain(), problem: null },
  ...change,
});
const view = graphAt(2);

/** All that is written about nodes and on edges. @param {Slice} one @param {typeof WIDE} [frame] */
const texts = (one, frame = WIDE) => lettering(view.figure(one, frame)).map(({ plain }) => plain);

test('the walk goes forward over the operations and back over all that varies', () => {
  const steps = stepsOf(chain());
  assert.deepEqual(
    steps.map(({ phase, node }) => `${phase[0]}${node}`),
    ['f2', 'f3', 'f5', 'f7', 'f9', 'b9', 'b7', 'b6', 'b5', 'b4', 'b3', 'b2', 'b1', 'b0'],
  );
  assert.deepEqual(stepsOf(answerOf([2], [3], ['add', 0, 1])), [{ phase: 'forward', node: 2 }]);
  assert.deepEqual(stepsOf(answerOf(['x'])), [{ phase: 'backward', node: 0 }]);
  assert.deepEqual(sharedNodes(twice()), [1]);
});

test('before a node is computed it has a dash, and no gradient is spoken of before the way back', () => {
  const answer = chain();
  const shown = texts(slice());
  assert.equal(shown.filter((text) => text === '—').length, 5);
  assert.ok(!shown.some((text) => text.startsWith('∂')));
  assert.ok(!shown.some((text) => text.startsWith('×')));
  const back = texts(slice({ step: 6 }));
  assert.equal(back.filter((text) => text === '∂ —').length, 8);
  assert.ok(back.includes(`∂ ${number(answer.nodes[9].gradient, { sign: true })}`));
});

for (const [name, frame] of /** @type {[string, typeof WIDE][]} */ ([
  ['laptop', { ...WIDE, width: 640, height: heightOf(slice(), false) ?? 0 }],
  ['phone', { ...WIDE, isNarrow: true, width: 326, height: heightOf(slice(), true) ?? 0 }],
])) {
  test(`${name}: in the end every value, gradient and local derivative stands once on the picture`, () => {
    const answer = chain();
    const shown = texts(slice({ step: 14 }), frame);
    for (const { value, gradient, varies, operation } of filled(answer.nodes)) {
      if (operation !== 'number')
        assert.equal(shown.filter((text) => text === number(value)).length, 1, number(value));
      const gradients = shown.filter((text) => text === `∂ ${number(gradient, { sign: true })}`);
      assert.equal(gradients.length, varies ? 1 : 0, number(gradient));
    }
    for (const { local_derivatives: slopes, inputs } of filled(answer.nodes))
      slopes.forEach((slope, input) => {
        const isThere = shown.includes(`×${number(slope)}`);
        assert.equal(isThere, answer.nodes[inputs[input]].varies, `×${number(slope)}`);
      });
  });

  test(`${name}: nothing is written smaller than 14 px, or outside of the figure`, () => {
    for (const step of [0, 5, 14])
      for (const one of filled(lettering(view.figure(slice({ step }), frame)))) {
        assert.ok(one.size >= 14);
        assert.ok(one.x >= 0 && one.x <= frame.width && one.y >= 0 && one.y <= frame.height, one.text);
      }
  });
}

test('the step just made is marked: its node, the edges it goes along, and nothing else', () => {
  const marked = (/** @type {number} */ step) => {
    const { data, layout } = view.figure(slice({ step }), WIDE);
    const [edges] = /** @type {any[]} */ (data);
    const halo = /** @type {any[]} */ (data).find(({ marker }) => marker?.color === WIDE.colours.mark);
    const tags = layout.annotations.filter(
      (/** @type {any} */ one) => one.bordercolor === WIDE.colours.markEdge,
    );
    return [edges.x.filter((/** @type {any} */ x) => x === null).length, halo.x.length, tags.length];
  };
  assert.deepEqual(marked(0), [0, 0, 0]);
  assert.deepEqual(marked(1), [2, 1, 0]); // two edges lead into the product
  assert.deepEqual(marked(2), [1, 1, 0]);
  assert.deepEqual(marked(6), [0, 1, 0]); // nothing lies behind the last
  assert.deepEqual(marked(8), [1, 0, 1]); // y is a tag
});

test('a forward step is said with its numbers', () => {
  const answer = chain();
  const [x, w, product] = answer.nodes;
  const [told] = toldOf(answer, 1);
  assert.ok(told.includes(`[[${number(product.value)}]]`), told);
  for (const { value } of [x, w]) assert.ok(told.includes(number(value)), told);
  assert.ok(toldOf(answer, 0)[0].startsWith('Nothing has been computed'));
});

test('a backward step is said as a product, and where paths meet as a sum of products', () => {
  const answer = twice();
  const steps = stepsOf(answer);
  const at = steps.findIndex(({ phase, node }) => phase === 'backward' && node === 1);
  const [told, rules] = toldOf(answer, at + 1);
  assert.ok(told.includes('2 paths meet here'), told);
  const numbers = numbersIn(told).map((text) => text.replace('+', ''));
  for (const { gradient, derivative, value } of filled(answer.nodes[1].contributions))
    for (const one of [gradient, derivative, value])
      assert.ok(numbers.includes(number(one)), `${one} in ${told}`);
  assert.ok(told.endsWith(`[[${number(answer.nodes[1].gradient)}]].`), told);
  assert.ok(rules.includes('∂(a × b) ∕ ∂a = b'), rules);
  const [single] = toldOf(answer, at);
  assert.ok(single.includes('times the local derivative'), single);
  assert.equal(toldOf(answer, steps.length).at(-1), 'That was the last one: every gradient is there.');
});

test('what has no number is called so, and the remark is said', () => {
  const answer = answerOf(['x'], ['log', 0]);
  Object.assign(answer.nodes[1], {
    value: null,
    local_derivatives: [null],
    remark: { name: 'log_domain', label: '' },
  });
  assert.deepEqual(toldOf(answer, 1).slice(1), ['A logarithm needs a value above 0.']);
  assert.ok(toldOf(answer, 1)[0].includes('[[none]]'));
  assert.ok(texts(slice({ found: answer, step: 1 })).includes('none'));
  assert.equal(view.table?.(slice({ found: answer, step: 1 })).rows[1].cells[1], 'none');
});

test('negative numbers stand in brackets where they have to', () => {
  const node = (/** @type {string} */ operation, /** @type {number[]} */ values) => {
    const made = answerOf(...values.map((_, index) => ['ab'[index]]), [operation, ...values.keys()]);
    values.forEach((value, index) => (made.nodes[index].value = value));
    return sumOf(made.nodes[values.length], made.nodes);
  };
  assert.equal(node('add', [-1, -2]), '−1 + (−2)');
  assert.equal(node('multiply', [2, -3]), '2 × (−3)');
  assert.equal(node('power', [-0.4, 2]), '(−0.4)²');
  assert.equal(node('power', [0.4, -2]), '0.4^(−2)');
  assert.equal(node('power', [0.4, 0.5]), '0.4^0.5');
  assert.equal(node('negate', [-2]), '−(−2)');
  assert.equal(node('max', [-1, 2]), 'max(−1, 2)');
  assert.equal(node('sigmoid', [-1]), 'σ(−1)');
});

test('every operation has the rule of its derivatives, one for each input', () => {
  assert.equal(ruleOf(chain().nodes[9], 0), '∂(a^b) ∕ ∂a = b × a^(b − 1)');
  assert.equal(ruleOf(chain().nodes[3], 0), '∂(relu(a)) ∕ ∂a = [a > 0]');
});

test('a long label loses its middle, a short one nothing', () => {
  assert.equal(shortened('relu(x*w)'), 'relu(x*w)');
  const long = shortened(`${'x + '.repeat(30)}y`);
  assert.ok(long.length <= 36 && long.endsWith('y') && long.includes(' … '), long);
});

test('names are told from functions and numbers', () => {
  assert.deepEqual(namesIn('(relu(x*w_in)*w_out - y)^2'), ['x', 'w_in', 'w_out', 'y']);
  assert.deepEqual(namesIn('1e5*e5 + 2.5e-3*x + max (a, b) + вес*w₁ + a'), [
    'e5',
    'x',
    'a',
    'b',
    'вес',
    'w₁',
  ]);
  assert.deepEqual(namesIn(''), []);
});

test('a problem is said at its character, with what stands there', () => {
  const words = (/** @type {string} */ kind, /** @type {number} */ at, /** @type {string} */ text) =>
    problemWords({ kind, at, words: 'the server’s' }, text);
  assert.ok(words('formula_operand', 3, 'x +').startsWith('At the end of the formula: '));
  assert.ok(words('formula_function', 2, '2+foo(x)').startsWith('At “foo”, character 3: there is no such'));
  assert.ok(words('formula_empty', 0, '').startsWith('There is no formula yet.'));
  assert.equal(words('something_else', 0, 'x'), 'the server’s');
  assert.equal(standsAt('😀+x', 1), '+'); // characters, not halves of them
  assert.equal(standsAt('x ** 2', 2), '**');
  assert.equal(remarkWords(null), '');
});

test('caption and table say what is known, and no more', () => {
  const before = view.describe(slice());
  assert.ok(
    before.startsWith('The formula as a graph of 5 operations.') && !before.includes('Result'),
    before,
  );
  const answer = chain();
  const after = view.describe(slice({ step: 14, found: answer }));
  for (const [name, value] of filled(Object.entries(answer.gradients)))
    assert.ok(after.includes(`${name}\u00a0${number(value, { sign: true })}`), after);
  assert.equal(view.describe(slice({ found: null })), 'It is being computed.');
  const rows = view.table?.(slice({ step: 5, found: answer })).rows ?? [];
  assert.equal(rows.length, 10);
  assert.deepEqual(rows[2].cells.slice(0, 3), ['part 2', answer.nodes[2].value, '—']);
  assert.equal(hovers(view.figure(slice({ step: 5 }), WIDE)).length, 10);
});

test('a formula that is too large for a picture has its numbers in the table', () => {
  const rows = [['x'], ...Array.from({ length: 70 }, (_, index) => ['sin', index])];
  const large = slice({ found: answerOf(...rows), step: 140 });
  assert.deepEqual(view.figure(large, WIDE).data, []);
  assert.equal(heightOf(large, false), null);
  assert.ok(view.describe(large).startsWith('The formula is too large for a picture'));
  assert.equal(view.table?.(large).rows.length, 71);
});

test('facts are those of the formula as it stands, and unknown while it is not read', () => {
  const found = twice();
  found.nodes[0].gradient = 0;
  const first = { text: 'made up', values: { w: 1, x: 2 }, watched: 'w' };
  const facts = (/** @type {Partial<Slice>} */ change, seen = [0, 1, 2, 3]) =>
    factsOf(slice({ found, values: { w: 5, x: 2 }, ...change }), first, new Set(seen));
  assert.ok(Object.values(facts({ isStale: true })).every((one) => one === null));
  assert.ok(Object.values(facts({ found: null })).every((one) => one === null));
  const { steps } = knownAfter(found, 0);
  const start = facts({ step: 0 });
  assert.deepEqual(
    [start.forward, start.done, start.zero, start.value, start.gradient],
    [0, 0, 0, null, null],
  );
  assert.deepEqual([start.operations, start.shared], [4, 1]);
  const meeting = steps.findIndex(({ phase, node }) => phase === 'backward' && node === 1) + 1;
  assert.deepEqual([facts({ step: meeting }).meets, facts({ step: meeting - 1 }).meets], [1, 0]);
  const end = facts({ step: steps.length });
  assert.deepEqual([end.forward, end.done, end.zero, end.gradient], [1, 1, 1, 0]);
  assert.equal(end.value, found.value);
  assert.equal(end.meets, 1);
  assert.equal(factsOf(slice({ found, step: 4 }), { ...first, watched: null }, new Set()).gradient, null);
  assert.deepEqual([facts({ step: 3 }).skipped, facts({ step: 5 }).skipped], [0, 2]);
  assert.deepEqual([facts({ step: 3 }, [0, 3]).skipped, facts({ step: 0 }, []).skipped], [2, 0]);
  assert.equal(facts({}).others, 0);
  assert.equal(facts({ values: { w: 1, x: 3 } }).others, 1);
  assert.equal(facts({ text: 'another' }).others, 1);
});

test('gradients of several paths are told apart by how they were put together', () => {
  const node = (/** @type {number} */ gradient, /** @type {number[]} */ ...parts) =>
    joinedOf(/** @type {any} */ ({ gradient, contributions: parts.map((value) => ({ value })) }));
  assert.equal(node(0.3, 0.5, -0.2), 'sum');
  assert.equal(node(-0.1, 0.5, -0.2), 'product');
  assert.equal(node(0.5, 0.5, -0.2), 'larger');
  assert.equal(node(4, 2, 2), 'unclear'); // a sum and a product
  assert.equal(node(0.5, 0.5, 0), 'unclear');
  assert.equal(node(7, 0.5, -0.2), 'unclear');
});

test('the order of the gradients is read off the walk', () => {
  for (const found of [chain(), twice()]) {
    assert.equal(orderOf(found), 'reversed');
    const forward = { ...found, backward: [...found.backward].reverse() };
    assert.equal(orderOf(forward), 'same');
  }
  const found = twice();
  const [first, second, ...rest] = found.backward;
  assert.equal(orderOf({ ...found, backward: [second, first, ...rest] }), 'other');
});
