/**
 * What is asked besides the moment on screen: what each answer depends on, and whether it still holds.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Aside} Aside
 */

/** @param {unknown[]} some @param {unknown[]} others */
export const isSame = (some, others) =>
  some.length === others.length && some.every((one, index) => Object.is(one, others[index]));

/**
 * An answer as a view wants it: what is there, and whether it is of what is on screen.
 * @template Answer
 * @param {State} state
 * @param {string} name
 * @param {(state: State) => unknown[] | null} depsOf  what it depends on now; null: nothing can be asked
 * @returns {{answer: Answer | null, isFresh: boolean}}
 */
export function asideOf(state, name, depsOf) {
  const aside = state.asides[name];
  const deps = depsOf(state);
  const isFresh = aside !== undefined && deps !== null && isSame(aside.deps, deps);
  return { answer: aside?.answer ?? null, isFresh };
}
