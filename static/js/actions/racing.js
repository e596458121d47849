/**
 * What can be done with a race; the only writer of its state. A race is a value: whatever is changed, the whole of it
 * is asked for again, one question at a time, the newest next. So a drag redraws as fast as answers come.
 *
 * @typedef {import('../race-state.js').State} State
 * @typedef {import('../race-state.js').Course} Course
 * @typedef {import('../race-state.js').Run} Run
 */

import * as api from '../api.js';
import { courseOf, fittingStart, nextRun } from '../lib/race/course.js';
import { createRaceStore } from '../race-state.js';

/** Points along a side of a map, and along a line. */
const FINE = { 1: 201, 2: 101 };
/** Changes of one thing within so many milliseconds are one, to undo. */
const TOGETHER = 1000;
const MOST_UNDO = 200;
/** After something that is undone by itself. */
const NOTHING = { what: '', at: -Infinity };

/** The surfaces that are known, by name. @type {Map<string, import('../race-state.js').Grid>} */
const grounds = new Map();

export const { whenWaiting } = api;

export class Race {
  store = createRaceStore();
  /** What the last change was of, and when. */
  #last = NOTHING;
  #asking = new AbortController();
  #isAsking = false;

  /** @param {State['catalog']} catalog */
  constructor(catalog) {
    this.store.set({ catalog });
  }

  /** Say who waits for the server. @param {State['waiting']} waiting */
  wait(waiting) {
    this.store.set({ waiting });
  }

  /** Show another race, whole. @param {Course} course @param {Partial<State>} [change] */
  open(course, change = {}) {
    const { course: before, undoable } = this.store.get();
    const kept = before.runs.length > 0 ? { undoable: [...undoable, before], redoable: [] } : {};
    this.#last = NOTHING;
    this.#show(course, { step: course.steps, chosen: 0, ...kept, ...change });
  }

  /** @param {string} name  of a race that is ready to watch */
  openRace(name) {
    const { races } = this.store.get().catalog;
    const race = races.find((one) => one.name === name);
    if (race) this.open(courseOf(race));
  }

  /**
   * Change the race; what is changed again at once, such as a slider's value, is undone together.
   * @param {Partial<Course>} change @param {string} what  is changed
   * @param {Partial<State>} [more]
   */
  #change(change, what, more = {}) {
    const { course, undoable, isDragged } = this.store.get();
    const now = performance.now();
    const isSame = what !== '' && this.#last.what === what && (isDragged || now - this.#last.at < TOGETHER);
    this.#last = { what, at: now };
    const past = isSame ? undoable : [...undoable, course].slice(-MOST_UNDO);
    this.#show({ ...course, ...change }, { undoable: past, redoable: [], ...more });
  }

  /** @param {Course} course @param {Partial<State>} change */
  #show(course, change) {
    const { course: before, step } = this.store.get();
    // Whoever sees the whole race goes on seeing all of it.
    const seen = step >= before.steps ? course.steps : Math.min(step, course.steps);
    this.store.set({ course, step: seen, trouble: '', ...change });
    this.#walk();
  }

  /** @param {number[]} start */
  setStart(start) {
    this.#change({ start }, 'start');
  }

  /** @param {boolean} isDragged */
  setDragged(isDragged) {
    this.#last = NOTHING; // each drag is undone by itself
    this.store.set({ isDragged });
  }

  /** @param {number} steps */
  setSteps(steps) {
    this.#change({ steps }, 'steps');
  }

  /** Another surface: its own start, the same runs. @param {string} surface */
  setSurface(surface) {
    const row = this.store.get().catalog.surfaces.find(({ name }) => name === surface);
    if (row) this.#change({ surface, start: fittingStart(row) }, '');
  }

  /** @param {number} index @param {Run} run @param {string} what */
  setRun(index, run, what) {
    const { runs } = this.store.get().course;
    const all = runs.map((one, at) => (at === index ? run : one));
    this.#change({ runs: all }, what && `${what} ${index}`);
  }

  /** One more, like the chosen one with a higher rate. */
  addRun() {
    const { course, chosen, catalog } = this.store.get();
    if (course.runs.length >= catalog.limits.runs) return;
    const runs = [...course.runs, nextRun(course.runs[chosen], course.runs)];
    this.#change({ runs }, '', { chosen: runs.length - 1 });
  }

  /** @param {number} index */
  removeRun(index) {
    const { course, chosen } = this.store.get();
    if (course.runs.length < 2) return;
    const runs = course.runs.filter((_, at) => at !== index);
    this.#change({ runs }, '', { chosen: Math.min(chosen > index ? chosen - 1 : chosen, runs.length - 1) });
  }

  /** Whatever is looked at another way. @param {Partial<Pick<State, 'chosen' | 'isSolid' | 'azimuth' | 'isLogarithmic' | 'hasArrows' | 'hasLimit' | 'speed'>>} change */
  choose(change) {
    this.store.set(change);
  }

  /** @param {string} figure @param {boolean} isShown */
  showTable(figure, isShown) {
    this.store.set({ tables: { ...this.store.get().tables, [figure]: isShown } });
  }

  /** @param {number} step */
  toStep(step) {
    const { course } = this.store.get();
    this.store.set({ step: Math.min(Math.max(0, Math.round(step)), course.steps) });
  }

  /** @param {boolean} isPlaying */
  setPlaying(isPlaying) {
    this.store.set({ isPlaying });
  }

  /** @param {string} trouble */
  complain(trouble) {
    this.store.set({ trouble });
  }

  /** @param {'undoable' | 'redoable'} from @param {'undoable' | 'redoable'} to */
  #turnBack(from, to) {
    const state = this.store.get();
    const course = state[from].at(-1);
    if (!course) return;
    this.#last = NOTHING;
    this.#show(course, {
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], state.course],
      chosen: Math.min(state.chosen, course.runs.length - 1),
    });
  }

  undo() {
    this.#turnBack('undoable', 'redoable');
  }

  redo() {
    this.#turnBack('redoable', 'undoable');
  }

  /** Ask until the answer is of what is on screen. */
  async #walk() {
    // A question that waits for the server is not worth waiting for any more.
    if (this.#isAsking && this.store.get().waiting) this.#asking.abort();
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#walkOn();
    } finally {
      this.#isAsking = false;
    }
  }

  async #walkOn() {
    while (this.store.get().walked?.course !== this.store.get().course) {
      const { course } = this.store.get();
      this.#asking = new AbortController();
      try {
        await this.#ask(course);
      } catch (error) {
        if (this.#asking.signal.aborted) continue;
        if (!(error instanceof api.Refused)) throw error;
        // Until something else is asked for there is nothing to ask again.
        if (this.store.get().course !== course) continue;
        this.store.set({ trouble: error.message });
        break;
      }
    }
  }

  /** @param {Course} course */
  async #ask(course) {
    const { signal } = this.#asking;
    const surface = this.store.get().catalog.surfaces.find(({ name }) => name === course.surface);
    const [answer, grid] = await Promise.all([
      api.descent(course, signal),
      groundOf(course.surface, FINE[surface?.variables ?? 2], signal),
    ]);
    this.store.set({ walked: { course, answer }, ground: { surface: course.surface, grid } });
  }
}

/** @param {string} surface @param {number} resolution @param {AbortSignal} signal */
async function groundOf(surface, resolution, signal) {
  const known = grounds.get(surface);
  if (known) return known;
  const grid = await api.surface({ surface, resolution }, signal);
  grounds.set(surface, grid);
  return grid;
}
