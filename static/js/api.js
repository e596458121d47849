/**
 * The only way to the server. A request that finds no server, or a busy one, waits and tries again;
 * one that is no longer wanted is aborted by its signal.
 */

import { t } from './lib/i18n.js';

/** @typedef {{msg: string, loc: (string | number)[], type: string}} Problem */

/** The server refused the request: `message` says why, in its own words; `field` is the first that it names. */
export class Refused extends Error {
  /** @param {Problem[]} problems */
  constructor(problems) {
    super(problems.map(({ msg }) => msg).join(' '));
    this.problems = problems;
    this.field = problems[0]?.loc?.findLast((part) => part !== 'body') ?? null;
  }
}

/** Codes of who asks to come again: we, and what may stand before us and counts requests. */
const BUSY = new Set([408, 425, 429, 503]);
const FIRST_WAIT = 1;
const LONGEST_WAIT = 15;

/** @typedef {(waiting: {kind: 'offline' | 'busy', seconds: number} | null) => void} Listener */

/** @type {Set<Listener>} */
const listeners = new Set();

/** @param {Listener} listener  hears when an answer has to be waited for, and when it has come */
export function whenWaiting(listener) {
  listeners.add(listener);
}

/** @type {Listener} */
const onWaiting = (waiting) => listeners.forEach((listener) => listener(waiting));

/**
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/**
 * @param {string} path
 * @param {object} body
 * @param {AbortSignal} signal
 */
async function once(path, body, signal) {
  let response;
  let answer;
  try {
    response = await fetch(`/api/${path}`, {
      method: 'POST',
      // A refusal is a sentence, and is to be in the language of the page, whatever the browser's is.
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': document.documentElement.lang || 'en',
      },
      body: JSON.stringify(body),
      signal,
    });
    if (BUSY.has(response.status)) return { waitFor: /** @type {const} */ ('busy') };
    if (response.status >= 500) return { waitFor: /** @type {const} */ ('offline') };
    answer = await (response.ok ? response.json() : problemsOf(response));
  } catch (error) {
    // No server, or an answer that was cut off on its way: both are worth another try.
    if (signal.aborted) throw error;
    return { waitFor: /** @type {const} */ ('offline') };
  }
  if (response.ok) return { answer };
  throw new Refused(answer);
}

/**
 * Why a request was refused: in the words of our server, or of what stands before it, which has other words.
 * @param {Response} response
 * @returns {Promise<Problem[]>}
 */
async function problemsOf(response) {
  const { detail } = (await response.json().catch(() => null)) ?? {};
  const isOurs =
    Array.isArray(detail) && detail.length > 0 && detail.every((one) => typeof one?.msg === 'string');
  if (isOurs) return detail;
  const msg = t('Something between this page and its server refused the request (code {status}).', {
    status: response.status,
  });
  return [{ msg, loc: [], type: 'between' }];
}

/**
 * Post and return the answer; throws `Refused`, or the signal's reason when aborted.
 * @param {string} path
 * @param {object} body
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
async function post(path, body, signal) {
  for (let wait = FIRST_WAIT, tries = 0; ; wait = Math.min(2 * wait, LONGEST_WAIT), tries += 1) {
    const { answer, waitFor } = await once(path, body, signal);
    if (waitFor === undefined) {
      if (tries > 0) onWaiting(null);
      return answer;
    }
    onWaiting({ kind: waitFor, seconds: wait });
    try {
      await pause(wait, signal);
    } catch (error) {
      onWaiting(null); // nobody waits for this answer any more
      throw error;
    }
  }
}

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').TraceAnswer>} */
export const trace = (body, signal) => post('trace', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').TrainAnswer>} */
export const train = (body, signal) => post('train', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').FirstParameters>} */
export const parameters = (body, signal) => post('parameters', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').DatasetAnswer>} */
export const dataset = (body, signal) => post('dataset', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').SurveyAnswer>} */
export const survey = (body, signal) => post('survey', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').ExplainAnswer>} */
export const explain = (body, signal) => post('explain', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').LandscapeAnswer>} */
export const landscape = (body, signal) => post('landscape', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').CurvatureAnswer>} */
export const curvature = (body, signal) => post('curvature', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').SlopeAnswer>} */
export const slope = (body, signal) => post('slope', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').StepSizesAnswer>} */
export const stepSizes = (body, signal) => post('step-sizes', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').RatesAnswer>} */
export const rates = (body, signal) => post('rates', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').SurfaceGridAnswer>} */
export const surface = (body, signal) => post('surface', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').DescentAnswer>} */
export const descent = (body, signal) => post('descent', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').DetectorAnswer>} */
export const detector = (body, signal) => post('detector', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').QuestionAnswer>} */
export const question = (body, signal) => post('question', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').VerdictAnswer>} */
export const answer = (body, signal) => post('answer', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').TangentAnswer>} */
export const tangent = (body, signal) => post('tangent', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').ExpressionAnswer>} */
export const expression = (body, signal) => post('expression', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').SymmetryAnswer>} */
export const symmetry = (body, signal) => post('symmetry', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').SabotageAnswer>} */
export const sabotage = (body, signal) => post('sabotage', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').SabotageVerdictAnswer>} */
export const sabotageVerdict = (body, signal) => post('sabotage/verdict', body, signal);
/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').PassAnswer>} */
export const pass = (body, signal) => post('pass', body, signal);

/** @param {object} body @param {AbortSignal} signal @returns {Promise<import('./lib/wire.js').PassVerdict>} */
export const passAnswer = (body, signal) => post('pass/answer', body, signal);
