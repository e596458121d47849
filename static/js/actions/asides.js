/**
 * What is asked besides the moment on screen, as long as somebody looks at it: what every rate would do, the
 * curvature, the slope of one parameter, the loss after one step at every rate, the map. Each answer is kept with what it depends on; when that has changed it
 * is asked for anew. One request of a kind is under way at a time: the next is that of the latest state.
 */

import * as api from '../api.js';
import { isSame } from '../lib/asides.js';
import * as inside from '../lib/inside.js';
import { store } from '../state.js';

/** @typedef {import('../state.js').State} State */
/**
 * @typedef {{isWanted: (state: State) => boolean, deps: (state: State) => unknown[] | null,
 *   ask: (state: State, signal: AbortSignal) => Promise<any>}} Row
 */

/** Milliseconds between two questions of a kind while it trains. */
const IN_PLAY = 1000;

const isInside = (/** @type {State} */ { task }) => task === 'inside';

/** @type {Record<string, Row>} */
const ROWS = {
  rates: {
    isWanted: () => true,
    deps: inside.ratesDeps,
    ask: (state, signal) => api.rates(inside.ratesQuery(state), signal),
  },
  curvature: {
    isWanted: isInside,
    deps: inside.curvatureDeps,
    ask: (state, signal) => api.curvature(inside.curvatureQuery(state), signal),
  },
  stepSizes: {
    isWanted: isInside,
    deps: inside.stepSizesDeps,
    ask: (state, signal) => api.stepSizes(inside.stepSizesQuery(state), signal),
  },
  slope: {
    isWanted: isInside,
    deps: inside.slopeDeps,
    ask: (state, signal) => api.slope(inside.slopeQuery(state), signal),
  },
};

/** Begin to ask for what is looked at. */
export function beginAsides() {
  for (const [name, row] of Object.entries(ROWS)) keepAsking(name, row);
}

/** Ask for one thing as long as it is wanted. @param {string} name @param {Row} row */
export function keepAsking(name, row) {
  let isAsking = false;
  let last = -Infinity;
  const ask = async () => {
    const state = store.get();
    if (state.isTraining && performance.now() - last < IN_PLAY) return;
    const deps = row.isWanted(state) ? row.deps(state) : null;
    const known = state.asides[name];
    if (isAsking || deps === null || (known && isSame(known.deps, deps))) return;
    isAsking = true;
    last = performance.now();
    try {
      const answer = await orNull(row.ask(state, new AbortController().signal));
      // Everybody hears of it after this is done: it asks again then, if what it depends on has changed meanwhile.
      store.set({ asides: { ...store.get().asides, [name]: { deps, answer } } });
    } finally {
      isAsking = false;
    }
  };
  store.subscribe(ask);
}

/** What the server refuses is not there. @template Answer @param {Promise<Answer>} asked @returns {Promise<Answer | null>} */
async function orNull(asked) {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof api.Refused) return null;
    throw error;
  }
}
