/**
 * The one store: a value that is replaced, never changed, and those who want to know.
 * Only `state.js` and `actions.js` write to it.
 */

/**
 * @template {object} State
 * @param {State} initial
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<(state: State) => void>} */
  const listeners = new Set();
  let isAnnounced = false;

  const announce = () => {
    isAnnounced = false;
    for (const listener of listeners) listener(state);
  };

  return {
    get: () => state,

    /**
     * Replace some fields; listeners hear of it once, after all that happens now.
     * @param {Partial<State>} change
     */
    set(change) {
      state = { ...state, ...change };
      if (isAnnounced) return;
      isAnnounced = true;
      queueMicrotask(announce);
    },

    /** @param {(state: State) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
  };
}
