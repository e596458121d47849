/**
 * The loss along one parameter: where it stands, the tangent, the coming step, and where that lands.
 *
 * The step that is drawn is this parameter's alone, on the curve; where it lands when all move together is marked
 * off the curve, since then the curve is another one.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/wire.js').SlopeAnswer} Answer
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {{value: number, loss: number | null, hasJumped: boolean | null, isOff: boolean}} Landing
 * @typedef {{line: Answer, title: string, isFresh: boolean, isPinned: boolean, canJump: boolean, isExact: boolean, rate: number, step: Landing,
 *   ghosts: Answer['ghosts'], together: {value: number | null, loss: number | null}}} Drawn
 * @typedef {{line: null, title: string, isFresh: boolean, beyond: 'loss' | 'gradient', at: number}} Beyond
 *   what no number can hold, and the step of it: there is nothing to draw then
 * @typedef {Drawn | Beyond} Slice
 *   while the rate is dragged the picture of the step is stretched with it; every number waits for the engine's (`isExact`)
 */

import { lastThreshold, withJumps, withPlaces } from '../lib/curve.js';
import { number } from '../lib/format.js';
import { rateAt } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { rests, slopePlace } from '../lib/inside.js';
import { parameterName } from '../lib/names.js';
import { sceneOf } from '../lib/told/scene.js';
import { heightAt, measured } from '../lib/zones.js';

import { isOnPicture, levels } from './slope-levels.js';

export { describe, slopeWords, table } from './slope-words.js';

export const name = 'slope';

export const MARGIN = { l: 58, r: 14, t: 26, b: 46 };
const POINT = 14;
/** Pixels below which an arrow would be its own head. */
const LEAST_ARROW = 9;
/** The tangent goes so far to both sides, as a share of the line. */
const TANGENT = 0.17;

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { asides, now, experiment, trace } = state;
  if (!now || !experiment) return null;
  // Where the gradient of no weight is a number, there is none to ask about.
  if (slopePlace(state) === null && rests(state)) {
    const beyond = trace?.loss === null ? 'loss' : 'gradient';
    return { line: null, title: '', isFresh: true, beyond, at: now.step };
  }
  return asides.slope?.answer ? answered(state, now, asides.slope) : null;
}

/** What the server has answered. @param {import('../state.js').State} state @param {Moment} now @param {import('../state.js').Aside} aside @returns {Slice} */
function answered(state, now, aside) {
  const { experiment, history, pinned, isTraining } = state;
  const place = slopePlace(state);
  const [moment, setUp, askedRate, at] = /** @type {[Moment, object, number, string]} */ (aside.deps);
  const [layer, unit, input] = at.split(' ');
  const of = {
    layer: Number(layer),
    unit: Number(unit),
    input: input === 'bias' ? /** @type {const} */ ('bias') : Number(input),
  };
  const isSame = place !== null && at === `${place.layer} ${place.unit} ${place.input}`;
  const rate = rateAt(history, now.step);
  const line = /** @type {Answer} */ (aside.answer);
  const isOfNow = moment === now && setUp === experiment;
  const title = experiment === setUp ? parameterName(sceneOf(state), of) : '';
  const isFresh = isOfNow && !isTraining && (isSame || state.trace === null);
  const beyond = beyondIn(line);
  if (beyond !== null) return { line: null, title, isFresh, beyond, at: moment.step };
  const isExact = rate === askedRate;
  return {
    line,
    title,
    isFresh,
    isPinned: pinned?.kind === 'parameter',
    // What comes after the last threshold changes the loss smoothly.
    canJump: of.layer <= lastThreshold(/** @type {any} */ (setUp).network.layers),
    isExact,
    rate,
    step: isExact ? landing(line.step) : stretched(line, askedRate, rate),
    ghosts: isExact ? line.ghosts.slice(1) : [],
    together: isExact ? line.together : stretchedTogether(state, line, askedRate, rate),
  };
}

/** What has no number where the line begins. @param {Answer} line @returns {Beyond['beyond'] | null} */
function beyondIn({ value, loss, gradient }) {
  if (value === null || loss === null) return 'loss';
  return gradient === null ? 'gradient' : null;
}

