import { contour, joined } from '../../static/js/lib/contour.js';
import { assert, filled, test } from './harness.js';
import { random } from './made-up.js';

const SIDE = 12;
/** @param {(x: number, y: number) => number} height */
const grid = (height) =>
  Array.from({ length: SIDE }, (_, y) => Array.from({ length: SIDE }, (_, x) => height(x, y)));

test('of a tilted plane the line is exact', () => {
  const pieces = contour(
    grid((x, y) => 2 * x + y),
    13.5,
  );
  assert.ok(pieces.length >= SIDE / 2);
  for (const [x, y, u, v] of filled(pieces)) assert.close([2 * x + y, 2 * u + v], [13.5, 13.5]);
});

test('a level that is nowhere has no line', () => {
  assert.deepEqual(
    contour(
      grid((x) => x),
      -1,
    ),
    [],
  );
  assert.deepEqual(
    contour(
      grid((x) => x),
      SIDE,
    ),
    [],
  );
});

test('around a hill the line is closed: every end is met by another piece', () => {
  const pieces = contour(
    grid((x, y) => -((x - 5.3) ** 2) - (y - 5.9) ** 2),
    -9.4,
  );
  const ends = pieces.flatMap(([x, y, u, v]) => [
    `${x.toFixed(9)} ${y.toFixed(9)}`,
    `${u.toFixed(9)} ${v.toFixed(9)}`,
  ]);
  assert.ok(pieces.length > 12);
  for (const end of filled(ends)) assert.equal(ends.filter((other) => other === end).length, 2);
});

test('the line parts what lies above from what lies below, saddles too', () => {
  const next = random(3);
  const levels = grid(() => Math.floor(256 * next()));
  const pieces = contour(levels, 127.5);
  // Along every side of the grid: crossed once if its ends differ, else never.
  const isOn = (/** @type {number[]} */ at, /** @type {number} */ x, /** @type {number} */ y) =>
    at[1] === y && at[0] > x && at[0] < x + 1;
  for (let y = 1; y < SIDE - 1; y += 1)
    for (let x = 0; x < SIDE - 1; x += 1) {
      const times = pieces
        .flatMap(([a, b, c, d]) => [
          [a, b],
          [c, d],
        ])
        .filter((at) => isOn(at, x, y)).length;
      const differs = levels[y][x] > 127.5 !== levels[y][x + 1] > 127.5;
      assert.equal(times, differs ? 2 : 0, 'a piece on each side of it');
    }
});

test('pieces that touch become one line, from end to end, whatever their order and direction', () => {
  const pieces = [
    [2, 0, 3, 1],
    [0, 0, 1, 1],
    [2, 0, 1, 1],
    [9, 9, 8, 8],
  ];
  assert.deepEqual(joined(pieces), [
    [0, 0, 1, 1, 2, 0, 3, 1],
    [9, 9, 8, 8],
  ]);
});

test('a ring of pieces closes, and no piece is lost', () => {
  const levels = [
    [0, 0, 0, 0],
    [0, 9, 9, 0],
    [0, 9, 9, 0],
    [0, 0, 0, 0],
  ];
  const pieces = contour(levels, 5);
  const lines = joined(pieces);
  assert.equal(lines.length, 1);
  assert.equal(lines[0].length / 2 - 1, pieces.length);
  assert.deepEqual(lines[0].slice(0, 2), lines[0].slice(-2));
});
