/**
 * Which losses the picture of one parameter shows, and what lies beyond it.
 *
 * @typedef {import('./slope.js').Drawn} Drawn
 */

/** At least this share of the heights of the line is seen. */
const SEEN = 0.4;

/** The ends of the losses: a steep wall is cut off, so that what happens near the point is seen. @param {Drawn} slice @returns {[number, number]} */
export function levels({ line, step, ghosts, together }) {
  const known = line.losses.filter((one) => one !== null);
  const marks = [line.loss, together.loss, ...[step, ...ghosts].map(({ loss }) => loss)].filter(
    (one) => one !== null,
  );
  const least = Math.min(...known, ...marks);
  const wanted = Math.max(
    .../** @type {number[]} */ ([line.loss, ...ghosts.map(({ loss }) => loss)].filter((one) => one !== null)),
  );
  const highest = Math.max(...known, ...marks);
  const cut = Math.max(wanted + 2.5 * (wanted - least), least + SEEN * (highest - least));
  const most = Math.min(highest, cut);
  const room = Math.max(0.08 * (most - least), Math.abs(most) * 1e-6, 1e-12);
  return [least - room, most + room];
}

/** Whether a place with its loss lies within the picture. @param {Drawn} slice @param {{value: number | null, loss: number | null}} place */
export function isOnPicture(slice, { value, loss }) {
  if (value === null || loss === null) return false;
  const [low, high] = slice.line.range;
  return value >= low && value <= high && loss <= levels(slice)[1];
}
