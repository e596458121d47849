import { isSamePlace, placesOf, steepest } from '../../static/js/lib/places.js';
import { assert, test } from './harness.js';
import { distinct, parametersOf } from './made-up.js';

test('places are in the order of the flattened parameters, each once', () => {
  const places = placesOf(parametersOf([2, 2, 1], distinct(1)));
  assert.deepEqual(
    places.map(({ layer, unit, input }) => `${layer}${unit}${input}`),
    ['000', '001', '010', '011', '00bias', '01bias', '100', '101', '10bias'],
  );
});

test('two places are the same if layer, unit and input are', () => {
  const place = { layer: 1, unit: 0, input: 2 };
  assert.ok(isSamePlace(place, { ...place }));
  for (const other of [
    { ...place, layer: 0 },
    { ...place, unit: 1 },
    { ...place, input: 'bias' },
  ])
    assert.ok(!isSamePlace(place, /** @type {any} */ (other)));
  assert.ok(!isSamePlace(null, null));
});

test('the steepest parameter is the weight with the largest gradient, of whatever sign', () => {
  const layers = [
    { dW: [[0.1, -0.4]], db: [9] },
    { dW: [[0.2], [null]], db: [0, 0] },
  ];
  assert.deepEqual(steepest(layers), { layer: 0, unit: 0, input: 1 });
  assert.equal(steepest([]), null);
});
