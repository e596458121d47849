/** What the instrument of a formula tells its lesson. */

import { forwardSteps, knownAfter, sharedNodes } from '../lib/expression/walk.js';

const UNKNOWN = ['step', 'forward', 'done', 'value', 'gradient', 'zero', 'meets', 'operations', 'shared'];

/**
 * All null while nothing is known of the formula as it stands. `forward` and `done` are 1 when that pass is; `gradient`
 * is that of the value that is watched, and `zero` 1 where it has come and is 0; `meets` is 1 where gradients are added.
 * @param {import('../lesson-state.js').ExpressionState} state @param {string | null} watched
 * @returns {import('./conditions.js').Facts}
 */
export function factsOf({ found, isStale, step }, watched) {
  if (!found || isStale) return Object.fromEntries(UNKNOWN.map((name) => [name, null]));
  const { steps, current, gradients } = knownAfter(found, step);
  const node = found.nodes.find(({ name }) => name !== null && name === watched);
  const gradient = node && gradients.has(node.id) ? node.gradient : null;
  const isForward = step >= forwardSteps(steps);
  return {
    step,
    forward: Number(isForward),
    done: Number(step === steps.length),
    value: isForward ? found.value : null,
    gradient,
    zero: Number(gradient === 0),
    meets: Number(current?.phase === 'backward' && found.nodes[current.node].contributions.length > 1),
    operations: found.nodes.filter(({ inputs }) => inputs.length > 0).length,
    shared: sharedNodes(found).length,
  };
}
