/** What the first view does not need comes when it is wanted: scripts, and the messages that only they speak. */

import { addMessages } from './lib/i18n.js';

let address = '';
/** @type {Promise<void> | null} */
let coming = null;

/** @param {string} url  of the other messages; empty if there are none */
export function expectMessages(url) {
  address = url;
}

async function fetchMessages() {
  if (address === '') return;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.statusText);
    addMessages(await response.json());
  } catch {
    coming = null; // without them the words are English; they are asked for again with the next script
  }
}

/**
 * Load a script with its words.
 * @template Module
 * @param {() => Promise<Module>} load
 * @returns {Promise<Module>}
 */
export async function later(load) {
  coming ??= fetchMessages();
  const [module] = await Promise.all([load(), coming]);
  return module;
}

/**
 * Let style sheets in that the first view does without; they keep their places among the others.
 * @param {...string} names  as their links have them
 */
export function dress(...names) {
  const links = names.map((name) => document.querySelector(`link[data-sheet='${name}'][disabled]`));
  return Promise.all(links.map((link) => link && fetched(/** @type {HTMLLinkElement} */ (link))));
}

/** @param {HTMLLinkElement} link @returns {Promise<void>} */
function fetched(link) {
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve(), { once: true });
    link.addEventListener(
      'error',
      () => {
        link.setAttribute('disabled', ''); // to be asked for again
        reject(new Error(link.href));
      },
      { once: true },
    );
    link.disabled = false;
    link.removeAttribute('disabled');
  });
}
