/**
 * A network as layers, every weight and bias marked by what the gradient check says of it.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('../../lesson-state.js').SabotageState} SabotageState
 * @typedef {SabotageState & {place: number}} Slice
 * @typedef {import('../../lib/wire.js').SabotageAnswer} Case
 * @typedef {'passes' | 'near' | 'far'} Grade
 */

import { count, number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';

const MARGIN = { l: 16, r: 16, t: 38, b: 12 };
const NARROW_TOP = 64;
/** A relative error beyond which a gradient is far off. */
const FAR = 0.2;
/** A bias stands so far before its neuron, and above it, in layers and in neurons. */
const BIAS = { before: 0.16, above: 0.32 };
/** @type {Grade[]} */
const GRADES = ['passes', 'near', 'far'];

/** The network at a place of the lesson. @param {number} place @returns {View} */
export const networkOf = (place) => ({
  name: `sabotage-${place}`,
  select: (state) => sliceOf(state, place),
  figure,
  describe,
  table,
});

/** @param {any} state @param {number} place @returns {Slice | null} */
export function sliceOf(state, place) {
  const found = /** @type {import('../../lesson-state.js').State} */ (state).sabotages[place];
  return found ? { ...found, place } : null;
}

/** What the check says of a relative error. @param {number | null} error @param {number} tolerance @returns {Grade} */
export const gradeOf = (error, tolerance) =>
  error !== null && error <= tolerance ? 'passes' : error !== null && error < FAR ? 'near' : 'far';

/** The name of a layer: hidden ones are numbered. @param {Case} found @param {number} layer */
export const layerName = ({ layers }, layer) =>
  layer === layers.length - 1 ? t('output layer') : t('hidden layer {number}', { number: layer + 1 });

/** The name of a parameter, as it stands in a table: w and b with the neuron, and where it comes from. @param {number} unit @param {number | 'bias'} from */
export const parameterSign = (unit, from) =>
  from === 'bias' ? `b${sub(unit)}` : `w${sub(unit)}${sub(from)}`;

/** The name of what comes in from a neuron of the layer before. @param {number} from */
export const inputSign = (from) => `x${sub(from)}`;

/** @param {number} index */
const sub = (index) => '₁₂₃₄₅₆₇₈₉'[index];

/** Where a neuron is: across by its layer (inputs are −1), up by its number. @param {number} layer @param {number} unit @param {number} units */
const placeOf = (layer, unit, units) => [layer + 1, (units - 1) / 2 - unit];

/** Every parameter: its line (a bias has a short one), and its grade. @param {Case} found */
export function markedOf({ layers, tolerance }) {
  return layers.flatMap(({ units, relative_errors: errors, x }, layer) => {
    const fanIn = x[0].length;
    return errors.weights.flatMap((row, unit) => {
      const to = placeOf(layer, unit, units);
      const weights = row.map((error, from) => ({
        ...{ layer, unit, from: /** @type {number | 'bias'} */ (from), grade: gradeOf(error, tolerance) },
        line: [placeOf(layer - 1, from, fanIn), to],
      }));
      const grade = gradeOf(errors.biases[unit], tolerance);
      const start = [to[0] - BIAS.before, to[1] + BIAS.above];
      return [
        ...weights,
        { layer, unit, from: /** @type {number | 'bias'} */ ('bias'), grade, line: [start, to] },
      ];
    });
  });
}

/** @param {Slice} slice @param {Frame} frame */
function figure({ found, layer: chosen }, { colours, isNarrow }) {
  if (!found) return { data: [], layout: {}, shape: 'none' };
  const marked = markedOf(found);
  const sizes = [found.inputs[0].length, ...found.layers.map(({ units }) => units)];
  const tallest = Math.max(...sizes);
  const end = (tallest - 1) / 2 + 0.65;
  return {
    data: [
      ...GRADES.map((grade) => linesOf(marked, grade, colours)),
      biasesOf(marked, colours),
      neuronsOf(sizes, isNarrow, colours),
    ],
    layout: {
      margin: isNarrow ? { ...MARGIN, t: NARROW_TOP } : MARGIN,
      xaxis: { visible: false, fixedrange: true, range: [-0.35, found.layers.length + 0.35] },
      yaxis: { visible: false, fixedrange: true, range: [-end, end] },
      annotations: found.layers.map((_, layer) => headOf(found, layer, chosen, isNarrow, colours)),
      shapes: chosen === null ? [] : [bandOf(chosen, end, colours)],
    },
    shape: 'network',
  };
}

/** One line for all of a grade: its colour, its dash and its width say the same. @param {ReturnType<typeof markedOf>} marked @param {Grade} grade @param {Frame['colours']} colours */
function linesOf(marked, grade, colours) {
  const lines = marked.filter((one) => one.grade === grade).map(({ line }) => line);
  const style = {
    passes: { color: colours.positive, width: 1.6, dash: 'solid' },
    near: { color: colours.negative, width: 2.6, dash: '3px,3px' },
    far: { color: colours.negative, width: 4.2, dash: '8px,4px' },
  }[grade];
  return {
    x: lines.flatMap(([from, to]) => [from[0], to[0], null]),
    y: lines.flatMap(([from, to]) => [from[1], to[1], null]),
    ...{ mode: 'lines', hoverinfo: 'skip', line: style },
  };
}

/** A bias is a small square, with a cross where it fails. @param {ReturnType<typeof markedOf>} marked @param {Frame['colours']} colours */
function biasesOf(marked, colours) {
  const biases = marked.filter(({ from }) => from === 'bias');
  const of = (/** @type {(grade: Grade) => any} */ value) => biases.map(({ grade }) => value(grade));
  return {
    x: biases.map(({ line: [start] }) => start[0]),
    y: biases.map(({ line: [start] }) => start[1]),
    ...{ mode: 'markers', hoverinfo: 'skip' },
    marker: {
      size: 13,
      opacity: 1,
      symbol: of((grade) => (grade === 'passes' ? 'square' : 'x')),
      color: of((grade) => (grade === 'passes' ? colours.positive : colours.negative)),
      line: { width: 2, color: colours.panel },
    },
  };
}

/** @param {number[]} sizes @param {boolean} isNarrow @param {Frame['colours']} colours */
function neuronsOf(sizes, isNarrow, colours) {
  const places = sizes.flatMap((units, index) =>
    Array.from({ length: units }, (_, unit) => placeOf(index - 1, unit, units)),
  );
  return {
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y),
    ...{ mode: 'markers+text', hoverinfo: 'skip' },
    text: sizes.flatMap((units) => Array.from({ length: units }, (_, unit) => count(unit + 1))),
    textfont: { size: 14, color: colours.ink },
    marker: {
      size: isNarrow ? 26 : 32,
      opacity: 1,
      color: colours.panel,
      line: { width: 2, color: colours.ink },
    },
  };
}

