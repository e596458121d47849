import {
  MOST_HIDDEN,
  MOST_UNITS,
  addLayer,
  featuresOf,
  fittingActivations,
  fittingLosses,
  removeLayer,
  resized,
  possibleOutputs,
  withActivation,
  withBatch,
  withBias,
  withDataSetting,
  withDataset,
  withFeature,
  withInitializer,
  withInitializerSetting,
  withLoss,
  withOutput,
  withOptimizer,
  withOptimizerSetting,
  withSeed,
  withSmallBatches,
  withTestFraction,
  withUnits,
} from '../../static/js/lib/experiment.js';
import { assert, filled, test } from './harness.js';
import { CATALOG } from './made-up-catalog.js';
import { distinct, experimentOf, frozen, parametersOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').Experiment} Experiment */

const OUTPUTS = CATALOG.activations.map(({ name }) => name);

/** @param {string | undefined} name @param {string} [output] @param {number} [units] @returns {Experiment} */
const on = (name, output = 'sigmoid', units = 1) =>
  frozen({
    ...experimentOf([2, 4, units], output),
    data: name ? { dataset: name } : { inputs: [[0, 1]], targets: [Array(units).fill(2)] },
  });

/** What is wrong with an output layer, by what losses can compare and what data sets need. @param {Experiment} experiment */
function problem({ network, loss, data }) {
  const { units, activation } = network.layers[network.layers.length - 1];
  const classes = { two: 2, ten: 10 }[/** @type {string} */ (data.dataset)];
  const columns =
    classes === undefined
      ? (data.targets?.[0].length ?? 1)
      : classes === 2 && loss !== 'cross_entropy'
        ? 1
        : classes;
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

  for (const first of filled(losses)) {
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
      for (const then of filled(losses))
        assert.equal(problem(withLoss(CATALOG, withLoss(CATALOG, on(data), first), then)), null, then);
    });

    test(`for data that is ${name}, every output activation offered with ${first} fits it`, () => {
      const experiment = withLoss(CATALOG, on(data), first);
      const offered = fittingActivations(CATALOG, experiment, 1).map((row) => row.name);
      assert.ok(offered.includes(experiment.network.layers[1].activation), 'its own is not offered');
      for (const one of filled(offered)) assert.equal(problem(withActivation(experiment, 1, one)), null, one);
    });
  }
}

for (const data of ['two', 'ten', 'values', undefined]) {
  const name = data ?? 'given outright';

  test(`for data that is ${name}, any output offered brings a loss that fits, and the loss stays where it can`, () => {
    for (const { name: first } of filled(fittingLosses(CATALOG, on(data)))) {
      const before = withLoss(CATALOG, on(data), first);
      const fitting = fittingActivations(CATALOG, before, 1).map((row) => row.name);
      for (const { name: output } of filled(possibleOutputs(CATALOG, before))) {
        const after = withOutput(CATALOG, before, output);
        assert.equal(problem(after), null, `${first}, then ${output}`);
        assert.equal(after.network.layers[1].activation, output);
        if (fitting.includes(output)) assert.equal(after.loss, first);
      }
    }
  });
}

test('an output whose values the loss is not defined for brings another loss', () => {
  const before = withLoss(CATALOG, on('two', 'sigmoid'), 'binary_cross_entropy');
  assert.equal(withOutput(CATALOG, before, 'tanh').loss, 'half_squared_error');
  assert.equal(withOutput(CATALOG, before, 'sigmoid').loss, 'binary_cross_entropy');
});

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

test('a layer can be added anywhere, like the one before it', () => {
  const two = withActivation(withBias(on('two'), 0, false), 0, 'relu');
  const first = addLayer(two, 0).network.layers;
  assert.deepEqual(
    first.map(({ units }) => units),
    [3, 4, 1],
  );
  assert.deepEqual([first[0].activation, first[0].bias], ['relu', false]);
  const last = addLayer(two, 1).network.layers;
  assert.deepEqual(
    last.map(({ units }) => units),
    [4, 3, 1],
  );
});

