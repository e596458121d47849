/**
 * Votes: what each example of the batch asks of the pinned parameter, and what is left once they are added up.
 *
 * A bar above the line is an example whose loss grows with the parameter: it wants it smaller. A bar below wants
 * it larger. What they take from each other never reaches the weight.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {{row: number, value: number | null}} Vote  of a row of the batch
 * @typedef {{status: 'ready' | 'none' | 'training' | 'overflow', name: string, votes: Vote[], indices: number[],
 *   followed: number, gradient: number | null, penalty: number, isMean: boolean}} Slice
 */

import { count, distinct, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { parameterName } from '../lib/names.js';
import { widthOf } from '../lib/picture/slice.js';
import { ticks } from '../lib/scale.js';

export const name = 'votes';

/** More votes than these are drawn as one outline, not as bars. */
const MOST_BARS = 240;
/** A few votes are not drawn as if they were the whole batch. */
const FEWEST = 6;
const NOTHING = { votes: [], indices: [], gradient: null, penalty: 0 };

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select({ experiment, now, pinned, explanation, isTraining, isSorted }) {
  if (!experiment || !now) return null;
  const isMean = (experiment.reduction ?? 'mean') === 'mean';
  const { network, data } = experiment;
  const scene = { activations: network.layers.map(({ activation }) => activation), features: data.features };
  const base = { ...NOTHING, isMean, followed: 0, name: '' };
  if (pinned?.kind !== 'parameter') return { ...base, status: 'none' };
  const named = { ...base, name: parameterName(scene, pinned.place) };
  if (isTraining) return { ...named, status: 'training' };
  if (!explanation) return null; // it is on its way
  const votes = explanation.votes.map((value, row) => ({ row, value }));
  if (isSorted) votes.sort((one, other) => (other.value ?? 0) - (one.value ?? 0));
  return {
    ...named,
    status: explanation.votes.includes(null) || explanation.gradient === null ? 'overflow' : 'ready',
    votes,
    indices: explanation.indices,
    followed: explanation.example,
    gradient: explanation.gradient,
    penalty: explanation.penalty_gradient ?? 0,
  };
}

/**
 * The votes added up: those for a smaller value, those for a larger one, and how much of it all cancels.
 * @param {Slice} slice
 */
export function tally({ votes, isMean }) {
  const share = isMean ? Math.max(votes.length, 1) : 1;
  const sum = (/** @type {(value: number) => boolean} */ isMine) =>
    votes.reduce((total, { value }) => total + (value !== null && isMine(value) ? value / share : 0), 0);
  const up = sum((value) => value > 0);
  const down = sum((value) => value < 0);
  const pull = up - down;
  return {
    up,
    down,
    left: up + down,
    cancelled: pull === 0 ? 0 : 1 - Math.abs(up + down) / pull,
    ups: votes.filter(({ value }) => value !== null && value > 0).length,
    downs: votes.filter(({ value }) => value !== null && value < 0).length,
  };
}

/** A line from words to what they are about. */
const LEADER = { showarrow: true, arrowhead: 0, arrowwidth: 1.5, standoff: 0 };

const EXAMPLE = (/** @type {number} */ row) => t('example {number}', { number: row + 1 });

/** @param {Slice} slice @param {Frame['colours']} colours */
function bars({ votes }, colours) {
  return {
    type: 'bar',
    x: votes.map((_, place) => place),
    y: votes.map(({ value }) => value),
    customdata: votes.map(({ row }) => ({ example: row })),
    hovertext: votes.map(({ row, value }) => `${EXAMPLE(row)}<br>${number(value, { sign: true })}`),
    hoverinfo: 'text',
    marker: {
      color: votes.map(({ value }) => ((value ?? 0) < 0 ? colours.negative : colours.positive)),
      line: { width: 0 },
    },
  };
}

/** Many votes as two outlines, filled: one for each sign. @param {Slice} slice @param {Frame['colours']} colours */
function outlines({ votes }, colours) {
  return [1, -1].map((sign) => ({
    x: votes.map((_, place) => place),
    y: votes.map(({ value }) => (value === null ? null : sign * Math.max(sign * value, 0))),
    customdata: votes.map(({ row }) => ({ example: row })),
    hovertext: votes.map(({ row, value }) => `${EXAMPLE(row)}<br>${number(value, { sign: true })}`),
    hoverinfo: 'text',
    mode: 'lines',
    fill: 'tozeroy',
    line: { shape: 'hvh', width: 0.5, color: sign > 0 ? colours.positive : colours.negative },
    fillcolor: sign > 0 ? colours.positive : colours.negative,
  }));
}

/** A small triangle points at the bar of the example that is followed. @param {Slice} slice @param {Frame['colours']} colours */
function pointer({ votes, followed }, colours) {
  const place = votes.findIndex(({ row }) => row === followed);
  const value = votes[place]?.value ?? 0;
  return {
    x: place < 0 ? [] : [place],
    y: place < 0 ? [] : [0],
    mode: 'markers',
    hoverinfo: 'skip',
    cliponaxis: false,
    marker: {
      symbol: value < 0 ? 'triangle-down' : 'triangle-up',
      size: 13,
      standoff: 0,
      color: colours.ink,
      line: { color: colours.panel, width: 1.5 },
    },
  };
}

const MARGIN = { l: 58, r: 12, t: 6, b: 30 };
/** Rows of the balance: what pulls, above; what is left of it, below. */
const PULL = 1;
const LEFT = 0;

/** What pulls one way, what the other, and what is left, on a scale of its own at the top. @param {Slice} slice @param {Frame['colours']} colours */
function balance(slice, colours) {
  const { up, down, left } = tally(slice);
  return {
    type: 'bar',
    orientation: 'h',
    x: [up, down, left],
    y: [PULL, PULL, LEFT],
    width: [0.72, 0.72, 0.3],
    xaxis: 'x2',
    yaxis: 'y2',
    hoverinfo: 'skip',
    marker: { color: [colours.positive, colours.negative, colours.back], line: { width: 0 } },
  };
}

/** @param {Slice} slice @param {Frame} frame */
function balanceMarks(slice, { colours, width }) {
  const { up, down, left } = tally(slice);
  const side = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {string} */ text,
    /** @type {string} */ color,
    /** @type {boolean} */ isRight,
  ) => ({
    x,
    xref: 'x2',
    y,
    yref: 'y2',
    text,
    xanchor: isRight ? 'left' : 'right',
    xshift: isRight ? 5 : -5,
    showarrow: false,
    font: { size: 14, color },
  });
  const signed = (/** @type {number} */ value) => number(value, { sign: true, digits: 3 });
  const reach = Math.max(up, -down) || 1;
  // Beside the longer pull there is still room for its number.
  const half = (width - MARGIN.l - MARGIN.r) / 2;
  const room = Math.min(widthOf([signed(up), signed(down)]) + 8, 0.7 * half);
  return {
    reach: (reach * half) / (half - room),
    shapes: [
      {
        type: 'line',
        xref: 'x2',
        yref: 'y2',
        x0: 0,
        x1: 0,
        y0: LEFT - 0.5,
        y1: PULL + 0.5,
        line: { color: colours.ink, width: 1.2 },
      },
    ],
    annotations: [
      side(up, PULL, signed(up), colours.positive, true),
      side(down, PULL, signed(down), colours.negative, false),
      side(0, LEFT, t('left over {value}', { value: signed(left) }), colours.back, left < 0),
    ],
  };
}

