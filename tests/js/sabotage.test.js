import * as theSabotageNetwork from '../../static/js/views/sabotage/network.js';
import { createTranslator, setTranslator } from '../../static/js/lib/i18n.js';
import { WIDE, narrow } from './made-up.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('sabotage');
const { gradeOf, layerName, markedOf, networkOf, parameterSign } = kept(
  'sabotage/network',
  theSabotageNetwork,
);

/** @typedef {import('../../static/js/views/sabotage/network.js').Slice} Slice */
/** @typedef {import('../../static/js/lib/wire.js').SabotageAnswer} Case */

/** @param {number} inputs @param {number} units @param {number} error @param {number} biasError @returns {Case['layers'][number]} */
const layer = (inputs, units, error, biasError) => {
  const of = (/** @type {number} */ weight, /** @type {number} */ bias) => ({
    weights: Array.from({ length: units }, () => Array.from({ length: inputs }, () => weight)),
    biases: Array.from({ length: units }, () => bias),
  });
  const values = [Array.from({ length: units }, () => 0.5)];
  return {
    ...{ units, activation: 'tanh', parameters: of(1, 1), updated: of(1, 1), before: of(1, 1) },
    ...{
      x: [Array.from({ length: inputs }, () => 0.5)],
      z: values,
      a: values,
      derivative: values,
      da: values,
    },
    ...{ delta: values, gradients: of(1, 1), numerical: of(1, 1), ratios: of(1, 1) },
    relative_errors: of(error, biasError),
    worst: Math.max(error, biasError),
    passes: Math.max(error, biasError) <= 1e-5,
  };
};
/** @type {Case} */
const CASE = {
  ...{
    inputs: [[1, 2, 3]],
    targets: [[1]],
    loss: 'half_squared_error',
    reduction: 'mean',
    learning_rate: 0.5,
  },
  ...{ tolerance: 1e-5, bugs: [] },
  layers: [layer(3, 2, 0.05, 1), layer(2, 2, 1e-9, 2), layer(2, 1, 1e-9, 1e-9)],
};
/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  ...{ place: 1, seed: 1, bugs: 'all', found: CASE, layer: null, bug: null, verdict: null },
  ...{ isLayerFound: false, isFound: false, tries: 0, kinds: [] },
  ...change,
});
const view = networkOf(1);

test('a gradient passes up to the tolerance, and what has no number is far off', () => {
  assert.deepEqual(
    [0, 1e-5, 1.1e-5, 0.19, 0.2, 2, null].map((error) => gradeOf(error, 1e-5)),
    ['passes', 'passes', 'near', 'near', 'far', 'far', 'far'],
  );
});

test('every weight and every bias is marked once, by its own error', () => {
  const marked = markedOf(CASE);
  assert.equal(marked.length, 8 + 6 + 3);
  const grades = (/** @type {number} */ at, /** @type {boolean} */ isBias) =>
    new Set(
      marked.filter((one) => one.layer === at && (one.from === 'bias') === isBias).map(({ grade }) => grade),
    );
  assert.deepEqual([...grades(0, false)], ['near']);
  assert.deepEqual([...grades(0, true)], ['far']);
  assert.deepEqual([...grades(1, false)], ['passes']);
  assert.deepEqual([...grades(1, true)], ['far']);
  assert.deepEqual([...grades(2, true)], ['passes']);
});

test('what fails differs from what passes by its colour, its dash and its width', () => {
  const [passes, near, far, biases, neurons] = /** @type {any[]} */ (view.figure(slice(), WIDE).data);
  for (const key of ['color', 'width', 'dash'])
    assert.ok(passes.line[key] !== near.line[key] && (key === 'color' || near.line[key] !== far.line[key]));
  assert.deepEqual(biases.marker.symbol, ['x', 'x', 'x', 'x', 'square']);
  assert.equal(neurons.x.length, 3 + 2 + 2 + 1);
  const lines = (/** @type {any} */ { x }) =>
    x.filter((/** @type {number | null} */ one) => one === null).length;
  assert.deepEqual([passes, near, far].map(lines), [4 + 2 + 1, 6, 2 + 2]);
});

test('each layer has its verdict above it, and the one that is looked at a band', () => {
  for (const frame of [WIDE, narrow([3, 2, 2, 1])]) {
    const { layout } = view.figure(slice({ layer: 1 }), frame);
    const heads = layout.annotations.map((/** @type {any} */ { text }) => text[0]);
    assert.deepEqual(heads, ['✗', '✗', '✓']);
    assert.equal(layout.shapes.length, 1);
    assert.ok(layout.shapes[0].x0 < 2 && layout.shapes[0].x1 > 2);
  }
  assert.equal(view.figure(slice(), WIDE).layout.shapes.length, 0);
});

test('on a phone a name is written word under word, one that must not be parted in a sentence too', () => {
  setTranslator(createTranslator({ 'hidden {number}': 'скрытый\u00a0{number}', output: 'выход' }, 'ru'));
  try {
    const { layout } = view.figure(slice(), narrow([3, 2, 2, 1]));
    assert.deepEqual(
      layout.annotations.map((/** @type {any} */ { text }) => text),
      ['✗<br>скрытый<br>1', '✗<br>скрытый<br>2', '✓<br>выход'],
    );
  } finally {
    setTranslator(createTranslator({}, 'en'));
  }
});

test('it is told in words, and as long as nothing is there, that it is coming', () => {
  assert.ok(view.describe(slice()).startsWith('10 of 17 gradients fail the check.'), view.describe(slice()));
  assert.equal(view.describe(slice({ found: null })), 'It is being computed.');
  assert.equal(view.figure(slice({ found: null }), WIDE).data.length, 0);
  assert.deepEqual(
    view.table?.(slice()).rows.map(({ cells }) => cells[2]),
    ['fails', 'fails', 'passes'],
  );
  assert.equal(view.select({ sabotages: {} }), null);
  assert.deepEqual([layerName(CASE, 0), layerName(CASE, 2)], ['hidden layer 1', 'output layer']);
  assert.deepEqual([parameterSign(0, 2), parameterSign(1, 'bias')], ['w₁₃', 'b₂']);
});

/** @type {Record<string, Slice>} */
const STATES = {
  'three layers': slice(),
  'the first is looked at': slice({ layer: 0 }),
  'the last is looked at': slice({ layer: 2 }),
  'not computed yet': slice({ found: null }),
  'all pass': slice({ found: { ...CASE, layers: [layer(3, 2, 0, 0), layer(2, 1, 1e-5, 1e-5)] } }),
  'all fail': slice({ found: { ...CASE, layers: [layer(3, 2, 0.5, 0.1), layer(2, 1, 0.1, 0.5)] } }),
  'one fails': slice({ found: { ...CASE, layers: [layer(1, 1, 0, 0), layer(1, 1, 0.1, 0)] } }),
  'only biases fail by far': slice({ found: { ...CASE, layers: [layer(3, 2, 0, 1), layer(2, 1, 0, 0)] } }),
  'one layer': slice({ found: { ...CASE, inputs: [[1, 2]], layers: [layer(2, 3, 0.05, 0)] } }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`a backward pass with a mistake: ${name}`, () => {
    assert.deepEqual(faults(view, shown, [WIDE, narrow([3, 2, 2, 1])]), []);
  });
