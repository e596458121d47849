/** A page's keys: what they do, the dialog that lists them, and where they are left alone. */

import { byId, element } from '../dom.js';
import { t } from '../lib/i18n.js';

/**
 * @typedef {{keys: string[], shown: string, does: string, action: (key: string) => unknown}} Binding
 * @typedef {{isReady: () => boolean, undo: () => unknown, redo: () => unknown}} Page
 */

/** Where a key has a meaning of its own it keeps it. */
const OWN_KEYS =
  'input:not([type="checkbox"]):not([type="radio"]), select, textarea, dialog, [contenteditable], .sum-table';

/** The choice that was last made by a press, and still has the focus: whoever pressed it means to step on. @type {EventTarget | null} */
let pressed = null;

/** @param {KeyboardEvent} event */
function isTaken(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (event.key === ' ' && target.closest('button, a, input, label')) return true;
  if (event.key.startsWith('Arrow') && target.closest('input[type="radio"]')) return target !== pressed;
  return target.closest(OWN_KEYS) !== null;
}

export function openKeys() {
  byId('keys', HTMLDialogElement).showModal();
}

/** Undo and redo, by the letter's place: a Russian keyboard has я there. @param {KeyboardEvent} event @param {Page} page */
function undoKey(event, { undo, redo }) {
  if (event.code !== 'KeyZ' && event.code !== 'KeyY') return;
  event.preventDefault();
  if (event.code === 'KeyY' || event.shiftKey) redo();
  else undo();
}

/** @param {Binding[]} bindings @param {Page} page */
export function mountKeyTable(bindings, page) {
  const list = byId('keys-list', HTMLElement);
  for (const { shown, does } of bindings) {
    list.append(
      element('div', {}, element('dt', {}, element('kbd', {}, t(shown))), element('dd', {}, t(does))),
    );
  }
  byId('keys-open', HTMLButtonElement).addEventListener('click', openKeys);
  addEventListener('click', ({ target, detail }) => {
    pressed = detail > 0 ? target : null; // arrows that choose make clicks too, of no count
  });
  addEventListener('focusin', ({ target }) => {
    if (target !== pressed) pressed = null;
  });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !isTaken(event)) undoKey(event, page);
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event) || !page.isReady()) return;
    const isArrow = event.key.startsWith('Arrow');
    const name = event.shiftKey && isArrow ? `Shift+${event.key}` : event.key;
    const binding = bindings.find(({ keys }) => keys.includes(name));
    if (!binding) return;
    event.preventDefault();
    binding.action(event.key);
  });
}
