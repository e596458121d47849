/**
 * The plane of parameters that the map shows: which one it is, which moments lie over it, and what is asked of the
 * server about it. An answer is kept with what it was asked for, so that nothing old can pass for new.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../state.js').Plane} Plane
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('./wire.js').LandscapeAnswer} Answer
 * @typedef {{x: number[], y: number[] | null}} Grid  no place of a map is beyond what a number can hold
 * @typedef {Omit<Answer, 'x' | 'y' | 'gradients'> & Grid
 *   & {gradients: Grid & Pick<NonNullable<Answer['gradients']>, 'dx' | 'dy'> | null}} Landscape
 * @typedef {{branch: number, step: number, moment: Moment}} Stop  a kept moment of a path
 * @typedef {{landscape: Landscape | null, refusal: string | null, plane: Plane, axes: Axes | null, centre: Moment,
 *   now: Moment, stops: Stop[]}} Mapped  an answer, or why there is none
 * @typedef {{x: Place, y: Place}} Axes
 */

import { allBranches } from './branches.js';
import { isFinite, sizeOf, valueAt } from './history.js';
import { rests } from './inside.js';
import { isSamePlace } from './places.js';
import { described } from './queries.js';

/** Moments of a path that are drawn: of the branch on screen, and of each of the others. */
const MOST_STOPS = 80;
const MOST_OTHERS = 40;
/** All numbers of these moments together: they travel to the server with each question. */
const MOST_NUMBERS = 120_000;
/** A plane of the path needs so many moments. */
export const FEWEST_MOMENTS = 3;
/** Points along a side of the map, for so much work (parameters times examples) at each of them. */
const SIDES = [
  { side: 51, upTo: 100_000 },
  { side: 41, upTo: 1_000_000 },
  { side: 31, upTo: Infinity },
];
/** Arrows of the gradient stand at every so many points. */
const ARROWS = 9;

/** Whether a network has such a parameter. @param {Moment} moment @param {Place | null} place */
function hasPlace({ parameters }, place) {
  if (place === null) return false;
  const own = parameters[place.layer];
  if (!own || !(place.unit < own.biases.length)) return false;
  return place.input === 'bias' || place.input < own.weights[place.unit].length;
}

/** Sorted once for each trace: a large network has thousands. @type {WeakMap<object, Place[]>} */
const sorted = new WeakMap();

/** Every parameter with a gradient, the steepest first. @param {NonNullable<State['trace']>['layers']} layers @returns {Place[]} */
export function bySteepness(layers) {
  const there = sorted.get(layers) ?? sortedBySteepness(layers);
  sorted.set(layers, there);
  return there;
}

/** @param {NonNullable<State['trace']>['layers']} layers @returns {Place[]} */
function sortedBySteepness(layers) {
  const all = layers.flatMap(({ dW, db }, layer) => [
    ...dW.flatMap((row, unit) =>
      row.map((gradient, input) => ({ gradient, place: /** @type {Place} */ ({ layer, unit, input }) })),
    ),
    ...db.map((gradient, unit) => ({
      gradient,
      place: /** @type {Place} */ ({ layer, unit, input: 'bias' }),
    })),
  ]);
  const size = (/** @type {{gradient: number | null}} */ { gradient }) => Math.abs(gradient ?? 0);
  return all.sort((one, other) => size(other) - size(one)).map(({ place }) => place);
}

/**
 * The two parameters of the map: those chosen, else the pinned one, else those it had before, else the steepest
 * weights; biases where there are no two weights.
 * @param {State} state
 * @returns {Axes | null}
 */
