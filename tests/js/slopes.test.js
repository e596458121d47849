import * as theSlopesCurve from '../../static/js/views/slopes/curve.js';
import { WIDE } from './made-up.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('slopes');
const { kindName, placesOf, slopeAt } = kept('slopes/curve', theSlopesCurve);

/** @typedef {import('../../static/js/views/slopes/curve.js').Slice} Slice */

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  ...{ place: 3, surface: 'made up', at: 1, nudge: 0.5 },
  curve: { x: [-2, 0, 2], values: [4, 0, 4] },
  found: { value: 1, slope: 2, bend: 2, nudged_value: 2.25, secant: 2.5, kind: 'rising' },
  ...change,
});
const view = slopeAt(3);

/** Both ends of a line, and how steep it is. @param {any} line */
const steepness = ({ x, y }) => (y.at(-1) - y[0]) / (x.at(-1) - x[0]);

test('tangent and secant have the slopes that the engine says, and go through the point', () => {
  const [, secant, tangent, nearby, here] = /** @type {any[]} */ (view.figure(slice(), WIDE).data);
  assert.close(steepness(tangent), 2);
  assert.close(steepness(secant), 2.5);
  for (const line of [tangent, secant]) assert.close(line.y[0] + steepness(line) * (1 - line.x[0]), 1);
  assert.deepEqual([nearby.x, nearby.y], [[1.5], [2.25]]);
  assert.deepEqual([here.x, here.y], [[1], [1]]);
});

test('before the slope is known only the curve is drawn, and before the curve nothing', () => {
  assert.equal(view.figure(slice({ found: null }), WIDE).data.length, 1);
  assert.equal(view.figure(slice({ curve: null, found: null }), WIDE).data.length, 0);
  assert.equal(view.describe(slice({ found: null })), 'It is being computed.');
  assert.deepEqual(view.table?.(slice({ found: null })).rows, []);
});

test('a place on the plot is found again, and beyond the curve its end', () => {
  const places = /** @type {NonNullable<ReturnType<typeof placesOf>>} */ (placesOf(slice(), WIDE));
  for (const x of [-2, -0.3, 1.7]) assert.close(places.place(places.pixel(x)), x);
  assert.equal(places.place(-100), -2);
  assert.equal(places.place(9999), 2);
});

test('every kind of place has its name', () => {
  const kinds = /** @type {const} */ (['rising', 'falling', 'minimum', 'maximum', 'inflection']);
  assert.equal(new Set(kinds.map(kindName)).size, 5);
  const words = view.describe(slice());
  assert.ok(words.includes('has the slope +2: it rises.') && words.includes('has +2.5'), words);
});

const at = (/** @type {number} */ place, /** @type {object} */ found, nudge = 0.5) =>
  slice({ at: place, nudge, found: /** @type {any} */ ({ ...slice().found, ...found }) });
/** @type {Record<string, Slice>} */
const STATES = {
  rising: slice(),
  falling: at(-1, { slope: -2, secant: -1.5, nudged_value: 0.25, kind: 'falling' }),
  'a minimum': at(0, { value: 0, slope: 0, secant: 0.5, nudged_value: 0.25, kind: 'minimum' }),
  'a maximum': at(0, { kind: 'maximum' }),
  'an inflection': at(0, { kind: 'inflection' }),
  'a nudge back': at(1, { nudged_value: 0.25, secant: 1.5 }, -0.5),
  'a value beyond a number': at(1, { value: null }),
  'a slope beyond a number': at(1, { slope: null }),
  'a secant beyond a number': at(1, { secant: null }),
  'a nudged value beyond a number': at(1, { nudged_value: null }),
  'a curve with a gap': slice({ curve: { x: [-2, 0, 2], values: [4, null, 2] } }),
  'a curve that is high': slice({ curve: { x: [-1, 0, 3], values: [7, 5, 6] } }),
  'not known yet': slice({ found: null }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`a slope: ${name}`, () => assert.deepEqual(faults(view, shown, [WIDE]), []));

test('the plot has room of a share of its height above and below the curve', () => {
  const { layout } = view.figure(slice({ curve: { x: [-1, 0, 3], values: [7, 5, 6] } }), WIDE);
  const [low, high] = layout.yaxis.range;
  assert.close(5 - low, high - 7);
  assert.ok(5 - low > 0 && 5 - low < 1);
  assert.equal(placesOf(slice({ curve: null }), WIDE), null);
});
