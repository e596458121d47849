/**
 * The same map as a surface in three dimensions: points are at their true loss, and a thread leads from each to the
 * surface below or above it.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('./slice.js').Made} Made
 * @typedef {import('./slice.js').Stop} Stop
 */

import { styleOf } from '../../lib/branches.js';
import { count } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { scaleOf } from './flat.js';
import { MOST_THREADS, someOf, stopAt, stopsOfBranch, within } from './slice.js';
import { spaceOf, spaceTitle, surfaceOf } from './space.js';
import { axisTitles, hoverOf } from './words.js';

/** From how far off it is looked at. */
const DISTANCE = 1.9;
/** So far above the surface, as a share of its height, lines on it are not hidden by it. */
const LIFT = 0.006;
/** Losses written at the upright axis. */
const MOST_TICKS = 6;
/** Titles in space have little room, in pixels. */
const TITLES = { width: 220, height: 220 };
/** Dashes of lines in three dimensions are few. */
const DASHES = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'];

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function solidFigure(slice, frame) {
  const made = /** @type {Made} */ (slice.made);
  const { colours } = frame;
  return {
    data: [
      surface(made, colours),
      ...slice.paths.flatMap((path) => pathTraces(slice, path, colours)),
      ...hereTrace(slice, colours),
    ],
    layout: layoutOf(slice, frame),
    tiles: [],
    isSolid: true,
  };
}

/** @param {Made} made @param {Frame['colours']} colours */
const surface = ({ landscape, levels, heights }, colours) =>
  surfaceOf({ x: landscape.x, y: landscape.y ?? [0], z: heights }, levels, colours);

/** @param {Slice} slice @param {Slice['paths'][number]} path @param {Frame['colours']} colours */
function pathTraces(slice, path, colours) {
  const made = /** @type {Made} */ (slice.made);
  // Beyond the spans there is no surface to compare with.
  const stops = within(made, stopsOfBranch(made, path.id));
  if (stops.length === 0) return [];
  const { height } = made.levels;
  const lift = LIFT * (made.levels.high - made.levels.low);
  const { colour } = styleOf(path.id);
  const ink = colours.branches[colour];
  const raised = (/** @type {number | null} */ loss) => {
    const at = height(loss);
    return at === null ? null : at + lift;
  };
  const isThreaded = someOf(stops, MOST_THREADS);
  const along = (/** @type {(stop: Stop) => number | null} */ read) =>
    stops.flatMap((stop) => (stop.isByHand ? [null, read(stop)] : [read(stop)]));
  const threads = (/** @type {(stop: Stop) => (number | null)[]} */ ends) =>
    stops.filter((_, index) => isThreaded(index)).flatMap((stop) => [...ends(stop), null]);
  return [
    {
      type: 'scatter3d',
      mode: 'lines',
      hoverinfo: 'skip',
      x: threads(({ x }) => [x, x]),
      y: threads(({ y }) => [y, y]),
      z: threads(({ loss, slice: below }) => [raised(loss), height(below)]),
      line: { color: colours.negative, width: 3 },
    },
    {
      type: 'scatter3d',
      mode: 'lines',
      hoverinfo: 'skip',
      x: along(({ x }) => x),
      y: along(({ y }) => y),
      z: along(({ loss }) => raised(loss)),
      line: { color: ink, width: path.isCurrent ? 7 : 4, dash: DASHES[colour] },
    },
    {
      type: 'scatter3d',
      mode: 'markers',
      hoverinfo: 'text',
      hovertext: stops.map((stop) => hoverOf(stop, path)),
      customdata: stops.map(({ step }) => ({ step, branch: path.id })),
      x: stops.map(({ x }) => x),
      y: stops.map(({ y }) => y),
      z: stops.map(({ loss }) => raised(loss)),
      marker: { size: 3, color: ink, line: { width: 0.5, color: colours.panel } },
    },
  ];
}

/** Where the network was at first, and where it is. @param {Slice} slice @returns {[Stop, string][]} */
function namedOf(slice) {
  const made = /** @type {Made} */ (slice.made);
  const [first] = stopsOfBranch(made, slice.branch);
  const here = slice.isTraining ? null : stopAt(slice, slice.step);
  const named = /** @type {[Stop, string][]} */ ([]);
  if (first && first !== here) named.push([first, t('start')]);
  if (here)
    named.push([here, here === first ? t('start, now') : t('now, step {step}', { step: count(here.step) })]);
  return named.filter(([stop]) => within(made, [stop]).length > 0);
}

/** @param {Slice} slice @param {Frame['colours']} colours */
function hereTrace(slice, colours) {
  const named = namedOf(slice);
  return [
    {
      type: 'scatter3d',
      mode: 'markers',
      hoverinfo: 'skip',
      x: named.map(([{ x }]) => x),
      y: named.map(([{ y }]) => y),
      z: named.map(([{ loss }]) => slice.made?.levels.height(loss)),
      marker: {
        size: named.map(([{ step }]) => (step === slice.step ? 9 : 5)),
        color: colours.panel,
        line: { width: 3, color: colours.ink },
      },
    },
  ];
}

/** @param {Slice} slice @param {Frame['colours']} colours @param {string} font */
const labelsOf = (slice, colours, font) =>
  namedOf(slice).map(([{ x, y, loss }, text]) => ({
    x,
    y,
    z: slice.made?.levels.height(loss),
    text,
    showarrow: false,
    yshift: 20,
    font: { size: 14, family: font, color: colours.ink },
    bgcolor: colours.panel,
    borderpad: 2,
    opacity: 0.9,
  }));

/** In space there is little room for titles. @param {Slice} slice @param {boolean} isNarrow */
function titlesOf(slice, isNarrow) {
  if (isNarrow) return [t('across'), t('up')];
  if (slice.kind !== 'parameters') return [t('first direction'), t('second direction')];
  return axisTitles(slice, TITLES);
}

/** @param {Slice} slice @param {Frame} frame */
function layoutOf(slice, frame) {
  const { colours, font, isNarrow } = frame;
  const made = /** @type {Made} */ (slice.made);
  const [x, y] = titlesOf(slice, isNarrow);
  const nticks = isNarrow ? 4 : 6;
  return spaceOf(frame, {
    azimuth: slice.azimuth,
    distance: isNarrow ? DISTANCE * 1.55 : DISTANCE,
    // A drag turns it, and it stays so while the numbers change; the buttons turn it from where they left it.
    revision: `${slice.azimuth} ${slice.kind}`,
    annotations: labelsOf(slice, colours, font),
    x: { nticks, title: spaceTitle(x, font) },
    y: { nticks, title: spaceTitle(y, font) },
    z: { ...scaleOf(made, MOST_TICKS), title: spaceTitle(t('loss'), font) },
  });
}
