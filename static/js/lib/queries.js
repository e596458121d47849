/**
 * What is asked of the server about the experiment on screen.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').Experiment} Experiment
 */

import { rateAt } from './history.js';

/**
 * What every request about the experiment holds.
 * @param {Experiment} experiment
 */
function described({ network, data, loss, reduction, l1, l2, optimizer, batch }) {
  return { network, data, loss, reduction, l1, l2, optimizer, batch };
}

/**
 * The gradient step at a moment, operation by operation.
 * @param {Pick<State, 'experiment' | 'history' | 'example'>} state
 * @param {Moment} moment
 */
export function traceQuery({ experiment, history, example }, moment) {
  const base = described(/** @type {Experiment} */ (experiment));
  return {
    ...base,
    optimizer: { ...base.optimizer, learning_rate: rateAt(history, moment.step) },
    parameters: moment.parameters,
    optimizer_state: moment.optimizer_state,
    step: moment.step,
    example,
  };
}

/**
 * Steps from a moment, with the whole log of changes of the rate.
 * @param {Pick<State, 'experiment' | 'history'>} state
 * @param {Moment} from
 * @param {number} steps
 * @param {number | null} [recordEvery]
 */
export function trainQuery({ experiment, history }, from, steps, recordEvery = null) {
  const base = described(/** @type {Experiment} */ (experiment));
  return {
    ...base,
    optimizer: { ...base.optimizer, learning_rate: history.learning_rate },
    state: from,
    steps,
    record_every: recordEvery,
    changes: history.changes,
  };
}
