/**
 * The map from above: levels of the loss, and on them the paths really taken. A ring about a point says how far the
 * map there is from the point's own loss.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('./slice.js').Made} Made
 * @typedef {import('./slice.js').Stop} Stop
 */

import { styleOf } from '../../lib/branches.js';
import { count, distinct, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { circle, strokeOf } from '../../lib/strokes.js';
import { arrowsOf } from './arrows.js';
import { ringed, someOf, spansOf, stopAt, stopsOfBranch } from './slice.js';
import { axisTitles, hoverOf, stepLabel } from './words.js';

const MARGIN = { l: 66, r: 84, t: 10, b: 52 };
/** On a phone the scale of colours lies below. */
const SMALL_MARGIN = { l: 66, r: 14, t: 8, b: 128 };
/** Sizes in pixels: of a point on the plane, and of the ring about one that lies far off it. */
const DOT = 5;
const LARGEST_RING = 34;
const HERE = 15;
/** Losses written at a scale that lies. */
const NARROW_TICKS = 5;
/** Of a path with more moments than these not each has a dot. */
const MOST_DOTS = 30;

/** @param {Frame} frame */
export const marginOf = ({ isNarrow }) => (isNarrow ? SMALL_MARGIN : MARGIN);

/** Where in a plot of that size a place of the plane is, and back. @param {Parameters<typeof spansOf>[0]} made @param {{width: number, height: number, isNarrow: boolean}} frame @param {typeof MARGIN} [margin] */
export function boxOf(made, frame, margin = marginOf(/** @type {Frame} */ (frame))) {
  const { across, up } = spansOf(made);
  const [width, height] = [frame.width - margin.l - margin.r, frame.height - margin.t - margin.b];
  const wide = across[1] - across[0];
  const high = up[1] - up[0];
  return {
    x: margin.l,
    y: margin.t,
    width,
    height,
    /** @param {number} x @param {number} y */
    pixel: (x, y) => ({
      x: margin.l + ((x - across[0]) / wide) * width,
      y: margin.t + height - ((y - up[0]) / high) * height,
    }),
    /** @param {{x: number, y: number}} pixel @returns {{x: number, y: number} | null} null: beside the map */
    place: (pixel) => {
      const [right, above] = [(pixel.x - margin.l) / width, (margin.t + height - pixel.y) / height];
      if (right < 0 || right > 1 || above < 0 || above > 1) return null;
      return { x: across[0] + right * wide, y: up[0] + above * high };
    },
  };
}

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function flatFigure(slice, frame) {
  const made = /** @type {Made} */ (slice.made);
  const { colours } = frame;
  const inOrder = [...slice.paths].sort((one, other) => Number(one.isCurrent) - Number(other.isCurrent));
  const data = [
    levelsTrace(made, frame),
    ...arrowsOf(made, colours.ink),
    ...inOrder.flatMap((path) => pathTraces(slice, path, colours)),
    ...hereTrace(slice, colours),
  ];
  return {
    ...{ data, layout: layoutOf(slice, frame), tiles: [], strokes: strokesOf(slice, frame) },
    // Plotly leaves parts of a scale of colours that turns where they were.
    shape: frame.isNarrow ? 'narrow' : 'wide',
  };
}

/** Ticks of the scale of colours, with the losses they stand for: so many that each has its place. @param {{levels: {low: number, high: number, ticks: import('./levels.js').Levels['ticks']}}} made @param {number} [most] */
export function scaleOf({ levels }, most = Infinity) {
  const least = (levels.high - levels.low) / most;
  let last = -Infinity;
  const kept = levels.ticks.filter(({ at }) => {
    const isFar = at - last >= least;
    if (isFar) last = at;
    return isFar;
  });
  const texts = distinct(kept.map(({ loss }) => loss));
  return {
    tickvals: kept.map(({ at }) => at),
    ticktext: kept.map(({ isMost }, index) => (isMost ? `≤\u00a0${texts[index]}` : texts[index])),
  };
}

/** Colours from the lowest to the highest. @param {Frame['colours']} colours */
export const colourScale = ({ map }) => map.map((colour, index) => [index / (map.length - 1), colour]);

/** @param {Made} made @param {Frame} frame */
function levelsTrace(made, { colours, isNarrow }) {
  const { landscape, levels, heights } = made;
  return {
    type: 'contour',
    x: landscape.x,
    y: landscape.y ?? [0],
    z: heights,
    hoverinfo: 'text',
    hovertext: namesOf(made),
    connectgaps: false,
    colorscale: colourScale(colours),
    zmin: levels.low,
    zmax: levels.high,
    autocontour: false,
    contours: { start: levels.low, end: levels.high, size: levels.size, coloring: 'fill' },
    // Where all is one height, there is no level to draw, and one colour needs no scale.
    line: { color: colours.map[4], width: levels.isFlat ? 0 : 0.5, smoothing: 0.7 },
    showscale: !levels.isFlat,
    colorbar: scaleBar(made, colours, isNarrow, t('loss')),
  };
}

/** The scale of colours, beside a map or on a phone below it. @param {Parameters<typeof scaleOf>[0]} made @param {Frame['colours']} colours @param {boolean} isNarrow @param {string} name  of what it measures */
export function scaleBar(made, colours, isNarrow, name) {
  const common = {
    ...scaleOf(made, isNarrow ? NARROW_TICKS : Infinity),
    tickangle: 0,
    outlinewidth: 0,
    tickfont: { size: 14 },
    ticklen: 4,
    tickcolor: colours.line,
    len: 1,
  };
  const title = (/** @type {string} */ side) => ({ text: name, side, font: { size: 14 } });
  return isNarrow
    ? {
        ...{ ...common, orientation: 'h', thickness: 12, title: title('top') },
        ...{ x: 0.5, xanchor: 'center', xpad: 0, y: 0, yref: 'container', yanchor: 'bottom', ypad: 0 },
      }
    : { ...common, thickness: 14, title: title('top'), x: 1, xpad: 10, y: 0.5, ypad: 0 };
}

/** What a place of the map tells. @type {WeakMap<Made, string[][]>} */
const known = new WeakMap();

/** @param {Made} made */
function namesOf(made) {
  const { x, y, loss } = made.landscape;
  const names =
    known.get(made) ??
    loss.map((row, up) =>
      row.map((value, across) =>
        [
          `${number(x[across])}, ${number(y?.[up] ?? 0)}`,
          t('loss of the map {loss}', { loss: number(value) }),
        ].join('<br>'),
      ),
    );
  known.set(made, names);
  return names;
}

/** Coordinates of stops, broken before what was put there by hand. @param {Stop[]} stops */
function broken(stops) {
  const x = stops.flatMap((stop) => (stop.isByHand ? [null, stop.x] : [stop.x]));
  const y = stops.flatMap((stop) => (stop.isByHand ? [null, stop.y] : [stop.y]));
  return { x, y };
}

/** @param {Slice} slice @param {Slice['paths'][number]} path @param {Frame['colours']} colours */
function pathTraces(slice, path, colours) {
  const made = /** @type {Made} */ (slice.made);
  const stops = stopsOfBranch(made, path.id);
  if (stops.length === 0) return [];
  const { colour, dash } = styleOf(path.id);
  const ink = colours.branches[colour];
  const opacity = path.isCurrent ? 1 : 0.85;
  const line = { ...broken(stops), mode: 'lines', hoverinfo: 'skip', opacity };
  const points = { x: stops.map(({ x }) => x), y: stops.map(({ y }) => y), mode: 'markers', opacity };
  return [
    { ...line, line: { color: colours.panel, width: path.isCurrent ? 6 : 4.5 } },
    { ...line, line: { color: ink, width: path.isCurrent ? 2.6 : 1.8, dash } },
    { ...points, hoverinfo: 'skip', marker: rings(stops, colours) },
    { ...points, ...askedOf(stops, path), marker: dots(stops, ink, colours) },
    { ...points, hoverinfo: 'skip', marker: heads(stops, ink, colours) },
  ];
}

/** What a point tells, and where a click on it goes. @param {Stop[]} stops @param {Slice['paths'][number]} path */
function askedOf(stops, path) {
  return {
    hoverinfo: 'text',
    hovertext: stops.map((stop) => hoverOf(stop, path)),
    customdata: stops.map(({ step }) => ({ step, branch: path.id })),
  };
}

/** Rings, at some of the moments: at each they would hide the path. @param {Stop[]} stops @param {Frame['colours']} colours */
function rings(stops, { panel, ink }) {
  const seen = new Set(ringed(stops));
  const size = (/** @type {Stop} */ stop) => (seen.has(stop) ? ringSize(stop.gap ?? 0) : 0);
  return { size: stops.map(size), color: panel, opacity: 0.5, line: { width: 1.5, color: ink } };
}

/** @param {number} gap */
export const ringSize = (gap) => Math.min(LARGEST_RING, 2 * DOT + 70 * gap);

/** Dots: all of them can be pointed at, not all are seen. @param {Stop[]} stops @param {string} ink @param {Frame['colours']} colours */
function dots(stops, ink, { panel }) {
  const isSeen = someOf(stops, MOST_DOTS);
  return {
    size: DOT,
    color: panel,
    opacity: stops.map((_, index) => Number(isSeen(index))),
    line: { width: 1.4, color: ink },
  };
}

/** Heads of arrows, some along the path. @param {Stop[]} stops @param {string} ink @param {Frame['colours']} colours */
function heads(stops, ink, { panel }) {
  const isSome = someOf(stops);
  const isHead = (/** @type {number} */ index) => index > 0 && !stops[index].isByHand && isSome(index);
  return {
    symbol: 'arrow',
    angleref: 'previous',
    size: stops.map((_, index) => (isHead(index) ? 13 : 0)),
    color: ink,
    opacity: 1,
    line: { width: 1, color: panel },
  };
}

/** Where the network is: a ring, as in the curve of the loss. @param {Slice} slice @param {Frame['colours']} colours */
function hereTrace(slice, colours) {
  const stop = slice.isTraining ? null : stopAt(slice, slice.step);
  if (!stop) return [];
  return [
    {
      x: [stop.x],
      y: [stop.y],
      mode: 'markers',
      hoverinfo: 'skip',
      marker: { size: HERE, color: colours.panel, opacity: 1, line: { width: 3, color: colours.ink } },
    },
  ];
}

/** What grows while it trains, painted over the map. @param {Slice} slice @param {Frame} frame */
function strokesOf(slice, frame) {
  const { live, here, branch, isTraining } = slice;
  if (!isTraining || live.length === 0 || !slice.made) return [];
  const { colours } = frame;
  const { pixel, ...box } = boxOf(slice.made, frame);
  const { colour } = styleOf(branch);
  const line = { x: live.map(({ x }) => x), y: live.map(({ y }) => y) };
  const spot = here && here.x !== null && here.y !== null ? pixel(here.x, here.y) : null;
  const rings = spot
    ? [
        { ...circle(spot, HERE / 2, colours.panel, 7), box },
        { ...circle(spot, HERE / 2, colours.ink, 3), box },
      ]
    : [];
  return [
    strokeOf({ ...line, line: { color: colours.panel, width: 6 } }, pixel, box),
    strokeOf({ ...line, line: { color: colours.branches[colour], width: 2.6 } }, pixel, box),
    ...rings,
  ];
}

/** What both axes of a map are. @param {Frame} frame */
export const axisOf = ({ colours, isNarrow }) => ({
  showgrid: false,
  zeroline: false,
  ticks: 'outside',
  ticklen: 4,
  tickcolor: colours.muted,
  tickfont: { size: 14 },
  fixedrange: true,
  tickangle: 0,
  nticks: isNarrow ? 5 : 8,
  exponentformat: 'power',
});

/** @param {Slice} slice @param {Frame} frame */
function layoutOf(slice, frame) {
  const { colours } = frame;
  const made = /** @type {Made} */ (slice.made);
  const { across, up } = spansOf(made);
  const [right, above] = axisTitles(slice, boxOf(made, frame));
  const axis = axisOf(frame);
  return {
    margin: { ...marginOf(frame), autoexpand: false },
    hoverdistance: 8,
    xaxis: { ...axis, range: across, title: { text: right, standoff: 8, font: { size: 14 } } },
    yaxis: { ...axis, range: up, title: { text: above, standoff: 6, font: { size: 14 } } },
    annotations: labelsOf(slice, colours),
  };
}

/** Names of the places one looks for: the start, where it is, and where it went. @param {Slice} slice @param {Frame['colours']} colours */
function labelsOf(slice, colours) {
  const made = /** @type {Made} */ (slice.made);
  const { across, up } = spansOf(made);
  const own = stopsOfBranch(made, slice.branch);
  const [first, last] = [own[0], own[own.length - 1]];
  const here = slice.isTraining ? null : stopAt(slice, slice.step);
  /** Below the point, or above it: two that lie near each other do not cover each other. @type {Map<Stop, {text: string, isBelow: boolean}>} */
  const texts = new Map();
  if (first) texts.set(first, { text: t('start'), isBelow: false });
  if (last && last !== first && last !== here)
    texts.set(last, { text: stepLabel(last.step), isBelow: false });
  for (const { id, name, isCurrent } of slice.paths) {
    const end = isCurrent ? null : stopsOfBranch(made, id).at(-1);
    if (end) texts.set(end, { text: name, isBelow: false });
  }
  if (here) {
    const text = here === first ? t('start, now') : t('now, step {step}', { step: count(here.step) });
    texts.set(here, { text, isBelow: here !== first });
  }
  return [...texts].flatMap(([{ x, y }, { text, isBelow }]) => {
    const isSeen = x !== null && y !== null && x >= across[0] && x <= across[1] && y >= up[0] && y <= up[1];
    if (!isSeen) return [];
    const share = (x - across[0]) / (across[1] - across[0]);
    const height = (y - up[0]) / (up[1] - up[0]);
    const isUnder = isBelow ? height > 0.12 : height > 0.88;
    return [
      {
        x,
        y,
        text,
        showarrow: false,
        xanchor: share > 0.85 ? 'right' : share < 0.15 ? 'left' : 'center',
        yshift: isUnder ? -22 : 22,
        font: { size: 14, color: colours.ink },
        bgcolor: colours.panel,
        borderpad: 2,
        opacity: 0.9,
      },
    ];
  });
}
