/** What is told after a prediction or a task: its place on the page, and the facts of that moment in it. */

import { byId } from '../dom.js';
import { number } from '../lib/format.js';

/** @typedef {import('./conditions.js').Facts} Facts */

/** @param {string} name @param {string} part */
export const partOf = (name, part) =>
  /** @type {HTMLElement} */ (byId(`q-${name}`, HTMLElement).querySelector(`[data-part="${part}"]`));

/** Some facts as they are now. @param {string[]} names @param {Facts} facts @returns {Record<string, number>} */
export const takeFacts = (names, facts) =>
  Object.fromEntries(
    names.flatMap((name) => (typeof facts[name] === 'number' ? [[name, Number(facts[name])]] : [])),
  );

/** What is told speaks of the moment it was told: it keeps the numbers of then. @param {string} name @param {Record<string, number>} facts */
export function fillFacts(name, facts) {
  for (const place of byId(`q-${name}`, HTMLElement).querySelectorAll('[data-fact]')) {
    const value = facts[/** @type {HTMLElement} */ (place).dataset.fact ?? ''];
    place.textContent = value === undefined ? '—' : number(value);
  }
}
