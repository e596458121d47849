import { number } from '../../static/js/lib/format.js';
import * as theLossCurve from '../../static/js/views/loss-curve.js';
import { plain } from './figures.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, WIDE, frozen, historyOf, random, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('loss-curve');
const { describe, endStep, figure, select, table } = kept('loss-curve', theLossCurve);

/** @typedef {NonNullable<ReturnType<typeof select>>} Slice */

/** The lab after a run. @param {(number | null)[]} losses @param {object} [change] @param {{at_step: number, learning_rate: number}[]} [changes] */
function sliceOf(losses, change = {}, changes = []) {
  const state = stateOf([2, 2, 1]);
  const now = { ...state.now, step: losses.length - 1 };
  const history = historyOf({ losses, changes });
  return /** @type {Slice} */ (select(frozen({ ...state, now, history, ...change })));
}

/** @param {Slice} slice @returns {{curve: any, point: any, layout: any}} */
function drawn(slice) {
  const { data, layout } = figure(slice, WIDE);
  const [curve, point] = /** @type {any[]} */ (data);
  assert.equal(data.length, 2);
  return { curve, point, layout };
}

const RUN = [0.9, 0.7, 0.75, 0.4, 0.2];
const CHANGES = [
  { at_step: 0, learning_rate: 0.3 },
  { at_step: 2, learning_rate: 0.1 },
  { at_step: 4, learning_rate: 0.2 },
];

test('where nothing was opened there is nothing to draw', () => assert.equal(select(EMPTY), null));

test('the curve has a point for every step, and a ring where one is', () => {
  const { curve, point } = drawn(sliceOf(RUN));
  assert.deepEqual([curve.x, curve.y, curve.mode], [[0, 1, 2, 3, 4], RUN, 'lines']);
  assert.deepEqual([point.x, point.y], [[4], [0.2]]);
});

test('the ring goes back with the lab, and the curve stays', () => {
  const state = stateOf([2, 2, 1]);
  const { curve, point } = drawn(sliceOf(RUN, { now: { ...state.now, step: 1 } }));
  assert.deepEqual([point.x, point.y], [[1], [0.7]]);
  assert.deepEqual(curve.y, RUN);
});

test('a single point is shown as one: a line would be invisible', () => {
  const { curve, point } = drawn(sliceOf([0.9]));
  assert.deepEqual([curve.x, curve.y, curve.mode], [[0], [0.9], 'markers']);
  assert.deepEqual([point.x, point.y], [[0], [0.9]]);
});

test('the loss of a step the curve has not reached is the trace’s', () => {
  const state = stateOf([2, 2, 1]);
  const now = { ...state.now, step: 7 };
  assert.equal(sliceOf(RUN, { now }).loss, state.trace.loss);
  assert.equal(sliceOf(RUN, { now, trace: null }).loss, null);
  assert.deepEqual(drawn(sliceOf(RUN, { now, trace: null })).point.x, []);
});

test('the axis is linear from 0, or logarithmic', () => {
  const { yaxis: linear } = drawn(sliceOf(RUN)).layout;
  assert.deepEqual([linear.type, linear.range[0]], ['linear', 0]);
  assert.ok(linear.range[1] >= Math.max(...RUN));
  assert.equal(drawn(sliceOf(RUN, { isLogarithmic: true })).layout.yaxis.type, 'log');
});

test('on a logarithmic axis a loss of 0 has its place, at the bottom', () => {
  for (const least of [0.4, 1e-10, 1e-40, 1e-300]) {
    const slice = sliceOf([0.5, least, 0], { isLogarithmic: true });
    const { curve, point, layout } = drawn(slice);
    const [low] = layout.yaxis.range;
    assert.deepEqual(curve.y.slice(0, 2), [0.5, least]);
    assert.deepEqual([curve.y[2], point.y[0]], [10 ** low, 10 ** low]);
    assert.ok(low < Math.log10(least) - 0.2, 'apart from what is not 0');
    const mark = layout.annotations.find((/** @type {any} */ { text }) => text === '0');
    assert.deepEqual([mark.y, mark.yref], [low, 'y']);
    assert.match(curve.hovertext[2], / 0$/);
    assert.match(describe(slice), /A loss of exactly 0 stands at the lower edge\./);
  }
  assert.deepEqual(drawn(sliceOf([0.5, 0])).curve.y, [0.5, 0]);
});

