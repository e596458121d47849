/** The page that makes links: a link needs no script, only the button that copies it; its words are in the page. */

import { byId } from './dom.js';
import { copy } from './panels/copying.js';

for (const button of document.querySelectorAll('[data-copies]')) {
  const { copies, done, failed } = /** @type {Record<string, string>} */ (
    /** @type {HTMLElement} */ (button).dataset
  );
  /** @type {HTMLElement} */ (button).hidden = false;
  button.addEventListener('click', () => copy(byId(copies, HTMLElement).textContent ?? '', done, failed));
}
