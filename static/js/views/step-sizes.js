/**
 * The loss after one step, for every learning rate: how far along the slope the next step should go. The mark is the
 * rate in force. The bands behind the curve are the verdicts on more steps, since a good step is not a good rate.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('../lib/zones.js').StepSizes} StepSizes
 * @typedef {import('../lib/zones.js').Curvature} Curvature
 * @typedef {import('../lib/zones.js').Rates} Rates
 * @typedef {import('../lib/zones.js').Zone} Zone
 * @typedef {{curve: StepSizes | null, isFresh: boolean, step: number | null, rate: number, after: number | null,
 *   isExact: boolean, bend: Curvature | null, rates: Rates | null, optimizer: {name: string, momentum?: number},
 *   isBatch: boolean}} Slice
 *   `after` is the loss after the coming step, once the engine has said it (`isExact`); `step` the one that all this
 *   is of
 */

import { number } from '../lib/format.js';
import { rateAt } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { HIGHEST_RATE, LOWEST_RATE } from '../lib/scale.js';
import {
  bandsOf,
  bestWords,
  heightAt,
  isTried,
  limitOf,
  limitWords,
  measured,
  zoneName,
  zoneOf,
} from '../lib/zones.js';
import { isBeyond } from './step-sizes-words.js';

export { describe, isBeyond } from './step-sizes-words.js';

export const name = 'step-sizes';

export const MARGIN = { l: 58, r: 14, t: 46, b: 46 };
/** A letter's width at most, on the average of a name: Cyrillic ones are wide. */
const LETTER = 8.8;
/** Pixels between two names. */
const APART = 8;
const RING = 17;
/** Above the loss as it is now, as a share of what can be gained. */
const HEADROOM = 0.7;
/** A mark whose loss is beyond stands this share of the height under the upper edge. */
const LOWERED = 0.07;

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { now, history, trace, isStale, experiment } = state;
  if (!now || !experiment) return null;
  const { answer, isFresh, step } = measured(state, 'stepSizes');
  const curve = /** @type {StepSizes | null} */ (answer);
  const bent = measured(state, 'curvature');
  const judged = measured(state, 'rates');
  const rate = rateAt(history, now.step);
  const isExact = trace !== null && !isStale && isFresh;
  return {
    curve,
    isFresh,
    step,
    rate,
    after: isExact ? trace.updated_loss : null,
    isExact,
    bend: bent.step === step ? /** @type {Curvature | null} */ (bent.answer) : null,
    rates: judged.step === step ? /** @type {Rates | null} */ (judged.answer) : null,
    optimizer: /** @type {Slice['optimizer']} */ (experiment.optimizer),
    isBatch: experiment.batch.size !== null,
  };
}

/** The ends of the axis: whole powers of ten about what is worth seeing. @param {Slice} slice @returns {[number, number]} */
export function endsOf({ curve, rate, rates }) {
  const best = curve?.best_rate ?? null;
  const good = rates ? bandsOf(rates).filter(({ zone }) => zone === 'good') : [];
  const least = best === null ? LOWEST_RATE : Math.min(best, good[0]?.from ?? best) / 10;
  const most = best === null ? HIGHEST_RATE : Math.max(best, good.at(-1)?.to ?? best) * 2;
  const low = 10 ** Math.floor(Math.log10(Math.min(least, rate > 0 ? rate : least)) + 1e-9);
  const high = 10 ** Math.ceil(Math.log10(Math.max(most, rate)) - 1e-9);
  return [
    Math.min(Math.max(low, LOWEST_RATE), HIGHEST_RATE / 100),
    Math.max(Math.min(high, HIGHEST_RATE), low * 100),
  ];
}

/** The ends of the losses that are shown. @param {StepSizes} curve @returns {[number, number]} */
function levels({ loss, best_loss: best, losses }) {
  const now = loss ?? 0;
  const known = losses.filter((one) => one !== null);
  const least = best ?? Math.min(now, ...known);
  const gain = Math.max(now - least, Math.abs(now) * 1e-6, 1e-12);
  if (best === null) return [now - gain, now + Math.max(gain, Math.abs(now))];
  return [least - 0.12 * gain, now + HEADROOM * gain];
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  const curve = isBeyond(slice) ? null : slice.curve;
  const { colours } = frame;
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true, tickfont: { size: 14 } };
  const ends = endsOf(slice);
  const range = ends.map(Math.log10);
  const heights = curve ? levels(curve) : [0, 1];
  const powers = Array.from({ length: Math.round(range[1] - range[0]) + 1 }, (_, i) => 10 ** (range[0] + i));
  return {
    data: curve ? drawn(slice, curve, ends, heights, colours) : [{ x: [1], y: [null] }],
    layout: {
      margin: MARGIN,
      xaxis: {
        ...axis,
        type: 'log',
        range,
        tickvals: powers,
        ticktext: powers.map((power) => number(power, { digits: 1 })),
        title: { text: t('learning rate η'), standoff: 4, font: { size: 14 } },
      },
      yaxis: { ...axis, range: heights, nticks: 5 },
      ...(curve ? marked(slice, curve, ends, frame) : { shapes: [], annotations: [] }),
    },
  };
}

