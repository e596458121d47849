/** The loss after one step of each size, in many states: drawn, told and tabulated, and looked up among the stored pictures. */

import * as theStepSizes from '../../static/js/views/step-sizes.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { WIDE, stateOf } from './made-up.js';
import { CURVE, judged, verdicts, withRate } from './made-up-steps.js';
import { pictures } from './pictures.js';

const kept = await pictures('step-sizes');
const { describe, endsOf, figure, isBeyond, select, table } = kept('step-sizes', theStepSizes);

const slice = (/** @type {Parameters<typeof withRate>} */ ...args) =>
  /** @type {NonNullable<ReturnType<typeof select>>} */ (select(withRate(...args)));

const PHONE = { ...WIDE, width: 330, height: 300, isNarrow: true };
const bentTo = (/** @type {object} */ bend, rate = 0.3) => {
  const state = withRate(rate);
  const asides = { ...state.asides, curvature: { ...state.asides.curvature, answer: bend } };
  return select(/** @type {any} */ ({ ...state, asides }));
};
const withOptimizer = (/** @type {object} */ optimizer) => ({
  ...slice(0.3),
  optimizer: /** @type {any} */ (optimizer),
});
const judgedBy = (/** @type {any} */ rates, rate = 0.3) => ({ ...slice(rate), rates });
/** @type {Record<string, any>} */
const STATES = {
  'a good rate': slice(0.3),
  'a slow rate': slice(1e-4),
  'a rate of 0': slice(0),
  'the best rate': slice(0.5),
  'a rate that bounces': slice(0.98),
  'a rate that flies away': slice(3),
  'a rate beyond the axis': slice(5000),
  'one step, exactly': slice(0.3, { trace: { ...stateOf([2, 2, 1]).trace, updated_loss: 0.32 } }),
  'one step beyond the picture': slice(0.3, { trace: { ...stateOf([2, 2, 1]).trace, updated_loss: 1e5 } }),
  'one step beyond a number': slice(0.3, { trace: { ...stateOf([2, 2, 1]).trace, updated_loss: null } }),
  'one step that hardly moves': slice(1e-9, {
    trace: { ...stateOf([2, 2, 1]).trace, updated_loss: 2 - 1e-9 },
  }),
  'one step that moves nothing': slice(0, { trace: { ...stateOf([2, 2, 1]).trace, updated_loss: 2 } }),
  'not exact': slice(0.3, { isStale: true }),
  'no trace': slice(0.3, { trace: null }),
  'no rate that lowers': slice(0.3, {}, { ...CURVE, best_rate: null, best_loss: null }),
  'no rate that lowers, at 0': slice(0.3, {}, { ...CURVE, loss: 0, best_rate: null, best_loss: null }),
  'a loss beyond a number': slice(0.3, {}, { ...CURVE, loss: null }),
  'losses beyond numbers': slice(
    0.3,
    {},
    { ...CURVE, losses: CURVE.losses.map((one, at) => (at > 90 ? null : one)) },
  ),
  'the best rate at the end': slice(0.3, {}, { ...CURVE, best_rate: 100 }),
  'the best rate at the beginning': slice(0.3, {}, { ...CURVE, best_rate: 1e-4 }),
  'being computed': { ...slice(0.3), curve: null },
  'of a step before': { ...slice(0.3), isFresh: false, step: 7 },
  'of no step': { ...slice(0.3), isFresh: false, step: null },
  batches: { ...slice(0.3), isBatch: true },
  'without verdicts': judgedBy(null),
  'a verdict on another rate': judgedBy(verdicts(0.4)),
  'one band': judgedBy(judged(['good'])),
  'bands without a verdict': judgedBy(judged(['slow', null, 'good', null, null, 'flies_away'])),
  'bands up to the highest rate': judgedBy(judged(Array(7).fill('slow')), 20),
  'narrow bands': judgedBy({
    ...judged(['slow', 'good', 'bounces', 'flies_away']),
    rates: [0.28, 0.29, 0.31, 0.32],
  }),
  'not bent': bentTo({ sharpness: 0, critical_learning_rate: null }),
  'bent downwards': bentTo({ sharpness: -1, critical_learning_rate: null }),
  'beyond a number bent': bentTo({ sharpness: null, critical_learning_rate: null }),
  'a limit at the edge': bentTo({ sharpness: 2e-3, critical_learning_rate: 1e3 }),
  'a limit beside the best rate': bentTo({ sharpness: 3.9, critical_learning_rate: 0.512 }),
  'a limit near the end': bentTo({ sharpness: 2 / 9, critical_learning_rate: 9 }),
  'bend unknown': { ...slice(0.3), bend: null },
  'another optimizer': withOptimizer({ name: 'adam', learning_rate: 0.3 }),
  momentum: withOptimizer({ name: 'momentum', learning_rate: 0.3, momentum: 0.9 }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`the sizes of a step: ${name}`, () =>
    assert.deepEqual(faults({ figure, describe, table }, shown, [WIDE, PHONE]), []));

test('the axis has whole powers of ten about what is to be seen, two at least', () => {
  const ends = (/** @type {any} */ shown) =>
    endsOf(shown).map((one) => Math.round(Math.log10(one) * 1e6) / 1e6);
  assert.deepEqual(ends(STATES['a good rate']), [-4, 1]);
  assert.deepEqual(ends(STATES['a rate beyond the axis']), [-4, 2]);
  assert.deepEqual(ends({ ...slice(0.001), rates: null }), [-3, 0]);
  assert.deepEqual(ends({ ...slice(0.5), rates: null, curve: { ...CURVE, best_rate: 0.5 } }), [-2, 0]);
  assert.equal(isBeyond(STATES['a loss beyond a number']), true);
  assert.equal(isBeyond(STATES['being computed']), false);
});

test('nothing is drawn before there is a network', () => {
  for (const missing of ['now', 'experiment'])
    assert.equal(select({ ...withRate(0.3), [missing]: null }), null);
});
