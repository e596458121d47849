/** Says what became of every action: politely, at once where it was asked for, at most once a second in play. */

import { byId } from '../dom.js';
import { later } from '../later.js';
import { store } from '../state.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {typeof import('../lib/announce.js')} Words */

/** Milliseconds between two announcements while something goes by itself. */
const QUIET = 1000;
/** Milliseconds within which what is seen is what came of an undo. */
const TOGETHER = 1000;

export function mountAnnouncer() {
  const region = byId('announcer', HTMLElement);
  let before = store.get();
  let last = -Infinity;
  let wasUndo = false;
  /** The words come with the first change there can be one for. @type {Words | null} */
  let words = null;
  const say = (
    /** @type {Words} */ { announce, undone },
    /** @type {State} */ old,
    /** @type {State} */ state,
  ) => {
    const sentence = announce(old, state);
    const isUndo = undone(old, state) !== '';
    // To begin is asked for; what follows comes by itself.
    const isPlaying = (state.isPlaying && old.isPlaying) || (state.isTraining && old.isTraining);
    if (sentence === '' || (isPlaying && performance.now() - last < QUIET)) return;
    // What came of an undo belongs to it.
    const isOutcome = wasUndo && !isUndo && performance.now() - last < TOGETHER;
    wasUndo = isUndo;
    last = performance.now();
    region.textContent = isOutcome ? `${region.textContent} ${sentence}` : sentence;
  };
  store.subscribe(async (state) => {
    const old = before;
    before = state;
    if (!old.now) return;
    if (words) {
      say(words, old, state);
      return;
    }
    // Where they cannot be had, nothing is said, and the next change asks for them again.
    const come = await later(() => import('../lib/announce.js')).catch(() => null);
    if (!come) return;
    words = come;
    say(come, old, state);
  });
}
