/**
 * Curves through sampled values, as the function is: with its jumps as jumps, and its corners where they are known.
 *
 * @typedef {{x: (number | null)[], y: (number | null)[]}} Line  a null in both breaks it
 */

/** In a curve that may jump, a change so many times larger than most is a jump: between jumps it is smooth. */
const JUMP = 8;
/** A smaller change, as a share of the largest value, is rounding. */
const ROUNDING = 1e-9;

/**
 * A curve with places of it that are known beside the samples: a corner there is drawn where it is.
 * @param {(number | null)[]} xs  in ascending order
 * @param {(number | null)[]} ys
 * @param {{x: number | null, y: number | null}[]} places
 * @returns {Line}
 */
export function withPlaces(xs, ys, places) {
  const inside = places.filter(
    ({ x, y }) => x !== null && y !== null && x > (xs[0] ?? NaN) && x < (xs[xs.length - 1] ?? NaN),
  );
  const all = [...xs.map((x, index) => ({ x, y: ys[index] ?? null })), ...inside];
  all.sort((one, other) => (one.x ?? 0) - (other.x ?? 0));
  return { x: all.map(({ x }) => x), y: all.map(({ y }) => y) };
}

/**
 * A curve that may jump, broken where it does: halfway between the samples, or at a place that is known.
 * @param {Line} line  without breaks
 * @param {number | null} [at]  where it jumps, if that is known; the value there is that of the left side
 * @returns {Line}
 */
export function withJumps({ x: xs, y: ys }, at = null) {
  const changes = ys.slice(1).map((y, index) => change(ys[index], y));
  const sorted = changes.filter((one) => one !== null).sort((one, other) => one - other);
  const most = sorted.at(-1) ?? 0;
  const usual = sorted[sorted.length >> 1] ?? 0;
  const largest = ys.reduce((/** @type {number} */ high, y) => Math.max(high, Math.abs(y ?? 0)), 0);
  const isJump = (/** @type {number} */ index) => {
    const own = changes[index];
    return own !== null && own !== undefined && own > JUMP * usual && own > ROUNDING * largest && most > 0;
  };
  /** @type {Line} */
  const line = { x: [], y: [] };
  xs.forEach((x, index) => {
    line.x.push(x);
    line.y.push(ys[index]);
    const next = xs[index + 1] ?? null;
    if (x === null || next === null) return;
    if (at === null ? !isJump(index) : at < x || at >= next) return;
    const edge = at ?? (x + next) / 2;
    line.x.push(edge, null, edge);
    line.y.push(ys[index], null, ys[index + 1]);
  });
  return line;
}

/** @param {number | null} from @param {number | null} to */
const change = (from, to) => (from === null || to === null ? null : Math.abs(to - from));

/** The last layer with a threshold; −1 where there is none. @param {{activation: string}[]} layers */
export const lastThreshold = (layers) => layers.findLastIndex(({ activation }) => activation === 'step');