/** The curve, and the mark on it: at the upper edge where its loss is beyond. @param {Slice} slice @param {StepSizes} curve @param {[number, number]} ends @param {number[]} heights @param {Frame['colours']} colours */
function drawn({ rate, after, isExact }, curve, ends, heights, colours) {
  const height = isExact ? after : heightAt(curve, rate);
  const isOver = height === null || height > heights[1];
  return [
    {
      x: curve.rates,
      y: curve.losses,
      mode: 'lines',
      hoverinfo: 'skip',
      connectgaps: false,
      line: { color: colours.positive, width: 2.6 },
    },
    {
      x: [Math.min(Math.max(rate, ends[0]), ends[1])],
      y: [isOver ? heights[1] - LOWERED * (heights[1] - heights[0]) : height],
      mode: 'markers',
      hoverinfo: 'skip',
      cliponaxis: false,
      marker: {
        symbol: isOver ? 'triangle-up' : 'circle',
        size: RING,
        opacity: 1,
        color: colours.panel,
        line: { width: 3.2, color: colours.ink },
      },
    },
  ];
}

/** Where a rate is, as a share of the axis. @param {number} rate @param {[number, number]} ends */
const share = (rate, [low, high]) => Math.log(rate / low) / Math.log(high / low);

/** The verdict on a rate that was tried as the one in force, else that of the band it lies in. @param {Pick<Slice, 'rates' | 'rate'>} slice */
export function ownZone({ rates, rate }) {
  if (rates === null) return null;
  return isTried(rates, rate) ? rates.own.verdict : zoneOf(rates, rate);
}

/** Bands, lines and their names. @param {Slice} slice @param {StepSizes} curve @param {[number, number]} ends @param {Frame} frame */
function marked(slice, curve, ends, { width, colours }) {
  const inner = Math.max(1, width - MARGIN.l - MARGIN.r);
  const seen = (slice.rates ? bandsOf(slice.rates) : [])
    .flatMap(({ zone, from, to }) => (zone === null ? [] : [{ zone, from, to }]))
    .map(({ zone, from, to }) => ({
      zone,
      from: Math.max(0, share(from, ends)),
      to: Math.min(1, share(to, ends)),
    }))
    .filter(({ from, to }) => to > from);
  const limit = limitOf(slice.bend, slice.optimizer);
  const lines = [
    ...(curve.best_rate === null
      ? []
      : [
          {
            rate: curve.best_rate,
            text: t('lowest {rate}', { rate: bestWords(curve) }),
            colour: colours.ink,
            dash: '2px,3px',
          },
        ]),
    ...(limit.rate === null
      ? []
      : [
          {
            rate: limit.rate,
            text: limitWords(limit.formula, limit.rate),
            colour: colours.negative,
            dash: 'solid',
          },
        ]),
  ]
    .map((one) => ({ ...one, at: share(one.rate, ends) }))
    .filter(({ at }) => at >= 0 && at <= 1);
  return {
    shapes: [
      ...seen.map(({ zone, from, to }) => band(from, to, colours.zones[zone])),
      level(curve.loss, colours.muted),
      ...lines.map(({ at, colour, dash }) => upright(at, colour, dash)),
    ],
    annotations: [
      ...zoneNames(seen, inner, ownZone(slice), colours),
      ...lineNames(lines, inner),
      lossName(colours),
    ],
  };
}

/** @param {number} x0 @param {number} x1 @param {string} fillcolor */
const band = (x0, x1, fillcolor) => ({
  type: 'rect',
  xref: 'paper',
  yref: 'paper',
  layer: 'below',
  ...{ x0, x1, y0: 0, y1: 1 },
  fillcolor,
  opacity: 0.26,
  line: { width: 0 },
});

/** The loss as it is now. @param {number | null} loss @param {string} color */
const level = (loss, color) => ({
  type: 'line',
  xref: 'paper',
  yref: 'y',
  ...{ x0: 0, x1: 1, y0: loss, y1: loss },
  line: { color, width: 1.2, dash: '5px,4px' },
});

