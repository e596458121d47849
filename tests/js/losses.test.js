import * as theLossesCurves from '../../static/js/views/losses/curves.js';
import { WIDE } from './made-up.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('losses');
const { lossName, lossesAt } = kept('losses/curves', theLossesCurves);

/** @typedef {import('../../static/js/views/losses/curves.js').Slice} Slice */

const NAMES = ['mean_absolute_error', 'mean_squared_error', 'binary_cross_entropy'];

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  ...{ place: 1, prediction: 0.25, target: 0 },
  curves: NAMES.map((name, index) => ({
    name,
    predictions: [0.1, 0.5, 0.9],
    losses: [0.1 + index, 0.5 + index, null],
    here: { loss: 0.3 + index, slope: 1.5 - index },
  })),
  ...change,
});
const view = lossesAt(1);

test('each loss is its own curve, with its own dash', () => {
  const { data } = view.figure(slice(), WIDE);
  const curves = /** @type {any[]} */ (data).filter(({ x }) => x.length === 3);
  assert.deepEqual(
    curves.map(({ y }) => y),
    slice().curves?.map(({ losses }) => losses),
  );
  assert.equal(new Set(curves.map(({ line }) => line.dash)).size, 3);
});

test('a tangent goes through the loss with its slope', () => {
  const { data } = view.figure(slice(), WIDE);
  const [tangent] = /** @type {any[]} */ (data).filter(({ x }) => x.length === 2);
  const [from, to] = [0, 1].map((end) => ({ x: tangent.x[end], y: tangent.y[end] }));
  assert.close((to.y - from.y) / (to.x - from.x), 1.5);
  assert.close((from.y + to.y) / 2, 0.3);
});

test('a loss that is beyond what is drawn, or beyond a number, has no mark and no tangent', () => {
  for (const loss of [99, null]) {
    const curves = /** @type {any[]} */ (slice().curves).map((one) => ({ ...one, here: { loss, slope: 1 } }));
    const { data } = view.figure(slice({ curves }), WIDE);
    assert.equal(data.length, 3);
  }
});

test('caption and table say every loss and its slope', () => {
  const words = view.describe(slice());
  for (const name of NAMES) assert.ok(words.includes(lossName(name)));
  assert.ok(words.includes('Prediction 0.25, right would be 0'));
  assert.deepEqual(view.table?.(slice()).rows[1].cells, ['squared error', 1.3, 0.5]);
  assert.equal(view.describe(slice({ curves: null })), 'It is being computed.');
  assert.deepEqual(view.table?.(slice({ curves: null })).rows, []);
});

const here = (
  /** @type {(number | null)[]} */ losses,
  slope = /** @type {number | null} */ (1),
  change = {},
) =>
  slice({
    ...change,
    curves: /** @type {any[]} */ (slice().curves).map((one, at) => ({
      ...one,
      here: { loss: losses[at], slope },
    })),
  });
/** @type {Record<string, Slice>} */
const STATES = {
  'three losses': slice(),
  'one of them beyond a number': here([0.5, null, 1]),
  'one of them above the picture': here([0.5, 4, 99]),
  'all of them above the picture': here([9, 99, null]),
  'a slope beyond a number': here([0.5, 1, 2], null),
  'a falling slope': here([0.5, 1, 2], -1.5, { target: 1, prediction: 0.75 }),
  'not known yet': slice({ curves: null }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`losses of a prediction: ${name}`, () => assert.deepEqual(faults(view, shown, [WIDE]), []));

test('a loss at the upper edge of the picture is in it, one above is named', () => {
  const top = view.figure(slice(), WIDE).layout.yaxis.range[1];
  const marks = (/** @type {number} */ loss) => view.figure(here([loss, 0, 0]), WIDE).data.length;
  assert.equal(marks(top) - marks(top + 1e-6), 2);
  assert.ok(!view.describe(here([top, 0, 0])).includes('Above'));
  assert.match(view.describe(here([top + 1e-6, 0, 0])), /Above the picture: absolute error\.$/);
  assert.match(view.describe(here([0, null, 99])), /Above the picture: squared error, cross-entropy\.$/);
});
