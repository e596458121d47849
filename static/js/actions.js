/**
 * Everything that can be done: the only writer of the store (with `state.js`), the only caller of `api.js`.
 *
 * Every action that changes what is on screen gives up what was under way: an older answer never overtakes.
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Moment} Moment
 * @typedef {import('./state.js').Experiment} Experiment
 * @typedef {import('./state.js').Trace} Trace
 */

import * as api from './api.js';
import { bestStep, isFinite, keep, rateAt, withRate, withRun, withTrace } from './lib/history.js';
import { traceQuery, trainQuery } from './lib/queries.js';
import { nextStop, previousStop } from './lib/walk.js';
import { NO_HISTORY, currentRate, store } from './state.js';

export { Refused } from './api.js';

let underWay = new AbortController();

/** Traces already made, by moment, then by rate and example. @type {WeakMap<Moment, Map<string, Promise<Trace>>>} */
const traces = new WeakMap();

/** A walk longer than this is not fetched before it is wanted. */
const MOST_AHEAD = 1000;

/** The step that is on its way, while presses come faster than answers. @type {number | null} */
let goal = null;

function abandon() {
  goal = null;
  underWay.abort();
  underWay = new AbortController();
  return underWay.signal;
}

/**
 * Run something that asks the server; a refusal is shown, an abandoned request is nobody's concern.
 * Whatever trained by itself stops. Returns whether the work was done.
 * @param {(signal: AbortSignal) => Promise<void>} work
 * @returns {Promise<boolean>}
 */
