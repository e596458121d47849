/**
 * Experiments changed: each function returns a new one that fits together.
 *
 * What may be chosen is read from the catalog; an experiment that is refused by the server is a defect here.
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('../state.js').Layer} Layer
 * @typedef {import('./wire.js').CatalogAnswer} Catalog
 * @typedef {import('./wire.js').DatasetRowAnswer} Dataset
 * @typedef {import('./wire.js').LossAnswer} Loss
 * @typedef {import('./wire.js').SettingAnswer} Setting
 */

import { fits, rowOf, targetKinds } from './fitting.js';
import { inputsOf, mostExamples, outputsOf, samplesOf, taskOf } from './measures.js';

/** More than this the picture of the network cannot show. */
export const MOST_HIDDEN = 6;
export const MOST_UNITS = 16;
const NEW_LAYER_UNITS = 3;
/** The initializer where an experiment had its weights written out. */
const INITIALIZER = { name: 'xavier_uniform', seed: 0 };
/** Examples of a step when it is first told not to take them all. */
const BATCH_SIZE = 10;

/** @param {Experiment} experiment @param {(layer: Layer, index: number) => Layer} edit @returns {Experiment} */
function withEachLayer(experiment, edit) {
  const layers = experiment.network.layers.map(edit);
  return { ...experiment, network: { ...experiment.network, layers } };
}

/** @param {Experiment} experiment @param {number} index @param {Partial<Layer>} part */
const withLayer = (experiment, index, part) =>
  withEachLayer(experiment, (layer, at) => (at === index ? { ...layer, ...part } : layer));

/** Weights that are written out stay as long as they fit; else they are drawn. @param {Experiment} experiment @returns {Experiment} */
function withFittingParameters(experiment) {
  const { parameters, ...rest } = experiment;
  if (!parameters) return experiment;
  const { inputs, layers } = experiment.network;
  const isFitting =
    parameters.length === layers.length &&
    layers.every(({ units }, index) => {
      const { weights } = parameters[index];
      return weights.length === units && weights[0].length === (layers[index - 1]?.units ?? inputs);
    });
  return isFitting ? experiment : { ...rest, initializer: experiment.initializer ?? INITIALIZER };
}

/** @param {Experiment} experiment @param {number} index @param {number} units */
export function withUnits(experiment, index, units) {
  return withFittingParameters(withLayer(experiment, index, { units }));
}

/** One unit more or less, as far as the picture can show. @param {Experiment} experiment @param {number} index @param {number} by */
export function resized(experiment, index, by) {
  const { units } = experiment.network.layers[index];
  const most = Math.max(MOST_UNITS, units);
  return withUnits(experiment, index, Math.min(most, Math.max(1, units + by)));
}

/** The weights stay as they are: only the activation is another. @param {Experiment} experiment @param {number} index @param {string} activation */
export const withActivation = (experiment, index, activation) => withLayer(experiment, index, { activation });

/** Whether a layer's biases are trained or frozen. @param {Experiment} experiment @param {number} index @param {boolean} bias */
export const withBias = (experiment, index, bias) => withLayer(experiment, index, { bias });

/**
 * A new hidden layer, like its neighbour: before layer `at`, or before the output.
 * @param {Experiment} experiment
 * @param {number} [at]
 */
export function addLayer(experiment, at = experiment.network.layers.length - 1) {
  const { layers } = experiment.network;
  if (layers.length > MOST_HIDDEN) return experiment;
  const hidden = layers.slice(0, -1);
  const like = hidden[at - 1] ?? hidden[at];
  const { bias } = layers[layers.length - 1];
  const added = { units: NEW_LAYER_UNITS, activation: like?.activation ?? 'tanh', bias: like?.bias ?? bias };
  const network = { ...experiment.network, layers: layers.toSpliced(at, 0, added) };
  return withFittingParameters({ ...experiment, network });
}

/** @param {Experiment} experiment @param {number} index */
export function removeLayer(experiment, index) {
  const network = { ...experiment.network, layers: experiment.network.layers.toSpliced(index, 1) };
  return withFittingParameters({ ...experiment, network });
}

/** @param {Experiment} experiment @returns {Experiment} */
function drawn(experiment) {
  const { parameters: _, ...rest } = experiment;
  return { ...rest, initializer: experiment.initializer ?? INITIALIZER };
}

/** @param {Experiment} experiment @param {number} seed @returns {Experiment} */
export function withSeed(experiment, seed) {
  const made = drawn(experiment);
  return { ...made, initializer: { ...INITIALIZER, ...made.initializer, seed } };
}

