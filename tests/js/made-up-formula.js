/**
 * A made-up formula: its numbers are drawn, none twice, so that a number on the screen tells where it came from.
 *
 * @typedef {import('../../static/js/lib/wire.js').NodeAnswer} FormulaNode
 * @typedef {import('../../static/js/lib/wire.js').ExpressionAnswer} Answer
 */

import { distinct } from './made-up.js';

const SIGNS = { add: '+', subtract: '−', multiply: '×', divide: '÷', power: '^', negate: '−' };

/**
 * The answer to a formula, from its nodes in order: `['x']` is a value, `[2]` a number, `['multiply', 0, 1]` an operation.
 * @param {...(string | number)[]} rows @returns {Answer}
 */
export function answerOf(...rows) {
  const next = distinct(rows.length);
  /** @type {FormulaNode[]} */
  const nodes = rows.map(([kind, ...inputs], id) => ({
    ...{
      id,
      inputs: /** @type {number[]} */ (inputs),
      label: `part ${id}`,
      start: 0,
      depth: 0,
      varies: true,
    },
    operation: typeof kind === 'number' ? 'number' : inputs.length === 0 ? 'value' : kind,
    sign: inputs.length === 0 ? '' : (SIGNS[/** @type {'add'} */ (kind)] ?? String(kind)),
    name: typeof kind === 'string' && inputs.length === 0 ? kind : null,
    value: typeof kind === 'number' ? kind : next(),
    local_derivatives: inputs.map(next),
    gradient: next(),
    contributions: [],
    remark: null,
  }));
  for (const node of nodes) {
    if (node.name !== null) node.label = node.name;
    if (node.operation === 'number') node.label = String(node.value);
    node.varies =
      node.inputs.length === 0 ? node.name !== null : node.inputs.some((one) => nodes[one].varies);
    node.depth = Math.max(0, ...node.inputs.map((one) => nodes[one].depth + 1));
    node.inputs.forEach((from, input) =>
      nodes[from].contributions.push({
        ...{ node: node.id, input, gradient: node.gradient, value: next() },
        derivative: node.local_derivatives[input],
      }),
    );
  }
  const order = nodes.map(({ id }) => id);
  return {
    ...{ nodes, order, backward: order.toReversed(), value: nodes[nodes.length - 1].value },
    gradients: Object.fromEntries(nodes.flatMap(({ name, gradient }) => (name ? [[name, gradient]] : []))),
  };
}

/** (relu(x·w)·v − y)², the chain of two layers. */
export const chain = () =>
  answerOf(
    ['x'],
    ['w'],
    ['multiply', 0, 1],
    ['relu', 2],
    ['v'],
    ['multiply', 3, 4],
    ['y'],
    ['subtract', 5, 6],
    [2],
    ['power', 7, 8],
  );

/** relu(w)·a + relu(w)·b: one value in two products. */
export const twice = () =>
  answerOf(['w'], ['relu', 0], ['a'], ['multiply', 1, 2], ['b'], ['multiply', 1, 4], ['add', 3, 5]);
