import * as theNudge from '../../static/js/views/nudge.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, WIDE, comparisonOf, frozen, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('nudge');
const { describe, figure, judgement, nearest, select, slopes, table, under } = kept('nudge', theNudge);

/** @typedef {NonNullable<ReturnType<typeof select>>} Slice */

const SIZES = [2, 1, 0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5];
const W = 0.5;

/**
 * The lab with a parameter nudged along a curve that is known by heart.
 * @param {(w: number) => number} loss @param {number} gradient @param {object} [change]
 */
function sliceOf(loss, gradient, change = {}) {
  const slope = (/** @type {number} */ h) => (loss(W + h) - loss(W)) / h;
  const central = (/** @type {number} */ h) => (loss(W + h) - loss(W - h)) / (2 * h);
  const values = Array.from({ length: 11 }, (_, index) => W - 2.5 + index / 2);
  const explanation = {
    value: W,
    loss: loss(W),
    gradient,
    numerical_gradient: central(1e-5),
    comparison: comparisonOf({ gradient, numerical: central(1e-5) }),
    nudge: 1e-5,
    nudges: SIZES.flatMap((size) =>
      [-size, size].map((h) => ({ h, loss: loss(W + h), secant: slope(h), central: central(h) })),
    ),
    line: { values, losses: values.map(loss) },
  };
  const state = { ...stateOf([2, 2, 1]), explanation, nudge: 0.1, ...change };
  return /** @type {Slice} */ (select(frozen(/** @type {any} */ (state))));
}

const cubic = (/** @type {number} */ w) => w ** 3 + 0.2;
const CUBIC = 0.75;
const smooth = sliceOf(cubic, CUBIC);

test('where nothing is asked about there is nothing to prove', () => assert.equal(select(EMPTY), null));

test('the nudges are in order, and the chosen one is the nearest to the wish', () => {
  assert.deepEqual(
    smooth.nudges.map(({ h }) => h),
    [...SIZES.map((size) => -size), ...SIZES.toReversed()],
  );
  assert.equal(smooth.chosen.h, 0.1);
  assert.equal(nearest(smooth.nudges, -0.08).h, -0.1);
  assert.equal(nearest(smooth.nudges, 1e-9).h, 1e-5);
  assert.equal(nearest(smooth.nudges, -700).h, -2);
});

test('the curve, the tangent with the gradient’s slope, the secant through both points', () => {
  const [curve, tangent, secant, points] = /** @type {any[]} */ (figure(smooth, WIDE).data);
  // The samples, and between them the value itself and the nudged one, where a corner may be.
  assert.equal(curve.x.length, 13);
  assert.deepEqual(
    curve.x,
    [...curve.x].sort((one, other) => one - other),
  );
  for (const [index, x] of filled(points.x.entries()))
    assert.equal(curve.y[curve.x.indexOf(x)], points.y[index]);
  const slope = (/** @type {any} */ line) => (line.y[1] - line.y[0]) / (line.x[1] - line.x[0]);
  assert.close(slope(tangent), CUBIC);
  assert.close(slope(secant), (cubic(0.6) - cubic(0.5)) / 0.1);
  assert.deepEqual(points.x, [W, W + 0.1]);
  assert.deepEqual(points.y, [cubic(W), cubic(W + 0.1)]);
  assert.ok(tangent.line.color !== secant.line.color && secant.line.dash);
});

test('a pointer on the curve takes the nearest nudge', () => {
  const scale = (WIDE.width - 62 - 16) / 5;
  const at = (/** @type {number} */ h) => 62 + (h + 2.5) * scale;
  for (const h of [-2, -0.5, 0.1, 1]) assert.equal(under(smooth, at(h), WIDE.width), h);
  assert.equal(under(smooth, 0, WIDE.width), -2);
});

test('what the comparison comes to is the engine’s judgement, in words', () => {
  assert.match(judgement(smooth), /^They agree\. What is left, /);
  const corner = { ...smooth, comparison: comparisonOf({ verdict: 'corner', left: 0, right: 1 }) };
  assert.match(judgement(corner), /0 on the left and \+1 on the right/);
});

