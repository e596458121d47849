/**
 * Inputs too many for circles: the cells of a grid, which is the picture itself where the example is one.
 *
 * Its connections are drawn as one line to each unit; those that an operation touches come from their cells.
 *
 * @typedef {import('../geometry.js').Point} Point
 * @typedef {import('../geometry.js').Box} Box
 * @typedef {import('../geometry.js').Layout} Layout
 * @typedef {import('../view.js').Frame} Frame
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('./slice.js').Marks} Marks
 * @typedef {{cells: Point[], size: number, box: Box, isImage: boolean}} Grid  `size` of a cell
 */

import { full } from '../format.js';
import { tn } from '../i18n.js';
import { unitName } from '../names.js';
import { unitPick } from './asked.js';

/** More inputs than this are cells. */
const MOST_CIRCLES = 16;
/** What a grid takes along the way of the network, more than a circle. */
export const GRID_SPACE = 76;
/** The longer side of a grid. */
const LONGEST = 128;
/** Cells in a column, where they are not those of a picture. */
const TALLEST = 12;

/** @param {number[]} sizes */
export const isGrid = ([inputs]) => inputs > MOST_CIRCLES;

/**
 * @param {number} count
 * @param {Point} centre
 * @param {number | null} imageSide
 * @returns {Grid}
 */
export function gridOf(count, centre, imageSide) {
  const isImage = imageSide !== null && imageSide * imageSide === count;
  const columns = isImage ? imageSide : Math.ceil(count / TALLEST);
  const rows = Math.ceil(count / columns);
  const size = LONGEST / Math.max(rows, columns);
  const cells = Array.from({ length: count }, (_, index) => ({
    x: centre.x + ((index % columns) + 0.5 - columns / 2) * size,
    y: centre.y + (Math.floor(index / columns) + 0.5 - rows / 2) * size,
  }));
  return { cells, size, isImage, box: { ...centre, width: columns * size, height: rows * size } };
}

/**
 * A picture is ink on paper; other numbers are blue where positive, orange where negative, white at 0.
 * @param {Slice} slice
 * @param {Grid} grid
 * @param {Frame['colours']} colours
 */
function shades({ inputs, paper }, { isImage }, colours) {
  if (inputs === null) return { color: colours.soft };
  const values = inputs.map((value) => value ?? 0);
  const most = isImage ? 1 : Math.max(1e-9, ...values.map(Math.abs));
  const scale = isImage
    ? [
        [0, paper === 0 ? colours.panel : colours.ink],
        [1, paper === 0 ? colours.ink : colours.panel],
      ]
    : [
        [0, colours.negative],
        [0.5, colours.panel],
        [1, colours.positive],
      ];
  return { color: values, colorscale: scale, cmin: isImage ? 0 : -most, cmax: most, showscale: false };
}

/**
 * The cells with their values, the frame about them, and the cell that an operation is about.
 * @param {Slice} slice
 * @param {Grid} grid
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
export function gridTraces(slice, grid, marks, colours) {
  const { cells, size, box } = grid;
  const [left, right] = [box.x - box.width / 2, box.x + box.width / 2];
  const [top, bottom] = [box.y - box.height / 2, box.y + box.height / 2];
  const lit = litCells(marks).map((input) => cells[input]);
  const squares = (/** @type {Point[]} */ points, /** @type {object} */ marker) => ({
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    mode: 'markers',
    marker: { symbol: 'square', opacity: 1, ...marker },
  });
  return [
    {
      ...squares(cells, { size, ...shades(slice, grid, colours) }),
      hoverinfo: 'text',
      customdata: cells.map((_, input) => unitPick(-1, input)),
      hovertext: cells.map((_, input) =>
        [
          `<b>${unitName(slice, -1, input)}</b>`,
          ...(slice.inputs ? [`x = ${full(slice.inputs[input])}`] : []),
        ].join('<br>'),
      ),
    },
    {
      x: [left, right, right, left, left],
      y: [top, top, bottom, bottom, top],
      mode: 'lines',
      hoverinfo: 'skip',
      line: { color: colours.ink, width: 1.3 },
    },
    {
      ...squares(lit, {
        size: size + 3,
        color: 'rgba(0,0,0,0)',
        line: { color: colours.markEdge, width: 3 },
      }),
      hoverinfo: 'skip',
    },
  ];
}

/** The one input that an operation is about; where it is about all of them, none stands out. @param {Marks} marks */
function litCells(marks) {
  const inputs = [...marks.edges]
    .filter((edge) => edge.startsWith('0 '))
    .map((edge) => Number(edge.split(' ')[2]));
  return inputs.length === 1 ? inputs : [];
}

/** One quiet line to each unit of the first layer, for all of its connections. @param {Layout} layout @param {Grid} grid @param {Frame['colours']} colours */
export function bundleTrace({ columns, isUpright }, { box }, colours) {
  const from = isUpright ? { x: box.x, y: box.y + box.height / 2 } : { x: box.x + box.width / 2, y: box.y };
  return {
    x: columns[1].flatMap(({ x }) => [from.x, x, null]),
    y: columns[1].flatMap(({ y }) => [from.y, y, null]),
    mode: 'lines',
    hoverinfo: 'skip',
    opacity: 0.6,
    line: { color: colours.muted, width: 1 },
  };
}

/** How many inputs there are, for the heading. @param {number} count */
export const inputsHeading = (count) => tn('{count} input', '{count} inputs', count);
