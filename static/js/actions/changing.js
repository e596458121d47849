/**
 * Changing the experiment: opened anew, or changed on the way. A change where something was computed already
 * begins a branch; everything can be undone.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../state.js').History} History
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('../state.js').Origin} Origin
 */

import * as api from '../api.js';
import { allBranches, branched, firstBranch, hasFuture } from '../lib/branches.js';
import { arrive, cut, valueAt, withEdit, withRate, withTurn, withValue } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { unzoomed } from '../lib/places.js';
import { datasetQuery } from '../lib/queries.js';
import { isLocked } from '../lib/wishes.js';
import { NO_HISTORY, currentRate, store } from '../state.js';
import { whenThere } from './asking.js';
import { refresh, run, show, toStep } from './moments.js';
import { changing, forgetAll, remember } from './undoing.js';

/** @param {import('../state.js').Catalog} catalog */
export function begin(catalog) {
  store.set({ catalog });
}

/** @param {Experiment} experiment @returns {History} */
export const freshHistory = (experiment) => ({
  ...NO_HISTORY,
  experiment,
  learning_rate: experiment.optimizer.learning_rate,
});

/**
 * Start an experiment from its first weights, and go to a step of it.
 * @param {Experiment} experiment
 * @param {Partial<State> & {steps?: number, isFirst?: boolean}} [change]
 */
export function open(experiment, { steps = 0, isFirst = false, ...change } = {}) {
  return changing(t('another experiment'), async (signal) => {
    const history = change.history ?? freshHistory(experiment);
    const [start, dataset] = await Promise.all([startOf(history, signal), datasetOf(experiment, signal)]);
    if (signal.aborted) return;
    const begun = { ...history, frames: [start] };
    const fresh = {
      experiment,
      dataset,
      branches: firstBranch(begun),
      branch: 0,
      example: 0,
      cursor: 0,
      isWhole: true,
      trouble: null,
      pinned: null,
      path: null,
      centre: null,
      plane: unzoomed(store.get().plane),
      axisAsked: null,
      ...change,
      history: begun,
    };
    if (steps > 0) await run({ ...store.get(), ...fresh }, start, steps, fresh, signal);
    else await show(start, fresh, signal);
    if (isFirst) forgetAll();
  });
}

/** The moment a run begins at. @param {History} history @param {AbortSignal} signal @returns {Promise<Moment>} */
export async function startOf(history, signal) {
  const { parameters, network, initializer } = /** @type {Experiment} */ (history.experiment);
  const first = parameters ?? (await api.parameters({ network, initializer }, signal)).parameters;
  return arrive(history, { step: 0, parameters: first, optimizer_state: { updates: 0, slots: {} } });
}

/** The examples, or those that are there already. @param {Experiment} experiment @param {AbortSignal} signal */
export function datasetOf(experiment, signal) {
  const { experiment: shown, dataset } = store.get();
  const query = datasetQuery(experiment);
  const isSame = shown !== null && JSON.stringify(datasetQuery(shown)) === JSON.stringify(query);
  return isSame && dataset ? dataset : api.dataset(query, signal);
}

/**
 * Change the run on screen from this step on: in place at its end, as a new branch anywhere else.
 * @param {Origin['by']} by
 * @param {(history: History, at: number) => History} edit
 * @param {Partial<State>} [more]
 */
function changeFrom(by, edit, more = {}) {
  const state = store.get();
  const at = state.now?.step ?? 0;
  const history = edit(state.history, at);
  const change = hasFuture(state) ? branched(state, history, by, at) : { history };
  return { ...change, trouble: null, ...more };
}

/** Change the learning rate from this step on. @param {number} rate */
export const setRate = (rate) => whenThere(() => rateIs(rate));

/** @param {number} rate */
function rateIs(rate) {
  const state = store.get();
  if (!state.now || isLocked('rate') || rate === currentRate(state)) return;
  remember(t('learning rate'));
  const change = changeFrom('rate', (history, at) => withRate(history, at, rate));
  store.set({ isStale: !state.isTraining, ...change });
  if (!state.isTraining) refresh();
}

/** Give a parameter another value, from this step on. @param {Place} place @param {number} value */
export const setParameter = (place, value) => setParameters([{ place, value }]);

/** Give some parameters other values, from this step on: one change, undone as one. @param {{place: Place, value: number}[]} wanted */
export const setParameters = (wanted) => whenThere(() => parametersAre(wanted));