/** The line at what the votes come to. @param {Slice} slice @param {Frame['colours']} colours */
function meanMarks({ gradient, penalty, isMean, votes }, colours) {
  if (gradient === null || !isMean) return { shapes: [], annotations: [] };
  const mean = gradient - penalty;
  return {
    shapes: [
      {
        type: 'line',
        x0: -0.5,
        x1: votes.length - 0.5,
        y0: mean,
        y1: mean,
        line: { color: colours.back, width: 3 },
      },
    ],
    annotations: [
      {
        x: votes.length - 0.5,
        y: mean,
        // Sorted, the bars at this end are below 0: the words stand above it, with a line to theirs.
        ...(mean < 0
          ? { ax: votes.length - 0.5, axref: 'x', ay: 0, ayref: 'y', ...LEADER, arrowcolor: colours.back }
          : { showarrow: false }),
        text: t('mean {value}', { value: number(mean, { sign: true }) }),
        xanchor: 'right',
        yanchor: 'bottom',
        yshift: mean < 0 ? 0 : 2,
        bgcolor: colours.panel,
        borderpad: 1,
        font: { size: 14, color: colours.back },
      },
    ],
  };
}

/** Ticks written as all numbers here are. @param {number} low @param {number} high */
function tickLabels(low, high) {
  const tickvals = ticks(low, high, 5);
  return { tickvals, ticktext: distinct(tickvals) };
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  const { colours } = frame;
  if (slice.status !== 'ready') return { data: [], layout: hidden() };
  const isMany = slice.votes.length > MOST_BARS;
  const { reach, ...above } = balanceMarks(slice, frame);
  const across = meanMarks(slice, colours);
  const values = slice.votes.map(({ value }) => value ?? 0);
  const lowest = values.reduce((one, other) => Math.min(one, other), 0);
  const highest = values.reduce((one, other) => Math.max(one, other), 0);
  const middle = (slice.votes.length - 1) / 2;
  const room = Math.max(slice.votes.length, FEWEST) * 0.51;
  return {
    data: [
      ...(isMany ? outlines(slice, colours) : [bars(slice, colours)]),
      pointer(slice, colours),
      balance(slice, colours),
    ],
    layout: {
      margin: MARGIN,
      bargap: slice.votes.length > 40 ? 0 : 0.25,
      barmode: 'overlay',
      xaxis: {
        fixedrange: true,
        showgrid: false,
        zeroline: false,
        showticklabels: false,
        range: [middle - room, middle + room],
        title: { text: t('examples of the batch'), standoff: 6, font: { size: 14 } },
      },
      yaxis: {
        domain: [0, 0.78],
        fixedrange: true,
        gridcolor: colours.line,
        zerolinecolor: colours.ink,
        zerolinewidth: 1.2,
        ...tickLabels(lowest, highest),
        automargin: true,
        tickfont: { size: 14 },
      },
      xaxis2: { visible: false, fixedrange: true, range: [-reach, reach], anchor: 'y2' },
      yaxis2: { visible: false, fixedrange: true, range: [-0.6, 1.6], domain: [0.84, 1], anchor: 'x2' },
      shapes: [...above.shapes, ...across.shapes],
      annotations: [...above.annotations, ...across.annotations],
    },
  };
}

