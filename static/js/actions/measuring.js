/**
 * Measuring the sharpness at moments of the run, as long as somebody looks at it: one request at a time, a few a
 * second while it trains. What is found belongs to the history, and is cut off with it.
 */

import * as api from '../api.js';
import { isRefused, sharpnessQuery, unmeasured, withMeasures } from '../lib/sharpness.js';
import { store } from '../state.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../state.js').Moment} Moment */

/** Milliseconds between two requests. */
const REST = 350;

/** Measure while `isSeen` says so; returns what has to be called when it begins to be seen. @param {() => boolean} isSeen */
export function keepMeasuring(isSeen) {
  let isBusy = false;
  const measure = async () => {
    const state = store.get();
    if (isBusy || !isSeen() || state.task !== 'inside' || state.isStale) return;
    if (isRefused(state)) return; // it is not asked again
    const moments = unmeasured(state);
    if (moments.length === 0) return;
    isBusy = true;
    try {
      await ask(state, moments);
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      const sharpness = { deps: [state.history.experiment], answer: null };
      store.set({ asides: { ...store.get().asides, sharpness } });
    } finally {
      setTimeout(() => {
        isBusy = false;
        measure();
      }, REST);
    }
  };
  store.subscribe(measure);
  return measure;
}

/** @param {State} state @param {Moment[]} moments */
async function ask(state, moments) {
  const answer = await api.curvature(sharpnessQuery(state.history, moments), new AbortController().signal);
  const found = [answer, ...(answer.path ?? [])].map(({ sharpness, converged }, index) => ({
    step: moments[index].step,
    sharpness,
    converged,
  }));
  const { history, now, branch } = store.get();
  // The run may have been cut, changed or left meanwhile: only what is of moments that are still its own is kept.
  const isOwn = (/** @type {Moment} */ moment) => moment === now || history.frames.includes(moment);
  const measures = found.filter((_, index) => isOwn(moments[index]));
  if (branch !== state.branch || history.turns !== state.history.turns || measures.length === 0) return;
  store.set({ history: withMeasures(history, measures) });
}
