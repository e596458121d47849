/**
 * What the network answers for each example, and whether it is right.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Dataset} Dataset
 * @typedef {{index: number, inputs: (number | null)[], targets: (number | null)[], group: number, isTest: boolean}} Example
 *   a row of the data set; `group` is its class, from 0
 * @typedef {{outputs: (number | null)[], group: number | null, isUndecided: boolean}} Answer
 *   `group` is null where a number no longer fits, or where rounding alone would decide
 */

import { number } from './format.js';

/**
 * The middle between the two targets that one output is compared with.
 * @param {Pick<State, 'catalog' | 'experiment'>} state
 */
export function middleOf({ catalog, experiment }) {
  const loss = catalog?.losses.find(({ name }) => name === experiment?.loss);
  return loss?.targets === 'minus_one_one' ? 0 : 0.5;
}

/**
 * The class that a row of outputs, or of targets, stands for: the side of the middle, or the largest of several.
 * @param {(number | null)[]} row @param {number} middle
 * @returns {number | null} null where a number no longer fits
 */
export function groupOf(row, middle) {
  if (row.includes(null)) return null;
  const values = /** @type {number[]} */ (row);
  if (values.length === 1) return values[0] > middle ? 1 : 0;
  return values.indexOf(Math.max(...values));
}

/** @type {WeakMap<Dataset, Example[]>} */
const known = new WeakMap();

/** Every example, in the order of the data set. @param {Dataset} dataset @param {number} middle @returns {Example[]} */
export function examplesOf(dataset, middle) {
  const found = known.get(dataset);
  if (found) return found;
  const held = new Set(dataset.test_indices);
  const hasClasses = dataset.task === 'classification';
  const made = dataset.inputs.map((inputs, index) => {
    const targets = dataset.targets[index];
    const group = hasClasses ? (groupOf(targets, middle) ?? 0) : 0;
    return { index, inputs, targets, group, isTest: held.has(index) };
  });
  known.set(dataset, made);
  return made;
}

/**
 * What is answered for each row of the data set, where the survey has it.
 * @param {Pick<State, 'dataset' | 'survey'>} state @param {number} middle
 * @returns {Map<number, Answer>}
 */
export function answersOf({ dataset, survey }, middle) {
  /** @type {Map<number, Answer>} */
  const answers = new Map();
  if (!dataset || !survey) return answers;
  const take = (
    /** @type {number[]} */ rows,
    /** @type {import('./wire.js').MeasuresAnswer | null} */ measures,
  ) =>
    measures?.outputs?.forEach((row, at) => {
      const group = measures.answers ? (measures.answers[at] ?? null) : groupOf(row, middle);
      const isUndecided = measures.answers !== null && group === null;
      answers.set(rows[at], { outputs: row, group, isUndecided });
    });
  take(dataset.train_indices, survey.train);
  take(dataset.test_indices, survey.test);
  return answers;
}

/** How many classes are told apart. @param {Pick<State, 'dataset'>} state */
export function groupCount({ dataset }) {
  if (dataset?.task !== 'classification') return 0;
  return Math.max(2, dataset.classes ?? 0, dataset.targets[0]?.length ?? 0);
}

/** What a class is called: its number, or its target where those are −1 and 1. @param {number} group @param {number} middle */
export const groupName = (group, middle) => number(middle === 0 ? 2 * group - 1 : group);

/** The colours of classes: two take those of sign, more of them those of branches. @param {number} groups @param {import('./view.js').Colours} colours */
export const groupColours = (groups, { negative, positive, branches }) =>
  groups <= 2 ? [negative, positive] : branches;

/** The symbols of classes, so that no colour is needed to tell them apart. */
export const SYMBOLS = ['diamond', 'circle', 'square', 'triangle-up', 'star', 'pentagon'];
