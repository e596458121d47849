/** The keyboard: one table for the handlers and for the dialog that lists them. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { msg, t } from '../lib/i18n.js';
import { GRANULARITIES } from '../lib/walk.js';
import { togglePlay } from '../player.js';
import { store } from '../state.js';
import { nudgeRate } from './rate.js';
import { presses } from './transport.js';

/** @param {() => unknown} press */
const stepping = (press) => () => {
  actions.pauseAll();
  press();
};

/** @typedef {{keys: string[], shown: string, does: string, action: (key: string) => unknown}} Binding */

/** @type {Binding[]} */
const BINDINGS = [
  { keys: ['ArrowRight'], shown: '→', does: msg('one step forward'), action: stepping(presses.forward) },
  { keys: ['ArrowLeft'], shown: '←', does: msg('one step back'), action: stepping(presses.back) },
  {
    keys: ['Shift+ArrowRight'],
    shown: 'Shift →',
    does: msg('one training step forward'),
    action: stepping(() => actions.trainStep(1)),
  },
  {
    keys: ['Shift+ArrowLeft'],
    shown: 'Shift ←',
    does: msg('one training step back'),
    action: stepping(() => actions.trainStep(-1)),
  },
  { keys: ['Home'], shown: 'Home', does: msg('to the start'), action: stepping(presses.first) },
  { keys: ['End'], shown: 'End', does: msg('to the end'), action: stepping(presses.last) },
  { keys: [' '], shown: msg('Space'), does: msg('play and pause'), action: togglePlay },
  {
    keys: ['r', 'R', 'к', 'К'],
    shown: 'R',
    does: msg('rewind to the same start'),
    action: () => actions.rewind(),
  },
  { keys: ['[', 'х', 'Х'], shown: '[', does: msg('lower learning rate'), action: () => nudgeRate(-1) },
  { keys: [']', 'ъ', 'Ъ'], shown: ']', does: msg('higher learning rate'), action: () => nudgeRate(1) },
  {
    keys: ['1', '2', '3', '4'],
    shown: '1 – 4',
    does: msg('one operation, layer, pass or training step at a time'),
    action: (key) => actions.choose({ granularity: GRANULARITIES[Number(key) - 1] }),
  },
  { keys: ['?'], shown: '?', does: msg('this list'), action: openKeys },
];

/** Where a key has a meaning of its own it keeps it. */
const OWN_KEYS =
  'input:not([type="checkbox"]):not([type="radio"]), select, textarea, dialog, [contenteditable], .sum-table';

/** @param {KeyboardEvent} event */
function isTaken(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (event.key === ' ' && target.closest('button, a, input, label')) return true;
  if (event.key.startsWith('Arrow') && target.closest('input[type="radio"]')) return true;
  return target.closest(OWN_KEYS) !== null;
}

function openKeys() {
  byId('keys', HTMLDialogElement).showModal();
}

export function mountKeys() {
  const list = byId('keys-list', HTMLElement);
  for (const { shown, does } of BINDINGS) {
    list.append(
      element('div', {}, element('dt', {}, element('kbd', {}, t(shown))), element('dd', {}, t(does))),
    );
  }
  byId('keys-open', HTMLButtonElement).addEventListener('click', openKeys);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event) || !store.get().now) return;
    const isArrow = event.key.startsWith('Arrow');
    const name = event.shiftKey && isArrow ? `Shift+${event.key}` : event.key;
    const binding = BINDINGS.find(({ keys }) => keys.includes(name));
    if (!binding) return;
    event.preventDefault();
    binding.action(event.key);
  });
}
