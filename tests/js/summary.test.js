import { createFormat, setFormat } from '../../static/js/lib/format.js';
import { partsOf, titleOf } from '../../static/js/lib/summary.js';
import { assert, test } from './harness.js';
import { CATALOG } from './made-up-catalog.js';
import { experimentOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').Experiment} Experiment */

/** @param {Partial<Experiment>} change @param {number} [rate] */
function line(change, rate = 0.5) {
  const experiment = { ...experimentOf([2, 4, 1]), data: { dataset: 'two' }, ...change };
  const history = {
    experiment,
    learning_rate: rate,
    changes: [],
    edits: [],
    turns: [],
    losses: [],
    readings: [],
    frames: [],
  };
  const dataset = { train_indices: Array.from({ length: 100 }, (_, index) => index) };
  return partsOf(/** @type {any} */ ({ catalog: CATALOG, experiment, history, now: { step: 0 }, dataset }));
}

setFormat(createFormat('en'));

test('the line says network, loss, optimizer with the rate in force, and seed', () => {
  assert.deepEqual(line({}, 0.25), [
    '2-4-1 the tanh, the sigmoid',
    'the half_squared_error',
    'SGD, η 0.25',
    'seed 7',
  ]);
});

test('what is as usual is not said', () => {
  const said = line({
    l1: 0,
    l2: 0,
    test_fraction: 0,
    reduction: 'mean',
    batch: { size: 100, shuffle: true, seed: 0 },
  });
  assert.deepEqual(said, line({}));
});

for (const [change, words] of /** @type {[Partial<Experiment>, string][]} */ ([
  [{ batch: { size: 10, shuffle: true, seed: 0 } }, 'batch 10'],
  [{ test_fraction: 0.2 }, '20 % held out'],
  [{ test_fraction: 0.07 }, '7 % held out'],
  [{ reduction: 'sum' }, 'the half_squared_error, summed'],
  [{ l1: 0.01 }, 'L1 0.01'],
  [{ l2: 0.001 }, 'L2 0.001'],
])) {
  test(`the line says “${words}”`, () => assert.ok(line(change).includes(words), line(change).join(' · ')));
}

test('weights that are written out have no seed', () => {
  assert.ok(!line({ parameters: [] }).join().includes('seed'));
});

test('biases that are frozen everywhere are said', () => {
  const { network } = experimentOf([2, 4, 1]);
  const layers = network.layers.map((layer) => ({ ...layer, bias: false }));
  assert.ok(line({ network: { ...network, layers } }).includes('biases frozen'));
});

test('the title is the example as long as its data is there, then the data', () => {
  const title = (/** @type {object} */ data) => titleOf(CATALOG, 'mine', { ...experimentOf([2, 1]), data });
  assert.equal(title({ dataset: 'two', noise: 0.2 }), 'My example');
  assert.equal(title({ dataset: 'ten' }), 'The ten');
  assert.equal(title({ inputs: [[1]], targets: [[1]] }), 'Own data');
});
