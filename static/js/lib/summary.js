/**
 * The whole set-up as one line: a title, and what follows it.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('./wire.js').CatalogAnswer} Catalog
 */

import { number } from './format.js';
import { rateAt } from './history.js';
import { t } from './i18n.js';
import { inside } from './names.js';

/** @param {{name: string, label: string}[]} rows @param {string} name */
const labelOf = (rows, name) => t(rows.find((row) => row.name === name)?.label ?? name);

/** The example's name as long as it is its data; then the data's. @param {Catalog} catalog @param {string} preset @param {Experiment} experiment */
export function titleOf(catalog, preset, { data }) {
  const row = catalog.presets.find(({ name }) => name === preset);
  if (row && row.experiment.data.dataset === data.dataset && data.dataset !== undefined) return t(row.label);
  return data.dataset === undefined ? t('Own data') : labelOf(catalog.datasets, data.dataset);
}

/** @param {Catalog} catalog @param {Experiment['network']} network */
function networkWords(catalog, { inputs, layers }) {
  const topology = [inputs, ...layers.map((one) => one.units)].join('-');
  const activations = [...new Set(layers.map((one) => inside(labelOf(catalog.activations, one.activation))))];
  return `${topology} ${activations.join(', ')}`;
}

/** @param {Experiment} experiment */
function penalties({ l1, l2 }) {
  return [l1 ? t('L1 {value}', { value: number(l1) }) : '', l2 ? t('L2 {value}', { value: number(l2) }) : ''];
}

/** What is set up, part by part, in the order it is said. @param {Pick<State, 'catalog' | 'experiment' | 'history' | 'now' | 'dataset'>} state @returns {string[]} */
export function partsOf({ catalog, experiment, history, now, dataset }) {
  if (!catalog || !experiment) return [];
  const { network, loss, reduction, optimizer, batch, test_fraction, initializer, parameters } = experiment;
  const count = dataset?.train_indices.length ?? Infinity;
  const lossWords = inside(labelOf(catalog.losses, loss));
  const parts = [
    networkWords(catalog, network),
    reduction === 'sum' ? t('{loss}, summed', { loss: lossWords }) : lossWords,
    ...penalties(experiment),
    t('{optimizer}, η {rate}', {
      optimizer: labelOf(catalog.optimizers, optimizer.name),
      rate: number(rateAt(history, now?.step ?? 0)),
    }),
    batch.size !== null && batch.size < count ? t('batch {size}', { size: batch.size }) : '',
    test_fraction ? t('{percent} % held out', { percent: number(test_fraction * 100) }) : '',
    network.layers.every((one) => !one.bias) ? t('biases frozen') : '',
    initializer && !parameters ? t('seed {seed}', { seed: String(initializer.seed ?? 0) }) : '',
  ];
  return parts.filter((part) => part !== '');
}
