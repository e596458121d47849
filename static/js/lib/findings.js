/**
 * The health of a network, as the server judged it, gathered for telling.
 *
 * @typedef {import('./wire.js').SurveyAnswer} Survey
 * @typedef {'saturated' | 'dead' | 'alike'} Illness
 * @typedef {{layer: number, unit: number, state: Illness, slope: number | null, active: number}} Finding
 */

import { msg } from './i18n.js';

/** @type {Illness[]} */
export const ILLNESSES = ['saturated', 'dead', 'alike'];
/** Of each illness a sign of its own, so that no colour is needed to tell them apart. @type {Record<Illness, string>} */
export const SIGNS = { saturated: '▬', dead: '✕', alike: '=' };

/** Every unit that something ails. @param {Survey | null} survey @returns {Finding[]} */
export function findings(survey) {
  return (survey?.layers ?? []).flatMap(({ units }, layer) =>
    units.flatMap(({ state, slope, active }, unit) =>
      state === null ? [] : [{ layer, unit, state, slope, active }],
    ),
  );
}

/** The norm of each layer's gradient, and what ails it. @param {Survey | null} survey */
export function gradients(survey) {
  return (survey?.layers ?? []).map(({ gradient_norm, state }) => ({ norm: gradient_norm, state }));
}

/** What each illness is called, of one unit. @type {Record<Illness, string>} */
export const WORDS = {
  saturated: msg('saturated'),
  dead: msg('dead'),
  alike: msg('the same as another'),
};
