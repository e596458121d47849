import * as theStrip from '../../static/js/views/strip.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, WIDE, frozen, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('strip');
const { apart, describe, figure, narrowHeight, select, table } = kept('strip', theStrip);

/** @typedef {NonNullable<ReturnType<typeof select>>} Slice */

const NORMS = [
  [0.001, 0.1],
  [0.0005, 0.2],
  [0.0001, 0.5],
];

/** @param {(number | null)[][]} norms  a row a step @param {object} [change] @param {(string | null)[]} [states] */
function sliceOf(norms, change = {}, states = [null, null]) {
  const state = stateOf([2, 2, 1]);
  const readings = norms.map((gradient_norms, step) => ({ step, gradient_norms, loss: 1 }));
  const survey = {
    network: { state: null },
    layers: (norms.at(-1) ?? []).map((gradient_norm, layer) => ({ gradient_norm, state: states[layer] })),
  };
  const history = { ...state.history, readings, losses: norms.map(() => 1), edits: [], turns: [] };
  const now = { ...state.now, step: norms.length - 1 };
  const catalog = { health: { usual_rate: 0.1, exploding_norm: 1000 } };
  return /** @type {Slice} */ (
    select(frozen(/** @type {any} */ ({ ...state, now, history, survey, catalog, ...change })))
  );
}

/** @param {Slice} slice @returns {{data: any[], layout: any}} */
const drawn = (slice) => figure(slice, WIDE);

test('where nothing was opened there is nothing to draw', () => assert.equal(select(EMPTY), null));

test('a line for each layer, a point for each step', () => {
  const { data } = drawn(sliceOf(NORMS));
  assert.equal(data.length, 2);
  assert.deepEqual(data[0].y, [0.001, 0.0005, 0.0001]);
  assert.deepEqual(data[1].y, [0.1, 0.2, 0.5]);
  assert.deepEqual(data[1].x, [0, 1, 2]);
  assert.deepEqual(data[1].customdata[1], { step: 1 });
  assert.ok(data[0].line.dash !== data[1].line.dash && data[0].opacity < data[1].opacity);
});

test('the axis is logarithmic and holds all of them', () => {
  const { type, range } = drawn(sliceOf(NORMS)).layout.yaxis;
  assert.equal(type, 'log');
  assert.ok(range[0] <= -4 && range[1] >= Math.log10(0.5) && range[1] - range[0] <= 6);
});

test('a gradient that is next to nothing is drawn as what it is', () => {
  const { data, layout } = drawn(
    sliceOf([
      [1e-25, 0.1],
      [1e-30, 0.1],
    ]),
  );
  assert.deepEqual(data[0].y, [1e-25, 1e-30]);
  assert.ok(layout.yaxis.range[0] <= -30);
});

test('a gradient of exactly 0 stands at the lower end, and is said to be 0', () => {
  const slice = sliceOf([
    [0, 0.1],
    [0, 0.2],
  ]);
  const { data, layout } = drawn(slice);
  assert.deepEqual(
    data[0].y.map((/** @type {number} */ value) => Math.round(Math.log10(value))),
    [layout.yaxis.range[0], layout.yaxis.range[0]],
  );
  assert.equal(layout.yaxis.ticktext[0], '0');
  assert.match(describe(slice), /Smallest: hidden, exactly 0\.$/);
  const none = sliceOf([
    [0, 0],
    [0, 0],
  ]);
  assert.match(describe(none), /every layer’s gradient is exactly 0\.$/);
  assert.equal(drawn(sliceOf(NORMS)).layout.yaxis.ticktext.indexOf('0'), -1);
  assert.match(data[0].hovertext[0], / 0$/);
});

test('in words: the layer with the largest and that with the smallest, and their ratio', () => {
  assert.equal(
    describe(sliceOf(NORMS)),
    'Step 2: largest gradient: output, 0.5. Smallest: hidden, 0.0001: 5000 times less.',
  );
});

test('in words: what the engine calls vanishing or exploding', () => {
  const vanishing = sliceOf(NORMS, {}, ['vanishing', null]);
  assert.match(describe(vanishing), /Vanishing: hidden\./);
  const names = drawn(vanishing).layout.annotations;
  assert.deepEqual(
    names.map((/** @type {any} */ one) => one.text),
    ['<b>hidden</b>', 'output'],
  );
  assert.match(describe(sliceOf(NORMS, {}, ['exploding', 'exploding'])), /Exploding: hidden, output\./);
  assert.ok(!/anishing|xploding/.test(describe(sliceOf(NORMS))));
});

test('in words: numbers that no longer fit, and those not known yet', () => {
  assert.match(describe(sliceOf([[0.1, null]])), /beyond what a number can hold/);
  assert.match(describe(sliceOf(NORMS, { survey: null })), /not known yet/);
});

