/**
 * What a neuron answers at each of some points, and how many of these answers are right.
 *
 * @typedef {import('../../lesson-state.js').NeuronState} NeuronState
 * @typedef {NeuronState & {place: number}} Slice
 */

import { t, tn } from '../../lib/i18n.js';

/** Above this it says yes. */
const HALF = 0.5;

/** @typedef {import('../../lib/wire.js').LayerTrace} Layer */

/** What a unit says of an example: yes, no, or, where rounding alone decides, nothing; null: that is not known. @param {Layer | null} layer @param {number} example @param {number} unit @returns {'yes' | 'no' | 'undecided' | null} */
export function saysOf(layer, example, unit) {
  const a = layer?.a[example]?.[unit];
  if (!layer || a === null || a === undefined) return null;
  if (layer.undecided.some(([row, column]) => row === example && column === unit)) return 'undecided';
  return a > HALF ? 'yes' : 'no';
}

/** Whether an answer is the one that is wanted; nothing is said where it is not known or undecided. @param {ReturnType<typeof saysOf>} says @param {number} target */
export const isRight = (says, target) =>
  says === null || says === 'undecided' ? null : (says === 'yes') === (target === 1);

/** How many are right and how many undecided; null: not all are known. @param {ReturnType<typeof saysOf>[]} says @param {number[]} targets */
export function scoreOf(says, targets) {
  if (says.includes(null)) return null;
  return {
    right: says.filter((one, index) => isRight(one, targets[index])).length,
    undecided: says.filter((one) => one === 'undecided').length,
  };
}

/** That some answers are undecided, in words; nothing where none is. @param {number} undecided */
export const undecidedWords = (undecided) =>
  undecided === 0
    ? ''
    : tn(
        '{count} is undecided: only rounding tells it from one half.',
        '{count} are undecided: only rounding tells them from one half.',
        undecided,
      );

/** Why there are no answers: they are on their way, or are no numbers any more. @param {object | null} computed */
export const missingWords = (computed) =>
  computed === null
    ? t('It is being computed.')
    : t('These numbers have grown beyond what a number can hold.');

/** @param {ReturnType<typeof saysOf>} says */
export function saidWords(says) {
  if (says === null) return '—';
  return says === 'undecided' ? t('undecided') : says === 'yes' ? t('yes') : t('no');
}

/** What it says at each point. @param {NeuronState} state */
export const saysAll = ({ layer, points }) => points.inputs.map((_, index) => saysOf(layer, index, 0));

/** Whether each answer is right. @param {NeuronState} state */
export const areRight = (state) =>
  saysAll(state).map((says, index) => isRight(says, state.points.targets[index]));

/** How many are right; null: not all are computed. @param {NeuronState} state */
export const countRight = (state) => scoreOf(saysAll(state), state.points.targets)?.right ?? null;

/** @param {import('../../lesson-state.js').State} state @param {number} place @returns {Slice | null} */
export function sliceOf({ neurons }, place) {
  const state = neurons[place];
  return state ? { ...state, place } : null;
}
