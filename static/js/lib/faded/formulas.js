/**
 * The formula of each kind of line, in symbols and with its numbers put in: the table `FORMULAS`.
 *
 * Symbols are the lab's: a raised (2) is the second layer. A number that is not known yet is a question mark.
 *
 * @typedef {import('../mathml.js').Maths} Maths
 * @typedef {import('./sheet.js').Sheet} Sheet
 * @typedef {import('./sheet.js').PassLine} PassLine
 * @typedef {{symbol: Maths, formula: Maths[], numbers: Maths[]}} Written  `symbol` = `formula` = `numbers`
 * @typedef {{layer: number, unit: number, input: number, at: (name: string, isBack?: boolean) => Maths,
 *   known: (value: number | undefined | null, isBack?: boolean) => Maths, sheet: Sheet,
 *   pass: import('./sheet.js').PassAnswer}} Place
 */

import { number } from '../format.js';
import { t } from '../i18n.js';
import {
  digit,
  element,
  equals,
  fraction,
  minus,
  name,
  operator,
  parentheses,
  plus,
  power,
  row,
  sub,
  text,
  times,
} from '../mathml.js';
import { UNITS, isMistaken, valueOf } from './sheet.js';

const HALF = digit('½');
const SIGMOID = element(
  'mstyle',
  { displaystyle: 'true' }, // or it would be too small to read
  fraction(digit(1), row(digit(1), plus, power(name('e'), row(operator('−'), name('z'))))),
);

/** @param {number} layer @param {Maths[]} more */
const raised = (layer, ...more) => row(operator('('), digit(layer + 1), operator(')'), ...more);

/** @param {string} letter @param {number} layer @param {string | number} index @param {boolean} [isBack] */
const symbolOf = (letter, layer, index, isBack = false) =>
  element('msubsup', {}, element('mi', isBack ? { class: 'back' } : {}, letter), digit(index), raised(layer));

const z = (/** @type {number} */ layer, /** @type {number} */ unit) => symbolOf('z', layer, unit + 1);
const delta = (/** @type {number} */ layer, /** @type {number} */ unit) =>
  symbolOf('δ', layer, unit + 1, true);
const target = (/** @type {number} */ unit) => sub(name('y'), digit(unit + 1));
const weight = (/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number} */ input) =>
  symbolOf('w', layer, `${unit + 1}${input + 1}`);

/** A weight that was updated before the error came back. @param {number} layer @param {number} unit @param {number} input */
const weightAfter = (layer, unit, input) =>
  element(
    'msubsup',
    {},
    name('w'),
    digit(`${unit + 1}${input + 1}`),
    raised(layer, text(`\u00a0${t('new')}`)),
  );

/** What a unit of a layer says; x are the inputs. @param {number} layer @param {number} unit */
const output = (layer, unit) =>
  layer < 0 ? sub(name('x'), digit(unit + 1)) : symbolOf('a', layer, unit + 1);

/** ∂L/∂ something, on one line. @param {Maths} quantity */
const gradient = (quantity) =>
  row(
    element(
      'mrow',
      { class: 'back' },
      operator('∂'),
      name('L'),
      element('mo', { lspace: '0', rspace: '0' }, '/'),
      operator('∂'),
      quantity,
    ),
  );

const slope = (/** @type {Maths} */ at) => row(name('f′'), parentheses(at));

/** @param {number | null | undefined} value @param {boolean} [isBack] */
const bare = (value, isBack = false) =>
  value === null || value === undefined
    ? element('mo', { class: 'unknown' }, '?')
    : element('mn', isBack ? { class: 'back' } : {}, number(value));

/** A number inside a product or a sum: one below 0 stands in brackets. @param {number | null | undefined} value @param {boolean} [isBack] */
const written = (value, isBack = false) =>
  Number(value) < 0 ? parentheses(bare(value, isBack)) : bare(value, isBack);

/** @param {Place} place @param {number} layer @param {number} unit */
const input = ({ at, known, pass }, layer, unit) =>
  layer < 0 ? known(pass.inputs[unit]) : at(`a_${UNITS[layer + 1][unit]}`);

