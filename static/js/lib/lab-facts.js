/**
 * What a lesson can ask of the lab: its state as a few facts, null where one is not known yet.
 *
 * @typedef {import('../state.js').State} State
 */

import { allBranches } from './branches.js';
import { findings, gradients, illnesses } from './findings.js';
import { experimentAt, lastStep, rateAt } from './history.js';
import { mapFacts } from './map-facts.js';
import { currentZone } from './zones.js';

/** @param {State} state @returns {Record<string, number | string | null>} */
export function factsOf(state) {
  const { now, trace, survey, history, preset, branches, pinned, plane, trouble, experiment } = state;
  const step = now?.step ?? null;
  const rate = step === null ? null : rateAt(history, step);
  return {
    preset: preset || null,
    step,
    reached: step === null ? null : Math.max(step, lastStep(history)),
    // While it trains there is no step laid open, but what all examples say is known.
    loss: survey?.train.loss ?? trace?.loss ?? null,
    accuracy: survey?.train.accuracy ?? null,
    rate,
    changes: step === null ? null : history.changes.length,
    branches: step === null ? null : branches.length,
    phase: phaseOf(state),
    moved: step === null ? null : Number(step > 0 || phaseOf(state) === 'update'),
    ...gradientsOf(state),
    ...pinnedOf(pinned),
    plane: plane.kind,
    ...mapFacts(state),
    zone: rate === null ? null : currentZone(state, rate),
    ill: survey === null ? null : illnesses(survey),
    dead: survey === null ? null : findings(survey).filter(({ state: one }) => one === 'dead').length,
    ...gradientFacts(survey),
    ...curveFacts(history.losses.slice(0, (step ?? -1) + 1)),
    since_change: step === null ? null : sinceChange(history),
    trained: step === null ? null : trained(history, step),
    forked: step === null ? null : forked(state),
    ...optimizersOf(state),
    same_data: isOfPreset(state),
    ...keptOf(state),
    layers: experiment?.network.layers.length ?? null,
    optimizer: experiment?.optimizer.name ?? null,
    diverged: step === null ? null : Number(trouble?.kind === 'diverged'),
  };
}

/** What is asked about, and in which layer, from 1; 0: in none. @param {State['pinned']} pinned */
function pinnedOf(pinned) {
  if (pinned?.kind === 'parameter') {
    const { layer, input } = pinned.place;
    return { pinned: input === 'bias' ? 'bias' : 'weight', pinned_layer: layer + 1 };
  }
  return { pinned: pinned?.kind ?? 'nothing', pinned_layer: pinned?.kind === 'unit' ? pinned.layer + 1 : 0 };
}

/** How many gradients of weights the step on screen has so far, and whose came first. @param {State} state */
function gradientsOf({ trace, isWhole, cursor }) {
  if (!trace?.operations) return { gradients: null, first_gradient: null };
  const made = isWhole ? trace.operations : trace.operations.slice(0, cursor);
  const found = made.filter(({ kind }) => kind === 'dW');
  const ends = { 0: 'first', [trace.layers.length - 1]: 'last' };
  return {
    gradients: found.length,
    first_gradient: found.length === 0 ? 'none' : (ends[Number(found[0].layer)] ?? 'other'),
  };
}

/**
 * Where the layer with the smallest gradient stands, and how many layers hardly learn: all where none learns.
 * @param {State['survey']} survey
 */
function gradientFacts(survey) {
  const layers = gradients(survey);
  const norms = layers.map(({ norm }) => norm);
  if (survey === null || norms.length === 0 || norms.includes(null))
    return { weakest: null, vanishing: null };
  const sizes = /** @type {number[]} */ (norms);
  const least = Math.min(...sizes);
  const place = sizes.indexOf(least);
  const isStill = survey.network.state === 'plateau' || survey.network.state === 'still';
  const weakest = place === 0 ? 'first' : place === sizes.length - 1 ? 'last' : 'middle';
  return {
    // Of several that are as small none is the smallest.
    weakest: sizes.filter((size) => size === least).length > 1 ? null : weakest,
    vanishing: isStill ? layers.length : layers.filter(({ state }) => state === 'vanishing').length,
  };
}

/** A curve shorter than this says nothing about its course. */
const SHORTEST = 20;

/**
 * Of the steps, the share at which the loss rose; and its mean over the last tenth, as a share of that over the first.
 * @param {(number | null)[]} losses
 */
