/**
 * What the lab knows at a moment, and the store that holds it.
 *
 * @typedef {import('./lib/wire.js').CatalogAnswer} Catalog
 * @typedef {import('./lib/wire.js').TraceAnswer} Trace
 * @typedef {import('./lib/wire.js').SurveyAnswer} Survey
 * @typedef {import('./lib/wire.js').ExplainAnswer} Explanation
 * @typedef {import('./lib/wire.js').DatasetAnswer} Dataset
 * @typedef {import('./lib/wire.js').StateAnswer} Moment
 * @typedef {import('./lib/wire.js').LayerParametersAnswer} LayerParameters
 * @typedef {import('./lib/walk.js').Granularity} Granularity
 *
 * @typedef {{units: number, activation: string, bias: boolean}} Layer
 * @typedef {{network: {inputs: number, layers: Layer[]}, data: Record<string, any>, loss: string,
 *   reduction?: string, l1?: number, l2?: number, test_fraction?: number,
 *   optimizer: {name: string, learning_rate: number} & Record<string, any>,
 *   batch: {size: number | null, shuffle: boolean, seed: number},
 *   initializer?: {name: string, seed: number} & Record<string, any>, parameters?: LayerParameters[]}} Experiment
 *
 * @typedef {{layer: number, unit: number, input: number | 'bias'}} Place  of a parameter
 * @typedef {{at_step: number, learning_rate: number}} Change
 * @typedef {Place & {at_step: number, value: number}} Edit  a parameter set by hand, before update `at_step`
 * @typedef {{at_step: number, experiment: Experiment}} Turn  another set-up from a step on
 *
 * @typedef {{experiment: Experiment | null, learning_rate: number, changes: Change[], edits: Edit[], turns: Turn[],
 *   losses: (number | null)[], readings: Reading[], frames: Moment[], curvatures: Measure[]}} History
 *   a run: its first set-up and rate, what was changed on the way, and what is kept of it.
 *   `losses[s]` is the loss before update s; `frames` are kept moments in order
 * @typedef {{step: number, loss: number | null, test_loss: number | null, accuracy: number | null,
 *   test_accuracy: number | null, gradient_norms: (number | null)[], dead: {layer: number, unit: number}[]}} Reading
 *   of all examples, at a step; `dead` are the units that were
 * @typedef {{step: number, sharpness: number | null, converged: boolean}} Measure  of the loss over all training examples
 *
 * @typedef {{by: 'rate' | 'weight' | 'setup' | 'seed' | 'here', at: number, of: number}} Origin
 *   what a branch was made by, at which step, of which other branch
 * @typedef {{id: number, name: string, origin: Origin | null, history: History, step: number, survey?: Survey | null}} Branch
 *   `name` is the user's own; while it is empty the branch is called after its origin. `survey` is of its step
 *
 * @typedef {{kind: 'parameter', place: Place} | {kind: 'unit', layer: number, unit: number} | {kind: 'loss'}} Pinned
 *   the inputs are layer -1
 *
 * @typedef {{kind: 'diverged', at: number, rate: number, best: number, isRising: boolean} | {kind: 'refused', message: string}
 *   | {kind: 'link', message: string}} Trouble
 *
 * @typedef {object} State
 * @property {Catalog | null} catalog
 * @property {string} preset  the row of the presets that the experiment began as
 * @property {Experiment | null} experiment  as it is in force at `now`
 * @property {Dataset | null} dataset  all examples of the experiment, as its raw inputs
 * @property {Moment | null} now  the parameters that everything on screen belongs to
 * @property {Trace | null} trace  the gradient step made at `now`
 * @property {Survey | null} survey  what the network does with all the data at `now`
 * @property {boolean} isStale  something was edited and the trace no longer holds
 * @property {number} example  the row of the batch that is followed
 * @property {number} cursor  how many operations of the trace are done
 * @property {boolean} isWhole  the whole step is shown at once, before its update
 * @property {Granularity} granularity
 * @property {Task} task
 * @property {boolean} isPlaying  walking through operations by itself
 * @property {boolean} isTraining  training by itself
 * @property {number} walkSpeed  stops a second
 * @property {number} trainSpeed  training steps a second
 * @property {History} history  of the branch on screen
 * @property {Branch[]} branches  all of them; that on screen is there as it was when it was last left
 * @property {number} branch  the id of that on screen
 * @property {number[]} hidden  the ids of those that are not compared
 * @property {Pinned | null} pinned
 * @property {Explanation | null} explanation  of the pinned parameter, at `now`, for the followed example
 * @property {import('./lib/wire.js').GradientCheckAnswer | null} check  of all parameters at `now`, once it was asked for
 * @property {number | null} path  which of the explanation's paths is lit
 * @property {string | null} lit  the name of the number that is pointed at, as `key` in walk.js makes it
 * @property {number} nudge  how far the pinned parameter is moved for the proof
 * @property {boolean} isLogarithmic
 * @property {boolean} isSorted  votes by their size, not in the batch's order
 * @property {Record<string, Aside | undefined>} asides  what was asked besides the moment, by name (see actions/asides.js)
 * @property {Plane} plane  the plane of parameters that the map shows
 * @property {Moment | null} centre  the moment the map's plane goes through; null follows the one on screen
 * @property {boolean} isSolid  the map as a surface in three dimensions
 * @property {number} azimuth  degrees by which that surface is turned
 * @property {boolean} hasArrows  the map shows where the loss falls fastest
 * @property {'x' | 'y' | null} axisAsked  the axis of the map that the next asked weight becomes
 * @property {Record<string, boolean>} tables  the figures, by name, that show their numbers
 * @property {Trouble | null} trouble
 * @property {string[]} undoable  what can be undone, oldest first
 * @property {string[]} redoable
 * @property {{kind: 'offline' | 'busy', seconds: number} | null} waiting  for the server
 *
 * @typedef {'step' | 'train' | 'inside'} Task
 *
 * @typedef {{deps: unknown[], answer: any}} Aside  an answer (null: refused) and what it depends on
 * @typedef {{x_range?: [number, number], y_range?: [number, number]}} Ranges  left out: all of the path is seen
 * @typedef {({kind: 'parameters', x: Place | null, y: Place | null} & Ranges)
 *   | {kind: 'random', seed: number, normalization: 'filter' | 'layer' | 'none', radius: number}
 *   | ({kind: 'pca'} & Ranges)} Plane  of parameters: null stands for one that is chosen by itself
 */

import { rateAt } from './lib/history.js';
import { createStore } from './lib/store.js';

/** @type {History} */
export const NO_HISTORY = {
  experiment: null,
  learning_rate: 0,
  losses: [],
  readings: [],
  changes: [],
  edits: [],
  turns: [],
  frames: [],
  curvatures: [],
};

/** @type {State} */
export const INITIAL = {
  catalog: null,
  preset: 'worked',
  experiment: null,
  dataset: null,
  now: null,
  trace: null,
  survey: null,
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
  branches: [],
  branch: 0,
  hidden: [],
  pinned: null,
  explanation: null,
  check: null,
  path: null,
  lit: null,
  nudge: 0.1,
  isLogarithmic: false,
  isSorted: true,
  asides: {},
  plane: { kind: 'parameters', x: null, y: null },
  centre: null,
  isSolid: false,
  azimuth: 0,
  hasArrows: false,
  axisAsked: null,
  tables: {},
  trouble: null,
  undoable: [],
  redoable: [],
  waiting: null,
};

export const store = createStore(INITIAL);

/** @param {State} state */
export function currentRate({ history, now }) {
  return rateAt(history, now?.step ?? 0);
}
