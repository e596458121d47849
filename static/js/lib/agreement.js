/**
 * Why a gradient and nudging are not the same, in a sentence: by the judgement of the engine.
 *
 * @typedef {import('./wire.js').ComparisonAnswer} Comparison
 */

import { number, powerOfTen } from './format.js';
import { t } from './i18n.js';

/** A hundredth of the nudge is what the engine looks at next. */
const CLOSER = 0.01;

/** @param {number} h */
const written = (h) => powerOfTen(number(h));

/** @param {Comparison} comparison @param {number} nudge */
export function reasonOf(comparison, nudge) {
  const { gradient, numerical, left, right, closer, rounding, verdict } = comparison;
  const apart = Math.abs((gradient ?? 0) - (numerical ?? 0));
  const values = {
    difference: number(apart, { digits: 2 }),
    left: number(left, { sign: true }),
    right: number(right, { sign: true }),
    closer: number(closer, { digits: 7, sign: true }),
    h: written(nudge),
    small: written(CLOSER * nudge),
  };
  switch (verdict) {
    case 'agrees':
      if (apart === 0) return t('They agree to the last digit.');
      return apart <= (rounding ?? 0)
        ? t(
            'They agree. What is left, {difference}, is rounding: two nearly equal losses keep few of their 16 digits when subtracted.',
            values,
          )
        : t(
            'They agree. What is left, {difference}, comes from a nudge that is not infinitely small: within it the loss bends a little.',
            values,
          );
    case 'bent':
      return t(
        'Within ±{h} the loss has a corner, a jump or a sharp bend. Nudged by ±{small} the slope is {closer}, and agrees.',
        values,
      );
    case 'corner':
      return `${t('The loss has a corner here: its slope is {left} on the left and {right} on the right.', values)} ${sideOf(comparison)}`;
    case 'jump':
      return t('The loss jumps here: between its two sides there is no slope to speak of.');
    case 'hidden_corner':
      return t(
        'On the way to the loss a function stands at its corner, where backpropagation takes one of its two slopes; in the loss the corners cancel, and it has one slope only.',
      );
    case 'overflow':
      return t('A loss here has grown beyond what a number can hold; there is nothing to compare.');
    default:
      return t(
        'They differ, by {difference}, and neither rounding nor a corner of the loss explains it.',
        values,
      );
  }
}

/** Which slope of a corner backpropagation takes. @param {Comparison} comparison */
function sideOf({ gradient, left, right }) {
  const [g, low, high] = [gradient ?? 0, left ?? 0, right ?? 0];
  const isNear = (/** @type {number} */ slope) => Math.abs(g - slope) <= 1e-3 * Math.abs(high - low);
  if (isNear(low)) return t('Backpropagation takes the one on the left, nudging both ways the middle.');
  if (isNear(high)) return t('Backpropagation takes the one on the right, nudging both ways the middle.');
  if (isNear((low + high) / 2)) return t('Backpropagation takes the middle, and so does nudging both ways.');
  return t('Backpropagation takes one slope of each corner on its way, nudging both ways the middle.');
}
