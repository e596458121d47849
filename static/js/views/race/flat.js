/**
 * A surface of two variables from above. What moves is painted over it, so that a drag draws no level anew.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('../../lib/race/scene.js').Scene} Scene
 * @typedef {import('../../lib/race/scene.js').Runner} Runner
 * @typedef {import('./trails.js').Pixel} Pixel
 */

import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { lastKnown } from '../../lib/race/scene.js';
import { placeName } from '../../lib/race/words.js';
import { axisOf, boxOf, colourScale, marginOf, scaleBar } from '../map/flat.js';
import { arrowOf, discsOf, dotsOf, handleOf, letterAt, trailOf } from './trails.js';

/** Pixels that a direction is drawn long. */
const DIRECTION = 58;

/** @param {Scene} scene */
const landscapeOf = ({ grid }) => ({ landscape: /** @type {{x: any[], y: any[] | null}} */ (grid) });

/** A map that is lower than this, in pixels, has no room for a scale of colours below it: the values are said beside it. */
const LOW = 370;

/** @param {{height: number, isNarrow: boolean}} frame */
const isLow = ({ height, isNarrow }) => isNarrow && height < LOW;

/** @param {{width: number, height: number, isNarrow: boolean}} frame */
function marginFor(frame) {
  const margin = marginOf(/** @type {Frame} */ (frame));
  return isLow(frame) ? { ...margin, b: 50 } : margin;
}

/** Where in the plot a place is, and back. @param {Scene} scene @param {{width: number, height: number, isNarrow: boolean}} frame */
export const placesOf = (scene, frame) => boxOf(landscapeOf(scene), frame, marginFor(frame));

/** @param {Scene} scene @param {Frame} frame @returns {Figure} */
export function flatFigure(scene, frame) {
  return {
    data: [levelsTrace(scene, frame), minimaTrace(scene, frame)],
    layout: layoutOf(scene, frame),
    ...movingOf(scene, frame),
    tiles: [],
    shape: isLow(frame) ? 'low' : frame.isNarrow ? 'narrow' : 'wide',
  };
}

/** Names and heights of a grid's places. @type {WeakMap<object, {heights: (number | null)[][], names: string[][]}>} */
const known = new WeakMap();

/** @param {Scene} scene */
export function heightsOf({ grid, levels, surface }) {
  if (!grid || !levels) return { heights: [], names: [] };
  const made = known.get(grid) ?? {
    heights: grid.values.map((row) => row.map(levels.height)),
    names: grid.values.map((row, up) =>
      row.map((value, across) =>
        [
          placeName([grid.x[across], grid.y?.[up] ?? 0], surface),
          t('value {value}', { value: number(value) }),
        ].join('<br>'),
      ),
    ),
  };
  known.set(grid, made);
  return made;
}

/** @param {Scene} scene @param {Frame} frame */
function levelsTrace(scene, frame) {
  const { colours, isNarrow } = frame;
  const levels = /** @type {NonNullable<Scene['levels']>} */ (scene.levels);
  const { heights, names } = heightsOf(scene);
  return {
    type: 'contour',
    x: scene.grid?.x,
    y: scene.grid?.y,
    z: heights,
    hoverinfo: 'text',
    hovertext: names,
    connectgaps: false,
    colorscale: colourScale(colours),
    zmin: levels.low,
    zmax: levels.high,
    autocontour: false,
    // The lowest level of all would be a line along a valley's floor, in pieces.
    contours: { start: levels.low + levels.size, end: levels.high, size: levels.size, coloring: 'fill' },
    line: { color: colours.map[4], width: 0.5, smoothing: 0.7 },
    showscale: !isLow(frame),
    colorbar: scaleBar({ levels }, colours, isNarrow, t('value')),
  };
}

/** The lowest places, as small crosses. @param {Scene} scene @param {Frame} frame */
function minimaTrace({ surface }, { colours }) {
  return {
    x: surface.minima.map(([x]) => x),
    y: surface.minima.map(([, y]) => y),
    mode: 'markers',
    hoverinfo: 'text',
    hovertext: surface.minima.map((minimum) =>
      t('minimum at {place}', { place: placeName(minimum, surface) }),
    ),
    marker: {
      symbol: 'x',
      size: 9,
      opacity: 1,
      color: colours.panel,
      line: { width: 1.5, color: colours.ink },
    },
  };
}

