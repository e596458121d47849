/**
 * How a loss went, from some of its values: evenly down, over a plateau, or up and down.
 *
 * @typedef {'even' | 'plateau' | 'jumps'} Course
 */

/** A step up is one by more than this share of the loss; where so many are, it jumps. */
const RISE = 0.01;
const MANY_RISES = 0.05;
/** It stands still where it stays within this share of a value, for so large a part of all steps. */
const STILL = 0.05;
const LONG = 1 / 3;
/** After a plateau it drops to less than this share of it. */
const DROP = 0.5;

/** @param {(number | null)[]} steps @param {(number | null)[]} losses @returns {Course | null} */
export function courseOf(steps, losses) {
  if (losses.length < 3 || losses.includes(null)) return null;
  const [at, values] = /** @type {[number[], number[]]} */ ([steps, losses]);
  const rises = values.slice(1).filter((loss, index) => loss > (1 + RISE) * values[index]).length;
  if (rises > MANY_RISES * (values.length - 1)) return 'jumps';
  const { length, loss } = plateauOf(at, values);
  if (length < LONG * (at[at.length - 1] - at[0])) return 'even';
  return values[values.length - 1] < DROP * loss ? 'plateau' : null;
}

/** How the losses of several runs went, if all went alike. @param {{steps: (number | null)[], losses: (number | null)[]}[]} runs */
export function commonCourse(runs) {
  const [first, ...others] = runs.map(({ steps, losses }) => courseOf(steps, losses));
  return others.every((one) => one === first) ? (first ?? null) : null;
}

/** The longest stretch over which the loss stays nearly what it was. @param {number[]} steps @param {number[]} values */
function plateauOf(steps, values) {
  let longest = { length: 0, loss: values[0] };
  values.forEach((loss, from) => {
    const left = values.findIndex((one, index) => index > from && Math.abs(one - loss) > STILL * loss);
    const end = left === -1 ? values.length - 1 : left - 1;
    const length = steps[end] - steps[from];
    if (length > longest.length) longest = { length, loss };
  });
  return longest;
}
