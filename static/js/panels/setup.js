/** The set-up drawer: example, layers, activations, loss and seed. What is changed shows at once. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { count, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { inside } from '../lib/names.js';
import {
  addLayer,
  fittingActivations,
  fittingLosses,
  removeLayer,
  withActivation,
  withLoss,
  withSeed,
  withUnits,
} from '../lib/experiment.js';
import { currentRate, store } from '../state.js';

/** More than this the picture of a small lab cannot show. */
const MOST_HIDDEN = 4;
const MOST_UNITS = 8;

/** @typedef {import('../state.js').State} State @typedef {import('../state.js').Experiment} Experiment */

/**
 * What was asked for while it is not on screen yet: the next change goes on from it.
 * @type {{experiment: Experiment, preset: string} | null}
 */
let wanted = null;

/** @param {Experiment} experiment @param {string} preset */
function ask(experiment, preset) {
  wanted = { experiment, preset };
  const { catalog, task } = store.get();
  const example = catalog?.presets.find((row) => row.name === preset)?.example ?? 0;
  actions.open(experiment, { preset, task, example });
}

/** @param {(experiment: Experiment) => Experiment} edit */
function change(edit) {
  const { experiment, preset } = wanted ?? store.get();
  if (experiment) ask(edit(experiment), preset);
}

/** @param {string} label @param {Node} control @param {string} [className] */
function field(label, control, className = '') {
  return element('label', { class: `field ${className}` }, element('span', {}, label), control);
}

/**
 * @param {string} id
 * @param {{name: string, label: string}[]} rows
 * @param {string} chosen
 * @param {(name: string) => void} take
 */
function menu(id, rows, chosen, take) {
  const select = /** @type {HTMLSelectElement} */ (element('select', { id }));
  select.append(...rows.map((row) => element('option', { value: row.name }, t(row.label))));
  select.value = chosen;
  select.addEventListener('change', () => take(select.value));
  return select;
}

/** @param {string} id @param {string} sign @param {string} name @param {boolean} isDisabled @param {() => void} action */
function stepper(id, sign, name, isDisabled, action) {
  const button = element(
    'button',
    { class: 'button stepper', type: 'button', id, ...(isDisabled ? { disabled: '' } : {}) },
    element('span', { 'aria-hidden': 'true' }, sign),
    element('span', { class: 'visually-hidden' }, name),
  );
  button.addEventListener('click', action);
  return button;
}

/** @param {Experiment} experiment @param {NonNullable<State['catalog']>} catalog @param {number} index */
function layer(experiment, catalog, index) {
  const { layers } = experiment.network;
  const { units, activation } = layers[index];
  const isLast = index === layers.length - 1;
  const label = isLast ? t('Output layer') : t('Hidden layer {number}', { number: index + 1 });
  const resize = (/** @type {number} */ by) =>
    change((one) =>
      withUnits(one, index, Math.min(MOST_UNITS, Math.max(1, one.network.layers[index].units + by))),
    );
  const size = isLast
    ? [element('span', { class: 'units' }, tn('{count} unit', '{count} units', units))]
    : [
        stepper(
          `units-down-${index}`,
          '−',
          t('One unit fewer in hidden layer {number}', { number: index + 1 }),
          units <= 1,
          () => resize(-1),
        ),
        element('span', { class: 'units' }, tn('{count} unit', '{count} units', units)),
        stepper(
          `units-up-${index}`,
          '+',
          t('One unit more in hidden layer {number}', { number: index + 1 }),
          units >= MOST_UNITS,
          () => resize(1),
        ),
      ];
  const choices = fittingActivations(catalog, experiment, index);
  const select = menu(`activation-${index}`, choices, activation, (name) =>
    change((one) => withActivation(one, index, name)),
  );
  select.setAttribute('aria-label', t('Activation of {layer}', { layer: label }));
  const remove = isLast
    ? []
    : [
        stepper(`remove-${index}`, '×', t('Remove hidden layer {number}', { number: index + 1 }), false, () =>
          change((one) => removeLayer(one, index)),
        ),
      ];
  return element(
    'li',
    { class: 'layer' },
    element('span', { class: 'layer-name' }, label),
    element('span', { class: 'layer-units' }, ...size),
    select,
    ...remove,
  );
}

/** @param {Experiment} experiment */
function seed(experiment) {
  const current = experiment.initializer?.seed ?? 0;
  const input = /** @type {HTMLInputElement} */ (
    element('input', { type: 'number', id: 'seed', min: '0', step: '1', value: String(current) })
  );
  input.addEventListener('change', () => {
    const value = input.valueAsNumber;
    if (Number.isSafeInteger(value) && value >= 0) change((one) => withSeed(one, value));
    else input.value = String(current);
  });
  const name = experiment.parameters ? t('Weights') : t('Seed of the weights');
  if (!experiment.parameters) {
    return element(
      'div',
      { class: 'field' },
      element('label', { for: 'seed' }, name),
      element(
        'span',
        { class: 'seed' },
        stepper('seed-down', '−', t('Seed before'), current === 0, () =>
          change((one) => withSeed(one, current - 1)),
        ),
        input,
        stepper('seed-up', '+', t('Next seed'), false, () => change((one) => withSeed(one, current + 1))),
      ),
    );
  }
  const button = element('button', { type: 'button', class: 'button', id: 'seed-up' }, t('Draw others'));
  button.addEventListener('click', () => change((one) => withSeed(one, current + 1)));
  return element(
    'div',
    { class: 'field' },
    element('span', {}, name),
    element('span', { class: 'seed' }, element('span', {}, t('as in the example')), button),
  );
}