/** Whether there is nothing to draw. @param {Slice} slice */
export const isBeyond = ({ line }) => line === null;

/** @param {Answer['step']} step @returns {Landing} */
const landing = ({ value, loss, has_jumped: hasJumped, is_off: isOff }) => ({
  value: value ?? Infinity,
  loss,
  hasJumped,
  isOff,
});

/** Every optimizer's update grows with the rate as the rate does. @param {number} asked @param {number} rate @param {number} value @param {number} after */
const along = (value, after, asked, rate) => (asked === 0 ? value : value + ((after - value) * rate) / asked);

/** @param {Answer} line @param {number} asked @param {number} rate @returns {Landing} */
function stretched({ value: from, step, range, values, losses }, asked, rate) {
  const value = along(/** @type {number} */ (from), step.value ?? Infinity, asked, rate);
  const isOff = value < range[0] || value > range[1];
  return { value, loss: isOff ? null : between(values, losses, value), hasJumped: null, isOff };
}

/** @param {import('../state.js').State} state @param {Answer} line @param {number} asked @param {number} rate */
function stretchedTogether(state, { value, together }, asked, rate) {
  const curve = /** @type {import('../lib/zones.js').StepSizes | null} */ (
    measured(state, 'stepSizes').answer
  );
  return {
    value: along(/** @type {number} */ (value), together.value ?? Infinity, asked, rate),
    loss: curve && heightAt(curve, rate),
  };
}

/** The loss between two places of the line. @param {(number | null)[]} values @param {(number | null)[]} losses @param {number} at */
function between(values, losses, at) {
  const next = values.findIndex((one) => one !== null && one >= at);
  const [left, right] = [values[next - 1], values[next]];
  const [before, after] = [losses[next - 1], losses[next]];
  if (left == null || right == null || before == null || after == null)
    return losses[Math.max(next, 0)] ?? null;
  return before + ((after - before) * (at - left)) / (right - left);
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  if (slice.line === null) return { data: [{ x: [1], y: [null] }], layout: { margin: MARGIN } };
  const { colours } = frame;
  const { line } = slice;
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true, tickfont: { size: 14 } };
  const heights = levels(slice);
  return {
    data: [curve(slice, colours), tangent(slice, colours), ...landings(slice, colours), here(line, colours)],
    layout: {
      margin: MARGIN,
      xaxis: {
        ...axis,
        range: line.range,
        nticks: 6,
        title: { text: t('value of the parameter'), standoff: 4, font: { size: 14 } },
      },
      yaxis: { ...axis, range: heights, nticks: 5 },
      shapes: drop(slice, heights, colours),
      annotations: [...arrow(slice, frame), lossName(colours)],
    },
  };
}

/** The line with all that is known of it: a corner at the parameter's own value is drawn where it is. @param {Answer} line @param {boolean} canJump */
function lineOf({ values, losses, value, loss, step, minimum }, canJump) {
  if (canJump) return withJumps({ x: values, y: losses });
  const places = [
    { x: value, y: loss },
    { x: step.value, y: step.loss },
    { x: minimum.value, y: minimum.loss },
  ];
  return withPlaces(values, losses, places);
}

/** @param {Drawn} slice @param {Frame['colours']} colours */
const curve = ({ line, canJump }, colours) => ({
  ...lineOf(line, canJump),
  mode: 'lines',
  hovertemplate: `%{x:.4g}<br>${t('loss')} %{y:.5g}<extra></extra>`,
  line: { color: colours.positive, width: 2.6 },
});

/** @param {Drawn} slice @param {Frame['colours']} colours */
function tangent({ line }, colours) {
  const value = /** @type {number} */ (line.value);
  const reach = TANGENT * (line.range[1] - line.range[0]);
  const at = [value - reach, value + reach];
  const slope = /** @type {number} */ (line.gradient);
  return {
    x: at,
    y: at.map((x) => /** @type {number} */ (line.loss) + slope * (x - value)),
    mode: 'lines',
    hoverinfo: 'skip',
    line: { color: colours.back, width: 2 },
  };
}

