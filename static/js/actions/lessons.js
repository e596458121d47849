/** What lessons ask the server, and the only writer of their state. */

import * as api from '../api.js';
import { store } from '../lesson-state.js';

/** @typedef {import('../lesson-state.js').NeuronState} NeuronState */
/** @typedef {import('../lesson-state.js').NetworkState} NetworkState */

export const { whenWaiting } = api;

/** Where an activation is drawn: so many values of z, from −END to END. */
const POINTS = 241;
const END = 6;

/** @param {number[][]} pixels @param {AbortSignal} signal */
export const detect = (pixels, signal) => api.detector({ pixels }, signal);

/** @param {string} question @param {number} seed */
export const numbersOf = (question, seed) => api.question({ question, seed }, new AbortController().signal);

/** @param {string} question @param {number} seed @param {number} answer */
export const judge = (question, seed, answer) =>
  api.answer({ question, seed, answer }, new AbortController().signal);

/** @param {string} figure @param {boolean} isShown */
export const showTable = (figure, isShown) =>
  store.set({ tables: { ...store.get().tables, [figure]: isShown } });

/** @param {number} place @param {NeuronState} state */
export function beginNeuron(place, state) {
  store.set({ neurons: { ...store.get().neurons, [place]: state } });
  compute(place);
}

/** Change a neuron, or choose another point. @param {number} place @param {Partial<NeuronState['neuron']>} change */
export function setNeuron(place, change) {
  const state = /** @type {NeuronState} */ (store.get().neurons[place]);
  put(place, { neuron: { ...state.neuron, ...change }, layer: null });
  compute(place);
}

/** @param {number} place @param {number} chosen */
export const choosePoint = (place, chosen) => put(place, { chosen });

/** @param {number} place @param {Partial<NeuronState>} change */
function put(place, change) {
  const { neurons } = store.get();
  const state = /** @type {NeuronState} */ (neurons[place]);
  store.set({ neurons: { ...neurons, [place]: { ...state, ...change } } });
}

/** @type {Map<number, AbortController>} */
const asking = new Map();
/** Curves of activations, by name. @type {Map<string, NonNullable<NeuronState['response']>>} */
const curves = new Map();

/** Ask for what comes out at each point, and for the activation's curve; an older question is given up. @param {number} place */
async function compute(place) {
  asking.get(place)?.abort();
  const own = new AbortController();
  asking.set(place, own);
  const { neuron, points } = /** @type {NeuronState} */ (store.get().neurons[place]);
  const { weights, bias, activation } = neuron;
  const targets = points.targets.map((one) => [one]);
  try {
    const [answer, response] = await Promise.all([
      one(activation, weights, bias, points.inputs, targets, own.signal),
      curveOf(activation, own.signal),
    ]);
    if (!own.signal.aborted) put(place, { layer: answer.layers[0], response });
  } catch (error) {
    if (!own.signal.aborted) throw error;
  }
}

/** A small network begins with nothing: all weights are 0. @param {number} place @param {import('../lesson-state.js').Points} points */
export function beginNetwork(place, points) {
  const parameters = [
    {
      weights: [
        [0, 0],
        [0, 0],
      ],
      biases: [0, 0],
    },
    { weights: [[0, 0]], biases: [0] },
  ];
  const state = { parameters, points, chosen: 0, unit: 0, layers: null, grid: null };
  store.set({ networks: { ...store.get().networks, [place]: state } });
  computeNetwork(place);
}

/** @param {number} place @param {Partial<NetworkState>} change */
export function chooseInNetwork(place, change) {
  const { networks } = store.get();
  const state = /** @type {NetworkState} */ (networks[place]);
  store.set({ networks: { ...networks, [place]: { ...state, ...change } } });
}

