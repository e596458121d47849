import { lastThreshold, withJumps, withPlaces } from '../../static/js/lib/curve.js';
import { assert, test } from './harness.js';

const XS = [0, 1, 2, 3, 4, 5, 6];

/** Pieces of a line between its breaks, as pairs. @param {import('../../static/js/lib/curve.js').Line} line */
function piecesOf({ x, y }) {
  /** @type {number[][][]} */
  const pieces = [[]];
  x.forEach((one, index) => {
    if (one === null) pieces.push([]);
    else pieces[pieces.length - 1].push([one, /** @type {number} */ (y[index])]);
  });
  return pieces;
}

test('what is constant between jumps is drawn so: no piece has a slope', () => {
  for (const ys of [
    [1, 1, 1, 0, 0, 0, 0],
    [1, 1, 3, 3, 2, 2, 2],
    [0, 0, 0, 0, 0, 0, 1e-6],
  ]) {
    const pieces = piecesOf(withJumps({ x: XS, y: ys }));
    assert.equal(pieces.length, new Set(ys).size);
    for (const piece of pieces) assert.equal(new Set(piece.map(([, y]) => y)).size, 1);
    const reach = pieces.flatMap((piece) => [piece[0][0], piece[piece.length - 1][0]]);
    assert.deepEqual([reach[0], reach[reach.length - 1]], [0, 6]);
    for (let at = 1; at < reach.length - 1; at += 2)
      assert.equal(reach[at], reach[at + 1], 'no gap, no overlap');
  }
});

test('a place that is known is where it jumps', () => {
  const line = withJumps({ x: [-1, 1], y: [0, 1] }, 0.25);
  assert.deepEqual(line.x, [-1, 0.25, null, 0.25, 1]);
  assert.deepEqual(line.y, [0, 0, null, 1, 1]);
});

test('a smooth curve stays in one piece, steep or flat; what has slopes and a jump breaks at the jump', () => {
  for (const curve of [(/** @type {number} */ x) => (x - 3) ** 2, Math.sqrt, Math.cos, () => 2, () => 0]) {
    const ys = XS.map(curve);
    assert.deepEqual(withJumps({ x: XS, y: ys }), { x: XS, y: ys });
  }
  const bent = withJumps({ x: XS, y: XS.map((x) => 0.01 * x * x + Number(x > 3)) });
  assert.deepEqual(
    piecesOf(bent).map(({ length }) => length),
    [5, 4],
  );
});

test('where a value is no number the line has its gap, and no jump is made of it', () => {
  assert.deepEqual(withJumps({ x: XS, y: [0, 0, null, 0, 0, 0, 0] }).y, [0, 0, null, 0, 0, 0, 0]);
});

test('places beside the samples are in order, and those outside are left out', () => {
  const line = withPlaces(
    [0, 1, 2],
    [5, 6, 7],
    [
      { x: 1.5, y: 0 },
      { x: 9, y: 0 },
      { x: 0.5, y: null },
      { x: null, y: 1 },
    ],
  );
  assert.deepEqual(line, { x: [0, 1, 1.5, 2], y: [5, 6, 0, 7] });
});

test('the last threshold of a network is found', () => {
  const layers = ['step', 'tanh', 'step', 'sigmoid'].map((activation) => ({ activation }));
  assert.deepEqual([lastThreshold(layers), lastThreshold(layers.slice(3))], [2, -1]);
});
