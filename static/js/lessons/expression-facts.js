/** What the instrument of a formula tells its lesson. */

import { forwardSteps, knownAfter, sharedNodes, stepsOf } from '../lib/expression/walk.js';

/** @typedef {import('../lib/wire.js').ExpressionAnswer} Answer */
/** @typedef {{text: string, values: Record<string, number>, watched: string | null}} First  what it began with; `watched`: whose gradient is a fact */

const UNKNOWN = [
  ...[
    'step',
    'skipped',
    'others',
    'forward',
    'done',
    'value',
    'gradient',
    'zero',
    'meets',
    'joined',
    'order',
  ],
  ...['operations', 'shared'],
];
/** Numbers that differ by no more, beside the largest, are equal but for rounding. */
const ROUNDING = 1e-9;

/**
 * All null while nothing is known of the formula as it stands. `forward` and `done` are 1 when that pass is, `skipped`
 * how many steps up to here were never on screen, `others` how much was changed besides the value that is watched.
 * `gradient` is that of this value, and `zero` 1 where it has come and is 0; `meets` is 1 once gradients were put
 * together at a node, and `joined` says how; `order` says in which order the gradients came.
 * @param {import('../lesson-state.js').ExpressionState} state @param {First} first
 * @param {Set<number>} seen  steps that were on screen
 * @returns {import('./conditions.js').Facts}
 */
export function factsOf({ text, values, found, isStale, step }, first, seen) {
  if (!found || isStale) return Object.fromEntries(UNKNOWN.map((name) => [name, null]));
  const { steps, gradients } = knownAfter(found, step);
  const node = found.nodes.find(({ name }) => name !== null && name === first.watched);
  const gradient = node && gradients.has(node.id) ? node.gradient : null;
  const isForward = step >= forwardSteps(steps);
  const meeting = sharedNodes(found).find((id) => gradients.has(id));
  const changed = Object.entries(first.values).filter(
    ([name, value]) => name !== first.watched && values[name] !== value,
  );
  return {
    step,
    skipped: steps.slice(0, step).filter((_, index) => !seen.has(index + 1)).length,
    others: changed.length + Number(text !== first.text),
    forward: Number(isForward),
    done: Number(step === steps.length),
    value: isForward ? found.value : null,
    gradient,
    zero: Number(gradient === 0),
    meets: Number(meeting !== undefined),
    joined: meeting === undefined ? 'unseen' : joinedOf(found.nodes[meeting]),
    order: orderOf(found),
    operations: found.nodes.filter(({ inputs }) => inputs.length > 0).length,
    shared: sharedNodes(found).length,
  };
}

/** How what comes back along several paths makes one gradient; unclear where more than one way gives it. @param {Answer['nodes'][number]} node */
export function joinedOf({ gradient, contributions }) {
  const parts = contributions.map(({ value }) => value ?? NaN);
  const most = Math.max(...parts.map(Math.abs));
  const ways = {
    sum: parts.reduce((sum, part) => sum + part, 0),
    product: parts.reduce((product, part) => product * part, 1),
    larger: parts.find((part) => Math.abs(part) === most) ?? NaN,
  };
  const fitting = Object.entries(ways).filter(
    ([, value]) => Math.abs(value - Number(gradient)) <= ROUNDING * most,
  );
  return fitting.length === 1 ? fitting[0][0] : 'unclear';
}

/** Whether each gradient comes after those of all that the node goes into, or as the values came. @param {Answer} found */
export function orderOf(found) {
  const steps = stepsOf(found);
  const of = (/** @type {'forward' | 'backward'} */ phase) =>
    steps.filter((one) => one.phase === phase).map(({ node }) => node);
  const back = of('backward');
  const users = (/** @type {number} */ node) => back.filter((one) => found.nodes[one].inputs.includes(node));
  const isReversed = back.every((node, index) => users(node).every((user) => back.indexOf(user) < index));
  if (isReversed) return 'reversed';
  const operations = back.filter((node) => found.nodes[node].inputs.length > 0);
  return operations.join() === of('forward').join() ? 'same' : 'other';
}
