/**
 * Heights of a map of the loss: the logarithm, so that both the valley and the slopes far above it have levels that
 * can be told apart, with losses at the scale that one can say.
 *
 * @typedef {{low: number, high: number, size: number, isFlat: boolean, height: (loss: number | null) => number | null,
 *   ticks: {at: number, loss: number, isMost?: boolean}[]}} Levels  low, high and size are heights; flat: all losses are
 *   one up to rounding; a tick `isMost`: lower losses are drawn there, too
 */

import { ticks } from '../../lib/scale.js';

/** Steps of colour from the lowest to the highest. */
const STEPS = 18;
/** What is so much smaller than the largest loss is one floor. */
const DEEPEST = 1e-9;
/** A loss of 0 has no logarithm: where there is no other, it stands here. */
const SMALLEST = 1e-16;
/** Losses that differ by less, as a share of them, differ by rounding. */
const ROUNDING = 1e-12;
/** About a single loss the scale reaches half of this to both sides, in powers of ten. */
const FLAT_SPAN = 1;
/** Above so many powers of ten only these are written at the scale; below the other number 1, 2 and 5 times them are. */
const MANY = 3;
const FEW = 0.8;
const MOST_TICKS = 6;
const MOST_LINEAR = 9;

/** @param {(number | null)[][]} rows @returns {Levels | null} null where no loss is a number */
export function levelsOf(rows) {
  let least = Infinity;
  let most = -Infinity;
  for (const row of rows)
    for (const loss of row) {
      if (loss === null) continue;
      least = Math.min(least, loss);
      most = Math.max(most, loss);
    }
  if (least > most) return null;
  if (most - least <= ROUNDING * most) return flatAt(most);
  const floor = Math.max(least, most * DEEPEST, Number.MIN_VALUE);
  const height = (/** @type {number | null} */ loss) =>
    loss === null ? null : Math.log10(Math.max(loss, floor));
  const [low, high] = [Math.log10(floor), Math.log10(most)];
  const above = ticksOf(floor, most, high - low);
  const lowest = { at: low, loss: floor, isMost: true };
  const ticks = least < floor ? [lowest, ...above.filter(({ at }) => at > low)] : above;
  return { low, high, size: (high - low) / STEPS, isFlat: false, height, ticks };
}

/** Where the loss is the same everywhere: one height, and no levels. @param {number} loss @returns {Levels} */
function flatAt(loss) {
  const height = (/** @type {number | null} */ one) =>
    one === null ? null : Math.log10(Math.max(one, SMALLEST));
  const at = /** @type {number} */ (height(loss));
  const [low, high] = [at - FLAT_SPAN / 2, at + FLAT_SPAN / 2];
  return { low, high, size: FLAT_SPAN / STEPS, isFlat: true, height, ticks: [{ at, loss }] };
}

/** @param {number} least @param {number} most @param {number} decades */
function ticksOf(least, most, decades) {
  const losses = decades < FEW ? ticks(least, most, MOST_LINEAR) : powers(least, most, decades);
  return losses
    .filter((loss) => loss >= least && loss <= most)
    .map((loss) => ({ at: Math.log10(loss), loss }));
}

/** @param {number} least @param {number} most @param {number} decades */
function powers(least, most, decades) {
  const mantissas = decades > MANY ? [1] : [1, 2, 5];
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const every = Math.max(1, Math.ceil((last - first) / (MOST_TICKS + 2)));
  const exponents = Array.from(
    { length: Math.floor((last - first) / every) + 1 },
    (_, index) => first + index * every,
  );
  return exponents.flatMap((exponent) => mantissas.map((mantissa) => Number(`${mantissa}e${exponent}`)));
}

/** How far the loss of the map is from the true one, as a share of the whole scale. @param {Levels} levels @param {number | null} loss @param {number | null} slice */
export function gapOf({ low, high, height }, loss, slice) {
  const [one, other] = [height(loss), height(slice)];
  return one === null || other === null ? null : Math.abs(other - one) / (high - low);
}