/** Where this step lands, the next ones as ghosts, and where all together land. @param {Drawn} slice @param {Frame['colours']} colours */
function landings(slice, colours) {
  const { step, ghosts, together } = slice;
  const seen = ghosts
    .map((ghost, index) => ({ ghost, opacity: 0.55 - 0.09 * index }))
    .filter(({ ghost }) => !ghost.is_off);
  const isSeen = !step.isOff && step.loss !== null;
  const isTogether = isOnPicture(slice, together);
  return [
    {
      x: seen.map(({ ghost }) => ghost.value),
      y: seen.map(({ ghost }) => ghost.loss),
      mode: 'markers',
      hoverinfo: 'skip',
      marker: {
        size: 11,
        color: colours.ink,
        opacity: seen.map(({ opacity }) => Math.max(opacity, 0.1)),
        line: { width: 0 },
      },
    },
    {
      x: isTogether ? [together.value] : [],
      y: isTogether ? [together.loss] : [],
      mode: 'markers',
      hovertemplate: `${t('all together')}<br>${t('loss')} %{y:.5g}<extra></extra>`,
      marker: {
        symbol: 'diamond-open',
        size: 13,
        color: colours.negative,
        opacity: 1,
        line: { width: 2.6, color: colours.negative },
      },
    },
    {
      x: isSeen ? [step.value] : [],
      y: isSeen ? [step.loss] : [],
      mode: 'markers',
      hoverinfo: 'skip',
      marker: {
        size: POINT - 1,
        color: colours.mark,
        opacity: 1,
        line: { width: 2.6, color: colours.markEdge },
      },
    },
  ];
}

/** @param {Answer} line @param {Frame['colours']} colours */
const here = ({ value, loss }, colours) => ({
  x: [value],
  y: [loss],
  mode: 'markers',
  hoverinfo: 'skip',
  marker: { size: POINT, color: colours.panel, opacity: 1, line: { width: 3, color: colours.ink } },
});

/** From the end of the arrow down to the curve, or up. @param {Drawn} slice @param {[number, number]} heights @param {Frame['colours']} colours */
function drop({ line, step }, heights, colours) {
  if (step.isOff || step.loss === null) return [];
  const y1 = Math.min(step.loss, heights[1]);
  return [
    {
      type: 'line',
      ...{ x0: step.value, x1: step.value, y0: line.loss, y1 },
      line: { color: colours.ink, width: 1.6, dash: '2px,3px' },
    },
  ];
}

/** The coming step, along the axis: to the edge where it goes beyond. @param {Drawn} slice @param {Frame} frame */
function arrow({ line, step, isExact }, { width, colours }) {
  const value = /** @type {number} */ (line.value);
  const [low, high] = line.range;
  const scale = (width - MARGIN.l - MARGIN.r) / (high - low);
  const end = Math.min(Math.max(step.value, low), high);
  if (Math.abs(end - value) * scale < LEAST_ARROW) return [];
  const tip = {
    ...{ x: end, y: line.loss, ax: value, ay: line.loss, xref: 'x', yref: 'y', axref: 'x', ayref: 'y' },
    ...{ showarrow: true, arrowhead: 2, arrowsize: 1, arrowwidth: 2.6, arrowcolor: colours.ink, text: '' },
  };
  if (!step.isOff || !isExact) return [tip];
  const isRight = step.value > value;
  const words = {
    ...{ x: isRight ? 1 : 0, xref: 'paper', y: line.loss, yref: 'y', yshift: 12 },
    ...{ xanchor: isRight ? 'right' : 'left', yanchor: 'bottom', showarrow: false },
    text: t('lands at {value}', { value: number(step.value, { digits: 3 }) }),
    font: { size: 14, color: colours.ink },
  };
  return [tip, words];
}

/** @param {Frame['colours']} colours */
const lossName = (colours) => ({
  ...{ x: 0, y: 1, xref: 'paper', yref: 'paper', xanchor: 'left', yanchor: 'bottom', xshift: -54, yshift: 4 },
  showarrow: false,
  text: t('loss'),
  font: { size: 14, color: colours.muted },
});