function curveFacts(losses) {
  const values = losses.filter((loss) => loss !== null && loss !== undefined);
  if (values.length < SHORTEST || values.length < losses.length) return { rises: null, fallen: null };
  const own = /** @type {number[]} */ (values);
  const rises = own.slice(1).filter((loss, index) => loss > own[index]).length / (own.length - 1);
  const tenth = Math.floor(own.length / 10);
  const mean = (/** @type {number[]} */ part) => part.reduce((sum, one) => sum + one, 0) / part.length;
  return { rises, fallen: mean(own.slice(-tenth)) / mean(own.slice(0, tenth)) };
}

/** How many steps were made since the rate was changed last; null: it never was. @param {State['history']} history */
function sinceChange(history) {
  const last = history.changes.at(-1);
  return last ? lastStep(history) - last.at_step : null;
}

/** Steps of training up to this one, since a weight was last set by hand. @param {State['history']} history @param {number} step */
function trained({ edits }, step) {
  return step - Math.max(0, ...edits.map(({ at_step }) => at_step).filter((at) => at <= step));
}

/**
 * How many steps a branch went on that another rate began, beside the run it came from; of several the most, 0: none.
 * @param {State} state
 */
function forked(state) {
  const all = allBranches(state);
  const lengths = all.map(({ origin, history }) => {
    const isBesides = origin?.by === 'rate' && all.some(({ id }) => id === origin.of);
    return isBesides ? lastStep(history) - origin.at : 0;
  });
  return Math.max(0, ...lengths);
}

/**
 * A run beside the one that it left to go on with another optimizer and nothing else changed, the rate included:
 * how many steps both went since, and the loss there as a share of the other's. Null where it is not so.
 * @param {State} state
 */
function optimizersOf(state) {
  const unknown = { compared: null, against: null };
  const { history } = state;
  const origin = state.branches.find(({ id }) => id === state.branch)?.origin;
  const other = state.branches.find(({ id }) => id === origin?.of)?.history;
  if (origin?.by !== 'setup' || !other || !isOptimizerAlone(other, history, origin.at)) return unknown;
  const end = Math.min(lastStep(history), lastStep(other));
  const [own, before] = [history.losses[end] ?? null, other.losses[end] ?? null];
  return { compared: end - origin.at, against: own === null || !before ? null : own / before };
}

/**
 * Whether two runs that part at a step differ in the optimizer alone, and neither was changed later.
 * @param {State['history']} one @param {State['history']} other @param {number} at
 */
function isOptimizerAlone(one, other, at) {
  const setups = [one, other].map((run) => experimentAt(run, at));
  const [before, after] = setups.map((setup) => JSON.stringify({ ...setup, optimizer: null }));
  const isUntouched = [one, other].every(({ changes, edits, turns }) =>
    [...changes, ...edits, ...turns].every(({ at_step }) => at_step <= at),
  );
  return (
    isUntouched &&
    before === after &&
    setups[0]?.optimizer.name !== setups[1]?.optimizer.name &&
    rateAt(one, at) === rateAt(other, at) &&
    JSON.stringify(one.edits) === JSON.stringify(other.edits)
  );
}

/** Whether the examples are those that the preset began with. @param {State} state */
function isOfPreset({ experiment, catalog, preset }) {
  const own = catalog?.presets.find(({ name }) => name === preset)?.experiment;
  if (!own || !experiment) return null;
  return Number(JSON.stringify(own.data) === JSON.stringify(experiment.data));
}

/** Whether the task and the network are those that the preset began with. @param {State} state */
function keptOf({ experiment, catalog, preset }) {
  const own = catalog?.presets.find(({ name }) => name === preset)?.experiment;
  if (!own || !experiment) return { same_task: null, same_network: null };
  return {
    same_task: Number(taskOf(/** @type {any} */ (own)) === taskOf(experiment)),
    same_network: Number(JSON.stringify(own.network) === JSON.stringify(experiment.network)),
  };
}

/** What is to be learnt, and how it is judged. Inputs of own data may be scaled. @param {import('../state.js').Experiment} experiment */
function taskOf({ data, loss, reduction, test_fraction }) {
  const wanted = data.dataset === undefined ? data.targets : data;
  return JSON.stringify([wanted, loss, reduction ?? 'mean', test_fraction ?? 0]);
}

/** The phase of the operation that was made last. @param {State} state */
function phaseOf({ trace, isWhole, cursor }) {
  if (trace === null) return null;
  if (isWhole) return 'whole';
  return cursor === 0 ? 'before' : (trace.operations?.[cursor - 1]?.phase ?? null);
}
