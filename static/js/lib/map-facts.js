/**
 * What a lesson can ask of the map: whether the path lies on its surface, and how much of it a plane holds.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('./plane.js').Mapped} Mapped
 */

import { asideOf } from './asides.js';
import { centreOf, mapDeps } from './plane.js';

/** So much of its own loss a moment is off the map: less is not seen. */
const OFF = 0.01;

/** Null where the map on screen is not yet that of the state, or goes through another moment. @param {State} state */
export function mapFacts(state) {
  const { answer, isFresh } = asideOf(state, 'map', mapDeps);
  const mapped = isFresh ? /** @type {Mapped | null} */ (answer) : null;
  return { ...offFacts(state, mapped), held: mapped && heldBy(mapped) };
}

/** How many earlier moments of the path are off the map's surface, and whether its first is. @param {State} state @param {Mapped | null} mapped */
function offFacts(state, mapped) {
  const path = mapped?.landscape?.path;
  const earlier = (mapped?.stops ?? []).flatMap(({ branch, step }, index) =>
    branch === state.branch && step < Number(state.now?.step) ? [{ step, index }] : [],
  );
  if (!path || earlier.length === 0 || centreOf(state) !== state.now)
    return { off_map: null, start_off_map: null };
  const isOff = earlier.map(({ index }) => {
    const [loss, below] = [path.loss[index], path.slice_loss[index]];
    return loss === null || below === null ? loss !== below : Math.abs(loss - below) > OFF * Math.abs(loss);
  });
  return {
    off_map: isOff.filter(Boolean).length,
    start_off_map: earlier[0].step === 0 ? Number(isOff[0]) : null,
  };
}

/** The percentage of the variance of one path that its plane holds, as the map's caption says it. @param {Mapped} mapped */
function heldBy({ landscape, plane, stops }) {
  const shares = landscape?.explained_variance;
  if (plane.kind !== 'pca' || !shares || new Set(stops.map(({ branch }) => branch)).size > 1) return null;
  const total = shares.reduce((/** @type {number} */ sum, one) => sum + (one ?? 0), 0);
  return Number((100 * total).toPrecision(3));
}
