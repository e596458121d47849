/** What can be done with a pass that has blanks: the only writer of its part of a lesson's state. */

import * as api from '../api.js';
import { store } from '../lesson-state.js';
import { EMPTY, blankOf } from '../lib/faded/sheet.js';
import { parse } from '../lib/format.js';

/**
 * @typedef {import('../lib/faded/sheet.js').Sheet} Sheet
 * @typedef {import('../lib/faded/sheet.js').Blank} Blank
 * @typedef {import('../lib/faded/sheet.js').Level} Level
 */

const SEEDS = 100_000;

/** @param {number} place */
const sheetAt = (place) => /** @type {Sheet} */ (store.get().faded[place]);

/** @param {number} place @param {Partial<Sheet>} change */
function put(place, change) {
  const { faded } = store.get();
  store.set({ faded: { ...faded, [place]: { ...sheetAt(place), ...change } } });
}

/** @param {number} place @param {string} name @param {Partial<Blank>} change */
function putBlank(place, name, change) {
  const sheet = sheetAt(place);
  put(place, { blanks: { ...sheet.blanks, [name]: { ...blankOf(sheet, name), ...change } } });
}

/** @param {number} place @param {number} seed @param {Level} level */
export function beginFaded(place, seed, level) {
  /** @type {Sheet} */
  const sheet = {
    ...{ seed, first: seed, level, weights: 'old', isCompared: false, isWaiting: true, pass: null },
    ...{ blanks: {}, slips: 0, focused: null },
  };
  store.set({ faded: { ...store.get().faded, [place]: sheet } });
  load(place);
}

/** @type {Map<number, AbortController>} */
const asking = new Map();

/** Ask for the lines of the seed and level that are wanted; an older question is given up. @param {number} place */
async function load(place) {
  asking.get(place)?.abort();
  const own = new AbortController();
  asking.set(place, own);
  const { seed, level } = sheetAt(place);
  try {
    const pass = await api.pass({ seed, blanks: level }, own.signal);
    if (!own.signal.aborted) put(place, { pass, isWaiting: false });
  } catch (error) {
    if (!own.signal.aborted) throw error;
  }
}

/** Begin anew with the numbers of a seed. @param {number} place @param {number} seed */
function turnTo(place, seed) {
  put(place, {
    seed,
    blanks: {},
    slips: 0,
    focused: null,
    isCompared: false,
    weights: 'old',
    isWaiting: true,
  });
  load(place);
}

/** Other numbers, never the same twice in a row. @param {number} place */
export function drawOthers(place) {
  const { seed } = sheetAt(place);
  const drawn = 1 + Math.floor(Math.random() * SEEDS);
  turnTo(place, drawn === seed ? drawn + 1 : drawn);
}

/** Back to the numbers the lesson begins with. @param {number} place */
export const drawFirst = (place) => turnTo(place, sheetAt(place).first);

/** More blanks or fewer; what was filled in stays so. @param {number} place @param {Level} level */
export function setLevel(place, level) {
  put(place, { level, focused: null, isWaiting: true });
  load(place);
}

/** Which output weights the error comes back through. @param {number} place @param {import('../lib/faded/sheet.js').Weights} weights */
export const setWeights = (place, weights) =>
  put(place, { weights, isCompared: sheetAt(place).isCompared || weights === 'updated' });

/** @param {number} place @param {string} name  of the blank one is at */
export const focusOn = (place, name) => {
  if (sheetAt(place).focused !== name) put(place, { focused: name });
};

/** Keep what was typed. @param {number} place @param {string} name @param {string} text */
export const typeInto = (place, name, text) => {
  if (blankOf(sheetAt(place), name).text !== text) putBlank(place, name, { text });
};

/** Have what was typed judged. @param {number} place @param {string} name @param {string} text */
export async function check(place, name, text) {
  const answer = parse(text);
  if (Number.isNaN(answer)) {
    putBlank(place, name, { text, said: 'no number', slips: [] });
    return;
  }
  await judge(place, name, text, answer);
}

/** Give one blank up, on purpose. @param {number} place @param {string} name */
export const show = (place, name) => judge(place, name, '', null);

/** @param {number} place @param {string} name @param {string} text @param {number | null} answer */
async function judge(place, name, text, answer) {
  const { seed } = sheetAt(place);
  if (sheetAt(place).isWaiting || blankOf(sheetAt(place), name).isAsking) return;
  putBlank(place, name, { text, isAsking: true });
  const verdict = await api.passAnswer({ seed, blank: name, answer }, new AbortController().signal);
  const now = sheetAt(place);
  if (now.seed !== seed) return; // other numbers were asked for meanwhile
  if (verdict.value !== null) {
    const status = verdict.is_right ? 'right' : 'shown';
    putBlank(place, name, { ...EMPTY, status, value: verdict.value });
    return;
  }
  const slips = verdict.slips.map(({ label }) => label);
  const hasFormula = blankOf(now, name).hasFormula || slips.length === 0;
  if (slips.length > 0) put(place, { slips: now.slips + 1 });
  putBlank(place, name, { said: slips.length > 0 ? 'slip' : 'wrong', slips, hasFormula, isAsking: false });
}
