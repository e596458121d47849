/** A word after something was done: seen for a while, and spoken. */

import { byId } from '../dom.js';

/** Milliseconds that a word stays, and more for each letter of it. */
const SHORTEST = 2500;
const PER_LETTER = 60;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} sentence */
export function say(sentence) {
  const toast = byId('toast', HTMLElement);
  clearTimeout(timer);
  toast.textContent = sentence;
  timer = setTimeout(() => toast.replaceChildren(), SHORTEST + PER_LETTER * sentence.length);
}