/** Other first weights; seed and bias stay, if they were chosen. @param {Experiment} experiment @param {string} name @returns {Experiment} */
export function withInitializer(experiment, name) {
  const made = drawn(experiment);
  const { seed = 0, bias } = /** @type {NonNullable<Experiment['initializer']>} */ (made.initializer);
  return { ...made, initializer: { name, seed, ...(bias === undefined ? {} : { bias }) } };
}

/** @param {Experiment} experiment @param {string} name @param {number} value @returns {Experiment} */
export function withInitializerSetting(experiment, name, value) {
  const made = drawn(experiment);
  return { ...made, initializer: { ...INITIALIZER, ...made.initializer, [name]: value } };
}

/** The losses that can compare with the targets of the data. @param {Catalog} catalog @param {Experiment} experiment */
export function fittingLosses(catalog, experiment) {
  const kinds = targetKinds(catalog, experiment);
  return catalog.losses.filter((loss) => loss.task === 'any' || kinds.includes(loss.targets));
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {number} index */
export function fittingActivations(catalog, experiment, index) {
  const { layers } = experiment.network;
  if (index < layers.length - 1) return catalog.activations.filter((row) => !row.last_layer_only);
  const loss = rowOf(catalog.losses, experiment.loss);
  return catalog.activations.filter((row) => fits(row, loss, layers[index].units));
}

/**
 * The loss beside which an activation can be the output: the one there is where it fits, else the first that does.
 * @param {Catalog} catalog
 * @param {Experiment} experiment
 * @param {string} activation
 * @returns {string | null}
 */
function lossBeside(catalog, experiment, activation) {
  const row = rowOf(catalog.activations, activation);
  const fitting = fittingLosses(catalog, experiment).filter(
    (loss) => row && fits(row, loss, outputsOf(catalog, experiment, loss.targets)),
  );
  return (rowOf(fitting, experiment.loss) ?? fitting[0])?.name ?? null;
}

/** What the output layer can do, with this loss or with another. @param {Catalog} catalog @param {Experiment} experiment */
export const possibleOutputs = (catalog, experiment) =>
  catalog.activations.filter(({ name }) => lossBeside(catalog, experiment, name) !== null);

/**
 * Another activation of the output layer; the loss follows where it has to.
 * @param {Catalog} catalog
 * @param {Experiment} experiment
 * @param {string} activation
 */
export function withOutput(catalog, experiment, activation) {
  const loss = lossBeside(catalog, experiment, activation) ?? experiment.loss;
  const { layers } = experiment.network;
  return fitted(catalog, { ...withActivation(experiment, layers.length - 1, activation), loss });
}

/** The loss that data of its kind is most often trained with. @param {Catalog} catalog @param {Experiment} experiment */
function usualLoss(catalog, experiment) {
  const losses = fittingLosses(catalog, experiment);
  const isMany = outputsOf(catalog, experiment, 'zero_one') > 1;
  const fused = losses.find(
    ({ fused_with, targets }) => fused_with !== null && targets === (isMany ? 'one_hot' : 'zero_one'),
  );
  return (fused ?? losses[0]).name;
}

/** What the last layer does where its own activation does not fit. @param {Catalog} catalog @param {Experiment} experiment */
function usualOutput(catalog, { loss, data }) {
  const row = rowOf(catalog.losses, loss);
  if (row?.fused_with) return row.fused_with;
  return row?.targets === 'minus_one_one' || taskOf(catalog, data) === 'regression' ? 'identity' : 'sigmoid';
}

/**
 * Everything that follows from the data: inputs, loss, outputs and their activation, and how many examples fit.
 * @param {Catalog} catalog
 * @param {Experiment} experiment
 * @param {boolean} [isAnew]  another task: what its loss and output were says nothing
 * @returns {Experiment}
 */
export function fitted(catalog, experiment, isAnew = false) {
  const isKept = !isAnew && fittingLosses(catalog, experiment).some(({ name }) => name === experiment.loss);
  const loss = isKept ? experiment.loss : usualLoss(catalog, experiment);
  const row = rowOf(catalog.losses, loss);
  const units = outputsOf(catalog, experiment, row?.targets ?? 'zero_one');
  const { layers } = experiment.network;
  const last = layers[layers.length - 1];
  const own = rowOf(catalog.activations, last.activation);
  const stays = !isAnew && own !== undefined && fits(own, row, units);
  const activation = stays ? last.activation : usualOutput(catalog, { ...experiment, loss });
  const network = {
    inputs: inputsOf(catalog, experiment),
    layers: [...layers.slice(0, -1), { ...last, units, activation }],
  };
  return withFewEnough(catalog, withFittingParameters({ ...experiment, loss, network }));
}

/** One step lays open every number of its batch: no more examples than that may hold. @param {Catalog} catalog @param {Experiment} experiment */
function withFewEnough(catalog, experiment) {
  const { data, batch, test_fraction } = experiment;
  const most = mostExamples(catalog, experiment);
  const samples = samplesOf(catalog, data);
  const isAlone = samples < 2 && test_fraction;
  const fraction = isAlone ? { test_fraction: 0 } : {};
  const taken = Math.min(samples, batch.size ?? samples);
  const fewer = taken > most && data.dataset !== undefined ? { data: { ...data, samples: most } } : {};
  return { ...experiment, ...fraction, ...fewer };
}

/** Another loss; the output layer follows where it has to. @param {Catalog} catalog @param {Experiment} experiment @param {string} loss */
export const withLoss = (catalog, experiment, loss) => fitted(catalog, { ...experiment, loss });

/** Another data set, as it is by default; network and loss follow where they have to. @param {Catalog} catalog @param {Experiment} experiment @param {string} dataset */
export function withDataset(catalog, experiment, dataset) {
  const { seed = 0 } = experiment.data;
  const next = { ...experiment, data: { dataset, seed } };
  return fitted(catalog, next, taskOf(catalog, next.data) !== taskOf(catalog, experiment.data));
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {string} name @param {number} value */
export const withDataSetting = (catalog, experiment, name, value) =>
  fitted(catalog, { ...experiment, data: { ...experiment.data, [name]: value } });

/** The features that are the inputs as they are. */
const RAW = 2;

/** The features chosen: by default the two inputs themselves. @param {Catalog} catalog @param {Experiment} experiment @returns {string[]} */
export const featuresOf = (catalog, { data }) => data.features ?? catalog.features.slice(0, RAW);

/** One feature more or less, in the catalog's order; the last one stays. @param {Catalog} catalog @param {Experiment} experiment @param {string} feature @param {boolean} isOn */
export function withFeature(catalog, experiment, feature, isOn) {
  const before = featuresOf(catalog, experiment);
  const chosen = catalog.features.filter((name) => (name === feature ? isOn : before.includes(name)));
  if (chosen.length === 0) return experiment;
  const { features: _, ...raw } = experiment.data;
  const isRaw = chosen.join() === catalog.features.slice(0, RAW).join();
  return fitted(catalog, { ...experiment, data: isRaw ? raw : { ...raw, features: chosen } });
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {number} test_fraction */
export const withTestFraction = (catalog, experiment, test_fraction) =>
  fitted(catalog, { ...experiment, test_fraction });

/**
 * Another optimizer, as it is by default. The rate stays, unless the new one is used to another.
 * @param {Catalog} catalog
 * @param {Experiment} experiment
 * @param {string} name
 * @returns {Experiment}
 */
export function withOptimizer(catalog, experiment, name) {
  const usual = (/** @type {string} */ of) =>
    rowOf(catalog.optimizers, of)?.settings.find((setting) => setting.name === 'learning_rate')?.default;
  const [before, after] = [usual(experiment.optimizer.name), usual(name)];
  const { learning_rate } = experiment.optimizer;
  const rate = before === after || after === undefined ? learning_rate : after;
  return { ...experiment, optimizer: { name, learning_rate: rate } };
}

/** @param {Experiment} experiment @param {string} name @param {number} value @returns {Experiment} */
export const withOptimizerSetting = (experiment, name, value) => ({
  ...experiment,
  optimizer: { ...experiment.optimizer, [name]: value },
});

/** @param {Catalog} catalog @param {Experiment} experiment @param {Partial<Experiment['batch']>} part */
export const withBatch = (catalog, experiment, part) =>
  withFewEnough(catalog, { ...experiment, batch: { ...experiment.batch, ...part } });

/** Some of the examples at a time, drawn anew each round; or all of them. @param {Catalog} catalog @param {Experiment} experiment @param {boolean} isSmall */
export const withSmallBatches = (catalog, experiment, isSmall) =>
  withBatch(catalog, experiment, isSmall ? { size: BATCH_SIZE, shuffle: true } : { size: null });

/** @param {Experiment} experiment @param {{reduction?: string, l1?: number, l2?: number}} part @returns {Experiment} */
export const withObjective = (experiment, part) => ({ ...experiment, ...part });
