/**
 * A run told up to where one is: what was last changed on the way, and what the loss has done since.
 *
 * @typedef {import('../../state.js').State} State
 * @typedef {import('../../state.js').History} History
 */

import { branchName } from '../branches.js';
import { number } from '../format.js';
import { experimentAt, rateAt } from '../history.js';
import { t, tn } from '../i18n.js';
import { parameterName } from '../names.js';
import { sceneOf } from './scene.js';

/** What happened at a step, and the sentence for it. @typedef {{at: number, sentence: () => string}} Event */

/** @param {State} state @returns {Event[]} */
function events(state) {
  const { history, branches, branch } = state;
  const origin = branches.find(({ id }) => id === branch)?.origin;
  const parent = branches.find(({ id }) => id === origin?.of);
  const left = origin && parent ? [{ at: origin.at, sentence: () => parted(origin, parent) }] : [];
  return [
    ...left,
    ...history.turns.map(({ at_step: at }) => ({
      at,
      sentence: () => t('At step {step} the [[set-up]] was changed.', { step: at }),
    })),
    ...history.edits.map((edit) => ({ at: edit.at_step, sentence: () => byHand(state, edit) })),
    ...history.changes.map((change) => ({ at: change.at_step, sentence: () => rated(history, change) })),
  ];
}

/** @param {import('../../state.js').Origin} origin @param {import('../../state.js').Branch} parent */
const parted = ({ at }, parent) =>
  t('At step {step} this branch left [[{name}]].', { step: at, name: branchName(parent) });

/** @param {State} state @param {import('../../state.js').Edit} edit */
const byHand = (state, edit) =>
  t('At step {step} the [[{parameter}]] was set to {value} by hand.', {
    step: edit.at_step,
    parameter: parameterName(sceneOf(state), edit),
    value: number(edit.value),
  });

/** @param {History} history @param {import('../../state.js').Change} change */
function rated(history, { at_step: step, learning_rate: rate }) {
  const before = rateAt(history, step - 1);
  const values = { step, before: number(before), after: number(rate) };
  return rate > before
    ? t('At step {step} the [[learning rate]] was raised from {before} to {after}.', values)
    : t('At step {step} the [[learning rate]] was lowered from {before} to {after}.', values);
}

/** What the loss did from one step to another. @param {History} history @param {number} from @param {number} to */
function since({ losses }, from, to) {
  const [before, after] = [losses[from], losses[to]];
  if (to === from || before === undefined || after === undefined || before === null) return '';
  const values = { before: number(before), after: number(after) };
  if (after === null || after > before)
    return tn(
      'In {count} step the loss rose from {before} to {after}.',
      'In {count} steps the loss rose from {before} to {after}.',
      to - from,
      values,
    );
  return tn(
    'In {count} step the loss fell from {before} to {after}.',
    'In {count} steps the loss fell from {before} to {after}.',
    to - from,
    values,
  );
}

/**
 * The last thing that happened to the run on screen and what came of it; where nothing did, what the start has led to.
 * @param {State} state
 * @returns {string}
 */
export function tellRun(state) {
  const { history, now } = state;
  const at = now?.step ?? 0;
  const last = events(state)
    .filter((one) => one.at <= at)
    .reduce(
      (/** @type {Event | null} */ latest, one) => (latest === null || one.at >= latest.at ? one : latest),
      null,
    );
  if (last) return [last.sentence(), since(history, last.at, at)].filter(Boolean).join(' ');
  const name = experimentAt(history, at)?.optimizer.name;
  if (at === 0 || !name)
    return t(
      'Forward, loss, backward, update: that is one step, and training is [[nothing but many of them]]. Press play, and change the learning rate while it runs.',
    );
  return [
    t('The run has gone [[from its first weights]] to step {step} without a change.', { step: at }),
    since(history, 0, at),
  ]
    .filter(Boolean)
    .join(' ');
}
