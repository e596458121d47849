/** The page around the instruments: the tasks, undo, the sheet of a phone, an address that is the state. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { t } from '../lib/i18n.js';
import { keep } from '../kept.js';
import { store } from '../state.js';
import { KEPT, fits, toHash, toText } from '../url.js';
import { mountAddress } from './address.js';
import { mountUndo } from './undo.js';

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

/** Undo and redo, with what they would do. */
export function mountUndoing() {
  mountUndo(store, {
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    names: ({ undoable, redoable }) => {
      const [undone, redone] = [undoable.at(-1), redoable.at(-1)];
      return {
        undo: undone ? t('Undo: {what}', { what: undone }) : t('Undo'),
        redo: redone ? t('Redo: {what}', { what: redone }) : t('Redo'),
      };
    },
  });
}

export function mountPage() {
  mountTasks();
  mountUndoing();
  mountSheet();
  mountAddress(store, {
    address,
    isThere: ({ now }) => now !== null,
    isAtRest: ({ isTraining }) => !isTraining,
  });
}
