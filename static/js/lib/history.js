/**
 * The history of a run: its set-ups, what was changed on the way, losses and kept moments. Each function
 * returns a new one. A run is exact, so its recipe (set-ups, changes, edits) says it all; the rest is memory.
 *
 * @typedef {import('../state.js').History} History
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('../state.js').LayerParameters} LayerParameters
 */

import { findings } from './findings.js';

/** Numbers that kept frames may hold together before every second one is let go. */
const MOST_FRAME_NUMBERS = 1_000_000;
/** Readings that are kept before every second one is let go. */
const MOST_READINGS = 3000;

/**
 * The learning rate of the update made at a step.
 * @param {History} history
 * @param {number} step
 */
export function rateAt(history, step) {
  return history.changes.findLast((change) => change.at_step <= step)?.learning_rate ?? history.learning_rate;
}

/**
 * The set-up in force at a step.
 * @param {History} history
 * @param {number} step
 */
export function experimentAt(history, step) {
  return history.turns.findLast((turn) => turn.at_step <= step)?.experiment ?? history.experiment;
}

/** The last step a history knows of. @param {History} history */
export function lastStep({ losses, frames }) {
  return Math.max(losses.length - 1, frames.at(-1)?.step ?? 0, 0);
}

/**
 * The history up to a step: what was computed or changed beyond it is left out.
 * @param {History} history
 * @param {number} at
 * @returns {History}
 */
export function cut(history, at) {
  const upTo = (/** @type {{at_step: number}} */ { at_step }) => at_step <= at;
  return {
    ...history,
    changes: history.changes.filter(upTo),
    edits: history.edits.filter(upTo),
    turns: history.turns.filter(upTo),
    losses: history.losses.slice(0, at + 1),
    readings: history.readings.filter(({ step }) => step <= at),
    frames: history.frames.filter(({ step }) => step <= at),
    curvatures: history.curvatures.filter(({ step }) => step <= at),
  };
}

/**
 * Another rate from a step on; what was computed beyond it no longer holds.
 * @param {History} history
 * @param {number} at
 * @param {number} rate
 * @returns {History}
 */
export function withRate(history, at, rate) {
  const earlier = history.changes.filter((change) => change.at_step < at);
  const before = earlier.at(-1)?.learning_rate ?? history.learning_rate;
  return {
    ...cut(history, at),
    learning_rate: at === 0 ? rate : history.learning_rate,
    changes: at === 0 || rate === before ? earlier : [...earlier, { at_step: at, learning_rate: rate }],
  };
}

/**
 * A parameter set by hand before update `at`; what was computed there and beyond no longer holds.
 * @param {History} history
 * @param {number} at
 * @param {Place} place
 * @param {number} value
 * @returns {History}
 */
export function withEdit(history, at, place, value) {
  const { layer, unit, input } = place;
  const isOther = (/** @type {import('../state.js').Edit} */ one) =>
    one.at_step !== at || one.layer !== layer || one.unit !== unit || one.input !== input;
  const before = cut(history, at);
  return {
    ...before,
    edits: [...before.edits.filter(isOther), { at_step: at, layer, unit, input, value }],
    losses: before.losses.slice(0, at),
    readings: before.readings.filter(({ step }) => step < at),
    frames: before.frames.filter(({ step }) => step < at),
    curvatures: before.curvatures.filter(({ step }) => step < at),
  };
}

/**
 * Another set-up from a step on, with its rate.
 * @param {History} history
 * @param {number} at
 * @param {Experiment} experiment
 * @returns {History}
 */
export function withTurn(history, at, experiment) {
  const bare = withRate(history, at, experiment.optimizer.learning_rate);
  // Another penalty bends the loss in another way.
  const before = { ...bare, curvatures: bare.curvatures.filter(({ step }) => step < at) };
  if (at === 0) return { ...before, experiment, turns: [] };
  const earlier = before.turns.filter((turn) => turn.at_step < at);
  return { ...before, turns: [...earlier, { at_step: at, experiment }] };
}

/**
 * Parameters with one number changed.
 * @param {LayerParameters[]} parameters
 * @param {Place} place
 * @param {number} value
 * @returns {LayerParameters[]}
 */
export function withValue(parameters, { layer, unit, input }, value) {
  return parameters.map((own, index) => {
    if (index !== layer) return own;
    if (input === 'bias') return { ...own, biases: own.biases.map((b, j) => (j === unit ? value : b)) };
    const weights = own.weights.map((row, j) =>
      j === unit ? row.map((w, i) => (i === input ? value : w)) : row,
    );
    return { ...own, weights };
  });
}

/** @param {LayerParameters[]} parameters @param {Place} place */
export function valueAt(parameters, { layer, unit, input }) {
  const own = parameters[layer];
  return input === 'bias' ? own.biases[unit] : own.weights[unit][input];
}

/**
 * A moment as it is after what was changed by hand at its step: the very same one where nothing was.
 * @param {History} history
 * @param {Moment} moment
 * @returns {Moment}
 */
export function arrive(history, moment) {
  const { step } = moment;
  const before = step > 0 ? experimentAt(history, step - 1) : history.experiment;
  const now = experimentAt(history, step);
  // Another optimizer remembers nothing of what the one before it did.
  const isForgotten = before?.optimizer.name !== now?.optimizer.name;
  const edits = history.edits.filter(({ at_step }) => at_step === step);
  if (!isForgotten && edits.length === 0) return moment;
  return {
    step,
    parameters: edits.reduce((made, edit) => withValue(made, edit, edit.value), moment.parameters),
    optimizer_state: isForgotten ? { updates: 0, slots: {} } : moment.optimizer_state,
  };
}

