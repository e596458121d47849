/**
 * The map: the loss of the real network over a plane of its parameters, and the path it really took. From above as
 * levels, or as a surface; each point of a path has its own loss, and how far the map is from it is shown and said.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('./map/slice.js').Slice} Slice
 */

import { flatFigure } from './map/flat.js';
import { solidFigure } from './map/solid.js';

export { select } from './map/slice.js';
export { describe, table } from './map/words.js';

export const name = 'map';

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  if (slice.status !== 'ready') return { data: [], layout: {} };
  return slice.isSolid ? solidFigure(slice, frame) : flatFigure(slice, frame);
}
