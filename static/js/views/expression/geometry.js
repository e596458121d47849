/**
 * The layout of a formula in pixels: layers from left to right, or on a phone from top to bottom.
 *
 * @typedef {import('../../lib/expression/layout.js').Layout} Layout
 * @typedef {{x: number, y: number}} Point
 * @typedef {{points: Point[], edges: {from: number, to: number, input: number, way: Point[]}[], radius: number,
 *   isUpright: boolean}} Pixels
 */

/** Pixels from layer to layer and from row to row, and what is left free at the ends for numbers. */
const WIDE = { layer: 150, row: 116, ends: 38, sides: 50 };
const UPRIGHT = { layer: 92, row: 128, ends: 40, before: 30, after: 96 };
const RADIUS = 22;
const SMALLEST_RADIUS = 9;
/** A formula of more layers has no room from left to right, however wide the figure is. */
const MOST_LAYERS = 9;
/** Two edges between the same two nodes bend so far apart. */
const TWIN = 18;

/** @param {Layout} layout @param {boolean} isNarrow */
const isUpright = ({ layers }, isNarrow) => isNarrow || layers > MOST_LAYERS;

/** The height a formula wants. @param {Layout} layout @param {boolean} isNarrow */
export function heightFor(layout, isNarrow) {
  const { layers, rows } = layout;
  return isUpright(layout, isNarrow)
    ? (layers - 1) * UPRIGHT.layer + 2 * UPRIGHT.ends
    : (rows - 1) * WIDE.row + 2 * WIDE.sides + 20;
}

/** @param {Layout} layout @param {{width: number, height: number, isNarrow: boolean}} frame @returns {Pixels} */
export function pixelsOf(layout, { width, height, isNarrow }) {
  const isDown = isUpright(layout, isNarrow);
  const along = isDown
    ? spread(layout.layers, UPRIGHT.ends, height - UPRIGHT.ends, UPRIGHT.layer)
    : spread(layout.layers, WIDE.ends, width - WIDE.ends, WIDE.layer);
  const across = isDown
    ? spread(layout.rows, UPRIGHT.before, width - UPRIGHT.after, UPRIGHT.row)
    : spread(layout.rows, WIDE.sides, height - WIDE.sides, WIDE.row);
  const point = (/** @type {import('../../lib/expression/layout.js').Place} */ place) =>
    isDown
      ? { x: across.at(place.across), y: along.at(place.along) }
      : { x: along.at(place.along), y: across.at(place.across) };
  const points = layout.places.map(point);
  return {
    points,
    edges: layout.edges.map(({ from, to, input, bends, twin }) => {
      const ends = [points[from], points[to]];
      const between = twin === 0 ? bends.map(point) : [aside(ends, twin * TWIN)];
      return { from, to, input, way: [ends[0], ...between, ends[1]] };
    }),
    radius: Math.max(SMALLEST_RADIUS, Math.min(RADIUS, across.gap * 0.3, along.gap * 0.26)),
    isUpright: isDown,
  };
}

/** Places of `count` things between two ends, no farther apart than `most`, in the middle. @param {number} count @param {number} low @param {number} high @param {number} most */
function spread(count, low, high, most) {
  const gap = count > 1 ? Math.min(most, (high - low) / (count - 1)) : most;
  const start = (low + high - gap * (count - 1)) / 2;
  return { gap, at: (/** @type {number} */ index) => start + gap * index };
}

/** A point beside the middle of a line. @param {Point[]} ends @param {number} by */
function aside([one, other], by) {
  const length = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  return {
    x: (one.x + other.x) / 2 - (by * (other.y - one.y)) / length,
    y: (one.y + other.y) / 2 + (by * (other.x - one.x)) / length,
  };
}

/** The point on a way that lies a share of it from its start. @param {Point[]} way @param {number} share @returns {Point} */
export function pointOn(way, share) {
  const pieces = way
    .slice(1)
    .map((point, index) => Math.hypot(point.x - way[index].x, point.y - way[index].y));
  let left = share * pieces.reduce((sum, one) => sum + one, 0);
  for (const [index, length] of pieces.entries()) {
    if (left <= length || index === pieces.length - 1) {
      const part = length === 0 ? 0 : left / length;
      const [from, to] = [way[index], way[index + 1]];
      return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
    }
    left -= length;
  }
  return way[0];
}
