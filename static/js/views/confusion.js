/**
 * What is taken for what: the counts of each class by the class that was answered.
 *
 * @typedef {{set: 'train' | 'test', count: number, right: number, undecided: number, accuracy: number, matrix: number[][]}} Measured
 * @typedef {{measured: Measured[], names: string[], middle: number}} Slice
 */

import { groupCount, groupName, middleOf } from '../lib/answers.js';
import { count } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';

/** @param {import('../state.js').State} state @returns {Slice | null} null where there are no classes to confuse */
export function select(state) {
  const { survey } = state;
  const groups = groupCount(state);
  if (!survey || groups === 0) return null;
  const middle = middleOf(state);
  const sets = /** @type {const} */ (['train', 'test']);
  const measured = sets.flatMap((set) => {
    const one = survey[set];
    if (!one || one.confusion === null || one.right === null || one.accuracy === null) return [];
    const { count: all, right, accuracy, confusion: matrix } = one;
    return [{ set, count: all, right, undecided: one.undecided ?? 0, accuracy, matrix }];
  });
  const names = Array.from({ length: groups }, (_, group) => groupName(group, middle));
  return measured.length === 0 ? null : { measured, names, middle };
}

/** The pair of classes that is mistaken most often, and how many pairs are as often. @param {number[][]} matrix */
export function worst(matrix) {
  let found = { own: 0, answered: 0, times: 0, pairs: 0 };
  matrix.forEach((row, own) =>
    row.forEach((times, answered) => {
      if (own === answered) return;
      if (times > found.times) found = { own, answered, times, pairs: 1 };
      else if (times === found.times) found.pairs += 1;
    }),
  );
  return found.times > 0 ? found : null;
}

/** Of the set that tells most: the examples held out, where there are some. @param {Slice} slice */
export function describe({ measured, names }) {
  const { set, matrix } = measured[measured.length - 1];
  const words = mistakeWords(worst(matrix), names);
  return set === 'test' ? `${words} ${t('Counted are the examples held out.')}` : words;
}

/** @param {ReturnType<typeof worst>} found @param {string[]} names */
function mistakeWords(found, names) {
  if (!found) return t('No class is taken for another.');
  const values = { own: names[found.own], answered: names[found.answered] };
  return found.pairs > 1
    ? tn(
        'Among the most frequent mistakes: {count} example of class {own} taken for {answered}.',
        'Among the most frequent mistakes: {count} examples of class {own} taken for {answered}.',
        found.times,
        values,
      )
    : tn(
        'The most frequent mistake: {count} example of class {own} taken for {answered}.',
        'The most frequent mistake: {count} examples of class {own} taken for {answered}.',
        found.times,
        values,
      );
}

/** The rows of the table: a class, then how often each class was answered. @param {Slice} slice @param {number[][]} matrix */
export function rowsOf({ names }, matrix) {
  return matrix.map((row, own) => ({
    name: names[own],
    cells: row.map((times, answered) => ({
      text: count(times),
      isRight: own === answered,
      isNone: times === 0,
    })),
  }));
}
