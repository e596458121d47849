/**
 * The loss at every training step of every branch, and what was changed on the way.
 *
 * The branch on screen is strong. Where it is trained by small batches, each batch's loss is light and the mean of
 * a pass over the data is the line; where a part is held out, its loss is dotted.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../state.js').Reading} Reading
 * @typedef {{id: number, name: string, losses: (number | null)[], pass: number, isCurrent: boolean}} Run  `pass`: its batches in one
 * @typedef {{runs: Run[], step: number, loss: number | null, isLog: boolean, isTraining: boolean, tests: Reading[],
 *   marks: import('../lib/marks.js').Mark[], divergedAt: number | null}} Slice
 */

import { allBranches, branchName, styleOf } from '../lib/branches.js';
import { decimate } from '../lib/decimate.js';
import { count, number } from '../lib/format.js';
import { experimentAt, lastStep } from '../lib/history.js';
import { t, tn } from '../lib/i18n.js';
import { marksOf } from '../lib/marks.js';
import { axisEnd } from '../lib/scale.js';
import { movingMean } from '../lib/smooth.js';
import { circle, strokeOf } from '../lib/strokes.js';
import { boxOf, endLabels, marginOf, markLayout, spanOf, zeroLabel } from './loss-labels.js';

export const name = 'loss-curve';

const MOST_POINTS = 1000;
const MOST_ROWS = 200;
const OTHERS = 0.75;
const ROOM = 1.06;
const RING = 13;

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { history, now, trace, isLogarithmic, isTraining, trouble, hidden, dataset } = state;
  if (!history || !now) return null;
  const all = allBranches(state).filter(({ id }) => id === state.branch || !hidden.includes(id));
  const known = all.length > 0 ? all : [{ id: 0, name: '', origin: null, history, step: now.step }];
  const isKnown = now.step < history.losses.length;
  return {
    runs: known.map((branch) => ({
      id: branch.id,
      name: branchName(branch),
      losses: branch.history.losses,
      pass: passOf(branch.history, dataset?.train_indices.length ?? 0),
      isCurrent: branch.id === state.branch,
    })),
    step: now.step,
    loss: isKnown ? history.losses[now.step] : (trace?.loss ?? null),
    isLog: isLogarithmic,
    isTraining,
    tests: history.readings.filter(({ test_loss }) => test_loss !== null),
    marks: marksOf(history),
    divergedAt: trouble?.kind === 'diverged' ? trouble.at : null,
  };
}

/** How many batches make a pass over the data. @param {import('../state.js').History} history @param {number} examples */
function passOf(history, examples) {
  const size = experimentAt(history, lastStep(history))?.batch.size ?? null;
  return size === null || examples === 0 ? 1 : Math.max(1, Math.ceil(examples / size));
}

/** What is drawn of a run: points of its own losses, and of their mean. Both are kept, since other branches stay as they are. @type {WeakMap<object, {own: Points, mean: Points | null}>} */
const drawnOf = new WeakMap();

/** @typedef {{x: number[], y: (number | null)[]}} Points */

/** @param {Run} run */
function pointsOf({ losses, pass }) {
  const found = drawnOf.get(losses);
  if (found) return found;
  const thin = (/** @type {(number | null)[]} */ values) => {
    const x = decimate(values, MOST_POINTS);
    return { x, y: x.map((step) => values[step] ?? null) };
  };
  const made = { own: thin(losses), mean: pass > 1 ? thin(movingMean(losses, pass)) : null };
  drawnOf.set(losses, made);
  return made;
}

/** The loss that a run's line ends with. @param {Run} run */
function endOf(run) {
  const { own, mean } = pointsOf(run);
  const { x, y } = mean ?? own;
  const at = y.findLastIndex((value) => value !== null);
  return at < 0 ? null : { step: x[at], loss: /** @type {number} */ (y[at]) };
}

/** Where the axis of steps ends, with room for names after the longest run. @param {Slice} slice */
export const endStep = ({ runs, step }) =>
  axisEnd(ROOM * Math.max(step, ...runs.map(({ losses }) => losses.length - 1)));

/**
 * @param {Slice} slice
 * @param {Frame} frame
 * @returns {Figure}
 */
