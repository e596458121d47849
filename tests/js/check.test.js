import * as theCheck from '../../static/js/views/check.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, WIDE, comparisonOf, distinct, frozen, parametersOf, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('check');
const { blocks, describe, figure, select, table } = kept('check', theCheck);

/** @typedef {NonNullable<ReturnType<typeof select>>} Slice */

const SIZES = [2, 3, 1];

/** The lab with its gradients checked. @param {number} error  of the worst, hidden unit 2's weight from input 1 @param {object} [change] @param {object} [compared] */
function sliceOf(error = 1e-7, change = {}, compared = {}) {
  const next = distinct(5);
  const state = stateOf(SIZES);
  const gradients = parametersOf(SIZES, next);
  const layers = gradients.map(({ weights: dW, biases: db }) => ({ dW, db }));
  const relative_errors = parametersOf(SIZES, () => 1e-10);
  relative_errors[0].weights[1][0] = error;
  const check = {
    numerical: parametersOf(SIZES, next),
    relative_errors,
    worst: error,
    worst_place: { layer: 0, unit: 1, input: 0 },
    comparison: comparisonOf(compared),
    nudge: 1e-5,
  };
  const trace = { ...state.trace, layers };
  const slice = select(frozen(/** @type {any} */ ({ ...state, trace, check, ...change })));
  return { slice: /** @type {Slice} */ (slice), gradients, check };
}

/** @param {Slice} slice @returns {{data: any[], layout: any}} */
const drawn = (slice) => figure(slice, WIDE);

test('where nothing was opened there is nothing to draw', () => assert.equal(select(EMPTY), null));

test('a cell for every parameter, dark by the power of ten of its error', () => {
  const { data } = drawn(sliceOf(1e-4).slice);
  assert.equal(data.length, 2);
  const cells = data.flatMap(({ z }) => z.flat()).filter((one) => one !== null);
  assert.equal(cells.length, 3 * 2 + 3 + 3 + 1);
  assert.close(data[0].z[1][0], -4);
  assert.equal(cells.filter((one) => Math.abs(one + 10) < 1e-9).length, cells.length - 1);
});

test('a click on a cell asks about its parameter', () => {
  const { data } = drawn(sliceOf().slice);
  assert.deepEqual(data[0].customdata[2][1], {
    pin: { kind: 'parameter', place: { layer: 0, unit: 2, input: 1 } },
  });
  assert.deepEqual(data[1].customdata[0][4].pin.place, { layer: 1, unit: 0, input: 'bias' });
  assert.equal(data[1].customdata[0][3], null, 'between weights and biases is nothing');
});

test('no error at all has its place at the light end, and a huge one at the dark end', () => {
  assert.equal(drawn(sliceOf(0).slice).data[0].z[1][0], -12);
  assert.equal(drawn(sliceOf(2).slice).data[0].z[1][0], 0);
});

test('the worst is named with both numbers, and framed', () => {
  const { slice, gradients, check } = sliceOf();
  const words = describe(slice);
  assert.match(words, /13 parameters nudged by ±10⁻⁵/);
  assert.match(words, /weight from input 1 to hidden unit 2/);
  for (const value of [gradients[0].weights[1][0], check.numerical[0].weights[1][0]])
    assert.ok(words.replace('−', '-').includes(String(Math.abs(value))), `${value} is not in: ${words}`);
  const frames = drawn(slice).layout.shapes.filter(
    (/** @type {any} */ one) => one.line.color === 'mark edge',
  );
  assert.equal(frames.length, 1);
  const [x, y] = [drawn(slice).data[0].x, drawn(slice).data[0].y];
  assert.deepEqual([frames[0].x0, frames[0].y0], [x[0], y[1]]);
});

test('the pinned parameter is framed too', () => {
  const pinned = { kind: 'parameter', place: { layer: 1, unit: 0, input: 'bias' } };
  const { data, layout } = drawn(sliceOf(1e-7, { pinned }).slice);
  const frames = layout.shapes.filter((/** @type {any} */ one) => one.line.color === 'ink');
  assert.equal(frames.length, 1);
  assert.close(frames[0].x0, data[1].x.at(-2));
});

test('in words: why the two are not the same to the last digit, by the engine’s judgement and not by a size', () => {
  assert.match(
    describe(sliceOf(1, {}, { gradient: 0, verdict: 'corner', left: 0, right: -2 }).slice),
    /a corner here/,
  );
  assert.match(describe(sliceOf(1, {}, { gradient: 0, numerical: 1e-9, rounding: 1e-8 }).slice), /rounding/);
});

test('in words: not checked yet, and while it trains', () => {
  const none = sliceOf(0, { check: null }).slice;
  assert.equal(none.status, 'none');
  assert.match(describe(none), /should give the same/);
  const training = sliceOf(0, { check: null, trace: null, isTraining: true }).slice;
  assert.match(describe(training), /Pause/);
  for (const slice of [none, training]) assert.deepEqual(drawn(slice).data, []);
});

test('where the numbers no longer fit there is nothing to compare', () => {
  const { check } = sliceOf();
  const { slice } = sliceOf(0, { check: { ...check, worst: null } });
  assert.equal(slice.status, 'overflow');
  assert.match(describe(slice), /beyond what a number can hold/);
});

