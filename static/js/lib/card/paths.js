/**
 * All paths from a parameter to the loss, adding up to its gradient, and what finding it costs by three methods.
 *
 * @typedef {import('../../state.js').Place} Place
 * @typedef {import('../wire.js').ExplainAnswer} Explanation
 * @typedef {import('../told/parts.js').Scene} Scene
 * @typedef {{units: string, example: number, derivatives: (number | null)[], contribution: number | null, total: number, share: number}} PathRow
 */

import { count, number } from '../format.js';
import { t } from '../i18n.js';

/** Counts up to here are written out. */
const MOST_WRITTEN = 1e9;

/** A count of any size: what a double no longer holds exactly is said to be about so many. @param {number} value */
export function large(value) {
  if (!Number.isFinite(value)) return t('more than {number}', { number: number(1e308) });
  return value <= MOST_WRITTEN ? count(value) : `≈ ${number(value, { digits: 2 })}`;
}

/** A unit of a path, short. @param {Scene} scene @param {number} layer @param {number} unit */
function stop(scene, layer, unit) {
  const last = scene.activations.length - 1;
  if (layer === last) return t('output {unit}', { unit: unit + 1 });
  return last === 1
    ? t('hidden {unit}', { unit: unit + 1 })
    : t('layer {layer}, {unit}', { layer: layer + 1, unit: unit + 1 });
}

/**
 * The listed paths, the largest first, with what they add up to so far.
 * @param {Explanation} explanation
 * @param {Place} place
 * @param {Scene} scene
 * @returns {PathRow[]}
 */
export function pathRows({ paths }, place, scene) {
  const largest = Math.max(...paths.map(({ contribution }) => Math.abs(contribution ?? 0)), Number.MIN_VALUE);
  let total = 0;
  return paths.map(({ units, example, derivatives, contribution }) => {
    total += contribution ?? 0;
    const stops = units.map((unit, depth) => stop(scene, place.layer + depth, unit));
    return {
      units: stops.map((words) => words.replaceAll(' ', '\u00a0')).join(' → '),
      example,
      derivatives,
      contribution,
      total,
      share: Math.abs(contribution ?? 0) / largest,
    };
  });
}

/**
 * What three methods cost, now and with one layer more; `share` is the length of a bar on a logarithmic scale.
 * @param {Explanation} explanation
 */
export function costs({ multiplications, multiplications_deeper }) {
  const longest = Math.log10(Math.max(...Object.values(multiplications_deeper), 10));
  const share = (/** @type {number} */ value) => Math.min(1, Math.log10(Math.max(value, 1)) / longest);
  const row = (/** @type {'paths' | 'nudging' | 'backpropagation'} */ kind, /** @type {string} */ label) => {
    const [now, deeper] = [multiplications[kind], multiplications_deeper[kind]];
    return { label, now, deeper, times: deeper / now, share: share(now), shareDeeper: share(deeper) };
  };
  return [
    row('paths', t('walking all paths')),
    row('nudging', t('nudging every parameter')),
    row('backpropagation', t('backpropagation')),
  ];
}
