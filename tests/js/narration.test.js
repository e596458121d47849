import { createFormat, number, setFormat } from '../../static/js/lib/format.js';
import { spoken, tell } from '../../static/js/lib/narration.js';
import { assert, filled, test } from './harness.js';
import { distinct, elements, operation, operationsOf, terms, written } from './made-up.js';

/** @typedef {import('../../static/js/lib/wire.js').OperationAnswer} Operation */
/** @typedef {import('../../static/js/lib/narration.js').Told} Told */
/** @typedef {import('../../static/js/lib/narration.js').Scene} Scene */

/** Three inputs, two hidden units, two outputs, one example. @type {Scene} */
const SCENE = {
  activations: ['tanh', 'sigmoid'],
  sizes: [3, 2, 2],
  loss: 'half_squared_error',
  reduction: 'mean',
  examples: 1,
};
/** @param {number | null} value */
const inBrackets = (value) => (Number(value) < 0 ? `(${number(value)})` : number(value));

const BATCH = { ...SCENE, examples: 4 };

/** Scenes and all the operations of a step in each. @type {[string, Scene, Operation[]][]} */
const STEPS = [
  ['one example', SCENE, operationsOf(SCENE.sizes, distinct(1))],
  ['a batch', BATCH, operationsOf(SCENE.sizes, distinct(2), { examples: 4 })],
  ['a batch of two', { ...SCENE, examples: 2 }, operationsOf(SCENE.sizes, distinct(3), { examples: 2 })],
  [
    'a batch that is added up',
    { ...BATCH, reduction: 'sum' },
    operationsOf(SCENE.sizes, distinct(4), { examples: 4 }),
  ],
  [
    'a fused output',
    { ...SCENE, loss: 'binary_cross_entropy' },
    operationsOf(SCENE.sizes, distinct(5), { isFused: true }),
  ],
  [
    'a softmax',
    { ...SCENE, activations: ['relu', 'softmax'] },
    operationsOf(SCENE.sizes, distinct(6), { isSoftmax: true }),
  ],
  [
    'a wide softmax',
    { ...BATCH, sizes: [5, 6, 5], activations: ['elu', 'softmax'] },
    operationsOf([5, 6, 5], distinct(7), { isSoftmax: true, examples: 8 }),
  ],
  ['no hidden layer', { ...SCENE, sizes: [3, 1], activations: ['step'] }, operationsOf([3, 1], distinct(8))],
];

/** Every number an operation holds. @param {Operation} one */
function numbersOf({ value, bias, z, penalty, before, gradient, terms, rest }) {
  return [
    value,
    bias,
    z,
    penalty,
    before,
    gradient,
    rest?.contribution ?? null,
    ...terms.flatMap(({ left, right, product }) => [left, right, product]),
  ];
}

/** The numbers in a formula that are the engine's: they have a colour. @param {Told} told */
const shownNumbers = (told) =>
  told.lines
    .flatMap(elements)
    .filter(({ tag, attributes }) => tag === 'mn' && attributes.class !== undefined);

/** @param {Operation} one @param {Told} told */
function checkNumbers(one, told) {
  const own = numbersOf(one);
  const positive = own.filter((value) => value !== null && value > 0);
  const negative = own.filter((value) => value !== null && value < 0);
  /** @type {Record<string, string[]>} */
  const allowed = {
    positive: positive.flatMap((value) => [number(value), number(value, { sign: true })]),
    // After a minus sign a negative number stands without its own.
    negative: negative.flatMap((value) => [number(value), number(-Number(value))]),
    zero: ['0', '∞'],
  };
  for (const element of filled(shownNumbers(told))) {
    const [colour] = element.attributes.class.split(' ');
    assert.ok(
      allowed[colour].includes(written(element)),
      `${one.kind}: ${colour} ${written(element)} is made up`,
    );
  }
  const strong = shownNumbers(told).filter(({ attributes }) => attributes.class.includes('strong'));
  assert.deepEqual(
    strong.map(written).map((text) => text.replace('+', '')),
    [number(one.value)],
  );
}

const PLACE = /^(Forward pass|Backward pass|Update) · (input|hidden unit|output unit) \d+$|^Loss$/;

