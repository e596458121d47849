import {
  arrive,
  bestStep,
  divergence,
  cut,
  experimentAt,
  isFinite,
  keep,
  lastStep,
  nextBreak,
  rateAt,
  valueAt,
  withEdit,
  withRate,
  withReading,
  withRun,
  withTrace,
  withTurn,
  withValue,
} from '../../static/js/lib/history.js';
import { assert, filled, test } from './harness.js';
import { distinct, experimentOf, frozen, historyOf, parametersOf, random, surveyOf } from './made-up.js';

/** @param {number} step @param {number[]} [sizes] @returns {import('../../static/js/state.js').Moment} */
const moment = (step, sizes = [1, 1]) => ({
  step,
  parameters: parametersOf(sizes, random(step + 1)),
  optimizer_state: { updates: step, slots: {} },
});

/** @param {number} step @returns {import('../../static/js/state.js').Reading} */
function reading(step) {
  return {
    step,
    loss: 10 - step,
    test_loss: null,
    accuracy: null,
    test_accuracy: null,
    gradient_norms: [1],
    dead: [],
  };
}

/** Ten updates; the rate was 0.5, from update 3 on 0.1, from update 7 on 0.2. */
const HISTORY = frozen(
  historyOf({
    experiment: experimentOf([1, 1]),
    losses: Array.from({ length: 11 }, (_, step) => 10 - step),
    readings: [0, 4, 8].map((step) => reading(step)),
    changes: [
      { at_step: 3, learning_rate: 0.1 },
      { at_step: 7, learning_rate: 0.2 },
    ],
    frames: [0, 2, 4, 8, 10].map((step) => moment(step)),
  }),
);
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
  const answer = { steps: [9, 10, 11, 12], losses: [0.9, 0.8, null, 0.6], frames: [] };
  const { losses } = withRun(HISTORY, /** @type {any} */ (answer));
  assert.deepEqual(losses, [10, 9, 8, 7, 6, 5, 4, 3, 2, 0.9, 0.8, null, 0.6]);
});

test('a run brings what was kept on its way, and what was read up to its end', () => {
  const survey = {
    train: { loss: 0.5, accuracy: 0.75 },
    test: null,
    layers: [{ gradient_norm: 0.1, units: [] }],
  };
  const kept = [11, 12, 14, 16].map((step) => ({ ...moment(step), loss: 0.5, survey }));
  const { frames, readings } = withRun(HISTORY, /** @type {any} */ ({ steps: [], losses: [], frames: kept }));
  assert.deepEqual(steps(frames), [0, 2, 4, 8, 10, 12, 14]);
  assert.deepEqual(frames[5], moment(12));
  assert.deepEqual(
    readings.slice(-3).map(({ step, accuracy, gradient_norms }) => [step, accuracy, gradient_norms]),
    [11, 12, 14].map((step) => [step, 0.75, [0.1]]),
  );
});