test('what was changed on the way is marked', () => {
  const slice = sliceOf(NORMS);
  const history = {
    ...stateOf([2, 2, 1]).history,
    readings: slice.readings,
    losses: [1, 1, 1],
    changes: [{ at_step: 1, learning_rate: 0.1 }],
    edits: [{ at_step: 2, layer: 0, unit: 0, input: 0, value: 1 }],
    turns: [],
  };
  const { shapes } = drawn(sliceOf(NORMS, { history })).layout;
  const dotted = shapes.filter((/** @type {any} */ one) => one.line.dash === 'dot' && one.xref === 'x');
  assert.deepEqual(
    dotted.map((/** @type {any} */ one) => one.x0),
    [1, 2],
  );
});

test('readings of another network are left out', () => {
  assert.equal(sliceOf([[0.1], [0.1, 0.2]]).readings.length, 1);
});

test('a long training is thinned and keeps its last step', () => {
  const { data } = drawn(sliceOf(Array.from({ length: 3000 }, (_, step) => [0.1, 1 + step])));
  assert.ok(data[0].x.length <= 402);
  assert.equal(data[1].y.at(-1), 3000);
});

test('names that would cover each other are moved apart, in their order', () => {
  assert.deepEqual(apart([50, 52, 10], 17, 100), [50, 67, 10]);
  const placed = apart([98, 99, 100], 17, 100);
  assert.deepEqual(placed, [66, 83, 100]);
});

test('where it is narrow the names stand above the lines, within the figure', () => {
  const slice = sliceOf(NORMS);
  const frame = { ...narrow([2, 2, 1], 290), height: narrowHeight(slice) };
  const { margin, annotations, shapes } = /** @type {any} */ (figure(slice, frame)).layout;
  assert.deepEqual(
    annotations.map((/** @type {any} */ one) => one.text),
    ['hidden', 'output'],
  );
  for (const { xshift, yshift, text } of filled(annotations)) {
    assert.ok(margin.l + xshift + 8.2 * text.length <= 290 && margin.l + xshift >= 0);
    assert.ok(yshift > 0 && yshift <= margin.t);
  }
  assert.equal(shapes.filter((/** @type {any} */ one) => one.xsizemode === 'pixel').length, 2);
});

test('where it is narrow, names that take several rows have the room of as many above the lines', () => {
  const deep = [
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ];
  const state = stateOf([2, 2, 2, 2, 2, 2, 1]);
  const change = { experiment: state.experiment, trace: state.trace };
  const slice = sliceOf(deep, change, Array(6).fill(null));
  const one = /** @type {any} */ (figure(sliceOf(NORMS), narrow([2, 2, 1], 290))).layout;
  const { margin, annotations } = /** @type {any} */ (figure(slice, narrow([2, 2, 1], 290))).layout;
  const rows = [...new Set(filled(annotations).map((/** @type {any} */ name) => name.yshift))];
  assert.equal(annotations.length, 6);
  assert.ok(rows.length > 1);
  const apart = rows[0] - rows[1];
  rows.forEach((row, index) => assert.equal(row, rows[0] - index * apart));
  // Each row more takes its height from the margin; the lowest stands as high as one alone would.
  assert.equal(margin.t, one.margin.t + (rows.length - 1) * apart);
  assert.equal(rows.at(-1), one.annotations[0].yshift);
});

test('a single step is a point with its name beside it, and the axis has room for ten', () => {
  const { data, layout } = drawn(sliceOf([[0.1, 0.2]]));
  assert.deepEqual(
    data.map(({ mode }) => mode),
    ['markers', 'markers'],
  );
  assert.deepEqual(layout.xaxis.range, [0, 10]);
  assert.deepEqual(
    layout.annotations.map((/** @type {any} */ { x, xref }) => [x, xref]),
    [
      [0, 'x'],
      [0, 'x'],
    ],
  );
  assert.equal(layout.shapes.length, 1); // only where it stands
  const late = drawn(sliceOf([[0.1, 0.2]], { now: { ...stateOf([2, 2, 1]).now, step: 30 } }));
  assert.deepEqual(late.layout.xaxis.range, [0, 30]);
  assert.deepEqual(drawn(sliceOf([])).layout.xaxis.range, [0, 10]);
});

test('of two steps there is a line, as long as the training was, wherever it stands now', () => {
  const back = { now: { ...stateOf([2, 2, 1]).now, step: 1 } };
  const { data, layout } = drawn(sliceOf(NORMS, back));
  assert.deepEqual(layout.xaxis.range, [0, 2]);
  assert.equal(data[0].mode, 'lines');
  assert.deepEqual(
    layout.shapes
      .filter((/** @type {any} */ one) => one.xref === 'x')
      .map((/** @type {any} */ { x0, x1, y0, y1 }) => [x0, x1, y0, y1]),
    [[1, 1, 0, 1]],
  );
  assert.equal(drawn(sliceOf(NORMS.slice(1), back)).data[0].mode, 'lines');
  const readings = [{ step: 7, gradient_norms: [0.1, 0.1], loss: 1 }];
  const history = { ...stateOf([2, 2, 1]).history, readings, losses: [1, 1, 1], edits: [], turns: [] };
  assert.equal(sliceOf(NORMS, { history }).last, 7);
  assert.equal(sliceOf(NORMS, { history: { ...history, readings: [], losses: Array(9).fill(1) } }).last, 8);
});

