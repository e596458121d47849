import { mapFacts } from '../../static/js/lib/map-facts.js';
import { answered, walked } from './made-up-map.js';
import { assert, test } from './harness.js';

const PATH = { x: [0, 0, 0, 0], y: [0, 0, 0, 0], distance: [1, 1, 1, 0] };
/** A run of three steps with these losses of its moments and of the map below them. @param {(number | null)[]} loss @param {(number | null)[]} slice_loss */
const over = (loss, slice_loss) => mapFacts(answered(walked(3), { path: { ...PATH, loss, slice_loss } }));

test('earlier moments are off the map where it is wrong about them by more than a hundredth', () => {
  const here = { held: null };
  assert.deepEqual(over([4, 3, 2, 1], [4.1, 3.2, 2.001, 1]), { off_map: 2, start_off_map: 1, ...here });
  assert.deepEqual(over([4, 3, 2, 1], [4, 3, 2.001, 1]), { off_map: 0, start_off_map: 0, ...here });
  assert.deepEqual(over([4, 3, 2, 1], [4, 3.5, 2, 1]), { off_map: 1, start_off_map: 0, ...here });
  // What no number can hold is not at the height of one.
  assert.deepEqual(over([4, null, null, 1], [4, 3, null, 1]), { off_map: 1, start_off_map: 0, ...here });
});

test('nothing is said of a map through another moment, of one that is not there yet, or before the first step', () => {
  const nothing = { off_map: null, start_off_map: null, held: null };
  const made = answered(walked(3));
  assert.equal(mapFacts(made).off_map, 3);
  const [first] = made.history.frames;
  assert.deepEqual(mapFacts(answered({ ...walked(3), centre: first })), nothing);
  assert.deepEqual(mapFacts({ ...made, now: first }), nothing);
  assert.deepEqual(mapFacts({ ...made, isTraining: true }), nothing);
  assert.deepEqual(mapFacts(walked(3)), nothing);
  assert.deepEqual(mapFacts(answered(walked(0))), nothing);
});

test('the plane of the path holds as much as its caption says, and other planes nothing', () => {
  const plane = /** @type {const} */ ({ kind: 'pca' });
  const shares = { explained_variance: [0.9711, 0.0102] };
  assert.equal(mapFacts(answered(walked(3, { plane }), shares)).held, 98.1);
  const [centre] = walked(3).history.frames;
  assert.equal(mapFacts(answered(walked(3, { plane, centre }), shares)).held, 98.1);
  assert.equal(mapFacts(answered(walked(3, { plane }))).held, null);
  assert.equal(mapFacts(answered(walked(3), shares)).held, null);
});
