/**
 * Branches: runs side by side, each with its own history. Nothing is lost by going back: a change made where
 * something was computed already begins a new branch, and the old one stays as it was.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Branch} Branch
 * @typedef {import('../state.js').History} History
 * @typedef {import('../state.js').Origin} Origin
 */

import { number } from './format.js';
import { lastStep, rateAt } from './history.js';
import { t } from './i18n.js';
import { inside } from './names.js';

/** So many branches can be told apart by colour and dash. */
export const MOST_BRANCHES = 6;
const DASHES = ['solid', '7px,4px', '2px,3px', '11px,3px,2px,3px', '14px,4px', '5px,2px'];

/** Every branch as it is now: that on screen too. @param {Pick<State, 'branches' | 'branch' | 'history' | 'now' | 'survey'>} state */
export function allBranches({ branches, branch, history, now, survey }) {
  return branches.map((one) =>
    one.id === branch ? { ...one, history, step: now?.step ?? one.step, survey } : one,
  );
}

/** The first branch of an experiment. @param {History} history @returns {Branch[]} */
export const firstBranch = (history) => [{ id: 0, name: '', origin: null, history, step: 0 }];

/**
 * Go on in a new branch, with another history.
 * @param {Pick<State, 'branches' | 'branch' | 'history' | 'now' | 'survey'>} state
 * @param {History} history
 * @param {Origin['by']} by
 * @param {number} at
 */
export function branched(state, history, by, at) {
  const all = allBranches(state);
  const id = freeId(all);
  const made = { id, name: '', origin: { by, at, of: state.branch }, history, step: at };
  return { branches: [...all, made], branch: id, history };
}

/** The lowest number that no branch has: it gives the colour. @param {Branch[]} branches */
function freeId(branches) {
  let id = 0;
  while (branches.some((one) => one.id === id)) id += 1;
  return id;
}

/** How the curve of a branch is drawn: its place in the scale of branch colours, and its dash. @param {number} id */
export const styleOf = (id) => ({ colour: id % MOST_BRANCHES, dash: DASHES[id % MOST_BRANCHES] });

/** Whether a change now would take the place of something that was computed. @param {Pick<State, 'history' | 'now'>} state */
export const hasFuture = ({ history, now }) => now !== null && lastStep(history) > now.step;

/** What a branch is called: as its user wants, or after what it was made by. @param {Branch} branch */
export function branchName({ name, origin, history }) {
  if (name) return name;
  if (!origin) return t('main');
  const experiment = history.turns.at(-1)?.experiment ?? history.experiment;
  switch (origin.by) {
    case 'rate':
      return t('η {rate}', { rate: number(rateAt(history, origin.at)) });
    case 'seed':
      return t('seed {seed}', { seed: String(experiment?.initializer?.seed ?? 0) });
    case 'weight':
      return t('weight by hand');
    case 'setup':
      return inside(t('Other set-up'));
    default:
      return t('from step {step}', { step: origin.at });
  }
}