test('without a loss of 0 nothing says 0, and no small loss is drawn as another', () => {
  for (const losses of [RUN, [0.5, 1e-17, 1e-30]]) {
    const slice = sliceOf(losses, { isLogarithmic: true });
    const { curve, layout } = drawn(slice);
    assert.deepEqual(curve.y, losses);
    assert.ok(layout.yaxis.range[0] <= Math.log10(Math.min(...losses)));
    assert.deepEqual(layout.annotations, []);
    assert.ok(!describe(slice).includes('exactly 0'));
  }
  assert.ok(!describe(sliceOf([0.5, 0])).includes('lower edge'));
});

test('while it trains, a loss of 0 is painted at the lower edge, which says 0', () => {
  const { strokes = [], layout } = figure(
    sliceOf([0.5, 1e-3, 0], { isLogarithmic: true, isTraining: true }),
    WIDE,
  );
  const line = strokes[0].pieces[0];
  assert.close(line[line.length - 1], WIDE.height - layout.margin.b);
  assert.ok(layout.annotations.some((/** @type {any} */ { text }) => text === '0'));
});

for (const isLogarithmic of [false, true]) {
  test(`a loss that no longer fits is a gap in a ${isLogarithmic ? 'logarithmic' : 'linear'} curve, not a number`, () => {
    const { curve, point } = drawn(sliceOf([0.5, 8, null], { isLogarithmic }));
    assert.deepEqual(curve.y, [0.5, 8, null]);
    assert.deepEqual([point.x, point.y], [[], []]);
  });
}

test('the axis reaches from the start to a round number beyond the last step, with room for names', () => {
  for (const [length, end] of [
    [1, 10],
    [5, 10],
    [200, 250],
    [1001, 1200],
  ]) {
    const slice = sliceOf(Array(length).fill(1));
    assert.deepEqual(drawn(slice).layout.xaxis.range, [0, end]);
    assert.equal(endStep(slice), end);
  }
});

test('a mark stands wherever the rate was changed, with the rate before and after', () => {
  const slice = sliceOf(RUN, {}, CHANGES);
  const { shapes, annotations } = drawn(slice).layout;
  assert.deepEqual(
    shapes.map((/** @type {any} */ one) => [one.x0, one.x1, one.xref, one.yref, one.y0, one.y1]),
    [
      [2, 2, 'x', 'paper', 0, 1],
      [4, 4, 'x', 'paper', 0, 1],
    ],
  );
  assert.deepEqual(
    annotations.map((/** @type {any} */ one) => plain(one.text)),
    ['η 0.3 → 0.1', 'η 0.1 → 0.2'],
  );
  // The words begin at their line.
  for (const [index, { x }] of filled(annotations.entries()))
    assert.ok(x > shapes[index].x0 / 10 && x < shapes[index].x0 / 10 + 0.15);
});

test('without a change there is no mark', () => {
  const { shapes, annotations } = drawn(sliceOf(RUN)).layout;
  assert.deepEqual([shapes, annotations], [[], []]);
});

test('of many changes all have their line, and only the last their words', () => {
  const changes = Array.from({ length: 40 }, (_, index) => ({
    at_step: index + 1,
    learning_rate: index + 1,
  }));
  const { shapes, annotations } = drawn(sliceOf(Array(60).fill(1), {}, changes)).layout;
  assert.equal(shapes.length, 40);
  assert.ok(annotations.length < 20 && annotations.length > 3);
  assert.equal(annotations.at(-1).text, 'η 39 → 40');
});

test('a long curve is thinned, its peak and its ends are not lost', () => {
  const next = random(1);
  const losses = Array.from({ length: 50_000 }, () => next());
  losses[31_234] = 7;
  const { curve, point } = drawn(sliceOf(losses));
  assert.ok(curve.x.length < 2000);
  assert.deepEqual([curve.x[0], curve.x.at(-1)], [0, 49_999]);
  assert.equal(curve.y[curve.x.indexOf(31_234)], 7);
  assert.ok(
    curve.x.every(
      (/** @type {number} */ step, /** @type {number} */ index) => curve.y[index] === losses[step],
    ),
  );
  assert.deepEqual(point.x, [49_999]);
});

