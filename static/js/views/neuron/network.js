/**
 * The plane of the two inputs of a small network: what it answers everywhere, the line of each hidden neuron, the points.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('../../lesson-state.js').NetworkState} NetworkState
 * @typedef {NetworkState & {place: number}} Slice
 */

import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { isRight, missingWords, saysOf, scoreOf, undecidedWords } from './answers.js';
import { pointName, pointTraces } from './points.js';

const MARGIN = { l: 54, r: 12, t: 10, b: 40 };
/** Above this it says yes. */
const HALF = 0.5;
/** Names of the lines stand so far inside the ends, as a share of them. */
const NAMED = 0.12;

/** The plane of the network at a place of the lesson. @param {number} place @returns {View} */
export const networkAt = (place) => ({
  name: `network-plane-${place}`,
  select: (state) => {
    const found = /** @type {import('../../lesson-state.js').State} */ (state).networks[place];
    return found ? { ...found, place } : null;
  },
  figure,
  describe,
  table,
});

/** What a unit says at each point. @param {Slice} slice @param {number} layer @param {number} unit */
export const saysAt = ({ layers, points }, layer, unit) =>
  points.inputs.map((_, index) => saysOf(layers?.[layer] ?? null, index, unit));

/** At how many points a unit says yes; null: not computed. @param {Slice} slice @param {number} layer @param {number} unit */
export function countYes(slice, layer, unit) {
  const says = saysAt(slice, layer, unit);
  return says.includes(null) ? null : says.filter((one) => one === 'yes').length;
}

/** How many answers of the whole network are right and undecided; null: not computed. @param {Slice} slice */
export const score = (slice) => scoreOf(saysAt(slice, 1, 0), slice.points.targets);

/** How many answers of the whole network are right; null: not computed. @param {Slice} slice */
export const countRight = (slice) => score(slice)?.right ?? null;

/** Where the z of a hidden neuron is 0, between the ends of the plane; none where it has no weights. @param {[number, number]} weights @param {number} bias @param {[number, number]} ends @returns {[number, number][]} */
export function lineOf([w1, w2], bias, [low, high]) {
  if (w1 === 0 && w2 === 0) return [];
  const isSteep = Math.abs(w1) > Math.abs(w2);
  const other = (/** @type {number} */ value) =>
    isSteep ? -(w2 * value + bias) / w1 : -(w1 * value + bias) / w2;
  return [low, high].map((value) => (isSteep ? [other(value), value] : [value, other(value)]));
}

/** @param {Slice['grid']} grid @returns {[number, number]} */
const endsOf = (grid) => [grid?.x[0] ?? -0.5, grid?.x.at(-1) ?? 1.5];

/** The line of each hidden neuron; none where it does not cross the picture. @param {Slice['parameters']} parameters @param {[number, number]} ends */
const linesIn = (parameters, ends) =>
  [0, 1].map((unit) => {
    const weights = /** @type {[number, number]} */ (parameters[0].weights[unit]);
    const line = lineOf(weights, parameters[0].biases[unit], ends);
    return crosses(line, ends) ? line : [];
  });

/** Whether a line comes into the square between the ends: it goes from one side of it to the other. @param {[number, number][]} line @param {[number, number]} ends */
function crosses(line, [low, high]) {
  const isSteep = line.length > 0 && line[0][1] === low && line[1][1] === high;
  const across = line.map((place) => place[isSteep ? 0 : 1]);
  return line.length > 0 && Math.min(...across) <= high && Math.max(...across) >= low;
}

/** @param {Slice} slice @param {Frame} frame */
function figure(slice, { colours }) {
  const { points, grid, parameters } = slice;
  const ends = endsOf(grid);
  const right = saysAt(slice, 1, 0).map((says, index) => isRight(says, points.targets[index]));
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true, range: ends };
  const title = (/** @type {string} */ text) => ({ text, standoff: 4, font: { size: 14 } });
  const lines = linesIn(parameters, ends);
  const inks = [colours.back, colours.ink];
  return {
    data: [
      {
        type: 'heatmap',
        x: grid?.x ?? [0],
        y: grid?.x ?? [0],
        z: grid?.a ?? [[null]],
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, colours.panel],
          [1, colours.mark],
        ],
        showscale: false,
        hoverinfo: 'skip',
      },
      ...lines.map((line, unit) => ({
        x: line.map(([x]) => x),
        y: line.map(([, y]) => y),
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: inks[unit], width: 2.4, dash: unit === 0 ? 'solid' : '7px,4px' },
      })),
      ...pointTraces(slice, right, colours, (index) => pointName(slice, index)),
    ],
    layout: {
      margin: MARGIN,
      hoverdistance: 20,
      xaxis: { ...axis, title: title('x₁') },
      yaxis: { ...axis, title: title('x₂') },
      annotations: lines.flatMap((line, unit) => nameOf(line, unit, ends, inks[unit], colours.panel)),
    },
  };
}

/** The name of a hidden neuron, on its line. @param {[number, number][]} line @param {number} unit @param {[number, number]} ends @param {string} ink @param {string} paper */
function nameOf(line, unit, [low, high], ink, paper) {
  if (line.length === 0) return [];
  const share = unit === 0 ? NAMED : 1 - NAMED;
  const at = [0, 1].map((axis) => line[0][axis] + share * (line[1][axis] - line[0][axis]));
  if (at.some((one) => one < low || one > high)) return [];
  return [
    {
      ...{ x: at[0], y: at[1], text: `h${unit === 0 ? '₁' : '₂'}`, showarrow: false },
      font: { size: 15, color: ink },
      bgcolor: paper,
      borderpad: 2,
    },
  ];
}

/** @param {Slice} slice */
function describe(slice) {
  const found = score(slice);
  if (found === null) return missingWords(slice.layers);
  const drawn = linesIn(slice.parameters, endsOf(slice.grid)).filter((line) => line.length > 0).length;
  const lines =
    drawn === 2
      ? t('Each hidden neuron draws a line.')
      : drawn === 1
        ? t('One hidden neuron draws a line; that of the other is not in this picture.')
        : t('No hidden neuron has a line in this picture.');
  const isYes = slice.grid?.a.some((row) => row.some((a) => a !== null && a > HALF)) ?? false;
  const shade = isYes
    ? t('Where it is shaded the whole network says yes.')
    : t('Nothing is shaded: the whole network says no everywhere here.');
  const words = t('{right} of {all} answers are right.', {
    right: found.right,
    all: slice.points.targets.length,
  });
  return [lines, shade, words, undecidedWords(found.undecided)].filter((one) => one !== '').join(' ');
}

/** @param {Slice} slice */
function table(slice) {
  const { points, layers } = slice;
  const cell = (/** @type {number} */ index, /** @type {number} */ layer, /** @type {number} */ unit) =>
    layers ? layers[layer].a[index][unit] : '—';
  return {
    columns: [t('point'), 'x₁', 'x₂', 'h₁', 'h₂', t('output'), t('wanted')],
    rows: points.inputs.map(([x, y], index) => ({
      cells: [
        String(index + 1),
        ...[x, y],
        ...[cell(index, 0, 0), cell(index, 0, 1), cell(index, 1, 0)],
        number(points.targets[index]),
      ],
      pick: { example: index },
    })),
  };
}
