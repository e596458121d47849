/**
 * The map in words: what the plane is, what it holds, and how far it is from the truth.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('./slice.js').Made} Made
 * @typedef {import('./slice.js').Stop} Stop
 */

import { count, number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { FEWEST_MOMENTS } from '../../lib/plane.js';
import { LEAST_GAP, MOST_THREADS, ringed, stopAt, stopsOfBranch, within } from './slice.js';

/** Below so much of a distance, or of a share of the scale, a moment lies on the plane: the rest is rounding. */
const ON_IT = 1e-9;
/** A title longer than this, in letters for each 100 pixels, is broken. */
const LETTERS = 12.5;
/** A letter's width: Cyrillic ones are wide. */
const LETTER = 8;

/** @param {number} step */
export const stepLabel = (step) => t('step {step}', { step: count(step) });

/** @param {number} share */
const percent = (share) => number(100 * share, { digits: 3 });

/** What stands at the axes, in two lines where it is longer than they are. @param {Slice} slice @param {{width: number, height: number}} room @returns {[string, string]} */
export function axisTitles(slice, { width, height }) {
  const [x, y] = titlesOf(slice);
  return [fitted(x, width, t('across')), fitted(y, height, t('up'))];
}

/** @param {Slice} slice @returns {[string, string]} */
export function titlesOf({ made, kind, axisNames }) {
  if (kind === 'parameters') return axisNames;
  if (kind === 'random') return [t('first random direction'), t('second random direction')];
  const shares = made?.landscape.explained_variance ?? [];
  const [first, second] = [percent(shares[0] ?? 0), percent(shares[1] ?? 0)];
  return [
    t('first direction of the path, {percent} % of its variance', { percent: first }),
    t('second direction, {percent} %', { percent: second }),
  ];
}

/** A title in two lines where it is longer than its axis; where one of these is, too, a short one: the caption has its name. @param {string} title @param {number} length @param {string} short */
function fitted(title, length, short) {
  if (title.length <= (LETTERS * length) / 100) return title;
  const middle = title.length / 2;
  const gaps = [...title.matchAll(/ /g)].map(({ index }) => index);
  const at = gaps.reduce((best, gap) => (Math.abs(gap - middle) < Math.abs(best - middle) ? gap : best), 0);
  const lines = at === 0 ? [title] : [title.slice(0, at), title.slice(at + 1)];
  const isLong = lines.some((line) => LETTER * line.length > length);
  return isLong ? short : lines.join('<br>');
}

/** What is said where a pointer rests on a moment. @param {Stop} stop @param {Slice['paths'][number]} path */
export function hoverOf({ step, loss, slice, distance }, { name }) {
  return [
    `${name}, ${stepLabel(step)}`,
    t('true loss {loss}', { loss: number(loss) }),
    t('the map below it: {loss}', { loss: number(slice) }),
    t('off the plane by {distance}', { distance: number(distance, { digits: 3 }) }),
  ].join('<br>');
}

/** @param {Slice} slice */
export function describe(slice) {
  switch (slice.status) {
    case 'waiting':
      return t('The map is on its way.');
    case 'path':
      return tn(
        'Train a few steps first: a path needs {count} moment.',
        'Train a few steps first: a path needs {count} moments.',
        FEWEST_MOMENTS,
      );
    case 'overflow':
      return t('Here the numbers have grown beyond what fits into one: there is no map of that.');
    case 'refused':
      return t('The server could not draw this map: {why}', { why: slice.refusal });
    case 'nothing':
      return '';
    default:
      return [
        ...[
          holds(slice),
          level(slice),
          whose(slice),
          truth(slice),
          marks(slice),
          outside(slice),
          gaps(slice),
        ],
      ]
        .filter(Boolean)
        .join(' ');
  }
}

/** What the plane is, and how much of a path it holds. @param {Slice} slice */
function holds({ made, kind, paths, parameters, axisNames, examples, isWholeBatch }) {
  const { landscape, mapped } = /** @type {Made} */ (made);
  const data = isWholeBatch
    ? ''
    : tn('Losses are those of all {count} example.', 'Losses are those of all {count} examples.', examples);
  const words = () => {
    const all = { count: count(parameters) };
    if (kind === 'parameters')
      return t('The loss over two of the {count} parameters, {x} and {y}; all others as they are.', {
        ...all,
        x: axisNames[0],
        y: axisNames[1],
      });
    if (kind === 'random') return moved(landscape);
    const several = new Set(mapped.stops.map(({ branch }) => branch)).size;
    const values = {
      ...all,
      percent: percent(total(landscape.explained_variance)),
      walk: number(100 * total(landscape.random_walk_variance), { digits: 2 }),
      paths: several,
    };
    return several > 1 && paths.length > 1
      ? t('This plane holds {percent} % of the variance of {paths} paths over {count} parameters.', values)
      : t(
          'This plane holds {percent} % of the variance of the path over {count} parameters; of a random walk with as many moments it would hold about {walk} %.',
          values,
        );
  };
  return `${words()} ${data}`.trim();
}

/** @param {(number | null)[] | null} shares */
const total = (shares) => (shares ?? []).reduce((/** @type {number} */ sum, one) => sum + (one ?? 0), 0);

/** Of which step the map is, where that is not the one on screen. @param {Slice} slice */
function whose({ made, isTraining, isFollowing, step: now }) {
  const { mapped } = /** @type {Made} */ (made);
  const step = { step: count(mapped.centre.step) };
  if (isTraining)
    return t('The map is that of step {step}; a new one is drawn when the training rests.', step);
  return isFollowing && mapped.centre.step === now ? '' : t('The map is that of step {step}.', step);
}

/** The true loss of the moment on screen and that of the map below it; where they are the same, the farthest. @param {Slice} slice */
function truth(slice) {
  const { made, isTraining, step, branch } = slice;
  if (isTraining) return '';
  const here = stopAt(slice, step);
  if (!here) return '';
  const values = (/** @type {Stop} */ stop) => ({
    step: count(stop.step),
    loss: number(stop.loss),
    slice: number(stop.slice),
    distance: number(stop.distance, { digits: 3 }),
  });
  if ((here.distance ?? 0) > ON_IT)
    return t(
      'At step {step} the true loss is {loss}; the map below it says {slice}, and the network is {distance} off the plane.',
      values(here),
    );
  const others = stopsOfBranch(/** @type {Made} */ (made), branch);
  const far = others.reduce((most, stop) => ((stop.gap ?? 0) > (most.gap ?? 0) ? stop : most), here);
  const own = t('It goes through step {step}: there the map says the true loss, {loss}.', values(here));
  if (far === here || (far.gap ?? 0) < ON_IT) return own;
  return `${own} ${t('It is farthest from the truth at step {step}: the true loss is {loss}, the map below it says {slice}.', values(far))}`;
}

/** Which numbers two random directions move; as in the paper's code, biases often stay. @param {Made['landscape']} landscape */
function moved({ moving: { weights, biases }, directions }) {
  const isStill = (/** @type {number} */ direction) =>
    directions?.[direction]?.every((own) =>
      [...own.weights.flat(), ...own.biases].every((one) => one === 0),
    ) ?? false;
  if (weights + biases === 0)
    return t('Random directions as long as the weights: all weights are 0, so nothing moves.');
  const values = {
    weights: tn('{count} weight', '{count} weights', weights),
    biases: tn('{count} bias', '{count} biases', biases),
  };
  if (isStill(1))
    return t('The loss along one random direction: it moves {weights}, and there is no second one.', values);
  return biases === 0
    ? t(
        'The loss along two random directions at right angles: they move {weights}, and leave every bias as it is.',
        values,
      )
    : t('The loss along two random directions at right angles: they move {weights} and {biases}.', values);
}

/** Where there is nothing to climb. @param {Slice} slice */
function level({ made }) {
  const { levels } = /** @type {Made} */ (made);
  return levels.isFlat
    ? t('The loss is the same everywhere on this map, {loss}: it has no levels.', {
        loss: number(levels.ticks[0].loss),
      })
    : '';
}

/** What the rings and threads mean, where there are some. @param {Slice} slice */
function marks({ made, isSolid, paths }) {
  if (!made) return '';
  const own = paths.map(({ id }) => stopsOfBranch(made, id));
  const isOff = (/** @type {Stop} */ { gap }) => (gap ?? 0) >= LEAST_GAP;
  const seen = own.map((stops) => within(made, stops));
  if (!isSolid) {
    const isRinged = own.some((stops) => within(made, ringed(stops)).length > 0);
    return isRinged ? t('The larger the ring about a point, the farther is the map from its true loss.') : '';
  }
  if (!seen.flat().some(isOff)) return '';
  return seen.some((stops) => stops.length > MOST_THREADS)
    ? t('Points are at their true loss; from some of them a thread leads to the map.')
    : t('Points are at their true loss; a thread leads from each to the map.');
}

/** The moments that the map does not reach. @param {Slice} slice */
function outside({ made, paths }) {
  if (!made) return '';
  const all = paths.flatMap(({ id }) => stopsOfBranch(made, id));
  const out = all.length - within(made, all).length;
  if (out === 0) return '';
  return tn(
    '{count} moment of the path lies beyond the edges of this map.',
    '{count} moments of the path lie beyond the edges of this map.',
    out,
  );
}

/** Where nothing is drawn. @param {Slice} slice */
function gaps({ made }) {
  const hasHoles = made?.landscape.loss.some((row) => row.includes(null)) ?? false;
  return hasHoles ? t('Where nothing is drawn the loss is beyond what a number can hold.') : '';
}

/** @param {Slice} slice @returns {import('../../lib/view.js').Table} */
export function table(slice) {
  const { made, paths } = slice;
  const columns = [
    t('moment'),
    ...titlesOf(slice),
    t('true loss'),
    t('loss of the map'),
    t('distance from the plane'),
  ];
  if (!made) return { columns, rows: [] };
  const named = new Map(paths.map(({ id, name }) => [id, name]));
  const isOne = new Set(made.stops.map(({ branch }) => branch)).size < 2;
  const rows = made.stops.map(({ branch, step, x, y, loss, slice: below, distance }) => ({
    cells: [
      isOne ? stepLabel(step) : `${named.get(branch) ?? ''}, ${stepLabel(step)}`,
      x,
      y,
      loss,
      below,
      distance,
    ],
    pick: { step, branch },
  }));
  return { columns, rows: [lowestRow(made), ...rows] };
}

/** The lowest place of the map. @param {Made} made */
function lowestRow({ landscape }) {
  const { x, y, loss } = landscape;
  let best = { row: 0, column: 0, loss: Infinity };
  loss.forEach((values, row) =>
    values.forEach((value, column) => {
      if (value !== null && value < best.loss) best = { row, column, loss: value };
    }),
  );
  return { cells: [t('lowest place of the map'), x[best.column], y?.[best.row] ?? '—', '—', best.loss, '—'] };
}
