/** A made-up race: a bowl of two variables and a parabola of one, with walks whose numbers are their own. */

import { setting } from './made-up-catalog.js';
import { verdicts } from './made-up-steps.js';

/**
 * @typedef {import('../../static/js/race-state.js').State} State
 * @typedef {import('../../static/js/lib/wire.js').WalkAnswer} Walk
 */

const RATE = setting({
  name: 'learning_rate',
  label: 'Rate',
  default: 0.1,
  minimum: 0,
  scale: 'log',
  slider: [1e-4, 1e2],
});
const MOMENTUM = setting({
  name: 'momentum',
  label: 'Momentum',
  default: 0.9,
  minimum: 0,
  maximum: 1,
  slider: [0, 0.99],
});

/** @type {any} */
export const CATALOG = {
  optimizers: [
    { name: 'sgd', label: 'SGD', settings: [RATE] },
    { name: 'momentum', label: 'Momentum', settings: [RATE, MOMENTUM] },
  ],
  surfaces: [
    {
      ...{ name: 'bowl', label: 'Bowl', description: 'A bowl.', variables: 2, axes: ['x', 'y'] },
      ...{ x_range: [-4, 4], y_range: [-2, 2], start: [-3, 1], minima: [[0, 0]] },
    },
    {
      ...{ name: 'parabola', label: 'Parabola', description: 'A parabola.', variables: 1, axes: ['x'] },
      ...{ x_range: [-4, 4], y_range: null, start: [-3], minima: [[0]] },
    },
  ],
  races: [
    {
      ...{ name: 'two', label: 'Two', look_for: 'Look.', surface: 'bowl', start: [-3, 1], steps: 4 },
      runs: [
        { name: 'sgd', learning_rate: 0.5 },
        { name: 'momentum', learning_rate: 0.2, momentum: 0.5 },
      ],
    },
  ],
  limits: { runs: 8, walk_steps: 2000 },
};

/** @param {number[][]} points @param {Partial<Walk>} [given] @returns {Walk} */
export const walk = (points, given = {}) => ({
  optimizer: 'sgd',
  points,
  values: points.map((point) => point.reduce((sum, one) => sum + one * one, 0)),
  gradients: points.map((point) => point.map((one) => 2 * one)),
  moves: points.slice(1).map((point, index) => point.map((one, axis) => one - points[index][axis])),
  remembered: null,
  divisors: null,
  outcome: 'slow',
  diverged_at: null,
  is_growing: false,
  rates: verdicts(),
  ...given,
});

const GRID = {
  x: [-4, -2, 0, 2, 4],
  y: [-2, 0, 2],
  values: [-2, 0, 2].map((y) => [-4, -2, 0, 2, 4].map((x) => x * x + y * y)),
};
const LINE = { x: [-4, -2, 0, 2, 4], y: null, values: [[16, 4, 0, 4, 16]] };

/** The page with two runs, one of which remembers. @param {Partial<State>} [change] @returns {State} */
export function raceState(change = {}) {
  const { look_for: _words, label: _label, name: _name, ...course } = CATALOG.races[0];
  const second = walk(
    [
      [-3, 1],
      [-2, 0.5],
      [-1, -0.5],
      [0.5, -0.25],
      [0.25, 0],
    ],
    {
      optimizer: 'momentum',
      remembered: [
        [-6, 2],
        [-5, 2],
        [-4, 1],
        [-3, 0.5],
      ],
      outcome: 'converged',
    },
  );
  const first = walk([
    [-3, 1],
    [-2.5, 0.8],
    [-2, 0.6],
    [-1.5, 0.4],
    [-1, 0.2],
  ]);
  return {
    ...{ catalog: CATALOG, course, step: 4, chosen: 0, isPlaying: false, speed: 10, isDragged: false },
    walked: {
      course,
      answer: { surface: 'bowl', runs: [first, second], critical_learning_rate: 1, critical_at: [0, 0] },
    },
    ground: { surface: 'bowl', grid: GRID },
    ...{
      isSolid: false,
      azimuth: 0,
      isLogarithmic: false,
      hasArrows: true,
      hasLimit: true,
      hasFuture: true,
      tables: {},
    },
    ...{ trouble: '', waiting: null, undoable: [], redoable: [] },
    ...change,
  };
}

/** The same on a line. @returns {State} */
export function lineState() {
  const course = { surface: 'parabola', start: [-3], runs: CATALOG.races[0].runs, steps: 2 };
  const runs = [walk([[-3], [-1], [1]]), walk([[-3], [-2], [-1.5]])];
  return raceState({
    course,
    step: 2,
    walked: { course, answer: { surface: 'parabola', runs, critical_learning_rate: 1, critical_at: [0] } },
    ground: { surface: 'parabola', grid: LINE },
  });
}
