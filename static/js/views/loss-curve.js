/**
 * The loss at every training step so far, with a mark wherever the learning rate was changed.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {{losses: (number | null)[], step: number, loss: number | null, isLog: boolean,
 *   changes: {at_step: number, learning_rate: number, before: number}[], divergedAt: number | null}} Slice
 */

import { decimate } from '../lib/decimate.js';
import { count, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';

export const name = 'loss-curve';

const MOST_POINTS = 1500;
const MOST_MARKS = 12;
/** Where the loss is 0 to the last bit, a logarithmic axis has no place for it. */
const SMALLEST = 1e-16;

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select({ history, now, trace, isLogarithmic, trouble }) {
  if (!history || !now) return null;
  let before = history.learning_rate;
  const changes = history.changes.map((change) => {
    const marked = { ...change, before };
    before = change.learning_rate;
    return marked;
  });
  const isKnown = now.step < history.losses.length;
  return {
    losses: history.losses,
    step: now.step,
    loss: isKnown ? history.losses[now.step] : (trace?.loss ?? null),
    isLog: isLogarithmic,
    changes,
    divergedAt: trouble?.kind === 'diverged' ? trouble.at : null,
  };
}

/**
 * @param {Slice} slice
 * @param {Frame} frame
 * @returns {Figure}
 */
export function figure(slice, { colours }) {
  const { losses, step, loss, isLog } = slice;
  const kept = decimate(losses, MOST_POINTS);
  const drawn = (/** @type {number | null} */ value) =>
    value === null ? null : isLog ? Math.max(value, SMALLEST) : value;
  const axis = {
    gridcolor: colours.line,
    zeroline: false,
    linecolor: colours.line,
    fixedrange: true,
    tickfont: { size: 14 },
  };
  return {
    data: [
      {
        x: kept,
        y: kept.map((index) => drawn(losses[index])),
        mode: losses.length > 1 ? 'lines' : 'markers',
        line: { color: colours.positive, width: 2.2 },
        hovertemplate: `${t('step')} %{x}<br>${t('loss')} %{y:.5g}<extra></extra>`,
      },
      {
        x: loss === null ? [] : [step],
        y: loss === null ? [] : [drawn(loss)],
        mode: 'markers',
        hoverinfo: 'skip',
        cliponaxis: false,
        marker: { size: 13, color: colours.panel, opacity: 1, line: { width: 3, color: colours.ink } },
      },
    ],
    layout: {
      margin: { l: 64, r: 18, t: 24, b: 48 },
      xaxis: {
        ...axis,
        title: { text: t('training step'), standoff: 8, font: { size: 14 } },
        range: [-0.5, Math.max(10, losses.length - 1, step) * 1.02],
        nticks: 8,
      },
      yaxis: {
        ...axis,
        title: { text: t('loss'), standoff: 10, font: { size: 14 } },
        type: isLog ? 'log' : 'linear',
        rangemode: isLog ? 'normal' : 'tozero',
        nticks: 6,
        automargin: true,
        exponentformat: 'power',
      },
      ...rateMarks(slice, colours),
    },
  };
}

/**
 * @param {Slice} slice
 * @param {import('../lib/view.js').Colours} colours
 */
function rateMarks({ changes }, colours) {
  const shown = changes.filter((change) => change.at_step > 0);
  const labelled = shown.slice(-MOST_MARKS);
  return {
    shapes: shown.map((change) => ({
      type: 'line',
      xref: 'x',
      yref: 'paper',
      x0: change.at_step,
      x1: change.at_step,
      y0: 0,
      y1: 1,
      line: { color: colours.muted, width: 1.2, dash: 'dot' },
    })),
    annotations: labelled.map((change, index) => ({
      x: change.at_step,
      y: 1,
      xref: 'x',
      yref: 'paper',
      // Marks close together take turns in height.
      yshift: 10 - 16 * (index % 3),
      xanchor: 'left',
      xshift: 3,
      showarrow: false,
      bgcolor: colours.panel,
      text: `η ${number(change.before)} → ${number(change.learning_rate)}`,
      font: { size: 14, color: colours.ink },
    })),
  };
}

/** @param {Slice} slice */
export function describe({ losses, step, loss, changes, divergedAt }) {
  if (divergedAt !== null) {
    return t('At step {step} the loss grew beyond what a number can hold.', { step: count(divergedAt) });
  }
  if (losses.length < 2) return t('One point for every training step; press play, or take one step.');
  const lowest = losses.reduce(
    (/** @type {number} */ least, value) => Math.min(least, value ?? Infinity),
    Infinity,
  );
  const sentence = t('Step {step}: loss {loss}. It began at {first}; the lowest so far is {lowest}.', {
    step: count(step),
    loss: loss === null ? '—' : number(loss),
    first: number(losses[0]),
    lowest: number(lowest),
  });
  const last = changes.filter((change) => change.at_step > 0 && change.at_step <= step).at(-1);
  if (!last) return sentence;
  return `${sentence} ${t('At step {step} the learning rate went from {before} to {after}.', {
    step: count(last.at_step),
    before: number(last.before),
    after: number(last.learning_rate),
  })}`;
}
