/**
 * Made-up material for tests: operations, networks and states. The numbers are drawn, each of them another one, so that a
 * number on the screen tells where it came from; they do not add up, and nothing here computes as the engine does.
 *
 * @typedef {import('../../static/js/lib/wire.js').OperationAnswer} Operation
 * @typedef {import('../../static/js/lib/mathml.js').Maths} Maths
 * @typedef {import('../../static/js/state.js').State} State
 * @typedef {import('../../static/js/state.js').History} History
 * @typedef {import('../../static/js/lib/view.js').Frame} Frame
 */

import { firstBranch } from '../../static/js/lib/branches.js';
import { INITIAL, NO_HISTORY } from '../../static/js/state.js';

/** Numbers that look random and are the same in every run, from 0 to 1. @param {number} seed */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Numbers between −1 and 1 but not near 0, with six digits, no two alike in four. @param {number} seed */
export function distinct(seed) {
  const next = random(seed);
  const given = new Set();
  return () => {
    for (;;) {
      if (given.size > 7000) throw new Error('there are not so many numbers of four digits');
      const value = Math.round((0.1 + 0.9 * next()) * 1e6) / 1e6;
      if (given.has(value.toPrecision(4)) || value.toPrecision(4).endsWith('0')) continue;
      given.add(value.toPrecision(4));
      return next() < 0.5 ? -value : value;
    }
  };
}

/** @type {Record<string, Operation['phase']>} */
const PHASES = {
  z: 'forward',
  a: 'forward',
  example_loss: 'loss',
  batch_loss: 'loss',
  weight: 'update',
  bias: 'update',
};

/** An operation with what is given; the rest is null. @param {Operation['kind']} kind @param {Partial<Operation>} given @returns {Operation} */
export function operation(kind, given) {
  const phase = PHASES[kind] ?? 'backward';
  const nothing = {
    value: 0,
    layer: null,
    unit: null,
    input: null,
    rest: null,
    bias: null,
    z: null,
    a: null,
    penalty: null,
    before: null,
    gradient: null,
  };
  return { kind, phase, terms: [], ...nothing, ...given };
}

/** So many terms. @param {number} count @param {() => number} next */
export function terms(count, next) {
  return Array.from({ length: count }, (_, index) => ({
    index,
    left: next(),
    right: next(),
    product: next(),
  }));
}

/** @param {number[]} sizes @param {() => number} next */
export function parametersOf(sizes, next) {
  return sizes.slice(1).map((units, layer) => ({
    weights: Array.from({ length: units }, () => Array.from({ length: sizes[layer] }, next)),
    biases: Array.from({ length: units }, next),
  }));
}

/**
 * The operations of one step, in the order of the engine.
 * @param {number[]} sizes @param {() => number} next @param {{examples?: number, isFused?: boolean, isSoftmax?: boolean}} [options]
 */
export function operationsOf(sizes, next, { examples = 1, isFused = false, isSoftmax = false } = {}) {
  const layers = sizes.slice(1).map((units, layer) => ({
    layer,
    units: [...Array(units).keys()],
    inputs: [...Array(sizes[layer]).keys()],
  }));
  const last = layers.length - 1;
  const forward = layers.flatMap(({ layer, units, inputs }) => {
    const z = (/** @type {number} */ unit) =>
      operation('z', { layer, unit, value: next(), bias: next(), terms: terms(inputs.length, next) });
    const a = (/** @type {number} */ unit) => operation('a', { layer, unit, value: next(), z: next() });
    return isSoftmax && layer === last
      ? [...units.map(z), ...units.map(a)]
      : units.flatMap((unit) => [z(unit), a(unit)]);
  });
  const loss = [operation('example_loss', { value: next(), terms: terms(sizes[last + 1], next) })];
  if (examples > 1)
    loss.push(operation('batch_loss', { value: next(), terms: terms(examples, next), penalty: 0 }));
  const one = (/** @type {Operation['kind']} */ kind, /** @type {object} */ place, count = 1) =>
    operation(kind, { ...place, value: next(), terms: terms(count, next) });
  const backward = layers.toReversed().flatMap(({ layer, units, inputs }) => {
    const mixes = isSoftmax && !isFused && layer === last;
    /** @param {number} unit */
    const errors = (unit) => {
      const own = { layer, unit };
      if (layer < last) return [one('da', own, sizes[layer + 2]), one('delta', own)];
      if (isFused) return [one('delta_fused', own)];
      return mixes ? [one('delta_softmax', own, units.length)] : [one('da_loss', own), one('delta', own)];
    };
    return [
      ...(mixes ? units.map((unit) => one('da_loss', { layer, unit })) : []),
      ...units.flatMap((unit) => [
        ...errors(unit),
        ...inputs.map((input) => one('dW', { layer, unit, input }, examples)),
        one('db', { layer, unit }, examples),
      ]),
    ];
  });
  const moved = (/** @type {'weight' | 'bias'} */ kind, /** @type {Partial<Operation>} */ place) =>
    operation(kind, { ...place, value: next(), before: next(), gradient: next(), terms: terms(1, next) });
  const update = layers.flatMap(({ layer, units, inputs }) =>
    units.flatMap((unit) => [
      ...inputs.map((input) => moved('weight', { layer, unit, input })),
      moved('bias', { layer, unit }),
    ]),
  );
  return [...forward, ...loss, ...backward, ...update];
}

/** The state of the lab where nothing was opened. @type {State} */
export const EMPTY = INITIAL;

/** A run of which only some is said. @param {Partial<History>} [given] @returns {History} */
export const historyOf = (given = {}) => ({ ...NO_HISTORY, learning_rate: 0.5, ...given });

