/** The examples as points: class by colour and symbol, held out hollow, wrong crossed, the followed one ringed. */

import { SYMBOLS, groupColours, groupName } from '../../lib/answers.js';
import { count, full } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

/**
 * @typedef {import('../boundary.js').Slice} Slice
 * @typedef {import('../../lib/answers.js').Example} Example
 * @typedef {import('../../lib/view.js').Colours} Colours
 */

/** Points are smaller where there are many. */
const SIZES = [
  [60, 12],
  [250, 9],
];
const SMALLEST = 6;

/** @param {Slice} slice @param {Example} example */
export function wrong({ answers, groups }, { index, group }) {
  const answer = answers.get(index);
  return groups > 0 && answer !== undefined && answer.group !== null && answer.group !== group;
}

/**
 * What a click on a point chooses: −1 says that it is not in the batch; null while there is no batch to follow.
 * @param {Slice} slice @param {Example} example
 */
export function pickOf({ rows }, { index }) {
  return rows.size === 0 ? null : { example: rows.get(index) ?? -1 };
}

/** All that is known of an example, in full. @param {Slice} slice @param {Example} example */
export function hoverOf(slice, example) {
  const { answers, groups, middle, inputNames } = slice;
  const answer = answers.get(example.index);
  const inputs =
    example.inputs.length > 2 ? [] : example.inputs.map((x, at) => `${inputNames[at]} = ${full(x)}`);
  const outputs = answer?.outputs.map((value) => full(value)).join(', ');
  return [
    `<b>${t('example {number}', { number: count(example.index + 1) })}</b>${example.isTest ? ` · ${t('held out')}` : ''}`,
    ...inputs,
    groups > 2
      ? t('class {name}', { name: groupName(example.group, middle) })
      : `${t('target')} ${example.targets.map((value) => full(value)).join(', ')}`,
    ...(outputs === undefined ? [] : [`${t('output')} ${outputs}`]),
    ...(wrong(slice, example) ? [`✗ ${t('wrong')}`] : []),
    ...(answer?.isUndecided ? [`? ${t('undecided')}`] : []),
  ].join('<br>');
}

/** @param {Slice} slice */
function sizeOf({ kind, examples }) {
  // Before a line, points are small: the line has to be seen.
  if (kind === 'line') return SMALLEST;
  return SIZES.find(([most]) => examples.length <= most)?.[1] ?? SMALLEST;
}

/**
 * @param {Slice} slice
 * @param {Colours} colours
 * @param {(example: Example) => {x: number | null, y: number | null}} placeOf
 * @param {object | null} [scale]  of the points' colours where they have no class
 */
export function pointTraces(slice, colours, placeOf, scale = null) {
  const { examples, groups, isTraining } = slice;
  const size = sizeOf(slice);
  const own = groupColours(groups, colours);
  const colourOf = (/** @type {Example} */ { group }) => own[group % own.length];
  const symbolOf = (/** @type {Example} */ { group, isTest }) =>
    `${groups > 0 ? SYMBOLS[group % SYMBOLS.length] : 'circle'}${isTest ? '-open' : ''}`;
  const places = examples.map(placeOf);
  const points = {
    x: places.map(({ x }) => x),
    y: places.map(({ y }) => y),
    mode: 'markers',
    hoverinfo: 'text',
    cliponaxis: false,
    ...(isTraining
      ? { hoverinfo: 'skip' }
      : {
          hovertext: examples.map((example) => hoverOf(slice, example)),
          customdata: examples.map((example) => pickOf(slice, example)),
        }),
    marker: {
      size,
      opacity: 1,
      symbol: examples.map(symbolOf),
      color: groups > 0 ? examples.map(colourOf) : colours.muted,
      line: { width: examples.map(({ isTest }) => (isTest ? 2 : 1)), color: rimOf(slice, colours, colourOf) },
      ...scale,
    },
  };
  return [points, ...crosses(slice, colours, placeOf, size), ...ring(slice, colours, placeOf, size)];
}

/** A filled point has the paper's rim, so that it stands out; a hollow one is nothing but its rim. @param {Slice} slice @param {Colours} colours @param {(example: Example) => string} colourOf */
function rimOf({ examples, groups }, { panel, muted }, colourOf) {
  return examples.map((example) => (groups === 0 ? muted : example.isTest ? colourOf(example) : panel));
}

/** @param {Slice} slice @param {Colours} colours @param {(example: Example) => {x: number | null, y: number | null}} placeOf @param {number} size */
function crosses(slice, { ink }, placeOf, size) {
  const places = slice.examples.filter((example) => wrong(slice, example)).map(placeOf);
  if (places.length === 0) return [];
  return [
    {
      x: places.map(({ x }) => x),
      y: places.map(({ y }) => y),
      mode: 'markers',
      hoverinfo: 'skip',
      cliponaxis: false,
      marker: { symbol: 'x-thin', size, opacity: 1, line: { width: 1.5, color: ink } },
    },
  ];
}

/** @param {Slice} slice @param {Colours} colours @param {(example: Example) => {x: number | null, y: number | null}} placeOf @param {number} size */
function ring({ examples, followed }, { ink }, placeOf, size) {
  if (followed === null || examples.length < 2) return [];
  const { x, y } = placeOf(examples[followed]);
  return [
    {
      x: [x],
      y: [y],
      mode: 'markers',
      hoverinfo: 'skip',
      cliponaxis: false,
      marker: {
        symbol: 'circle-open',
        size: size + 10,
        opacity: 1,
        color: ink,
        line: { width: 2.5, color: ink },
      },
    },
  ];
}
