/**
 * What typing another value did, in a sentence: both losses are the engine's.
 * @typedef {{name: string, from: number | null, to: number, before: number | null, after: number | null}} Effect
 */

import { number } from '../format.js';
import { t } from '../i18n.js';

/** @param {Effect} effect */
export function effectOf({ name, from, to, before, after }) {
  const values = {
    name,
    from: number(from),
    to: number(to),
    before: number(before),
    after: number(after),
  };
  if (after === null) return t('{name} from {from} to {to}: the loss no longer fits into a number.', values);
  if (before === null) return t('{name} from {from} to {to}: the loss is {after} now.', values);
  if (after > before)
    return t('{name} from {from} to {to}: the loss rises from {before} to {after}.', values);
  if (after < before)
    return t('{name} from {from} to {to}: the loss falls from {before} to {after}.', values);
  return t('{name} from {from} to {to}: the loss stays at {after}.', values);
}

/** The next value that − or + goes to: a tenth, without the rounding of doubles. @param {number} value @param {1 | -1} direction */
export const stepped = (value, direction) => Number((value + direction / 10).toPrecision(12));