export function axesOf({ plane, pinned, asides, now, trace }) {
  if (!now) return null;
  const chosen = plane.kind === 'parameters' ? plane : { x: null, y: null };
  const before = /** @type {Mapped | null | undefined} */ (asides.map?.answer)?.axes ?? null;
  const all = trace ? bySteepness(trace.layers) : [];
  const isBias = (/** @type {Place} */ { input }) => input === 'bias';
  const steep = [...all.filter((place) => !isBias(place)), ...all.filter(isBias)];
  const asked = pinned?.kind === 'parameter' ? pinned.place : null;
  const first = (/** @type {(Place | null | undefined)[]} */ ...places) =>
    places.find((place) => place && hasPlace(now, place)) ?? null;
  const isOther = (/** @type {Place | null} */ place) => (/** @type {Place | null | undefined} */ one) =>
    one && !isSamePlace(one, place) ? one : null;
  const x = first(
    chosen.x,
    isOther(chosen.y)(asked),
    isOther(chosen.y)(before?.x),
    ...steep.map(isOther(chosen.y)),
  );
  const others = [chosen.y, before?.y, before?.x, ...steep].map(isOther(x));
  const y = first(...others);
  return x && y ? { x, y } : null;
}

/** The moment that the plane goes through. @param {State} state */
export function centreOf({ centre, now }) {
  if (centre === null || now === null) return now;
  const isSameShape =
    centre.parameters.length === now.parameters.length &&
    centre.parameters.every(
      ({ weights }, layer) =>
        weights.length === now.parameters[layer].weights.length &&
        weights[0].length === now.parameters[layer].weights[0].length,
    );
  return isSameShape ? centre : now;
}

/** So many of a list, its ends among them. @template One @param {One[]} list @param {number} most */
function thinned(list, most) {
  if (list.length <= most) return list;
  const share = (list.length - 1) / Math.max(1, most - 1);
  return Array.from({ length: most }, (_, index) => list[Math.round(index * share)]);
}

/** Moments whose numbers are all there: looked through once. @type {WeakMap<Moment, boolean>} */
const whole = new WeakMap();

/** @param {Moment} moment */
function isWhole(moment) {
  const there = whole.get(moment) ?? isFinite(moment.parameters);
  whole.set(moment, there);
  return there;
}

/** The moments of a branch, a readable number of them, and that on screen. @param {Moment[]} frames @param {Moment | null} now @param {number} most */
function momentsOf(frames, now, most) {
  const kept = thinned(frames, Math.max(2, most)).filter(isWhole);
  if (!now || kept.includes(now)) return kept;
  const others = kept.filter(({ step }) => step !== now.step);
  return [...others, now].sort((one, other) => one.step - other.step);
}

/** The moments whose place on the map is asked for: of the branch on screen, then of those it is compared with. @param {State} state @returns {Stop[]} */
export function stopsOf(state) {
  const { branch, hidden, now } = state;
  if (!now) return [];
  const room = MOST_NUMBERS / sizeOf(now.parameters);
  const all = allBranches(state).filter(({ id }) => id === branch || !hidden.includes(id));
  const inOrder = all.sort((one, other) => Number(other.id === branch) - Number(one.id === branch));
  const share = Math.floor(room / Math.max(1, inOrder.length));
  return inOrder.filter(isComparable(now)).flatMap(({ id, history }) => {
    const isOwn = id === branch;
    const most = Math.min(share, isOwn ? MOST_STOPS : MOST_OTHERS);
    return momentsOf(history.frames, isOwn ? now : null, most).map((moment) => ({
      branch: id,
      step: moment.step,
      moment,
    }));
  });
}

/** Branches of another network have other planes. @param {Moment} now */
const isComparable =
  (now) =>
  (/** @type {import('../state.js').Branch} */ { history }) =>
    history.frames.length > 0 && JSON.stringify(shapeOf(history.frames[0])) === JSON.stringify(shapeOf(now));

/** @param {Moment} moment */
const shapeOf = ({ parameters }) => parameters.map(({ weights }) => [weights.length, weights[0].length]);

/** Why no map can be asked for; null: it can. @param {State} state @returns {'nothing' | 'path' | 'overflow' | null} */
export function obstacle(state) {
  const { now, plane } = state;
  if (!now) return 'nothing';
  if (!isWhole(now)) return 'overflow';
  if (plane.kind === 'pca' && stopsOf(state).length < FEWEST_MOMENTS) return 'path';
  return null;
}