/** @param {number} x @param {string} color @param {string} dash */
const upright = (x, color, dash) => ({
  type: 'line',
  xref: 'paper',
  yref: 'paper',
  ...{ x0: x, x1: x, y0: 0, y1: 1 },
  line: { color, width: 1.8, dash },
});

/** The name of each zone over its band, where it has room; the rate's own is set in bold. @param {{zone: Zone, from: number, to: number}[]} seen @param {number} inner @param {Zone | null} own @param {Frame['colours']} colours */
function zoneNames(seen, inner, own, colours) {
  return seen
    .map(({ zone, from, to }) => ({
      zone,
      at: (from + to) / 2,
      room: (to - from) * inner,
      text: zoneName(zone),
    }))
    .filter(({ room, text }) => room >= text.length * LETTER + 2 * APART)
    .map(({ zone, at, text }) => ({
      ...{ x: at, y: 1, xref: 'paper', yref: 'paper', xanchor: 'center', yanchor: 'bottom', yshift: 22 },
      showarrow: false,
      text: zone === own ? `<b>${text}</b>` : text,
      font: { size: 14, color: zone === own ? colours.ink : colours.muted },
    }));
}

/** The names of the lines above the plot. @param {{at: number, text: string, colour: string}[]} lines @param {number} inner */
function lineNames(lines, inner) {
  const order = [...lines].sort((one, other) => one.at - other.at);
  const rooms = order.map(({ at, text }) => ({ at: at * inner, room: text.length * LETTER }));
  const lefts = beginnings(rooms, inner + MARGIN.r);
  return order.map(({ text, colour }, index) => ({
    ...{ x: 0, y: 1, xref: 'paper', yref: 'paper', xanchor: 'left', yanchor: 'bottom' },
    ...{ xshift: lefts[index], yshift: 2 },
    showarrow: false,
    text,
    font: { size: 14, color: colour },
  }));
}

/**
 * Where names begin: each beside its own line, on the side where the other is not.
 * @param {{at: number, room: number}[]} names  from left to right
 * @param {number} end  where the last has to end
 */
function beginnings(names, end) {
  const isOne = names.length === 1;
  let taken = -MARGIN.l / 2;
  const lefts = names.map(({ at, room }, index) => {
    const isLast = index === names.length - 1;
    const left = Math.max(taken, isOne ? at - room / 2 : isLast ? at : at - room);
    taken = left + room + APART;
    return left;
  });
  // The last, kept from going beyond the edge, makes those before it give way.
  let free = end;
  for (let index = names.length - 1; index >= 0; index -= 1) {
    lefts[index] = Math.min(lefts[index], free - names[index].room);
    free = lefts[index] - APART;
  }
  return lefts;
}

/** @param {Frame['colours']} colours */
const lossName = (colours) => ({
  ...{
    x: 0,
    y: 1,
    xref: 'paper',
    yref: 'paper',
    xanchor: 'left',
    yanchor: 'bottom',
    xshift: -54,
    yshift: 22,
  },
  showarrow: false,
  text: t('loss'),
  font: { size: 14, color: colours.muted },
});

/** @param {Slice} slice @returns {Table} */
export function table({ curve, after, isExact, rate, rates, bend, optimizer }) {
  const columns = [t('learning rate η'), t('loss after one step'), t('zone')];
  if (curve === null || curve.loss === null) return { columns, rows: [] };
  const zone = (/** @type {number | null} */ one) => {
    const own = one === null || rates === null ? null : ownZone({ rates, rate: one });
    return own === null ? '—' : zoneName(own);
  };
  const limit = limitOf(bend, optimizer);
  const named = [
    { name: t('now: {rate}', { rate: number(rate) }), loss: isExact ? after : '—', rate },
    ...(curve.best_rate === null
      ? []
      : [
          {
            name: t('lowest {rate}', { rate: number(curve.best_rate) }),
            loss: curve.best_loss,
            rate: curve.best_rate,
          },
        ]),
    ...(limit.rate === null
      ? []
      : [
          {
            name: limitWords(limit.formula, limit.rate, 4),
            loss: '—',
            rate: limit.rate,
          },
        ]),
  ];
  return {
    columns,
    rows: [
      ...named.map((one) => ({ cells: [one.name, one.loss, zone(one.rate)] })),
      ...curve.rates.map((one, index) => ({ cells: [number(one), curve.losses[index], zone(one)] })),
    ],
  };
}
