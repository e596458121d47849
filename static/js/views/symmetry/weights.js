/**
 * The weights of one start, drawn about the middle: up what is above 0, down what is below.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('./losses.js').Slice} Slice
 * @typedef {import('../../lib/wire.js').HiddenUnitAnswer} Unit
 */

import { count, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { chosenRun, sliceOf } from './losses.js';
import { ratioWords, told } from './words.js';

export const INPUTS = ['x₁', 'x₂', 'x₃', 'x₄', 'x₅', 'x₆'];
/** Where the bars stand: between the third and the fourth there is the mirror. */
const PLACES = [0, 1, 2, 3.5, 4.5, 5.5];
const MIDDLE = 2.75;
const ENDS = [-0.6, 6.1];
const MARGIN = { l: 14, r: 14, t: 34, b: 32 };
/** Room for the numbers at the ends of the bars, as a share of the largest. */
const ROOM = 0.28;

/** The weights of the chosen start at a place of the lesson. @param {number} place @returns {View} */
export const weightsOf = (place) => ({
  name: `symmetry-weights-${place}`,
  select: (state) => sliceOf(state, place),
  figure,
  describe,
  table,
});

/** @param {Slice} slice @param {Frame} frame */
function figure(slice, frame) {
  const run = chosenRun(slice);
  if (!run) return { data: [], layout: {}, shape: 'none' };
  const { units } = run.finding;
  const most = Math.max(...units.flatMap(({ weights }) => weights.map((one) => Math.abs(one ?? 0))));
  const { isNarrow, colours } = frame;
  const places = units.map((_, index) => (isNarrow ? stacked(index) : beside(index)));
  return {
    data: units.map((unit, index) => bars(unit, index, colours)),
    layout: {
      margin: MARGIN,
      ...Object.fromEntries(places.flatMap((place, index) => axesOf(place, index, most, colours))),
      shapes: places.flatMap((_, index) => linesOf(index, most, colours)),
      annotations: units.map((_, index) => headOf(places[index], index, colours)),
    },
    shape: isNarrow ? 'stacked' : 'beside',
  };
}

/** @param {number} index */
const beside = (index) => ({ across: index === 0 ? [0, 0.47] : [0.53, 1], up: [0, 1] });
/** @param {number} index */
const stacked = (index) => ({ across: [0, 1], up: index === 0 ? [0.58, 1] : [0, 0.42] });

/** @param {number} index */
const axisName = (index) => (index === 0 ? '' : String(index + 1));

/** A weight at the end of its bar, to hundredths: a small one may be as good as 0. @param {number | null} weight */
const short = (weight) =>
  weight === null ? '∞' : number(Number(weight.toFixed(2)), { digits: 3, sign: true });

/** @param {Unit} unit @param {number} index @param {Frame['colours']} colours */
const bars = ({ weights }, index, colours) => ({
  ...{ type: 'bar', x: PLACES, width: 0.7, y: weights, hoverinfo: 'skip', cliponaxis: false },
  ...{ xaxis: `x${axisName(index)}`, yaxis: `y${axisName(index)}` },
  marker: {
    color: weights.map((one) => ((one ?? 0) < 0 ? colours.negative : colours.positive)),
    // A second mark for the sign, beside its direction: below 0 the bars are hatched.
    pattern: { shape: weights.map((one) => ((one ?? 0) < 0 ? '/' : '')), size: 7, solidity: 0.3 },
  },
  text: weights.map(short),
  textposition: 'outside',
  textfont: { size: 14, color: colours.ink },
  textangle: 0,
  constraintext: 'none',
});

/** @param {{across: number[], up: number[]}} place @param {number} index @param {number} most @param {Frame['colours']} colours */
const axesOf = ({ across, up }, index, most, colours) => [
  [
    `xaxis${axisName(index)}`,
    {
      ...{ domain: across, anchor: `y${axisName(index)}`, range: ENDS, fixedrange: true },
      ...{ tickvals: PLACES, ticktext: INPUTS, zeroline: false, showgrid: false },
      tickfont: { size: 14, color: colours.muted },
    },
  ],
  [
    `yaxis${axisName(index)}`,
    {
      ...{ domain: up, anchor: `x${axisName(index)}`, fixedrange: true, visible: false },
      range: [-(1 + ROOM) * most, (1 + ROOM) * most],
    },
  ],
];

/** The line of 0, and the mirror. @param {number} index @param {number} most @param {Frame['colours']} colours */
function linesOf(index, most, colours) {
  const axes = { type: 'line', xref: `x${axisName(index)}`, yref: `y${axisName(index)}` };
  const end = (1 + ROOM) * most;
  return [
    { ...axes, x0: ENDS[0], x1: ENDS[1], y0: 0, y1: 0, line: { color: colours.muted, width: 1 } },
    {
      ...axes,
      x0: MIDDLE,
      x1: MIDDLE,
      y0: -end,
      y1: end,
      line: { color: colours.back, width: 2, dash: '4px,4px' },
    },
  ];
}

/** @param {{across: number[], up: number[]}} place @param {number} index @param {Frame['colours']} colours */
const headOf = ({ across, up }, index, colours) => ({
  ...{
    xref: 'paper',
    yref: 'paper',
    x: (across[0] + across[1]) / 2,
    y: up[1],
    xanchor: 'center',
    yanchor: 'bottom',
  },
  text: t('hidden unit {unit}', { unit: index + 1 }),
  showarrow: false,
  font: { size: 14, color: colours.ink },
});

/** @param {Slice} slice */
function describe(slice) {
  const run = chosenRun(slice);
  return run && slice.chosen !== null
    ? told(slice.chosen, run, slice.patterns)
    : t('No start is chosen yet.');
}

/** @param {Slice} slice */
function table(slice) {
  const run = chosenRun(slice);
  const units = run?.finding.units ?? [];
  return {
    columns: [t('what'), ...units.map((_, index) => t('hidden unit {unit}', { unit: index + 1 }))],
    rows: [
      ...INPUTS.map((name, at) => ({
        cells: [t('weight of {input}', { input: name }), ...units.map(({ weights }) => weights[at])],
      })),
      { cells: [t('bias'), ...units.map(({ bias }) => bias)] },
      { cells: [t('ratio of the sizes'), ...units.map(({ ratio }) => ratioWords(ratio))] },
      {
        cells: [
          t('mirrored weights do not cancel by'),
          ...units.map(
            ({ mismatch }) => `${number(mismatch === null ? null : 100 * mismatch, { digits: 2 })} %`,
          ),
        ],
      },
      { cells: [t('patterns right'), ...units.map(() => count(run?.finding.right ?? 0))] },
    ],
  };
}
