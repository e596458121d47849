/**
 * The walk through a formula: operation by operation to its value, then node by node back to what it is made of.
 *
 * @typedef {import('../wire.js').ExpressionAnswer} Answer
 * @typedef {import('../wire.js').NodeAnswer} FormulaNode
 * @typedef {{phase: 'forward' | 'backward', node: number}} Step
 */

/** All steps of a walk; what is made of numbers alone needs no gradient: nobody can turn it. @param {Answer} answer @returns {Step[]} */
export const stepsOf = ({ nodes, order, backward }) => [
  ...order
    .filter((node) => nodes[node].inputs.length > 0)
    .map((node) => ({ phase: /** @type {const} */ ('forward'), node })),
  ...backward
    .filter((node) => nodes[node].varies)
    .map((node) => ({ phase: /** @type {const} */ ('backward'), node })),
];

/** How many of the steps go forward. @param {Step[]} steps */
export const forwardSteps = (steps) => steps.filter(({ phase }) => phase === 'forward').length;

/** What is known after some of the steps: the values and the gradients, by node; and the step just made. @param {Answer} answer @param {number} step */
export function knownAfter(answer, step) {
  const steps = stepsOf(answer);
  const made = steps.slice(0, step);
  const of = (/** @type {Step['phase']} */ phase) =>
    new Set(made.filter((one) => one.phase === phase).map(({ node }) => node));
  const values = of('forward');
  for (const { id, inputs } of answer.nodes) if (inputs.length === 0) values.add(id);
  return { steps, values, gradients: of('backward'), current: made.at(-1) ?? null };
}

/** Nodes that go into more than one place: there gradients are added. @param {Answer} answer */
export const sharedNodes = ({ nodes }) =>
  nodes.filter(({ varies, contributions }) => varies && contributions.length > 1).map(({ id }) => id);
