import { hasJumped, jumpsOf, linesOf } from '../../static/js/lib/race/ledger.js';
import { assert, test } from './harness.js';
import { walk } from './made-up-race.js';

/** A run in one variable whose slope is twice its place. @param {number[]} places */
const run = (places) => ({ ...walk(places.map((one) => [one])), gradients: places.map((one) => [2 * one]) });

test('a step has jumped over a minimum where the slope has another sign behind it', () => {
  const one = run([-3, -1, 2, 1, -0.5, 0]);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((step) => hasJumped(one, step)),
    [false, true, false, true, false],
  );
  assert.equal(jumpsOf(one, 5), 2);
  assert.equal(jumpsOf(one, 2), 1);
  assert.equal(jumpsOf(one, 0), 0);
});

test('in two variables nobody can say whether it has jumped over', () => {
  const one = walk([
    [-3, 1],
    [2, -1],
  ]);
  assert.equal(jumpsOf(one, 1), null);
  assert.equal(linesOf(one, 1)[0].hasJumped, false);
});

test('the newest step is on the first line, with where it was, the gradient there and where it went', () => {
  const [newest, older] = linesOf(run([-3, -1, 2]), 2);
  assert.deepEqual(newest, { step: 2, before: [-1], gradient: [-2], after: [2], hasJumped: true });
  assert.deepEqual(older, { step: 1, before: [-3], gradient: [-6], after: [-1], hasJumped: false });
});
