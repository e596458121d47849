/** The keyboard of the lab: one table for the handlers and for the dialog that lists them. */

import * as actions from '../actions.js';
import { msg } from '../lib/i18n.js';
import { GRANULARITIES } from '../lib/walk.js';
import { togglePlay } from '../player.js';
import { store } from '../state.js';
import { mountKeyTable, openKeys } from './key-table.js';
import { isProjected, setProjected } from './projector.js';
import { nudgeRate } from './rate.js';
import { presses } from './transport.js';

/** @param {() => unknown} press */
const stepping = (press) => () => {
  actions.pauseAll();
  press();
};

/** @type {import('./key-table.js').Binding[]} */
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

export function mountKeys() {
  mountKeyTable(BINDINGS, {
    isReady: () => store.get().now !== null,
    undo: () => actions.undo(),
    redo: () => actions.redo(),
  });
}
