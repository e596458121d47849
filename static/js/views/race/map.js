/**
 * The surface with all runs on it: from above as levels, as a line where it has one variable, or in three dimensions.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('../../lib/race/scene.js').Scene} Scene
 */

import { count, number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { hasFlown, lastKnown, ranked, sceneOf } from '../../lib/race/scene.js';
import { outcomeWord, placeName } from '../../lib/race/words.js';
import { flatFigure } from './flat.js';
import { heightRange, lineFigure } from './line.js';
import { solidFigure } from './solid.js';

export const name = 'race-map';

export const select = sceneOf;

/** @param {Scene} scene @param {Frame} frame @returns {Figure} */
export function figure(scene, frame) {
  if (!scene.isThere) return { data: [], layout: {}, shape: 'none' };
  if (scene.surface.variables === 1) return lineFigure(scene, frame);
  return scene.isSolid ? solidFigure(scene, frame) : flatFigure(scene, frame);
}

/** @param {Scene} scene */
export function describe(scene) {
  if (!scene.isThere) return t('The surface is on its way.');
  return [t(scene.surface.description), standing(scene), gone(scene), limits(scene), arrows(scene)]
    .filter(Boolean)
    .join(' ');
}

/** Who is lowest, where and how low. @param {Scene} scene */
function standing({ runners, step, course, surface }) {
  const [best] = ranked(runners);
  const values = {
    step: count(step),
    steps: count(course.steps),
    start: placeName(runners[0].walk.points[0], surface),
    value: number(runners[0].walk.values[0]),
  };
  const now = {
    ...values,
    run: best.index + 1,
    value: number(best.walk.values[best.at]),
    place: placeName(best.walk.points[best.at], surface),
  };
  if (runners.length === 1) return alone(step, hasFlown(best), now);
  if (step === 0) return t('All begin at {start}, where the value is {value}.', values);
  if (hasFlown(best)) return t('After step {step} of {steps} all have flown away.', values);
  return t('After step {step} of {steps} run {run} is lowest: {value} at {place}.', now);
}

/** The same of one run. @param {number} step @param {boolean} isGone @param {Record<string, string | number>} now */
function alone(step, isGone, now) {
  if (step === 0) return t('It begins at {start}, where the value is {value}.', now);
  if (isGone) return t('After step {step} of {steps} it has flown away.', now);
  return t('After step {step} of {steps} it is at {place}, where the value is {value}.', now);
}

/** Which runs are beyond the edge of the map. @param {Scene} scene */
function gone(scene) {
  const { runners, surface, step, isSolid } = scene;
  if (step === 0) return '';
  const up = surface.y_range ?? heightRange(scene);
  const out = runners.filter((runner) => {
    const last = lastKnown(runner);
    const [x, y = runner.walk.values[last]] = runner.walk.points[last];
    return isBeyond(x, surface.x_range) || isBeyond(y, up);
  });
  if (out.length === 0) return '';
  const runs = out.map(({ index }) => index + 1).join(', ');
  if (isSolid)
    return tn('Off the picture: run {runs}.', 'Off the picture: runs {runs}.', out.length, { runs });
  return tn(
    'Off the picture, hollow at its edge: run {runs}.',
    'Off the picture, hollow at its edge: runs {runs}.',
    out.length,
    {
      runs,
    },
  );
}

/** @param {number | null} value @param {number[]} range */
const isBeyond = (value, [low, high]) => value !== null && (value < low || value > high);

/** @param {Scene} scene */
function limits({ limit, limitAt, surface, hasLimit }) {
  if (!hasLimit) return '';
  if (limit === null) return t('Where they start the surface bends downwards: there is no limit 2/λ.');
  const values = { limit: number(limit, { digits: 3 }), place: placeName(limitAt, surface) };
  return surface.minima.length > 0
    ? t('Plain descent can stay at the minimum {place} up to the rate 2/λ\u00a0=\u00a0{limit}.', values)
    : t('At the start 2/λ\u00a0=\u00a0{limit}.', values);
}

/** @param {Scene} scene */
function arrows({ hasArrows, surface, isSolid, runners, chosen, step }) {
  if (!hasArrows || isSolid || step === 0 || surface.variables === 1) return '';
  const runner = runners[chosen];
  return runner?.walk.remembered
    ? t(
        'Arrows show the last step of run {run}: downhill (−g), what it remembers (−v), and the step made of them.',
        {
          run: chosen + 1,
        },
      )
    : '';
}

/** @param {Scene} scene @returns {import('../../lib/view.js').Table} */
export function table({ runners, surface, step, course }) {
  const { axes } = surface;
  const columns = [t('run'), ...axes, t('value'), ...axes.map((axis) => `∂f/∂${axis}`), t('how it ends')];
  const rows = runners.map(({ index, name: words, walk, at }) => ({
    cells: [
      `${index + 1}: ${words}`,
      ...walk.points[at],
      walk.values[at],
      ...walk.gradients[at],
      outcomeWord(walk, step, course.steps),
    ],
  }));
  return { columns, rows };
}
