/**
 * How a run went, in a word each: whether its steps became shorter, and what way it took to a minimum.
 *
 * @typedef {import('../wire.js').WalkAnswer} Walk
 * @typedef {'none' | 'equal' | 'shorter' | 'longer' | 'mixed'} Strides
 * @typedef {'none' | 'straight' | 'bent' | 'across' | 'circles'} Way
 */

/** Lengths that differ by less, as a part of them, are equal: that much is rounding. */
const ROUNDING = 1e-9;
/** Degrees off the straight line to the minimum within which a way is straight. */
const STRAIGHT = 2;
/** Degrees between the first step and the last beyond which the first went across the valley that the last goes along. */
const ACROSS = 30;
const WHOLE_TURN = 360;

/** @param {number[]} one @param {number[]} other */
const between = (one, other) => other.map((value, index) => value - one[index]);
const length = (/** @type {number[]} */ move) => Math.hypot(...move);

/** The moves of a run up to a step that are more than rounding. @param {Walk} walk @param {number} at */
function movesOf({ points }, at) {
  const there = /** @type {number[][]} */ (points.slice(0, at + 1).filter((point) => !point.includes(null)));
  const moves = there.slice(1).map((point, index) => between(there[index], point));
  const longest = Math.max(0, ...moves.map(length));
  return moves.filter((move) => length(move) > ROUNDING * longest);
}

/** Whether each step was shorter than the one before, up to a step. @param {Walk} walk @param {number} at @returns {Strides} */
export function stridesOf(walk, at) {
  const lengths = movesOf(walk, at).map(length);
  const changes = lengths.slice(1).map((now, index) => now / lengths[index] - 1);
  if (changes.length === 0) return 'none';
  if (changes.every((change) => Math.abs(change) <= ROUNDING)) return 'equal';
  if (changes.every((change) => change < -ROUNDING)) return 'shorter';
  return changes.every((change) => change > ROUNDING) ? 'longer' : 'mixed';
}

/** Degrees from one direction to another, with a sign. @param {number[]} one @param {number[]} other */
const turn = ([a, b], [c, d]) => (Math.atan2(a * d - b * c, a * c + b * d) * 180) / Math.PI;

/** The way of a run in two variables up to a step: straight to the nearest minimum, or how it was not. @param {Walk} walk @param {number} at @param {number[][]} minima @returns {Way} */
export function wayOf(walk, at, minima) {
  const moves = movesOf(walk, at);
  const start = /** @type {number[]} */ (walk.points[0]);
  const [to] = minima.map((minimum) => between(start, minimum)).sort((a, b) => length(a) - length(b));
  if (!to || start.length !== 2 || moves.length < 2) return 'none';
  if (moves.every((move) => Math.abs(turn(to, move)) <= STRAIGHT)) return 'straight';
  const turned = moves.slice(1).reduce((sum, move, index) => sum + turn(moves[index], move), 0);
  if (Math.abs(turned) >= WHOLE_TURN) return 'circles';
  return Math.abs(turn(moves[0], moves[moves.length - 1])) >= ACROSS ? 'across' : 'bent';
}
