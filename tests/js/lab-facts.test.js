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
