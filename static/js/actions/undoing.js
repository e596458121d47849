/**
 * Undo: before anything is changed, what is on screen is remembered. The state is never changed in place, so a
 * memory is a few references.
 */

import { store } from '../state.js';
import { asking } from './asking.js';
import { show } from './moments.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {Pick<State, 'preset' | 'experiment' | 'dataset' | 'history' | 'branches' | 'branch' | 'now' | 'example' | 'cursor' | 'isWhole' | 'pinned'>} Memory */

const MOST = 100;
/** Changes of one kind that follow each other within so many milliseconds, such as a drag's, are one. */
const TOGETHER = 800;

/** @type {{what: string, memory: Memory}[]} */
let past = [];
/** @type {{what: string, memory: Memory}[]} */
let future = [];
let last = { what: '', at: -Infinity };

/** @returns {Memory} */
function memory() {
  const { preset, experiment, dataset, history, branches, branch, now, example, cursor, isWhole, pinned } =
    store.get();
  return { preset, experiment, dataset, history, branches, branch, now, example, cursor, isWhole, pinned };
}

function tell() {
  store.set({ undoable: past.map(({ what }) => what), redoable: future.map(({ what }) => what) });
}

/**
 * Remember what is there, before it is changed; returns what takes that back, should nothing be changed after all.
 * @param {string} what  in words, such as t('learning rate')
 */
export function remember(what) {
  const before = { past, future, last };
  const isSame = last.what === what && performance.now() - last.at < TOGETHER && past.length > 0;
  if (!store.get().now) return () => {};
  last = { what, at: performance.now() };
  if (isSame) return () => {};
  past = [...past.slice(1 - MOST), { what, memory: memory() }];
  future = [];
  tell();
  return () => {
    ({ past, future, last } = before);
    tell();
  };
}

/**
 * Ask the server for a change that can be undone; what is refused leaves all as it was.
 * @param {string} what
 * @param {(signal: AbortSignal) => Promise<void>} work
 */
export function changing(what, work) {
  const takeBack = remember(what);
  store.set({ isStale: true, isPlaying: false });
  return asking(async (signal) => {
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) takeBack();
      if (!signal.aborted) store.set({ isStale: false });
      throw error;
    }
  });
}

/** Nothing of before can be brought back: another page was opened. */
export function forgetAll() {
  if (past.length + future.length === 0) return;
  past = [];
  future = [];
  tell();
}

export function undo() {
  const one = past.at(-1);
  if (!one) return Promise.resolve(false);
  past = past.slice(0, -1);
  future = [...future, { what: one.what, memory: memory() }];
  return bring(one.memory);
}

export function redo() {
  const one = future.at(-1);
  if (!one) return Promise.resolve(false);
  future = future.slice(0, -1);
  past = [...past, { what: one.what, memory: memory() }];
  return bring(one.memory);
}

/** @param {Memory} before */
function bring(before) {
  last = { what: '', at: -Infinity };
  tell();
  store.set({ isStale: true, isPlaying: false });
  const { now } = before;
  // A map of a moment of another experiment would be nobody's.
  const isOther = before.history.experiment !== store.get().history.experiment;
  const centre = isOther ? null : store.get().centre;
  return now === null
    ? Promise.resolve(false)
    : asking((signal) => show(now, { ...before, centre, path: null, trouble: null }, signal));
}
