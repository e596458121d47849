/**
 * Experiments changed: each function returns a new one that fits together.
 *
 * What may be chosen is read from the catalog; an experiment that is refused by the server is a defect here.
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('../state.js').Layer} Layer
 * @typedef {import('./wire.js').CatalogAnswer} Catalog
 */

const NEW_LAYER_UNITS = 3;
/** The initializer where an experiment had its weights written out. */
const INITIALIZER = { name: 'xavier_uniform', seed: 0 };

/**
 * With other layers, written-out weights no longer fit: they are drawn.
 * @param {Experiment} experiment
 * @param {Layer[]} layers
 * @returns {Experiment}
 */
function withLayers(experiment, layers) {
  const { parameters: _, ...rest } = experiment;
  return {
    ...rest,
    initializer: experiment.initializer ?? INITIALIZER,
    network: { ...experiment.network, layers },
  };
}

/** @param {Experiment} experiment @param {number} index @param {number} units */
export function withUnits(experiment, index, units) {
  const layers = experiment.network.layers.map((layer, at) => (at === index ? { ...layer, units } : layer));
  return withLayers(experiment, layers);
}

/** The weights stay as they are: only the activation is another. @param {Experiment} experiment @param {number} index @param {string} activation */
export function withActivation(experiment, index, activation) {
  const layers = experiment.network.layers.map((layer, at) =>
    at === index ? { ...layer, activation } : layer,
  );
  return { ...experiment, network: { ...experiment.network, layers } };
}

/** A new hidden layer before the output. @param {Experiment} experiment */
export function addLayer(experiment) {
  const { layers } = experiment.network;
  const last = layers[layers.length - 1];
  const like = layers.length > 1 ? layers[layers.length - 2].activation : 'tanh';
  const added = { units: NEW_LAYER_UNITS, activation: like, bias: last.bias };
  return withLayers(experiment, [...layers.slice(0, -1), added, last]);
}

/** @param {Experiment} experiment @param {number} index */
export function removeLayer(experiment, index) {
  return withLayers(
    experiment,
    experiment.network.layers.filter((_, at) => at !== index),
  );
}

/** @param {Experiment} experiment @param {number} seed */
export function withSeed(experiment, seed) {
  const { parameters: _, ...rest } = experiment;
  return { ...rest, initializer: { ...(experiment.initializer ?? INITIALIZER), seed } };
}

/** @param {Catalog} catalog @param {Experiment} experiment */
const datasetOf = (catalog, experiment) =>
  catalog.datasets.find((row) => row.name === experiment.data.dataset);

/** @param {Catalog} catalog @param {Experiment} experiment */
export function fittingLosses(catalog, experiment) {
  const isRegression = datasetOf(catalog, experiment)?.task !== 'classification';
  return catalog.losses.filter((loss) => !isRegression || loss.task === 'any');
}

/** How many outputs the data needs with a loss. @param {Catalog} catalog @param {Experiment} experiment @param {string} loss */
function outputsFor(catalog, experiment, loss) {
  const dataset = datasetOf(catalog, experiment);
  if (!dataset || dataset.classes === null) return experiment.network.layers.at(-1)?.units ?? 1;
  const isOneHot = catalog.losses.find((row) => row.name === loss)?.targets === 'one_hot';
  return dataset.classes === 2 && !isOneHot ? 1 : dataset.classes;
}

/** Whether outputs of an activation are what a loss can compare. @param {Catalog['activations'][number]} activation @param {Catalog['losses'][number] | undefined} loss @param {number} outputs */
function suits(activation, loss, outputs) {
  if (activation.last_layer_only && outputs < 2) return false;
  const isShare = activation.lowest === 0 && activation.highest === 1 && activation.name !== 'step';
  if (loss?.name === 'cross_entropy') return activation.last_layer_only;
  if (loss?.name === 'binary_cross_entropy') return isShare && !activation.last_layer_only;
  // A hinge wants outputs on both sides of 0.
  if (loss?.targets === 'minus_one_one') return activation.lowest === null || activation.lowest < 0;
  return true;
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {number} index */
export function fittingActivations(catalog, experiment, index) {
  const { layers } = experiment.network;
  if (index < layers.length - 1) return catalog.activations.filter((row) => !row.last_layer_only);
  const loss = catalog.losses.find((row) => row.name === experiment.loss);
  return catalog.activations.filter((row) => suits(row, loss, layers[index].units));
}

/**
 * Another loss; the output layer follows where it has to.
 * @param {Catalog} catalog
 * @param {Experiment} experiment
 * @param {string} loss
 * @returns {Experiment}
 */
export function withLoss(catalog, experiment, loss) {
  const { layers } = experiment.network;
  const last = layers[layers.length - 1];
  const units = outputsFor(catalog, experiment, loss);
  const row = catalog.losses.find((one) => one.name === loss);
  const own = catalog.activations.find((one) => one.name === last.activation);
  const isKept = own !== undefined && suits(own, row, units);
  const fallback = row?.fused_with ?? (row?.targets === 'minus_one_one' ? 'identity' : 'sigmoid');
  const output = { ...last, units, activation: isKept ? last.activation : fallback };
  const changed = [...layers.slice(0, -1), output];
  const next =
    units === last.units
      ? { ...experiment, network: { ...experiment.network, layers: changed } }
      : withLayers(experiment, changed);
  return { ...next, loss };
}
