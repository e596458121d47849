/**
 * What can be done on the page of races; the only writer of its state. A race is a value: whatever is changed, the
 * whole of it is asked for again, one question at a time, the newest next. So a drag redraws as fast as answers come.
 *
 * @typedef {import('../race-state.js').State} State
 * @typedef {import('../race-state.js').Course} Course
 * @typedef {import('../race-state.js').Run} Run
 */

import * as api from '../api.js';
import { courseOf, fittingStart, nextRun } from '../lib/race/course.js';
import { store } from '../race-state.js';

/** Points along a side of a map, and along a line. */
const FINE = { 1: 201, 2: 101 };
/** Changes of one thing within so many milliseconds are one, to undo. */
const TOGETHER = 1000;
const MOST_UNDO = 200;

/** The surfaces that are known, by name. @type {Map<string, import('../race-state.js').Grid>} */
const grounds = new Map();
/** What the last change was of, and when. */
let last = { what: '', at: -Infinity };
let asking = new AbortController();
let isAsking = false;

/** @param {State['catalog']} catalog */
export function begin(catalog) {
  store.set({ catalog });
  api.whenWaiting((waiting) => store.set({ waiting }));
}

/** Show another race, whole. @param {Course} course @param {Partial<State>} [change] */
export function open(course, change = {}) {
  const { course: before, undoable } = store.get();
  const kept = before.runs.length > 0 ? { undoable: [...undoable, before], redoable: [] } : {};
  last = { what: '', at: -Infinity };
  show(course, { step: course.steps, chosen: 0, ...kept, ...change });
}

/** @param {string} name  of a race that is ready to watch */
export function openRace(name) {
  const { races } = store.get().catalog;
  const race = races.find((one) => one.name === name);
  if (race) open(courseOf(race));
}

/**
 * Change the race; what is changed again at once, such as a slider's value, is undone together.
 * @param {Partial<Course>} change @param {string} what  is changed
 * @param {Partial<State>} [more]
 */
function change(change, what, more = {}) {
  const { course, undoable, isDragged } = store.get();
  const now = performance.now();
  const isSame = what !== '' && last.what === what && (isDragged || now - last.at < TOGETHER);
  last = { what, at: now };
  const past = isSame ? undoable : [...undoable, course].slice(-MOST_UNDO);
  show({ ...course, ...change }, { undoable: past, redoable: [], ...more });
}

/** @param {Course} course @param {Partial<State>} change */
function show(course, change) {
  const { course: before, step } = store.get();
  // Whoever sees the whole race goes on seeing all of it.
  const seen = step >= before.steps ? course.steps : Math.min(step, course.steps);
  store.set({ course, step: seen, trouble: '', ...change });
  walk();
}

/** @param {number[]} start */
export const setStart = (start) => change({ start }, 'start');

/** @param {boolean} isDragged */
export function setDragged(isDragged) {
  last = { what: '', at: -Infinity }; // each drag is undone by itself
  store.set({ isDragged });
}

/** @param {number} steps */
export const setSteps = (steps) => change({ steps }, 'steps');

/** Another surface: its own start, the same runs. @param {string} surface */
export function setSurface(surface) {
  const row = store.get().catalog.surfaces.find(({ name }) => name === surface);
  if (row) change({ surface, start: fittingStart(row) }, '');
}

/** @param {number} index @param {Run} run @param {string} what */
export function setRun(index, run, what) {
  const { runs } = store.get().course;
  const all = runs.map((one, at) => (at === index ? run : one));
  change({ runs: all }, what && `${what} ${index}`);
}

/** One more, like the chosen one with a higher rate. */
export function addRun() {
  const { course, chosen, catalog } = store.get();
  if (course.runs.length >= catalog.limits.runs) return;
  const runs = [...course.runs, nextRun(course.runs[chosen], course.runs)];
  change({ runs }, '', { chosen: runs.length - 1 });
}

/** @param {number} index */
export function removeRun(index) {
  const { course, chosen } = store.get();
  if (course.runs.length < 2) return;
  const runs = course.runs.filter((_, at) => at !== index);
  change({ runs }, '', { chosen: Math.min(chosen > index ? chosen - 1 : chosen, runs.length - 1) });
}

/** Whatever is looked at another way. @param {Partial<Pick<State, 'chosen' | 'isSolid' | 'azimuth' | 'isLogarithmic' | 'hasArrows' | 'speed'>>} change */
export const choose = (change) => store.set(change);

/** @param {string} figure @param {boolean} isShown */
export const showTable = (figure, isShown) =>
  store.set({ tables: { ...store.get().tables, [figure]: isShown } });

/** @param {number} step */
export function toStep(step) {
  const { course } = store.get();
  store.set({ step: Math.min(Math.max(0, Math.round(step)), course.steps) });
}

/** @param {boolean} isPlaying */
export const setPlaying = (isPlaying) => store.set({ isPlaying });

/** @param {string} trouble */
export const complain = (trouble) => store.set({ trouble });

/** @param {'undoable' | 'redoable'} from @param {'undoable' | 'redoable'} to */
function turnBack(from, to) {
  const state = store.get();
  const course = state[from].at(-1);
  if (!course) return;
  last = { what: '', at: -Infinity };
  show(course, {
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], state.course],
    chosen: Math.min(state.chosen, course.runs.length - 1),
  });
}

export const undo = () => turnBack('undoable', 'redoable');
export const redo = () => turnBack('redoable', 'undoable');

/** Ask until the answer is of what is on screen. */
async function walk() {
  // A question that waits for the server is not worth waiting for any more.
  if (isAsking && store.get().waiting) asking.abort();
  if (isAsking) return;
  isAsking = true;
  try {
    await walkOn();
  } finally {
    isAsking = false;
  }
}

async function walkOn() {
  while (store.get().walked?.course !== store.get().course) {
    const { course } = store.get();
    asking = new AbortController();
    try {
      await ask(course);
    } catch (error) {
      if (asking.signal.aborted) continue;
      if (!(error instanceof api.Refused)) throw error;
      // Until something else is asked for there is nothing to ask again.
      if (store.get().course !== course) continue;
      store.set({ trouble: error.message });
      break;
    }
  }
}

/** @param {Course} course */
async function ask(course) {
  const { signal } = asking;
  const [answer, grid] = await Promise.all([api.descent(course, signal), groundOf(course.surface, signal)]);
  store.set({ walked: { course, answer }, ground: { surface: course.surface, grid } });
}

/** @param {string} surface @param {AbortSignal} signal */
async function groundOf(surface, signal) {
  const known = grounds.get(surface);
  if (known) return known;
  const row = store.get().catalog.surfaces.find(({ name }) => name === surface);
  const grid = await api.surface({ surface, resolution: FINE[row?.variables ?? 2] }, signal);
  grounds.set(surface, grid);
  return grid;
}