/** Change a weight or the bias of the neuron whose knobs are shown. @param {number} place @param {number | 'bias'} input @param {number} value */
export function setUnit(place, input, value) {
  const { parameters, unit } = /** @type {NetworkState} */ (store.get().networks[place]);
  const [layer, row] = unit < 2 ? [0, unit] : [1, 0];
  const changed = parameters.map(({ weights, biases }, index) => {
    if (index !== layer) return { weights, biases };
    if (input === 'bias') return { weights, biases: biases.map((one, at) => (at === row ? value : one)) };
    const rows = weights.map((one, at) =>
      at === row ? one.map((w, from) => (from === input ? value : w)) : one,
    );
    return { weights: rows, biases };
  });
  chooseInNetwork(place, { parameters: changed, layers: null });
  computeNetwork(place);
}

/** Points along a side of the plane, and its ends. */
const SIDE = 33;
const ENDS = [-0.5, 1.5];
const AXIS = Array.from({ length: SIDE }, (_, index) => ENDS[0] + ((ENDS[1] - ENDS[0]) * index) / (SIDE - 1));

/** Ask what every neuron answers at the points, and the network over the plane. @param {number} place */
async function computeNetwork(place) {
  asking.get(place)?.abort();
  const own = new AbortController();
  asking.set(place, own);
  const { parameters, points } = /** @type {NetworkState} */ (store.get().networks[place]);
  const plane = AXIS.flatMap((up) => AXIS.map((across) => [across, up]));
  const inputs = [...points.inputs, ...plane];
  const body = {
    network: {
      inputs: 2,
      layers: [
        { units: 2, activation: 'step' },
        { units: 1, activation: 'step' },
      ],
    },
    parameters,
    data: { inputs, targets: inputs.map(() => [0]) },
    loss: 'mean_squared_error',
    optimizer: { name: 'sgd', learning_rate: 0 },
  };
  try {
    const { layers } = await api.trace(body, own.signal);
    if (own.signal.aborted) return;
    // Where only rounding tells an answer from one half, the plane has none.
    const open = new Set(layers[1].undecided.map(([row]) => row));
    const answers = layers[1].a.map(([a], row) => (open.has(row) ? null : a)).slice(points.inputs.length);
    const a = AXIS.map((_, row) => answers.slice(row * SIDE, (row + 1) * SIDE));
    chooseInNetwork(place, { layers, grid: { x: AXIS, a } });
  } catch (error) {
    if (!own.signal.aborted) throw error;
  }
}

/** A network of one neuron. @param {string} activation @param {number[]} weights @param {number} bias @param {number[][]} inputs @param {number[][]} targets @param {AbortSignal} signal */
const one = (activation, weights, bias, inputs, targets, signal) =>
  api.trace(
    {
      network: { inputs: weights.length, layers: [{ units: 1, activation }] },
      parameters: [{ weights: [weights], biases: [bias] }],
      data: { inputs, targets },
      loss: 'mean_squared_error',
      optimizer: { name: 'sgd', learning_rate: 0 },
    },
    signal,
  );

/** @param {string} activation @param {AbortSignal} signal */
async function curveOf(activation, signal) {
  const known = curves.get(activation);
  if (known) return known;
  const z = Array.from({ length: POINTS }, (_, index) => -END + (2 * END * index) / (POINTS - 1));
  const inputs = z.map((value) => [value]);
  const answer = await one(
    activation,
    [1],
    0,
    inputs,
    z.map(() => [0]),
    signal,
  );
  const curve = { activation, z, a: answer.layers[0].a.map(([a]) => a) };
  curves.set(activation, curve);
  return curve;
}

const LOSSES = ['mean_absolute_error', 'mean_squared_error', 'binary_cross_entropy'];
/** Predictions that are looked at, strictly between 0 and 1. */
const PREDICTIONS = Array.from({ length: 199 }, (_, index) => (index + 1) / 200);

/** @param {number} place @param {import('../lesson-state.js').LossesState} state */
export function beginLosses(place, state) {
  store.set({ losses: { ...store.get().losses, [place]: state } });
  computeLosses(place);
}

/** @param {number} place @param {{prediction?: number, target?: number}} change */
export function setPrediction(place, change) {
  const state = /** @type {import('../lesson-state.js').LossesState} */ (store.get().losses[place]);
  store.set({ losses: { ...store.get().losses, [place]: { ...state, ...change, curves: null } } });
  computeLosses(place);
}