/** The plane with nothing left open: where a chosen parameter is not there, its range says nothing. @param {State} state @returns {Plane} */
function planeOf(state) {
  const { plane } = state;
  if (plane.kind !== 'parameters') return plane;
  const axes = axesOf(state);
  const isAsChosen = axes !== null && isSamePlace(plane.x, axes.x) && isSamePlace(plane.y, axes.y);
  return isAsChosen ? plane : { kind: 'parameters', x: axes?.x ?? null, y: axes?.y ?? null };
}

/** Points along a side of the map, by what one of them costs. @param {State} state */
function sideOf({ now, dataset }) {
  const examples = dataset?.train_indices.length ?? 1;
  const work = sizeOf(now?.parameters ?? []) * examples;
  return SIDES.find(({ upTo }) => work <= upTo)?.side ?? 31;
}

/** What the map depends on; null: nothing can be asked now. @param {State} state @returns {unknown[] | null} */
export function mapDeps(state) {
  if (!rests(state) || obstacle(state) !== null) return null;
  const plane = planeOf(state);
  if (plane.kind === 'parameters' && !plane.y) return null;
  const stops = stopsOf(state).map(({ branch, step }) => `${branch} ${step}`);
  const text = JSON.stringify([plane, state.hasArrows, state.branch, stops]);
  return [centreOf(state), state.now, state.experiment, text];
}

/** @param {State} state */
export function mapQuery(state) {
  const now = /** @type {Moment} */ (state.now);
  const { optimizer: _, batch: __, ...base } = described(state.history, now.step);
  return {
    ...base,
    parameters: centreOf(state)?.parameters,
    plane: planeOf(state),
    resolution: sideOf(state),
    path: stopsOf(state).map(({ moment }) => moment.parameters),
    ...(state.hasArrows ? { gradients: true, gradient_stride: Math.round(sideOf(state) / ARROWS) } : {}),
  };
}

/** What an answer is kept with. @param {State} state @returns {Omit<Mapped, 'landscape' | 'refusal'>} */
export function mapContext(state) {
  const now = /** @type {Moment} */ (state.now);
  const centre = centreOf(state) ?? now;
  return { plane: planeOf(state), axes: axesOf(state), centre, now, stops: stopsOf(state) };
}

/** Where a moment lies on a plane of two parameters: the two numbers themselves; null on any other plane. @param {Mapped} mapped @param {Moment} moment */
export function spotOf({ plane, axes, now }, moment) {
  if (plane.kind !== 'parameters' || !axes || !hasPlace(moment, axes.x) || !hasPlace(moment, axes.y))
    return null;
  if (moment.parameters.length !== now.parameters.length) return null;
  return { x: valueAt(moment.parameters, axes.x), y: valueAt(moment.parameters, axes.y) };
}

/** A span made larger or smaller about a point within it, else about its middle. @param {number} low @param {number} high @param {number} factor @param {number | null} about @returns {[number, number]} */
function scaled(low, high, factor, about) {
  const isInside = about !== null && about > low && about < high;
  const middle = isInside ? about : (low + high) / 2;
  return [middle + (low - middle) * factor, middle + (high - middle) * factor];
}

/**
 * The plane seen from nearer or farther, about a point.
 * @param {Mapped} mapped
 * @param {number} factor
 * @param {{x: number, y: number} | null} about
 * @returns {Plane}
 */
export function zoomed({ plane, landscape }, factor, about) {
  if (plane.kind === 'random') return { ...plane, radius: plane.radius * factor };
  const { x, y } = /** @type {Landscape} */ (landscape);
  const across = scaled(x[0], x[x.length - 1], factor, about?.x ?? null);
  if (!y) return { ...plane, x_range: across };
  return { ...plane, x_range: across, y_range: scaled(y[0], y[y.length - 1], factor, about?.y ?? null) };
}

/** A number as fine as a map of that span can be pointed at. @param {number} value @param {number} span */
export function asFine(value, span) {
  const unit = 10 ** Math.floor(Math.log10(span / 400));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