export function figure(slice, frame) {
  const { colours } = frame;
  const { step, loss, isLog } = slice;
  const lines = [...linesOf(slice, colours), ...testLine(slice, colours)];
  const heights = [...lines.flatMap(({ y }) => y), loss];
  const span = spanOf(heights, isLog);
  const margin = marginOf(slice.marks);
  const box = boxOf(frame, margin, endStep(slice), span, isLog);
  const hasZero = isLog && heights.includes(0);
  // A logarithmic axis has no place for 0: it is the lower edge, which says so.
  const drawn = (/** @type {number | null} */ value) => (value === 0 && isLog ? 10 ** span[0] : value);
  const axis = { gridcolor: colours.line, zeroline: false, linecolor: colours.line, fixedrange: true };
  const isShort = box.end <= 10;
  const shown = lines.map((line) => ({ ...line, y: line.y.map(drawn) }));
  const ring = loss === null ? null : { step, loss: /** @type {number} */ (drawn(loss)) };
  const names = slice.isTraining ? namesOf(slice).filter(({ isMoving }) => !isMoving) : namesOf(slice);
  const rings = ring && !slice.isTraining ? [box.pixel(ring.step, ring.loss)] : [];
  return {
    ...(slice.isTraining ? painted(shown, ring, box, colours) : plotted(shown, ring, colours)),
    layout: {
      margin,
      xaxis: {
        ...axis,
        tickfont: { size: 14 },
        title: { text: t('training step'), standoff: 6, font: { size: 14 } },
        range: [0, box.end],
        ...(isShort ? { dtick: 1 } : { nticks: 8 }),
      },
      yaxis: {
        ...axis,
        tickfont: { size: 14 },
        type: isLog ? 'log' : 'linear',
        range: span,
        nticks: 6,
        exponentformat: 'power',
      },
      ...markLayout(slice.marks, box, colours, [
        ...endLabels(names, box, colours, rings),
        ...(hasZero ? [zeroLabel(span[0], colours)] : []),
      ]),
    },
  };
}

/** @typedef {import('./loss-labels.js').Plane} Plane */

/** The lines as Plotly draws them, to be pointed at. @param {object[]} lines @param {{step: number, loss: number} | null} ring @param {import('../lib/view.js').Colours} colours */
function plotted(lines, ring, { panel, ink }) {
  const here = {
    x: ring ? [ring.step] : [],
    y: ring ? [ring.loss] : [],
    mode: 'markers',
    hoverinfo: 'skip',
    cliponaxis: false,
    marker: { size: RING, color: panel, opacity: 1, line: { width: 3, color: ink } },
  };
  return { data: [...lines, here], tiles: [], strokes: [] };
}

/** The lines as they are painted while it trains. @param {import('../lib/strokes.js').Line[]} lines @param {{step: number, loss: number} | null} ring @param {Plane} plane @param {import('../lib/view.js').Colours} colours */
function painted(lines, ring, plane, { ink }) {
  const box = { x: plane.left, y: 0, width: plane.right - plane.left, height: plane.top + plane.height + 2 };
  const strokes = lines.map((line) => strokeOf(line, plane.pixel, box));
  const here = ring ? [circle(plane.pixel(ring.step, ring.loss), RING / 2, ink, 3)] : [];
  // An empty figure has axes where there is a trace, though nothing of it.
  return { data: [{ x: [0], y: [null] }], tiles: [], strokes: [...strokes, ...here] };
}

/** @param {Slice} slice @param {import('../lib/view.js').Colours} colours */
function linesOf({ runs, isTraining }, colours) {
  const inOrder = [...runs].sort((one, other) => Number(one.isCurrent) - Number(other.isCurrent));
  return inOrder.flatMap((run) => {
    const { own, mean } = pointsOf(run);
    const { colour, dash } = styleOf(run.id);
    const common = { hoverinfo: 'skip', mode: own.x.length > 1 ? 'lines' : 'markers' };
    const paint = colours.branches[colour];
    const noise = { ...own, ...common, opacity: 0.28, line: { color: paint, width: 1 } };
    const main = {
      ...(mean ?? own),
      ...common,
      opacity: run.isCurrent ? 1 : OTHERS,
      line: { color: paint, dash, width: run.isCurrent ? 2.6 : 1.7 },
      marker: { color: paint, size: 5 },
      ...(isTraining ? {} : asked(run, mean ?? own)),
    };
    return mean && run.isCurrent ? [noise, main] : [main];
  });
}

/** What a point of a line tells, and where a click on it goes. @param {Run} run @param {Points} points */
function asked({ id, name }, { x, y }) {
  return {
    hoverinfo: 'text',
    customdata: x.map((step) => ({ step, branch: id })),
    hovertext: x.map((step, at) => `${name}<br>${t('step')} ${count(step)}<br>${t('loss')} ${number(y[at])}`),
  };
}

