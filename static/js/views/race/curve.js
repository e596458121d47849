/**
 * The value of each run, step by step: all that will be pale, what was walked in full colour.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('../../lib/race/scene.js').Scene} Scene
 * @typedef {import('../../lib/race/scene.js').Runner} Runner
 */

import { count, number, powerOfTen } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { hasFlown, ranked, sceneOf } from '../../lib/race/scene.js';
import { zeroLabel } from '../loss-labels.js';
import { columnOf, trailOf, within } from './trails.js';

export const name = 'race-curve';
export const select = sceneOf;

export const MARGIN = { l: 62, r: 22, t: 12, b: 46 };
/** Above the value at the start, as a share of what there is to lose. */
const HEADROOM = 0.15;
/** Powers of ten below the start that are drawn. */
const DEEPEST = 12;
/** A share of the axis that no number at it is nearer to its lower end than. */
const CLEAR = 0.05;

/** A logarithm needs values above 0. @param {Scene} scene */
export const canBeLogarithmic = ({ levels }) => (levels?.least ?? 0) >= 0;

/** @param {Scene} scene */
const isLog = (scene) => scene.isLogarithmic && canBeLogarithmic(scene);

/** The ends of the axis of values, logarithms where it has those. @param {Scene} scene @returns {[number, number]} */
function rangeOf(scene) {
  const { runners, levels } = scene;
  const first = runners[0].walk.values[0] ?? levels?.most ?? 1;
  if (!isLog(scene)) {
    const least = Math.min(levels?.least ?? 0, first);
    const room = HEADROOM * (first - least || 1);
    return [least - 0.3 * room, first + room];
  }
  const top = Math.log10(Math.max(first, 1e-300));
  let least = top - 1;
  for (const { walk } of runners)
    for (const value of walk.values)
      if (value !== null && value > 0) least = Math.min(least, Math.log10(value));
  return [Math.max(least - 0.3, top - DEEPEST), top + 0.7];
}

/** What the lower edge stands for, where values are drawn there that a logarithmic axis has no place for. @param {Scene} scene @param {number} low  the power of ten at the edge */
function edgeText({ runners }, low) {
  const values = runners.flatMap(({ walk }) => walk.values).filter((value) => value !== null);
  if (values.some((value) => value > 0 && Math.log10(value) < low))
    return `≤\u00a0${powerOfTen(number(10 ** low, { digits: 1 }))}`;
  return values.includes(0) ? '0' : '';
}

/** Where a step and a value are. @param {Scene} scene @param {{width: number, height: number}} frame */
export function placesOf(scene, frame) {
  const box = within(MARGIN, frame);
  const [low, high] = rangeOf(scene);
  const level = (/** @type {number} */ value) =>
    isLog(scene) ? (value > 0 ? Math.log10(value) : low) : value;
  return {
    box,
    /** @param {number} step */
    across: (step) => box.x + (step / scene.course.steps) * box.width,
    /** @param {number} value */
    up: (value) => box.y + box.height - ((Math.max(level(value), low) - low) / (high - low)) * box.height,
    /** @param {number} pixel @returns {number | null} null: beside it */
    step: (pixel) => {
      const share = (pixel - box.x) / box.width;
      return share < -0.03 || share > 1.03 ? null : Math.round(share * scene.course.steps);
    },
  };
}

/** @param {Scene} scene @param {Frame} frame @returns {Figure} */
export function figure(scene, frame) {
  if (!scene.isThere) return { data: [], layout: {}, shape: 'none' };
  const { colours } = frame;
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true, tickfont: { size: 14 } };
  const title = (/** @type {string} */ text) => ({ text, standoff: 6, font: { size: 14 } });
  const range = rangeOf(scene);
  const edge = edgeText(scene, range[0]);
  return {
    data: scene.runners.map(({ walk, colour }) => ({
      x: walk.values.map((_, step) => step),
      y: walk.values.map((value) =>
        value !== null && isLog(scene) && value < 10 ** range[0] ? 10 ** range[0] : value,
      ),
      mode: 'lines',
      hoverinfo: 'skip',
      opacity: scene.hasFuture ? 0.4 : 0,
      line: { color: colours.branches[colour], width: 1.4 },
    })),
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: [0, scene.course.steps], title: title(t('step')), nticks: 7 },
      yaxis: {
        ...{ ...axis, range, title: title(t('value')) },
        ...(isLog(scene) ? logTicks(range) : { type: 'linear', nticks: 6 }),
      },
      annotations: isLog(scene) && edge !== '' ? [zeroLabel(range[0], colours, edge)] : [],
    },
    ...movingOf(scene, frame),
    tiles: [],
    shape: 'curve',
  };
}

