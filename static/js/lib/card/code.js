/**
 * A gradient in code: the NumPy line, the PyTorch line, and Python to be copied that gives the very number.
 *
 * Layers are counted from 1 here, as in the formulas; the rows and columns of an array from 0, as Python does.
 *
 * @typedef {import('../wire.js').TraceAnswer} Trace
 * @typedef {import('./subject.js').Facts} Facts
 * @typedef {import('./symbols.js').Symbols} Symbols
 * @typedef {{text: string, term?: string}} Piece
 * @typedef {{code: Piece[], result: Piece[]}} CodeLine  a line, and beside it what it gives
 */

import { factorKeys } from './notations.js';
import { shortened } from './shorten.js';
import { enteringOf } from './subject.js';
import { gradientKey, ofExample, parameterKey } from './symbols.js';

/** Numbers of a list that are written out. */
const MOST_LISTED = 4;
/** A layer's arrays of more numbers than these are copied as the two columns that matter. */
const MOST_COPIED = 4000;
const DIGITS = 4;

/** A double as Python writes it; what does not fit into one is a nan. @param {number | null | undefined} value */
const exact = (value) => (value === null || value === undefined ? 'np.nan' : String(value));

/** @param {number | null} value */
const rounded = (value) => (value === null ? 'nan' : String(Number(value.toPrecision(DIGITS))));

/** A list of one number an example. @param {(number | null)[]} values @param {string} term @param {number} example @returns {Piece[]} */
function list(values, term, example) {
  const parts = shortened(values.length, example, MOST_LISTED).flatMap((index, at) => {
    const piece =
      index === null ? { text: '…' } : { text: rounded(values[index]), term: ofExample(term, index) };
    return at ? [{ text: ', ' }, piece] : [piece];
  });
  return [{ text: '[' }, ...parts, { text: ']' }];
}

/** What the arrays are called. @param {Facts} facts @param {Symbols} symbols */
function namesOf({ place: { layer } }, symbols) {
  const suffix = symbols.suffix(layer);
  return {
    delta: `delta${suffix}`,
    entering: layer === 0 ? 'x' : `a${symbols.suffix(layer - 1)}`,
    dW: `dW${suffix}`,
    db: `db${suffix}`,
    W: `W${suffix}`,
    layer: `layer${suffix}`,
  };
}

/** What a penalty adds to the gradient of a weight. @param {Facts} facts @param {string} weight */
const penaltyOf = ({ l1, l2, isBias }, weight, sign = 'np.sign') =>
  isBias
    ? ''
    : `${l1 ? ` + ${exact(l1)} * ${sign}(${weight})` : ''}${l2 ? ` + ${exact(l2)} * ${weight}` : ''}`;

/**
 * @param {Facts} facts
 * @param {Symbols} symbols
 * @returns {CodeLine[]}
 */
export function numpyLines(facts, symbols) {
  const { unit, input } = facts.place;
  const names = namesOf(facts, symbols);
  const keys = factorKeys(facts);
  const delta = { text: `${names.delta}[:, ${unit}]`, term: keys.delta };
  const whole = gradientKey(facts.place);
  const result = [{ text: rounded(facts.gradient), term: whole }];
  const errors = { code: [delta], result: list(facts.deltas, keys.delta, facts.example) };
  if (facts.entering === null)
    return [
      errors,
      {
        code: [{ text: `${names.db}[${unit}]`, term: whole }, { text: ' = ' }, delta, { text: '.sum()' }],
        result,
      },
    ];
  const entering = { text: `${names.entering}[:, ${input}]`, term: keys.entering };
  const weight = `${names.W}[${unit}, ${input}]`;
  const more = penaltyOf(facts, weight);
  return [
    errors,
    { code: [entering], result: list(facts.entering, keys.entering, facts.example) },
    {
      code: [
        { text: `${names.dW}[${unit}, ${input}]`, term: whole },
        { text: ' = ' },
        delta,
        { text: ' @ ' },
        entering,
        ...(more ? [{ text: more, term: parameterKey(facts.place) }] : []),
      ],
      result,
    },
  ];
}

/**
 * @param {Facts} facts
 * @param {Symbols} symbols
 * @returns {CodeLine[]}
 */
export function torchLines(facts, symbols) {
  const { unit, input } = facts.place;
  const names = namesOf(facts, symbols);
  const keys = factorKeys(facts);
  const term = gradientKey(facts.place);
  const result = [{ text: `tensor(${rounded(facts.gradient)})`, term }];
  const start = { code: [{ text: 'loss.backward()' }], result: [] };
  const delta = { text: names.delta, term: keys.delta };
  if (input === 'bias')
    return [
      start,
      { code: [{ text: `${names.layer}.bias.grad[${unit}]`, term }], result },
      { code: [delta, { text: `.sum(0)[${unit}]` }], result },
    ];
  const at = `[${unit}, ${input}]`;
  const more = penaltyOf(facts, `${names.layer}.weight${at}`, 'torch.sign');
  return [
    start,
    { code: [{ text: `${names.layer}.weight.grad${at}`, term }], result },
    {
      code: [
        { text: '(' },
        { ...delta, text: `${delta.text}.T` },
        { text: ' @ ' },
        { text: names.entering, term: keys.entering },
        { text: `)${at}` },
        ...(more ? [{ text: more, term: parameterKey(facts.place) }] : []),
      ],
      result,
    },
  ];
}

/** @param {(number | null)[] | (number | null)[][]} numbers @returns {string} */
const array = (numbers) =>
  `[${numbers.map((one) => (Array.isArray(one) ? array(one) : exact(one))).join(', ')}]`;

/** @param {(number | null)[][]} numbers */
const rows = (numbers) => `np.array([\n${numbers.map((one) => `    ${array(one)},\n`).join('')}])`;

/**
 * Python that stands alone: the layer's numbers, each digit of them, and the line that makes the gradient of them.
 * @param {Facts} facts
 * @param {Trace} trace
 * @param {Symbols} symbols
 * @param {string} title  what it computes, for its first line
 */
export function pythonText(facts, trace, symbols, title) {
  const { layer, unit, input } = facts.place;
  const names = namesOf(facts, symbols);
  const [deltas, entering] = [trace.layers[layer].delta, enteringOf(trace, layer)];
  const isLarge = deltas.length * (deltas[0].length + entering[0].length) > MOST_COPIED;
  const start = [`# ${title}`, 'import numpy as np', ''];
  const delta = isLarge ? `${names.delta}_${unit}` : `${names.delta}[:, ${unit}]`;
  const given = isLarge
    ? [`${delta} = np.array(${array(facts.deltas)})`]
    : [`${names.delta} = ${rows(deltas)}`];
  if (input === 'bias') return [...start, ...given, `print(${delta}.sum())`, ''].join('\n');
  const source = isLarge ? `${names.entering}_${input}` : `${names.entering}[:, ${input}]`;
  const more = penaltyOf(facts, 'w');
  return [
    ...start,
    ...given,
    isLarge
      ? `${source} = np.array(${array(facts.entering ?? [])})`
      : `${names.entering} = ${rows(entering)}`,
    ...(more ? [`w = ${exact(facts.value)}`] : []),
    `print(${delta} @ ${source}${more})`,
    '',
  ].join('\n');
}
