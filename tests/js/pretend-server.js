/**
 * A server of one weight, made up: the loss is (w − 1)², its slope 2 (w − 1), the update plain gradient descent.
 * Put in the place of `fetch`, it answers at once, or when it is told to.
 */

import { operation } from './made-up.js';

const TOO_LARGE = 1e6;

/** @typedef {{path: string, body: any, signal: AbortSignal, release: () => void}} Held */

/** @param {number} w */
const layers = (w) => [{ weights: [[w]], biases: [0] }];
const lossAt = (/** @type {number} */ w) => ((w - 1) ** 2 > TOO_LARGE ? null : (w - 1) ** 2);

/** @param {any} body */
function traced({ parameters, optimizer, optimizer_state, example, check }) {
  const w = parameters[0].weights[0][0];
  const after = w - optimizer.learning_rate * 2 * (w - 1);
  const place = { layer: 0, unit: 0 };
  return {
    indices: [0, 1],
    raw_inputs: null,
    inputs: [[0], [1]],
    targets: [[1], [1]],
    loss: lossAt(w),
    data_loss: lossAt(w),
    penalty: 0,
    example_losses: [],
    layers: [],
    updated_parameters: layers(after),
    optimizer_state: { updates: optimizer_state.updates + 1, slots: {} },
    updated_loss: lossAt(after),
    operations: [
      operation('z', { ...place, value: w }),
      operation('a', { ...place, value: w }),
      operation('example_loss', { value: lossAt(w) }),
      operation('dW', { ...place, input: 0, value: example }),
      operation('weight', { ...place, input: 0, value: after }),
    ],
    gradient_check: check ? { numerical: layers(2 * (w - 1)), worst: 0 } : null,
  };
}

/** @param {any} body */
const surveyed = ({ parameters }) => measured(parameters[0].weights[0][0]);

/** What all the data say: the loss, and the slope as the size of the gradient. @param {number} w */
const measured = (w) => ({
  train: { loss: lossAt(w), count: 2, right: null, accuracy: null, confusion: null, outputs: [[w], [w]] },
  test: null,
  responses: null,
  layers: [
    { gradient_norm: Math.abs(2 * (w - 1)), state: null, units: [{ slope: 1, active: 1, state: null }] },
  ],
});

/** @param {any} body */
const explained = ({ parameters, example }) => ({
  value: parameters[0].weights[0][0],
  gradient: 2 * (parameters[0].weights[0][0] - 1),
  example,
  paths: [],
});

/** @param {any} body */
const datasetOf = ({ data }) => ({
  inputs: [[0], [1]],
  targets: [[1], [1]],
  task: 'regression',
  feature_names: [data.dataset],
  train_indices: [0, 1],
  test_indices: [],
});

/** @param {any} body */
function trained({ state, steps, changes, optimizer, record_every, survey }) {
  let w = state.parameters[0].weights[0][0];
  const { updates } = state.optimizer_state;
  const moment = (/** @type {number} */ step) => ({
    step,
    parameters: layers(w),
    optimizer_state: { updates: updates + step - state.step, slots: {} },
  });
  const frame = (/** @type {number} */ step) => ({ ...moment(step), survey: survey ? measured(w) : null });
  const answer = {
    steps: /** @type {number[]} */ ([]),
    losses: /** @type {(number | null)[]} */ ([]),
    frames: [frame(state.step)],
    diverged_at: /** @type {number | null} */ (null),
  };
  for (let step = state.step; step < state.step + steps; step += 1) {
    answer.steps.push(step);
    answer.losses.push(lossAt(w));
    if (lossAt(w) === null) {
      return { ...answer, state: moment(step), learning_rates: [], diverged_at: step, stopped: 'diverged' };
    }
    const rate =
      changes.findLast((/** @type {any} */ one) => one.at_step <= step)?.learning_rate ??
      optimizer.learning_rate;
    w -= rate * 2 * (w - 1);
    const done = step + 1 - state.step;
    if (done === steps || (record_every !== null && done % record_every === 0))
      answer.frames.push(frame(step + 1));
  }
  return { ...answer, state: moment(state.step + steps), learning_rates: [], stopped: null };
}

/** The weights of the seed that the tests begin with are 0. @param {any} body */
const drawn = ({ initializer }) => ({ parameters: layers((initializer.seed - 7) / 8), count: 2 });

/** A map of two numbers at each place, in the middle of it the weights themselves. @param {any} body */
const mapped = ({ parameters, path }) => ({
  x: [-1, 1],
  y: [-1, 1],
  loss: [
    [1, 2],
    [3, 4],
  ],
  centre: { x: parameters[0].weights[0][0], y: parameters[0].biases[0], loss: 1 },
  path: {
    x: path.map((/** @type {any} */ moment) => moment[0].weights[0][0]),
    y: path.map((/** @type {any} */ moment) => moment[0].biases[0]),
    loss: path.map((/** @type {any} */ moment) => lossAt(moment[0].weights[0][0])),
    slice_loss: path.map(() => 1),
    distance: path.map(() => 0),
  },
  explained_variance: null,
  random_walk_variance: null,
  directions: null,
  gradients: null,
});

/** @type {Record<string, (body: any) => object>} */
const ROUTES = {
  landscape: mapped,
  trace: traced,
  train: trained,
  survey: surveyed,
  explain: explained,
  dataset: datasetOf,
  parameters: drawn,
};

/** Take the place of `fetch`. */
export function pretendServer() {
  /** @type {{path: string, body: any}[]} */
  const requests = [];
  /** @type {Held[]} */
  const held = [];
  const server = {
    requests,
    /** What waits to be released, while `isHolding`. */
    held,
    isHolding: false,
    /** A server that answers although nobody wants it any more: the browser would not even deliver it. */
    isStubborn: false,
    /** @type {string | null} */
    refusal: null,
    /** What it refuses, while there is a `refusal`: null is everything. @type {string | null} */
    refuses: null,
  };
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ url, /** @type {{body: string, signal: AbortSignal}} */ { body, signal }) =>
      new Promise((resolve, reject) => {
        const request = { path: url.replace('/api/', ''), body: JSON.parse(body) };
        requests.push(request);
        const isRefused = server.refuses === null || server.refuses === request.path;
        const refused = isRefused ? server.refusal : null;
        const release = () =>
          resolve(
            refused === null
              ? new Response(JSON.stringify(ROUTES[request.path](request.body)))
              : new Response(JSON.stringify({ detail: [{ msg: refused }] }), { status: 422 }),
          );
        if (signal.aborted && !server.isStubborn) reject(signal.reason);
        if (!server.isStubborn) signal.addEventListener('abort', () => reject(signal.reason));
        if (server.isHolding) held.push({ ...request, signal, release });
        else release();
      })
  );
  return server;
}

/** All that is under way without waiting has happened. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
