/**
 * What can be counted of an experiment before anything is computed: inputs, outputs, classes, examples.
 *
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('./wire.js').CatalogAnswer} Catalog
 * @typedef {import('./wire.js').DatasetRowAnswer} Dataset
 */

/** The row of the data set; undefined where the data is given outright. @param {Catalog} catalog @param {Experiment['data']} data */
export const datasetRow = (catalog, data) => catalog.datasets.find((row) => row.name === data.dataset);

/**
 * A count that the catalog gives as it is by default: where a setting has that very default, it says the count.
 * @param {Dataset} row
 * @param {Experiment['data']} data
 * @param {number} count
 * @returns {number}
 */
function counted(row, data, count) {
  const setting = row.settings.find((one) => one.integer && one.default === count);
  return setting ? (data[setting.name] ?? count) : count;
}

/** Pixels along a side, where an example is a picture. @param {Catalog} catalog @param {Experiment['data']} data */
export function imageSide(catalog, data) {
  const row = datasetRow(catalog, data);
  return row?.image_side ? counted(row, data, row.image_side) : null;
}

/** Inputs as the data has them, before features are made of them. @param {Catalog} catalog @param {Experiment['data']} data @returns {number} */
export function rawInputs(catalog, data) {
  const row = datasetRow(catalog, data);
  if (!row) return data.inputs[0].length;
  const side = imageSide(catalog, data);
  return side === null ? row.inputs : side * side;
}

/** @param {Catalog} catalog @param {Pick<Experiment, 'data'>} experiment @returns {number} */
export const inputsOf = (catalog, { data }) => data.features?.length ?? rawInputs(catalog, data);

/** How many classes there are to tell apart; null where there are none. @param {Catalog} catalog @param {Experiment['data']} data */
export function classesOf(catalog, data) {
  const row = datasetRow(catalog, data);
  return row?.classes ? counted(row, data, row.classes) : null;
}

/**
 * Columns of the targets for a loss that compares with targets of a kind.
 * @param {Catalog} catalog
 * @param {Pick<Experiment, 'data'>} experiment
 * @param {string} targets
 * @returns {number}
 */
export function outputsOf(catalog, { data }, targets) {
  const row = datasetRow(catalog, data);
  if (!row) return data.targets[0].length;
  const classes = classesOf(catalog, data);
  if (classes === null) return row.outputs ?? 1;
  return classes === 2 && targets !== 'one_hot' ? 1 : classes;
}

/** What there is to learn; data given outright may be either. @param {Catalog} catalog @param {Experiment['data']} data */
export const taskOf = (catalog, data) => datasetRow(catalog, data)?.task ?? null;

/** How many examples there are, those held out too. @param {Catalog} catalog @param {Experiment['data']} data @returns {number} */
export const samplesOf = (catalog, data) =>
  data.samples ?? datasetRow(catalog, data)?.samples.default ?? data.inputs.length;

/** How many examples are trained on. @param {Catalog} catalog @param {Experiment} experiment */
export function trainedOn(catalog, { data, test_fraction }) {
  const samples = samplesOf(catalog, data);
  if (!test_fraction) return samples;
  return samples - Math.min(Math.max(Math.round(samples * test_fraction), 1), samples - 1);
}

/** How many examples a step may have, all of its numbers laid open. @param {Catalog} catalog @param {Pick<Experiment, 'network'>} experiment */
export function mostExamples({ limits }, { network: { inputs, layers } }) {
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  const parameters = layers.reduce(
    (sum, layer, index) => sum + layer.units * (1 + (layers[index - 1]?.units ?? inputs)),
    0,
  );
  // The trace: inputs and targets, five numbers a unit and example, four a parameter.
  const perExample = inputs + layers[layers.length - 1].units + 5 * units;
  return Math.min(limits.examples, Math.floor((limits.trace_numbers - 4 * parameters) / perExample));
}
