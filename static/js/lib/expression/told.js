/** The step just made, in a sentence with its numbers; what is marked stands between [[ and ]]. */

import { t, tn } from '../i18n.js';
import { remarkWords } from './problems.js';
import { factor, ruleOf, shortened, sumOf, written } from './signs.js';
import { knownAfter } from './walk.js';

/** @typedef {import('../wire.js').ExpressionAnswer} Answer */
/** @typedef {import('../wire.js').NodeAnswer} FormulaNode */

/** @param {Answer} answer @param {number} step @returns {string[]} sentences */
export function toldOf(answer, step) {
  const { steps, current } = knownAfter(answer, step);
  if (current === null) return [t('Nothing has been computed yet. Each press of › is one operation.')];
  const node = answer.nodes[current.node];
  const told = current.phase === 'forward' ? forwardWords(node, answer) : backwardWords(node, answer);
  const isDone = step === steps.length && current.phase === 'backward';
  return [...told, ...(isDone ? [t('That was the last one: every gradient is there.')] : [])];
}

/** @param {FormulaNode} node @param {Answer} answer */
function forwardWords(node, { nodes }) {
  const values = { label: shortened(node.label), sum: sumOf(node, nodes), value: written(node.value) };
  const remark = remarkWords(node.remark);
  return [t('Forward: [[{label}]] is {sum} = [[{value}]].', values), ...(remark ? [remark] : [])];
}

/** @param {FormulaNode} node @param {Answer} answer */
function backwardWords(node, { nodes }) {
  const { contributions, label, gradient, name } = node;
  if (contributions.length === 0)
    return [t('Backward. The result changes with itself one to one, so its gradient is [[1]].')];
  const remark = remarkWords(node.remark);
  return [
    arrivalWords(node, nodes),
    ...rulesOf(contributions, nodes),
    ...(name !== null && gradient !== null
      ? [t('So when {name} grows by a little, the result changes by {gradient} times that.', { name: shortened(label), gradient: written(gradient) })] // prettier-ignore
      : []),
    ...(remark ? [remark] : []),
  ];
}

/** What arrives at a node: one product, or a sum of them. @param {FormulaNode} node @param {FormulaNode[]} nodes */
function arrivalWords({ contributions, label, gradient }, nodes) {
  const products = contributions.map((one) => `${factor(one.gradient)} × ${factor(one.derivative)}`);
  const values = { label: shortened(label), gradient: written(gradient) };
  if (contributions.length === 1) {
    const from = shortened(nodes[contributions[0].node].label);
    return t(
      'Backward to [[{label}]]: the gradient that arrives from {from}, times the local derivative: {product} = [[{gradient}]].',
      { ...values, from, product: products[0] },
    );
  }
  const sum = `${products.join(' + ')} = ${contributions.map(({ value }, index) => (index === 0 ? written(value) : factor(value))).join(' + ')}`;
  return tn(
    'Backward to [[{label}]]: {count} path arrives here: {sum} = [[{gradient}]].',
    'Backward to [[{label}]]: {count} paths meet here, so what they bring is added: {sum} = [[{gradient}]].',
    contributions.length,
    { ...values, sum },
  );
}

/** The rules of the local derivatives, each once. @param {FormulaNode['contributions']} contributions @param {FormulaNode[]} nodes */
function rulesOf(contributions, nodes) {
  const rules = new Set(contributions.map(({ node, input }) => ruleOf(nodes[node], input)));
  return [t('The rule: {rules}.', { rules: [...rules].join('; ') })];
}
