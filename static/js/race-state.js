/**
 * What a race shows: its state, and nothing else. The page of races has one; in a lesson each race has its own.
 *
 * @typedef {import('./lib/wire.js').OptimizerRequest} Run
 * @typedef {import('./lib/wire.js').DescentAnswer} DescentAnswer
 * @typedef {import('./lib/wire.js').SurfaceGridAnswer} Grid
 * @typedef {Pick<import('./lib/wire.js').CatalogAnswer, 'optimizers' | 'surfaces' | 'races' | 'limits'>} Catalog
 * @typedef {{surface: string, start: number[], runs: Run[], steps: number}} Course  as `POST /api/descent` takes it
 *
 * @typedef {object} State
 * @property {Catalog} catalog
 * @property {Course} course  what is raced
 * @property {{course: Course, answer: DescentAnswer} | null} walked  the last answer, and what it is of
 * @property {{surface: string, grid: Grid} | null} ground  the surface's values
 * @property {number} step  so many updates are seen
 * @property {number} chosen  the run that is looked at closely, and changed
 * @property {boolean} isPlaying
 * @property {number} speed  updates a second
 * @property {boolean} isDragged  the start is in the hand
 * @property {boolean} isSolid  the surface in three dimensions
 * @property {number} azimuth  degrees by which it is turned
 * @property {boolean} isLogarithmic
 * @property {boolean} hasArrows  what the chosen run's last update is made of, drawn on the map
 * @property {boolean} hasFuture  the curve shows what is to come, in pale; a lesson lets it be predicted first
 * @property {boolean} hasLimit  the limit 2/λ is told; a lesson may let it be found first
 * @property {Record<string, boolean>} tables  the figures, by name, that show their numbers
 * @property {string} trouble
 * @property {{kind: 'offline' | 'busy', seconds: number} | null} waiting  for the server
 * @property {Course[]} undoable  as it was before each change, oldest first
 * @property {Course[]} redoable
 */

import { createStore } from './lib/store.js';

/** @type {State} */
const INITIAL = {
  catalog: { optimizers: [], surfaces: [], races: [], limits: {} },
  course: { surface: '', start: [], runs: [], steps: 0 },
  walked: null,
  ground: null,
  step: 0,
  chosen: 0,
  isPlaying: false,
  speed: 10,
  isDragged: false,
  isSolid: false,
  azimuth: 0,
  isLogarithmic: false,
  hasArrows: true,
  hasLimit: true,
  hasFuture: true,
  tables: {},
  trouble: '',
  waiting: null,
  undoable: [],
  redoable: [],
};

export const createRaceStore = () => createStore(INITIAL);
