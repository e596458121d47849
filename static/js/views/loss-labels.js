/** What is written in the loss curve: names at the ends of lines, changes at their steps. None covers another. */

import { overlap } from '../lib/geometry.js';
import { LINE, TEXT, widthOf } from '../lib/picture/slice.js';

/**
 * @typedef {import('../lib/view.js').Colours} Colours
 * @typedef {import('../lib/geometry.js').Box} Box
 * @typedef {{end: number, left: number, top: number, width: number, height: number, right: number,
 *   pixel: (step: number, loss: number) => {x: number, y: number}}} Plane
 * @typedef {{step: number, loss: number, text: string, colour: number | null, isStrong: boolean}} Name
 */

export const MARGIN = { l: 60, r: 16, t: 26, b: 46 };
/** Above the plot where nothing is written there. */
const TOP = 10;

/** @param {import('../lib/marks.js').Mark[]} marks */
export const marginOf = (marks) => (marks.length > 0 ? MARGIN : { ...MARGIN, t: TOP });

/** A change's rows, above the plot and down into it. */
const MARK_ROWS = 3;
const MOST_MARKS = 12;
const FREE = 1.06;
/** A logarithmic axis ends at quarters of a power of ten, so that it seldom moves. */
const PARTS = 4;
const BESIDE = 10;
/** Between a logarithmic axis and the edge that stands for 0, as a share of the axis; at least so many powers of ten. */
const BEFORE_ZERO = 0.1;
const LEAST_BEFORE_ZERO = 0.25;
const RING = 16;

/**
 * The ends of the axis of losses; a logarithmic one in powers of ten, its lower end standing for 0 where a loss is 0.
 * @param {(number | null)[]} values @param {boolean} isLog
 * @returns {[number, number]}
 */
export function spanOf(values, isLog) {
  let [low, high] = [Infinity, 0];
  for (const value of values) {
    if (value === null || (isLog && value === 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!isLog) return [0, high * FREE || 1];
  const hasZero = values.includes(0);
  if (low === Infinity) return [-1, 0];
  const power = (/** @type {number} */ value) => Math.log10(value) * PARTS;
  const [first, last] = [(Math.floor(power(low)) - 0.4) / PARTS, (Math.ceil(power(high)) + 0.4) / PARTS];
  return [hasZero ? first - Math.max(BEFORE_ZERO * (last - first), LEAST_BEFORE_ZERO) : first, last];
}

/** What the lower edge of a logarithmic axis stands for. @param {number} power  of ten, of the edge @param {Colours} colours @param {string} [text] */
export const zeroLabel = (power, { ink, panel }, text = '0') => ({
  ...{ x: 0, xref: 'paper', xanchor: 'right', xshift: -4, y: power, yref: 'y', yanchor: 'middle' },
  ...{ text, showarrow: false, bgcolor: panel, borderpad: 1, font: { size: TEXT, color: ink } },
});

/** @param {{width: number, height: number}} frame @param {typeof MARGIN} margin @param {number} end @param {[number, number]} span @param {boolean} isLog @returns {Plane} */
export function boxOf(frame, margin, end, [low, high], isLog) {
  const width = frame.width - margin.l - margin.r;
  const height = frame.height - margin.t - margin.b;
  const share = (/** @type {number} */ loss) =>
    ((isLog ? Math.log10(Math.max(loss, Number.MIN_VALUE)) : loss) - low) / (high - low);
  return {
    end,
    left: margin.l,
    top: margin.t,
    width,
    height,
    right: frame.width,
    pixel: (step, loss) => ({
      x: margin.l + (step / end) * width,
      y: margin.t + (1 - Math.min(1, Math.max(0, share(loss)))) * height,
    }),
  };
}

/** @param {Plane} plane @param {Box} box  of pixels */
const onPaper = (plane, { x, y }) => ({
  xref: 'paper',
  yref: 'paper',
  xanchor: 'center',
  yanchor: 'middle',
  x: (x - plane.left) / plane.width,
  y: 1 - (y - plane.top) / plane.height,
});

/**
 * Names beside the ends of their lines, the first ones nearest; those that would cover another move up or down.
 * @param {Name[]} names @param {Plane} plane @param {Colours} colours
 * @param {{x: number, y: number}[]} rings  that must stay visible
 */
export function endLabels(names, plane, colours, rings) {
  /** @type {Box[]} */
  const taken = rings.map((ring) => ({ ...ring, width: RING, height: RING }));
  return names.map(({ step, loss, text, colour, isStrong }) => {
    const end = plane.pixel(step, loss);
    const width = widthOf([text]) * (isStrong ? 1.1 : 1);
    const x = Math.min(end.x + BESIDE + width / 2, plane.right - width / 2 - 2);
    // Where there is no room beside the end, the name stands above it.
    const y = x - width / 2 < end.x + BESIDE / 2 ? end.y - LINE : end.y;
    const box = free({ x, y, width, height: LINE }, plane, taken);
    taken.push(box);
    return {
      ...onPaper(plane, box),
      text: isStrong ? `<b>${text}</b>` : text,
      showarrow: false,
      bgcolor: colours.panel,
      borderpad: 1,
      opacity: 0.94,
      font: { size: TEXT, color: colour === null ? colours.ink : colours.branches[colour] },
    };
  });
}

/** The nearest free place above or below. @param {Box} box @param {Plane} plane @param {Box[]} taken @returns {Box} */
function free(box, plane, taken) {
  const [top, bottom] = [plane.top + LINE / 2, plane.top + plane.height - LINE / 2];
  const within = (/** @type {number} */ y) => Math.min(bottom, Math.max(top, y));
  for (let step = 0; step < 2 * taken.length + 2; step += 1) {
    for (const direction of [-1, 1]) {
      const tried = { ...box, y: within(box.y + direction * step * LINE) };
      if (!taken.some((other) => overlap(tried, other))) return tried;
    }
  }
  return box;
}

/**
 * Lines where something was changed, with words above: in the first row that is free there.
 * @param {import('../lib/marks.js').Mark[]} marks @param {Plane} plane @param {Colours} colours @param {object[]} others
 */
export function markLayout(marks, plane, colours, others) {
  const ends = Array(MARK_ROWS).fill(-Infinity);
  const written = marks.slice(-MOST_MARKS).flatMap(({ at, text }) => {
    const start = plane.pixel(at, 0).x;
    const width = widthOf([text]);
    const x = Math.min(start + 3, plane.right - width - 2);
    const row = ends.findIndex((end) => end < x);
    if (row < 0) return [];
    ends[row] = x + width + 4;
    const place = { x: x + width / 2, y: plane.top - LINE / 2 + row * LINE, width, height: LINE };
    return [
      {
        ...onPaper(plane, place),
        showarrow: false,
        bgcolor: colours.panel,
        borderpad: 0,
        text,
        font: { size: TEXT, color: colours.ink },
      },
    ];
  });
  return {
    shapes: marks.map(({ at }) => ({
      type: 'line',
      xref: 'x',
      yref: 'paper',
      x0: at,
      x1: at,
      y0: 0,
      y1: 1,
      line: { color: colours.muted, width: 1.2, dash: 'dot' },
    })),
    annotations: [...others, ...written],
  };
}
