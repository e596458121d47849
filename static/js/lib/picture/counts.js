/**
 * How many numbers a picture of a network has to say, and how many of them stand in it: not all always fit.
 *
 * @typedef {import('./slice.js').Slice} Slice
 */

import { sizeOf } from '../history.js';

const WRITTEN = /∞|\d+(?:[.,]\d+)?(?:·10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?/g;
const BY_UPDATE = new Set(['weight', 'bias']);

/** Everything known of the step so far, each number once. @param {Slice} slice */
export function numbersOf({ parameters, inputs, targets, known, isWhole }) {
  const kinds = [...known.keys()].map((key) => key.split(' ')[0]);
  const computed = kinds.filter(
    (kind) => kind !== 'feature' && !kind.endsWith('_loss') && !(isWhole && BY_UPDATE.has(kind)),
  );
  // Of an example's loss and that of its batch one is shown.
  const losses = Number(kinds.some((kind) => kind.endsWith('_loss')));
  return sizeOf(parameters) + (inputs?.length ?? 0) + (targets?.length ?? 0) + computed.length + losses;
}

/** How many numbers are written in some labels. @param {{text: string, isName?: boolean}[]} labels */
export const writtenIn = (labels) =>
  labels.reduce(
    (sum, { text, isName }) =>
      sum + (isName ? 0 : (text.replace(/<[^>]*>/g, ' ').match(WRITTEN)?.length ?? 0)),
    0,
  );