/**
 * The next step after `from`, and up to `to`, where a run has to stop for what was changed by hand.
 * @param {History} history
 * @param {number} from
 * @param {number} to
 */
export function nextBreak(history, from, to) {
  const breaks = [...history.edits, ...history.turns].map(({ at_step }) => at_step);
  return Math.min(to, ...breaks.filter((step) => step > from));
}

/**
 * Moments with others put among them, by step. A run that goes on puts its own at the end: many times a second.
 * @param {Moment[]} frames
 * @param {Moment[]} more
 */
function inOrder(frames, more) {
  const last = frames.at(-1)?.step ?? -Infinity;
  if (more.length === 1 && more[0].step > last) return [...frames, more[0]];
  const steps = new Set(more.map(({ step }) => step));
  const all = [...frames.filter(({ step }) => !steps.has(step)), ...more];
  return all.sort((one, other) => one.step - other.step);
}

/**
 * Keep a moment, in order; let every second one go when they grow too many.
 * @param {Moment[]} frames
 * @param {Moment[]} more
 * @returns {Moment[]}
 */
export function keep(frames, more) {
  const all = inOrder(frames, more);
  const size = all.length === 0 ? 0 : sizeOf(all[0].parameters);
  return all.length * size <= MOST_FRAME_NUMBERS
    ? all
    : all.filter((_, index) => index % 2 === 0 || index === all.length - 1);
}

/** How many numbers there are. @param {LayerParameters[]} parameters */
export function sizeOf(parameters) {
  return parameters.reduce(
    (sum, { weights, biases }) => sum + biases.length * (1 + (weights[0]?.length ?? 0)),
    0,
  );
}

/**
 * The history with a reading of all examples added, in order.
 * @param {History} history
 * @param {number} step
 * @param {import('../state.js').Survey | null} survey
 * @returns {History}
 */
export function withReading(history, step, survey) {
  if (survey === null) return history;
  const { train, test, layers } = survey;
  const reading = {
    step,
    loss: train.loss,
    test_loss: test?.loss ?? null,
    accuracy: train.accuracy,
    test_accuracy: test?.accuracy ?? null,
    gradient_norms: layers.map(({ gradient_norm }) => gradient_norm),
    dead: findings(survey)
      .filter(({ state }) => state === 'dead')
      .map(({ layer, unit }) => ({ layer, unit })),
  };
  const isLast = (history.readings.at(-1)?.step ?? -Infinity) < step;
  const before = isLast ? history.readings : history.readings.filter((one) => one.step < step);
  const after = isLast ? [] : history.readings.filter((one) => one.step > step);
  const all = [...before, reading, ...after];
  const readings = all.length <= MOST_READINGS ? all : all.filter((_, index) => index % 2 === 0);
  return { ...history, readings };
}

/**
 * The history with a loss and a moment added.
 * @param {History} history
 * @param {Moment} moment
 * @param {{loss: number | null}} trace
 */
export function withTrace(history, moment, trace) {
  const losses = [...history.losses];
  losses[moment.step] = trace.loss;
  return { ...history, losses, frames: keep(history.frames, [moment]) };
}

/**
 * The history with a run's losses, and what was kept and read of it on the way; its ends are kept, and its end is read, when it is shown.
 * @param {History} history
 * @param {import('./wire.js').TrainAnswer} answer
 */
export function withRun(history, answer) {
  const losses = [...history.losses];
  answer.steps.forEach((step, index) => {
    losses[step] = answer.losses[index];
  });
  const moments = answer.frames.slice(1, -1).map(({ step, parameters, optimizer_state }) => ({
    step,
    parameters,
    optimizer_state,
  }));
  const kept = { ...history, losses, frames: keep(history.frames, moments) };
  const read = answer.frames.slice(0, -1);
  return read.reduce((made, { step, survey }) => withReading(made, step, survey ?? null), kept);
}

/**
 * The step, up to `at`, before which the loss was lowest.
 * @param {History} history
 * @param {number} at
 */
export function bestStep(history, at) {
  const worth = (/** @type {number} */ step) => history.losses[step] ?? Infinity;
  let best = 0;
  for (let step = 1; step <= Math.min(at, history.losses.length - 1); step += 1) {
    if (worth(step) < worth(best)) best = step;
  }
  return best;
}

/**
 * How a run ended whose numbers no longer fit: where the loss was lowest, and whether it rose at every step from there.
 * @param {History} history
 * @param {number} at
 */
export function divergence(history, at) {
  const best = bestStep(history, at);
  const after = history.losses.slice(best, at).map((loss) => loss ?? Infinity);
  const isRising = after.length > 1 && after.every((loss, index) => index === 0 || loss > after[index - 1]);
  return { kind: /** @type {const} */ ('diverged'), at, rate: rateAt(history, at), best, isRising };
}

/** Whether every number is there: none has grown beyond what fits into one. @param {LayerParameters[]} parameters */
export function isFinite(parameters) {
  return parameters.every(
    ({ weights, biases }) => !biases.includes(null) && weights.every((row) => !row.includes(null)),
  );
}
