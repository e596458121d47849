/** Sliders whose steps are equal factors, and rounding to numbers one can say. */

/** The rates that the slider of the learning rate has. */
export const LOWEST_RATE = 1e-4;
export const HIGHEST_RATE = 100;

/**
 * @param {number} low
 * @param {number} high
 * @param {number} stops  positions of the slider, from 0
 */
export function logScale(low, high, stops) {
  const ratio = Math.log(high / low);
  return {
    /** @param {number} position */
    value: (position) => round(low * Math.exp((ratio * position) / stops), 2),
    /** @param {number} value */
    position: (value) => Math.round((stops * Math.log(Math.min(Math.max(value, low), high) / low)) / ratio),
  };
}

/**
 * Round to so many significant digits.
 * @param {number} value
 * @param {number} digits
 */
export function round(value, digits) {
  return Number(value.toPrecision(digits));
}

/** The numbers − and + go through: 1, 2, 5, 10, 20, 50 … */
const MANTISSAS = [1, 2, 5];

/**
 * The next larger (or smaller) of the numbers 1, 2, 5, 10, 20, …
 * @param {number} value
 * @param {1 | -1} direction
 */
export function nextNice(value, direction) {
  const exponent = Math.floor(Math.log10(value));
  const nice = [exponent - 1, exponent, exponent + 1].flatMap((power) =>
    MANTISSAS.map((mantissa) => Number(`${mantissa}e${power}`)),
  );
  const isFurther = (/** @type {number} */ one) =>
    direction > 0 ? one > value * (1 + 1e-9) : one < value * (1 - 1e-9);
  return /** @type {number} */ (direction > 0 ? nice.find(isFurther) : nice.findLast(isFurther));
}

/** Where an axis of steps may end, times a power of ten. */
const ENDS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const LEAST_END = 10;

/**
 * The end of an axis that holds so many steps: a round number, so that it seldom moves while a curve grows.
 * @param {number} last
 */
export function axisEnd(last) {
  if (last <= LEAST_END) return LEAST_END;
  const power = 10 ** Math.floor(Math.log10(last));
  return round(power * (ENDS.find((end) => end * power >= last) ?? 10), 3);
}

/**
 * Round numbers from `low` to `high`, about so many.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
export function ticks(low, high, most) {
  if (!(high > low)) return [low];
  const step = nextNice(((high - low) / most) * 0.999, 1);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step, 12));
}