for (const [name, scene, operations] of STEPS) {
  test(`with ${name}, every operation is told: where, a sentence that marks one thing, lines, and its result`, () => {
    for (const one of filled(operations)) {
      const told = tell(one, scene);
      assert.match(told.place, PLACE);
      assert.match(told.sentence, /^[^[\]{}]*\[\[[^[\]{}]+\]\][^[\]{}]*$/);
      assert.ok(told.lines.length >= 2, 'a formula, and the result');
      assert.equal(told.result.value, one.value);
      const text = [
        told.sentence,
        spoken(told),
        ...[...told.lines, told.result.name, ...told.rows.map(({ label }) => label)].map(written),
      ].join(' ');
      assert.ok(!/undefined|NaN|null|\[object/.test(text), text);
    }
  });

  test(`with ${name}, no number is made up: each is one of the operation's, in the colour of its sign`, () => {
    for (const one of operations) checkNumbers(one, tell(one, scene));
  });

  test(`with ${name}, sums of up to three terms are written out, longer ones are rows`, () => {
    for (const one of operations.filter(({ kind }) =>
      ['z', 'da', 'dW', 'db', 'delta_softmax', 'batch_loss'].includes(kind),
    )) {
      const { lines, rows, rest } = tell(one, scene);
      const isLong = one.terms.length > 3;
      assert.deepEqual(
        rows.map(({ numbers, product }) => [written(numbers), product]),
        isLong
          ? one.terms.map(({ left, right, product }) => [`${number(left)}·${inBrackets(right)}`, product])
          : [],
      );
      assert.equal(rest, null);
      const texts = new Set(
        lines
          .flatMap(elements)
          .filter(({ tag }) => tag === 'mn')
          .map(written),
      );
      const isShown = (/** @type {number | null} */ value) =>
        texts.has(number(value)) || texts.has(number(-Number(value)));
      // The product of a single term is the result itself.
      const isShort = one.terms.length > 1 && !isLong;
      if (isShort)
        for (const { product } of filled(one.terms))
          assert.ok(isShown(product), `${one.kind}: ${product} is left out`);
      if (one.kind === 'z') assert.ok(isShown(one.bias), 'the bias is left out');
    }
  });

  test(`with ${name}, no two operations have one name in one place`, () => {
    const names = operations.map((one) => {
      const { place, result } = tell(one, scene);
      return `${place}: ${result.spoken}`;
    });
    assert.equal(new Set(names).size, names.length);
  });
}

test('numbers that were made up would be noticed', () => {
  const one = operation('a', { layer: 0, unit: 0, value: 0.3, z: 0.4 });
  const told = tell(one, SCENE);
  checkNumbers(one, told);
  assert.throws(() => checkNumbers({ ...one, z: 0.5 }, told), /0\.4 is made up/);
  assert.throws(() => checkNumbers({ ...one, z: -0.4 }, told), /made up/);
});

for (const [kind, place] of /** @type {[Operation['kind'], Partial<Operation>][]} */ ([
  ['dW', { layer: 0, unit: 0, input: 1 }],
  ['db', { layer: 0, unit: 0 }],
  ['batch_loss', {}],
])) {
  test(`of a ${kind} over a large batch, one example is shown, and the rest together`, () => {
    const rest = { count: 119, contribution: -0.123456 };
    const one = operation(kind, { ...place, value: 0.7, terms: terms(1, distinct(1)), rest });
    const told = tell(one, { ...BATCH, examples: 120 });
    assert.deepEqual(told.rest, { count: 119, value: -0.123456 });
    assert.equal(told.rows.length, 1);
    checkNumbers(one, told);
  });
}

for (const [kind, count] of /** @type {[Operation['kind'], number][]} */ ([
  ['z', 2],
  ['z', 5],
  ['dW', 1],
  ['dW', 5],
  ['batch_loss', 2],
  ['batch_loss', 5],
])) {
  test(`a ${kind} of ${count} terms shows what is added at the end, too`, () => {
    const place = kind === 'batch_loss' ? {} : { layer: 0, unit: 1, input: kind === 'dW' ? 0 : null };
    for (const extra of [0.98765, -0.98765]) {
      const one = operation(kind, {
        ...place,
        value: 0.7,
        terms: terms(count, distinct(1)),
        [kind === 'z' ? 'bias' : 'penalty']: extra,
      });
      const told = tell(one, { ...BATCH, examples: count });
      assert.ok(shownNumbers(told).map(written).includes(number(extra)), `${extra} is left out`);
      checkNumbers(one, told);
    }
  });
}

test('where there is no penalty, none is spoken of', () => {
  for (const penalty of [null, 0]) {
    const made = [
      operation('dW', { layer: 0, unit: 0, input: 0, terms: terms(1, distinct(1)), penalty }),
      operation('batch_loss', { terms: terms(2, distinct(2)), penalty }),
    ];
    for (const one of filled(made))
      assert.ok(!tell(one, BATCH).lines.map(written).join().includes('penalty'));
  }
});

for (const [loss, reduction, examples, divisor] of /** @type {[string, string, number, number][]} */ ([
  ['binary_cross_entropy', 'mean', 1, 2],
  ['binary_cross_entropy', 'mean', 3, 6],
  ['binary_cross_entropy', 'sum', 3, 2],
  ['cross_entropy', 'mean', 1, 1],
  ['cross_entropy', 'mean', 3, 3],
  ['cross_entropy', 'sum', 3, 1],
])) {
  test(`output minus target is divided by ${divisor} for ${loss} over two outputs, the ${reduction} of ${examples}`, () => {
    const one = operation('delta_fused', {
      layer: 1,
      unit: 1,
      value: 0.5 / divisor,
      terms: [{ index: 1, left: 0.75, right: 0.25, product: 0.5 / divisor }],
    });
    const { lines } = tell(one, { ...SCENE, loss, reduction, examples });
    assert.equal(written(lines[1]), `=0.75−0.25${divisor === 1 ? '' : divisor}`);
    assert.equal(elements(lines[1]).filter(({ tag }) => tag === 'mfrac').length, divisor === 1 ? 0 : 1);
  });
}

for (const kind of /** @type {const} */ (['weight', 'bias'])) {
  const place = { layer: 0, unit: 1, input: kind === 'weight' ? 0 : null };
  const moved = (/** @type {number | null} */ gradient, isPlain = true) =>
    operation(kind, {
      ...place,
      value: 0.25,
      before: 0.5,
      gradient,
      terms: isPlain ? [{ index: 0, left: 0.1, right: gradient, product: 0.01 }] : [],
    });

  test(`a ${kind} goes down if its gradient is positive, up if it is negative, and stays if it is 0`, () => {
    const marked = [2.5, -2.5, 0].map(
      (gradient) => /\[\[(.*)\]\]/.exec(tell(moved(gradient), SCENE).sentence)?.[1],
    );
    assert.deepEqual(marked, ['it goes down', 'it goes up', 'it stays']);
  });

  test(`of a ${kind} the old value, the rate and the gradient are shown, a negative one in parentheses`, () => {
    assert.equal(written(tell(moved(2.5), SCENE).lines[1]), '=0.5−0.1·2.5');
    assert.equal(written(tell(moved(-2.5), SCENE).lines[1]), '=0.5−0.1·(−2.5)');
  });

  test(`of a ${kind} that did not move by plain gradient descent no product is shown`, () => {
    assert.equal(tell(moved(2.5, false), SCENE).lines.length, 2);
  });
}

test('what flows back has its sign, what flows forward has a plus only where numbers are added', () => {
  const result = (/** @type {Operation} */ one) =>
    written(/** @type {Told['lines'][number]} */ (tell(one, SCENE).lines.at(-1)));
  const place = { layer: 1, unit: 0, value: 0.5, z: 1, terms: terms(2, distinct(1)), bias: 0 };
  for (const kind of /** @type {const} */ (['z', 'a'])) assert.equal(result(operation(kind, place)), '=0.5');
  for (const kind of /** @type {const} */ (['da_loss', 'da', 'delta', 'delta_fused', 'delta_softmax', 'db']))
    assert.equal(result(operation(kind, place)), '=+0.5');
  assert.equal(result(operation('dW', { ...place, input: 0 })), '=+0.5');
});

test('numbers that no longer fit are told as such', () => {
  for (const [, scene, operations] of STEPS) {
    for (const one of filled(operations)) {
      const terms = one.terms.map((term) => ({ ...term, left: null, right: null, product: null }));
      const lost = { ...one, value: null, bias: null, z: null, before: null, terms };
      const told = tell(lost, scene);
      assert.match(spoken(told), /∞\.$/);
      assert.ok(!/NaN|null|undefined/.test(told.lines.map(written).join()));
    }
  }
});

test('an operation is spoken as one sentence', () => {
  const one = operation('a', { layer: 0, unit: 1, value: -0.25, z: 1 });
  assert.equal(spoken(tell(one, SCENE)), 'Forward pass · hidden unit 2: output a is −0.25.');
});

test('numbers are told as the language writes them', () => {
  try {
    setFormat(createFormat('ru'));
    assert.match(spoken(tell(operation('a', { layer: 0, unit: 0, value: 0.25, z: 1 }), SCENE)), /0,25\.$/);
  } finally {
    setFormat(createFormat('en'));
  }
});
