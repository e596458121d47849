/**
 * The health of a network, as the server judged it, gathered for telling.
 *
 * @typedef {import('./wire.js').SurveyAnswer} Survey
 * @typedef {'saturated' | 'dead' | 'alike'} Illness
 * @typedef {'layers' | 'penalty' | null} Revival  what may bring a dead unit back
 * @typedef {{layer: number, unit: number, state: Illness, slope: number | null, active: number, revival: Revival}} Finding
 * @typedef {{norm: number | null, relative: number | null, state: 'vanishing' | 'exploding' | null}} Gradient
 */

import { msg } from './i18n.js';

/** @type {Illness[]} */
export const ILLNESSES = ['saturated', 'dead', 'alike'];
/** Of each illness a sign of its own, so that no colour is needed to tell them apart. @type {Record<Illness, string>} */
export const SIGNS = { saturated: '▬', dead: '✕', alike: '=' };

/** Every unit that something ails. @param {Survey | null} survey @returns {Finding[]} */
export function findings(survey) {
  return (survey?.layers ?? []).flatMap(({ units }, layer) =>
    units.flatMap(({ state, slope, active, revival }, unit) =>
      state === null ? [] : [{ layer, unit, state, slope, active, revival }],
    ),
  );
}

/** Each layer's gradient, its norm and its relative size, and what ails it. @param {Survey | null} survey @returns {Gradient[]} */
export function gradients(survey) {
  return (survey?.layers ?? []).map(({ gradient_norm, relative_gradient, state }) => ({
    norm: gradient_norm,
    relative: relative_gradient,
    state,
  }));
}

/** How many things ail a network: units, layers, a plateau, targets out of reach. @param {Survey} survey */
export function illnesses(survey) {
  const layers = gradients(survey).filter(({ state }) => state !== null).length;
  const { state, unreachable } = survey.network;
  return findings(survey).length + layers + Number(state === 'plateau') + Number(unreachable !== null);
}

/**
 * The first of the readings, without a break up to a step, in which a unit was dead; null: none is known.
 * @param {import('../state.js').Reading[]} readings @param {number} step @param {{layer: number, unit: number}} of
 */
export function deadSince(readings, step, { layer, unit }) {
  let since = null;
  for (const reading of readings.filter((one) => one.step <= step).toReversed()) {
    if (!reading.dead.some((one) => one.layer === layer && one.unit === unit)) break;
    since = reading.step;
  }
  return since;
}

/** What each illness is called, of one unit. @type {Record<Illness, string>} */
export const WORDS = {
  saturated: msg('saturated'),
  dead: msg('dead'),
  alike: msg('the same as another'),
};
