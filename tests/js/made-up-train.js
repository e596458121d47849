/** The lab at the task "train", with four points of two classes, one of them held out. */

import { distinct, stateOf, surveyOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').State} State */

export const CATALOG = /** @type {any} */ ({
  datasets: [],
  losses: [
    { name: 'half_squared_error', targets: 'zero_one' },
    { name: 'hinge', targets: 'minus_one_one' },
  ],
});

/** Four points of two classes, one of them held out. @param {object} [change] */
export const gate = (change = {}) =>
  /** @type {any} */ ({
    inputs: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    targets: [[0], [1], [1], [0]],
    task: 'classification',
    classes: 2,
    image_side: null,
    feature_names: null,
    train_indices: [3, 1, 0],
    test_indices: [2],
    ...change,
  });

/** The grid's levels: the answer grows along x. */
export const LEVELS = { low: 0, high: 1, levels: Array(4).fill([0, 85, 170, 255]) };
export const GRID = [-0.5, 0.25, 1, 1.75];

/** @param {Partial<State>} [change] @param {number[][]} [outputs] of the rows that are trained on */
export function labOf(change = {}, outputs = [[0.2], [0.9], [0.6]]) {
  const state = stateOf([2, 2, 1], { catalog: CATALOG, task: 'train', dataset: gate() }, { examples: 3 });
  const made = surveyOf([2, 2, 1], distinct(5), { hasTest: true });
  const survey = {
    ...made,
    train: {
      ...made.train,
      count: 3,
      right: 2,
      accuracy: 2 / 3,
      confusion: [
        [1, 1],
        [0, 1],
      ],
      outputs,
    },
    test: {
      ...made.train,
      count: 1,
      right: 0,
      accuracy: 0,
      confusion: [
        [0, 0],
        [1, 0],
      ],
      outputs: [[0.3]],
    },
    responses: { x: GRID, y: GRID, outputs: [LEVELS], winners: null, units: [], curve: null },
  };
  const trace = { ...state.trace, indices: [3, 1, 0] };
  return /** @type {State} */ (/** @type {any} */ ({ ...state, survey, trace, ...change }));
}
