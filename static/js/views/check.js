/**
 * Every gradient beside its numerical twin: one cell a parameter, a block a layer, dark where the two differ.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('../state.js').Place} Place
 * @typedef {{place: Place, name: string, gradient: number | null, numerical: number | null, error: number | null}} Checked
 * @typedef {{status: 'ready' | 'none' | 'training' | 'overflow', cells: Checked[], worst: Checked | null, nudge: number,
 *   comparison: import('../lib/wire.js').ComparisonAnswer | null, sizes: number[], titles: string[], pinned: Place | null}} Slice
 */

import { number, powerOfTen } from '../lib/format.js';
import { valueAt } from '../lib/history.js';
import { t, tn } from '../lib/i18n.js';
import { layerName, parameterName } from '../lib/names.js';
import { isSamePlace, placesOf } from '../lib/places.js';
import { reasonOf } from '../lib/agreement.js';

export const name = 'check';

/** Powers of ten of the scale's ends: whatever is below or above has the colour of the end. */
const LOWEST = -12;
const HIGHEST = 0;
const TICKS = [LOWEST, -8, -4, HIGHEST];

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select({ experiment, now, trace, check, pinned, isTraining }) {
  if (!experiment || !now) return null;
  const { network, data } = experiment;
  const scene = { activations: network.layers.map(({ activation }) => activation), features: data.features };
  const base = {
    sizes: [network.inputs, ...network.layers.map(({ units }) => units)],
    titles: network.layers.map((_, layer) => layerName(scene, layer)),
    pinned: pinned?.kind === 'parameter' ? pinned.place : null,
  };
  if (!check || !trace || isTraining) {
    const status = isTraining ? 'training' : 'none';
    return { ...base, status, cells: [], worst: null, comparison: null, nudge: 0 };
  }
  const gradients = trace.layers.map(({ dW, db }) => ({ weights: dW, biases: db }));
  const cells = placesOf(check.relative_errors).map((place) => ({
    place,
    name: parameterName(scene, place),
    gradient: valueAt(gradients, place),
    numerical: valueAt(check.numerical, place),
    error: valueAt(check.relative_errors, place),
  }));
  const worst = cells.find(({ place }) => isSamePlace(place, check.worst_place)) ?? null;
  const status = check.worst === null ? 'overflow' : 'ready';
  return { ...base, status, cells, worst, comparison: check.comparison, nudge: check.nudge };
}

/** Pixels: a layer's title, the largest and the smallest cell, the space before biases, beside and below a layer. */
const TITLE = 24;
const LARGEST = 34;
const SMALLEST = 0.5;
const BEFORE_BIAS = 6;
const BESIDE = 18;
const BELOW = 10;
/** About the width of a letter of a title. */
const LETTER = 7.6;
const MARGIN = { l: 12, r: 12, t: 4, b: 60 };

/**
 * The layers' blocks set like words, in lines: as large as there is room. A block has a row for each unit and a
 * column for each input, as its weights have; its biases stand a little apart.
 * @param {number[]} sizes  inputs, then units of each layer
 * @param {string[]} titles
 * @param {number} width
 * @param {number} height
 */
export function blocks(sizes, titles, width, height) {
  for (let size = LARGEST; ; size *= 0.96) {
    const laid = setIn(sizes, titles, width, size);
    if (size <= SMALLEST || (laid.wide <= width && laid.high <= height)) return centred(laid, width, height);
  }
}

/** @param {number[]} sizes @param {string[]} titles @param {number} width @param {number} size  of a cell */
function setIn(sizes, titles, width, size) {
  let [x, y, line, wide] = [0, TITLE, 0, 0];
  const made = titles.map((title, layer) => {
    const [inputs, units] = [sizes[layer], sizes[layer + 1]];
    const own = Math.max((inputs + 1) * size + BEFORE_BIAS, title.length * LETTER);
    if (x > 0 && x + own > width) {
      y += line + TITLE + BELOW;
      [x, line] = [0, 0];
    }
    const block = { x, y, units, inputs };
    wide = Math.max(wide, x + own);
    line = Math.max(line, units * size);
    x += own + BESIDE;
    return block;
  });
  return { blocks: made, size, wide, high: y + line };
}

/** @param {ReturnType<typeof setIn>} laid @param {number} width @param {number} height */
function centred({ blocks: made, size, wide, high }, width, height) {
  const [left, top] = [Math.max(0, (width - wide) / 2), Math.max(0, (height - high) / 2)];
  return { blocks: made.map((block) => ({ ...block, x: block.x + left, y: block.y + top })), size };
}

/** @typedef {ReturnType<typeof blocks>} Laid */

/** The top left corner of a cell. @param {Laid} laid @param {Place} place */
function corner({ blocks: made, size }, { layer, unit, input }) {
  const { x, y, inputs } = made[layer];
  return { x: x + (input === 'bias' ? inputs * size + BEFORE_BIAS : input * size), y: y + unit * size };
}

/** @param {number | null} error */
function power(error) {
  if (error === null) return null;
  return Math.min(Math.max(Math.log10(Math.max(error, Number.MIN_VALUE)), LOWEST), HIGHEST);
}