/** @param {{place: Place, value: number}[]} wanted */
function parametersAre(wanted) {
  const { now } = store.get();
  const others = now ? wanted.filter(({ place, value }) => valueAt(now.parameters, place) !== value) : [];
  if (!now || others.length === 0) return Promise.resolve(false);
  const set = (/** @type {Moment['parameters']} */ made, /** @type {typeof others[number]} */ one) =>
    withValue(made, one.place, one.value);
  const moment = { ...now, parameters: others.reduce(set, now.parameters) };
  const change = changeFrom('weight', (history, at) => {
    const edited = others.reduce((made, { place, value }) => withEdit(made, at, place, value), history);
    return { ...edited, frames: [...edited.frames, moment] };
  });
  const what = others.length === 1 ? t('a weight by hand') : t('two weights by hand');
  return changing(what, (signal) => show(moment, change, signal));
}

/**
 * Go on with another set-up from this step: optimizer, batch, penalties. The weights stay.
 * @param {(experiment: Experiment) => Experiment} edit
 */
export const turn = (edit) => whenThere(() => turned(edit));

/** @param {(experiment: Experiment) => Experiment} edit */
function turned(edit) {
  const { now, experiment } = store.get();
  if (!now || !experiment) return Promise.resolve(false);
  const optimizer = { ...experiment.optimizer, learning_rate: currentRate(store.get()) };
  const edited = edit({ ...experiment, optimizer });
  const change = changeFrom('setup', (history, at) => withTurn(history, at, edited));
  const moment = arrive(change.history, now);
  return changing(t('another set-up'), (signal) => show(moment, change, signal));
}

/** The same start again: weights, changes and all that came after are forgotten. */
export async function rewind() {
  const state = store.get();
  const first = state.history.experiment;
  if (!first) return false;
  const { learning_rate } = state.history;
  const history = { ...freshHistory(first), learning_rate };
  return changing(t('rewind'), async (signal) => {
    const start = await startOf(history, signal);
    const change = { history: { ...history, frames: [start] }, cursor: 0, isWhole: true, trouble: null };
    await show(start, change, signal);
  });
}

/** A copy of the run up to here, to go on from in another way. */
export function branchHere() {
  const state = store.get();
  if (!state.now) return;
  remember(t('a new branch'));
  store.set(branched(state, cut(state.history, state.now.step), 'here', state.now.step));
}

/** The same experiment from other first weights, trained as far as this one. */
export function otherSeed() {
  const state = store.get();
  const { now, history } = state;
  if (!now || !history.experiment) return Promise.resolve(false);
  const seeds = state.branches.map((one) => one.history.experiment?.initializer?.seed ?? 0);
  const { parameters: _, ...rest } = history.experiment;
  const initializer = { ...(rest.initializer ?? { name: 'xavier_uniform' }), seed: Math.max(...seeds) + 1 };
  const experiment = { ...rest, initializer };
  return changing(t('another seed'), async (signal) => {
    const bare = {
      ...freshHistory(experiment),
      learning_rate: history.learning_rate,
      changes: history.changes,
    };
    const start = await startOf(bare, signal);
    if (signal.aborted) return;
    const change = {
      ...branched(state, { ...bare, frames: [start] }, 'seed', 0),
      cursor: 0,
      isWhole: true,
      trouble: null,
    };
    if (now.step > 0) await run({ ...state, ...change }, start, now.step, change, signal);
    else await show(start, change, signal);
  });
}

/** Go on where another branch was left. @param {number} id */
export function switchTo(id) {
  const state = store.get();
  const branches = allBranches(state);
  const other = branches.find((one) => one.id === id);
  if (!other || id === state.branch) return Promise.resolve(false);
  return toStep(other.step, 'whole', { branches, branch: id, history: other.history });
}

/** @param {number} id @param {string} name */
export function renameBranch(id, name) {
  remember(t('the name of a branch'));
  const branches = store.get().branches.map((one) => (one.id === id ? { ...one, name: name.trim() } : one));
  store.set({ branches });
}

/** The last branch stays. @param {number} id */
export async function removeBranch(id) {
  const { branches, branch } = store.get();
  if (branches.length < 2) return;
  remember(t('deleting a branch'));
  if (id === branch) {
    const at = branches.findIndex((one) => one.id === id);
    await switchTo((branches[at + 1] ?? branches[at - 1]).id);
  }
  store.set({ branches: store.get().branches.filter((one) => one.id !== id) });
}

/** After a divergence: back to where the loss was lowest, and half the rate from there. */
export async function recover() {
  const { trouble } = store.get();
  if (trouble?.kind !== 'diverged') return;
  if (await toStep(trouble.best)) setRate(trouble.rate / 2);
}

/** @param {string} message */
export function refuse(message) {
  store.set({ trouble: { kind: 'refused', message }, isTraining: false });
}

export function dismiss() {
  store.set({ trouble: null });
}

/** @param {string} message */
export function complainOfLink(message) {
  store.set({ trouble: { kind: 'link', message } });
}