test('a network grows no larger than the picture can show', () => {
  let deep = on('two');
  for (let index = 0; index < 2 * MOST_HIDDEN; index += 1) deep = addLayer(deep, 0);
  assert.equal(deep.network.layers.length, MOST_HIDDEN + 1);
  let wide = on('two');
  for (let index = 0; index < 2 * MOST_UNITS; index += 1) wide = resized(wide, 0, 1);
  assert.equal(wide.network.layers[0].units, MOST_UNITS);
  for (let index = 0; index < 2 * MOST_UNITS; index += 1) wide = resized(wide, 0, -1);
  assert.equal(wide.network.layers[0].units, 1);
});

test('a layer that came larger stays until it is made smaller', () => {
  const large = withUnits(on('two'), 0, 40);
  assert.equal(resized(large, 0, 1).network.layers[0].units, 40);
  assert.equal(resized(large, 0, -1).network.layers[0].units, 39);
});

test('frozen biases change nothing else, and written-out weights stay', () => {
  const before = writtenOut();
  const after = withBias(before, 0, false);
  assert.equal(after.network.layers[0].bias, false);
  assert.deepEqual(after.parameters, before.parameters);
  assert.deepEqual(after.network.layers[1], before.network.layers[1]);
});

for (const [
  from,
  to,
  inputs,
  units,
  activation_,
  loss_,
] of /** @type {[string, string, number, number, string, string][]} */ ([
  ['two', 'ten', 64, 10, 'sigmoid', 'binary_cross_entropy'],
  ['two', 'values', 1, 1, 'identity', 'half_squared_error'],
  ['values', 'two', 2, 1, 'sigmoid', 'binary_cross_entropy'],
  ['values', 'ten', 64, 10, 'softmax', 'cross_entropy'],
  ['ten', 'alone', 2, 2, 'identity', 'half_squared_error'],
  ['two', 'winding', 2, 1, 'sigmoid', 'binary_cross_entropy'],
])) {
  test(`from ${from} to ${to}, inputs, outputs and loss follow`, () => {
    const start = withDataset(CATALOG, on('two'), from);
    const { network, loss, data } = withDataset(
      CATALOG,
      withLoss(CATALOG, start, fittingLosses(CATALOG, start).at(from === 'values' ? 0 : 3)?.name ?? ''),
      to,
    );
    const last = network.layers[network.layers.length - 1];
    assert.deepEqual(
      [data.dataset, network.inputs, last.units, last.activation, loss],
      [to, inputs, units, activation_, loss_],
    );
    assert.equal(network.layers[0].units, 4, 'the hidden layer stays');
  });
}

test('another data set keeps the seed, and nothing that was chosen for the one before', () => {
  const noisy = withFeature(
    CATALOG,
    withDataSetting(CATALOG, withDataSetting(CATALOG, on('two'), 'noise', 0.3), 'seed', 9),
    'x1^2',
    true,
  );
  assert.deepEqual(withDataset(CATALOG, noisy, 'winding').data, { dataset: 'winding', seed: 9 });
});

test('a setting that says how many classes there are changes the outputs', () => {
  const three = withDataSetting(CATALOG, withLoss(CATALOG, on('winding'), 'cross_entropy'), 'arms', 3);
  assert.equal(three.network.layers[1].units, 3);
  const two = withDataSetting(CATALOG, withLoss(CATALOG, three, 'binary_cross_entropy'), 'arms', 2);
  assert.equal(two.network.layers[1].units, 1);
});

test('a setting that says how large a picture is changes the inputs', () => {
  const small = withDataSetting(CATALOG, withDataset(CATALOG, on('two'), 'pictures'), 'side', 5);
  assert.equal(small.network.inputs, 25);
  assert.equal(withDataset(CATALOG, on('two'), 'pictures').network.inputs, 64);
});

test('features are the inputs, in the order of the catalog, and at least one stays', () => {
  const three = withFeature(CATALOG, on('two'), 'x2^2', true);
  assert.deepEqual(three.data.features, ['x1', 'x2', 'x2^2']);
  assert.equal(three.network.inputs, 3);
  const one = withFeature(CATALOG, withFeature(CATALOG, three, 'x1', false), 'x2^2', false);
  assert.deepEqual(one.data.features, ['x2']);
  assert.equal(withFeature(CATALOG, one, 'x2', false), one);
  assert.deepEqual(featuresOf(CATALOG, on('two')), ['x1', 'x2']);
});

test('the inputs as they are need no features', () => {
  const back = withFeature(CATALOG, withFeature(CATALOG, on('two'), 'x1^2', true), 'x1^2', false);
  assert.ok(!('features' in back.data));
  assert.equal(back.network.inputs, 2);
});

