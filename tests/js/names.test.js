import { layerName, phaseName, unitName } from '../../static/js/lib/names.js';
import { assert, test } from './harness.js';

const without = { activations: ['sigmoid'] };
const one = { activations: ['tanh', 'sigmoid'] };
const two = { activations: ['tanh', 'tanh', 'sigmoid'] };

test('layers are named as a reader counts them', () => {
  assert.deepEqual(
    [-1, 0].map((layer) => layerName(without, layer)),
    ['inputs', 'output'],
  );
  assert.deepEqual(
    [-1, 0, 1].map((layer) => layerName(one, layer)),
    ['inputs', 'hidden', 'output'],
  );
  assert.deepEqual(
    [-1, 0, 1, 2].map((layer) => layerName(two, layer)),
    ['inputs', 'hidden 1', 'hidden 2', 'output'],
  );
});

test('units are named as a reader counts them', () => {
  assert.deepEqual(
    [-1, 0].map((layer) => unitName(without, layer, 0)),
    ['input 1', 'output unit 1'],
  );
  assert.deepEqual(
    [-1, 0, 1].map((layer) => unitName(one, layer, 1)),
    ['input 2', 'hidden unit 2', 'output unit 2'],
  );
  assert.equal(unitName(two, 1, 3), 'unit 4 of hidden layer 2');
});

test('no two units of a network have one name', () => {
  const names = [-1, 0, 1, 2].flatMap((layer) => [0, 1, 2].map((unit) => unitName(two, layer, unit)));
  assert.equal(new Set(names).size, 12);
});

test('each phase has its name', () => {
  assert.deepEqual(['forward', 'loss', 'backward', 'update'].map(phaseName), [
    'Forward pass',
    'Loss',
    'Backward pass',
    'Update',
  ]);
});
