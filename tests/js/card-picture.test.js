import { layOut } from '../../static/js/lib/geometry.js';
import * as theNetwork from '../../static/js/views/network.js';
import { segments } from './figures.js';
import { assert, filled, test } from './harness.js';
import { COLOURS, WIDE, frozen, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('card-picture');
const { figure, select, table } = kept('network', theNetwork);

/** @typedef {import('../../static/js/lib/picture/slice.js').Slice} Slice */

const SIZES = [2, 3, 2];
/** @param {number[]} sizes @param {object} [change] */
const sliceOf = (sizes, change) => /** @type {Slice} */ (select(frozen(stateOf(sizes, change))));

/** Every place that can be asked: where it is, and what it asks. @param {Slice} slice @param {typeof WIDE} frame */
const asks = (slice, frame) =>
  /** @type {any[]} */ (figure(slice, frame).data).flatMap(({ x, y, customdata }) =>
    (customdata ?? []).map((/** @type {any} */ pick, /** @type {number} */ index) => ({
      x: x[index],
      y: y[index],
      pick,
    })),
  );

for (const [name, frame] of /** @type {[string, typeof WIDE][]} */ ([
  ['wide', WIDE],
  ['narrow', narrow(SIZES)],
])) {
  test(`in a ${name} figure every weight can be asked anywhere along its line`, () => {
    const slice = sliceOf(SIZES);
    const { edges, radius } = layOut(SIZES, frame.width, frame.height, frame.isNarrow);
    const all = asks(slice, frame);
    for (const { layer, unit, input, from, to } of filled(edges)) {
      const own = all.filter(({ pick }) => pick.term === `weight ${layer} ${unit} ${input}`);
      const length = Math.hypot(to.x - from.x, to.y - from.y);
      const shares = [];
      for (let at = radius + 6; at < length - radius - 6; at += 4) {
        const point = {
          x: from.x + ((to.x - from.x) * at) / length,
          y: from.y + ((to.y - from.y) * at) / length,
        };
        const [nearest] = all.toSorted((a, b) => distance(a, point) - distance(b, point));
        assert.ok(distance(nearest, point) < 24, 'too far to be heard');
        shares.push(own.includes(nearest) ? 1 : 0);
      }
      // Where lines cross, and under the number of another, another is nearer.
      const share = shares.reduce((sum, one) => sum + one, 0) / shares.length;
      assert.ok(share > 0.4, `${layer} ${unit} ${input} is heard on ${share} of its line`);
      assert.ok(own.length > 2);
      assert.deepEqual(own[0].pick.pin, { kind: 'parameter', place: { layer, unit, input } });
    }
  });

  test(`in a ${name} figure every unit and bias, the errors and the loss can be asked`, () => {
    const terms = new Set(asks(sliceOf([2, 2, 2]), frame).map(({ pick }) => pick.term));
    for (const term of ['a -1 0', 'a 0 1', 'delta 0 1', 'bias 0 1', 'bias 1 0', 'batch_loss'])
      assert.ok(terms.has(term), term);
  });
}

/** @param {{x: number, y: number}} a @param {{x: number, y: number}} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test('in a large network the places stay few, and each weight keeps one', () => {
  const slice = sliceOf([10, 10, 9]);
  const weights = asks(slice, WIDE).filter(({ pick }) => pick.term.startsWith('weight'));
  assert.equal(new Set(weights.map(({ pick }) => pick.term)).size, 190);
  assert.ok(weights.length <= 600, String(weights.length));
});

/** Connections drawn in a colour. @param {Slice} slice @param {string} colour */
const lines = (slice, colour) => segments(figure(slice, WIDE)).filter(({ line }) => line.color === colour);

test('a path that is lit is a route of lines from the parameter to its output', () => {
  const explanation = { paths: [{ units: [1, 0], example: 0, derivatives: [], contribution: 1 }] };
  const pinned = { kind: 'parameter', place: { layer: 0, unit: 1, input: 0 } };
  const slice = sliceOf(SIZES, { explanation, pinned, path: 0 });
  const { columns } = layOut(SIZES, WIDE.width, WIDE.height, false);
  assert.deepEqual(
    lines(slice, COLOURS.mark).map(({ from, to }) => [from, to]),
    [
      [columns[0][0], columns[1][1]],
      [columns[1][1], columns[2][0]],
    ],
  );
  const bias = { kind: 'parameter', place: { layer: 0, unit: 1, input: 'bias' } };
  assert.equal(lines(sliceOf(SIZES, { explanation, pinned: bias, path: 0 }), COLOURS.mark).length, 1);
  assert.equal(lines(sliceOf(SIZES, { explanation, pinned, path: null }), COLOURS.mark).length, 0);
});

test('what is pointed at lights up: a weight its line, whatever example it is of', () => {
  assert.equal(lines(sliceOf(SIZES, { lit: 'dW 1 0 2' }), COLOURS.mark).length, 1);
  const halos = (/** @type {string | null} */ lit) =>
    /** @type {any[]} */ (figure(sliceOf(SIZES, { lit }), WIDE).data).find(
      ({ marker }) => marker?.color === COLOURS.mark,
    ).x;
  assert.equal(halos('delta 0 1').length, 1);
  assert.equal(halos('delta 0 1 @4').length, 1);
  assert.equal(halos('a -1 0').length, 1);
  assert.equal(halos(null).length, 0);
});

test('what is pinned is marked under its line, or about its circle', () => {
  const pinned = { kind: 'parameter', place: { layer: 1, unit: 0, input: 2 } };
  assert.equal(lines(sliceOf(SIZES, { pinned }), COLOURS.line).length, 1);
  assert.equal(lines(sliceOf(SIZES), COLOURS.line).length, 0);
});

test('the table has every number of the picture, with what to ask, and a dash for what is not computed yet', () => {
  const { rows } = table(sliceOf(SIZES));
  const picks = rows.map(({ pick }) => /** @type {any} */ (pick).term);
  // The loss, 2 inputs, 12 weights, 5 biases, z and a of 5 units.
  assert.equal(rows.length, 1 + 2 + 12 + 5 + 10);
  assert.equal(new Set(picks).size, rows.length);
  const early = table(sliceOf(SIZES, { cursor: 0, isWhole: false }));
  const [loss] = early.rows;
  assert.equal(loss.cells[1], '—');
  assert.ok(
    early.rows.some(({ cells }) => typeof cells[1] === 'number'),
    'weights are known from the start',
  );
});
