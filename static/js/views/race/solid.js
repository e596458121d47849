/**
 * A surface of two variables in three dimensions, with the runs on it.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('../../lib/race/scene.js').Scene} Scene
 * @typedef {import('../../lib/race/scene.js').Runner} Runner
 */

import { t } from '../../lib/i18n.js';
import { scaleOf } from '../map/flat.js';
import { spaceOf, spaceTitle, surfaceOf } from '../map/space.js';
import { heightsOf } from './flat.js';

/** From how far off it is looked at. */
const DISTANCE = 1.55;
/** So far above the surface lines on it are not hidden by it. */
const LIFT = 0.012;
const MOST_TICKS = 6;
/** Dashes of lines in three dimensions are few. */
const DASHES = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot', 'solid', 'dash'];

/** @param {Scene} scene @param {Frame} frame @returns {Figure} */
export function solidFigure(scene, frame) {
  return {
    data: [
      surfaceTrace(scene, frame),
      ...scene.runners.map((one) => lineTrace(scene, one, frame)),
      headsTrace(scene, frame),
    ],
    layout: layoutOf(scene, frame),
    tiles: [],
    isSolid: true,
  };
}

/** @param {Scene} scene @param {Frame} frame */
function surfaceTrace(scene, { colours }) {
  const levels = /** @type {NonNullable<Scene['levels']>} */ (scene.levels);
  return surfaceOf({ x: scene.grid?.x, y: scene.grid?.y, z: heightsOf(scene).heights }, levels, colours);
}

/** The places of a run that lie on what is drawn of the surface; a gap where it left. @param {Scene} scene @param {Runner} runner */
function along({ surface, levels }, { walk, at }) {
  const [x, y] = [surface.x_range, /** @type {[number, number]} */ (surface.y_range)];
  const isIn = (/** @type {number | null} */ value, /** @type {[number, number]} */ [low, high]) =>
    value !== null && value >= low && value <= high;
  const places = walk.points.slice(0, at + 1).map(([across, up], index) => {
    const height = levels?.height(walk.values[index]) ?? null;
    const isThere = isIn(across, x) && isIn(up, y) && height !== null;
    return isThere ? [across, up, height + LIFT] : [null, null, null];
  });
  return places;
}

/** @param {Scene} scene @param {Runner} runner @param {Frame} frame */
function lineTrace(scene, runner, { colours }) {
  const places = along(scene, runner);
  const ink = colours.branches[runner.colour];
  const isMany = places.length > 80;
  return {
    type: 'scatter3d',
    mode: isMany ? 'lines' : 'lines+markers',
    hoverinfo: 'text',
    hovertext: `${runner.index + 1}: ${runner.name}`,
    connectgaps: false,
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y),
    z: places.map(([, , z]) => z),
    line: {
      color: ink,
      width: runner.index === scene.chosen ? 8 : 5,
      dash: DASHES[runner.index % DASHES.length],
    },
    marker: { size: 2.5, color: ink },
  };
}

/** Where the runs are, with their numbers, and where they began. @param {Scene} scene @param {Frame} frame */
function headsTrace(scene, { colours, font }) {
  const ends = scene.runners.flatMap((runner) => {
    const last = along(scene, runner).at(-1);
    return last && last[0] !== null && scene.step > 0
      ? [{ place: last, text: String(runner.index + 1), ink: colours.branches[runner.colour] }]
      : [];
  });
  const first = scene.runners[0] && along(scene, scene.runners[0])[0];
  if (first && first[0] !== null) ends.unshift({ place: first, text: t('start'), ink: colours.ink });
  return {
    type: 'scatter3d',
    mode: 'markers+text',
    hoverinfo: 'skip',
    x: ends.map(({ place }) => place[0]),
    y: ends.map(({ place }) => place[1]),
    z: ends.map(({ place }) => place[2]),
    text: ends.map(({ text }) => text),
    textposition: 'top center',
    textfont: { size: 15, family: font, color: colours.ink },
    marker: { size: 7, color: ends.map(({ ink }) => ink), line: { width: 2, color: colours.panel } },
  };
}

/** @param {Scene} scene @param {Frame} frame */
function layoutOf(scene, frame) {
  const { font, isNarrow } = frame;
  const levels = /** @type {NonNullable<Scene['levels']>} */ (scene.levels);
  const nticks = isNarrow ? 4 : 6;
  return spaceOf(frame, {
    azimuth: scene.azimuth,
    distance: isNarrow ? DISTANCE * 1.45 : DISTANCE,
    revision: `${scene.azimuth} ${scene.surface.name}`,
    x: { nticks, title: spaceTitle('x', font), range: scene.surface.x_range },
    y: { nticks, title: spaceTitle('y', font), range: scene.surface.y_range },
    z: { ...scaleOf({ levels }, MOST_TICKS), title: spaceTitle(t('value'), font) },
  });
}
