/** The curve of the loss in many states: drawn, told and tabulated, and looked up among the stored pictures. */

import * as theLossCurve from '../../static/js/views/loss-curve.js';
import { boxOf, marginOf, spanOf } from '../../static/js/views/loss-labels.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { WIDE, historyOf, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

/** @typedef {NonNullable<ReturnType<typeof theLossCurve.select>>} Slice */

const kept = await pictures('loss-states');
const view = kept('loss-curve', theLossCurve);
const SMALL = { ...WIDE, width: 300, height: 220, isNarrow: true };
const RUN = [0.9, 0.7, 0.75, 0.4, 0.2];
const state = stateOf([2, 2, 1]);

/** The lab after a run, at a step of it. @param {(number | null)[]} losses @param {object} [change] @param {object} [history] */
function after(losses, change = {}, history = {}) {
  const now = { ...state.now, step: losses.length - 1 };
  const made = { ...historyOf({ losses, changes: [] }), ...history };
  return /** @type {Slice} */ (
    theLossCurve.select(/** @type {any} */ ({ ...state, branches: [], now, history: made, ...change }))
  );
}
const at = (/** @type {number} */ step) => ({ now: { ...state.now, step } });
const heldOut = (/** @type {number[]} */ steps) => ({
  readings: steps.map((step) => ({ step, test_loss: 0.5 + step / 10, gradient_norms: [], loss: 1 })),
});
/** Batches of so many of so many examples. @param {number} size @param {number} examples @param {(number | null)[]} [losses] */
function batches(size, examples, losses = [1, 0, 1, 0]) {
  const experiment = { ...state.experiment, batch: { size, shuffle: true, seed: 0 } };
  return after(
    losses,
    { dataset: { train_indices: Array(examples).fill(0), test_indices: [] } },
    historyOf({ experiment, losses, changes: [] }),
  );
}
/** Runs that are compared, the second on screen. @param {(number | null)[][]} runs @param {object} [change] */
function compared(runs, change = {}) {
  const branches = runs.map((losses, id) => ({
    ...{
      id,
      name: id === 0 ? '' : `run ${id}`,
      history: historyOf({ losses, changes: [] }),
      step: losses.length - 1,
    },
    origin: id === 0 ? null : /** @type {const} */ ({ by: 'rate', at: 2, of: 0 }),
  }));
  const { history, step } = branches[1];
  return after([], { history, branches, branch: 1, ...at(step), ...change });
}
const changes = Array.from({ length: 14 }, (_, index) => ({
  at_step: 1 + index,
  learning_rate: 0.1 * (1 + index),
}));
const LONG = Array.from({ length: 2500 }, (_, step) => 1 / (1 + step));

