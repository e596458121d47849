/** Why a gradient and nudging are not the same: each reason in the state it is for, and in those next to it. */

import { reasonOf } from '../../static/js/lib/agreement.js';
import { assert, test } from './harness.js';
import { comparisonOf } from './made-up.js';

/** @param {Parameters<typeof comparisonOf>[0]} given */
const words = (given) => reasonOf(comparisonOf(given), 1e-5);

test('what rounding explains is called rounding, and nothing more than that', () => {
  assert.match(words({ numerical: 0.5 + 1e-11, rounding: 1e-10 }), /is rounding/);
  assert.match(words({ numerical: 0.5 + 1e-9, rounding: 1e-10 }), /bends a little/);
  assert.match(words({ gradient: 0, numerical: 1e-12, rounding: 0 }), /bends a little/);
  assert.equal(words({ numerical: 0.5 }), 'They agree to the last digit.');
});

test('of a corner both slopes are told, and which of them backpropagation takes', () => {
  const corner = (/** @type {number} */ gradient) =>
    words({ verdict: 'corner', gradient, left: 0, right: -2 });
  assert.match(corner(0), /0 on the left and −2 on the right.*the one on the left/);
  assert.match(corner(-2), /the one on the right/);
  assert.match(corner(-1), /takes the middle, and so does nudging/);
  assert.match(corner(-0.5), /one slope of each corner/);
});

test('what a smaller nudge mends is told with its slope', () => {
  assert.match(
    words({ verdict: 'bent', closer: 0.25 }),
    /Within ±10⁻⁵ .*Nudged by ±10⁻⁷ the slope is \+0\.25/,
  );
});

test('a jump, corners that cancel, numbers that do not fit, and a gradient that is wrong', () => {
  assert.match(words({ verdict: 'jump' }), /jumps here/);
  assert.match(words({ verdict: 'hidden_corner' }), /the corners cancel/);
  assert.match(words({ verdict: 'overflow' }), /nothing to compare/);
  assert.match(words({ verdict: 'differs', numerical: 0.75 }), /They differ, by 0\.25/);
});