test('a single example cannot be parted', () => {
  const held = withTestFraction(CATALOG, on('two'), 0.2);
  assert.equal(held.test_fraction, 0.2);
  assert.equal(withDataset(CATALOG, held, 'alone').test_fraction, 0);
  assert.equal(withDataSetting(CATALOG, held, 'samples', 1).test_fraction, 0);
});

test('a step has no more examples than its numbers can be shown of', () => {
  const large = withDataSetting(CATALOG, withUnits(on('two'), 0, 40), 'samples', 10_000);
  // 3 inputs and outputs, and five numbers for each of 41 units; four for each of 161 parameters
  assert.equal(large.data.samples, Math.floor((1_000_000 - 4 * 161) / (3 + 5 * 41)));
  const batches = withDataSetting(CATALOG, withSmallBatches(CATALOG, large, true), 'samples', 10_000);
  assert.equal(batches.data.samples, 10_000);
  assert.equal(withSmallBatches(CATALOG, batches, false).data.samples, large.data.samples);
});

test('the loss of data given outright fits its targets', () => {
  const given = (/** @type {number[][]} */ targets) => ({
    ...on(undefined),
    data: { inputs: [[0, 1]], targets },
  });
  const of = (/** @type {number[][]} */ targets) =>
    fittingLosses(CATALOG, given(targets)).map(({ name }) => name);
  const any = ['half_squared_error', 'huber'];
  assert.deepEqual(of([[0.2, 5]]), any);
  assert.deepEqual(of([[0.5], [0]]), [...any, 'binary_cross_entropy']);
  assert.deepEqual(of([[-1], [1]]), [...any, 'hinge']);
  assert.deepEqual(of([[0.25, 0.75]]), [...any, 'binary_cross_entropy', 'cross_entropy']);
  assert.deepEqual(
    of([[1], [1]]),
    [...any, 'hinge', 'binary_cross_entropy'],
    'one column is no distribution',
  );
});

test('another optimizer is as it is by default, and keeps the rate where it may', () => {
  const start = { ...on('two'), optimizer: { name: 'sgd', learning_rate: 0.7 } };
  assert.deepEqual(withOptimizer(CATALOG, start, 'momentum').optimizer, {
    name: 'momentum',
    learning_rate: 0.7,
  });
  assert.deepEqual(withOptimizer(CATALOG, start, 'adam').optimizer, { name: 'adam', learning_rate: 0.01 });
  const heavy = withOptimizerSetting(withOptimizer(CATALOG, start, 'momentum'), 'momentum', 0.5);
  assert.deepEqual(heavy.optimizer, { name: 'momentum', learning_rate: 0.7, momentum: 0.5 });
  assert.deepEqual(withOptimizer(CATALOG, heavy, 'sgd').optimizer, { name: 'sgd', learning_rate: 0.7 });
});

test('batches are all examples, or some of them', () => {
  const some = withSmallBatches(CATALOG, on('two'), true);
  assert.deepEqual(some.batch, { size: 10, shuffle: true, seed: 0 });
  assert.equal(withBatch(CATALOG, some, { size: 3 }).batch.size, 3);
  assert.equal(withSmallBatches(CATALOG, some, false).batch.size, null);
});

test('other first weights keep seed and bias, and drop what was written out', () => {
  const start = { ...on('two'), initializer: { name: 'normal', std: 2, seed: 5, bias: 0.1 } };
  assert.deepEqual(withInitializer(start, 'zeros').initializer, { name: 'zeros', seed: 5, bias: 0.1 });
  assert.deepEqual(withInitializerSetting(start, 'std', 1).initializer, {
    name: 'normal',
    std: 1,
    seed: 5,
    bias: 0.1,
  });
  assert.ok(!('parameters' in withInitializer(writtenOut(), 'zeros')));
});

test('nothing that is given is changed in place', () => {
  const before = frozen(writtenOut());
  const edits = [
    withDataset(CATALOG, before, 'ten'),
    addLayer(before, 0),
    removeLayer(before, 0),
    withFeature(CATALOG, before, 'x1^2', true),
    withSmallBatches(CATALOG, before, true),
  ];
  for (const after of filled(edits)) assert.ok(after !== before);
});
