/** A planted mistake: a case by its seed, a guess, and what there is to say of it. */

import * as api from '../api.js';
import { store } from '../lesson-state.js';

/** @typedef {import('../lesson-state.js').SabotageState} SabotageState */

const SEEDS = 100_000;

/** What is under way at each place of the lesson. @type {Map<number, AbortController>} */
const asking = new Map();

/** @param {number} place @returns {SabotageState} */
const stateAt = (place) => /** @type {SabotageState} */ (store.get().sabotages[place]);

/** @param {number} place @param {Partial<SabotageState>} change */
const put = (place, change) =>
  store.set({ sabotages: { ...store.get().sabotages, [place]: { ...stateAt(place), ...change } } });

/** A signal for a new question; an older one at that place is given up. @param {number} place */
function signalOf(place) {
  asking.get(place)?.abort();
  const own = new AbortController();
  asking.set(place, own);
  return own.signal;
}

/** @param {number} place @param {string} bugs  "easy" or "all" */
export function beginSabotage(place, bugs) {
  put(place, { bugs, kinds: [], tries: 0 });
  openCase(place, Math.floor(Math.random() * SEEDS));
}

/** Another case: what was found before stays counted. @param {number} place */
export const otherCase = (place) => openCase(place, (stateAt(place).seed + 1) % SEEDS);

/** @param {number} place @param {number} seed */
async function openCase(place, seed) {
  const signal = signalOf(place);
  const fresh = { layer: null, bug: null, verdict: null, isFound: false, isLayerFound: false };
  put(place, { seed, found: null, ...fresh });
  try {
    const found = await api.sabotage({ seed, bugs: stateAt(place).bugs }, signal);
    if (!signal.aborted) put(place, { found });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What is suspected; a verdict on another guess no longer holds. @param {number} place @param {{layer?: number, bug?: string}} change */
export const suspect = (place, change) => {
  signalOf(place);
  put(place, { ...change, verdict: null });
};

/** Compare the guess with what was planted. @param {number} place */
export async function checkGuess(place) {
  const { seed, bugs, layer, bug } = stateAt(place);
  if (layer === null || bug === null) return;
  const signal = signalOf(place);
  try {
    const verdict = await api.sabotageVerdict({ seed, bugs, layer, bug }, signal);
    if (signal.aborted) return;
    const { tries, kinds, isLayerFound, isFound } = stateAt(place);
    put(place, {
      verdict,
      tries: tries + 1,
      isLayerFound: isLayerFound || verdict.layer_is_right,
      isFound: isFound || verdict.is_right,
      kinds: verdict.is_right ? [...new Set([...kinds, bug])] : kinds,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
