/** The set-up's layers: units, activation, and whether their biases are trained. */

import { element } from '../../dom.js';
import {
  MOST_HIDDEN,
  MOST_UNITS,
  addLayer,
  fittingActivations,
  possibleOutputs,
  removeLayer,
  resized,
  withActivation,
  withBias,
  withOutput,
} from '../../lib/experiment.js';
import { rowOf } from '../../lib/fitting.js';
import { count } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { say } from '../toast.js';
import { menu, section, stepper, tick, told } from './controls.js';
import { change } from './wanted.js';

/** @typedef {import('../../state.js').Experiment} Experiment */
/** @typedef {import('../../lib/wire.js').CatalogAnswer} Catalog */

/** @param {Experiment} experiment @param {number} index */
export function layerLabel({ network: { layers } }, index) {
  return index === layers.length - 1 ? t('Output layer') : t('Hidden layer {number}', { number: index + 1 });
}

/**
 * − and + for the units of a hidden layer, with something between them.
 * @param {Experiment} experiment
 * @param {number} index
 * @param {string} prefix  of the ids
 * @param {...Node} between
 */
export function unitSteppers({ network }, index, prefix, ...between) {
  const { units } = network.layers[index];
  const by = (/** @type {number} */ step) => () => change((one) => resized(one, index, step));
  const values = { number: index + 1 };
  return [
    stepper(
      `${prefix}units-down-${index}`,
      '−',
      t('One unit fewer in hidden layer {number}', values),
      units <= 1,
      by(-1),
    ),
    ...between,
    stepper(
      `${prefix}units-up-${index}`,
      '+',
      t('One unit more in hidden layer {number}', values),
      units >= MOST_UNITS,
      by(1),
    ),
  ];
}

/**
 * Another activation of the output layer; where the loss has to follow, that is said.
 * @param {Catalog} catalog
 * @param {Experiment} experiment
 * @param {string} name
 */
function changedOutput(catalog, experiment, name) {
  const next = withOutput(catalog, experiment, name);
  const label = (/** @type {{name: string, label: string}[]} */ rows, /** @type {string} */ of) =>
    t(rowOf(rows, of)?.label ?? of);
  if (next.loss !== experiment.loss)
    say(
      t('{loss} does not fit the output {activation}: the loss is {next} now. Undo brings both back.', {
        loss: label(catalog.losses, experiment.loss),
        activation: label(catalog.activations, name),
        next: label(catalog.losses, next.loss),
      }),
    );
  return next;
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {number} index @param {string} prefix */
export function activationMenu(catalog, experiment, index, prefix) {
  const isLast = index === experiment.network.layers.length - 1;
  const select = menu(
    `${prefix}activation-${index}`,
    told(isLast ? possibleOutputs(catalog, experiment) : fittingActivations(catalog, experiment, index)),
    experiment.network.layers[index].activation,
    (name) =>
      change((one) => (isLast ? changedOutput(catalog, one, name) : withActivation(one, index, name))),
  );
  select.setAttribute('aria-label', t('Activation of {layer}', { layer: layerLabel(experiment, index) }));
  return select;
}

/** @param {number} index @param {string} prefix */
export function removeButton(index, prefix) {
  return stepper(
    `${prefix}remove-${index}`,
    '×',
    t('Remove hidden layer {number}', { number: index + 1 }),
    false,
    () => change((one) => removeLayer(one, index)),
  );
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {number} index */
function layer(catalog, experiment, index) {
  const { layers } = experiment.network;
  const { units, bias } = layers[index];
  const isLast = index === layers.length - 1;
  const label = layerLabel(experiment, index);
  const size = element(
    'span',
    { class: 'units' },
    element('span', { 'aria-hidden': 'true' }, count(units)),
    element('span', { class: 'visually-hidden' }, tn('{count} unit', '{count} units', units)),
  );
  const bias_ = tick(
    `bias-${index}`,
    t('bias trained'),
    bias,
    (isOn) => change((one) => withBias(one, index, isOn)),
    { 'aria-label': t('{layer}: bias trained', { layer: label }) },
  );
  return element(
    'li',
    { class: isLast ? 'layer layer-last' : 'layer' },
    element(
      'span',
      { class: 'layer-name' },
      isLast ? t('Output') : t('Hidden {number}', { number: index + 1 }),
    ),
    element(
      'span',
      { class: 'layer-units' },
      ...(isLast ? [size] : unitSteppers(experiment, index, '', size)),
    ),
    activationMenu(catalog, experiment, index, ''),
    bias_,
    ...(isLast ? [] : [removeButton(index, '')]),
  );
}

/** @param {Catalog} catalog @param {Experiment} experiment */
export function networkPart(catalog, experiment) {
  const { layers } = experiment.network;
  const isFull = layers.length > MOST_HIDDEN;
  const add = element(
    'button',
    { type: 'button', class: 'button', id: 'add-layer', ...(isFull ? { disabled: '' } : {}) },
    t('Add a hidden layer'),
  );
  add.addEventListener('click', () => change((one) => addLayer(one)));
  const part = section(
    t('Network'),
    element('ol', { class: 'layers' }, ...layers.map((_, index) => layer(catalog, experiment, index))),
    add,
  );
  part.classList.add('setup-network');
  return part;
}