/** @type {Record<string, Slice>} */
const STATES = {
  'a run': after(RUN),
  'a run, a step back': after(RUN, at(2)),
  'a run, before its last loss is known': after(RUN, at(5)),
  'a run, without a trace': after(RUN, { ...at(5), trace: null }),
  'one loss': after([0.9]),
  'no loss': after([]),
  'ten steps': after(Array(10).fill(1)),
  'eleven steps': after(Array(11).fill(1)),
  'losses of 0': after([0, 0]),
  'losses of 0, logarithmic': after([0, 0], { isLogarithmic: true }),
  'a loss of 0 at the end, logarithmic': after([1, 1e-3, 0], { isLogarithmic: true }),
  'a loss of 0 before, logarithmic': after([1, 0, 0.5], { isLogarithmic: true }),
  'a loss of exactly 0 now, not in the run': after([1, 0.5], {
    ...at(2),
    isLogarithmic: true,
    trace: { ...state.trace, loss: 0 },
  }),
  logarithmic: after(RUN, { isLogarithmic: true }),
  'a loss of 1, logarithmic': after([1, 1], { isLogarithmic: true }),
  'losses beyond numbers': after([0.9, 5, null], { trouble: { kind: 'diverged', at: 2 } }),
  'another trouble': after(RUN, { trouble: { kind: 'lost', at: 2 } }),
  'nothing but losses beyond numbers': after([null, null]),
  'while it trains': after(RUN, { isTraining: true }),
  'while it trains, held out': after(RUN, { isTraining: true }, heldOut([0, 2, 4])),
  'while it trains, logarithmic': after([0.9, 0.1, 0], { isTraining: true, isLogarithmic: true }),
  'held out': after(RUN, {}, heldOut([0, 2, 4])),
  'held out, a step back': after(RUN, at(2), heldOut([0, 2, 4])),
  'held out, once': after(RUN, {}, heldOut([3])),
  'held out, later': after(RUN, at(1), heldOut([3])),
  'changes on the way': after(RUN, {}, { changes: changes.slice(0, 2) }),
  'changes on the way, before the last': after(RUN, at(1), { changes: changes.slice(0, 2) }),
  'many changes': after(Array(20).fill(1), {}, { changes }),
  'two runs': compared([RUN, [0.9, 0.7, 0.75, 1.5]]),
  'two runs, one hidden': compared([RUN, [0.9, 0.7]], { hidden: [0] }),
  'two runs, while one trains': compared([RUN, [0.9, 0.7, 0.75, 1.5]], { isTraining: true }),
  'two runs that end alike': compared([
    [1, 1, 1],
    [1, 1, 1],
  ]),
  'two runs, one beyond numbers': compared([[null, null], RUN]),
  'three runs': compared([RUN, [0.9, 0.8, 0.7, 0.6, 0.5], [0.9, 0.8, 0.75, 0.7, 0.19]]),
  'a longer run beside it': compared([
    [...RUN, 0.1, 0.1],
    [0.9, 0.7],
  ]),
  'batches, two a pass': batches(2, 4),
  'batches, three a pass': batches(2, 5),
  'batches of all': batches(4, 4),
  'batches of more than all': batches(9, 4),
  'batches of no examples': batches(2, 0),
  'a long run': after(LONG),
  'a long run, held out': after(LONG, {}, heldOut(Array.from({ length: 1200 }, (_, index) => 2 * index))),
};
for (const [name, slice] of Object.entries(STATES))
  test(`the curve of the loss: ${name}`, () => {
    if (name === 'no loss') assert.deepEqual(faults({ ...view, table: undefined }, slice, [WIDE]), []);
    else assert.deepEqual(faults(view, slice, [WIDE, SMALL]), []);
  });

test('a pass is as many batches as there are, the last one smaller, and one where all are one batch', () => {
  const pass = (/** @type {string} */ name) => STATES[name].runs[0].pass;
  const names = [
    'batches, two a pass',
    'batches, three a pass',
    'batches of all',
    'batches of more than all',
    'batches of no examples',
    'a run',
  ];
  assert.deepEqual(names.map(pass), [2, 3, 1, 1, 1, 1]);
});

test('the axis of losses begins at 0, or at a quarter of a power of ten below the lowest', () => {
  assert.close(spanOf([0.5, null, 2], false), [0, 2.12]);
  assert.deepEqual(spanOf([0, 0], false), [0, 1]);
  assert.deepEqual(spanOf([0, null], true), [-1, 0]);
  assert.close(spanOf([1, 1], true), [-0.1, 0.1]);
  assert.close(spanOf([0.1, 10], true), [-1.1, 1.1]);
  assert.close(spanOf([0.2, 3], true), [-0.85, 0.6]);
  assert.close(spanOf([0, 1, 1], true), [-0.1 - 0.25, 0.1]);
  assert.close(spanOf([0, 0.01, 100], true), [-2.1 - 0.42, 2.1]);
});

test('a place of the plot is a step and a loss, kept within it', () => {
  const box = boxOf({ width: 276, height: 172 }, marginOf([]), 10, [0, 4], false);
  assert.deepEqual([box.left, box.top, box.width, box.height, box.right], [60, 10, 200, 116, 276]);
  assert.deepEqual(box.pixel(5, 1), { x: 160, y: 10 + 87 });
  assert.deepEqual([box.pixel(0, 9).y, box.pixel(0, -9).y], [10, 126]);
  const log = boxOf({ width: 276, height: 188 }, marginOf([{ at: 1, text: '' }]), 10, [-2, 2], true);
  assert.deepEqual([log.top, log.height], [26, 116]);
  assert.deepEqual([log.pixel(0, 1).y, log.pixel(0, 100).y, log.pixel(0, 0).y], [26 + 58, 26, 26 + 116]);
});

test('nothing is drawn before there is a network', () => {
  for (const missing of ['now', 'history']) assert.equal(after(RUN, { [missing]: null }), null);
});
