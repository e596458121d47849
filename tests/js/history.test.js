import {
  bestStep,
  isFinite,
  keep,
  rateAt,
  withRate,
  withRun,
  withTrace,
} from '../../static/js/lib/history.js';
import { traceQuery, trainQuery } from '../../static/js/lib/queries.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen, parametersOf, random } from './made-up.js';

/** @param {number} step @param {number[]} [sizes] @returns {import('../../static/js/state.js').Moment} */
const moment = (step, sizes = [1, 1]) => ({
  step,
  parameters: parametersOf(sizes, random(step + 1)),
  optimizer_state: { updates: step, slots: {} },
});

/** Ten updates; the rate was 0.5, from update 3 on 0.1, from update 7 on 0.2. */
const HISTORY = frozen({
  learning_rate: 0.5,
  losses: Array.from({ length: 11 }, (_, step) => 10 - step),
  changes: [
    { at_step: 3, learning_rate: 0.1 },
    { at_step: 7, learning_rate: 0.2 },
  ],
  frames: [0, 2, 4, 8, 10].map((step) => moment(step)),
});
const steps = (/** @type {{step: number}[]} */ frames) => frames.map(({ step }) => step);

test('the rate of an update is the one set last before it, or at it', () => {
  const rates = Array.from({ length: 11 }, (_, step) => rateAt(HISTORY, step));
  assert.deepEqual(rates, [0.5, 0.5, 0.5, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2]);
});

test('another rate holds from its step on, and leaves the steps before as they were', () => {
  for (let at = 0; at <= 10; at += 1) {
    const changed = withRate(HISTORY, at, 0.7);
    for (let step = 0; step < 13; step += 1)
      assert.equal(rateAt(changed, step), step < at ? rateAt(HISTORY, step) : 0.7);
  }
});

test('with another rate, what was computed beyond its step is gone, and nothing else', () => {
  for (let at = 0; at <= 10; at += 1) {
    const { losses, frames, changes } = withRate(HISTORY, at, 0.7);
    assert.deepEqual(losses, HISTORY.losses.slice(0, at + 1));
    assert.deepEqual(
      steps(frames),
      [0, 2, 4, 8, 10].filter((step) => step <= at),
    );
    assert.ok(changes.every((change) => change.at_step <= at));
  }
});

test('a rate that is the one already in force is no change to be marked', () => {
  assert.deepEqual(withRate(HISTORY, 5, 0.1).changes, [{ at_step: 3, learning_rate: 0.1 }]);
  assert.deepEqual(withRate(HISTORY, 3, 0.5).changes, []);
  assert.deepEqual(withRate(HISTORY, 7, 0.1).changes, [{ at_step: 3, learning_rate: 0.1 }]);
});

test('a rate changed before the first update is the first rate', () => {
  const changed = withRate(HISTORY, 0, 0.7);
  assert.deepEqual([changed.learning_rate, changed.changes], [0.7, []]);
});

test('two changes at one step are one', () => {
  const twice = withRate(withRate(HISTORY, 5, 0.7), 5, 0.9);
  assert.deepEqual(twice.changes, [
    { at_step: 3, learning_rate: 0.1 },
    { at_step: 5, learning_rate: 0.9 },
  ]);
});

test('kept moments are in order, and a newer one takes the place of an older one of its step', () => {
  const newer = moment(2);
  const kept = keep(HISTORY.frames, [moment(9), newer, moment(1)]);
  assert.deepEqual(steps(kept), [0, 1, 2, 4, 8, 9, 10]);
  assert.equal(kept[2], newer);
});

test('moments that grow too many are thinned, but for the first and the last', () => {
  const sizes = [250, 200]; // 50 200 numbers: twenty moments are more than a million
  let frames = /** @type {import('../../static/js/state.js').Moment[]} */ ([]);
  const parameters = moment(0, sizes).parameters;
  for (let step = 0; step < 60; step += 1) {
    frames = keep(frames, [{ ...moment(0), step, parameters }]);
    assert.ok(frames.length * 50_200 <= 1_000_000 || frames.length < 20, `${frames.length} frames`);
    assert.equal(frames[0].step, 0);
    assert.equal(frames.at(-1)?.step, step);
    assert.ok(frames.every((frame, index) => index === 0 || frame.step > frames[index - 1].step));
  }
  assert.ok(frames.length >= 8, 'too many were let go');
});

test('small moments are all kept', () => {
  const many = Array.from({ length: 1000 }, (_, step) => moment(step));
  assert.equal(keep([], many).length, 1000);
});

test('a trace brings its loss and its moment', () => {
  const at = moment(5);
  const { losses, frames } = withTrace(HISTORY, at, { loss: 99 });
  assert.deepEqual(losses, [10, 9, 8, 7, 6, 99, 4, 3, 2, 1, 0]);
  assert.deepEqual(steps(frames), [0, 2, 4, 5, 8, 10]);
  assert.equal(frames[3], at);
});

test('a run brings its losses, each to its step', () => {
  const answer = { steps: [9, 10, 11, 12], losses: [0.9, 0.8, null, 0.6] };
  const { losses } = withRun(HISTORY, /** @type {any} */ (answer));
  assert.deepEqual(losses, [10, 9, 8, 7, 6, 5, 4, 3, 2, 0.9, 0.8, null, 0.6]);
});

test('the best step is the one with the lowest loss so far, the first of several', () => {
  const history = { ...HISTORY, losses: [3, 1, 2, 1, null, 0.5] };
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 9].map((at) => bestStep(history, at)),
    [0, 1, 1, 1, 1, 5, 5],
  );
});

test('where no loss fits into a number, the best step is the start', () => {
  assert.equal(bestStep({ ...HISTORY, losses: [null, null] }, 1), 0);
  assert.equal(bestStep({ ...HISTORY, losses: [] }, 0), 0);
});

test('the best step of a very long run is found', () => {
  const losses = Array.from({ length: 400_000 }, (_, step) => Math.abs(step - 123_456));
  assert.equal(bestStep({ ...HISTORY, losses }, 399_999), 123_456);
});

test('parameters of which one no longer fits are not finite', () => {
  const [layer] = moment(0, [2, 2]).parameters;
  assert.equal(isFinite([layer]), true);
  assert.equal(isFinite([layer, { ...layer, biases: [0, null] }]), false);
  assert.equal(
    isFinite([
      {
        ...layer,
        weights: [
          [0, 1],
          [null, 1],
        ],
      },
      layer,
    ]),
    false,
  );
});

test('a gradient step is asked for with the rate of its step', () => {
  const experiment = frozen(experimentOf([1, 1]));
  for (const [step, rate] of [
    [2, 0.5],
    [3, 0.1],
    [8, 0.2],
  ]) {
    const query = traceQuery({ experiment, history: HISTORY, example: 1 }, moment(step));
    assert.deepEqual(query.optimizer, { name: 'sgd', learning_rate: rate });
    assert.deepEqual([query.step, query.example], [step, 1]);
    assert.deepEqual(query.parameters, moment(step).parameters);
  }
});

test('a run is asked for with the first rate and all its changes', () => {
  const from = moment(4);
  const query = trainQuery({ experiment: experimentOf([1, 1]), history: HISTORY }, from, 50, 10);
  assert.deepEqual(query.optimizer, { name: 'sgd', learning_rate: 0.5 });
  assert.deepEqual(query.changes, HISTORY.changes);
  assert.deepEqual([query.state, query.steps, query.record_every], [from, 50, 10]);
});
