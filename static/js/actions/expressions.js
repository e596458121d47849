/** Formulas of a lesson: what is asked about them, the walk through them, and the only writer of their state. */

import * as api from '../api.js';
import { namesIn } from '../lib/expression/names.js';
import { stepsOf } from '../lib/expression/walk.js';
import { store } from '../lesson-state.js';

/** @typedef {import('../lesson-state.js').ExpressionState} ExpressionState */
/** @typedef {import('../lib/wire.js').ExpressionAnswer} Answer */

/** What a value is before anybody has said it. */
const FIRST = 1;

/** @param {number} place */
const stateAt = (place) => /** @type {ExpressionState} */ (store.get().expressions[place]);

/** @param {number} place @param {Partial<ExpressionState>} change */
function put(place, change) {
  const { expressions } = store.get();
  store.set({ expressions: { ...expressions, [place]: { ...stateAt(place), ...change } } });
}

/** @param {number} place @param {{text: string, values: Record<string, number>}} formula */
export function beginExpression(place, { text, values }) {
  put(place, { text, values, step: 0, isStale: true, found: null, problem: null });
  return compute(place);
}

/** Another formula: what is shown is stale until it is read; new names begin with a value. @param {number} place @param {string} text */
export function writeFormula(place, text) {
  const { text: before, values } = stateAt(place);
  if (text === before) return;
  const fresh = namesIn(text).filter((name) => !Object.hasOwn(values, name));
  const added = Object.fromEntries(fresh.map((name) => [name, FIRST]));
  put(place, { text, values: { ...values, ...added }, isStale: true, problem: null });
  compute(place);
}

/** @param {number} place @param {string} name @param {number} value */
export function setValue(place, name, value) {
  put(place, { values: { ...stateAt(place).values, [name]: value }, isStale: true });
  compute(place);
}

/** Go to a step of the walk, as far as there are any. @param {number} place @param {number} step */
export function toStep(place, step) {
  const { found, isStale, step: before } = stateAt(place);
  if (!found || isStale) return;
  const kept = Math.min(Math.max(step, 0), stepsOf(found).length);
  if (kept !== before) put(place, { step: kept });
}

/** Whether two formulas have the same graph, so that the walk can stay where it is. @param {Answer | null} one @param {Answer} other */
const isSame = (one, other) =>
  one !== null &&
  one.nodes.length === other.nodes.length &&
  one.nodes.every(({ label }, index) => label === other.nodes[index].label);

/** @type {Map<number, AbortController>} */
const asking = new Map();

/** Ask for the graph with all its numbers; an older question is given up. @param {number} place */
async function compute(place) {
  asking.get(place)?.abort();
  const own = new AbortController();
  asking.set(place, own);
  const { text, values } = stateAt(place);
  const used = Object.fromEntries(namesIn(text).map((name) => [name, values[name]]));
  try {
    const found = await api.expression({ expression: text, values: used }, own.signal);
    if (own.signal.aborted) return;
    const { found: before, step } = stateAt(place);
    put(place, { found, isStale: false, problem: null, step: isSame(before, found) ? step : 0 });
  } catch (error) {
    if (own.signal.aborted) return;
    if (!(error instanceof api.Refused)) throw error;
    const [{ type, loc }] = error.problems;
    const at = loc.at(-1);
    put(place, { problem: { kind: type, at: typeof at === 'number' ? at : 0, words: error.message } });
  }
}