test('in words: where one is, where it began, and the lowest so far', () => {
  const words = describe(sliceOf([0.9, 0.123456, 0.3]));
  assert.match(words, /^[A-Z].*\.$/);
  for (const value of [0.9, 0.123456, 0.3]) assert.ok(words.includes(number(value)), words);
  assert.match(words, /Step 2\b/);
});

test('in words: the last change of the rate, once it was reached', () => {
  const state = stateOf([2, 2, 1]);
  assert.match(describe(sliceOf(RUN, {}, CHANGES)), /At step 4: η 0\.1 → 0\.2\.$/);
  assert.match(
    describe(sliceOf(RUN, { now: { ...state.now, step: 3 } }, CHANGES)),
    /At step 2: η 0\.3 → 0\.1\.$/,
  );
  assert.ok(!describe(sliceOf(RUN, { now: { ...state.now, step: 1 } }, CHANGES)).includes('η'));
});

test('in words: what to do while there is only one point', () => {
  assert.match(describe(sliceOf([0.9])), /^One point .*\.$/);
});

test('in words: when the loss grew beyond all numbers', () => {
  const trouble = { kind: 'diverged', at: 12_345, rate: 9, best: 3 };
  assert.match(describe(sliceOf([0.5, 8, null], { trouble })), /^At step 12\u202f345 .*\.$/);
  const other = { kind: 'refused', message: 'no' };
  assert.match(describe(sliceOf(RUN, { trouble: other })), /^Step 4/);
});

test('in words: losses that no longer fit are not the lowest', () => {
  const words = describe(sliceOf([null, 0.5, null]));
  assert.match(words, /loss —|loss ∞/);
  assert.match(words, /lowest so far is 0\.5/);
});

test('a run of hundreds of thousands of steps can be put in words', () => {
  const losses = Array.from({ length: 400_000 }, (_, step) => 1 + Math.abs(step - 123_456));
  assert.match(describe(sliceOf(losses)), /lowest so far is 1\./);
});

/** The lab with a second branch, made at step 2. @param {object} [change] */
function twoBranches(change = {}) {
  const state = stateOf([2, 2, 1]);
  const main = historyOf({ losses: RUN });
  const other = historyOf({ losses: [0.9, 0.7, 0.75, 1.5], learning_rate: 0.5 });
  const branches = [
    { id: 0, name: '', origin: null, history: main, step: 4 },
    {
      id: 1,
      name: 'bolder',
      origin: /** @type {const} */ ({ by: 'rate', at: 2, of: 0 }),
      history: other,
      step: 3,
    },
  ];
  const now = { ...state.now, step: 3 };
  const all = { ...state, now, history: other, branches, branch: 1, ...change };
  return /** @type {Slice} */ (select(frozen(all)));
}

/** @param {Slice} slice @returns {any} */
const drawnAll = (slice) => figure(slice, WIDE);

test('every branch has its own colour and dash, the one on screen is the strongest and on top', () => {
  const lines = drawnAll(twoBranches()).data.slice(0, 2);
  assert.deepEqual(
    lines.map((/** @type {any} */ one) => one.y),
    [RUN, [0.9, 0.7, 0.75, 1.5]],
  );
  assert.deepEqual(
    lines.map((/** @type {any} */ one) => one.line.color),
    ['branch 0', 'branch 1'],
  );
  assert.ok(lines[0].line.dash !== lines[1].line.dash);
  assert.ok(lines[1].line.width > lines[0].line.width && lines[1].opacity > lines[0].opacity);
});

test('in words: the losses are those of the branch on screen', () => {
  const words = describe(twoBranches());
  for (const value of [0.9, 0.7]) assert.ok(words.includes(number(value)), words);
  assert.ok(!words.includes(number(Math.min(...RUN))), words);
});

test('names stand at the ends of the lines; none covers another, nor the ring', () => {
  const { layout } = drawnAll(twoBranches());
  const names = layout.annotations.map((/** @type {any} */ one) => plain(one.text));
  assert.deepEqual(names, ['bolder', 'main']);
  const flat = twoBranches();
  const close = { ...flat, runs: flat.runs.map((run) => ({ ...run, losses: [1, 1, 1, 1] })), loss: 1 };
  const [one, other] = drawnAll(close).layout.annotations;
  assert.ok(Math.abs(one.y - other.y) * (WIDE.height - 60) >= 15, 'names on top of each other');
});

