/** The keyboard: one table for the handlers and for the dialog that lists them. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { msg, t } from '../lib/i18n.js';
import { GRANULARITIES } from '../lib/walk.js';
import { togglePlay } from '../player.js';
import { store } from '../state.js';
import { isProjected, setProjected } from './projector.js';
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
    keys: ['1', '2', '3', '4', '5'],
    shown: '1 – 5',
    does: msg('one operation, unit, layer, pass or training step at a time'),
    action: (key) => actions.choose({ granularity: GRANULARITIES[Number(key) - 1] }),
  },
  { keys: [], shown: 'Ctrl Z', does: msg('undo; with Shift, redo'), action: actions.undo },
  {
    keys: ['p', 'P', 'з', 'З'],
    shown: 'P',
    does: msg('projector: large and plain'),
    action: () => setProjected(!isProjected()),
  },
  { keys: ['?'], shown: '?', does: msg('this list'), action: openKeys },
];

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

function openKeys() {
  byId('keys', HTMLDialogElement).showModal();
}

/** Undo and redo, by the letter's place: a Russian keyboard has я there. @param {KeyboardEvent} event */
function undoKey(event) {
  if (event.code !== 'KeyZ' && event.code !== 'KeyY') return;
  event.preventDefault();
  if (event.code === 'KeyY' || event.shiftKey) actions.redo();
  else actions.undo();
}

export function mountKeys() {
  const list = byId('keys-list', HTMLElement);
  for (const { shown, does } of BINDINGS) {
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
    if ((event.ctrlKey || event.metaKey) && !isTaken(event)) undoKey(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event) || !store.get().now) return;
    const isArrow = event.key.startsWith('Arrow');
    const name = event.shiftKey && isArrow ? `Shift+${event.key}` : event.key;
    const binding = BINDINGS.find(({ keys }) => keys.includes(name));
    if (!binding) return;
    event.preventDefault();
    binding.action(event.key);
  });
}
