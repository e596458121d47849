/**
 * What a neuron answers at each of some points, and how many of these answers are right.
 *
 * @typedef {import('../../lesson-state.js').NeuronState} NeuronState
 * @typedef {NeuronState & {place: number}} Slice
 */

/** Above this it says yes. */
const HALF = 0.5;

/** Whether it says yes at each point; null where that is not computed yet. @param {NeuronState} state */
export const saysYes = ({ layer, points }) =>
  points.inputs.map((_, index) => {
    const a = layer?.a[index]?.[0];
    return a === null || a === undefined ? null : a > HALF;
  });

/** Whether each answer is right. @param {NeuronState} state */
export const areRight = (state) =>
  saysYes(state).map((yes, index) => (yes === null ? null : yes === (state.points.targets[index] === 1)));

/** How many are right; null: not all are computed. @param {NeuronState} state */
export function countRight(state) {
  const right = areRight(state);
  return right.includes(null) ? null : right.filter(Boolean).length;
}

/** @param {import('../../lesson-state.js').State} state @param {number} place @returns {Slice | null} */
export function sliceOf({ neurons }, place) {
  const state = neurons[place];
  return state ? { ...state, place } : null;
}
