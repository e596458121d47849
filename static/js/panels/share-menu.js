/** What the share menu holds: the experiment as a link, as text and as a file; what a class needs. */

import { byId, element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { later } from '../later.js';
import { store } from '../state.js';
import { fits, toHash, toText } from '../url.js';
import { receiveFile } from './receiving.js';
import { choice, closing, item, projectorChoice } from './menu.js';
import { copy } from './copying.js';
import { say } from './toast.js';

/** What the file is called, after the example and the step. */
function fileName() {
  const { preset, now } = store.get();
  return `backstep-${preset || 'experiment'}-${now?.step ?? 0}.json`;
}

function save() {
  const url = URL.createObjectURL(new Blob([toText(store.get())], { type: 'application/json' }));
  element('a', { href: url, download: fileName() }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return fileName();
}

function copyLink() {
  const address = location.origin + location.pathname + toHash(store.get());
  if (fits(address))
    return copy(address, t('The link is copied: it opens the same numbers, to the last bit.'));
  const name = save();
  return say(
    t('This experiment is too long for an address, so it was saved as a file instead: {name}.', { name }),
  );
}

function opener() {
  const input = /** @type {HTMLInputElement} */ (
    element('input', { type: 'file', accept: '.json,application/json', hidden: '', id: 'share-file' })
  );
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) receiveFile(file);
    input.value = ''; // so that the same file can be opened again
  });
  return input;
}

async function setSound(/** @type {boolean} */ isOn) {
  const { playLoss } = await later(() => import('./sound.js'));
  playLoss(isOn);
}

let isFilled = false;

/** Make the menu, the first time that it is opened. @param {() => void} close */
export function fillMenu(close) {
  if (isFilled) return;
  isFilled = true;
  const then = closing(close);
  const input = opener();
  const projector = projectorChoice(then);
  byId('share-menu', HTMLElement).append(
    item(t('Copy link'), then(copyLink), 'share-link'),
    item(
      t('Copy as JSON'),
      then(() => copy(toText(store.get()), t('The experiment is copied as JSON.'))),
      'share-json',
    ),
    item(
      t('Save as file'),
      then(() => say(t('Saved as {name}.', { name: save() }))),
      'share-save',
    ),
    item(
      t('Open a file…'),
      then(() => input.click()),
      'share-open',
    ),
    input,
    element('p', { class: 'share-note' }, t('A file can be dropped anywhere, a link pasted anywhere.')),
    element('hr'),
    choice(t('Loss as sound'), false, setSound, 'share-sound'),
    projector,
    item(
      t('Print'),
      then(() => print()),
      'share-print',
    ),
  );
}
