/**
 * What the lab knows at a moment, and the store that holds it.
 *
 * @typedef {import('./lib/wire.js').CatalogAnswer} Catalog
 * @typedef {import('./lib/wire.js').TraceAnswer} Trace
 * @typedef {import('./lib/wire.js').StateAnswer} Moment
 * @typedef {import('./lib/wire.js').LayerParametersAnswer} LayerParameters
 * @typedef {import('./lib/walk.js').Granularity} Granularity
 *
 * @typedef {{units: number, activation: string, bias: boolean}} Layer
 * @typedef {{network: {inputs: number, layers: Layer[]}, data: Record<string, any>, loss: string,
 *   reduction?: string, l1?: number, l2?: number, optimizer: {name: string, learning_rate: number},
 *   batch: {size: number | null, shuffle: boolean, seed: number},
 *   initializer?: {name: string, seed: number}, parameters?: LayerParameters[]}} Experiment
 *
 * @typedef {{at_step: number, learning_rate: number}} Change
 * @typedef {{learning_rate: number, losses: (number | null)[], changes: Change[], frames: Moment[]}} History
 *   `losses[s]` is the loss before update s; `frames` are kept moments in order; `learning_rate` the first one
 *
 * @typedef {{kind: 'diverged', at: number, rate: number, best: number} | {kind: 'refused', message: string}
 *   | {kind: 'link', message: string}} Trouble
 *
 * @typedef {object} State
 * @property {Catalog | null} catalog
 * @property {string} preset  the row of the presets that the experiment began as
 * @property {Experiment | null} experiment
 * @property {Moment | null} now  the parameters that everything on screen belongs to
 * @property {Trace | null} trace  the gradient step made at `now`
 * @property {boolean} isStale  something was edited and the trace no longer holds
 * @property {number} example  the row of the batch that is followed
 * @property {number} cursor  how many operations of the trace are done
 * @property {boolean} isWhole  the whole step is shown at once, before its update
 * @property {Granularity} granularity
 * @property {'step' | 'train'} task
 * @property {boolean} isPlaying  walking through operations by itself
 * @property {boolean} isTraining  training by itself
 * @property {number} walkSpeed  stops a second
 * @property {number} trainSpeed  training steps a second
 * @property {History} history
 * @property {boolean} isLogarithmic
 * @property {Trouble | null} trouble
 * @property {{kind: 'offline' | 'busy', seconds: number} | null} waiting  for the server
 */

import { rateAt } from './lib/history.js';
import { createStore } from './lib/store.js';

/** @type {History} */
export const NO_HISTORY = { learning_rate: 0, losses: [], changes: [], frames: [] };

/** @type {State} */
const INITIAL = {
  catalog: null,
  preset: 'worked',
  experiment: null,
  now: null,
  trace: null,
  isStale: false,
  example: 0,
  cursor: 0,
  isWhole: true,
  granularity: 'operation',
  task: 'step',
  isPlaying: false,
  isTraining: false,
  walkSpeed: 1,
  trainSpeed: 20,
  history: NO_HISTORY,
  isLogarithmic: false,
  trouble: null,
  waiting: null,
};

export const store = createStore(INITIAL);

/** @param {State} state */
export function currentRate({ history, now }) {
  return rateAt(history, now?.step ?? 0);
}