test('the numbers: the worst first, each to be asked about', () => {
  const { slice, gradients, check } = sliceOf();
  const [first, ...rest] = table(slice).rows;
  assert.deepEqual(first.cells, [
    'weight from input 1 to hidden unit 2',
    gradients[0].weights[1][0],
    check.numerical[0].weights[1][0],
    1e-7,
  ]);
  assert.deepEqual(first.pick, { pin: { kind: 'parameter', place: check.worst_place } });
  assert.equal(rest.length, 12);
});

for (const [name, sizes, width, height] of /** @type {[string, number[], number, number][]} */ ([
  ['a small network', [2, 2, 1], 380, 240],
  ['a deep one', [2, 4, 4, 4, 4, 4, 4, 4, 1], 380, 240],
  ['digits', [64, 32, 10], 380, 240],
  ['digits on a phone', [64, 16, 10], 300, 240],
  ['twelve wide layers', [2, ...Array(12).fill(32), 1], 300, 240],
])) {
  test(`the blocks of ${name} stay within the figure and apart`, () => {
    const titles = sizes.slice(1).map((_, layer) => `hidden ${layer + 1}`);
    const { blocks: made, size } = blocks(sizes, titles, width, height);
    const boxes = made.map(({ x, y, units, inputs }) => ({
      left: x,
      right: x + (inputs + 1) * size + 6,
      top: y - 16,
      bottom: y + units * size,
    }));
    for (const box of filled(boxes)) {
      assert.ok(box.left >= -1e-9 && box.right <= width + 1e-9, JSON.stringify(box));
      assert.ok(box.top >= 0 && box.bottom <= height + 1e-9, JSON.stringify(box));
    }
    boxes.forEach((one, index) =>
      boxes
        .slice(index + 1)
        .forEach((other) =>
          assert.ok(
            one.right <= other.left ||
              other.right <= one.left ||
              one.bottom <= other.top ||
              other.bottom <= one.top,
            `${JSON.stringify(one)} and ${JSON.stringify(other)} overlap`,
          ),
        ),
    );
  });
}

const PHONE = { ...WIDE, width: 330, height: 430, isNarrow: true };
/** A network with these sizes, whose gradients were checked. @param {number[]} sizes @param {object} [change] */
function checked(sizes, change = {}) {
  const next = distinct(8);
  const state = stateOf(sizes);
  const layers = parametersOf(sizes, next).map(({ weights: dW, biases: db }) => ({ dW, db }));
  const relative_errors = parametersOf(sizes, () => 1e-9);
  const check = {
    numerical: parametersOf(sizes, next),
    relative_errors,
    worst: 1e-9,
    worst_place: { layer: 0, unit: 0, input: 'bias' },
    comparison: comparisonOf(),
    nudge: 1e-5,
  };
  return /** @type {Slice} */ (
    select(/** @type {any} */ ({ ...state, trace: { ...state.trace, layers }, check, ...change }))
  );
}
const unknown = sliceOf().slice;
/** @type {Record<string, Slice>} */
const STATES = {
  'as it should be': sliceOf().slice,
  'a large error': sliceOf(0.5).slice,
  'no error': sliceOf(0).slice,
  'an error that is not known': {
    ...unknown,
    cells: unknown.cells.map((cell, at) => (at === 3 ? { ...cell, error: null } : cell)),
  },
  'a pinned weight': sliceOf(1e-7, { pinned: { kind: 'parameter', place: { layer: 1, unit: 0, input: 2 } } })
    .slice,
  'a pinned bias': sliceOf(1e-7, {
    pinned: { kind: 'parameter', place: { layer: 0, unit: 2, input: 'bias' } },
  }).slice,
  'a pinned unit': sliceOf(1e-7, { pinned: { kind: 'unit', layer: 0, unit: 1 } }).slice,
  'one layer': checked([2, 1]),
  'many layers': checked([2, 4, 4, 4, 4, 1]),
  'a wide layer': checked([12, 9, 2]),
  'nothing checked': sliceOf(1e-7, { check: null }).slice,
  'no trace': sliceOf(1e-7, { trace: null }).slice,
  'while it trains': sliceOf(1e-7, { isTraining: true }).slice,
  'beyond a number': { ...unknown, status: 'overflow' },
  'no worst one': { ...unknown, worst: null },
};
for (const [name, slice] of Object.entries(STATES))
  test(`the check of the gradients: ${name}`, () =>
    assert.deepEqual(faults({ figure, describe, table }, slice, [WIDE, PHONE]), []));

test('layers stand in rows that fit, their cells as large as that leaves', () => {
  const laid = blocks([2, 3, 1], ['hidden', 'output'], 800, 400);
  assert.equal(laid.size, 34);
  const [first, second] = laid.blocks;
  assert.equal(first.y, second.y);
  // Three columns of cells, the space before the biases, and that between two layers.
  assert.close(second.x - first.x, 3 * 34 + 6 + 18);
  assert.close(first.x, (800 - (second.x - first.x) - Math.max(4 * 34 + 6, 6 * 7.6)) / 2);
  const narrow = blocks([2, 3, 1], ['hidden', 'output'], 150, 400);
  assert.ok(narrow.blocks[1].y > narrow.blocks[0].y && narrow.blocks[0].x === narrow.blocks[1].x);
  assert.close(narrow.blocks[1].y - narrow.blocks[0].y, 3 * 34 + 24 + 10);
});

test('nothing is drawn before there is a network', () => {
  for (const missing of ['now', 'experiment']) assert.equal(sliceOf(1e-7, { [missing]: null }).slice, null);
});
