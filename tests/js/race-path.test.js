import { stridesOf, wayOf } from '../../static/js/lib/race/path.js';
import { hasJumped } from '../../static/js/lib/race/ledger.js';
import { assert, test } from './harness.js';

/** @param {(number | null)[][]} points @returns {import('../../static/js/lib/wire.js').WalkAnswer} */
const through = (points) => /** @type {any} */ ({ points, gradients: points });

test('steps are compared each with the one before, up to the step on screen', () => {
  const line = (/** @type {number[]} */ ...places) => through(places.map((place) => [place]));
  assert.equal(stridesOf(line(0, 4, 6, 7), 3), 'shorter');
  assert.equal(stridesOf(line(0, 1, 3, 7), 3), 'longer');
  assert.equal(stridesOf(line(0, 0.1, 0.2, 0.3), 3), 'equal');
  assert.equal(stridesOf(line(0, 2, 3, 5), 3), 'mixed');
  assert.equal(stridesOf(line(0, 2, 3, 5), 2), 'shorter');
  assert.equal(stridesOf(line(0, 2), 1), 'none');
  // It stands at the minimum, but for rounding.
  assert.equal(stridesOf(line(1.6, 1.6, 1.6), 2), 'none');
  assert.equal(stridesOf(line(0, 4, 6, 6 + 1e-15, 6), 4), 'shorter');
});

test('a way is straight, or bends, or goes across first, or around', () => {
  const minima = [[0, 0]];
  assert.equal(
    wayOf(
      through([
        [4, 4],
        [2, 2],
        [1, 1],
      ]),
      2,
      minima,
    ),
    'straight',
  );
  assert.equal(
    wayOf(
      through([
        [4, 4],
        [2.5, 2.1],
        [1, 1],
      ]),
      2,
      minima,
    ),
    'bent',
  );
  assert.equal(
    wayOf(
      through([
        [4, 4],
        [4, 0],
        [2, 0],
      ]),
      2,
      minima,
    ),
    'across',
  );
  const circle = Array.from({ length: 16 }, (_, at) => [Math.cos(at / 2), Math.sin(at / 2)]);
  assert.equal(wayOf(through(circle.slice(0, 10)), 9, minima) === 'circles', false);
  assert.equal(wayOf(through(circle), 15, minima), 'circles');
  assert.equal(
    wayOf(
      through([
        [4, 4],
        [2, 2],
      ]),
      1,
      minima,
    ),
    'none',
  );
  assert.equal(wayOf(through([[4], [2], [1]]), 2, [[0]]), 'none');
  assert.equal(
    wayOf(
      through([
        [4, 4],
        [2, 2],
        [1, 1],
      ]),
      2,
      [],
    ),
    'none',
  );
});

test('a sign that is only rounding is no jump over a minimum', () => {
  assert.equal(hasJumped(/** @type {any} */ ({ gradients: [[-5], [1e-16], [-1e-16]] }), 1), false);
  assert.equal(hasJumped(/** @type {any} */ ({ gradients: [[-5], [1e-16], [-1e-16]] }), 2), false);
  assert.equal(hasJumped(/** @type {any} */ ({ gradients: [[-5], [1e-6], [-1e-6]] }), 2), true);
});
