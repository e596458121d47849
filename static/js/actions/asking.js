/**
 * Asking the server: every action that changes what is on screen gives up what was under way, so that an older
 * answer never overtakes.
 */

import * as api from '../api.js';
import { store } from '../state.js';

let underWay = new AbortController();
/** @type {Set<() => void>} */
const listeners = new Set();

/** Hear when what was under way is given up. @param {() => void} listener */
export function whenAbandoned(listener) {
  listeners.add(listener);
}

/** Give up what is under way; what begins now is given up by the signal that is returned. */
export function abandon() {
  for (const listener of listeners) listener();
  underWay.abort();
  underWay = new AbortController();
  return underWay.signal;
}

/**
 * Run something that asks the server; a refusal is shown, an abandoned request is nobody's concern.
 * Whatever trained by itself stops. Returns whether the work was done.
 * @param {(signal: AbortSignal) => Promise<void>} work
 * @returns {Promise<boolean>}
 */
export async function asking(work) {
  const signal = abandon();
  if (store.get().isTraining) store.set({ isTraining: false });
  try {
    await work(signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    if (!(error instanceof api.Refused)) throw error;
    store.set({ trouble: { kind: 'refused', message: error.message }, isPlaying: false });
    return false;
  }
}

/** What is on its way to another moment. @type {Promise<boolean> | null} */
let move = null;

/** Go to another moment: `asking`, and changes wait until it is there. @param {(signal: AbortSignal) => Promise<void>} work */
export function moving(work) {
  const done = asking(work).finally(() => {
    if (move === done) move = null;
  });
  move = done;
  return done;
}

/**
 * Change something: at once, or when the moment that was gone to is there, since that is the one that is meant.
 * @template Result
 * @param {() => Result} change
 * @returns {Result | Promise<Awaited<Result>>}
 */
export function whenThere(change) {
  if (!move) return change();
  const then = () => whenThere(change);
  return /** @type {Promise<Awaited<Result>>} */ (move.then(then, then));
}

api.whenWaiting((waiting) => store.set({ waiting }));
