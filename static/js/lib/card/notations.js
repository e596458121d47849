/**
 * A gradient in formulas: as a sum, and as an entry of a product of matrices. What is the same number has the same
 * name in both, in the code beside them, and in the picture.
 *
 * @typedef {import('../mathml.js').Maths} Maths
 * @typedef {import('../wire.js').TraceAnswer} Trace
 * @typedef {import('./subject.js').Facts} Facts
 * @typedef {import('./symbols.js').Symbols} Symbols
 * @typedef {{example: number, left: number | null, right: number | null, product: number | null} | null} Term  null: a gap
 */

import { number } from '../format.js';
import {
  back,
  digit,
  element,
  equals,
  factor,
  gradient,
  name,
  operator,
  plus,
  row,
  sum,
  times,
} from '../mathml.js';
import { key } from '../walk.js';
import { shortened } from './shorten.js';
import { enteringOf } from './subject.js';
import {
  enteringKey,
  gradientKey,
  ofExample,
  parameterKey,
  parameterSymbol,
  termed,
  termedFactor,
  termedValue,
} from './symbols.js';

/** Sums of more terms are written as a table. */
const INLINE = 3;
/** More rows than these are not written out. */
const MOST_TERMS = 40;
/** Rows and columns of a matrix that is written out whole. */
const MOST_ROWS = 4;
const MOST_COLUMNS = 3;
/** Two matrices with more columns than these do not stand side by side. */
const MOST_BESIDE = 4;

const dots = operator('⋯');

/** The names of the two factors: the error, and what comes in. @param {Facts} facts */
export function factorKeys({ place: { layer, unit, input } }) {
  return { delta: key('delta', layer, unit), entering: input === 'bias' ? '' : enteringKey(layer, input) };
}

/** The sum over the batch, term by term. @param {Facts} facts @returns {Term[]} */
export function termsOf({ examples, example, deltas, entering, products }) {
  return shortened(examples, example, MOST_TERMS).map((index) =>
    index === null
      ? null
      : {
          example: index,
          left: deltas[index],
          right: entering ? entering[index] : null,
          product: entering ? (products?.[index] ?? null) : deltas[index],
        },
  );
}

/** ∂L/∂w as its symbol. @param {Facts} facts @param {Symbols} symbols */
export const gradientSymbol = ({ place }, symbols) =>
  termed(gradientKey(place), gradient(termed(parameterKey(place), parameterSymbol(symbols, place))));

/** What a penalty adds, as a symbol. @param {Facts} facts @param {Symbols} symbols */
export function penaltySymbol({ place }, symbols) {
  return element(
    'mfrac',
    {},
    row(operator('∂'), name('P')),
    row(operator('∂'), parameterSymbol(symbols, place)),
  );
}

/**
 * The gradient as a sum: symbols, numbers, products, result. Long sums come as terms for a table.
 * @param {Facts} facts
 * @param {Symbols} symbols
 * @returns {{lines: Maths[], terms: Term[], end: Maths}}
 */
export function sumNotation(facts, symbols) {
  const { place, examples, penalty } = facts;
  const { layer, unit, input } = place;
  const keys = factorKeys(facts);
  const n = examples > 1 ? [name('n')] : [];
  const delta = termed(keys.delta, symbols.delta(layer, unit, n));
  const product =
    input === 'bias' ? delta : row(delta, times, termed(keys.entering, symbols.a(layer - 1, input, n)));
  const more = penalty ? [plus, penaltySymbol(facts, symbols)] : [];
  const first = row(
    gradientSymbol(facts, symbols),
    equals,
    examples > 1 ? sum(name('n'), product) : product,
    ...more,
  );
  const terms = termsOf(facts);
  const end = row(equals, termedValue(gradientKey(place), facts.gradient, { sign: true, strong: true }));
  if (examples > INLINE) return { lines: [first], terms, end };
  return { lines: [first, ...written(facts, terms)], terms: [], end };
}

/** A short sum with its numbers. @param {Facts} facts @param {Term[]} terms */
function written(facts, terms) {
  const keys = factorKeys(facts);
  const { penalty } = facts;
  const own = terms.filter((term) => term !== null);
  const tail = penalty ? [plus, factor(penalty)] : [];
  const factors = own.flatMap(({ example, left, right }, index) => {
    const [delta, entering] = [ofExample(keys.delta, example), ofExample(keys.entering, example)];
    const start = index ? [plus, termedFactor(delta, left)] : [termedValue(delta, left)];
    return facts.isBias ? start : [...start, times, termedFactor(entering, right)];
  });
  const isOne = facts.isBias || own.length + tail.length < 2;
  const added = own.flatMap(({ product }, index) => [...(index ? [plus] : []), factor(product)]);
  return [row(equals, ...factors, ...tail), ...(isOne ? [] : [row(equals, ...added, ...tail)])];
}