/** Axes that are not to be seen. */
const hidden = () => ({
  xaxis: { visible: false, fixedrange: true },
  yaxis: { visible: false, fixedrange: true },
  shapes: [],
  annotations: [],
});

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  const { status, name: of, votes, gradient, penalty, isMean } = slice;
  if (status === 'none')
    return t('Each example of the batch votes on every weight. Pin a weight to see its votes.');
  if (status === 'training')
    return t('While it trains, each batch votes anew. Pause to count the votes on: {name}.', { name: of });
  if (status === 'overflow')
    return t('{name}: some of these votes have grown beyond what a number can hold.', { name: begun(of) });
  const { ups, downs, cancelled, left } = tally(slice);
  const result = number(gradient, { sign: true });
  if (votes.length === 1)
    return t('{name}: one example, one voice. Its vote, {vote}, is the whole gradient.', {
      name: begun(of),
      vote: number(left, { sign: true }),
    });
  if (ups === 0 || downs === 0)
    return `${agreed(slice, begun(of))} ${outcome(result, penalty, isMean, votes.length)}`;
  const split = t('{name}: {down} vote for less of it, {up} for more; {share} of their pull cancels.', {
    name: begun(of),
    down: count(ups),
    up: count(downs),
    share: `${number(100 * cancelled, { digits: 3 })}\u00a0%`,
  });
  return `${split} ${outcome(result, penalty, isMean, votes.length)}`;
}

/** Where nobody votes against it. @param {Slice} slice @param {string} name */
function agreed(slice, name) {
  const { ups, downs } = tally(slice);
  const values = { name, count: count(ups + downs) };
  if (ups + downs === 0) return t('{name}: no example has a voice here; every vote is 0.', values);
  return ups > 0
    ? t('{name}: all {count} vote for less of it; nothing cancels.', values)
    : t('{name}: all {count} vote for more of it; nothing cancels.', values);
}

/** @param {string} result @param {number} penalty @param {boolean} isMean @param {number} votes */
function outcome(result, penalty, isMean, votes) {
  if (penalty !== 0)
    return isMean
      ? t('Their mean and the penalty’s {penalty} give the gradient, {gradient}.', {
          penalty: number(penalty, { sign: true }),
          gradient: result,
        })
      : t('Their sum and the penalty’s {penalty} give the gradient, {gradient}.', {
          penalty: number(penalty, { sign: true }),
          gradient: result,
        });
  return isMean
    ? tn(
        'The mean of {count} vote is the gradient, {gradient}.',
        'The mean of {count} votes is the gradient, {gradient}.',
        votes,
        { gradient: result },
      )
    : tn(
        'The sum of {count} vote is the gradient, {gradient}.',
        'The sum of {count} votes is the gradient, {gradient}.',
        votes,
        { gradient: result },
      );
}

/** At the beginning of a sentence. @param {string} text */
const begun = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {Slice} slice @returns {Table} */
export function table({ votes, indices, gradient, followed, status }) {
  const rows = votes.map(({ row, value }) => ({
    cells: [
      row === followed ? t('{example}, followed', { example: EXAMPLE(row) }) : EXAMPLE(row),
      count(indices[row] + 1),
      value,
    ],
    pick: { example: row },
  }));
  const total = status === 'ready' ? [{ cells: [t('the batch’s gradient'), '', gradient] }] : [];
  return { columns: [t('voice'), t('row of the data'), t('vote')], rows: [...total, ...rows] };
}
