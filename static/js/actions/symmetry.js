/** The experiment of 1986, from several starts side by side: rounds of sweeps, one request each, for all that still learn. */

import * as api from '../api.js';
import { store } from '../lesson-state.js';

/** @typedef {import('../lesson-state.js').SymmetryState} SymmetryState */
/** @typedef {import('../lesson-state.js').SymmetryRun} SymmetryRun */

export const STARTS = 8;
/** Sweeps of a round: what one press goes on, and what is asked for at once in play. */
export const ROUND = 100;
/** Sweeps after which a start that has not got it never will. */
export const MOST = 8000;
/** Every so many sweeps the loss is kept: more no curve can show. */
const KEPT = 20;
/** Milliseconds that a round takes at least: the plateau is to be seen. */
const PACE = 130;
const SEEDS = 100_000;

/** What is under way at each place of the lesson. @type {Map<number, AbortController>} */
const asking = new Map();

/** Which play goes on at each place: one that was paused and begun again is another. @type {Map<number, object>} */
const playing = new Map();

/** @param {number} place @returns {SymmetryState} */
const stateAt = (place) => /** @type {SymmetryState} */ (store.get().symmetries[place]);

/** @param {number} place @param {Partial<SymmetryState>} change */
const put = (place, change) =>
  store.set({ symmetries: { ...store.get().symmetries, [place]: { ...stateAt(place), ...change } } });

/** Whether there is nothing more to come. @param {SymmetryRun} run */
export const isOver = ({ isSettled, state }) => isSettled || state.step >= MOST;

/** Begin with starts that nobody had before. @param {number} place */
export async function beginSymmetry(place) {
  asking.get(place)?.abort();
  const first = Math.floor(Math.random() * SEEDS);
  const seeds = Array.from({ length: STARTS }, (_, index) => first + index);
  put(place, { seeds, patterns: 0, runs: null, chosen: null, isPlaying: false });
  await advance(place, 0);
}

/** @param {number} place @param {number} chosen */
export const chooseStart = (place, chosen) => put(place, { chosen });

/** @param {number} place */
export function pauseSymmetry(place) {
  asking.get(place)?.abort();
  put(place, { isPlaying: false });
}

/** One round, of all that still learn. @param {number} place */
export async function stepSymmetry(place) {
  pauseSymmetry(place);
  await advance(place, ROUND);
}

/** Round after round, until it is over or paused. @param {number} place */
export async function playSymmetry(place) {
  const own = {};
  playing.set(place, own);
  put(place, { isPlaying: true });
  while (stateAt(place).isPlaying && playing.get(place) === own) {
    const due = performance.now() + PACE;
    const isDone = await advance(place, ROUND);
    if (!isDone) return; // paused, or begun anew
    if (stateAt(place).runs?.every(isOver)) put(place, { isPlaying: false });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
}

/** Go on for so many sweeps; whether the answer came and was still wanted. @param {number} place @param {number} sweeps */
async function advance(place, sweeps) {
  const own = new AbortController();
  asking.set(place, own);
  const { seeds, runs } = stateAt(place);
  const known = runs ?? seeds.map((seed) => ({ seed, state: null }));
  const learning = known.filter((run) => run.state === null || !isOver(/** @type {SymmetryRun} */ (run)));
  if (learning.length === 0) return true;
  const body = { runs: learning.map(({ seed, state }) => ({ seed, state })), sweeps };
  try {
    const answer = await api.symmetry(body, own.signal);
    if (own.signal.aborted) return false;
    const came = new Map(answer.runs.map((run) => [run.seed, run]));
    const after = known.map((run) => merged(/** @type {any} */ (run), came.get(run.seed)));
    put(place, { patterns: answer.patterns, runs: after });
    return true;
  } catch (error) {
    if (!own.signal.aborted) throw error;
    return false;
  }
}

/** @param {SymmetryRun} run @param {import('../lib/wire.js').SymmetryRunAnswer | undefined} answer @returns {SymmetryRun} */
function merged(run, answer) {
  if (!answer) return run;
  const { seed, state, finding, is_settled: isSettled } = answer;
  const last = answer.steps.length - 1;
  const kept = answer.steps.flatMap((step, index) => (step % KEPT === 0 || index === last ? [index] : []));
  return {
    ...{ seed, state, finding, isSettled },
    steps: [...(run.steps ?? []), ...kept.map((index) => answer.steps[index])],
    losses: [...(run.losses ?? []), ...kept.map((index) => answer.losses[index])],
  };
}
