/**
 * Each step of a run on a line: where it was, the gradient there, the rate, where it went; and whether it jumped over.
 *
 * @typedef {import('../wire.js').WalkAnswer} Walk
 */

/** A slope so small beside the first one is 0 but for rounding, and its sign says nothing. */
const ROUNDING = 1e-12;

/** Whether a step of a run in one variable went past a minimum: the slope is of the other sign on its other side. @param {Walk} walk @param {number} step  from 1 */
export function hasJumped({ gradients }, step) {
  const level = ROUNDING * Math.abs(gradients[0]?.[0] ?? 0);
  const [before, after] = [step - 1, step].map((at) => gradients[at]?.[0] ?? 0);
  return Math.abs(before) > level && Math.abs(after) > level && before * after < 0;
}

/** How often that happened, up to a step; in two variables nobody can say. @param {Walk} walk @param {number} at */
export function jumpsOf(walk, at) {
  if (walk.points[0].length > 1) return null;
  let count = 0;
  for (let step = 1; step <= at; step += 1) if (hasJumped(walk, step)) count += 1;
  return count;
}

/** The lines of a run, the newest first. @param {Walk} walk @param {number} at  the step on screen */
export function linesOf(walk, at) {
  return Array.from({ length: at }, (_, index) => {
    const step = at - index;
    return {
      step,
      before: walk.points[step - 1],
      gradient: walk.gradients[step - 1],
      after: walk.points[step],
      hasJumped: walk.points[0].length === 1 && hasJumped(walk, step),
    };
  });
}
