/**
 * The sharpness of the loss over the training so far, with the limit that the learning rate sets it: whether the
 * run is far from bouncing, or has come to the edge of stability.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('../state.js').Measure} Measure
 * @typedef {{from: number, to: number, value: number | null}} Limit  the sharpness beyond which steps grow; null: a rate of 0
 * @typedef {'none' | 'overflow' | 'hill' | 'edge' | 'beyond' | 'near' | 'below' | 'far'} Story
 * @typedef {{measures: Measure[], limits: Limit[], step: number, last: number, rate: number,
 *   optimizer: {name: string, momentum?: number}, isBatch: boolean, isRefused: boolean}} Slice
 */

import { count, number, powerOfTen } from '../lib/format.js';
import { experimentAt, lastStep, rateAt } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { widthOf } from '../lib/picture/slice.js';
import { isRefused } from '../lib/sharpness.js';
import { edgeOf, limitOf, limitWords } from '../lib/zones.js';

export const name = 'sharpness';

const MARGIN = { l: 66, r: 16, t: 30, b: 46 };
/** Pixels of a row of names above the plot. */
const ROW = 19;
const MOST_ROWS = 200;
/** Measures this near the limit, as shares of it, hover there. */
const EDGE = [0.9, 1.25];
/** So many of the latest measures have to. */
const HOVERING = 5;
const FAR = 0.5;
/** Sizes this many times apart are drawn on a logarithmic axis. */
const WIDE = 30;
/** A limit so many times above all that is measured is named at the edge, not drawn. */
const ABOVE = 12;
/** A logarithmic axis has at most so many names of powers of ten: more of them would overlap. */
const MOST_POWERS = 6;
/** The axis goes on so far beyond the last step, where the limit in force is to be seen. */
const AFTER = 1.04;

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { now, experiment, history } = state;
  if (!now || !experiment) return null;
  const last = Math.max(now.step, lastStep(history));
  return {
    measures: history.curvatures,
    limits: limitsOf(history, last),
    step: now.step,
    last,
    rate: rateAt(history, now.step),
    optimizer: /** @type {Slice['optimizer']} */ (experiment.optimizer),
    isBatch: experiment.batch.size !== null,
    isRefused: isRefused(state),
  };
}

/** The limit from each change of the rate, or of the set-up, to the next. @param {import('../state.js').History} history @param {number} last @returns {Limit[]} */
function limitsOf(history, last) {
  const at = [
    0,
    ...history.changes.map(({ at_step: step }) => step),
    ...history.turns.map(({ at_step: step }) => step),
  ];
  const starts = [...new Set(at)].filter((step) => step <= last).sort((one, other) => one - other);
  return starts.map((from, index) => {
    const rate = rateAt(history, from);
    const optimizer = experimentAt(history, from)?.optimizer ?? { name: 'sgd' };
    return {
      from,
      to: starts[index + 1] ?? last,
      value: edgeOf(rate, optimizer),
    };
  });
}

/** The limit at a step. @param {Limit[]} limits @param {number} step */
const limitAt = (limits, step) => limits.findLast(({ from }) => from <= step)?.value ?? null;

/** Measures up to the step on screen. @param {Slice} slice */
const past = ({ measures, step }) => measures.filter((one) => one.step <= step);

/** What happens, up to the step on screen. @param {Slice} slice @returns {Story} */
export function story(slice) {
  const { limits, step } = slice;
  const known = past(slice);
  const now = known.at(-1);
  if (now === undefined) return 'none';
  if (now.sharpness === null) return 'overflow';
  if (now.sharpness <= 0) return 'hill';
  const limit = limitAt(limits, step);
  if (limit === null) return 'far';
  const share = (/** @type {Measure} */ one) =>
    (one.sharpness ?? Infinity) / (limitAt(limits, one.step) ?? Infinity);
  const latest = known.slice(-HOVERING);
  const isNear = (/** @type {Measure} */ one) => share(one) >= EDGE[0] && share(one) <= EDGE[1];
  // On its way up it has not yet been above; at the edge it has, since the limit is what it is.
  const since = limits.findLast(({ from }) => from <= step)?.from ?? 0;
  const hasCrossed = known.some((one) => one.step >= since && share(one) >= 1);
  const isHovering = latest.length === HOVERING && latest.every(isNear) && hasCrossed;
  if (isHovering) return 'edge';
  if (share(now) > EDGE[1]) return 'beyond';
  if (share(now) >= EDGE[0]) return 'near';
  return share(now) < FAR ? 'far' : 'below';
}