test('a branch that is not compared has no line, but the one on screen always has', () => {
  assert.deepEqual(
    twoBranches({ hidden: [0, 1] }).runs.map(({ id }) => id),
    [1],
  );
});

test('a click on a line goes to that step of that branch', () => {
  const [line] = drawnAll(twoBranches()).data;
  assert.deepEqual(line.customdata[2], { step: 2, branch: 0 });
  assert.deepEqual(table(twoBranches()).rows[2].pick, { step: 2, branch: 1 });
});

test('small batches are drawn light, under the mean of a pass', () => {
  const state = stateOf([2, 2, 1]);
  const experiment = { ...state.experiment, batch: { size: 2, shuffle: true, seed: 0 } };
  const dataset = /** @type {any} */ ({ train_indices: [0, 1, 2, 3], test_indices: [] });
  const history = historyOf({ experiment, losses: [1, 0, 1, 0] });
  const now = { ...state.now, step: 3 };
  const slice = /** @type {Slice} */ (select({ ...state, now, dataset, history }));
  const [light, mean] = drawnAll(slice).data;
  assert.deepEqual(light.y, [1, 0, 1, 0]);
  assert.deepEqual(mean.y, [1, 0.5, 0.5, 0.5]);
  assert.ok(light.opacity < 0.5 && mean.opacity === 1);
  assert.match(describe(slice), /mean of 2 batches/);
});

test('the loss of what is held out is dotted, and told', () => {
  const reading = { loss: 1, accuracy: null, test_accuracy: null, gradient_norms: [], dead: [] };
  const readings = [
    { ...reading, step: 0, test_loss: 0.95 },
    { ...reading, step: 3, test_loss: 0.85 },
  ];
  const state = stateOf([2, 2, 1]);
  const history = historyOf({ losses: RUN, readings });
  const slice = /** @type {Slice} */ (select({ ...state, now: { ...state.now, step: 4 }, history }));
  const dotted = drawnAll(slice).data.find((/** @type {any} */ one) => one.line?.color === 'ink');
  assert.deepEqual(
    [dotted.x, dotted.y],
    [
      [0, 3],
      [0.95, 0.85],
    ],
  );
  assert.match(describe(slice), /held out, now 0\.85/);
  assert.deepEqual(table(slice).rows[3].cells.at(-1), 0.85);
  assert.deepEqual(table(slice).rows[2].cells.at(-1), '—');
});

test('while it trains the same lines are painted: nothing is plotted anew', () => {
  const slice = sliceOf(RUN, { isTraining: true });
  const { strokes, data, layout } = drawnAll(slice);
  assert.deepEqual(data, [{ x: [0], y: [null] }]);
  const [line, ring] = strokes;
  assert.equal(line.pieces[0].length, 2 * RUN.length);
  // The line ends in the middle of the ring.
  const [x, y] = line.pieces[0].slice(-2);
  const [along, up] = [0, 1].map((part) =>
    ring.pieces[0].filter((/** @type {number} */ _, /** @type {number} */ at) => at % 2 === part),
  );
  assert.close(
    [(Math.min(...along) + Math.max(...along)) / 2, (Math.min(...up) + Math.max(...up)) / 2],
    [x, y],
    1e-6,
  );
  assert.deepEqual(layout.annotations, []);
});

test('changes by hand and of the set-up have their marks too', () => {
  const edits = [{ layer: 0, unit: 0, input: 0, at_step: 1, value: 3 }];
  const state = stateOf([2, 2, 1]);
  const turns = [{ at_step: 3, experiment: state.experiment }];
  const history = historyOf({ losses: RUN, edits, turns });
  const slice = /** @type {Slice} */ (select({ ...state, now: { ...state.now, step: 4 }, history }));
  assert.deepEqual(slice.marks, [
    { at: 1, text: 'by hand' },
    { at: 3, text: 'other set-up' },
  ]);
  assert.equal(drawnAll(slice).layout.shapes.length, 2);
});
