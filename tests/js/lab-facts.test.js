import { factsOf } from '../../static/js/lib/lab-facts.js';
import { INITIAL } from '../../static/js/state.js';
import { assert, test } from './harness.js';
import { stateOf } from './made-up.js';

test('before anything is there no fact is known, but for what is chosen', () => {
  const facts = factsOf(INITIAL);
  for (const name of ['step', 'reached', 'loss', 'accuracy', 'rate', 'changes', 'branches', 'phase', 'ill'])
    assert.equal(facts[name], null, name);
  assert.equal(facts.pinned, 'nothing');
  assert.equal(facts.plane, 'parameters');
});

test('the facts are those of the moment on screen', () => {
  const made = stateOf([2, 2, 1]);
  const facts = factsOf(made);
  assert.equal(facts.step, made.now?.step);
  assert.equal(facts.loss, made.trace?.loss);
  assert.equal(facts.branches, made.branches.length);
  assert.equal(facts.layers, made.experiment?.network.layers.length);
  assert.equal(facts.diverged, 0);
});

test('the phase is that of the operation that was made last', () => {
  const made = stateOf([2, 2, 1]);
  const operations = made.trace?.operations ?? [];
  assert.equal(factsOf({ ...made, isWhole: true }).phase, 'whole');
  assert.equal(factsOf({ ...made, isWhole: false, cursor: 0 }).phase, 'before');
  assert.equal(
    factsOf({ ...made, isWhole: false, cursor: operations.length }).phase,
    operations.at(-1)?.phase ?? null,
  );
});

test('what is asked about is told with its layer; a bias is no weight', () => {
  const made = stateOf([2, 2, 1]);
  const told = (/** @type {any} */ pinned) => {
    const facts = factsOf({ ...made, pinned });
    return [facts.pinned, facts.pinned_layer];
  };
  assert.deepEqual(told(null), ['nothing', 0]);
  assert.deepEqual(told({ kind: 'loss' }), ['loss', 0]);
  assert.deepEqual(told({ kind: 'unit', layer: -1, unit: 0 }), ['unit', 0]);
  assert.deepEqual(told({ kind: 'unit', layer: 1, unit: 0 }), ['unit', 2]);
  const place = { layer: 0, unit: 1, input: 0 };
  assert.deepEqual(told({ kind: 'parameter', place }), ['weight', 1]);
  assert.deepEqual(told({ kind: 'parameter', place: { ...place, layer: 1 } }), ['weight', 2]);
  assert.deepEqual(told({ kind: 'parameter', place: { ...place, input: 'bias' } }), ['bias', 1]);
});

test('the gradients of weights are counted as they come, and the layer of the first is told', () => {
  const made = stateOf([2, 2, 1]);
  const last = Number(made.trace?.layers.length) - 1;
  const operation = (/** @type {string} */ kind, /** @type {number} */ layer) => ({ kind, layer });
  const operations = [operation('z', 0), operation('delta', last), operation('dW', last), operation('dW', 0)];
  const told = (/** @type {any} */ change, /** @type {any} */ trace = { operations }) => {
    const facts = factsOf({
      ...made,
      isWhole: false,
      trace: /** @type {any} */ ({ ...made.trace, ...trace }),
      ...change,
    });
    return [facts.gradients, facts.first_gradient];
  };
  assert.deepEqual(told({ cursor: 2 }), [0, 'none']);
  assert.deepEqual(told({ cursor: 3 }), [1, 'last']);
  assert.deepEqual(told({ cursor: 4 }), [2, 'last']);
  assert.deepEqual(told({ cursor: 0, isWhole: true }), [2, 'last']);
  assert.deepEqual(told({ cursor: 4 }, { operations: [...operations].reverse() }), [2, 'first']);
  assert.deepEqual(told({ cursor: 4 }, { operations: null }), [null, null]);
});

test('weights have moved when an update is on screen, or a step was made', () => {
  const made = stateOf([2, 2, 1]);
  const at = (/** @type {any} */ step, /** @type {number} */ cursor) =>
    factsOf({ ...made, isWhole: false, cursor, now: /** @type {any} */ ({ ...made.now, step }) }).moved;
  const operations = made.trace?.operations ?? [];
  const first = operations.findIndex(({ phase }) => phase === 'update');
  assert.ok(first > 0);
  assert.deepEqual([at(0, 0), at(0, first), at(0, first + 1), at(1, 0)], [0, 0, 1, 1]);
});
