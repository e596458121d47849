/** The menu of a page behind its button, and what stands in it. */

import { byId, element } from '../dom.js';

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

/** @param {() => Promise<(close: () => void) => void>} load  returns what fills the menu, when it is first wanted */
export function mountMenu(load) {
  const button = byId('share', HTMLButtonElement);
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
