/**
 * The size of each layer's gradient over the training so far, on a logarithmic axis: whether what flows back
 * reaches the first layers, or fades or swells on its way.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('../state.js').Reading} Reading
 * @typedef {{readings: Reading[], layers: {name: string, norm: number | null, state: 'vanishing' | 'exploding' | null}[],
 *   state: import('../lib/wire.js').NetworkHealthAnswer['state'], rules: import('../lib/wire.js').HealthRulesAnswer,
 *   status: 'ready' | 'missing', step: number, last: number, changes: {step: number, text: string}[]}} Slice
 */

import { count, number, powerOfTen } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { layerName } from '../lib/names.js';

export const name = 'strip';

const MOST_POINTS = 400;
const MOST_ROWS = 100;
/** Pixels: between the names of two lines, at the right. */
const LINE = 17;
/** And of the piece of a line beside its name. */
const KEY = 24;
/** And of a row of names above the figure. */
const ROW = 20;
/** About the width of a letter. */
const LETTER = 8.2;
const MARGIN = { l: 66, t: 14, b: 46 };

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select({ experiment, now, history, survey, catalog }) {
  if (!experiment || !now || !catalog) return null;
  const { layers } = experiment.network;
  const scene = { activations: layers.map(({ activation }) => activation) };
  const found = survey?.layers.length === layers.length ? survey.layers : null;
  const kept = history.readings.filter(({ gradient_norms: own }) => own.length === layers.length);
  return {
    readings: thinned(kept),
    layers: layers.map((_, layer) => ({
      name: layerName(scene, layer),
      norm: found?.[layer].gradient_norm ?? null,
      state: found?.[layer].state ?? null,
    })),
    state: found === null ? null : (survey?.network.state ?? null),
    rules: catalog.health,
    status: found === null ? 'missing' : 'ready',
    step: now.step,
    last: Math.max(now.step, history.losses.length - 1, kept.at(-1)?.step ?? 0),
    changes: changesOf(history),
  };
}

/** @param {Reading[]} readings */
function thinned(readings) {
  const stride = Math.ceil(readings.length / MOST_POINTS);
  return readings.filter((_, index) => index % stride === 0 || index === readings.length - 1);
}

/** What was changed on the way. @param {import('../state.js').History} history */
function changesOf({ changes, edits, turns }) {
  return [
    ...changes.map(({ at_step: step, learning_rate: rate }) => ({ step, text: `η ${number(rate)}` })),
    ...edits.map(({ at_step: step }) => ({ step, text: t('by hand') })),
    ...turns.map(({ at_step: step }) => ({ step, text: t('set-up') })),
  ].filter(({ step }) => step > 0);
}

/** Whether a gradient is exactly 0. It has no place on a logarithmic axis: it stands at the lower end, which says so. @param {Reading[]} readings */
const hasZeroes = (readings) => readings.some(({ gradient_norms: norms }) => norms.includes(0));

/** The ends of the axis, as powers of ten. @param {Slice} slice */
function ends({ readings }) {
  const sizes = readings
    .flatMap(({ gradient_norms: norms }) => norms)
    .filter((/** @type {number | null} */ norm) => norm !== null && norm > 0)
    .map((norm) => Math.log10(/** @type {number} */ (norm)));
  if (sizes.length === 0) return [-6, 1];
  const low = sizes.reduce((one, other) => Math.min(one, other));
  const high = sizes.reduce((one, other) => Math.max(one, other));
  const hasZero = hasZeroes(readings);
  return [Math.floor(low - (hasZero ? 1 : 0.1)), Math.ceil(high + 0.1)];
}

/** @param {number} layer @param {number} layers  the later a layer, the stronger its line */
const strength = (layer, layers) => (layers === 1 ? 1 : 0.5 + (0.5 * layer) / (layers - 1));
const DASHES = ['solid', '8px,3px', '2px,3px', '10px,3px,2px,3px'];

/** @param {number} layer @param {number} layers @param {Frame['colours']} colours */
const styleOf = (layer, layers, colours) => ({
  color: colours.back,
  width: 1.6 + 1.4 * strength(layer, layers),
  dash: DASHES[(layers - 1 - layer) % DASHES.length],
});

/** @param {Slice} slice @param {number} low @param {Frame['colours']} colours */
function lines({ readings, layers }, low, colours) {
  return layers.map(({ name: of }, layer) => ({
    x: readings.map(({ step }) => step),
    y: readings.map(({ gradient_norms: norms }) => {
      const norm = norms[layer];
      return norm === null ? null : Math.max(norm, 10 ** low);
    }),
    customdata: readings.map(({ step }) => ({ step })),
    hovertext: readings.map(
      ({ step, gradient_norms: norms }) =>
        `${of}<br>${t('step {step}', { step: count(step) })}<br>${t('gradient')} ${number(norms[layer])}`,
    ),
    hoverinfo: 'text',
    mode: readings.length > 1 ? 'lines' : 'markers',
    opacity: strength(layer, layers.length),
    cliponaxis: false,
    line: styleOf(layer, layers.length, colours),
    marker: { color: colours.back, size: 9 },
  }));
}

