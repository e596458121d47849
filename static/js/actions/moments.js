/**
 * Showing a moment of a run: everything on screen (trace, survey, explanation) is fetched together and is of that
 * one moment. Answers are kept with their moment, so that going back is the very same numbers.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Moment} Moment
 * @typedef {import('../state.js').Trace} Trace
 */

import * as api from '../api.js';
import { divergence, experimentAt, isFinite, keep, nextBreak, rateAt } from '../lib/history.js';
import { arrive, valueAt, withReading, withRun, withTrace } from '../lib/history.js';
import { explainQuery, followed, readEvery, surveyQuery, traceQuery, trainQuery } from '../lib/queries.js';
import { store } from '../state.js';
import { asking, moving } from './asking.js';

/** Answers already there, by moment, then by what they depend on besides. @type {WeakMap<Moment, Map<string, Promise<any>>>} */
const answers = new WeakMap();

/** A walk longer than this is not fetched before it is wanted. */
const MOST_AHEAD = 1000;

/**
 * An answer about a moment: the one that is there already, or a new one. One that is given up is forgotten.
 * @template Answer
 * @param {Moment} moment
 * @param {string} name
 * @param {AbortSignal} signal
 * @param {() => Promise<Answer>} ask
 * @returns {Promise<Answer>}
 */
function once(moment, name, signal, ask) {
  const made = answers.get(moment) ?? new Map();
  answers.set(moment, made);
  const found = made.get(name);
  if (found) return found;
  const answer = ask();
  made.set(name, answer);
  const forget = () => made.delete(name);
  answer.then(() => signal.removeEventListener('abort', forget), forget);
  // At once, not when the abort has made its way through: the next request may come before that.
  signal.addEventListener('abort', forget);
  return answer;
}

/** The set-up in force at a moment, which may be changed while the moment stays. @param {State} state @param {Moment} moment */
function setUp({ history }, { step }) {
  const { parameters: _, ...rest } = experimentAt(history, step) ?? {};
  return JSON.stringify(rest);
}

/** What an answer about one step depends on besides its moment. @param {State} state @param {Moment} moment */
function circumstances(state, moment) {
  return `${rateAt(state.history, moment.step)} ${followed(state, moment.step)} ${setUp(state, moment)}`;
}

/**
 * @param {State} state
 * @param {Moment} moment
 * @param {AbortSignal} signal
 * @returns {Promise<Trace>}
 */
export function traceOf(state, moment, signal) {
  return once(moment, `trace ${circumstances(state, moment)}`, signal, () => traced(state, moment, signal));
}

/** A network too large to be walked through has a trace without operations. @param {State} state @param {Moment} moment @param {AbortSignal} signal */
async function traced(state, moment, signal) {
  const query = traceQuery(state, moment);
  try {
    return await api.trace(query, signal);
  } catch (error) {
    if (!(error instanceof api.Refused) || error.field !== 'example') throw error;
    return api.trace({ ...query, example: undefined }, signal);
  }
}

/**
 * What the network does with all the data, where that is looked at; null where there is too much of it.
 * @param {State} state
 * @param {Moment} moment
 * @param {AbortSignal} signal
 */
export function surveyOf(state, moment, signal) {
  if (state.task === 'step') return null;
  const name = `survey ${setUp(state, moment)}`;
  return once(moment, name, signal, () => orNull(api.survey(surveyQuery(state, moment), signal)));
}

/**
 * @param {State} state
 * @param {Moment} moment
 * @param {AbortSignal} signal
 */
function explanationOf(state, moment, signal) {
  const { pinned } = state;
  if (pinned?.kind !== 'parameter') return null;
  const value = valueAt(moment.parameters, pinned.place);
  if (value === null) return null;
  const name = `explain ${JSON.stringify(pinned.place)} ${circumstances(state, moment)}`;
  return once(moment, name, signal, () =>
    orNull(api.explain(explainQuery(state, moment, pinned.place, value), signal)),
  );
}

/** What the server refuses as too much is not shown. @template Answer @param {Promise<Answer>} asked */
async function orNull(asked) {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof api.Refused) return null;
    throw error;
  }
}

/**
 * Show a moment with all that is known of it.
 * @param {Moment} moment
 * @param {Partial<State>} change  how it is shown
 * @param {AbortSignal} signal
 */
export async function show(moment, change, signal) {
  const state = { ...store.get(), ...change };
  const [trace, survey, explanation] = await Promise.all([
    traceOf(state, moment, signal),
    surveyOf(state, moment, signal),
    explanationOf(state, moment, signal),
  ]);
  if (signal.aborted) return;
  const history = withReading(withTrace(state.history, moment, trace), moment.step, survey);
  const experiment = experimentAt(history, moment.step);
  const before = store.get();
  const isSame = before.now === moment && before.experiment === experiment;
  store.set({
    ...change,
    now: moment,
    trace,
    survey,
    explanation,
    check: isSame ? before.check : null,
    isStale: false,
    experiment,
    history,
  });
  lookAhead(moment, trace);
}

