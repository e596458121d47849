/**
 * The proof of a gradient that needs no calculus: move the parameter by h, see how far the loss moves, divide.
 *
 * The slope of the secant between the two points comes nearer to the gradient, the slope of the tangent, the
 * smaller h is: until the loss's last digits are all that is left of the difference.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('../lib/wire.js').NudgeAnswer} Nudge
 * @typedef {{value: number, loss: number, gradient: number, numerical: number | null, reach: number,
 *   comparison: import('../lib/wire.js').ComparisonAnswer, nudges: Nudge[], chosen: Nudge, canJump: boolean,
 *   line: {values: (number | null)[], losses: (number | null)[]} | null}} Slice
 *   `nudges` from the most negative h on; `reach` is the h of `numerical`
 */

import { reasonOf } from '../lib/agreement.js';
import { lastThreshold, withJumps, withPlaces } from '../lib/curve.js';
import { distinct, number, powerOfTen } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { ticks } from '../lib/scale.js';

export const name = 'proof';

const MARGIN = { l: 62, r: 16, t: 30, b: 44 };
/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select({ explanation, nudge, experiment, pinned }) {
  if (!explanation || explanation.nudges.length === 0) return null;
  const { value, loss, gradient, numerical_gradient: numerical, comparison, line } = explanation;
  if (value === null || loss === null || gradient === null) return null;
  const nudges = [...explanation.nudges].sort((one, other) => one.h - other.h);
  const chosen = nearest(nudges, nudge);
  const layer = pinned?.kind === 'parameter' ? pinned.place.layer : 0;
  const canJump = experiment !== null && layer <= lastThreshold(experiment.network.layers);
  const reach = explanation.nudge;
  return { value, loss, gradient, numerical, comparison, reach, nudges, chosen, line, canJump };
}

/**
 * The nudge that comes nearest to a wish, of its sign, by their ratio.
 * @param {Nudge[]} nudges
 * @param {number} h
 */
export function nearest(nudges, h) {
  const size = Math.log(Math.max(Math.abs(h), Number.MIN_VALUE));
  const far = (/** @type {Nudge} */ one) =>
    Math.abs(Math.log(Math.abs(one.h)) - size) + (one.h < 0 === h < 0 ? 0 : 1000);
  return nudges.reduce((best, one) => (far(one) < far(best) ? one : best));
}

/** A nudge as it is written. @param {number} h */
export const written = (h) => powerOfTen(number(h, { sign: true }));

/** The nudge under a pointer: the nearest as the eye has it. @param {Slice} slice @param {number} x  pixels @param {number} width */
export function under({ nudges, value, line }, x, width) {
  const [low, high] = span(value, line);
  const at = low + ((high - low) * (x - MARGIN.l)) / (width - MARGIN.l - MARGIN.r);
  const far = (/** @type {Nudge} */ { h }) => Math.abs(value + h - at);
  return nudges.reduce((best, one) => (far(one) < far(best) ? one : best)).h;
}

/** The ends of the axis. @param {number} value @param {Slice['line']} line */
function span(value, line) {
  return [line?.values[0] ?? value - 2.5, line?.values.at(-1) ?? value + 2.5];
}