/**
 * Move what is nearer than `gap` apart, in order, and keep it all between 0 and `end`.
 * @param {number[]} wanted
 * @param {number} gap
 * @param {number} end
 */
export function apart(wanted, gap, end) {
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other]);
  const placed = [...wanted];
  let least = 0;
  for (const index of order) {
    placed[index] = Math.max(placed[index], least);
    least = placed[index] + gap;
  }
  let most = end;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index], most);
    most = placed[index] - gap;
  }
  return placed;
}

/** Heights of the ends of the lines and of their names, as shares of the figure. @param {Slice} slice @param {Frame} frame @param {number[]} ends */
function heights({ readings, layers }, { height }, [low, high]) {
  const inner = height - MARGIN.t - MARGIN.b;
  const last = readings.at(-1)?.gradient_norms ?? [];
  const wanted = layers.map((_, layer) => {
    const power = Math.log10(Math.max(last[layer] ?? 10 ** low, 10 ** low));
    return (inner * (high - power)) / (high - low);
  });
  const share = (/** @type {number} */ down) => 1 - down / inner;
  return { own: wanted.map(share), named: apart(wanted, LINE, inner).map(share) };
}

/** The name of each line, at its right end; a single point has it beside itself. @param {Slice} slice @param {number[]} named @param {Frame['colours']} colours */
function lineNames({ readings, layers }, named, colours) {
  const isLine = readings.length > 1;
  return layers.map(({ name: of, state }, layer) => ({
    ...(isLine ? { x: 1, xref: 'paper' } : { x: readings[0]?.step ?? 0, xref: 'x' }),
    y: named[layer],
    yref: 'paper',
    xshift: isLine ? KEY + 10 : 12,
    xanchor: 'left',
    yanchor: 'middle',
    showarrow: false,
    ...lettered(of, state, colours),
  }));
}

/** A piece of each line, from its end to its name. @param {Slice} slice @param {{own: number[], named: number[]}} heights @param {Frame['colours']} colours */
function keys({ readings, layers }, { own, named }, colours) {
  if (readings.length < 2) return [];
  const piece = (/** @type {number[]} */ x, /** @type {number[]} */ y, /** @type {object} */ line) => ({
    type: 'line',
    xref: 'paper',
    xsizemode: 'pixel',
    xanchor: 1,
    yref: 'paper',
    x0: x[0],
    x1: x[1],
    y0: y[0],
    y1: y[1],
    line,
  });
  return layers.flatMap((_, layer) => {
    const { color, width, dash } = styleOf(layer, layers.length, colours);
    const opacity = strength(layer, layers.length);
    return [
      { ...piece([2, 8], [own[layer], named[layer]], { color: colours.muted, width: 1 }) },
      { ...piece([8, 8 + KEY], [named[layer], named[layer]], { color, width, dash }), opacity },
    ];
  });
}

/**
 * The names of the lines: each at its own line's end, or above them all where it is narrow.
 * @param {Slice} slice
 * @param {Frame} frame
 * @param {number[]} ends
 */
function naming(slice, frame, ends) {
  const { width, isNarrow, colours } = frame;
  const word = LETTER * Math.max(...slice.layers.map(({ name: of }) => of.length));
  if (isNarrow && slice.readings.length > 1) return above(slice, width, KEY + word + 20, colours);
  const levels = heights(slice, frame, ends);
  const room = isNarrow ? 12 : 22 + KEY + word;
  return {
    margin: { ...MARGIN, r: room },
    shapes: keys(slice, levels, colours),
    annotations: lineNames(slice, levels.named, colours),
  };
}

/** Names with a piece of their line, in rows above the figure. @param {Slice} slice @param {number} width @param {number} cell  how wide one is @param {Frame['colours']} colours */
function above({ layers }, width, cell, colours) {
  const inRow = Math.max(1, Math.floor((width - 8) / cell));
  const top = MARGIN.t + Math.ceil(layers.length / inRow) * ROW;
  const place = (/** @type {number} */ layer) => ({
    x: 8 - MARGIN.l + (layer % inRow) * cell,
    y: top - ROW / 2 - Math.floor(layer / inRow) * ROW,
  });
  const shapes = layers.map((_, layer) => {
    const { x, y } = place(layer);
    const line = styleOf(layer, layers.length, colours);
    const where = {
      xref: 'paper',
      xsizemode: 'pixel',
      xanchor: 0,
      yref: 'paper',
      ysizemode: 'pixel',
      yanchor: 1,
    };
    const opacity = strength(layer, layers.length);
    return { type: 'line', ...where, x0: x, x1: x + KEY, y0: y, y1: y, line, opacity };
  });
  const annotations = layers.map(({ name: of, state }, layer) => ({
    x: 0,
    xref: 'paper',
    xshift: place(layer).x + KEY + 5,
    y: 1,
    yref: 'paper',
    yshift: place(layer).y,
    xanchor: 'left',
    yanchor: 'middle',
    showarrow: false,
    ...lettered(of, state, colours),
  }));
  return { margin: { ...MARGIN, t: top, r: 12 }, shapes, annotations };
}