test('of a run that diverged it is told whether every step since the lowest landed higher', () => {
  const of = (/** @type {(number | null)[]} */ losses, /** @type {number} */ at) =>
    divergence({ ...HISTORY, losses }, at);
  assert.deepEqual(of([3, 1, 2, 4, null], 4), {
    kind: 'diverged',
    at: 4,
    rate: 0.1,
    best: 1,
    isRising: true,
  });
  assert.equal(of([3, 1, 2, 1.5, null], 4).isRising, false);
  assert.equal(of([3, 2, 1, null], 3).isRising, false, 'it fell until the numbers no longer fitted');
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

/** With adam from update 4 on, and two weights set by hand before update 6. */
const ADAM = { ...experimentOf([1, 1]), optimizer: { name: 'adam', learning_rate: 0.01 } };
const BIAS = /** @type {const} */ ({ layer: 0, unit: 0, input: 'bias' });
const WEIGHT = /** @type {const} */ ({ layer: 0, unit: 0, input: 0 });

test('the last step is that of the last loss or of the last moment', () => {
  assert.equal(lastStep(HISTORY), 10);
  assert.equal(lastStep({ ...HISTORY, losses: [3, 2] }), 10);
  assert.equal(lastStep({ ...HISTORY, frames: [], losses: [3, 2] }), 1);
  assert.equal(lastStep(historyOf()), 0);
});

test('a history cut at a step has nothing of what lay beyond', () => {
  const edits = [2, 5, 9].map((at_step) => ({ ...WEIGHT, at_step, value: 1 }));
  const turns = [1, 6].map((at_step) => ({ at_step, experiment: ADAM }));
  const whole = { ...HISTORY, edits, turns };
  for (let at = 0; at <= 10; at += 1) {
    const left = cut(whole, at);
    for (const part of /** @type {const} */ (['changes', 'edits', 'turns']))
      assert.deepEqual(
        left[part].map(({ at_step }) => at_step),
        whole[part].map(({ at_step }) => at_step).filter((step) => step <= at),
      );
    assert.deepEqual(
      left.readings,
      whole.readings.filter(({ step }) => step <= at),
    );
    assert.equal(left.losses.length, at + 1);
    assert.equal(left.experiment, whole.experiment);
  }
  assert.deepEqual(cut(whole, 10), whole);
});

test('a parameter set by hand is noted, and its step has to be computed again', () => {
  const edited = withEdit(HISTORY, 4, WEIGHT, 0.7);
  assert.deepEqual(edited.edits, [{ ...WEIGHT, at_step: 4, value: 0.7 }]);
  assert.deepEqual(
    [edited.losses, steps(edited.frames)],
    [
      [10, 9, 8, 7],
      [0, 2],
    ],
  );
  assert.deepEqual(steps(edited.readings), [0]);
  assert.deepEqual(edited.changes, [{ at_step: 3, learning_rate: 0.1 }]);
});

test('the same parameter set twice at a step is set once, another one beside it', () => {
  const twice = withEdit(withEdit(HISTORY, 4, WEIGHT, 0.7), 4, WEIGHT, 0.9);
  assert.deepEqual(twice.edits, [{ ...WEIGHT, at_step: 4, value: 0.9 }]);
  assert.deepEqual(
    withEdit(twice, 4, BIAS, 2).edits.map(({ input, value }) => [input, value]),
    [
      [0, 0.9],
      ['bias', 2],
    ],
  );
});

test('another set-up is in force from its step on, with its own rate', () => {
  const turned = withTurn(HISTORY, 4, ADAM);
  assert.deepEqual(turned.turns, [{ at_step: 4, experiment: ADAM }]);
  for (let step = 0; step < 12; step += 1)
    assert.equal(experimentAt(turned, step), step < 4 ? HISTORY.experiment : ADAM);
  assert.deepEqual([rateAt(turned, 3), rateAt(turned, 4), rateAt(turned, 9)], [0.1, 0.01, 0.01]);
  assert.equal(turned.losses.length, 5);
});

test('another set-up before the first update is the first set-up', () => {
  const turned = withTurn(withTurn(HISTORY, 4, ADAM), 0, ADAM);
  assert.deepEqual(
    [turned.experiment, turned.turns, turned.learning_rate, turned.changes],
    [ADAM, [], 0.01, []],
  );
});

test('two set-ups at one step are the later one', () => {
  const other = { ...ADAM, l2: 0.1 };
  assert.deepEqual(withTurn(withTurn(HISTORY, 4, ADAM), 4, other).turns, [{ at_step: 4, experiment: other }]);
});

test('one number of the parameters is changed, and no other', () => {
  const parameters = frozen(parametersOf([3, 2, 2], distinct(1)));
  for (const [layer, own] of filled(parameters.entries()))
    for (const [unit, row] of filled(own.weights.entries()))
      for (const input of /** @type {const} */ ([...row.keys(), 'bias'])) {
        const place = { layer, unit, input };
        const changed = withValue(parameters, place, 42);
        assert.equal(valueAt(changed, place), 42);
        assert.deepEqual(withValue(changed, place, Number(valueAt(parameters, place))), parameters);
      }
});

test('a moment at which nothing was changed by hand is the very same one', () => {
  const edited = withEdit(HISTORY, 4, WEIGHT, 0.7);
  const turned = withTurn(HISTORY, 4, { ...experimentOf([1, 1]), l2: 0.1 });
  for (const history of [HISTORY, edited, turned])
    for (const step of [0, 3, 5, 10]) {
      const one = moment(step);
      assert.equal(arrive(history, one), one);
    }
  const same = moment(4);
  assert.equal(arrive(turned, same), same, 'the optimizer remembers through a change of the penalty');
});

test('a moment arrives with every weight that was set at its step', () => {
  const edited = withEdit(withEdit(HISTORY, 4, WEIGHT, 0.7), 4, BIAS, -0.3);
  const before = frozen(moment(4));
  const { step, parameters, optimizer_state } = arrive(edited, before);
  assert.deepEqual([step, valueAt(parameters, WEIGHT), valueAt(parameters, BIAS)], [4, 0.7, -0.3]);
  assert.equal(optimizer_state, before.optimizer_state);
});

test('another optimizer remembers nothing of the one before it', () => {
  const turned = withTurn(HISTORY, 4, ADAM);
  const before = moment(4);
  const after = arrive(turned, before);
  assert.deepEqual(after.optimizer_state, { updates: 0, slots: {} });
  assert.deepEqual(after.parameters, before.parameters);
  assert.deepEqual(arrive(turned, moment(5)), moment(5));
});

test('a run stops at each step where something was changed by hand', () => {
  const history = withTurn(withEdit(withEdit(HISTORY, 4, WEIGHT, 1), 4, BIAS, 1), 9, ADAM);
  /** @type {number[]} */
  const found = [];
  for (let at = 0; at < 20; at = nextBreak(history, at, 20)) found.push(at);
  assert.deepEqual(found, [0, 4, 9]);
  assert.equal(nextBreak(history, 4, 7), 7);
  assert.equal(nextBreak(history, 9, 12), 12);
  assert.equal(nextBreak(historyOf(), 0, 12), 12);
});

test('a survey is read at its step, in order, and a newer one takes the place of an older one', () => {
  const survey = surveyOf([1, 2, 1], distinct(3), { hasTest: true });
  const read = withReading(HISTORY, 5, survey);
  assert.deepEqual(steps(read.readings), [0, 4, 5, 8]);
  assert.deepEqual(read.readings[2], {
    step: 5,
    loss: survey.train.loss,
    test_loss: survey.test?.loss,
    accuracy: 0.75,
    test_accuracy: 0.75,
    gradient_norms: survey.layers.map(({ gradient_norm }) => gradient_norm),
    dead: [],
  });
  assert.deepEqual(steps(withReading(read, 5, survey).readings), [0, 4, 5, 8]);
  assert.equal(withReading(HISTORY, 5, null), HISTORY);
});

test('readings that grow too many are thinned', () => {
  const survey = surveyOf([1, 1], distinct(3));
  let history = historyOf();
  for (let step = 0; step < 4000; step += 1) history = withReading(history, step, survey);
  assert.ok(history.readings.length <= 3000 && history.readings.length >= 1500, `${history.readings.length}`);
  assert.deepEqual([history.readings[0].step, history.readings.at(-1)?.step], [0, 3999]);
});