/** What the axis has to hold. @param {Slice} slice */
function scale({ measures, limits }) {
  const sizes = measures.map(({ sharpness }) => sharpness).filter((one) => one !== null);
  const most = Math.max(0, ...sizes);
  const isNear = (/** @type {number | null} */ value) =>
    value !== null && (sizes.length === 0 || value <= ABOVE * most);
  const lines = limits.filter(({ value }) => isNear(value));
  const all = [...sizes, ...lines.map(({ value }) => value ?? 0)];
  const least = Math.min(...all);
  const isLog = all.length > 0 && least > 0 && Math.max(...all) > WIDE * least;
  const top = all.length === 0 ? 1 : Math.max(...all) || 1;
  if (isLog) return { isLog, lines, range: [Math.log10(least) - 0.15, Math.log10(top) + 0.15] };
  const low = Math.min(0, least === Infinity ? 0 : least);
  return { isLog, lines, range: [low - (low < 0 ? 0.06 * (top - low) : 0), top + 0.12 * (top - low)] };
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  const { measures, step } = slice;
  const end = Math.max(10, AFTER * slice.last);
  const { colours } = frame;
  const { isLog, lines, range } = scale(slice);
  const axis = {
    gridcolor: colours.line,
    zeroline: false,
    linecolor: colours.line,
    fixedrange: true,
    tickfont: { size: 14 },
  };
  const isLine = measures.length > 1;
  const limit = limitName(slice, lines, colours);
  // Where both names have no room beside each other, one stands above the other.
  const isApart = widthOf([limit.text]) + widthOf([t('sharpness λ')]) < frame.width - MARGIN.r;
  return {
    data: [
      limitLine(lines, end, colours),
      {
        x: measures.map((one) => one.step),
        y: measures.map(({ sharpness }) => sharpness),
        customdata: measures.map((one) => ({ step: one.step })),
        hovertext: measures.map(
          (one) =>
            `${t('step {step}', { step: count(one.step) })}<br>${t('sharpness')} ${number(one.sharpness)}`,
        ),
        hoverinfo: 'text',
        mode: isLine ? 'lines+markers' : 'markers',
        cliponaxis: false,
        line: { color: colours.back, width: 2.4 },
        marker: { color: colours.back, size: isLine ? 5 : 11, opacity: 1 },
      },
    ],
    layout: {
      margin: isApart ? MARGIN : { ...MARGIN, t: MARGIN.t + ROW },
      xaxis: {
        ...axis,
        title: { text: t('training step'), standoff: 6, font: { size: 14 } },
        range: [0, end],
        nticks: frame.isNarrow ? 5 : 8,
      },
      yaxis: {
        ...axis,
        type: isLog ? 'log' : 'linear',
        range,
        nticks: 6,
        exponentformat: 'power',
        ...(isLog ? decades(range) : { zeroline: true, zerolinecolor: colours.muted }),
      },
      shapes: [
        {
          type: 'line',
          xref: 'x',
          yref: 'paper',
          ...{ x0: step, x1: step, y0: 0, y1: 1 },
          line: { color: colours.ink, width: 1.5, dash: 'solid' },
        },
      ],
      annotations: [limit, ownName(colours, isApart ? 0 : ROW)],
    },
  };
}

/** Every power of ten; of many every second, third … one. @param {number[]} range  powers of ten */
function decades([low, high]) {
  const every = Math.ceil((Math.floor(high) - Math.ceil(low) + 1) / MOST_POWERS);
  const first = Math.ceil(low / every);
  const powers = Array.from(
    { length: Math.floor(high / every) - first + 1 },
    (_, index) => every * (first + index),
  );
  return {
    tickvals: powers.map((power) => 10 ** power),
    ticktext: powers.map((power) => powerOfTen(number(10 ** power))),
  };
}

