/** How operations are written: in a node, with numbers put in, and the rule of each local derivative. */

import { number } from '../format.js';
import { t } from '../i18n.js';

/** @typedef {import('../wire.js').NodeAnswer} FormulaNode */

/** Longer labels lose their middle. */
const LONGEST = 36;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What each operation's local derivatives are, one for each input; [a > 0] is 1 where that is so, and 0 elsewhere. @type {Record<string, string[]>} */
export const RULES = {
  add: ['1', '1'],
  subtract: ['1', '−1'],
  multiply: ['b', 'a'],
  divide: ['1 ∕ b', '−a ∕ b²'],
  power: ['b × a^(b − 1)', 'a^b × ln a'],
  negate: ['−1'],
  max: ['[a > b]', '[b > a]'],
  min: ['[a < b]', '[b < a]'],
  abs: ['±1'],
  exp: ['exp(a)'],
  log: ['1 ∕ a'],
  sqrt: ['1 ∕ (2 × √a)'],
  tanh: ['1 − tanh²(a)'],
  sigmoid: ['σ(a) × (1 − σ(a))'],
  relu: ['[a > 0]'],
  sin: ['cos(a)'],
  cos: ['−sin(a)'],
};

/** Signs that are not the table's own. @type {Record<string, string>} */
const SHORT = { sigmoid: 'σ', sqrt: '√', power: 'aᵇ' };

/** @param {FormulaNode} node */
export const signOf = ({ operation, sign }) => SHORT[operation] ?? sign;

/** A number, or that there is none. @param {number | null} value */
export const written = (value) => number(value, { overflow: t('none') });

/** A number inside a product or a sum: one below 0 stands in brackets. @param {number | null} value */
export const factor = (value) => (value !== null && value < 0 ? `(${written(value)})` : written(value));

/** What stands between two values of a function: where decimals have a comma, a comma is not enough. */
const separator = () => (number(0.5).includes(',') ? '; ' : ', ');

/** A label as it fits into a sentence. @param {string} label */
export function shortened(label) {
  const half = (LONGEST - 3) / 2;
  return label.length <= LONGEST
    ? label
    : `${label.slice(0, Math.floor(half)).trimEnd()} … ${label.slice(-Math.floor(half)).trimStart()}`;
}

/** An operation with letters or numbers put in. @param {FormulaNode} node @param {string[]} inputs @param {string | null} exponent  as superscript, if it can be */
function put({ operation, sign }, [a, b], exponent = null) {
  switch (operation) {
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
      return `${a} ${sign} ${b}`;
    case 'power':
      return exponent === null ? `${a}^${b}` : `${a}${exponent}`;
    case 'negate':
      return `−${a}`;
    default:
      return `${SHORT[operation] ?? sign}(${b === undefined ? a : a + separator() + b})`;
  }
}

/** The forward step of a node, with its numbers. @param {FormulaNode} node @param {FormulaNode[]} nodes */
export function sumOf(node, nodes) {
  const values = node.inputs.map((place) => nodes[place].value);
  if (node.sign === node.operation) return put(node, values.map(written));
  // The first number of a sum or product needs no brackets, the base of a power does.
  const isFirstBare = values.length > 1 && node.operation !== 'power';
  const texts = values.map((value, index) => (index === 0 && isFirstBare ? written(value) : factor(value)));
  return put(node, texts, node.operation === 'power' ? raised(values[1]) : null);
}

/** A small whole number as an exponent. @param {number | null} exponent */
const raised = (exponent) => (Number.isInteger(exponent) ? (SUPERSCRIPTS[Number(exponent)] ?? null) : null);

/** The rule of a local derivative, in letters. @param {FormulaNode} node  the operation @param {number} input */
export function ruleOf(node, input) {
  const letter = 'ab'[input];
  return `∂(${put(node, ['a', 'b'].slice(0, node.inputs.length))}) ∕ ∂${letter} = ${RULES[node.operation][input]}`;
}