test('a loss that no longer fits is not compared', () => {
  const state = stateOf([2, 2, 1]);
  const nudges = [-1e-5, 1e-5].map((h) => ({ h, loss: null, secant: null, central: null }));
  const explanation = {
    value: 1,
    loss: 0.5,
    gradient: 0.1,
    numerical_gradient: null,
    comparison: comparisonOf({ verdict: 'overflow' }),
    nudge: 1e-5,
    nudges,
    line: null,
  };
  const slice = /** @type {Slice} */ (select(/** @type {any} */ ({ ...state, explanation, nudge: 1 })));
  assert.match(judgement(slice), /nothing to compare/);
  const [curve, , secant, points] = /** @type {any[]} */ (figure(slice, WIDE).data);
  assert.deepEqual([curve.x, secant.x, points.x], [[], [], [1]]);
  const lost = { ...explanation, loss: null };
  assert.equal(select(/** @type {any} */ ({ ...state, explanation: lost, nudge: 1 })), null);
});

test('the slopes side by side: the gradient, one way, both ways, and the check', () => {
  const rows = slopes(smooth);
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['gradient', 'secant', 'central', 'check'],
  );
  assert.deepEqual([rows[0].slope, rows[0].difference], [CUBIC, null]);
  assert.equal(rows[1].difference, Math.abs(Number(smooth.chosen.secant) - CUBIC));
  assert.match(rows[3].label, /±10⁻⁵/);
});

test('with the smallest nudge chosen, the check is not told twice', () => {
  const rows = slopes(sliceOf(cubic, CUBIC, { nudge: 1e-5 }));
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['gradient', 'secant', 'check'],
  );
});

test('in words: from where to where the loss moves, and both slopes', () => {
  const words = describe(smooth);
  for (const part of ['0.5', '+0.1', '0.325', '0.416', '+0.91', '+0.75'])
    assert.ok(words.includes(part), words);
});

test('the numbers: every nudge with its loss and slopes', () => {
  const { columns, rows } = table(smooth);
  assert.equal(columns.length, 5);
  assert.deepEqual(rows[0].cells, [
    '−2',
    -1.5,
    cubic(-1.5),
    smooth.nudges[0].secant,
    smooth.nudges[0].central,
  ]);
});

const flat = sliceOf(() => 2, 0);
const chosen = (/** @type {number} */ nudge, change = {}) => sliceOf(cubic, CUBIC, { nudge, ...change });
/** @type {Record<string, Slice>} */
const STATES = {
  'a tenth': smooth,
  'the other way': chosen(-0.5),
  'the reach of the check': chosen(1e-5),
  'the reach of the check, the other way': chosen(-1e-5),
  'the farthest': chosen(2),
  'a flat line': flat,
  'a steep wall': sliceOf((w) => Math.exp(9 * w), 9 * Math.exp(4.5)),
  'without a line': { ...smooth, line: null },
  'a nudged loss beyond a number': {
    ...smooth,
    chosen: { ...smooth.chosen, loss: null, secant: null, central: null },
  },
  'a line with a gap': {
    ...smooth,
    line: smooth.line && {
      ...smooth.line,
      losses: smooth.line.losses.map((one, at) => (at === 3 ? null : one)),
    },
  },
  'a threshold after it': { ...smooth, canJump: true },
  'no number by nudging': { ...smooth, numerical: null },
};
for (const [name, shown] of Object.entries(STATES))
  test(`a nudged parameter: ${name}`, () =>
    assert.deepEqual(faults({ figure, describe, table }, shown, [WIDE]), []));

test('the slopes beside each other: one row less where the nudge is that of the check', () => {
  assert.deepEqual(
    slopes(smooth).map(({ kind }) => kind),
    ['gradient', 'secant', 'central', 'check'],
  );
  for (const name of ['the reach of the check', 'the reach of the check, the other way'])
    assert.deepEqual(
      slopes(STATES[name]).map(({ kind }) => kind),
      ['gradient', 'secant', 'check'],
    );
  assert.deepEqual(
    slopes(STATES['no number by nudging']).map(({ difference }) => difference === null),
    [true, false, false, true],
  );
});