/** @param {Checked} checked */
function hover({ name: of, gradient, numerical, error }) {
  return [
    of,
    `${t('gradient')} ${number(gradient, { digits: 7, sign: true })}`,
    `${t('by nudging')} ${number(numerical, { digits: 7, sign: true })}`,
    `${t('relative error')} ${number(error, { digits: 2 })}`,
  ].join('<br>');
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  const { colours } = frame;
  const axis = { visible: false, fixedrange: true };
  if (slice.status !== 'ready')
    return { data: [], layout: { xaxis: axis, yaxis: axis, shapes: [], annotations: [] } };
  const width = frame.width - MARGIN.l - MARGIN.r;
  const height = frame.height - MARGIN.t - MARGIN.b;
  const laid = blocks(slice.sizes, slice.titles, width, height);
  return {
    data: laid.blocks.map((_, layer) => heatmap(slice, laid, layer)),
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: [0, width] },
      yaxis: { ...axis, range: [height, 0] },
      coloraxis: scale(colours),
      shapes: outlines(slice, laid, colours),
      annotations: laid.blocks.map(({ x, y }, layer) => ({
        x,
        y,
        text: slice.titles[layer],
        xanchor: 'left',
        yanchor: 'bottom',
        showarrow: false,
        font: { size: 14, color: colours.muted },
      })),
    },
  };
}

/** One layer's cells; between weights and biases is a column of nothing. @param {Slice} slice @param {Laid} laid @param {number} layer */
function heatmap(slice, { blocks: made, size }, layer) {
  const { x, y, units, inputs } = made[layer];
  const grid = () => Array.from({ length: units }, () => Array(inputs + 2).fill(null));
  const [z, customdata, hovertext] = [grid(), grid(), grid()];
  for (const checked of slice.cells.filter(({ place }) => place.layer === layer)) {
    const { unit, input } = checked.place;
    const column = input === 'bias' ? inputs + 1 : input;
    z[unit][column] = power(checked.error);
    customdata[unit][column] = { pin: { kind: 'parameter', place: checked.place } };
    hovertext[unit][column] = hover(checked);
  }
  const edges = Array.from({ length: inputs + 1 }, (_, column) => x + column * size);
  const bias = x + inputs * size + BEFORE_BIAS;
  const gap = size > 8 ? 2 : 0.5;
  return {
    type: 'heatmap',
    x: [...edges, bias, bias + size],
    y: Array.from({ length: units + 1 }, (_, row) => y + row * size),
    z,
    customdata,
    hovertext,
    hoverinfo: 'text',
    hoverongaps: false,
    xgap: gap,
    ygap: gap,
    coloraxis: 'coloraxis',
  };
}

/** At its ends the scale holds what is beyond them, too. @param {number} power  of ten */
function tickText(power) {
  const text = powerOfTen(number(10 ** power));
  if (power === LOWEST) return `≤\u00a0${text}`;
  return power === HIGHEST ? `≥\u00a0${text}` : text;
}

/** @param {Frame['colours']} colours */
const scale = (colours) => ({
  cmin: LOWEST,
  cmax: HIGHEST,
  colorscale: [
    [0, colours.soft],
    [1, colours.negative],
  ],
  colorbar: {
    orientation: 'h',
    thickness: 10,
    len: 0.86,
    x: 0.5,
    y: 0,
    yanchor: 'top',
    ypad: 10,
    outlinewidth: 0,
    tickvals: TICKS,
    ticktext: TICKS.map(tickText),
    tickfont: { size: 14, color: colours.muted },
  },
});

/** @param {{x: number, y: number}} corner @param {string} color @param {number} line @param {number} width @param {number} height */
const framed = ({ x, y }, color, line, width, height) => ({
  type: 'rect',
  x0: x,
  x1: x + width,
  y0: y,
  y1: y + height,
  line: { color, width: line },
});

/** Each block has a hairline, the pinned cell a frame in ink, the worst one that of the marker. @param {Slice} slice @param {Laid} laid @param {Frame['colours']} colours */
function outlines({ worst, pinned }, laid, colours) {
  const { size } = laid;
  const frames = laid.blocks.flatMap(({ x, y, inputs, units }) => [
    framed({ x, y }, colours.line, 1, inputs * size, units * size),
    framed({ x: x + inputs * size + BEFORE_BIAS, y }, colours.line, 1, size, units * size),
  ]);
  if (worst) frames.push(framed(corner(laid, worst.place), colours.markEdge, 3, size, size));
  if (pinned) frames.push(framed(corner(laid, pinned), colours.ink, 2, size, size));
  return frames;
}

/** @param {Slice} slice @returns {string} */
export function describe({ status, cells: checked, worst, comparison, nudge }) {
  if (status === 'training') return t('The gradients change with every step. Pause to check them.');
  if (status === 'none')
    return t(
      'Backpropagation computes every gradient exactly; nudging each parameter by a little, both ways, should give the same.',
    );
  if (status === 'overflow' || !worst || !comparison)
    return t('Some of these numbers have grown beyond what a number can hold; there is nothing to compare.');
  const named = tn(
    '{count} parameter nudged by ±{nudge}. The worst: {name}, gradient {gradient}, nudging {numerical}; {error} of their size apart.',
    '{count} parameters nudged by ±{nudge}. The worst: {name}, gradient {gradient}, nudging {numerical}; {error} of their size apart.',
    checked.length,
    {
      nudge: powerOfTen(number(nudge)),
      name: worst.name,
      gradient: number(worst.gradient, { digits: 7, sign: true }),
      numerical: number(worst.numerical, { digits: 7, sign: true }),
      error: number(worst.error, { digits: 2 }),
    },
  );
  return `${named} ${reasonOf(comparison, nudge)}`;
}

/** The worst come first. @param {Slice} slice @returns {Table} */
export function table({ cells: checked }) {
  const worth = (/** @type {Checked} */ { error }) => error ?? Infinity;
  const rows = [...checked]
    .sort((one, other) => worth(other) - worth(one))
    .map(({ place, name: of, gradient, numerical, error }) => ({
      cells: [of, gradient, numerical, error],
      pick: /** @type {import('../lib/view.js').Pick} */ ({ pin: { kind: 'parameter', place } }),
    }));
  return {
    columns: [t('parameter'), t('gradient'), t('by nudging'), t('relative error')],
    rows,
  };
}