/** On a phone there is no room for more. @param {Case} found @param {number} layer */
const shortName = ({ layers }, layer) =>
  layer === layers.length - 1 ? t('output') : t('hidden {number}', { number: layer + 1 });

/** @param {Case} found @param {number} layer @param {number | null} chosen @param {boolean} isNarrow @param {Frame['colours']} colours */
function headOf(found, layer, chosen, isNarrow, colours) {
  const { passes } = found.layers[layer];
  const name = isNarrow ? shortName(found, layer) : layerName(found, layer);
  const mark = passes ? '✓' : '✗';
  const words = `${mark} ${layer === chosen ? `<b>${name}</b>` : name}`;
  return {
    ...{ x: layer + 1, xanchor: 'center', yref: 'paper', y: 1, yanchor: 'bottom', showarrow: false },
    text: isNarrow ? words.replaceAll(/[ \u00a0]/g, '<br>') : words,
    font: { size: 14, color: passes ? colours.positive : colours.negative },
  };
}

/** The layer that is looked at. @param {number} layer @param {number} end @param {Frame['colours']} colours */
const bandOf = (layer, end, colours) => ({
  ...{ type: 'rect', layer: 'below', x0: layer + 0.12, x1: layer + 1.26, y0: -end, y1: end },
  ...{ fillcolor: colours.mark, line: { width: 0 }, opacity: 0.7 },
});

/** @param {Slice} slice */
function describe({ found }) {
  if (!found) return t('It is being computed.');
  const marked = markedOf(found);
  const failing = marked.filter(({ grade }) => grade !== 'passes').length;
  return [
    tn('{count} of {all} gradients fails the check.', '{count} of {all} gradients fail the check.', failing, {
      all: count(marked.length),
    }),
    ...(failing < marked.length ? [t('Solid lines and squares pass.')] : []),
    ...(failing > 0 ? [t('Dashed lines and crosses fail.')] : []),
    ...(marked.some(({ grade, from }) => grade === 'far' && from !== 'bias')
      ? [t('The thick lines fail by far.')]
      : []),
  ].join(' ');
}

/** @param {Slice} slice */
function table({ found }) {
  return {
    columns: [t('layer'), t('largest relative error'), t('the check')],
    rows: (found?.layers ?? []).map(({ worst, passes }, layer) => ({
      cells: [
        layerName(/** @type {Case} */ (found), layer),
        number(worst, { digits: 2 }),
        passes ? t('passes') : t('fails'),
      ],
    })),
  };
}