/**
 * A matrix, shortened about the entry that matters.
 * @param {(number | null)[][]} numbers
 * @param {{row: number | null, column: number | null}} used  which row, which column (null: none)
 * @param {(row: number, column: number) => string} term  the name of a number, or ''
 * @param {{row: number, column: number}} about
 * @returns {Maths}
 */
function matrix(numbers, used, term, about) {
  const rows = shortened(numbers.length, about.row, MOST_ROWS);
  const columns = shortened(numbers[0].length, about.column, MOST_COLUMNS);
  /** @type {(row: number | null, column: number | null) => Maths} */
  const cell = (r, c) => {
    if (r === null) return element('mtd', {}, operator(c === null ? '⋱' : '⋮'));
    if (c === null) return element('mtd', {}, dots);
    const isUsed = (used.row === null || used.row === r) && (used.column === null || used.column === c);
    const named = term(r, c);
    const attributes = { ...(isUsed ? { class: 'used' } : {}), ...(named ? { 'data-term': named } : {}) };
    return element('mtd', attributes, element('mn', {}, number(numbers[r][c])));
  };
  const lines = rows.map((r) => element('mtr', {}, ...columns.map((c) => cell(r, c))));
  return row(operator('['), element('mtable', {}, ...lines), operator(']'));
}

/** @param {(number | null)[][]} numbers */
const transposed = (numbers) => numbers[0].map((_, column) => numbers.map((line) => line[column]));

/**
 * The gradient as an entry of the layer's matrix, with the row and the column that it is made of marked.
 * @param {Facts} facts
 * @param {Trace} trace
 * @param {Symbols} symbols
 * @returns {Maths[]}
 */
export function matrixNotation(facts, trace, symbols) {
  return facts.isBias ? biasMatrix(facts, trace, symbols) : weightMatrix(facts, trace, symbols);
}

/** @param {Facts} facts @param {Trace} trace @param {Symbols} symbols */
function weightMatrix(facts, trace, symbols) {
  const { layer, unit } = facts.place;
  const input = /** @type {number} */ (facts.place.input);
  const own = trace.layers[layer];
  const keys = factorKeys(facts);
  const dW = symbols.of(row(name('d'), name('W')), layer);
  const transpose = element(
    'msup',
    {},
    row(operator('('), symbols.of(back('δ'), layer), operator(')')),
    name('⊤'),
  );
  const entering = symbols.of(name(layer === 0 ? 'X' : 'A'), layer - 1);
  const more = facts.penalty
    ? [
        plus,
        element('mfrac', {}, row(operator('∂'), name('P')), row(operator('∂'), symbols.of(name('W'), layer))),
      ]
    : [];
  const left = matrix(
    transposed(own.delta),
    { row: unit, column: null },
    (r, c) => (r === unit ? ofExample(keys.delta, c) : ''),
    { row: unit, column: facts.example },
  );
  const right = matrix(
    enteringOf(trace, layer),
    { row: null, column: input },
    (r, c) => (c === input ? ofExample(keys.entering, r) : ''),
    { row: facts.example, column: input },
  );
  const result = matrix(own.dW, { row: unit, column: input }, (r, c) => key('dW', layer, r, c), {
    row: unit,
    column: input,
  });
  const tail = facts.penalty ? [plus, operator('…')] : [];
  const isWide = Math.min(facts.examples, MOST_ROWS) + Math.min(own.dW[0].length, MOST_ROWS) > MOST_BESIDE;
  return [
    row(dW, equals, termed(keys.delta, transpose), times, termed(keys.entering, entering), ...more),
    ...(isWide ? [row(equals, left), row(times, right, ...tail)] : [row(equals, left, right, ...tail)]),
    row(equals, result),
  ];
}

/** @param {Facts} facts @param {Trace} trace @param {Symbols} symbols */
function biasMatrix(facts, trace, symbols) {
  const { layer, unit } = facts.place;
  const own = trace.layers[layer];
  const keys = factorKeys(facts);
  const ones = element('msup', {}, digit(1), name('⊤'));
  const of = (/** @type {number} */ r, /** @type {number} */ c) =>
    c === unit ? ofExample(keys.delta, r) : '';
  return [
    row(
      symbols.of(row(name('d'), name('b')), layer),
      equals,
      ones,
      times,
      termed(keys.delta, symbols.of(back('δ'), layer)),
    ),
    row(
      equals,
      matrix([own.delta.map(() => 1)], { row: null, column: null }, () => '', {
        row: 0,
        column: facts.example,
      }),
      matrix(own.delta, { row: null, column: unit }, of, { row: facts.example, column: unit }),
    ),
    row(
      equals,
      matrix([own.db], { row: 0, column: unit }, (_, c) => key('db', layer, c), { row: 0, column: unit }),
    ),
  ];
}
