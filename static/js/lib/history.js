/**
 * The history of a run: losses, changes of the rate and kept moments, each function returning a new one.
 *
 * @typedef {import('../state.js').History} History
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').LayerParameters} LayerParameters
 */

/** Numbers that kept frames may hold together before every second one is let go. */
const MOST_FRAME_NUMBERS = 1_000_000;

/**
 * The learning rate of the update made at a step.
 * @param {History} history
 * @param {number} step
 */
export function rateAt(history, step) {
  return history.changes.findLast((change) => change.at_step <= step)?.learning_rate ?? history.learning_rate;
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
    learning_rate: at === 0 ? rate : history.learning_rate,
    changes: at === 0 || rate === before ? earlier : [...earlier, { at_step: at, learning_rate: rate }],
    losses: history.losses.slice(0, at + 1),
    frames: history.frames.filter((frame) => frame.step <= at),
  };
}

/**
 * Keep a moment, in order; let every second one go when they grow too many.
 * @param {Moment[]} frames
 * @param {Moment[]} more
 * @returns {Moment[]}
 */
export function keep(frames, more) {
  const steps = new Set(more.map(({ step }) => step));
  const all = [...frames.filter(({ step }) => !steps.has(step)), ...more];
  all.sort((one, other) => one.step - other.step);
  const size = JSON.stringify(all[0]?.parameters ?? []).split(',').length;
  return all.length * size <= MOST_FRAME_NUMBERS
    ? all
    : all.filter((_, index) => index % 2 === 0 || index === all.length - 1);
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
 * The history with a run's losses.
 * @param {History} history
 * @param {import('./wire.js').TrainAnswer} answer
 */
export function withRun(history, answer) {
  const losses = [...history.losses];
  answer.steps.forEach((step, index) => {
    losses[step] = answer.losses[index];
  });
  return { ...history, losses };
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

/** Whether every number is there: none has grown beyond what fits into one. @param {LayerParameters[]} parameters */
export function isFinite(parameters) {
  return parameters.every(
    ({ weights, biases }) => !biases.includes(null) && weights.every((row) => !row.includes(null)),
  );
}
