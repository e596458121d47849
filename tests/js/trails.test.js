/** Arrows of a race: a shaft with two barbs that lie back, on a border of their own. */

import * as theRaceTrails from '../../static/js/views/race/trails.js';
import { assert, test } from './harness.js';
import { WIDE } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('trails');
const { arrowOf, handleOf } = kept('race/trails', theRaceTrails);

const BOX = { x: 0, y: 0, width: 100, height: 100 };
const { colours } = WIDE;

/** @param {[number, number]} to @param {number} [width] */
const arrow = (to, width = 2) =>
  arrowOf({ x: 10, y: 20 }, { x: 10 + to[0], y: 20 + to[1] }, 'red', width, colours, BOX, [5, 3]);

test('an arrow is a shaft from one place to the other, and two barbs at its end', () => {
  const [border, shaft, heads] = arrow([30, 40]);
  assert.deepEqual(shaft.pieces, [[10, 20, 40, 60]]);
  assert.deepEqual(border.pieces, [...shaft.pieces, ...heads.pieces]);
  // 11 of 50 pixels back, and 0.45 of that to each side.
  const back = 11 / 50;
  assert.deepEqual(
    heads.pieces.map((piece) => piece.slice(0, 2)),
    [
      [40, 60],
      [40, 60],
    ],
  );
  assert.close(
    heads.pieces.map((piece) => piece.slice(2)),
    [
      [40 - back * (30 - 0.45 * 40), 60 - back * (40 + 0.45 * 30)],
      [40 - back * (30 + 0.45 * 40), 60 - back * (40 - 0.45 * 30)],
    ],
  );
});

test('its border is wider, in the colour of the ground, and only the shaft is dashed', () => {
  const [border, shaft, heads] = arrow([30, 40]);
  assert.deepEqual([border.width, shaft.width, heads.width], [5, 2, 2]);
  assert.deepEqual([border.colour, shaft.colour, heads.colour], [colours.panel, 'red', 'red']);
  assert.deepEqual([border.dash, shaft.dash, heads.dash], [undefined, [5, 3], undefined]);
  for (const stroke of [border, shaft, heads]) assert.deepEqual(stroke.box, BOX);
});

test('of a short arrow the barbs are no longer than three fifths; too short, or endless, it is not drawn', () => {
  const [, , heads] = arrow([10, 0]);
  assert.close(heads.pieces[0].slice(2), [20 - 6, 20 - 0.45 * 6]);
  assert.equal(arrow([2, 0]).length, 0);
  assert.equal(arrow([2.1, 0]).length, 3);
  assert.equal(arrow([NaN, 0]).length, 0);
  assert.equal(arrow([1e5, 0]).length, 3);
  assert.equal(arrow([1e5 + 1, 0]).length, 0);
});

test('the handle at the start is two rings about the place, with its name above', () => {
  const [ring, dot, name] = handleOf({ x: 7, y: 50 }, colours, 'start');
  assert.deepEqual([ring.x, ring.y, dot.x, dot.y, name.x], [7, 50, 7, 50, 7]);
  assert.ok(dot.radius > 0 && dot.radius < ring.radius);
  assert.ok(name.y < 50 - ring.radius);
  assert.equal(name.text, 'start');
});