/** @type {Record<PassLine['kind'], (place: Place) => Written>} */
const FORMULAS = {
  z: (place) => {
    const { layer, unit, known, pass } = place;
    const { weights, biases } = pass.parameters[layer];
    const term = (/** @type {number} */ from) => [
      weight(layer, unit, from),
      times,
      output(layer - 1, from),
      plus,
    ];
    const product = (/** @type {number} */ from) => [
      known(weights[unit][from]),
      times,
      input(place, layer - 1, from),
      plus,
    ];
    return {
      symbol: z(layer, unit),
      formula: [...term(0), ...term(1), symbolOf('b', layer, unit + 1)],
      numbers: [...product(0), ...product(1), known(biases[unit])],
    };
  },
  a: ({ layer, unit, sheet }) => ({
    symbol: output(layer, unit),
    formula: [name('f'), parentheses(z(layer, unit)), equals, SIGMOID],
    numbers: [name('f'), parentheses(bare(valueOf(sheet, `z_${UNITS[layer + 1][unit]}`)))],
  }),
  part: ({ layer, unit, at, known, pass }) => {
    const square = (/** @type {Maths[]} */ ...inner) => [HALF, power(parentheses(...inner), digit(2))];
    return {
      symbol: sub(name('L'), digit(unit + 1)),
      formula: square(output(layer, unit), minus, target(unit)),
      numbers: square(at(`a_${UNITS[2][unit]}`), minus, known(pass.targets[unit])),
    };
  },
  loss: ({ at }) => ({
    symbol: name('L'),
    formula: [sub(name('L'), digit(1)), plus, sub(name('L'), digit(2))],
    numbers: [at('loss_o1'), plus, at('loss_o2')],
  }),
  da_loss: ({ layer, unit, at, known, pass }) => ({
    symbol: gradient(output(layer, unit)),
    formula: [output(layer, unit), minus, target(unit)],
    numbers: [at(`a_${UNITS[2][unit]}`), minus, known(pass.targets[unit])],
  }),
  derivative: ({ layer, unit, at }) => {
    const a = at(`a_${UNITS[layer + 1][unit]}`);
    const shape = (/** @type {Maths} */ one) => [one, times, parentheses(digit(1), minus, one)];
    return { symbol: slope(z(layer, unit)), formula: shape(output(layer, unit)), numbers: shape(a) };
  },
  delta: ({ layer, unit, at }) => ({
    symbol: delta(layer, unit),
    formula: [gradient(output(layer, unit)), times, slope(z(layer, unit))],
    numbers: [
      at(`da_${UNITS[layer + 1][unit]}`, true),
      times,
      at(`derivative_${UNITS[layer + 1][unit]}`, true),
    ],
  }),
  da: ({ layer, unit, at, known, pass, sheet }) => {
    const isMistake = isMistaken(sheet, `da_${UNITS[layer + 1][unit]}`);
    const symbol = (/** @type {number} */ to) => [
      delta(layer + 1, to),
      times,
      isMistake ? weightAfter(layer + 1, to, unit) : weight(layer + 1, to, unit),
    ];
    const product = (/** @type {number} */ to) => [
      at(`delta_${UNITS[layer + 2][to]}`, true),
      times,
      isMistake
        ? at(`weight_${UNITS[layer + 2][to]}_${UNITS[layer + 1][unit]}`)
        : known(pass.parameters[layer + 1].weights[to][unit]),
    ];
    return {
      symbol: gradient(output(layer, unit)),
      formula: [...symbol(0), plus, ...symbol(1)],
      numbers: [...product(0), plus, ...product(1)],
    };
  },
  dW: (place) => {
    const { layer, unit, input: from, at } = place;
    return {
      symbol: gradient(weight(layer, unit, from)),
      formula: [delta(layer, unit), times, output(layer - 1, from)],
      numbers: [at(`delta_${UNITS[layer + 1][unit]}`, true), times, input(place, layer - 1, from)],
    };
  },
  weight: ({ layer, unit, input: from, at, known, pass }) => {
    const own = weight(layer, unit, from);
    return {
      symbol: weightAfter(layer, unit, from),
      formula: [own, minus, name('η'), times, gradient(own)],
      numbers: [
        known(pass.parameters[layer].weights[unit][from]),
        minus,
        known(pass.learning_rate),
        times,
        at(`dW_${UNITS[layer + 1][unit]}_${UNITS[layer][from]}`, true),
      ],
    };
  },
  loss_after: () => ({
    symbol: element('msup', {}, name('L'), text(`\u00a0${t('new')}`)),
    formula: [],
    numbers: [],
  }),
};

/** @param {Sheet} sheet @param {PassLine} line @returns {Written} */
export function write(sheet, { kind, layer, unit, input: from }) {
  const pass = /** @type {import('./sheet.js').PassAnswer} */ (sheet.pass);
  return FORMULAS[kind]({
    ...{ layer: Number(layer), unit: Number(unit), input: Number(from) },
    ...{ sheet, pass, known: written, at: (of, isBack = false) => written(valueOf(sheet, of), isBack) },
  });
}

/** At the beginning of a line it is still between two terms. */
const PLUS = element('mo', { form: 'infix' }, '+');

/** A sum in pieces, each with its plus before it, so that it can be broken where there is little room. @param {Maths[]} parts @returns {Maths[]} */
export function pieces(parts) {
  /** @type {Maths[][]} */
  const found = [[]];
  for (const part of parts) {
    if (part === plus) found.push([PLUS]);
    else found[found.length - 1].push(part);
  }
  return found.map((one) => row(...one));
}
