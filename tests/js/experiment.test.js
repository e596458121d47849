import {
  addLayer,
  fittingActivations,
  fittingLosses,
  removeLayer,
  withActivation,
  withLoss,
  withSeed,
  withUnits,
} from '../../static/js/lib/experiment.js';
import { assert, test } from './harness.js';
import { distinct, experimentOf, frozen, parametersOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').Experiment} Experiment */

/** @type {(name: string, lowest: number | null, highest: number | null, last_layer_only?: boolean) => any} */
const activation = (name, lowest, highest, last_layer_only = false) => ({
  name,
  label: name,
  lowest,
  highest,
  last_layer_only,
});
/** @type {(name: string, targets: string, task: string, fused_with?: string | null) => any} */
const loss = (name, targets, task, fused_with = null) => ({ name, label: name, targets, task, fused_with });
/** @type {(name: string, classes: number | null) => any} */
const dataset = (name, classes) => ({
  name,
  task: classes === null ? 'regression' : 'classification',
  classes,
});

/** A small catalog, with a row of every kind. @type {import('../../static/js/state.js').Catalog} */
const CATALOG = /** @type {any} */ (
  frozen({
    activations: [
      activation('identity', null, null),
      activation('step', 0, 1),
      activation('sigmoid', 0, 1),
      activation('tanh', -1, 1),
      activation('relu', 0, null),
      activation('elu', -1, null),
      activation('softmax', 0, 1, true),
    ],
    losses: [
      loss('half_squared_error', 'zero_one', 'any'),
      loss('huber', 'zero_one', 'any'),
      loss('hinge', 'minus_one_one', 'classification'),
      loss('binary_cross_entropy', 'zero_one', 'classification', 'sigmoid'),
      loss('cross_entropy', 'one_hot', 'classification', 'softmax'),
    ],
    datasets: [dataset('two', 2), dataset('ten', 10), dataset('values', null)],
  })
);
const OUTPUTS = CATALOG.activations.map(({ name }) => name);

/** @param {string | undefined} name @param {string} [output] @param {number} [units] @returns {Experiment} */
const on = (name, output = 'sigmoid', units = 1) =>
  frozen({
    ...experimentOf([2, 4, units], output),
    data: name ? { dataset: name } : { inputs: [[0, 1]], targets: [[1]] },
  });

/** What is wrong with an output layer, by what losses can compare and what data sets need. @param {Experiment} experiment */
function problem({ network, loss, data }) {
  const { units, activation } = network.layers[network.layers.length - 1];
  const classes = { two: 2, ten: 10 }[/** @type {string} */ (data.dataset)];
  const columns = classes === undefined ? units : classes === 2 && loss !== 'cross_entropy' ? 1 : classes;
  if (units !== columns) return `${units} outputs for ${columns} columns`;
  if (activation === 'softmax' && units < 2) return 'softmax over one output';
  if ((loss === 'cross_entropy') !== (activation === 'softmax') && loss === 'cross_entropy')
    return 'cross-entropy without softmax';
  if (loss === 'binary_cross_entropy' && activation !== 'sigmoid')
    return `binary cross-entropy of ${activation}`;
  if (loss === 'hinge' && !['identity', 'tanh', 'elu'].includes(activation)) return `hinge of ${activation}`;
  return null;
}

for (const data of ['two', 'ten', 'values', undefined]) {
  const name = data ?? 'given outright';
  const losses = fittingLosses(CATALOG, on(data)).map((row) => row.name);

  test(`for data that is ${name}, only losses that fit are offered`, () => {
    const any = ['half_squared_error', 'huber'];
    const isClasses = data === 'two' || data === 'ten';
    assert.deepEqual(losses, isClasses ? [...any, 'hinge', 'binary_cross_entropy', 'cross_entropy'] : any);
  });

  for (const first of losses) {
    test(`for data that is ${name}, the output layer follows ${first}, whatever it was`, () => {
      for (const output of OUTPUTS) {
        for (const units of [1, 2, 10]) {
          if (output === 'softmax' && units === 1) continue;
          const before = on(data, output, units);
          const changed = withLoss(CATALOG, before, first);
          assert.equal(changed.loss, first);
          assert.equal(problem(changed), null, `from ${units} ${output}`);
        }
      }
    });

    test(`for data that is ${name}, any loss can be chosen after ${first}`, () => {
      for (const then of losses)
        assert.equal(problem(withLoss(CATALOG, withLoss(CATALOG, on(data), first), then)), null, then);
    });

    test(`for data that is ${name}, every output activation offered with ${first} fits it`, () => {
      const experiment = withLoss(CATALOG, on(data), first);
      const offered = fittingActivations(CATALOG, experiment, 1).map((row) => row.name);
      assert.ok(offered.includes(experiment.network.layers[1].activation), 'its own is not offered');
      for (const one of offered) assert.equal(problem(withActivation(experiment, 1, one)), null, one);
    });
  }
}

test('the output layer stays as it is where it can', () => {
  const before = on('two', 'tanh');
  assert.deepEqual(withLoss(CATALOG, before, 'hinge').network, before.network);
  assert.equal(withLoss(CATALOG, on('ten', 'softmax', 10), 'huber').network.layers[1].activation, 'softmax');
});

test('a hidden layer is not offered what is for the last one only', () => {
  const offered = fittingActivations(CATALOG, on('ten'), 0).map((row) => row.name);
  assert.deepEqual(
    offered,
    OUTPUTS.filter((name) => name !== 'softmax'),
  );
});

/** Written-out weights, as in the worked example. @returns {Experiment} */
function writtenOut() {
  const { initializer: _, ...rest } = on('two');
  return frozen({ ...rest, parameters: parametersOf([2, 4, 1], distinct(1)) });
}

for (const [what, change] of /** @type {[string, (experiment: Experiment) => Experiment][]} */ ([
  ['more units', (experiment) => withUnits(experiment, 0, 5)],
  ['a layer more', addLayer],
  ['a layer fewer', (experiment) => removeLayer(experiment, 0)],
  ['more outputs', (experiment) => withLoss(CATALOG, experiment, 'cross_entropy')],
  ['another seed', (experiment) => withSeed(experiment, 3)],
])) {
  test(`with ${what}, weights that were written out no longer fit, and are drawn`, () => {
    const changed = change(writtenOut());
    assert.ok(!('parameters' in changed));
    assert.ok(changed.initializer);
  });
}

for (const [what, change] of /** @type {[string, (experiment: Experiment) => Experiment][]} */ ([
  ['another activation', (experiment) => withActivation(experiment, 0, 'relu')],
  ['a loss for as many outputs', (experiment) => withLoss(CATALOG, experiment, 'huber')],
])) {
  test(`with ${what}, weights that were written out stay`, () => {
    const before = writtenOut();
    assert.deepEqual(change(before).parameters, before.parameters);
  });
}

test('the way to draw weights stays as it was chosen', () => {
  const experiment = { ...on('two'), initializer: { name: 'he_normal', seed: 5 } };
  assert.deepEqual(addLayer(experiment).initializer, { name: 'he_normal', seed: 5 });
  assert.deepEqual(withSeed(experiment, 6).initializer, { name: 'he_normal', seed: 6 });
});

test('a new layer comes before the output and is like the one before it', () => {
  const { layers } = addLayer(withActivation(on('two'), 0, 'relu')).network;
  assert.deepEqual(
    layers.map(({ activation }) => activation),
    ['relu', 'relu', 'sigmoid'],
  );
  assert.deepEqual([layers[0].units, layers[2].units], [4, 1]);
  assert.ok(layers[1].units > 0);
});

test('a network without hidden layers can have its first, and be without again', () => {
  const bare = removeLayer(on('two'), 0);
  assert.deepEqual(
    bare.network.layers.map(({ activation }) => activation),
    ['sigmoid'],
  );
  assert.equal(addLayer(bare).network.layers.length, 2);
  assert.deepEqual(removeLayer(addLayer(bare), 0).network, bare.network);
});

test('units and activations change where they should, and nowhere else', () => {
  const before = addLayer(on('two'));
  const after = withActivation(withUnits(before, 1, 7), 1, 'relu').network.layers;
  assert.deepEqual([after[0], after[2]], [before.network.layers[0], before.network.layers[2]]);
  assert.deepEqual([after[1].units, after[1].activation], [7, 'relu']);
});