/** @param {State} state */
function contents({ catalog, experiment, preset }) {
  if (!catalog || !experiment) return [];
  const chosen = catalog.presets.find((row) => row.name === preset);
  const presets = menu('preset', catalog.presets, preset, (name) => {
    const row = catalog.presets.find((one) => one.name === name);
    if (row) ask(/** @type {Experiment} */ (row.experiment), name);
  });
  const losses = menu('loss', fittingLosses(catalog, experiment), experiment.loss, (name) =>
    change((one) => withLoss(catalog, one, name)),
  );
  const { layers } = experiment.network;
  const add = element(
    'button',
    {
      type: 'button',
      class: 'button',
      id: 'add-layer',
      ...(layers.length > MOST_HIDDEN ? { disabled: '' } : {}),
    },
    t('Add a hidden layer'),
  );
  add.addEventListener('click', () => change(addLayer));
  return [
    element(
      'div',
      { class: 'setup-main' },
      field(t('Example'), presets),
      field(t('Loss function'), losses),
      seed(experiment),
    ),
    element(
      'div',
      { class: 'setup-layers' },
      element('h2', {}, t('Layers')),
      element('ol', { class: 'layers' }, ...layers.map((_, index) => layer(experiment, catalog, index))),
      add,
    ),
    element('p', { class: 'note' }, chosen ? t(chosen.look_for) : ''),
  ];
}

/** One line that says it all. @param {State} state */
function summary(state) {
  const { catalog, preset, experiment } = state;
  if (!catalog || !experiment) return [];
  const { network, loss, optimizer, initializer } = experiment;
  const label = (/** @type {{name: string, label: string}[]} */ rows, /** @type {string} */ name) =>
    t(rows.find((row) => row.name === name)?.label ?? name);
  const topology = [network.inputs, ...network.layers.map((one) => one.units)].join('-');
  const activations = [...new Set(network.layers.map((one) => label(catalog.activations, one.activation)))];
  const parts = [
    `${topology} ${activations.map(inside).join(', ')}`,
    inside(label(catalog.losses, loss)),
    t('{optimizer}, η {rate}', {
      optimizer: label(catalog.optimizers, optimizer.name),
      rate: number(currentRate(state)),
    }),
    network.layers.every((one) => !one.bias) ? t('biases frozen') : '',
    initializer && !experiment.parameters ? t('seed {seed}', { seed: String(initializer.seed ?? 0) }) : '',
  ];
  const text = parts.filter((part) => part !== '').join(' · ');
  return [element('strong', {}, label(catalog.presets, preset)), ` · ${text}`];
}

export function mountSetup() {
  const panel = byId('setup', HTMLElement);
  const toggle = byId('setup-toggle', HTMLButtonElement);
  const line = byId('summary', HTMLElement);
  toggle.addEventListener('click', () => {
    panel.hidden = !panel.hidden;
    toggle.setAttribute('aria-expanded', String(!panel.hidden));
    toggle.textContent = panel.hidden ? t('Change') : t('Close');
  });
  /** @type {Experiment | null} */
  let shown = null;
  store.subscribe((state) => {
    line.replaceChildren(...summary(state));
    if (state.trouble?.kind === 'refused') wanted = null;
    if (state.experiment === shown) return;
    shown = state.experiment;
    if (shown === wanted?.experiment) wanted = null;
    const focused = document.activeElement?.id ?? '';
    const isInside = panel.contains(document.activeElement);
    panel.replaceChildren(...contents(state));
    if (isInside) refocus(panel, focused);
  });
  mountExample();
}

/** The controls were made anew: the focus stays where it was, or goes to a neighbour. @param {HTMLElement} panel @param {string} id */
function refocus(panel, id) {
  const same = document.getElementById(id);
  const target =
    same && !same.hasAttribute('disabled') ? same : panel.querySelector('select, button:not([disabled])');
  if (target instanceof HTMLElement) target.focus();
}

function mountExample() {
  const box = byId('example', HTMLElement);
  const label = byId('example-label', HTMLElement);
  const [before, after] = [byId('example-back', HTMLButtonElement), byId('example-next', HTMLButtonElement)];
  const move = (/** @type {number} */ by) => {
    const { trace, example } = store.get();
    const rows = trace?.inputs.length ?? 1;
    actions.setExample((example + by + rows) % rows);
  };
  before.addEventListener('click', () => move(-1));
  after.addEventListener('click', () => move(1));
  store.subscribe(({ trace, example, isTraining }) => {
    const rows = trace?.inputs.length ?? 0;
    box.hidden = rows < 2 || isTraining;
    label.textContent = t('example {number} of {count}', { number: count(example + 1), count: count(rows) });
  });
}
