/**
 * Numbers that stand on the picture, as annotations: where two would cover each other, the more important one stays.
 *
 * @typedef {import('../../lib/geometry.js').Box} Box
 * @typedef {{x: number, y: number, text: string, rank: number, box: Box} & Record<string, any>} Label
 *   `rank`: 0 always stays; the lower, the more important
 */

import { overlap } from '../../lib/geometry.js';

export const TEXT = 14;
const LINE = 18;
/** How wide a character is, in a wide face. */
const CHARACTER = 8.6;

/** @param {string} text */
export const widthOf = (text) => [...text.replace(/<[^>]*>/g, '')].length * CHARACTER;

/** @param {{x: number, y: number, text: string, colour: string, ground: string, rank: number, xanchor?: 'left' | 'center'}} given @returns {Label} */
export function labelOf({ x, y, text, colour, ground, rank, xanchor = 'center' }) {
  const width = widthOf(text);
  return {
    ...{ x, y, text, rank, xanchor, showarrow: false },
    bgcolor: ground,
    borderpad: 1,
    font: { size: TEXT, color: colour },
    box: { x: xanchor === 'left' ? x + width / 2 : x, y, width, height: LINE },
  };
}

/** Without the numbers that would cover a more important one, or a node. @param {Label[]} labels @param {Box[]} nodes */
export function apart(labels, nodes) {
  /** @type {Label[]} */
  const kept = [];
  for (const label of labels.toSorted((one, other) => one.rank - other.rank)) {
    const taken = [...nodes, ...kept.map(({ box }) => box)];
    if (label.rank === 0 || !taken.some((box) => overlap(box, label.box))) kept.push(label);
  }
  return kept;
}
