/** The buttons that undo and do again, and say what. */

import { byId } from '../dom.js';

/**
 * @template {{undoable: unknown[], redoable: unknown[]}} State
 * @param {{subscribe: (listener: (state: State) => void) => unknown}} store
 * @param {{undo: () => void, redo: () => void, names: (state: State) => {undo: string, redo: string}}} how
 */
export function mountUndo(store, { names, ...presses }) {
  for (const id of /** @type {const} */ (['undo', 'redo'])) {
    const button = byId(id, HTMLButtonElement);
    const label = /** @type {HTMLElement} */ (button.querySelector('.visually-hidden'));
    button.addEventListener('click', () => presses[id]());
    store.subscribe((state) => {
      const isEmpty = state[`${id}able`].length === 0;
      // A disabled button would throw the focus away from under the fingers.
      if (isEmpty && document.activeElement === button)
        byId(id === 'undo' ? 'redo' : 'undo', HTMLElement).focus();
      button.disabled = isEmpty;
      label.textContent = names(state)[id];
      button.title = label.textContent;
    });
  }
}
