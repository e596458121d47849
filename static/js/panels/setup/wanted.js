/**
 * What was asked for while it is not on screen yet: controls show it at once, and the next change goes on from it.
 *
 * @typedef {import('../../state.js').State} State
 * @typedef {import('../../state.js').Experiment} Experiment
 * @typedef {(experiment: Experiment) => Experiment} Edit
 */

import * as actions from '../../actions.js';
import { currentRate, store } from '../../state.js';

/**
 * `edits`, where the run only goes on in another way: they are made of the experiment on screen.
 * @type {{experiment: Experiment, preset: string, edits: Edit[] | null} | null}
 */
let wanted = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** Hear when something else is wanted. @param {() => void} listener */
export function whenWanted(listener) {
  listeners.add(listener);
  store.subscribe(listener);
}

/** The experiment as it is asked for. @returns {{experiment: Experiment | null, preset: string}} */
export function asked() {
  return wanted ?? store.get();
}

/** @param {NonNullable<typeof wanted>} next @param {() => Promise<boolean>} act */
async function want(next, act) {
  wanted = next;
  const work = act();
  for (const listener of listeners) listener();
  await work;
  if (wanted !== next) return;
  wanted = null;
  for (const listener of listeners) listener();
}

/** The row that is followed first. @param {Experiment} experiment @param {string} preset */
function firstExample(experiment, preset) {
  const { catalog, experiment: shown, example } = store.get();
  if (shown && JSON.stringify(shown.data) === JSON.stringify(experiment.data)) return example;
  const row = catalog?.presets.find(({ name }) => name === preset);
  return row?.experiment.data.dataset === experiment.data.dataset ? (row?.example ?? 0) : 0;
}

/** @param {Experiment} experiment @param {string} preset @param {number} example */
function open(experiment, preset, example) {
  const { task } = store.get();
  return want({ experiment, preset, edits: null }, () => actions.open(experiment, { preset, task, example }));
}

/** Open a ready experiment. @param {string} name */
export function openPreset(name) {
  const row = store.get().catalog?.presets.find((one) => one.name === name);
  if (row) open(/** @type {Experiment} */ (row.experiment), name, row.example);
}

/** The experiment that a change goes on from, with the rate of this moment. @returns {Experiment | null} */
function base() {
  const state = store.get();
  if (wanted || !state.experiment) return asked().experiment;
  const { optimizer } = state.experiment;
  return { ...state.experiment, optimizer: { ...optimizer, learning_rate: currentRate(state) } };
}

/** Begin anew with another experiment. @param {Edit} edit */
export function change(edit) {
  const from = base();
  const { preset } = asked();
  if (!from) return;
  const next = edit(from);
  open(next, preset, firstExample(next, preset));
}

/** Go on from this step with another set-up. @param {Edit} edit */
export function turn(edit) {
  const from = base();
  if (!from) return;
  if (wanted && wanted.edits === null) {
    change(edit); // it begins anew anyway
    return;
  }
  const edits = [...(wanted?.edits ?? []), edit];
  const next = { experiment: edit(from), preset: asked().preset, edits };
  want(next, () => actions.turn((one) => edits.reduce((made, each) => each(made), one)));
}
