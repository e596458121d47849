/**
 * What the figures of a race show, all of one moment: the surface, and each run up to the step on screen.
 *
 * @typedef {import('../../race-state.js').State} State
 * @typedef {import('../wire.js').WalkAnswer} Walk
 * @typedef {{index: number, name: string, walk: Walk, at: number, colour: number, dash: string}} Runner
 *   `at`: the place in its lists of the step on screen, or of the last that it has
 * @typedef {ReturnType<typeof sceneOf> & {}} Scene
 */

import { runName } from './words.js';
import { levelsOf } from './levels.js';

const DASHES = [
  'solid',
  '8px,4px',
  '2px,3px',
  '12px,3px,2px,3px',
  '15px,5px',
  '5px,2px',
  '9px,2px',
  '3px,6px',
];

/** How many digits of a number run are told apart by colour and dash; the number itself does the rest. @param {number} index */
export const styleOf = (index) => ({ colour: index % DASHES.length, dash: DASHES[index % DASHES.length] });

/** @type {WeakMap<object, ReturnType<typeof levelsOf>>} */
const known = new WeakMap();

/** The heights of a surface, computed once. @param {NonNullable<State['ground']>['grid']} grid */
function levelled(grid) {
  const levels = known.get(grid) ?? levelsOf(grid.values);
  known.set(grid, levels);
  return levels;
}

/** @param {State} state */
export function sceneOf(state) {
  const { catalog, course, walked, ground, step } = state;
  const surface = catalog.surfaces.find(({ name }) => name === course.surface);
  if (!surface) return null;
  const isThere = ground?.surface === surface.name && walked?.course.surface === surface.name;
  return {
    surface,
    course,
    step,
    isThere,
    isFresh: isThere && walked.course === course,
    grid: isThere ? ground.grid : null,
    levels: isThere ? levelled(ground.grid) : null,
    runners: isThere ? runnersOf(state, walked) : [],
    limit: isThere ? walked.answer.critical_learning_rate : null,
    limitAt: isThere ? walked.answer.critical_at : [],
    chosen: state.chosen,
    hasArrows: state.hasArrows,
    hasLimit: state.hasLimit,
    hasFuture: state.hasFuture,
    isSolid: state.isSolid && surface.variables === 2,
    azimuth: state.azimuth,
    isLogarithmic: state.isLogarithmic,
  };
}

/** @param {State} state @param {NonNullable<State['walked']>} walked @returns {Runner[]} */
function runnersOf({ catalog, step }, { course, answer }) {
  return answer.runs.map((walk, index) => ({
    index,
    name: runName(catalog, course.runs[index]),
    walk,
    at: Math.min(step, walk.points.length - 1),
    ...styleOf(index),
  }));
}

/** The runs from the lowest to the highest, at the step on screen; those beyond any number last. @param {Runner[]} runners */
export const ranked = (runners) =>
  [...runners].sort((one, other) => valueOf(one) - valueOf(other) || one.index - other.index);

/** The number of the run that is lowest, from 1; null where two are as low, or all have left everything behind. @param {Runner[]} runners */
export function lowestOf(runners) {
  const [first, second] = ranked(runners).map((runner) => ({ index: runner.index, value: valueOf(runner) }));
  const isOne = first.value < Infinity && first.value !== second?.value;
  return isOne ? first.index + 1 : null;
}

/** @param {Runner} runner */
const valueOf = ({ walk, at }) => {
  const value = walk.values[at];
  return value === null || hasFlown({ walk, at }) ? Infinity : value;
};

/** The last step, up to the one on screen, at which a run still had a place and a value. @param {{walk: Walk, at: number}} runner */
export function lastKnown({ walk, at }) {
  const isKnown = (/** @type {number} */ step) =>
    walk.values[step] !== null && !walk.points[step].includes(null);
  let step = at;
  while (step > 0 && !isKnown(step)) step -= 1;
  return step;
}

/** Whether a run has left everything behind by then. @param {{walk: Walk, at: number}} runner */
export const hasFlown = ({ walk, at }) =>
  walk.diverged_at !== null && (at >= walk.diverged_at || at >= walk.points.length - 1);
