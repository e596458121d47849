import {
  GRANULARITIES,
  key,
  known,
  nextStop,
  phaseLengths,
  previousStop,
  resultKey,
  stops,
} from '../../static/js/lib/walk.js';
import { assert, test } from './harness.js';
import { distinct, operation, operationsOf } from './made-up.js';

/** Two inputs, two hidden units, one output, a batch of two: 31 operations. */
const OPERATIONS = operationsOf([2, 2, 1], distinct(1), { examples: 2, isFused: true });

/** Counted by hand: za za | za | loss loss | δ dW dW db | (da δ dW dW db) twice | (w w b) twice | w w b. */
const STOPS = {
  operation: Array.from({ length: 32 }, (_, index) => index),
  unit: [0, 2, 4, 6, 8, 12, 17, 22, 25, 28, 31],
  layer: [0, 4, 6, 8, 12, 22, 28, 31],
  pass: [0, 8, 22, 31],
  step: [0, 31],
};

test('the made-up step is what was counted by hand', () => {
  const kinds =
    'z a z a z a example_loss batch_loss delta_fused dW dW db da delta dW dW db da delta dW dW db weight weight bias weight weight bias weight weight bias';
  assert.equal(OPERATIONS.map(({ kind }) => kind).join(' '), kinds);
  assert.deepEqual(phaseLengths(OPERATIONS), [6, 2, 14, 9]);
});

for (const granularity of GRANULARITIES) {
  const expected = STOPS[granularity];

  test(`a walk by ${granularity} stops where a person would`, () =>
    assert.deepEqual(stops(OPERATIONS, granularity), expected));

  test(`going forward by ${granularity} comes by all stops, and then to an end`, () => {
    /** @type {(number | null)[]} */
    const found = [0];
    for (
      let at = nextStop(OPERATIONS, 0, granularity);
      at !== null;
      at = nextStop(OPERATIONS, at, granularity)
    ) {
      found.push(at);
      assert.ok(found.length <= expected.length, `${at} is one stop too many`);
    }
    assert.deepEqual(found, expected);
  });

  test(`going back by ${granularity} comes by the same stops, and then to an end`, () => {
    const found = [31];
    let at = previousStop(OPERATIONS, 31, granularity);
    for (; at !== null; at = previousStop(OPERATIONS, at, granularity)) {
      found.push(at);
      assert.ok(found.length <= expected.length, `${at} is one stop too many`);
    }
    assert.deepEqual(found.toReversed(), expected);
  });

  test(`between two stops, the next by ${granularity} is the one after and the previous the one before`, () => {
    expected.slice(1).forEach((stop, index) => {
      const before = expected[index];
      for (let cursor = before; cursor < stop; cursor += 1)
        assert.equal(nextStop(OPERATIONS, cursor, granularity), stop);
      for (let cursor = before + 1; cursor <= stop; cursor += 1)
        assert.equal(previousStop(OPERATIONS, cursor, granularity), before);
    });
  });

  test(`a walk by ${granularity} through no operations has nowhere to go`, () => {
    assert.equal(nextStop([], 0, granularity), null);
    assert.equal(previousStop([], 0, granularity), null);
  });
}

test('a number is named by what it is and whose', () => {
  assert.equal(key('batch_loss'), 'batch_loss');
  assert.equal(key('z', 0, 1), 'z 0 1');
  assert.equal(key('dW', 1, 0, 2), 'dW 1 0 2');
  assert.ok(key('dW', 1, 11, 1) !== key('dW', 1, 1, 11));
});

test('a number has one name, whichever way it was found', () => {
  const place = { layer: 1, unit: 0 };
  assert.equal(resultKey(operation('da_loss', place)), key('da', 1, 0));
  assert.equal(resultKey(operation('delta_fused', place)), key('delta', 1, 0));
  assert.equal(resultKey(operation('delta_softmax', place)), key('delta', 1, 0));
  assert.equal(resultKey(operation('weight', { ...place, input: 2 })), key('weight', 1, 0, 2));
});

test('no two operations of a step give a number of one name', () => {
  assert.equal(new Set(OPERATIONS.map(resultKey)).size, OPERATIONS.length);
});

test('known is what was computed up to the cursor, and nothing beyond', () => {
  assert.equal(known(OPERATIONS, 0).size, 0);
  OPERATIONS.forEach((one, index) => {
    assert.ok(!known(OPERATIONS, index).has(resultKey(one)));
    assert.equal(known(OPERATIONS, index + 1).get(resultKey(one)), one.value);
  });
  assert.equal(known(OPERATIONS, 31).size, 31);
});

test('a number that no longer fits is known as such', () => {
  const found = known([operation('z', { layer: 0, unit: 0, value: null })], 1);
  assert.equal(found.get('z 0 0'), null);
});
