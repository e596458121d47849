/**
 * The sharpness of the loss at moments of a run: which are still to be measured, and what is known.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').History} History
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').Measure} Measure
 */

import { experimentAt, lastStep, sizeOf } from './history.js';
import { described } from './queries.js';

/** Moments of a run that are measured, and those that are asked about together. */
const MOMENTS = 60;
const MOST_NUMBERS = 40_000;
/** Measures that are kept before every second one is let go. */
const MOST_KEPT = 2000;

/** Whether the server refused to measure this run. @param {Pick<State, 'asides' | 'history'>} state */
export const isRefused = ({ asides, history }) => asides.sharpness?.deps[0] === history.experiment;

/**
 * The moments to be measured next: that on screen, and kept ones that lie in the gaps; all of one set-up.
 * @param {Pick<State, 'history' | 'now' | 'isTraining'>} state
 * @returns {Moment[]}
 */
export function unmeasured({ history, now, isTraining }) {
  if (now === null) return [];
  const known = history.curvatures.map(({ step }) => step);
  const own = known.includes(now.step) ? [] : [now];
  // While it trains, what is on screen is worth more than what was passed.
  if (isTraining) return own;
  const gap = Math.max(1, lastStep(history) / MOMENTS);
  const near = (/** @type {number} */ step, /** @type {number} */ other) => Math.abs(step - other) < gap;
  const taken = [...known, ...own.map(({ step }) => step)];
  const first = history.frames.at(0);
  const chosen = history.frames.filter((frame) => {
    if (taken.some((step) => (frame === first ? step === frame.step : near(frame.step, step)))) return false;
    taken.push(frame.step);
    return true;
  });
  const all = [...own, ...chosen];
  if (all.length === 0) return [];
  const setUp = experimentAt(history, all[0].step);
  const most = Math.max(1, Math.min(MOMENTS, Math.floor(MOST_NUMBERS / sizeOf(all[0].parameters))));
  return all.filter(({ step }) => experimentAt(history, step) === setUp).slice(0, most);
}

/** The sharpness of the loss over all training examples, at some moments. @param {History} history @param {Moment[]} moments */
export function sharpnessQuery(history, [first, ...others]) {
  const { optimizer: _, batch: __, ...rest } = described(history, first.step);
  return { ...rest, parameters: first.parameters, path: others.map(({ parameters }) => parameters) };
}

/**
 * The history with some measures added, in order.
 * @param {History} history
 * @param {Measure[]} more
 * @returns {History}
 */
export function withMeasures(history, more) {
  const steps = new Set(more.map(({ step }) => step));
  const all = [...history.curvatures.filter(({ step }) => !steps.has(step)), ...more];
  all.sort((one, other) => one.step - other.step);
  const curvatures = all.length <= MOST_KEPT ? all : all.filter((_, index) => index % 2 === 0);
  return { ...history, curvatures };
}
