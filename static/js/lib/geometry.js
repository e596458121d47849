/**
 * Where the units of a network stand, and where the numbers on its connections fit.
 *
 * Coordinates are pixels of the figure, y downwards. Wide figures run from left to right, narrow ones from
 * top to bottom: a phone's network is laid out anew, not scaled down.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, width: number, height: number}} Box  centre and size
 * @typedef {{layer: number, unit: number, input: number, from: Point, to: Point}} Edge
 * @typedef {{width: number, height: number, columns: Point[][], targets: Point[], loss: Point, radius: number,
 *   isUpright: boolean, hasSides: boolean, edges: Edge[], grid: Grid | null}} Layout  columns[0] are the inputs,
 *   columns[l + 1] is layer l; with a `grid`, the inputs are its cells
 * @typedef {import('./picture/grid.js').Grid} Grid
 */

import { GRID_SPACE, gridOf, isGrid } from './picture/grid.js';

const LARGEST_RADIUS = 30;
/** Upright, labels stand to the right of a unit; no more units than this in a row leave room for them. */
const MOST_WITH_SIDES = 2;
const SIDE_WIDTH = 84;
/** Upright, so much height for each layer: more where every number is written on its connections. */
const LAYER_HEIGHT = 156;
const LAYER_HEIGHT_WITH_SIDES = 206;
const UPRIGHT_ENDS = 184;

/** The height an upright network wants. @param {number[]} sizes  inputs, then units of each layer */
export function uprightHeight(sizes) {
  const hasSides = Math.max(...sizes) <= MOST_WITH_SIDES;
  const room = isGrid(sizes) ? GRID_SPACE : 0;
  return (sizes.length - 1) * (hasSides ? LAYER_HEIGHT_WITH_SIDES : LAYER_HEIGHT) + UPRIGHT_ENDS + room;
}
const LARGEST_UPRIGHT = 27;
const SMALLEST_RADIUS = 7;
/** Part of the space of a unit that its circle may fill, labels above and below left free. */
const FILL = 0.35;
/** Where circles hold pictures, and no numbers stand about them. */
const PICTURE_FILL = 0.44;
/** And at most, however small the circle becomes: more would make units overlap. */
const MOST_FILL = 0.47;

/**
 * @param {number[]} sizes  inputs, then units of each layer
 * @param {number} width
 * @param {number} height
 * @param {boolean} isUpright
 * @param {{imageSide?: number | null, isPicture?: boolean}} [how]  `imageSide`: pixels along a side, where the inputs
 *   are a picture; `isPicture`: without numbers, neither targets nor the loss, and larger circles
 * @returns {Layout}
 */
export function layOut(sizes, width, height, isUpright, { imageSide = null, isPicture = false } = {}) {
  const margin = marginOf(isUpright, isPicture);
  if (isGrid(sizes)) margin.start += GRID_SPACE / 2;
  const along = (isUpright ? height : width) - margin.start - margin.end;
  const across = (isUpright ? width : height) - 2 * margin.side;
  const gap = along / (sizes.length - 1);
  const most = Math.max(...(isGrid(sizes) ? sizes.slice(1) : sizes));
  const wanted = clamp(
    Math.min(gap * 0.22, (across / most) * (isPicture ? PICTURE_FILL : isUpright ? 0.36 : FILL)),
    SMALLEST_RADIUS,
    isUpright ? LARGEST_UPRIGHT : LARGEST_RADIUS,
  );
  const radius = Math.min(wanted, (across / most) * MOST_FILL);
  const hasSides = isUpright && most <= MOST_WITH_SIDES;
  const shift = hasSides ? SIDE_WIDTH / 2 : 0;
  /** @type {(step: number, place: number, count: number) => Point} */
  const point = (step, place, count) => {
    const depth = margin.start + step * gap;
    // Two units do not need the whole width: they stand closer together than six.
    const spread = Math.min(across, count * 190);
    const side = margin.side + across / 2 + ((place + 0.5) / count - 0.5) * spread - shift;
    return isUpright ? { x: side, y: depth } : { x: depth, y: side };
  };
  const columns = sizes.map((count, step) =>
    Array.from({ length: count }, (_, place) => point(step, place, count)),
  );
  const grid = isGrid(sizes)
    ? gridOf(
        sizes[0],
        isUpright ? { x: width / 2, y: margin.start } : { x: margin.start, y: height / 2 },
        imageSide,
      )
    : null;
  if (grid) columns[0] = grid.cells;
  const last = columns[columns.length - 1];
  const targets = last.map(({ x, y }) => (isUpright ? { x, y: y + 76 } : { x: x + 112, y }));
  const middle = last.reduce((sum, { x, y }) => sum + (isUpright ? x : y), 0) / last.length;
  const loss = isUpright ? { x: width / 2, y: height - 20 } : { x: width - 52, y: middle };
  const edges = edgesOf(columns);
  return { width, height, columns, targets, loss, radius, isUpright, hasSides, edges, grid };
}