/** @param {Slice} slice @param {import('../lib/view.js').Colours} colours */
function testLine({ tests }, colours) {
  if (tests.length === 0) return [];
  const losses = tests.map(({ test_loss }) => test_loss);
  const kept = decimate(losses, MOST_POINTS);
  return [
    {
      x: kept.map((index) => tests[index].step),
      y: kept.map((index) => losses[index]),
      mode: kept.length > 1 ? 'lines' : 'markers',
      hoverinfo: 'skip',
      opacity: 1,
      line: { color: colours.ink, width: 1.8, dash: '1px,4px' },
      marker: { color: colours.ink, size: 5 },
    },
  ];
}

/** What stands at the ends of the lines, where there is more than one. @param {Slice} slice */
function namesOf(slice) {
  const { runs, tests } = slice;
  const last = tests.at(-1);
  const names = runs.flatMap((run) => {
    const end = endOf(run);
    return end
      ? [
          {
            ...end,
            text: run.name,
            colour: styleOf(run.id).colour,
            isStrong: run.isCurrent,
            isMoving: run.isCurrent,
          },
        ]
      : [];
  });
  const held =
    last && last.test_loss !== null
      ? [
          {
            step: last.step,
            loss: last.test_loss,
            text: t('held out'),
            colour: null,
            isStrong: false,
            isMoving: true,
          },
        ]
      : [];
  const all = [
    ...names.filter(({ isStrong }) => isStrong),
    ...held,
    ...names.filter(({ isStrong }) => !isStrong),
  ];
  return runs.length + tests.length > 1 ? all : [];
}

/** @param {Slice} slice */
export function describe(slice) {
  const { runs, step, loss, marks, divergedAt, tests } = slice;
  if (divergedAt !== null) {
    return t('At step {step} the loss grew beyond what a number can hold.', { step: count(divergedAt) });
  }
  const own = runs.find(({ isCurrent }) => isCurrent) ?? runs[0];
  if (own.losses.length < 2) return t('One point for every training step; press play, or take one step.');
  const sentences = [runWords(own.losses, step, loss)];
  const held = tests.findLast((reading) => reading.step <= step);
  if (slice.isLog && (loss === 0 || own.losses.includes(0)))
    sentences.push(t('A loss of exactly 0 stands at the lower edge.'));
  if (held) sentences.push(t('Dotted: the examples held out, now {loss}.', { loss: number(held.test_loss) }));
  if (own.pass > 1)
    sentences.push(
      tn(
        'Light: each batch; the line is the mean of {count} batch.',
        'Light: each batch; the line is the mean of {count} batches, one pass over the data.',
        own.pass,
      ),
    );
  const last = marks.findLast(({ at }) => at <= step);
  if (last) sentences.push(t('At step {step}: {change}.', { step: count(last.at), change: last.text }));
  return sentences.join(' ');
}

/** @param {(number | null)[]} losses @param {number} step @param {number | null} loss */
function runWords(losses, step, loss) {
  const lowest = losses.reduce(
    (/** @type {number} */ least, value) => Math.min(least, value ?? Infinity),
    Infinity,
  );
  return t('Step {step}: loss {loss}. It began at {first}; the lowest so far is {lowest}.', {
    step: count(step),
    loss: loss === null ? '—' : number(loss),
    first: number(losses[0]),
    lowest: number(lowest),
  });
}

/** @param {Slice} slice @returns {import('../lib/view.js').Table} */
export function table({ runs, tests }) {
  const own = runs.find(({ isCurrent }) => isCurrent) ?? runs[0];
  const longest = runs.reduce((most, run) => (run.losses.length > most.losses.length ? run : most), own);
  const held = new Map(tests.map(({ step, test_loss }) => [step, test_loss]));
  return {
    columns: [t('step'), ...runs.map(({ name }) => name), ...(held.size > 0 ? [t('held out')] : [])],
    rows: decimate(longest.losses, MOST_ROWS).map((step) => ({
      cells: [
        count(step),
        ...runs.map(({ losses }) => losses[step] ?? (step < losses.length ? null : '—')),
        ...(held.size > 0 ? [held.has(step) ? (held.get(step) ?? null) : '—'] : []),
      ],
      pick: { step, branch: own.id },
    })),
  };
}
