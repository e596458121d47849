/**
 * What the map shows of the state.
 *
 * @typedef {import('../../state.js').State} State
 * @typedef {import('../../lib/plane.js').Landscape} Landscape
 * @typedef {import('../../lib/plane.js').Mapped} Mapped
 * @typedef {{branch: number, step: number, x: number | null, y: number | null, loss: number | null,
 *   slice: number | null, distance: number | null, gap: number | null, isByHand: boolean}} Stop
 *   its own loss, that of the map below it, how far it lies off the plane; gap: between the two, as a share of the
 *   scale; by hand: it was put there, not led there by an update
 * @typedef {{x: number | null, y: number | null}} Spot
 * @typedef {{mapped: Mapped, landscape: Landscape, levels: import('./levels.js').Levels, heights: (number | null)[][],
 *   stops: Stop[]}} Made
 * @typedef {{status: 'ready' | 'waiting' | 'nothing' | 'path' | 'overflow' | 'refused', refusal: string,
 *   kind: import('../../state.js').Plane['kind'], isFresh: boolean, isTraining: boolean, isSolid: boolean,
 *   isFollowing: boolean, azimuth: number, made: Made | null, axisNames: [string, string], step: number,
 *   parameters: number, examples: number, isWholeBatch: boolean, live: Spot[], here: Spot | null,
 *   branch: number, paths: {id: number, name: string, isCurrent: boolean}[]}} Slice
 *   live: where the network went since the map was drawn, while it trains; here: where it is
 */

import { asideOf } from '../../lib/asides.js';
import { allBranches, branchName } from '../../lib/branches.js';
import { sizeOf } from '../../lib/history.js';
import { parameterName } from '../../lib/names.js';
import { mapDeps, obstacle, spotOf } from '../../lib/plane.js';
import { gapOf, levelsOf } from './levels.js';

/** The share of the scale from which on a gap is shown. */
export const LEAST_GAP = 0.015;
/** Moments of a path with a ring, or with the head of an arrow: more would hide it. */
const MOST_RINGS = 8;
/** More threads than these would be a curtain. */
export const MOST_THREADS = 24;

/** What is drawn of an answer does not change with what is chosen beside it. @type {WeakMap<Mapped, Made | null>} */
const known = new WeakMap();

/** @param {State} state @param {Mapped} mapped */
function madeOf(state, mapped) {
  const there = known.get(mapped);
  if (there !== undefined) return there;
  const made = make(state, mapped);
  known.set(mapped, made);
  return made;
}

/** @param {State} state @param {Mapped} mapped @returns {Made | null} */
function make(state, mapped) {
  const { landscape } = mapped;
  const levels = landscape && levelsOf(landscape.loss);
  if (!landscape || !levels) return null;
  const heights = landscape.loss.map((row) => row.map(levels.height));
  const path = landscape.path;
  const edits = new Map(allBranches(state).map(({ id, history }) => [id, history.edits]));
  const stops = mapped.stops.map(({ branch, step }, index) => {
    const [loss, slice] = [path?.loss[index] ?? null, path?.slice_loss[index] ?? null];
    return {
      branch,
      step,
      x: path?.x[index] ?? null,
      y: path?.y?.[index] ?? null,
      loss,
      slice,
      distance: path?.distance[index] ?? null,
      gap: gapOf(levels, loss, slice),
      isByHand: step > 0 && (edits.get(branch) ?? []).some(({ at_step }) => at_step === step),
    };
  });
  return { mapped, landscape, levels, heights, stops };
}

/** Why there is nothing to be drawn, if so. @param {State} state @param {Mapped | null} mapped @param {Made | null} made @returns {Slice['status']} */
function statusOf(state, mapped, made) {
  const reason = obstacle(state);
  if (reason !== null) return reason;
  if (!mapped) return 'waiting';
  if (mapped.refusal !== null) return 'refused';
  if (mapped.plane.kind !== state.plane.kind) return 'waiting';
  return made ? 'ready' : 'overflow';
}

/** Where the network went since the map was asked for. @param {State} state @param {Mapped} mapped */
function liveOf({ history, isTraining, now }, mapped) {
  if (!isTraining || !now || mapped.plane.kind !== 'parameters') return [];
  const from = mapped.now.step;
  return history.frames
    .filter(({ step }) => step >= from && step <= now.step)
    .flatMap((frame) => {
      const spot = spotOf(mapped, frame);
      return spot ? [spot] : [];
    });
}

/** @param {State} state @returns {Slice | null} */
export function select(state) {
  const { experiment, now, task, isTraining, plane, branch, hidden, dataset } = state;
  if (!experiment || !now || task !== 'inside') return null;
  const { answer, isFresh } = asideOf(state, 'map', mapDeps);
  const mapped = /** @type {Mapped | null} */ (answer);
  const made = mapped && madeOf(state, mapped);
  const { network, data, batch } = experiment;
  const scene = { activations: network.layers.map(({ activation }) => activation), features: data.features };
  const axes = mapped?.axes;
  const examples = dataset?.train_indices.length ?? 0;
  return {
    status: statusOf(state, mapped, made),
    refusal: mapped?.refusal ?? '',
    kind: plane.kind,
    isFresh,
    isTraining,
    isSolid: state.isSolid,
    isFollowing: state.centre === null,
    azimuth: state.azimuth,
    made,
    axisNames: axes ? [parameterName(scene, axes.x), parameterName(scene, axes.y)] : ['', ''],
    step: now.step,
    parameters: sizeOf(now.parameters),
    examples,
    isWholeBatch: batch.size === null || batch.size >= examples,
    live: mapped ? liveOf(state, mapped) : [],
    here: mapped && isTraining ? spotOf(mapped, now) : null,
    branch,
    paths: allBranches(state)
      .filter(({ id }) => id === branch || !hidden.includes(id))
      .map((one) => ({ id: one.id, name: branchName(one), isCurrent: one.id === branch })),
  };
}

/** The stops of one path, in order. @param {Made} made @param {number} branch */
export const stopsOfBranch = ({ stops }, branch) => stops.filter((stop) => stop.branch === branch);

/** The spans of both axes. @param {{landscape: {x: any[], y?: any[] | null}}} made */
export function spansOf({ landscape }) {
  const { x, y } = landscape;
  const across = /** @type {[number, number]} */ ([x[0], x[x.length - 1]]);
  const up = /** @type {[number, number]} */ (y ? [y[0], y[y.length - 1]] : [0, 1]);
  return { across, up };
}

/** The moments that lie within the spans of the map. @param {Made} made @param {Stop[]} stops */
export function within(made, stops) {
  const { across, up } = spansOf(made);
  return stops.filter(
    ({ x, y }) => x !== null && y !== null && x >= across[0] && x <= across[1] && y >= up[0] && y <= up[1],
  );
}

/** Whether a moment is one of those that are drawn with more than a line. @param {Stop[]} stops @param {number} [most] */
export function someOf(stops, most = MOST_RINGS) {
  const every = Math.max(1, Math.ceil((stops.length - 1) / most));
  return (/** @type {number} */ index) => index % every === 0 || index === stops.length - 1;
}

/** The moments of one path that have a ring, from above, for being off the map. @param {Stop[]} stops */
export function ringed(stops) {
  const isSome = someOf(stops);
  return stops.filter(({ gap }, index) => gap !== null && gap >= LEAST_GAP && isSome(index));
}

/** The stop at a step of the branch on screen. @param {Slice} slice @param {number} step */
export const stopAt = ({ made, branch }, step) =>
  made?.stops.find((stop) => stop.branch === branch && stop.step === step) ?? null;