/**
 * What a network does with all the data, in drawn numbers.
 * @param {number[]} sizes @param {() => number} next @param {{hasTest?: boolean, classes?: number}} [options]
 * @returns {import('../../static/js/state.js').Survey}
 */
export function surveyOf(sizes, next, { hasTest = false, classes = 2 } = {}) {
  const measures = () => ({
    loss: next(),
    count: 8,
    right: 6,
    undecided: 0,
    accuracy: 0.75,
    confusion: Array.from({ length: classes }, (_, row) =>
      Array.from({ length: classes }, (_, column) => (row === column ? 3 : 1)),
    ),
    outputs: Array.from({ length: 8 }, () => Array.from({ length: sizes[sizes.length - 1] }, next)),
    answers: null,
  });
  const layers = sizes.slice(1).map((units) => ({
    gradient_norm: next(),
    relative_gradient: next(),
    state: null,
    units: Array.from({ length: units }, () => ({ slope: next(), active: 1, state: null, revival: null })),
  }));
  const network = { state: null, data_loss: next(), least_loss: 0, constant_loss: next(), unreachable: null };
  return { train: measures(), test: hasTest ? measures() : null, responses: null, network, layers };
}

/**
 * How a gradient stands to nudging; it agrees unless said otherwise.
 * @param {Partial<import('../../static/js/lib/wire.js').ComparisonAnswer>} [given]
 * @returns {import('../../static/js/lib/wire.js').ComparisonAnswer}
 */
export const comparisonOf = (given = {}) => ({
  ...{ gradient: 0.5, numerical: 0.5 + 1e-11, left: 0.5, right: 0.5, closer: 0.5, rounding: 1e-10 },
  verdict: 'agrees',
  ...given,
});

/** @param {number[]} sizes @param {string} [output] the activation of the last layer @returns {import('../../static/js/state.js').Experiment} */
export function experimentOf(sizes, output = 'sigmoid') {
  const layers = sizes
    .slice(1)
    .map((units, layer) => ({ units, activation: layer === sizes.length - 2 ? output : 'tanh', bias: true }));
  return {
    network: { inputs: sizes[0], layers },
    data: { dataset: 'xor' },
    loss: 'half_squared_error',
    optimizer: { name: 'sgd', learning_rate: 0.5 },
    batch: { size: null, shuffle: false, seed: 0 },
    initializer: { name: 'xavier_uniform', seed: 7 },
  };
}

/**
 * The lab with a network at its first step.
 * @param {number[]} sizes @param {Partial<State>} [change] @param {{seed?: number, examples?: number, isFused?: boolean, isSoftmax?: boolean}} [options]
 * @returns {State & {trace: NonNullable<State['trace']>, now: NonNullable<State['now']>, experiment: NonNullable<State['experiment']>}}
 */
export function stateOf(sizes, change = {}, { seed = 1, examples = 1, ...options } = {}) {
  const next = distinct(seed);
  const row = (/** @type {number} */ length) => Array.from({ length }, next);
  const parameters = parametersOf(sizes, next);
  const trace = {
    indices: [...Array(examples).keys()],
    inputs: Array.from({ length: examples }, () => row(sizes[0])),
    raw_inputs: null,
    targets: Array.from({ length: examples }, () => row(sizes[sizes.length - 1])),
    loss: next(),
    data_loss: next(),
    penalty: 0,
    example_losses: row(examples),
    layers: [],
    updated_parameters: parametersOf(sizes, next),
    optimizer_state: { updates: 1, slots: {} },
    updated_loss: next(),
    operations: operationsOf(sizes, next, { examples, ...options }),
    gradient_check: null,
  };
  const now = { step: 0, parameters, optimizer_state: { updates: 0, slots: {} } };
  const experiment = change.experiment ?? experimentOf(sizes);
  const history = historyOf({ experiment, losses: [trace.loss], frames: [now] });
  const branches = firstBranch(history);
  return /** @type {any} */ ({ ...EMPTY, experiment, now, trace, history, branches, ...change });
}

/** Colours that tell their role. */
export const COLOURS = {
  zones: { slow: 'slow', good: 'good', bounces: 'bounces', flies_away: 'flies' },
  paper: 'paper',
  panel: 'panel',
  soft: 'soft',
  ink: 'ink',
  muted: 'muted',
  line: 'line',
  positive: 'blue',
  negative: 'orange',
  back: 'back',
  mark: 'mark',
  markEdge: 'mark edge',
  branches: [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `branch ${index}`),
  map: [0, 1, 2, 3, 4].map((index) => `map ${index}`),
};

/** @type {Frame} */
export const WIDE = { width: 820, height: 480, isNarrow: false, colours: COLOURS, font: 'sans-serif' };

/** A phone's frame, as high as the lab makes it. @param {number[]} sizes @param {number} [width] @returns {Frame} */
export const narrow = (sizes, width = 360) => ({
  ...WIDE,
  width,
  height: (sizes.length - 1) * 152 + 184,
  isNarrow: true,
});

/** Every element of a formula, outermost first. @param {Maths} maths @returns {Maths[]} */
export function elements(maths) {
  return [maths, ...maths.children.flatMap((child) => (typeof child === 'string' ? [] : elements(child)))];
}

/** All text of a formula. @param {Maths | string} maths @returns {string} */
export const written = (maths) => (typeof maths === 'string' ? maths : maths.children.map(written).join(''));

/** Make a value one that nobody can change, all the way down. @template Value @param {Value} value @returns {Value} */
export function frozen(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
