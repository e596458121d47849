/** A run in "look inside", and a map of its loss as the server would have sent it. */

import { mapContext, mapDeps } from '../../static/js/lib/plane.js';
import { select } from '../../static/js/views/map.js';
import { distinct, frozen, parametersOf, stateOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').State} State */

export const SIZES = [2, 3, 1];
export const AT = /** @type {const} */ ({ layer: 0, unit: 1, input: 0 });
export const UP = /** @type {const} */ ({ layer: 1, unit: 0, input: 'bias' });

/** A run of some steps, at the last of them, in "look inside". @param {number} steps @param {Partial<State>} [change] @returns {State} */
export function walked(steps, change = {}) {
  const made = stateOf(SIZES, { task: 'inside' });
  const next = distinct(9);
  const frames = [
    made.now,
    ...Array.from({ length: steps }, (_, index) => ({
      step: index + 1,
      parameters: parametersOf(SIZES, next),
      optimizer_state: { updates: index + 1, slots: {} },
    })),
  ];
  const layers = parametersOf(SIZES, next).map(({ weights, biases }) => ({ dW: weights, db: biases }));
  const trace = /** @type {any} */ ({ ...made.trace, layers });
  const history = { ...made.history, frames, losses: frames.map(next) };
  return { ...made, now: frames[steps], trace, history, ...change };
}

/** Losses of a map, and of each moment: that of the map is twice its own. @param {State} state @param {object} [more] */
export function answered(state, more = {}) {
  const context = mapContext(state);
  const { stops } = context;
  const landscape = {
    x: [-2, 0, 2],
    y: [-1, 0, 1],
    loss: [
      [0.1, 1, 10],
      [1, 0.01, 1],
      [10, 1, null],
    ],
    centre: { x: 0, y: 0, loss: 0.01 },
    path: {
      x: stops.map((_, index) => index / 4),
      y: stops.map((_, index) => -index / 8),
      loss: stops.map((_, index) => 1 / (index + 1)),
      slice_loss: stops.map((_, index) => 2 / (index + 1)),
      distance: stops.map((_, index) => index),
    },
    explained_variance: null,
    random_walk_variance: null,
    directions: null,
    moving: { weights: 2, biases: 0 },
    gradients: null,
    ...more,
  };
  const answer = { ...context, landscape: /** @type {any} */ (landscape), refusal: null };
  return frozen({ ...state, asides: { map: { deps: mapDeps(state) ?? [], answer } } });
}

/** @param {State} state */
export const seen = (state) => /** @type {NonNullable<ReturnType<typeof select>>} */ (select(state));