/** Ask what each prediction costs by each loss, and how steep that is. @param {number} place */
async function computeLosses(place) {
  asking.get(place)?.abort();
  const own = new AbortController();
  asking.set(place, own);
  const { losses } = store.get();
  const { prediction, target } = /** @type {import('../lesson-state.js').LossesState} */ (losses[place]);
  const inputs = [prediction, ...PREDICTIONS].map((one) => [one]);
  try {
    const answers = await Promise.all(LOSSES.map((loss) => costs(loss, inputs, target, own.signal)));
    if (own.signal.aborted) return;
    const state = /** @type {import('../lesson-state.js').LossesState} */ (store.get().losses[place]);
    store.set({ losses: { ...store.get().losses, [place]: { ...state, curves: answers } } });
  } catch (error) {
    if (!own.signal.aborted) throw error;
  }
}

/** The losses of shares: an output that can be anything is refused for them, so a sigmoid says the share. */
const OF_SHARES = ['binary_cross_entropy'];

/** A network that says just what is wanted, so that a prediction can be chosen. @param {string} loss @param {number[][]} inputs @param {number} target @param {AbortSignal} signal */
async function costs(loss, inputs, target, signal) {
  const isShare = OF_SHARES.includes(loss);
  const targets = inputs.map(() => [target]);
  const answer = await api.trace(
    {
      network: { inputs: 1, layers: [{ units: 1, activation: isShare ? 'sigmoid' : 'identity' }] },
      parameters: [{ weights: [[1]], biases: [0] }],
      data: { inputs: isShare ? inputs.map(([one]) => [Math.log(one / (1 - one))]) : inputs, targets },
      loss,
      reduction: 'sum', // so that each example's slope is its own
      optimizer: { name: 'sgd', learning_rate: 0 },
    },
    signal,
  );
  const [here, ...rest] = answer.example_losses;
  return {
    name: loss,
    predictions: PREDICTIONS,
    losses: rest,
    here: { loss: here, slope: answer.layers[0].da?.[0]?.[0] ?? null },
  };
}

/** Points of a curve. */
const CURVE = 201;
/** Where each curve is looked at first. @type {Record<string, number>} */
const FIRST_PLACES = { two_valleys: 0.6, inflection: 1, parabola: -2 };

/** @param {number} place @param {string} surface */
export async function beginSlope(place, surface) {
  /** @type {import('../lesson-state.js').SlopeState} */
  const state = { surface, at: FIRST_PLACES[surface] ?? 0, nudge: 0.5, curve: null, found: null };
  store.set({ slopes: { ...store.get().slopes, [place]: state } });
  const { x, values } = await api.surface({ surface, resolution: CURVE }, new AbortController().signal);
  putSlope(place, { curve: { x: /** @type {number[]} */ (x), values: values[0] } });
  computeSlope(place);
}

/** @param {number} place @param {{at?: number, nudge?: number}} change */
export function setSlope(place, change) {
  putSlope(place, { ...change, found: null });
  computeSlope(place);
}

/** @param {number} place @param {Partial<import('../lesson-state.js').SlopeState>} change */
function putSlope(place, change) {
  const { slopes } = store.get();
  const state = /** @type {import('../lesson-state.js').SlopeState} */ (slopes[place]);
  store.set({ slopes: { ...slopes, [place]: { ...state, ...change } } });
}

/** Whether an answer is on its way to a place of the lesson. @type {Set<number>} */
const under = new Set();

/** Ask how steep it is there; one question at a time, the newest next, so that a drag is followed. @param {number} place */
async function computeSlope(place) {
  if (under.has(place)) return;
  under.add(place);
  for (;;) {
    const { surface, at, nudge } = /** @type {import('../lesson-state.js').SlopeState} */ (
      store.get().slopes[place]
    );
    const found = await api.tangent({ surface, at, nudge }, new AbortController().signal);
    const now = /** @type {import('../lesson-state.js').SlopeState} */ (store.get().slopes[place]);
    if (now.at !== at || now.nudge !== nudge) continue;
    under.delete(place);
    putSlope(place, { found });
    return;
  }
}