/** Free room at both ends, and at the sides. @param {boolean} isUpright @param {boolean} isPicture */
function marginOf(isUpright, isPicture) {
  if (isPicture) return { start: 48, end: 48, side: 30 };
  return isUpright ? { start: 56, end: 128, side: 4 } : { start: 64, end: 214, side: 34 };
}

/** @param {Point[][]} columns */
function edgesOf(columns) {
  return columns
    .slice(1)
    .flatMap((units, layer) =>
      units.flatMap((to, unit) => columns[layer].map((from, input) => ({ layer, unit, input, from, to }))),
    );
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * @param {Edge} edge
 * @param {number} share  0 at its start, 1 at its end
 */
export function pointOn({ from, to }, share) {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/**
 * Whether two boxes share more than an edge.
 * @param {Box} one
 * @param {Box} other
 */
export function overlap(one, other) {
  const wide = (one.width + other.width) / 2 - Math.abs(one.x - other.x);
  const high = (one.height + other.height) / 2 - Math.abs(one.y - other.y);
  return wide > 0 && high > 0;
}

/** Shares of an edge that are tried for its label, the best looking first. */
const SHARES = [
  0.5, 0.42, 0.58, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.46, 0.54, 0.38, 0.62, 0.22, 0.78, 0.18, 0.82,
];

/**
 * Whether an edge passes through a box (Liang and Barsky's clipping).
 * @param {Edge} edge
 * @param {Box} box
 */
export function passes({ from, to }, { x, y, width, height }) {
  const run = { x: to.x - from.x, y: to.y - from.y };
  let enter = 0;
  let leave = 1;
  for (const [step, room] of [
    [-run.x, from.x - (x - width / 2)],
    [run.x, x + width / 2 - from.x],
    [-run.y, from.y - (y - height / 2)],
    [run.y, y + height / 2 - from.y],
  ]) {
    if (step === 0 && room < 0) return false;
    if (step < 0) enter = Math.max(enter, room / step);
    if (step > 0) leave = Math.min(leave, room / step);
  }
  return enter < leave;
}

/** A box moved sideways into the figure. @param {Layout} layout @param {Box} box */
function within({ width }, box) {
  return { ...box, x: clamp(box.x, box.width / 2, width - box.width / 2) };
}

/**
 * Find a place on each edge for a label, so that none covers another or a unit, or leaves the figure, and each
 * covers the fewest other edges; null where there is none.
 * @param {Layout} layout
 * @param {Edge[]} edges
 * @param {(edge: Edge) => {width: number, height: number}} sizeOf
 * @param {Box[]} obstacles  what else must not be covered
 * @returns {(Point | null)[]}
 */
export function placeLabels(layout, edges, sizeOf, obstacles = []) {
  const side = 2 * layout.radius;
  const circles = layout.grid ? layout.columns.slice(1) : layout.columns;
  /** @type {Box[]} */
  const taken = circles.flat().map(({ x, y }) => ({ x, y, width: side, height: side }));
  if (layout.grid) taken.push(layout.grid.box);
  taken.push(...obstacles);
  return edges.map((edge) => {
    const size = sizeOf(edge);
    const rivals = layout.edges.filter((other) => other !== edge && other.layer === edge.layer);
    const free = SHARES.map((share) => within(layout, { ...pointOn(edge, share), ...size }))
      .filter((box) => !taken.some((other) => overlap(box, other)))
      .map((box) => ({ box, crossed: rivals.filter((rival) => passes(rival, box)).length }));
    if (free.length === 0) return null;
    const fewest = Math.min(...free.map(({ crossed }) => crossed));
    const { box } = /** @type {{box: Box}} */ (free.find(({ crossed }) => crossed === fewest));
    taken.push(box);
    return { x: box.x, y: box.y };
  });
}
