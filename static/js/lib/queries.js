/**
 * What is asked of the server about the experiment on screen.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').History} History
 * @typedef {import('../state.js').Experiment} Experiment
 */

import { experimentAt, rateAt, sizeOf } from './history.js';

/** Points along a side of the picture of what the network answers: while it trains, and when it rests. */
const GRID = 40;
const FINE_GRID = 64;
/** How far a parameter is nudged, and points of the curve about it, for the proof of its gradient. */
export const NUDGES = [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 1e-3, 1e-4, 1e-5];
const LINE_POINTS = 81;
const LINE_REACH = 2.5;

/**
 * What every request about the experiment holds.
 * @param {History} history
 * @param {number} step
 */
export function described(history, step) {
  const experiment = /** @type {Experiment} */ (experimentAt(history, step));
  const { network, data, loss, reduction, l1, l2, test_fraction, optimizer, batch } = experiment;
  return { network, data, loss, reduction, l1, l2, test_fraction, optimizer, batch };
}

/**
 * How many examples the batch of a step has.
 * @param {Experiment} experiment
 * @param {number} count  of the examples it is trained on
 * @param {number} step
 */
export function batchLength({ batch }, count, step) {
  const { size } = batch;
  if (size === null || size >= count) return count;
  const place = step % Math.ceil(count / size);
  return Math.min(size, count - place * size);
}

/**
 * The row of the batch that is followed at a step: batches differ in length.
 * @param {Pick<State, 'history' | 'dataset' | 'example'>} state
 * @param {number} step
 */
export function followed({ history, dataset, example }, step) {
  const experiment = experimentAt(history, step);
  if (!experiment || !dataset) return example;
  return Math.min(example, batchLength(experiment, dataset.train_indices.length, step) - 1);
}

/**
 * The gradient step at a moment, operation by operation.
 * @param {Pick<State, 'history' | 'dataset' | 'example'>} state
 * @param {Moment} moment
 */
export function traceQuery(state, moment) {
  const base = described(state.history, moment.step);
  return {
    ...base,
    optimizer: { ...base.optimizer, learning_rate: rateAt(state.history, moment.step) },
    parameters: moment.parameters,
    optimizer_state: moment.optimizer_state,
    step: moment.step,
    example: followed(state, moment.step),
  };
}

/**
 * One parameter's gradient at a moment taken apart, with its proof.
 * @param {Pick<State, 'history' | 'dataset' | 'example'>} state
 * @param {Moment} moment
 * @param {import('../state.js').Place} place
 * @param {number} value  of the parameter
 */
export function explainQuery(state, moment, place, value) {
  // Of a huge value, so little to both sides would be no line at all.
  const reach = Math.max(LINE_REACH, Math.abs(value) / 4);
  return {
    ...traceQuery(state, moment),
    parameter: place,
    nudges: NUDGES.flatMap((size) => [-size, size]),
    line: { range: [value - reach, value + reach], points: LINE_POINTS },
  };
}

/**
 * What the network does with all the data at a moment.
 * @param {Pick<State, 'history'>} state
 * @param {Moment} moment
 */
export function surveyQuery({ history }, moment) {
  const { network, data, loss, reduction, l1, l2, test_fraction } = described(history, moment.step);
  return {
    network,
    data,
    loss,
    reduction,
    l1,
    l2,
    test_fraction,
    parameters: moment.parameters,
    grid: { resolution: FINE_GRID },
    outputs: true,
  };
}

/** All examples, their inputs as they are before features are made of them. @param {Experiment} experiment */
export function datasetQuery({ data, loss, test_fraction }) {
  const { features: _, ...raw } = data;
  return { data: raw, loss, test_fraction };
}

/** Frames of a run that is not watched: enough for the curves of what is read now and then. */
const MOST_FRAMES = 60;
/** All numbers of these frames together, and of what an optimizer remembers for each parameter. */
const MOST_NUMBERS = 200_000;
const MOST_SLOTS = 3;

/**
 * How often a run that is not watched is read.
 * @param {Moment} from
 * @param {number} steps
 */
export function readEvery({ parameters }, steps) {
  const most = Math.min(MOST_FRAMES, MOST_NUMBERS / (MOST_SLOTS * sizeOf(parameters)));
  return Math.max(1, Math.ceil(steps / most));
}

/**
 * Steps from a moment, with the whole log of changes of the rate.
 * @param {Pick<State, 'history'>} state
 * @param {Moment} from
 * @param {number} steps
 * @param {number | null} [recordEvery]
 * @param {boolean} [hasPictures]  of what the units answer, in every frame
 */
export function trainQuery({ history }, from, steps, recordEvery = null, hasPictures = true) {
  const base = described(history, from.step);
  return {
    ...base,
    optimizer: { ...base.optimizer, learning_rate: history.learning_rate },
    state: from,
    steps,
    record_every: recordEvery,
    changes: history.changes,
    survey: recordEvery === null ? null : { grid: hasPictures ? { resolution: GRID } : null },
  };
}
