/** A page as its link asks for it: parts left out, and the query going along to the other language. */

import { setLocked, wishesOf } from '../lib/wishes.js';

/**
 * @param {Record<string, string>} [parts]  where on the page each part is that may be left out, by name
 * @returns {import('../lib/wishes.js').Wishes}
 */
export function grantWishes(parts = {}) {
  const wishes = wishesOf(location.search);
  setLocked(wishes.lock);
  for (const name of wishes.hide) {
    if (!Object.hasOwn(parts, name)) continue;
    for (const one of document.querySelectorAll(parts[name])) one.classList.add('is-left-out');
  }
  return wishes;
}
