/** Where a surface over a grid has a height: marching squares. */

/** The sides of a cell that are crossed, by which of its corners lie above: 1 bottom left, 2 bottom right, 4 top right, 8 top left. */
const CROSSED = [
  [],
  ['left', 'bottom'],
  ['bottom', 'right'],
  ['left', 'right'],
  ['right', 'top'],
  null, // a saddle
  ['bottom', 'top'],
  ['left', 'top'],
  ['left', 'top'],
  ['bottom', 'top'],
  null,
  ['right', 'top'],
  ['left', 'right'],
  ['bottom', 'right'],
  ['left', 'bottom'],
  [],
];

/**
 * The line along which `levels` are `height`, in pieces: [x, y, x, y] each, in columns and rows of the grid.
 * @param {number[][]} levels @param {number} height
 * @returns {[number, number, number, number][]}
 */
export function contour(levels, height) {
  /** @type {[number, number, number, number][]} */
  const pieces = [];
  for (let row = 0; row + 1 < levels.length; row += 1) {
    const [low, high] = [levels[row], levels[row + 1]];
    for (let column = 0; column + 1 < low.length; column += 1) {
      const corners = [low[column], low[column + 1], high[column + 1], high[column]];
      for (const [from, to] of sidesOf(corners, height)) {
        pieces.push([
          ...crossing(from, corners, height, column, row),
          ...crossing(to, corners, height, column, row),
        ]);
      }
    }
  }
  return pieces;
}

/** Which sides each piece of the line in a cell joins. @param {number[]} corners @param {number} height @returns {string[][]} */
function sidesOf(corners, height) {
  const kind = corners.reduce((sum, level, index) => sum + (level > height ? 1 << index : 0), 0);
  const sides = CROSSED[kind];
  if (sides) return sides.length > 0 ? [sides] : [];
  // At a saddle the middle decides which corners belong together.
  const isMiddleAbove = corners.reduce((sum, level) => sum + level, 0) / 4 > height;
  return (kind === 5) === isMiddleAbove
    ? [
        ['left', 'top'],
        ['bottom', 'right'],
      ]
    : [
        ['left', 'bottom'],
        ['right', 'top'],
      ];
}

/** @param {string} side @param {number[]} corners @param {number} height @param {number} x @param {number} y @returns {[number, number]} */
function crossing(side, [a, b, c, d], height, x, y) {
  const share = (/** @type {number} */ from, /** @type {number} */ to) => (height - from) / (to - from);
  if (side === 'bottom') return [x + share(a, b), y];
  if (side === 'top') return [x + share(d, c), y + 1];
  if (side === 'left') return [x, y + share(a, d)];
  return [x + 1, y + share(b, c)];
}

/**
 * Pieces that touch, end to end, as lines: a dash goes on along a line, and begins anew with each piece.
 * @param {number[][]} pieces  [x, y, x, y] each
 * @returns {number[][]}  [x, y, x, y, x, y, …]
 */
export function joined(pieces) {
  const name = (/** @type {number} */ x, /** @type {number} */ y) => `${x.toFixed(6)} ${y.toFixed(6)}`;
  /** @type {Map<string, Set<number[]>>} */
  const ends = new Map();
  for (const piece of pieces)
    for (const end of [name(piece[0], piece[1]), name(piece[2], piece[3])])
      ends.set(end, (ends.get(end) ?? new Set()).add(piece));
  const left = new Set(pieces);
  /** Go on from a point as long as a piece is left there. @param {number} x @param {number} y */
  const follow = (x, y) => {
    const way = [];
    for (;;) {
      const next = [...(ends.get(name(x, y)) ?? [])].find((piece) => left.has(piece));
      if (!next) return way;
      left.delete(next);
      const isForward = name(next[0], next[1]) === name(x, y);
      [x, y] = isForward ? next.slice(2) : next.slice(0, 2);
      way.push(x, y);
    }
  };
  const lines = [];
  for (const piece of pieces) {
    if (!left.delete(piece)) continue;
    const [x, y, toX, toY] = piece;
    const back = follow(x, y);
    const reversed = [];
    for (let at = back.length - 2; at >= 0; at -= 2) reversed.push(back[at], back[at + 1]);
    lines.push([...reversed, x, y, toX, toY, ...follow(toX, toY)]);
  }
  return lines;
}
