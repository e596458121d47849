/** The line at the top: what is set up, in one sentence; the button that opens the drawer; the example followed. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { followed } from '../lib/queries.js';
import { partsOf, titleOf } from '../lib/summary.js';
import { later } from '../later.js';
import { store } from '../state.js';

/** One line that says it all. @param {import('../state.js').State} state */
function summary(state) {
  const { catalog, preset, experiment } = state;
  if (!catalog || !experiment) return [];
  return [
    element('strong', {}, titleOf(catalog, preset, experiment)),
    ...partsOf(state).map((part) => ` · ${part}`),
  ];
}

export function mountSummary() {
  const panel = byId('setup', HTMLElement);
  const toggle = byId('setup-toggle', HTMLButtonElement);
  const line = byId('summary', HTMLElement);
  toggle.addEventListener('click', async () => {
    const { fillSetup } = await later(() => import('./setup.js'));
    fillSetup();
    panel.hidden = !panel.hidden;
    toggle.setAttribute('aria-expanded', String(!panel.hidden));
    toggle.textContent = panel.hidden ? t('Change') : t('Close');
  });
  store.subscribe((state) => line.replaceChildren(...summary(state)));
}

/** Which example is followed, of the batch, and which row of the data that is. @param {import('../state.js').State} state */
function exampleLabel(state) {
  const { trace, now } = state;
  const at = followed(state, now?.step ?? 0);
  const values = { number: count(at + 1), count: count(trace?.inputs.length ?? 0) };
  const row = trace?.indices?.[at];
  return row === undefined || row === at
    ? t('example {number} of {count}', values)
    : t('example {number} of {count} · row {row} of all', { ...values, row: count(row + 1) });
}

/** Which example is followed, and the next and the one before. */
export function mountExample() {
  const box = byId('example', HTMLElement);
  const label = byId('example-label', HTMLElement);
  const [before, after] = [byId('example-back', HTMLButtonElement), byId('example-next', HTMLButtonElement)];
  const move = (/** @type {number} */ by) => {
    const state = store.get();
    const rows = state.trace?.inputs.length ?? 1;
    actions.setExample((followed(state, state.now?.step ?? 0) + by + rows) % rows);
  };
  before.addEventListener('click', () => move(-1));
  after.addEventListener('click', () => move(1));
  store.subscribe((state) => {
    box.hidden = (state.trace?.inputs.length ?? 0) < 2 || state.isTraining;
    if (!box.hidden) label.textContent = exampleLabel(state);
  });
}

/** The network can be edited on its picture: what that takes is loaded when it is wanted. */
export function mountEditing() {
  const button = byId('edit-network', HTMLButtonElement);
  button.addEventListener('click', async () => {
    const { setEditing } = await later(() => import('./edit-network.js'));
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isOn));
    setEditing(isOn);
  });
}