/** What the engine finds ill is set in bold. @param {string} name @param {string | null} state @param {Frame['colours']} colours */
const lettered = (name, state, colours) => ({
  text: state === null ? name : `<b>${name}</b>`,
  font: { size: 14, color: state === null ? colours.muted : colours.negative },
});

/** The height of a narrow figure: the names above it take some. @param {Slice} slice */
export const narrowHeight = ({ layers }) => 240 + Math.ceil(layers.length / 2) * ROW;

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  const { colours, height } = frame;
  const [low, high] = ends(slice);
  const { shapes, ...names } = naming(slice, frame, [low, high]);
  const axis = {
    gridcolor: colours.line,
    zeroline: false,
    linecolor: colours.line,
    fixedrange: true,
    tickfont: { size: 14 },
  };
  const stride = Math.max(1, Math.ceil(((high - low) * 26) / (height - names.margin.t - names.margin.b)));
  const powers = Array.from(
    { length: Math.floor((high - low) / stride) + 1 },
    (_, index) => low + stride * index,
  );
  return {
    data: lines(slice, low, colours),
    layout: {
      ...names,
      xaxis: {
        ...axis,
        title: { text: t('training step'), standoff: 6, font: { size: 14 } },
        range: [0, slice.readings.length > 1 ? slice.last : Math.max(10, slice.last)],
        nticks: frame.isNarrow ? 5 : 8,
      },
      yaxis: {
        ...axis,
        type: 'log',
        range: [low, high],
        tickvals: powers.map((power) => 10 ** power),
        ticktext: powers.map((power) =>
          power === low && hasZeroes(slice.readings) ? '0' : writtenPower(power),
        ),
      },
      shapes: [
        ...slice.changes.map(({ step }) => upright(step, colours.muted, 1.2, 'dot')),
        upright(slice.step, colours.ink, 1.5, 'solid'),
        ...shapes,
      ],
    },
  };
}

/** @param {number} power  of ten */
const writtenPower = (power) =>
  power > 0 && power < 6 ? count(10 ** power) : powerOfTen(number(10 ** power));

/** @param {number} step @param {string} color @param {number} width @param {string} dash */
const upright = (step, color, width, dash) => ({
  type: 'line',
  xref: 'x',
  yref: 'paper',
  x0: step,
  x1: step,
  y0: 0,
  y1: 1,
  line: { color, width, dash },
});

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  const { layers, status, step } = slice;
  if (status === 'missing') return t('The gradients of the layers are not known yet.');
  const sized = layers.filter(({ norm }) => norm !== null);
  if (sized.length < layers.length)
    return t('Step {step}: a gradient has grown beyond what a number can hold.', { step: count(step) });
  const size = (/** @type {{norm: number | null}} */ { norm }) => norm ?? 0;
  const [least, most] = [Math.min(...sized.map(size)), Math.max(...sized.map(size))];
  const smallest = sized.find((one) => size(one) === least);
  const largest = sized.findLast((one) => size(one) === most);
  if (!smallest || !largest || sized.length === 1)
    return t('Step {step}: the only layer’s gradient has the size {size}.', {
      step: count(step),
      size: number(most),
    });
  const values = {
    step: count(step),
    small: smallest.name,
    least: number(least),
    large: largest.name,
    most: number(most),
  };
  if (most === 0) return t('Step {step}: every layer’s gradient is exactly 0.', values);
  const sentence =
    least === 0
      ? t('Step {step}: largest gradient: {large}, {most}. Smallest: {small}, exactly 0.', values)
      : t('Step {step}: largest gradient: {large}, {most}. Smallest: {small}, {least}: {ratio} times less.', {
          ...values,
          ratio: number(most / least, { digits: 2 }),
        });
  return [sentence, ...illnesses(slice)].join(' ');
}

/** @param {Slice} slice */
function illnesses({ layers, rules, state }) {
  const having = (/** @type {string} */ state) =>
    layers
      .filter((layer) => layer.state === state)
      .map((layer) => layer.name)
      .join(', ');
  const vanishing = having('vanishing');
  const exploding = having('exploding');
  return [
    ...(state === 'plateau' || state === 'still'
      ? [t('All of them are next to nothing: no layer learns any more.')]
      : []),
    ...(vanishing
      ? [
          t('Vanishing: {layers}. With such gradients they hardly learn.', {
            layers: vanishing,
          }),
        ]
      : []),
    ...(exploding
      ? [
          t(
            'Exploding: {layers}. At a rate of {rate}, one step would move their weights by more than {far}.',
            {
              layers: exploding,
              rate: number(rules.usual_rate),
              far: number(rules.usual_rate * rules.exploding_norm),
            },
          ),
        ]
      : []),
  ];
}

/** The latest come first. @param {Slice} slice @returns {Table} */
export function table({ readings, layers }) {
  const rows = readings
    .slice(-MOST_ROWS)
    .toReversed()
    .map(({ step, gradient_norms: norms }) => ({
      cells: [t('step {step}', { step: count(step) }), ...norms],
      pick: { step },
    }));
  return { columns: [t('training step'), ...layers.map(({ name: of }) => of)], rows };
}
