/** Says what became of every action: politely, at once where it was asked for, at most once a second in play. */

import { byId } from '../dom.js';
import { later } from '../later.js';
import { store } from '../state.js';

/** Milliseconds between two announcements while something goes by itself. */
const QUIET = 1000;
/** Milliseconds within which what is seen is what came of an undo. */
const TOGETHER = 1000;

export function mountAnnouncer() {
  const region = byId('announcer', HTMLElement);
  let before = store.get();
  let last = -Infinity;
  let wasUndo = false;
  store.subscribe(async (state) => {
    const old = before;
    before = state;
    // The words come with the first change there can be one for; where they cannot be had, nothing is said.
    const words = old.now && (await later(() => import('../lib/announce.js')).catch(() => null));
    if (!words) return;
    const sentence = words.announce(old, state);
    const isUndo = words.undone(old, state) !== '';
    // To begin is asked for; what follows comes by itself.
    const isPlaying = (state.isPlaying && old.isPlaying) || (state.isTraining && old.isTraining);
    if (sentence === '' || (isPlaying && performance.now() - last < QUIET)) return;
    // What came of an undo belongs to it.
    const isOutcome = wasUndo && !isUndo && performance.now() - last < TOGETHER;
    wasUndo = isUndo;
    last = performance.now();
    region.textContent = isOutcome ? `${region.textContent} ${sentence}` : sentence;
  });
}
