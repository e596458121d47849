/** Walking: through the operations of a step, over its update, and back; pausing what goes by itself. */

import { nextStop, previousStop } from '../lib/walk.js';
import { store } from '../state.js';
import { moving, whenAbandoned, whenThere } from './asking.js';
import { diverged, next, refresh, show, toStep, traceOf } from './moments.js';

/** @typedef {import('../state.js').State} State */

/** The step that is on its way, while presses come faster than answers. @type {number | null} */
let goal = null;
whenAbandoned(() => {
  goal = null;
});

/** One press of "forward". */
export function forward() {
  const { trace, now, cursor, isWhole, granularity } = store.get();
  if (!trace || !now) return Promise.resolve();
  if (granularity === 'step' || !trace.operations) return trainStep(1);
  const from = isWhole ? 0 : cursor;
  const stop = nextStop(trace.operations, from, granularity);
  if (stop !== null) {
    store.set({ cursor: stop, isWhole: false });
    return Promise.resolve();
  }
  return over({ cursor: 0, isWhole: false });
}

/** Over the update to the next training step. @param {Partial<State>} change */
function over(change) {
  const { trace, now, isStale } = store.get();
  if (!trace || !now) return Promise.resolve();
  return moving(async (signal) => {
    // After an edit the trace on screen is not yet that of the update to be made.
    const holds = isStale ? await traceOf(store.get(), now, signal) : trace;
    if (signal.aborted) return;
    const moment = next(now, holds);
    if (moment === null) diverged(now.step);
    else await show(moment, change, signal);
  });
}

/** One press of "back": a true undo, over updates too. */
export function back() {
  const { trace, now, cursor, isWhole, granularity } = store.get();
  if (!trace || !now) return Promise.resolve();
  if (granularity === 'step' || !trace.operations) return trainStep(-1);
  const stop = isWhole ? null : previousStop(trace.operations, cursor, granularity);
  if (stop !== null) {
    store.set({ cursor: stop });
    return Promise.resolve();
  }
  if (now.step === 0) {
    store.set({ isWhole: false, cursor: 0 });
    return Promise.resolve();
  }
  return toStep(now.step - 1, 'end');
}

/** Whole training steps; presses that come faster than answers add up. @param {1 | -1} direction */
export async function trainStep(direction) {
  const { now, trace } = store.get();
  if (!now) return;
  const from = goal ?? now.step;
  const target = from + direction;
  if (target < 0) return;
  const isNext = direction > 0 && from === now.step && trace !== null;
  const done = isNext ? over({ isWhole: true, cursor: 0 }) : toStep(target);
  goal = target;
  await done;
  if (goal === target) goal = null;
}

/** The start or the end of this training step. @param {'start' | 'end'} end */
export function toEnd(end) {
  const { trace } = store.get();
  if (!trace?.operations) return;
  store.set({ isWhole: false, cursor: end === 'start' ? 0 : trace.operations.length });
}

/** @param {number} cursor */
export function toCursor(cursor) {
  store.set({ cursor, isWhole: false, isPlaying: false });
}

/** Follow another example of the batch. @param {number} example */
export const setExample = (example) =>
  whenThere(() => {
    store.set({ isStale: true });
    refresh({ example });
  });

/** @param {Partial<Pick<State, 'isPlaying' | 'isTraining'>>} change */
export function setPlaying(change) {
  store.set(change);
}

/** Stop whatever goes by itself; the moment on screen gets its trace. */
export function pauseAll() {
  const { isTraining } = store.get();
  store.set({ isPlaying: false, isTraining: false });
  if (isTraining) refresh();
}
