/**
 * The picture of a network in words: its caption.
 *
 * @typedef {import('./slice.js').Slice} Slice
 */

import { count } from '../format.js';
import { t } from '../i18n.js';
import { phaseName, unitName } from '../names.js';

/** @param {Slice} slice @param {string} topology */
function pictureWords({ responses, step }, topology) {
  const values = { topology, step: count(step) };
  return responses
    ? t('{topology} after {step} updates. In each circle: what that unit gives over the data.', values)
    : t('{topology} after {step} updates. Blue: positive weight; orange, dashed: negative.', values);
}

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  const topology = slice.sizes.join('-');
  const legend = t(
    'Blue, solid: positive weight; orange, dashed: negative; width: size. A small square at a unit is its bias.',
  );
  if (slice.isPicture) return pictureWords(slice, topology);
  if (slice.isRunning)
    return (
      t('The {topology} network while it trains, after {step} updates.', { topology, step: slice.step }) +
      ` ${legend}`
    );
  if (slice.isWhole)
    return (
      t('The {topology} network with every number of its next training step, before the weights move.', {
        topology,
      }) + ` ${legend}`
    );
  if (!slice.current)
    return (
      t('The {topology} network before anything is computed: only inputs, weights and biases are known.', {
        topology,
      }) + ` ${legend}`
    );
  const { phase, layer, unit } = slice.current;
  const place =
    layer === null || unit === null
      ? phaseName(phase)
      : `${phaseName(phase)}, ${unitName(slice, layer, unit)}`;
  return `${t('{place}: what it touches is marked.', { place })} ${legend}`;
}
