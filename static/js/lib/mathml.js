/**
 * Formulas as plain trees, to be turned into MathML by whoever has a document.
 *
 * @typedef {{tag: string, attributes: Record<string, string>, children: (Maths | string)[]}} Maths
 */

import { number } from './format.js';

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Maths | string)} children
 * @returns {Maths}
 */
export function element(tag, attributes, ...children) {
  return { tag, attributes, children };
}

/** @param {...(Maths | string)} children */
export const row = (...children) => element('mrow', {}, ...children);

/** A name; upright where it is a function's. @param {string} name */
export const name = (name) => element('mi', name.length > 1 ? { mathvariant: 'normal' } : {}, name);

/** A quantity of the backward pass, in its colour. @param {string} text */
export const back = (text) => element('mi', { class: 'back' }, text);

/** @param {string} sign */
export const operator = (sign) => element('mo', {}, sign);

export const equals = operator('=');
export const plus = operator('+');
export const minus = operator('−');
export const times = operator('·');

/** @param {string} text */
export const text = (text) => element('mtext', {}, text);

/** A digit or number that is part of the formula itself. @param {string | number} value */
export const digit = (value) => element('mn', {}, String(value));

/** @param {Maths} base @param {Maths} index */
export const sub = (base, index) => element('msub', {}, base, index);

/** @param {Maths} base @param {Maths} exponent */
export const power = (base, exponent) => element('msup', {}, base, exponent);

/** @param {Maths} above @param {Maths} below */
export const fraction = (above, below) => element('mfrac', {}, above, below);

/** @param {Maths} of */
export const root = (of) => element('msqrt', {}, of);

/** @param {...Maths} children */
export const parentheses = (...children) => row(operator('('), ...children, operator(')'));

/** @param {Maths} index @param {...Maths} body */
export const sum = (index, ...body) => row(element('munder', {}, operator('∑'), index), ...body);

/** A quantity with the number of its unit, counted from 1. @param {string} letter @param {number} unit */
export const indexed = (letter, unit) => sub(name(letter), digit(unit + 1));

/** The weight from unit `input` to unit `unit`. @param {number} unit @param {number} input */
export function weight(unit, input) {
  const separator = unit >= 9 || input >= 9 ? ',' : '';
  return sub(name('w'), digit(`${unit + 1}${separator}${input + 1}`));
}

/** ∂L/∂ something. @param {Maths} quantity */
export const gradient = (quantity) =>
  fraction(
    element('mrow', { class: 'back' }, operator('∂'), name('L')),
    element('mrow', { class: 'back' }, operator('∂'), quantity),
  );

/**
 * A number of the engine, coloured by its sign.
 * @param {number | null} value
 * @param {{sign?: boolean, strong?: boolean}} [options]  `sign`: write + too
 */
export function value(value, { sign = false, strong = false } = {}) {
  const colour = value === null || value === 0 ? 'zero' : value < 0 ? 'negative' : 'positive';
  return element('mn', { class: strong ? `${colour} strong` : colour }, number(value, { sign }));
}

/**
 * A factor: negative numbers in parentheses.
 * @param {number | null} number
 */
export function factor(number) {
  return number !== null && number < 0 ? parentheses(value(number)) : value(number);
}

/**
 * Numbers added up, a minus sign taking the place of "+ −".
 * @param {(number | null)[]} numbers
 */
export function added(numbers) {
  return row(
    ...numbers.flatMap((one, index) => {
      if (index === 0) return [value(one)];
      if (one === null || one >= 0) return [plus, value(one)];
      return [minus, element('mn', { class: 'negative' }, number(-one))];
    }),
  );
}
