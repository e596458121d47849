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
function traced({ parameters, optimizer, step, example }) {
  const w = parameters[0].weights[0][0];
  const after = w - optimizer.learning_rate * 2 * (w - 1);
  const place = { layer: 0, unit: 0 };
  return {
    inputs: [[0], [1]],
    targets: [[1], [1]],
    loss: lossAt(w),
    data_loss: lossAt(w),
    penalty: 0,
    example_losses: [],
    layers: [],
    updated_parameters: layers(after),
    optimizer_state: { updates: step + 1, slots: {} },
    updated_loss: lossAt(after),
    operations: [
      operation('z', { ...place, value: w }),
      operation('a', { ...place, value: w }),
      operation('example_loss', { value: lossAt(w) }),
      operation('dW', { ...place, input: 0, value: example }),
      operation('weight', { ...place, input: 0, value: after }),
    ],
    gradient_check: null,
  };
}

/** @param {any} body */
function trained({ state, steps, changes, optimizer, record_every }) {
  let w = state.parameters[0].weights[0][0];
  const moment = (/** @type {number} */ step) => ({
    step,
    parameters: layers(w),
    optimizer_state: { updates: step, slots: {} },
  });
  const answer = {
    steps: /** @type {number[]} */ ([]),
    losses: /** @type {(number | null)[]} */ ([]),
    frames: [moment(state.step)],
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
    if ((step + 1 - state.step) % (record_every ?? steps) === 0) answer.frames.push(moment(step + 1));
  }
  return { ...answer, state: moment(state.step + steps), learning_rates: [], stopped: null };
}

/** @type {Record<string, (body: any) => object>} */
const ROUTES = { trace: traced, train: trained, parameters: () => ({ parameters: layers(0), count: 2 }) };

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
  };
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ url, /** @type {{body: string, signal: AbortSignal}} */ { body, signal }) =>
      new Promise((resolve, reject) => {
        const request = { path: url.replace('/api/', ''), body: JSON.parse(body) };
        requests.push(request);
        const refused = server.refusal;
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
