/** Looking: which task, which number is asked about, which is pointed at; nothing of the experiment changes. */

import { isSamePlace } from '../lib/places.js';
import { store } from '../state.js';
import { refresh } from './moments.js';
import { pauseAll } from './walking.js';

/** @typedef {import('../state.js').State} State */

/** @param {Partial<Pick<State, 'granularity' | 'task' | 'walkSpeed' | 'trainSpeed' | 'isLogarithmic' | 'isSorted' | 'nudge' | 'hidden' | 'plane' | 'centre' | 'isSolid' | 'azimuth' | 'hasArrows' | 'axisAsked'>>} choice */
export function choose(choice) {
  const isOther = choice.task !== undefined && choice.task !== store.get().task;
  if (isOther) pauseAll();
  store.set(choice);
  // The other tasks look at all the data too.
  if (isOther && store.get().survey === null) refresh();
}

/** Ask about a number; null asks no more. A parameter may be asked for as an axis of the map. @param {State['pinned']} pinned */
export function pin(pinned) {
  if (store.get().axisAsked !== null && pinned?.kind === 'parameter') return takeAxis(pinned.place);
  store.set({ pinned, explanation: null, path: null, lit: null });
  if (pinned?.kind === 'parameter' && !store.get().isTraining) return refresh();
  return Promise.resolve(true);
}

/** The asked axis of the map is this parameter; after the first axis the second is asked for. @param {import('../state.js').Place} place */
function takeAxis(place) {
  const { axisAsked, plane } = store.get();
  const chosen = plane.kind === 'parameters' ? plane : { x: null, y: null };
  const isFirst = axisAsked === 'x';
  if (!isFirst && isSamePlace(chosen.x, place)) return Promise.resolve(false);
  const axes = isFirst ? { x: place, y: null } : { x: chosen.x, y: place };
  store.set({ plane: { kind: 'parameters', ...axes }, axisAsked: isFirst ? 'y' : null });
  return Promise.resolve(true);
}

/** Light one of the paths of the pinned parameter. @param {number | null} path */
export function light(path) {
  store.set({ path });
}

/** Point at a number, by its name: it lights up wherever it is. @param {string | null} lit */
export function point(lit) {
  if (lit !== store.get().lit) store.set({ lit });
}

/** Show a figure's numbers as a table, or no more. @param {string} figure @param {boolean} isShown */
export function showTable(figure, isShown) {
  store.set({ tables: { ...store.get().tables, [figure]: isShown } });
}