/** Ask for what the next step will show before it is wanted. @param {Moment} moment @param {Trace} trace */
function lookAhead(moment, trace) {
  const ahead = next(moment, trace);
  if (!ahead || (trace.operations?.length ?? 0) > MOST_AHEAD) return;
  const { signal } = new AbortController();
  // A failure here is nobody's loss: it is asked for again when it is wanted.
  traceOf(store.get(), ahead, signal).catch(() => {});
  surveyOf(store.get(), ahead, signal)?.catch(() => {});
}

/** The next moment, as the trace has it; null where its numbers no longer fit. @param {Moment} now @param {Trace} trace @returns {Moment | null} */
function after(now, trace) {
  if (trace.loss === null || !isFinite(trace.updated_parameters)) return null;
  return { step: now.step + 1, parameters: trace.updated_parameters, optimizer_state: trace.optimizer_state };
}

/** Moments reached by an update, so that going there twice is the same object, and its trace is kept. @type {WeakMap<Trace, Moment | null>} */
const reached = new WeakMap();

/** The moment after an update, as a run on screen goes on from it. @param {Moment} now @param {Trace} trace */
export function next(now, trace) {
  const known = reached.get(trace);
  const moment = known === undefined ? after(now, trace) : known;
  reached.set(trace, moment);
  if (moment === null) return null;
  const { history } = store.get();
  const kept = history.frames.find(({ step }) => step === moment.step);
  return kept ?? arrive(history, moment);
}

/**
 * Make some steps of a run, stopping for what was changed by hand: where they lead, and the losses on the way.
 * @param {import('../state.js').History} history
 * @param {Moment} from
 * @param {number} steps
 * @param {AbortSignal} signal
 */
export async function compute(history, from, steps, signal) {
  const most = store.get().catalog?.limits.steps ?? steps;
  const end = from.step + steps;
  let made = history;
  let at = from;
  while (at.step < end) {
    const stop = nextBreak(made, at.step, Math.min(end, at.step + most));
    const length = stop - at.step;
    const query = trainQuery({ history: made }, at, length, readEvery(at, length), false);
    const answer = await api.train(query, signal);
    made = withRun(made, answer);
    if (answer.diverged_at !== null)
      return { history: made, moment: answer.state, divergedAt: answer.diverged_at };
    at = arrive(made, answer.state);
  }
  return { history: made, moment: at, divergedAt: null };
}

/**
 * Make some steps from a moment and show where they lead.
 * @param {State} state
 * @param {Moment} from
 * @param {number} steps
 * @param {Partial<State>} change
 * @param {AbortSignal} signal
 */
export async function run(state, from, steps, change, signal) {
  const made = await compute(change.history ?? state.history, from, steps, signal);
  if (signal.aborted) return;
  await show(made.moment, { ...change, history: made.history }, signal);
  if (!signal.aborted && made.divergedAt !== null) diverged(made.divergedAt);
}

/**
 * Go to a training step: a kept moment if there is one, else computed again from the last one before it.
 * @param {number} step
 * @param {'whole' | 'end'} [shown]  all at once, or after its last operation
 * @param {Partial<State>} [more]  what changes with it
 */
export function toStep(step, shown = 'whole', more = {}) {
  return moving(async (signal) => {
    store.set({ isPlaying: false, isTraining: false });
    const state = { ...store.get(), ...more };
    const from = state.history.frames.findLast((frame) => frame.step <= step);
    if (!from) return;
    const change = { isWhole: shown === 'whole', cursor: 0, trouble: null, ...more };
    if (from.step === step) await show(from, change, signal);
    else await run(state, from, step - from.step, change, signal);
    const { trace, now } = store.get();
    if (shown === 'end' && now?.step === step) store.set({ cursor: trace?.operations?.length ?? 0 });
  });
}

/** Make what is shown of the moment on screen again, after something it depends on was changed. @param {Partial<State>} [change] */
export function refresh(change = {}) {
  const { now } = store.get();
  return now ? asking((signal) => show(now, change, signal)) : Promise.resolve(false);
}

/**
 * Show where a run has come to, without a trace: the player does this many times a second.
 * @param {Moment} moment
 * @param {(number | null)[]} losses  those up to this moment
 * @param {State['survey']} survey
 * @param {Moment[]} [passed]  moments before it that were not shown
 */
export function showFrame(moment, losses, survey, passed = []) {
  const { history } = store.get();
  store.set({
    now: moment,
    trace: null,
    explanation: null,
    check: null,
    survey,
    isWhole: true,
    cursor: 0,
    trouble: null,
    history: withReading(
      { ...history, losses, frames: keep(history.frames, [...passed, moment]) },
      moment.step,
      survey,
    ),
  });
}

/** The numbers no longer fit: say when, and where it was best. @param {number} at */
export function diverged(at) {
  const { history } = store.get();
  store.set({
    isTraining: false,
    isPlaying: false,
    isLogarithmic: true, // on a linear axis the last steps would flatten all others
    trouble: divergence(history, at),
  });
  if (!store.get().trace) refresh();
}
