/** Words and tables while it trains: a few times a second, so that they can be read. */

import { store } from '../state.js';

/** Milliseconds between two of them. */
const REST = 250;

/** @typedef {import('../state.js').State} State */

/**
 * A listener that is told at once, but seldom while it trains; the last word is never left out.
 * @param {(state: State) => void} show
 */
export function calmly(show) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const now = () => {
    clearTimeout(later);
    later = undefined;
    last = performance.now();
    show(store.get());
  };
  return (/** @type {State} */ state) => {
    const wait = last + REST - performance.now();
    if (!state.isTraining || wait <= 0) now();
    else later ??= setTimeout(now, wait);
  };
}
