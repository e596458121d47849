/** The page around the instruments: the tasks, undo, the sheet of a phone, an address that is the state. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { t } from '../lib/i18n.js';
import { keep } from '../kept.js';
import { store } from '../state.js';
import { KEPT, fits, toHash, toText } from '../url.js';

/** Milliseconds of rest before the address follows. */
const REST = 250;

function mountTasks() {
  const main = byId('main', HTMLElement);
  const choices = [...main.querySelectorAll('input[name="task"]')].filter(
    (one) => one instanceof HTMLInputElement,
  );
  for (const choice of choices) {
    choice.addEventListener('change', () =>
      actions.choose({ task: /** @type {import('../state.js').Task} */ (choice.value) }),
    );
  }
  store.subscribe(({ task }) => {
    main.dataset.task = task;
    for (const choice of choices) choice.checked = choice.value === task;
  });
}

/**
 * A button that undoes or does again, and says what.
 * @param {'undo' | 'redo'} id
 * @param {(state: import('../state.js').State) => string} nameOf
 */
function mountUndo(id, nameOf) {
  const button = byId(id, HTMLButtonElement);
  const label = /** @type {HTMLElement} */ (button.querySelector('.visually-hidden'));
  button.addEventListener('click', () => actions[id]());
  store.subscribe((state) => {
    const isEmpty = state[`${id}able`].length === 0;
    // A disabled button would throw the focus away from under the fingers.
    if (isEmpty && document.activeElement === button)
      byId(id === 'undo' ? 'redo' : 'undo', HTMLElement).focus();
    button.disabled = isEmpty;
    label.textContent = nameOf(state);
    button.title = label.textContent;
  });
}

function mountSheet() {
  const side = byId('side', HTMLElement);
  const handle = byId('sheet', HTMLButtonElement);
  handle.addEventListener('click', () => {
    const isOpen = side.classList.toggle('is-open');
    handle.setAttribute('aria-expanded', String(isOpen));
  });
}

/** The address of what is on screen; where it is too long for one, the browser keeps it, for this tab. */
function address() {
  const state = store.get();
  const hash = toHash(state);
  if (fits(location.origin + location.pathname + location.search + hash)) return hash;
  return keep(toText(state)) ? KEPT : '';
}

function mountAddress() {
  const links = [...document.querySelectorAll('a[data-language]')].filter(
    (one) => one instanceof HTMLAnchorElement,
  );
  for (const link of links) {
    link.addEventListener('click', () => {
      link.search = location.search;
      if (store.get().now) link.hash = address();
    });
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.subscribe((state) => {
    if (!state.now || state.isTraining) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => history.replaceState(null, '', location.pathname + location.search + address()),
      REST,
    );
  });
}

export function mountPage() {
  mountTasks();
  mountUndo('undo', ({ undoable }) => {
    const what = undoable.at(-1);
    return what ? t('Undo: {what}', { what }) : t('Undo');
  });
  mountUndo('redo', ({ redoable }) => {
    const what = redoable.at(-1);
    return what ? t('Redo: {what}', { what }) : t('Redo');
  });
  mountSheet();
  mountAddress();
}
