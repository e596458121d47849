/** The menu of a page behind its button, and what stands in it. */

import { byId, element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { isProjected, setProjected } from './projector.js';

/** @param {string} label @param {() => unknown} action @param {string} id */
export function item(label, action, id) {
  const button = element('button', { type: 'button', class: 'share-item', id }, label);
  button.addEventListener('click', action);
  return button;
}

/** @param {string} label @param {boolean} isOn @param {(isOn: boolean) => unknown} action @param {string} id */
export function choice(label, isOn, action, id) {
  const box = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', id }));
  box.checked = isOn;
  box.addEventListener('change', () => action(box.checked));
  return element('label', { class: 'switch share-item' }, box, element('span', {}, label));
}

/** What is done after the menu was closed, with the focus back on its button. @param {() => void} close */
export const closing = (close) => (/** @type {() => unknown} */ action) => () => {
  close();
  byId('share', HTMLElement).focus();
  action();
};

/** The switch of projector mode. @param {ReturnType<typeof closing>} then */
export function projectorChoice(then) {
  const made = choice(
    t('Projector: large and plain'),
    isProjected(),
    then(() => setProjected(!isProjected())),
    'share-projector',
  );
  addEventListener('themechange', () => {
    /** @type {HTMLInputElement} */ (made.querySelector('input')).checked = isProjected();
  });
  return made;
}

/** @param {() => Promise<(close: () => void) => void>} load  returns what fills the menu, when it is first wanted */
export function mountMenu(load) {
  const button = document.getElementById('share');
  if (!button) return; // in somebody else's page: a sandbox lets nothing out
  const menu = byId('share-menu', HTMLElement);
  let isFilled = false;
  let isWanted = false;
  const show = (/** @type {boolean} */ isOpen) => {
    isWanted = isOpen;
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  };
  button.addEventListener('click', async () => {
    if (!isFilled) {
      isWanted = true;
      const fill = await load();
      if (!isFilled) fill(() => show(false));
      isFilled = true;
      if (!isWanted) return; // one has clicked elsewhere meanwhile
    }
    show(menu.hidden !== false);
  });
  addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !menu.contains(target) && !button.contains(target)) show(false);
  });
  for (const part of [button, menu]) {
    part.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || menu.hidden) return;
      event.stopPropagation();
      show(false);
      button.focus();
    });
    part.addEventListener('focusout', ({ relatedTarget: to }) => {
      if (to instanceof Node && !menu.contains(to) && !button.contains(to)) show(false);
    });
  }
}
