/**
 * What somebody did in the lessons: kept in the browser, nowhere else. Pure functions of it, and the two that keep it.
 *
 * @typedef {{choice: number | null, outcome?: number | null, facts?: Record<string, number>}} Prediction
 *   `choice`: null where it was skipped; `outcome`: the option that happened, null while that was not seen, missing in
 *   what was kept before outcomes were; `facts`: the numbers in what was told then
 * @typedef {{tasks: Record<string, true | {facts: Record<string, number>}>, predictions: Record<string, Prediction>,
 *   numbers: Record<string, {seed: number, tries: number, isRight: boolean}>}} Done
 * @typedef {{version: 1, last: string, lessons: Record<string, Done>}} Progress
 */

import { forgetLessons } from '../kept.js';

const KEY = 'backstep.progress';

/** @returns {Progress} */
const nothing = () => ({ version: 1, last: '', lessons: {} });

/** @returns {Done} */
const fresh = () => ({ tasks: {}, predictions: {}, numbers: {} });

/** @param {unknown} value @returns {[string, any][]}  the parts of an object; of anything else none */
const partsOf = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/** @param {unknown} value @param {(part: any) => boolean} isSound @returns {Record<string, any>} */
const soundParts = (value, isSound) => Object.fromEntries(partsOf(value).filter(([, part]) => isSound(part)));

/** Whether a value is a count, or a place in a list. @param {unknown} value @returns {value is number} */
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** @param {unknown} value */
const isChoice = (value) => value === null || isCount(value);
/** @param {unknown} value */
const areFacts = (value) => {
  const parts = partsOf(value);
  return parts.length > 0 ? parts.every(([, fact]) => Number.isFinite(fact)) : JSON.stringify(value) === '{}';
};

/** @param {any} one */
const isPrediction = (one) =>
  isChoice(one?.choice) &&
  (one.outcome === undefined || isChoice(one.outcome)) &&
  (one.facts === undefined || areFacts(one.facts));
/** @param {any} one */
const isTask = (one) => one === true || areFacts(one?.facts);
/** @param {any} one */
const isNumber = (one) => isCount(one?.seed) && isCount(one.tries) && typeof one.isRight === 'boolean';

/**
 * What is sound of something that was kept: a browser may hold what an older version, an extension or somebody's own
 * hand has written, and a lesson opens all the same.
 * @param {any} kept
 * @returns {Progress}
 */
export function sound(kept) {
  if (kept?.version !== 1) return nothing();
  const lessons = partsOf(kept.lessons).map(([lesson, done]) => [
    lesson,
    {
      tasks: soundParts(done?.tasks, isTask),
      predictions: soundParts(done?.predictions, isPrediction),
      numbers: soundParts(done?.numbers, isNumber),
    },
  ]);
  return {
    version: 1,
    last: typeof kept.last === 'string' ? kept.last : '',
    lessons: Object.fromEntries(lessons),
  };
}

/** What is kept, as far as it can be read. @returns {Progress} */
export function load() {
  try {
    return sound(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    return nothing(); // storage may be forbidden, or hold something else: then one begins anew
  }
}

/** @param {Progress} progress */
export function save(progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // without storage it is known as long as the page is open
  }
}

/** Forget all of it. */
export function clear() {
  forgetLessons();
  try {
    localStorage.removeItem(KEY);
  } catch {
    // there is nothing to forget
  }
}

/** What was done in one lesson. @param {Progress} progress @param {string} lesson */
export const doneIn = ({ lessons }, lesson) => lessons[lesson] ?? fresh();

/**
 * The same with something done in a lesson, which is then the last one.
 * @param {Progress} progress @param {string} lesson
 * @template {'tasks' | 'predictions' | 'numbers'} Kind
 * @param {Kind} kind @param {string} name @param {Done[Kind][string]} what
 * @returns {Progress}
 */
export function withDone(progress, lesson, kind, name, what) {
  const done = doneIn(progress, lesson);
  const changed = { ...done, [kind]: { ...done[kind], [name]: what } };
  return { ...progress, last: lesson, lessons: { ...progress.lessons, [lesson]: changed } };
}

/** How many things of a lesson are done. @param {Progress} progress @param {string} lesson @param {string[]} things */
export function countDone(progress, lesson, things) {
  const { tasks, predictions, numbers } = doneIn(progress, lesson);
  const isSeen = (/** @type {string} */ name) => name in predictions && predictions[name].outcome !== null;
  return things.filter((name) => tasks[name] || isSeen(name) || numbers[name]?.isRight).length;
}

/** The lesson to go on with: the last one, or where all of it is done the one after; null where nothing was begun. @param {Progress} progress @param {{slug: string, things: string[]}[]} lessons */
export function next(progress, lessons) {
  const at = lessons.findIndex(({ slug }) => slug === progress.last);
  if (at < 0) return null;
  const isDone = countDone(progress, lessons[at].slug, lessons[at].things) === lessons[at].things.length;
  return (isDone && lessons[at + 1]) || lessons[at];
}
