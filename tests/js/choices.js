/** Every experiment that the drawer leads to from one: each data set, loss and output activation that is offered. */

import {
  addLayer,
  fittingActivations,
  fittingLosses,
  withActivation,
  withDataset,
  withLoss,
  withOptimizer,
} from '../../static/js/lib/experiment.js';
import { CATALOG } from './made-up-catalog.js';

/** @typedef {import('../../static/js/state.js').Experiment} Experiment */
/** @typedef {import('../../static/js/state.js').Catalog} Catalog */

const last = (/** @type {Experiment} */ { network }) => network.layers.length - 1;

/** Each data set, each loss that is offered for it, and each activation that is then offered for the output. @param {Catalog} catalog @param {Experiment} first */
export const offersOf = (catalog, first) =>
  catalog.datasets.flatMap(({ name }) => {
    const data = withDataset(catalog, first, name);
    return fittingLosses(catalog, data).map((loss) => {
      const compared = withLoss(catalog, data, loss.name);
      const outputs = fittingActivations(catalog, compared, last(compared)).map((row) => row.name);
      return { dataset: name, loss: loss.name, outputs, compared };
    });
  });

/** @param {Catalog} catalog @param {Experiment} first @returns {Experiment[]} */
export const choicesOf = (catalog, first) => [
  ...catalog.datasets.flatMap(({ name }) => {
    const data = withDataset(catalog, first, name);
    return [
      addLayer(data, 0),
      ...catalog.optimizers.map((optimizer) => withOptimizer(catalog, data, optimizer.name)),
      ...fittingActivations(catalog, data, 0).map((row) => withActivation(data, 0, row.name)),
    ];
  }),
  ...offersOf(catalog, first).flatMap(({ compared, outputs }) =>
    outputs.map((output) => withActivation(compared, last(compared), output)),
  ),
];

/** What is usual for each data set: its loss and the activation of its output. @param {Catalog} catalog @param {Experiment} first */
export const usualOf = (catalog, first) =>
  Object.fromEntries(
    catalog.datasets.map(({ name }) => {
      const { loss, network } = withDataset(catalog, { ...first, loss: 'none' }, name);
      return [name, [loss, network.layers.at(-1)?.activation]];
    }),
  );

/** The rows of the made-up catalog that are named as rows of the real one. */
export const MADE_UP = { activations: CATALOG.activations, losses: CATALOG.losses };
