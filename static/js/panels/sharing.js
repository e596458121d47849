/** Sharing: the button and its menu, a file dropped or a link pasted anywhere. What they do is loaded when wanted. */

import { later } from '../later.js';
import { byId } from '../dom.js';
import { mountMenu } from './menu.js';

/** Whether something that is dragged could be an experiment. @param {DragEvent} event */
const isPossible = (event) =>
  event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/plain') ?? false;

/** Where pasting means writing. @param {EventTarget | null} target */
const isField = (target) =>
  target instanceof Element &&
  target.closest(
    'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, [contenteditable]',
  ) !== null;

function mountDrop() {
  const target = byId('drop', HTMLElement);
  let depth = 0; // over how many elements, one in the other, it is
  const over = (/** @type {number} */ change) => {
    depth = Math.max(0, depth + change);
    target.hidden = depth === 0;
  };
  addEventListener('dragenter', (event) => isPossible(event) && over(1));
  addEventListener('dragleave', (event) => isPossible(event) && over(-1));
  addEventListener('dragover', (event) => isPossible(event) && event.preventDefault());
  addEventListener('drop', async (event) => {
    over(-depth);
    if (!isPossible(event) || isField(event.target)) return;
    event.preventDefault();
    const data = /** @type {DataTransfer} */ (event.dataTransfer);
    const [file, text] = [data.files[0], data.getData('text/plain')]; // both are gone after this event
    const { receiveFile, receiveText } = await later(() => import('./receiving.js'));
    if (file) receiveFile(file);
    else receiveText(text);
  });
}

function mountPaste() {
  addEventListener('paste', async (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text === '' || isField(event.target)) return;
    const { receiveText } = await later(() => import('./receiving.js'));
    receiveText(text);
  });
}

export function mountSharing() {
  mountMenu(async () => (await later(() => import('./share-menu.js'))).fillMenu);
  mountDrop();
  mountPaste();
}