/** @param {Scene} scene @param {Frame} frame */
function layoutOf({ surface }, frame) {
  const axis = axisOf(frame);
  const title = (/** @type {string} */ text) => ({ text, standoff: 6, font: { size: 14 } });
  return {
    margin: { ...marginFor(frame), autoexpand: false },
    hoverdistance: 8,
    xaxis: { ...axis, range: surface.x_range, title: title(surface.axes[0]) },
    yaxis: { ...axis, range: surface.y_range, title: title(surface.axes[1]) },
  };
}

/** @param {Scene} scene @param {Frame} frame */
function movingOf(scene, frame) {
  const { colours } = frame;
  const { pixel, x, y, width, height } = placesOf(scene, frame);
  const box = { x, y, width, height };
  const { runners, chosen, course, step } = scene;
  const placeIn =
    (/** @type {Runner} */ { walk }) =>
    (/** @type {number} */ index) => {
      const [across, up] = walk.points[index];
      return across === null || up === null ? null : pixel(across, up);
    };
  const others = runners.filter(({ index }) => index !== chosen);
  const inOrder = [...others, ...runners.filter(({ index }) => index === chosen)];
  const start = pixel(course.start[0], course.start[1]);
  const parts = partsOf(scene, pixel, colours, box);
  const discs = discsOf(step > 0 ? runners : [], (one) => placeIn(one)(lastKnown(one)), colours, box, chosen);
  return {
    strokes: [
      ...inOrder.flatMap((one) => trailOf(one, placeIn(one), colours, box, one.index === chosen)),
      ...parts.strokes,
      ...discs.strokes,
    ],
    marks: [
      ...inOrder.flatMap((one) => dotsOf(one, placeIn(one), colours, box)),
      ...handleOf(start, colours, t('start')),
      ...discs.marks,
      ...parts.marks,
    ],
  };
}

/** What the last step of the chosen run was made of. @param {Scene} scene @param {(x: number, y: number) => Pixel} pixel @param {Frame['colours']} colours @param {import('../../lib/view.js').Rectangle} box */
function partsOf({ runners, chosen, hasArrows, step }, pixel, colours, box) {
  const none = { strokes: [], marks: [] };
  const runner = runners[chosen];
  if (!hasArrows || step === 0 || !runner?.walk.remembered || step > runner.at) return none;
  const { walk, at } = runner;
  const [from, to] = [walk.points[at - 1], walk.points[at]];
  if ([...from, ...to].includes(null)) return none;
  const origin = pixel(Number(from[0]), Number(from[1]));
  const directions = /** @type {const} */ ([
    [walk.gradients[at - 1], colours.ink, '−g'],
    [walk.remembered?.[at - 1], colours.back, '−v'],
  ]).flatMap(([vector, ink, letter]) => {
    const end = directed(origin, from, vector, pixel);
    return end ? [{ end, ink, letter }] : [];
  });
  return {
    strokes: [
      ...directions.flatMap(({ end, ink }) => arrowOf(origin, end, ink, 2.2, colours, box, [5, 3])),
      ...arrowOf(
        ...[origin, pixel(Number(to[0]), Number(to[1])), colours.branches[runner.colour]],
        ...[4, colours, box],
      ),
    ],
    marks: directions.map(({ end, ink, letter }) => letterAt(beyond(origin, end, 14), letter, ink, colours)),
  };
}

/** Where an arrow against a vector ends that is drawn as long as all directions. @param {Pixel} origin @param {(number | null)[]} from @param {(number | null)[] | undefined} vector @param {(x: number, y: number) => Pixel} pixel */
function directed(origin, from, vector, pixel) {
  if (!vector || vector.includes(null)) return null;
  const size = Math.hypot(...vector.map(Number));
  if (!(size > 0)) return null;
  const end = pixel(Number(from[0]) - Number(vector[0]) / size, Number(from[1]) - Number(vector[1]) / size);
  return beyond(origin, end, DIRECTION, 0);
}

/** A place on the line from one to another: so far beyond the other, or from the one. @param {Pixel} from @param {Pixel} to @param {number} more @param {number} [share] @returns {Pixel} */
function beyond(from, to, more, share = 1) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const far = share * length + more;
  return { x: from.x + (dx / length) * far, y: from.y + (dy / length) * far };
}