/** @param {[number, number]} range */
function logTicks([low, high]) {
  const every = Math.max(1, Math.ceil((high - low) / 6));
  const first = Math.ceil(low);
  const powers = Array.from(
    { length: Math.max(0, Math.floor(high) - first + 1) },
    (_, index) => first + index,
  );
  // The first stands clear of what is written at the edge.
  const kept = powers
    .filter((power) => power % every === 0 && power > low + CLEAR * (high - low))
    .map((power) => 10 ** power);
  return { type: 'log', tickvals: kept, ticktext: kept.map((value) => number(value, { digits: 1 })) };
}

/** @param {Scene} scene @param {Frame} frame */
function movingOf(scene, frame) {
  const { colours } = frame;
  const { box, across, up } = placesOf(scene, frame);
  const { runners, chosen, step } = scene;
  const placeIn =
    (/** @type {Runner} */ { walk }) =>
    (/** @type {number} */ index) => {
      const value = walk.values[index];
      return value === null ? null : { x: across(index), y: up(value) };
    };
  const inOrder = [...runners].sort(
    (one, other) => Number(one.index === chosen) - Number(other.index === chosen),
  );
  const now = across(step);
  // Half of a dot at the edges is seen too.
  const wide = { ...box, x: box.x - 3, width: box.width + 6 };
  const discs = columnOf(runners, (one) => placeIn(one)(one.at), colours, wide, chosen);
  return {
    strokes: [
      { pieces: [[now, box.y, now, box.y + box.height]], colour: colours.ink, width: 1.5, box: null },
      ...inOrder.flatMap((one) => trailOf(one, placeIn(one), colours, wide, one.index === chosen)),
      ...discs.strokes,
    ],
    marks: discs.marks,
  };
}

/** @param {Scene} scene */
export function describe(scene) {
  const { runners, step, isThere } = scene;
  if (!isThere) return '';
  const inOrder = ranked(runners);
  const there = inOrder.filter((one) => !hasFlown(one));
  const flown = runners.length - there.length;
  const value = (/** @type {Runner} */ { walk, at }) => number(walk.values[at]);
  const values = { step: count(step), start: number(runners[0].walk.values[0]) };
  const lost = tn('{count} run has flown away.', '{count} runs have flown away.', flown);
  if (there.length === 0) return `${t('At the start the value is {start}.', values)} ${lost}`;
  const [best, worst] = [there[0], there[there.length - 1]];
  const ends = {
    ...values,
    best: best.index + 1,
    low: value(best),
    worst: worst.index + 1,
    high: value(worst),
  };
  const words =
    best === worst
      ? t('At the start the value is {start}; after step {step} that of run {best} is {low}.', ends)
      : t(
          'At the start the value is {start}; after step {step} it is lowest in run {best}, {low}, and highest in run {worst}, {high}.',
          ends,
        );
  const more = [flown > 0 ? lost : '', above(scene), lowest(scene)];
  return [words, ...more].filter(Boolean).join(' ');
}

/** The runs that are still there, and higher than what is drawn. @param {Scene} scene */
function above(scene) {
  const [, high] = rangeOf(scene);
  const top = isLog(scene) ? 10 ** high : high;
  const out = scene.runners.filter((one) => !hasFlown(one) && (one.walk.values[one.at] ?? 0) > top);
  if (out.length === 0) return '';
  const runs = out.map(({ index }) => index + 1).join(', ');
  return tn('Above the picture: run {runs}.', 'Above the picture: runs {runs}.', out.length, { runs });
}

/** What stands at the lower edge of a logarithmic axis. @param {Scene} scene */
function lowest(scene) {
  if (!isLog(scene)) return '';
  const text = edgeText(scene, rangeOf(scene)[0]);
  if (text === '') return '';
  return text === '0'
    ? t('A value of exactly 0 stands at the lower edge.')
    : t('What is lower than the scale stands at its lower edge.');
}

/** @param {Scene} scene @returns {import('../../lib/view.js').Table} */
export function table({ runners, step }) {
  const columns = [t('step'), ...runners.map(({ index, name: words }) => `${index + 1}: ${words}`)];
  const rows = Array.from({ length: step + 1 }, (_, at) => ({
    cells: [count(at), ...runners.map(({ walk }) => (at < walk.values.length ? walk.values[at] : '—'))],
  }));
  return { columns, rows };
}
