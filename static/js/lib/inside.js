/**
 * What the figures of the learning rate and of the landscape ask of the server, and what their answers depend on.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 */

import { rateAt } from './history.js';
import { steepest } from './places.js';
import { described } from './queries.js';
import { HIGHEST_RATE, LOWEST_RATE } from './scale.js';

/** Points of the curve over the rates that the slider has. */
const RATE_POINTS = 121;
/** Updates of one parameter that are drawn ahead. */
const GHOSTS = 6;

/** The moment on screen with its set-up, as every request about it says it. @param {State} state */
function about(state) {
  const now = /** @type {import('../state.js').Moment} */ (state.now);
  const base = described(state.history, now.step);
  return { ...base, parameters: now.parameters, step: now.step };
}

/** Whether the moment on screen is at rest, so that something can be asked about it. @param {State} state */
export const rests = ({ now, trace, isStale, isTraining }) =>
  now !== null && trace !== null && !isStale && !isTraining;

/** @param {State} state @returns {unknown[] | null} */
export const curvatureDeps = (state) => (rests(state) ? [state.now, state.experiment] : null);

/** @param {State} state */
export function curvatureQuery(state) {
  const { optimizer: _, ...rest } = about(state);
  return rest;
}

/** @param {State} state @returns {unknown[] | null} */
export const stepSizesDeps = (state) => (rests(state) ? [state.now, state.experiment] : null);

/** @param {State} state */
export const stepSizesQuery = (state) => ({
  ...about(state),
  optimizer_state: state.now?.optimizer_state,
  range: [LOWEST_RATE, HIGHEST_RATE],
  points: RATE_POINTS,
});

/** What it depends on; in play, too, when it is asked less often. @param {State} state @returns {unknown[] | null} */
export function ratesDeps(state) {
  const { now, isTraining, history, experiment } = state;
  if (now === null || !(rests(state) || isTraining)) return null;
  return [now, experiment, rateAt(history, now.step)];
}

/** @param {State} state */
export function ratesQuery(state) {
  const { parameters, step, ...base } = about(state);
  const learning_rate = rateAt(state.history, step);
  return {
    ...base,
    optimizer: { ...base.optimizer, learning_rate },
    state: { step, parameters, optimizer_state: state.now?.optimizer_state },
  };
}

/** The parameter whose slope is shown: the pinned one, else that with the largest gradient. @param {State} state @returns {Place | null} */
export function slopePlace({ pinned, trace }) {
  if (pinned?.kind === 'parameter') return pinned.place;
  return trace === null ? null : steepest(trace.layers);
}

/** @param {State} state @returns {unknown[] | null} */
export function slopeDeps(state) {
  const place = slopePlace(state);
  if (!rests(state) || place === null) return null;
  const rate = rateAt(state.history, state.now?.step ?? 0);
  return [state.now, state.experiment, rate, `${place.layer} ${place.unit} ${place.input}`];
}

/** @param {State} state */
export function slopeQuery(state) {
  const base = about(state);
  const learning_rate = rateAt(state.history, base.step);
  return {
    ...base,
    optimizer: { ...base.optimizer, learning_rate },
    optimizer_state: state.now?.optimizer_state,
    parameter: slopePlace(state),
    steps: GHOSTS,
  };
}
