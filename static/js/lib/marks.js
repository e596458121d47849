/**
 * What was changed on the way of a run, by step and in words.
 *
 * @typedef {{at: number, text: string}} Mark
 */

import { number } from './format.js';
import { t } from './i18n.js';

/** @param {import('../state.js').History} history @returns {Mark[]} in order; a run's own start is none */
export function marksOf({ learning_rate, changes, edits, turns }) {
  /** @type {Map<number, Set<string>>} */
  const marks = new Map();
  const add = (/** @type {number} */ at, /** @type {string} */ text) => {
    marks.set(at, (marks.get(at) ?? new Set()).add(text));
  };
  let before = learning_rate;
  for (const { at_step, learning_rate: after } of changes) {
    if (at_step > 0) add(at_step, `η ${number(before)} → ${number(after)}`);
    before = after;
  }
  for (const { at_step } of turns) if (at_step > 0) add(at_step, t('other set-up'));
  for (const { at_step } of edits) add(at_step, t('by hand'));
  return [...marks]
    .map(([at, texts]) => ({ at, text: [...texts].join(', ') }))
    .sort((one, other) => one.at - other.at);
}
