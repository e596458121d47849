/**
 * A function of one variable, and the runs on it: each step is a straight line from where it was to where it landed.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('../../lib/race/scene.js').Scene} Scene
 * @typedef {import('../../lib/race/scene.js').Runner} Runner
 */

import { t } from '../../lib/i18n.js';
import { lastKnown } from '../../lib/race/scene.js';
import { placeName } from '../../lib/race/words.js';
import { DISC, discsOf, dotsOf, handleOf, trailOf, within } from './trails.js';

const MARGIN = { l: 62, r: 18, t: 14, b: 48 };
/** A disc stands so far above the place that it is about, in pixels. */
const RAISED = DISC + 12;
/** Room above and below the line, as shares of its height. */
const ABOVE = 0.14;
const BELOW = 0.1;

/** The lowest and the highest value that is drawn. @param {Scene} scene @returns {[number, number]} */
export function heightRange({ levels }) {
  const { least, most } = /** @type {NonNullable<Scene['levels']>} */ (levels);
  return [least - BELOW * (most - least), most + ABOVE * (most - least)];
}

/** Where in the plot a place is, and back. @param {Scene} scene @param {{width: number, height: number}} frame */
export function placesOf(scene, frame) {
  const box = within(MARGIN, frame);
  const [low, high] = scene.surface.x_range;
  const [bottom, top] = heightRange(scene);
  return {
    ...box,
    /** @param {number} x @param {number} value */
    pixel: (x, value) => ({
      x: box.x + ((x - low) / (high - low)) * box.width,
      y: box.y + box.height - ((value - bottom) / (top - bottom)) * box.height,
    }),
    /** @param {{x: number, y: number}} pixel */
    place: (pixel) => {
      const share = (pixel.x - box.x) / box.width;
      return share < 0 || share > 1 ? null : { x: low + share * (high - low), y: 0 };
    },
  };
}

/** @param {Scene} scene @param {Frame} frame @returns {Figure} */
export function lineFigure(scene, frame) {
  const { colours } = frame;
  const { surface, grid } = scene;
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true, tickfont: { size: 14 } };
  const title = (/** @type {string} */ text) => ({ text, standoff: 6, font: { size: 14 } });
  return {
    data: [
      {
        x: grid?.x,
        y: grid?.values[0],
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: colours.muted, width: 2.4 },
      },
      {
        x: surface.minima.map(([x]) => x),
        y: surface.minima.map(() => heightRange(scene)[0]),
        mode: 'markers',
        hoverinfo: 'text',
        hovertext: surface.minima.map((minimum) =>
          t('minimum at {place}', { place: placeName(minimum, surface) }),
        ),
        cliponaxis: false,
        marker: { symbol: 'triangle-up', size: 11, opacity: 1, color: colours.muted },
      },
    ],
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: surface.x_range, title: title(surface.axes[0]) },
      yaxis: { ...axis, range: heightRange(scene), nticks: 6, title: title(t('value')) },
    },
    ...movingOf(scene, frame),
    tiles: [],
    shape: 'line',
  };
}

/** How high the line is somewhere, to draw the start there before its value has come. @param {Scene} scene @param {number} at */
function drawnHeight({ grid, surface }, at) {
  const row = grid?.values[0] ?? [];
  const [low, high] = surface.x_range;
  const share = Math.min(Math.max((at - low) / (high - low), 0), 1) * (row.length - 1);
  const [before, after] = [row[Math.floor(share)] ?? 0, row[Math.ceil(share)] ?? 0];
  return before + (after - before) * (share - Math.floor(share));
}

/** @param {Scene} scene @param {Frame} frame */
function movingOf(scene, frame) {
  const { colours } = frame;
  const { runners, chosen, course, isFresh, step } = scene;
  const { pixel, x, y, width, height } = placesOf(scene, frame);
  const box = { x, y, width, height };
  const placeIn =
    (/** @type {Runner} */ { walk }) =>
    (/** @type {number} */ index) => {
      const [across, value] = [walk.points[index][0], walk.values[index]];
      return across === null || value === null ? null : pixel(across, value);
    };
  const first = isFresh ? runners[0].walk.values[0] : null;
  const start = pixel(course.start[0], first ?? drawnHeight(scene, course.start[0]));
  const inOrder = [...runners].sort(
    (one, other) => Number(one.index === chosen) - Number(other.index === chosen),
  );
  // A disc would hide the dot it is about, and the line: it stands above it, where there is room, with a line to it.
  const raised = (/** @type {import('./trails.js').Pixel} */ place) => ({
    x: place.x,
    y: Math.max(place.y - RAISED, box.y + DISC),
  });
  const own = (/** @type {Runner} */ one) => placeIn(one)(lastKnown(one));
  const discs = discsOf(step > 0 ? runners : [], own, colours, box, chosen, raised);
  return {
    strokes: [
      ...inOrder.flatMap((one) => trailOf(one, placeIn(one), colours, box, one.index === chosen)),
      ...discs.strokes,
    ],
    marks: [
      ...inOrder.flatMap((one) =>
        dotsOf({ ...one, at: one.at + 1 }, capped(placeIn(one), one.at), colours, box),
      ),
      ...handleOf(start, colours, t('start')),
      ...discs.marks,
    ],
  };
}

/** @param {(index: number) => {x: number, y: number} | null} place @param {number} last @returns {(index: number) => {x: number, y: number} | null} */
const capped = (place, last) => (index) => place(Math.min(index, last));
