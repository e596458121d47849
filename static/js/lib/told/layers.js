/**
 * The layer of each symbol in what is told: a raised (2) is the second layer, as on the card. Tellers write symbols by
 * their unit; of which layer each is follows from the operation. A network of one layer needs no numbers.
 *
 * @typedef {import('../mathml.js').Maths} Maths
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('./parts.js').Scene} Scene
 */

import { digit, element, operator, row } from '../mathml.js';

const LETTERS = new Set(['z', 'a', 'b', 'w', 'δ']);
/** How far from the operation's own layer a letter is: what comes in is of the layer before, δ of the next comes back. */
const AWAY = /** @type {Record<string, Record<string, number>>} */ ({
  z: { a: -1 },
  dW: { a: -1 },
  da: { δ: 1, w: 1 },
});

/**
 * @param {Operation} operation
 * @param {Scene} scene
 * @returns {(maths: Maths) => Maths}
 */
export function numberedBy({ kind, layer }, { activations }) {
  if (activations.length < 2) return (maths) => maths;
  const own = layer ?? activations.length - 1; // the loss looks at the outputs
  /** @param {Maths} maths @returns {Maths} */
  const numbered = (maths) => {
    const letter = letterOf(maths);
    if (letter !== null) {
      const number = row(operator('('), digit(own + (AWAY[kind]?.[letter] ?? 0) + 1), operator(')'));
      return element('msubsup', maths.attributes, ...maths.children, number);
    }
    return {
      ...maths,
      children: maths.children.map((child) => (typeof child === 'string' ? child : numbered(child))),
    };
  };
  return numbered;
}

/** The letter of an indexed symbol that belongs to a layer. @param {Maths} maths */
function letterOf({ tag, children }) {
  const [base] = children;
  if (tag !== 'msub' || typeof base === 'string' || base.tag !== 'mi') return null;
  const [letter] = base.children;
  return typeof letter === 'string' && LETTERS.has(letter) ? letter : null;
}