/** The line through its samples, the parameter's own value and the nudged one: a corner there is drawn where it is. @param {Slice} slice */
function lineOf({ line, value, loss, chosen, canJump }) {
  if (!line) return { x: [], y: [] };
  if (canJump) return withJumps({ x: line.values, y: line.losses });
  const places = [
    { x: value, y: loss },
    { x: value + chosen.h, y: chosen.loss },
  ];
  return withPlaces(line.values, line.losses, places);
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, { colours }) {
  const { value, loss, gradient, chosen, line } = slice;
  const [low, high] = span(value, line);
  const losses = [...(line?.losses ?? []), loss, chosen.loss].filter((one) => one !== null);
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const room = Math.max((most - least) * 0.1, Math.abs(most) * 1e-6, 1e-12);
  const levels = ticks(least - room, most + room, 5);
  const along = (/** @type {number | null} */ slope) => ({
    x: slope === null ? [] : [low, high],
    y: slope === null ? [] : [loss + slope * (low - value), loss + slope * (high - value)],
    mode: 'lines',
    hoverinfo: 'skip',
  });
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true, tickfont: { size: 14 } };
  return {
    data: [
      {
        ...lineOf(slice),
        mode: 'lines',
        hovertemplate: `%{x:.4g}<br>${t('loss')} %{y:.5g}<extra></extra>`,
        line: { color: colours.ink, width: 2.2 },
      },
      { ...along(gradient), line: { color: colours.back, width: 2.2 } },
      { ...along(chosen.secant), line: { color: colours.markEdge, width: 2.2, dash: '7px,4px' } },
      {
        x: chosen.loss === null ? [value] : [value, value + chosen.h],
        y: chosen.loss === null ? [loss] : [loss, chosen.loss],
        mode: 'markers',
        hoverinfo: 'skip',
        cliponaxis: false,
        marker: {
          size: [13, 17],
          opacity: 1,
          color: [colours.panel, colours.mark],
          line: { width: [3, 2.5], color: [colours.ink, colours.markEdge] },
        },
      },
    ],
    layout: {
      margin: MARGIN,
      xaxis: {
        ...axis,
        range: [low, high],
        nticks: 6,
        title: { text: t('the parameter'), standoff: 6, font: { size: 14 } },
      },
      yaxis: {
        ...axis,
        range: [least - room, most + room],
        tickvals: levels,
        ticktext: distinct(levels),
      },
      annotations: [
        {
          x: 0,
          y: 1,
          xref: 'paper',
          yref: 'paper',
          xanchor: 'left',
          yanchor: 'bottom',
          xshift: -52,
          yshift: 4,
          showarrow: false,
          text: t('loss'),
          font: { size: 14 },
        },
      ],
    },
  };
}

/** @param {Slice} slice @returns {string} */
export function describe({ value, loss, gradient, chosen }) {
  const values = {
    from: number(value),
    h: written(chosen.h),
    before: number(loss, { digits: 6 }),
    after: number(chosen.loss, { digits: 6 }),
    slope: number(chosen.secant, { sign: true }),
    gradient: number(gradient, { sign: true }),
  };
  return t(
    'From {from} nudged by {h}, the loss goes from {before} to {after}: a slope of {slope} along the dashed secant. The tangent has the gradient’s, {gradient}.',
    values,
  );
}

/**
 * The slopes side by side; the first is backpropagation's.
 * @param {Slice} slice
 * @returns {{kind: 'gradient' | 'secant' | 'central' | 'check', label: string, slope: number | null, difference: number | null}[]}
 */
export function slopes({ gradient, numerical, reach, chosen }) {
  const beside = (/** @type {number | null} */ slope) => (slope === null ? null : Math.abs(slope - gradient));
  const h = powerOfTen(number(Math.abs(chosen.h)));
  const rows = [
    { kind: 'gradient', label: t('gradient'), slope: gradient, difference: null },
    {
      kind: 'secant',
      label: t('secant, {h}', { h: written(chosen.h) }),
      slope: chosen.secant,
      difference: beside(chosen.secant),
    },
    {
      kind: 'central',
      label: t('both ways, ±{h}', { h }),
      slope: chosen.central,
      difference: beside(chosen.central),
    },
  ];
  const check = {
    kind: 'check',
    label: t('both ways, ±{h}', { h: powerOfTen(number(reach)) }),
    slope: numerical,
    difference: beside(numerical),
  };
  return /** @type {ReturnType<typeof slopes>} */ (
    Math.abs(chosen.h) === reach ? [...rows.slice(0, 2), check] : [...rows, check]
  );
}

/** What the comparison comes to, in a sentence. @param {Slice} slice */
export const judgement = ({ comparison, reach }) => reasonOf(comparison, reach);

/** @param {Slice} slice @returns {Table} */
export function table({ nudges, value }) {
  const rows = nudges.map(({ h, loss, secant, central }) => ({
    cells: [written(h), value + h, loss, secant, central],
  }));
  return {
    columns: [t('nudge h'), t('the parameter'), t('loss'), t('slope of the secant'), t('slope both ways')],
    rows,
  };
}
