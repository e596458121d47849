/**
 * Heights of a surface, from 0 to 1, so that its valleys have as many levels as its walls: a power of the value above
 * the lowest, such that half of the surface lies below the middle. For drawing; what is said are the values.
 */

const STEPS = 18;
const MOST_TICKS = 7;
/** Between these a power still draws a valley as a valley. */
const POWERS = /** @type {const} */ ([0.15, 1]);

/** @param {(number | null)[][]} rows */
export function levelsOf(rows) {
  const values = rows.flat().filter((one) => one !== null);
  values.sort((one, other) => one - other);
  const [least, most] = [values[0] ?? 0, values[values.length - 1] ?? 1];
  const span = most - least || 1;
  const middle = ((values[values.length >> 1] ?? 0) - least) / span;
  const wanted = middle > 0 && middle < 1 ? Math.log(0.5) / Math.log(middle) : 1;
  const power = Math.min(Math.max(wanted, POWERS[0]), POWERS[1]);
  const height = (/** @type {number | null} */ value) =>
    value === null ? null : (Math.max(value - least, 0) / span) ** power;
  return { least, most, low: 0, high: 1, size: 1 / STEPS, height, ticks: ticksOf(least, most, height) };
}

/** Round values whose heights are far enough from each other to be written. @param {number} least @param {number} most @param {(value: number) => number | null} height */
function ticksOf(least, most, height) {
  const top = Math.ceil(Math.log10(Math.max(Math.abs(least), Math.abs(most), 1e-12)));
  const sizes = Array.from({ length: 8 }, (_, index) => top - index).flatMap((power) =>
    [5, 2, 1].map((mantissa) => Number(`${mantissa}e${power}`)),
  );
  const round = [...sizes, 0, ...sizes.map((size) => -size)].sort((one, other) => one - other);
  /** @type {{at: number, loss: number}[]} */
  const kept = [];
  for (const loss of round) {
    if (loss < least - 1e-9 * (most - least) || loss > most) continue;
    const at = /** @type {number} */ (height(loss));
    if (kept.length === 0 || at - kept[kept.length - 1].at >= 1 / MOST_TICKS) kept.push({ at, loss });
  }
  return kept;
}
