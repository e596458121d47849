/** The page around the instruments: the tasks, the sheet of a phone, the log switch, links that keep the state. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { store } from '../state.js';
import { toHash } from '../url.js';

/** Milliseconds of rest before the address follows. */
const REST = 250;

function mountTasks() {
  const main = byId('main', HTMLElement);
  const buttons = [...main.querySelectorAll('[data-task-choice]')].filter(
    (one) => one instanceof HTMLButtonElement,
  );
  for (const button of buttons) {
    button.addEventListener('click', () =>
      actions.choose({ task: /** @type {'step' | 'train'} */ (button.dataset.taskChoice) }),
    );
  }
  store.subscribe(({ task }) => {
    main.dataset.task = task;
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(button.dataset.taskChoice === task));
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

function mountAddress() {
  const links = [...document.querySelectorAll('a[data-language]')].filter(
    (one) => one instanceof HTMLAnchorElement,
  );
  for (const link of links) {
    link.addEventListener('click', () => {
      if (store.get().now) link.hash = toHash(store.get());
    });
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.subscribe((state) => {
    if (!state.now || state.isTraining) return;
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', toHash(store.get())), REST);
  });
}

export function mountPage() {
  mountTasks();
  mountSheet();
  mountAddress();
  const logarithmic = byId('logarithmic', HTMLInputElement);
  store.subscribe(({ isLogarithmic }) => {
    logarithmic.checked = isLogarithmic;
  });
  logarithmic.addEventListener('change', () => actions.choose({ isLogarithmic: logarithmic.checked }));
}
