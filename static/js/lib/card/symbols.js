/**
 * Symbols that say of which layer they are: a raised (2) is the second layer. A network of one layer needs none.
 *
 * A symbol, or a number, that stands for something on screen bears its name as `data-term`, so that pointing at it
 * lights it wherever it is.
 *
 * @typedef {import('../mathml.js').Maths} Maths
 * @typedef {import('../told/parts.js').Scene} Scene
 * @typedef {ReturnType<typeof symbolsOf>} Symbols
 */

import { back, digit, element, factor, name, operator, row, sub, value } from '../mathml.js';
import { key } from '../walk.js';

/** The mark between the name of a number and the example it is of. */
const OF_EXAMPLE = ' @';

/** @param {string} term @param {number} example */
export const ofExample = (term, example) => `${term}${OF_EXAMPLE}${example}`;

/** The name of a number, whatever example it is of. @param {string} term */
export const anyExample = (term) => term.split(OF_EXAMPLE)[0];

/** Whether a number lights up when `lit` is pointed at: a symbol lights its numbers of all examples. @param {string} term @param {string} lit */
export const isLitBy = (term, lit) => term === lit || term.startsWith(lit + OF_EXAMPLE);

/** Maths that bears a name. @param {string} term @param {...Maths} parts @returns {Maths} */
export const termed = (term, ...parts) => element('mrow', { 'data-term': term }, ...parts);

/** A number that bears a name. @param {string} term @param {number | null} number @param {{sign?: boolean, strong?: boolean}} [options] */
export const termedValue = (term, number, options) => termed(term, value(number, options));

/** A factor that bears a name. @param {string} term @param {number | null} number */
export const termedFactor = (term, number) => termed(term, factor(number));

/** The name of what a layer's units take in. @param {number} layer @param {number} input */
export const enteringKey = (layer, input) => key('a', layer - 1, input);

/** @param {import('../../state.js').Place} place */
export const parameterKey = ({ layer, unit, input }) =>
  input === 'bias' ? key('bias', layer, unit) : key('weight', layer, unit, input);

/** @param {import('../../state.js').Place} place */
export const gradientKey = ({ layer, unit, input }) =>
  input === 'bias' ? key('db', layer, unit) : key('dW', layer, unit, input);

/** @param {Scene} scene */
export function symbolsOf({ activations }) {
  const isNumbered = activations.length > 1;
  /** A letter with the number of its layer. @param {Maths} letter @param {number} layer @param {Maths} [index] */
  const of = (letter, layer, index) => {
    const number = row(operator('('), digit(layer + 1), operator(')'));
    if (layer < 0 || !isNumbered) return index ? sub(letter, index) : letter;
    return index ? element('msubsup', {}, letter, index, number) : element('msup', {}, letter, number);
  };
  /** One quantity a unit, of the example n if that is given. @param {Maths} letter */
  const ofUnit =
    (letter) =>
    /** @param {number} layer @param {number} unit @param {Maths[]} [example] */
    (layer, unit, example = []) =>
      of(letter, layer, row(...example, ...(example.length > 0 ? [operator(',')] : []), digit(unit + 1)));
  const output = ofUnit(name('a'));
  const input = ofUnit(name('x'));
  return {
    of,
    z: ofUnit(name('z')),
    delta: ofUnit(back('δ')),
    b: ofUnit(name('b')),
    /** The output of a unit; the inputs are x. @type {ReturnType<typeof ofUnit>} */
    a: (layer, unit, example) => (layer < 0 ? input : output)(layer, unit, example),
    /** The weight from unit `input` of the layer before. @param {number} layer @param {number} unit @param {number} input */
    w: (layer, unit, input) => {
      const separator = unit >= 9 || input >= 9 ? ',' : '';
      return of(name('w'), layer, digit(`${unit + 1}${separator}${input + 1}`));
    },
    /** What is put behind a letter in code. @param {number} layer */
    suffix: (layer) => (isNumbered ? String(layer + 1) : ''),
  };
}

/** A parameter's symbol. @param {Symbols} symbols @param {import('../../state.js').Place} place */
export const parameterSymbol = (symbols, { layer, unit, input }) =>
  input === 'bias' ? symbols.b(layer, unit) : symbols.w(layer, unit, input);
