/**
 * What each of the eight left halves brings to a hidden unit: where no two are the same, only its own mirror
 * image can take one away again.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('./losses.js').Slice} Slice
 */

import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { chosenRun, sliceOf } from './losses.js';

const MARGIN = { l: 20, r: 20, t: 8, b: 44 };
const ROOM = 0.08;
/** Names stand in so many rows, so that neighbours do not touch. */
const ROWS = 2;

/** The sums of the chosen start at a place of the lesson. @param {number} place @returns {View} */
export const sumsOf = (place) => ({
  name: `symmetry-sums-${place}`,
  select: (state) => sliceOf(state, place),
  figure,
  describe,
  table,
});

/** A left half by its number, as it is written: 0 is 000. @param {number} index */
export const half = (index) => index.toString(2).padStart(3, '0');

/** The sums in their order, each with its half. @param {Slice} slice */
function ordered(slice) {
  const sums = chosenRun(slice)?.finding.units[0].sums ?? [];
  return sums
    .flatMap((sum, index) => (sum === null ? [] : [{ sum, name: half(index) }]))
    .sort((one, other) => one.sum - other.sum);
}

/** @param {Slice} slice @param {Frame} frame */
function figure(slice, { colours }) {
  const rows = ordered(slice);
  if (rows.length === 0) return { data: [], layout: {}, shape: 'none' };
  const values = rows.map(({ sum }) => sum);
  const [low, high] = [values[0], values[values.length - 1]];
  const room = ROOM * (high - low || 1);
  return {
    data: [
      {
        ...{ x: values, y: values.map(() => 0), mode: 'markers', hoverinfo: 'skip', cliponaxis: false },
        marker: {
          size: 13,
          symbol: 'diamond',
          color: colours.positive,
          line: { width: 2, color: colours.panel },
        },
      },
    ],
    layout: {
      margin: MARGIN,
      xaxis: {
        ...{ range: [low - room, high + room], fixedrange: true, zeroline: true, nticks: 7 },
        ...{ gridcolor: colours.line, zerolinecolor: colours.muted },
        title: { text: t('sum of the left half'), standoff: 6, font: { size: 14 } },
      },
      yaxis: { visible: false, fixedrange: true, range: [-0.4, 1.4] },
      annotations: rows.map(({ sum, name }, index) => ({
        ...{ x: sum, y: 0.42 + 0.42 * (index % ROWS), text: name, showarrow: false },
        font: { size: 14, color: colours.ink },
      })),
    },
    shape: 'sums',
  };
}

/** @param {Slice} slice */
function describe(slice) {
  const rows = ordered(slice);
  if (rows.length === 0)
    return chosenRun(slice)
      ? t('These numbers have grown beyond what a number can hold.')
      : t('No start is chosen yet.');
  return t(
    'The left halves 000 to 111 bring hidden unit 1 sums from {low} to {high}; the two that are nearest to each other are {gap} apart.',
    {
      low: number(rows[0].sum),
      high: number(rows[rows.length - 1].sum),
      gap: number(chosenRun(slice)?.finding.units[0].gap ?? null, { digits: 3 }),
    },
  );
}

/** @param {Slice} slice */
const table = (slice) => ({
  columns: [t('left half'), t('sum')],
  rows: ordered(slice).map(({ sum, name }) => ({ cells: [name, sum] })),
});
