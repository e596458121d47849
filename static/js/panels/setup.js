/** The set-up drawer: all that can be chosen, as the catalog has it. What is changed shows at once. */

import { byId, element } from '../dom.js';
import { msg, t } from '../lib/i18n.js';
import { store } from '../state.js';
import { forgetRefused, menu, note, told } from './setup/controls.js';
import { dataPart } from './setup/data.js';
import { networkPart } from './setup/network.js';
import { refill } from './setup/patch.js';
import { startPart } from './setup/start.js';
import { lossPart, trainingPart } from './setup/training.js';
import { asked, openPreset, whenWanted } from './setup/wanted.js';

/** @typedef {import('../lib/wire.js').CatalogAnswer} Catalog */
/** @typedef {import('../state.js').Experiment} Experiment */

/** What the groups of examples are called. @type {Record<string, string>} */
const GROUPS = {
  start: msg('To begin with'),
  gates: msg('Gates'),
  points: msg('Points in the plane'),
  curves: msg('Curves'),
  pictures: msg('Pictures'),
  history: msg('From history'),
  broken: msg('Broken on purpose'),
};
const CHANGED = '';

/** @param {Catalog} catalog @param {Experiment} experiment @param {string} preset */
function example(catalog, experiment, preset) {
  const row = catalog.presets.find(({ name }) => name === preset);
  const isChanged = JSON.stringify(row?.experiment) !== JSON.stringify(experiment);
  const groups = [...new Set(catalog.presets.map(({ group }) => group))];
  const rows = new Map(
    groups.map((group) => [
      t(GROUPS[group] ?? group),
      told(catalog.presets.filter((one) => one.group === group)),
    ]),
  );
  if (isChanged) {
    const label = row ? t('{example}, changed', { example: t(row.label) }) : t('An experiment of your own');
    rows.set('', [{ name: CHANGED, label }]);
  }
  const select = menu('preset', rows, isChanged ? CHANGED : preset, (name) => {
    if (name === CHANGED) return;
    forgetRefused();
    openPreset(name);
  });
  const isSame = row?.experiment.data.dataset === experiment.data.dataset;
  return element(
    'div',
    { class: 'setup-example' },
    element('label', { for: 'preset' }, t('Example')),
    select,
    element('p', { class: 'look-for' }, row && isSame ? t(row.look_for) : ''),
  );
}

/** @param {() => void} again */
function contents(again) {
  const { catalog } = store.get();
  const { experiment, preset } = asked();
  if (!catalog || !experiment) return [];
  const column = (/** @type {Node[]} */ ...parts) => element('div', { class: 'setup-column' }, ...parts);
  return [
    example(catalog, experiment, preset),
    column(dataPart(catalog, experiment, again)),
    column(networkPart(catalog, experiment), startPart(catalog, experiment, again)),
    column(lossPart(catalog, experiment, again), trainingPart(catalog, experiment, again)),
    note(
      t(
        'Optimizer, batch, penalties and mean or sum may change on the way: the run goes on from this step. All else begins it anew. Undo brings either back.',
      ),
    ),
  ];
}

let isFilled = false;

/** Keep the drawer's controls as the experiment is, from the first time it is opened. */
export function fillSetup() {
  if (isFilled) return;
  isFilled = true;
  const panel = byId('setup', HTMLElement);
  /** @type {Experiment | null} */
  let shown = null;
  const fill = () => refill(panel, contents(fill));
  whenWanted(() => {
    const { experiment } = asked();
    if (experiment === shown) return;
    shown = experiment;
    fill();
  });
}