async function asking(work) {
  const signal = abandon();
  if (store.get().isTraining) store.set({ isTraining: false });
  try {
    await work(signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    if (!(error instanceof api.Refused)) throw error;
    store.set({ trouble: { kind: 'refused', message: error.message }, isPlaying: false });
    return false;
  }
}

api.whenWaiting((waiting) => store.set({ waiting }));

/**
 * @param {State} state
 * @param {Moment} moment
 * @param {AbortSignal} signal
 * @returns {Promise<Trace>}
 */
function traceOf(state, moment, signal) {
  const made = traces.get(moment) ?? new Map();
  traces.set(moment, made);
  const name = `${rateAt(state.history, moment.step)} ${state.example}`;
  const found = made.get(name);
  if (found) return found;
  const answer = api.trace(traceQuery(state, moment), signal);
  made.set(name, answer);
  const forget = () => made.delete(name);
  answer.then(() => signal.removeEventListener('abort', forget), forget);
  // At once, not when the abort has made its way through: the next request may come before that.
  signal.addEventListener('abort', forget);
  return answer;
}

/**
 * Show a moment with its trace.
 * @param {Moment} moment
 * @param {Partial<State>} change  how it is shown
 * @param {AbortSignal} signal
 */
async function show(moment, change, signal) {
  const trace = await traceOf({ ...store.get(), ...change }, moment, signal);
  if (signal.aborted) return;
  const { history } = store.get();
  store.set({
    now: moment,
    trace,
    isStale: false,
    history: withTrace(change.history ?? history, moment, trace),
    ...without(change),
  });
  lookAhead(moment, trace);
}

/** Ask for the next step's trace before it is wanted. @param {Moment} moment @param {Trace} trace */
function lookAhead(moment, trace) {
  const ahead = next(moment, trace);
  const isSmall = (trace.operations?.length ?? 0) <= MOST_AHEAD;
  // A failure here is nobody's loss: the trace is asked for again when it is wanted.
  if (ahead && isSmall) traceOf(store.get(), ahead, new AbortController().signal).catch(() => {});
}

/** @param {Partial<State>} change */
function without({ history: _, ...rest }) {
  return rest;
}

/** The next moment, as the trace has it; null where its numbers no longer fit. @param {Moment} now @param {Trace} trace @returns {Moment | null} */
function after(now, trace) {
  if (trace.loss === null || !isFinite(trace.updated_parameters)) return null;
  return { step: now.step + 1, parameters: trace.updated_parameters, optimizer_state: trace.optimizer_state };
}

/** Moments reached by an update, so that going there twice is the same object, and its trace is kept. @type {WeakMap<Trace, Moment | null>} */
const reached = new WeakMap();

/** @param {Moment} now @param {Trace} trace */
function next(now, trace) {
  const known = reached.get(trace);
  if (known !== undefined) return known;
  const moment = after(now, trace);
  reached.set(trace, moment);
  return moment;
}

/** @param {import('./state.js').Catalog} catalog */
export function begin(catalog) {
  store.set({ catalog });
}

/**
 * Start an experiment from its first weights.
 * @param {Experiment} experiment
 * @param {Partial<State> & {steps?: number}} [change]
 */
export function open(experiment, { steps = 0, ...change } = {}) {
  return asking(async (signal) => {
    store.set({ isStale: true, isPlaying: false, isTraining: false });
    const first = experiment.parameters ?? (await firstParameters(experiment, signal));
    /** @type {Moment} */
    const start = { step: 0, parameters: first, optimizer_state: { updates: 0, slots: {} } };
    const history = change.history ?? { ...NO_HISTORY, learning_rate: experiment.optimizer.learning_rate };
    const fresh = {
      experiment,
      example: 0,
      cursor: 0,
      isWhole: true,
      trouble: null,
      ...change,
      history: { ...history, frames: [start] },
    };
    if (steps > 0) await run({ ...store.get(), ...fresh }, start, steps, fresh, signal);
    else await show(start, fresh, signal);
  });
}

/** @param {Experiment} experiment @param {AbortSignal} signal */
async function firstParameters({ network, initializer }, signal) {
  return (await api.parameters({ network, initializer }, signal)).parameters;
}

/**
 * Make some steps from a moment and show where they lead.
 * @param {State} state
 * @param {Moment} from
 * @param {number} steps
 * @param {Partial<State>} change
 * @param {AbortSignal} signal
 */
async function run(state, from, steps, change, signal) {
  const most = state.catalog?.limits.steps ?? steps;
  let history = change.history ?? state.history;
  let reached = from;
  while (reached.step < from.step + steps) {
    const chunk = Math.min(most, from.step + steps - reached.step);
    const answer = await api.train(trainQuery(state, reached, chunk), signal);
    if (signal.aborted) return;
    history = withRun(history, answer);
    reached = answer.state;
    if (answer.diverged_at === null) continue;
    await show(reached, { ...change, history }, signal);
    if (!signal.aborted) diverged(answer.diverged_at);
    return;
  }
  await show(reached, { ...change, history }, signal);
}

/** Ask for a run; only the player calls this. @param {object} body @param {AbortSignal} signal */
export const train = (body, signal) => api.train(body, signal);

/** One press of "forward". */
export function forward() {
  const { trace, now, cursor, isWhole, granularity } = store.get();
  if (!trace?.operations || !now) return Promise.resolve();
  if (granularity === 'step') return trainStep(1);
  const from = isWhole ? 0 : cursor;
  const stop = nextStop(trace.operations, from, granularity);
  if (stop !== null) {
    store.set({ cursor: stop, isWhole: false });
    return Promise.resolve();
  }
  return over({ cursor: 0, isWhole: false });
}

/** Over the update to the next training step. @param {Partial<State>} change */
function over(change) {
  const { trace, now, history, isStale } = store.get();
  if (!trace || !now) return Promise.resolve();
  return asking(async (signal) => {
    // After an edit the trace on screen is not yet that of the update to be made.
    const holds = isStale ? await traceOf(store.get(), now, signal) : trace;
    if (signal.aborted) return;
    const moment = next(now, holds);
    if (moment === null) {
      diverged(now.step);
      return;
    }
    const kept = history.frames.find(({ step }) => step === moment.step);
    await show(kept ?? moment, change, signal);
  });
}

/** One press of "back": a true undo, over updates too. */
export function back() {
  const { trace, now, cursor, isWhole, granularity } = store.get();
  if (!trace?.operations || !now) return Promise.resolve();
  if (granularity === 'step') return trainStep(-1);
  const stop = isWhole ? null : previousStop(trace.operations, cursor, granularity);
  if (stop !== null) {
    store.set({ cursor: stop });
    return Promise.resolve();
  }
  if (now.step === 0) {
    store.set({ isWhole: false, cursor: 0 });
    return Promise.resolve();
  }
  return toStep(now.step - 1, 'end');
}

/** Whole training steps; presses that come faster than answers add up. @param {1 | -1} direction */
export async function trainStep(direction) {
  const { now, trace } = store.get();
  if (!now) return;
  const from = goal ?? now.step;
  const target = from + direction;
  if (target < 0) return;
  const isNext = direction > 0 && from === now.step && trace !== null;
  const done = isNext ? over({ isWhole: true, cursor: 0 }) : toStep(target);
  goal = target;
  await done;
  if (goal === target) goal = null;
}

/**
 * Go to a training step: a kept moment if there is one, else computed again from the last one before it.
 * @param {number} step
 * @param {'whole' | 'end'} [shown]  all at once, or after its last operation
 */
export function toStep(step, shown = 'whole') {
  return asking(async (signal) => {
    store.set({ isPlaying: false, isTraining: false });
    const state = store.get();
    const from = state.history.frames.findLast((frame) => frame.step <= step);
    if (!from) return;
    const change = { isWhole: shown === 'whole', cursor: 0, trouble: null };
    if (from.step === step) await show(from, change, signal);
    else await run(state, from, step - from.step, change, signal);
    const { trace, now } = store.get();
    if (shown === 'end' && now?.step === step) store.set({ cursor: trace?.operations?.length ?? 0 });
  });
}

/** The start or the end of this training step. @param {'start' | 'end'} end */
export function toEnd(end) {
  const { trace } = store.get();
  if (!trace?.operations) return;
  store.set({ isWhole: false, cursor: end === 'start' ? 0 : trace.operations.length });
}

/** @param {number} cursor */
export function toCursor(cursor) {
  store.set({ cursor, isWhole: false, isPlaying: false });
}

/** The same start again: weights, rate changes and all that came after are forgotten. */
export function rewind() {
  const { experiment, preset, task, history, example } = store.get();
  if (!experiment) return Promise.resolve();
  const optimizer = { ...experiment.optimizer, learning_rate: history.learning_rate };
  return open({ ...experiment, optimizer }, { preset, task, example });
}

/**
 * Change the learning rate from this step on; what was computed beyond it no longer holds.
 * @param {number} rate
 */
export function setRate(rate) {
  const state = store.get();
  const { history, now, isTraining } = state;
  if (!now || rate === currentRate(state)) return;
  store.set({ isStale: !isTraining, trouble: null, history: withRate(history, now.step, rate) });
  if (!isTraining) refresh();
}

/** Make the trace of the moment on screen again, after something it depends on was changed. */
function refresh() {
  const { now } = store.get();
  if (now) asking((signal) => show(now, {}, signal));
}

/** @param {number} example */
export function setExample(example) {
  const { now } = store.get();
  store.set({ isStale: true });
  if (now) asking((signal) => show(now, { example }, signal));
}

/** @param {Partial<Pick<State, 'granularity' | 'task' | 'walkSpeed' | 'trainSpeed' | 'isLogarithmic'>>} choice */
export function choose(choice) {
  if (choice.task && choice.task !== store.get().task) pauseAll();
  store.set(choice);
}

/** @param {Partial<Pick<State, 'isPlaying' | 'isTraining'>>} change */
export function setPlaying(change) {
  store.set(change);
}

/** Stop whatever goes by itself; the moment on screen gets its trace. */
export function pauseAll() {
  const { isTraining } = store.get();
  store.set({ isPlaying: false, isTraining: false });
  if (isTraining) refresh();
}

/** Begin something that goes by itself: what was under way is given up. */
export function claim() {
  return abandon();
}

/**
 * Show where a run has come to, without a trace: the player does this many times a second.
 * @param {Moment} moment
 * @param {(number | null)[]} losses  those up to this moment
 */
export function showFrame(moment, losses) {
  const { history } = store.get();
  store.set({
    now: moment,
    trace: null,
    isWhole: true,
    cursor: 0,
    trouble: null,
    history: { ...history, losses, frames: keep(history.frames, [moment]) },
  });
}

/** The numbers no longer fit: say when, and where it was best. @param {number} at */
export function diverged(at) {
  const { history } = store.get();
  store.set({
    isTraining: false,
    isPlaying: false,
    isLogarithmic: true, // on a linear axis the last steps would flatten all others
    trouble: { kind: 'diverged', at, rate: rateAt(history, at), best: bestStep(history, at) },
  });
  if (!store.get().trace) refresh();
}

/** After a divergence: back to where the loss was lowest, and half the rate from there. */
export async function recover() {
  const { trouble } = store.get();
  if (trouble?.kind !== 'diverged') return;
  if (await toStep(trouble.best)) setRate(trouble.rate / 2);
}

/** @param {string} message */
export function refuse(message) {
  store.set({ trouble: { kind: 'refused', message }, isTraining: false });
}

export function dismiss() {
  store.set({ trouble: null });
}

/** @param {string} message */
export function complainOfLink(message) {
  store.set({ trouble: { kind: 'link', message } });
}
