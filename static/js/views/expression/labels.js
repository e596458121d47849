/**
 * Numbers that stand on the picture, as annotations: where two would cover each other, the more important one stays.
 *
 * @typedef {import('../../lib/geometry.js').Box} Box
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {{x: number, y: number, text: string} & Record<string, any>} Annotation
 * @typedef {{annotation: Annotation, rank: number, box: Box, tries: Point[]}} Label
 *   `rank`: 0 always stays; the lower, the more important; `tries`: where else it may stand, the best first
 */

import { overlap } from '../../lib/geometry.js';

export const TEXT = 14;
const LINE = 18;
/** How wide characters are, in a wide face: signs, what is narrow, all others. */
const SIGN = 11.8;
const POINT = 5;
const CHARACTER = 8.9;

/** @param {string} text */
export const widthOf = (text) =>
  [...text.replace(/<[^>]*>/g, '')].reduce(
    (sum, one) => sum + ('×−+∂'.includes(one) ? SIGN : '., '.includes(one) ? POINT : CHARACTER),
    0,
  );

/** @param {Point & {text: string, colour: string, ground: string, rank: number, xanchor?: 'left' | 'center', tries?: Point[]}} given @returns {Label} */
export function labelOf({ x, y, text, colour, ground, rank, xanchor = 'center', tries = [] }) {
  const width = widthOf(text);
  return {
    annotation: {
      ...{ x, y, text, xanchor, showarrow: false },
      bgcolor: ground,
      borderpad: 1,
      font: { size: TEXT, color: colour },
    },
    box: { x: xanchor === 'left' ? x + width / 2 : x, y, width, height: LINE },
    rank,
    tries,
  };
}

/** Without the numbers that would cover a more important one, or a node. @param {Label[]} labels @param {Box[]} nodes @returns {Annotation[]} */
export function apart(labels, nodes) {
  const taken = [...nodes];
  return labels
    .toSorted((one, other) => one.rank - other.rank)
    .flatMap((label) => {
      const place = placeOf(label, taken);
      if (place === null) return [];
      taken.push({ ...label.box, ...place.middle });
      return [{ ...label.annotation, ...place.at }];
    });
}

/** Where a label can stand; null: nowhere. @param {Label} label @param {Box[]} taken */
function placeOf({ annotation, box, rank, tries }, taken) {
  const { x, y } = annotation;
  const places = [{ x, y }, ...tries].map((at) => ({ at, middle: { x: at.x + box.x - x, y: at.y } }));
  const free = places.find(({ middle }) => !taken.some((one) => overlap(one, { ...box, ...middle })));
  return free ?? (rank === 0 ? places[0] : null);
}
