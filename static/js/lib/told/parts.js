/**
 * What the tellers of operations share: the shape of what they tell, and sums written out.
 *
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('../wire.js').TermAnswer} Term
 * @typedef {import('../mathml.js').Maths} Maths
 * @typedef {{activations: string[], sizes: number[], loss: string, reduction: string, examples: number,
 *   features?: string[] | null}} Scene
 * @typedef {{label: Maths, numbers: Maths, product: number | null}} Row  `numbers`: the product, or whatever it is, written out
 * @typedef {{sentence: string, lines: Maths[], rows: Row[], rest: {count: number, value: number | null} | null,
 *   name: Maths, spoken: string}} Telling
 * @typedef {(operation: Operation, scene: Scene) => Telling} Teller
 */

import { added, back, digit, equals, factor, plus, row, sub, times, value } from '../mathml.js';

/** Sums of more terms than this are written as a table, one term a row. */
export const INLINE = 3;

/** What a layer's units take in: x are the inputs, a another layer's outputs. @param {number} layer */
export const entering = (layer) => (layer === 0 ? 'x' : 'a');
export const delta = (/** @type {number} */ unit) => sub(back('δ'), digit(unit + 1));
export const products = (/** @type {Term[]} */ terms) => terms.map((term) => term.product);

/** @param {...Maths} parts */
export const line = (...parts) => row(...parts);
export const isAs = (/** @type {Maths[]} */ ...parts) => row(equals, ...parts);

/**
 * A sum of products: in two lines if it is short, else as a table, and below it what is added at the end.
 * @param {Operation} operation
 * @param {(term: Term) => Maths} label
 * @param {number | null} [extra]  what is added at the end: a bias or a penalty
 */
export function sumOf(operation, label, extra = null) {
  const { terms, rest } = operation;
  if (rest !== null || terms.length > INLINE) {
    return {
      lines: extra === null ? [] : [row(plus, factor(extra))],
      rows: terms.map((term) => ({
        label: label(term),
        numbers: row(value(term.left), times, factor(term.right)),
        product: term.product,
      })),
      rest: rest && { count: rest.count, value: rest.contribution },
    };
  }
  const factors = terms.flatMap((term, index) => [
    ...(index ? [plus] : []),
    index ? factor(term.left) : value(term.left),
    times,
    factor(term.right),
  ]);
  const tail = extra === null ? [] : [plus, factor(extra)];
  const lines = [isAs(...factors, ...tail)];
  const parts = extra === null ? products(terms) : [...products(terms), extra];
  if (parts.length > 1) lines.push(isAs(added(parts)));
  return { lines, rows: [], rest: null };
}

export const nothing = { rows: [], rest: null };