/** @param {Limit[]} lines @param {number} end @param {Frame['colours']} colours */
const limitLine = (lines, end, colours) => ({
  x: lines.flatMap(({ from, to }, index) => [from, index === lines.length - 1 ? end : to]),
  y: lines.flatMap(({ value }) => [value, value]),
  mode: 'lines',
  hoverinfo: 'skip',
  line: { color: colours.negative, width: 2, dash: '7px,4px' },
});

/** The name of the limit, over the line or where it would be. @param {Slice} slice @param {Limit[]} lines @param {Frame['colours']} colours */
function limitName({ limits, optimizer, step }, lines, colours) {
  const value = limitAt(limits, step);
  const { formula } = limitOf(null, optimizer);
  const text = limitWords(formula.replace('λ', 'η'), value);
  const isDrawn = lines.some(({ from, to }) => from <= step && step <= to);
  return {
    ...{ x: 1, y: 1, xref: 'paper', yref: 'paper', xanchor: 'right', yanchor: 'bottom', yshift: 4 },
    showarrow: false,
    text: isDrawn ? `– – ${text}` : t('{limit}, far above ↑', { limit: text }),
    font: { size: 14, color: colours.negative },
  };
}

/** @param {Frame['colours']} colours @param {number} higher  pixels */
const ownName = (colours, higher) => ({
  ...{ x: 0, y: 1, xref: 'paper', yref: 'paper', xanchor: 'left', yanchor: 'bottom', xshift: -58 },
  yshift: 4 + higher,
  showarrow: false,
  text: t('sharpness λ'),
  font: { size: 14, color: colours.back },
});

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  const isOwn = limitOf(null, slice.optimizer).isOwn;
  return [
    told(slice),
    isOwn || past(slice).length === 0
      ? ''
      : t('2/η is the limit of plain gradient descent, not of this optimizer.'),
    slice.isBatch ? t('Of the loss over all training examples, not of a batch.') : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** @param {Slice} slice */
function told(slice) {
  const known = past(slice);
  const { limits, step, optimizer } = slice;
  const first = known.find(({ sharpness }) => sharpness !== null);
  const now = known.at(-1);
  const limit = limitAt(limits, step);
  const { formula } = limitOf(null, optimizer);
  const values = {
    step: count(now?.step ?? 0),
    first: number(first?.sharpness ?? null, { digits: 3 }),
    now: number(now?.sharpness ?? null, { digits: 3 }),
    limit: limitWords(formula.replace('λ', 'η'), limit),
  };
  switch (story(slice)) {
    case 'none':
      if (slice.isRefused) return t('The server could not compute this.');
      return t('How sharply the loss is bent at kept moments of the run: it is being measured.');
    case 'overflow':
      return t('Step {step}: the sharpness has grown beyond what a number can hold.', values);
    case 'hill':
      return t('Step {step}: the sharpness is {now}, not positive: no direction is bent upwards.', values);
    case 'edge':
      return t(
        'The sharpness went from {first} to {now} and hovers at {limit}: the edge of stability.',
        values,
      );
    case 'beyond':
      return t(
        'Step {step}: the sharpness is {now}, beyond {limit}: steps along the steepest bend grow.',
        values,
      );
    case 'near':
      return t(
        'Step {step}: the sharpness is {now}, at {limit}: the steepest bend is about to bounce.',
        values,
      );
    case 'below':
      return t('Step {step}: the sharpness is {now}, below {limit}. It began at {first}.', values);
    default:
      return t(
        'Step {step}: the sharpness is {now}, far below {limit}: nothing bounces. It began at {first}.',
        values,
      );
  }
}

/** The latest come first. @param {Slice} slice @returns {Table} */
export function table({ measures, limits, optimizer }) {
  const { formula } = limitOf(null, optimizer);
  const rows = measures
    .slice(-MOST_ROWS)
    .toReversed()
    .map(({ step, sharpness, converged }) => ({
      cells: [
        t('step {step}', { step: count(step) }),
        sharpness,
        limitAt(limits, step),
        converged ? t('exact') : t('a lower bound'),
      ],
      pick: { step },
    }));
  return { columns: [t('training step'), t('sharpness λ'), formula.replace('λ', 'η'), t('found')], rows };
}