test('lines that end at one height have names that do not cover each other, wide and narrow', () => {
  const same = [
    [0.1, 0.1],
    [0.2, 0.2],
  ];
  const { layout } = drawn(sliceOf(same));
  const [one, other] = layout.annotations.map((/** @type {any} */ { y }) => y);
  assert.close(Math.abs(one - other) * (WIDE.height - 14 - 46), 17);
  const short = figure(sliceOf([...same, [1e-9, 1e5]]), { ...WIDE, height: 200 }).layout;
  assert.ok(short.yaxis.tickvals.length <= 6 && short.yaxis.tickvals.length >= 2);
  const narrowest = figure(sliceOf(same), narrow([2, 2, 1], 60)).layout;
  assert.equal(new Set(narrowest.annotations.map((/** @type {any} */ { yshift }) => yshift)).size, 2);
  assert.equal(figure(sliceOf([[0.1, 0.1]]), narrow([2, 2, 1], 290)).layout.margin.r, 12);
});

test('the axis says its powers of ten in words up to a million, and a 0 only where there is one', () => {
  const some = sliceOf([
    [0, 0.1],
    [1, 3e6],
  ]);
  const { ticktext, tickvals, range } = drawn(some).layout.yaxis;
  assert.deepEqual(range, [-2, 7]);
  assert.equal(ticktext.length, tickvals.length);
  assert.equal(ticktext[0], '0');
  assert.equal(ticktext[tickvals.indexOf(1000)], '1000');
  assert.deepEqual(
    ticktext.slice(-2).map((/** @type {string} */ text) => text.replace(/<[^>]*>/g, '^')),
    ['10⁶', '10⁷'],
  );
  const none = sliceOf([
    [0, 0],
    [0, 0],
  ]);
  assert.deepEqual(drawn(none).layout.yaxis.range, [-6, 1]);
});

test('a network of one layer has one line at full strength, and one sentence', () => {
  const { experiment } = stateOf([2, 1]);
  const slice = sliceOf([[0.1], [0.2]], { experiment }, [null]);
  const [line] = drawn(slice).data;
  assert.equal(line.opacity, 1);
  assert.equal(line.line.width, 3);
  assert.equal(describe(slice), 'Step 1: the only layer’s gradient has the size 0.2.');
});

test('in words: where no layer learns any more', () => {
  const survey = {
    network: { state: 'still' },
    layers: [
      { gradient_norm: 1e-9, state: null },
      { gradient_norm: 1e-8, state: null },
    ],
  };
  assert.match(describe(sliceOf(NORMS, { survey })), /no layer learns any more\.$/);
  const plateau = { ...survey, network: { state: 'plateau' } };
  assert.match(describe(sliceOf(NORMS, { survey: plateau })), /no layer learns any more\.$/);
  assert.ok(
    !describe(sliceOf(NORMS, { survey: { ...survey, network: { state: 'falling' } } })).includes('learns'),
  );
});

test('the height where it is narrow has room for a row of two names each', () => {
  const deep = (/** @type {number} */ layers) =>
    narrowHeight(/** @type {any} */ ({ layers: Array(layers).fill({}) }));
  assert.deepEqual([1, 2, 3, 4, 5].map(deep), [260, 260, 280, 280, 300]);
});

test('what was changed before the first step is no mark, and nothing is drawn before the catalog is there', () => {
  const changes = [0, 1].map((at_step) => ({ at_step, learning_rate: 0.1 }));
  const turns = [{ at_step: 2 }];
  const history = { ...stateOf([2, 2, 1]).history, readings: [], losses: [1], edits: [], changes, turns };
  assert.deepEqual(sliceOf(NORMS, { history }).changes, [
    { step: 1, text: 'η 0.1' },
    { step: 2, text: 'set-up' },
  ]);
  for (const missing of ['experiment', 'now', 'catalog'])
    assert.equal(sliceOf(NORMS, { [missing]: null }), null);
});

test('the numbers: the latest step first, to be gone to', () => {
  const { columns, rows } = table(sliceOf(NORMS));
  assert.deepEqual(columns, ['training step', 'hidden', 'output']);
  assert.deepEqual(rows[0], { cells: ['step 2', 0.0001, 0.5], pick: { step: 2 } });
});
