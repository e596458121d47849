/** The arrows of the map: each begins and ends where the loss falls, in the plane's own units. */

import * as theMapArrows from '../../static/js/views/map/arrows.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('map-arrows');
const { arrowsOf } = kept('map/arrows', theMapArrows);

/** Two columns and two rows of gradients, on a grid that is wider than high. @param {any} [more] @returns {any} */
const made = (more) => ({
  landscape: {
    y: [0, 1],
    gradients: {
      x: [0, 4],
      y: [0, 2],
      dx: [
        [3, -1],
        [0, null],
      ],
      dy: [
        [1, 2],
        [0, 1],
      ],
    },
    ...more,
  },
});

/** The arrows as three points and the other wing. @param {any} data */
function arrowsIn([{ x, y }]) {
  const points = x.map((/** @type {number} */ one, /** @type {number} */ at) => [one, y[at]]);
  return Array.from({ length: points.length / 7 }, (_, index) => {
    const [tail, tip, left, , again, right] = points.slice(7 * index, 7 * index + 7);
    assert.deepEqual(again, tip);
    return { tail, tip, left, right };
  });
}

/** In cells of the grid. @param {number[]} from @param {number[]} to */
const way = (from, to) => [(to[0] - from[0]) / 4, (to[1] - from[1]) / 2];

test('each arrow leads from where the loss is higher to where it is lower, about its own place', () => {
  const arrows = arrowsIn(arrowsOf(made(), 'ink'));
  // Where the slope is nothing, or unknown, there is none.
  assert.equal(arrows.length, 2);
  const expected = [
    { at: [0, 0], dx: 3, dy: 1 },
    { at: [4, 0], dx: -1, dy: 2 },
  ];
  for (const [index, { tail, tip }] of filled(arrows.entries())) {
    const { at, dx, dy } = expected[index];
    assert.close([(tail[0] + tip[0]) / 2, (tail[1] + tip[1]) / 2], at);
    const [right, above] = way(tail, tip);
    // Along −gradient, measured in cells: 4 wide, 2 high.
    const [wanted, up] = [-dx / 4, -dy / 2];
    assert.close(right * up, above * wanted);
    assert.ok(right * wanted + above * up > 0, 'it points downhill');
  }
});

test('the steeper, the longer: the steepest is nearly a cell long, and lengths follow the cube root', () => {
  const lengths = arrowsIn(arrowsOf(made(), 'ink')).map(({ tail, tip }) => Math.hypot(...way(tail, tip)));
  const slopes = [Math.hypot(3 / 4, 1 / 2), Math.hypot(1 / 4, 2 / 2)];
  const steepest = Math.max(...slopes);
  assert.close(
    lengths,
    slopes.map((slope) => 0.85 * Math.cbrt(slope / steepest)),
  );
});

test('the head of an arrow is at its tip: two wings, one on each side, that lie back', () => {
  for (const { tail, tip, left, right } of filled(arrowsIn(arrowsOf(made(), 'ink')))) {
    const [along, up] = way(tail, tip);
    const sides = [left, right].map((wing) => {
      const [x, y] = way(tip, wing);
      assert.ok(x * along + y * up < 0, 'it lies back');
      assert.ok(Math.hypot(x, y) < 0.5 * Math.hypot(along, up), 'it is short');
      return Math.sign(along * y - up * x);
    });
    assert.equal(sides[0] * sides[1], -1);
  }
});

test('on a line, without gradients, and where all is flat there are none', () => {
  assert.deepEqual(arrowsOf(made({ y: null }), 'ink'), []);
  assert.deepEqual(arrowsOf(made({ gradients: null }), 'ink'), []);
  const flat = { x: [0], y: [0], dx: [[0]], dy: [[0]] };
  assert.deepEqual(arrowsOf(made({ gradients: flat }), 'ink'), []);
});
