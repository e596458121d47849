import * as theSymmetryLosses from '../../static/js/views/symmetry/losses.js';
import * as theSymmetrySmall from '../../static/js/views/symmetry/small.js';
import * as theSymmetrySums from '../../static/js/views/symmetry/sums.js';
import * as theSymmetryWeights from '../../static/js/views/symmetry/weights.js';
import * as theSymmetryWords from '../../static/js/views/symmetry/words.js';
import { WIDE, narrow } from './made-up.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('symmetry');
const { lossesOf } = kept('symmetry/losses', theSymmetryLosses);
const { HEIGHT, WIDTH, barsOf } = kept('symmetry/small', theSymmetrySmall);
const { half, sumsOf } = kept('symmetry/sums', theSymmetrySums);
const { weightsOf } = kept('symmetry/weights', theSymmetryWeights);
const { outcomeName, ratioWords, standing } = kept('symmetry/words', theSymmetryWords);

/** @typedef {import('../../static/js/views/symmetry/losses.js').Slice} Slice */
/** @typedef {import('../../static/js/lesson-state.js').SymmetryRun} Run */

/** @param {number[]} weights */
const unit = (weights) => ({
  ...{ weights, bias: -2, sizes: [12, 3, 6], ratio: [1, 2, 4], mismatch: 0.0004 },
  sums: [0, 6, -3, 3, -12, -6, -15, -9],
  gap: 3,
});
/** @param {Partial<Run['finding']>} [finding] @param {number} [step] @returns {Run} */
const run = (finding = {}, step = 3000) => ({
  ...{ seed: 1, steps: [0, 1500, step], losses: [8, 4, 0.01], isSettled: true },
  state: { step, parameters: [], optimizer_state: { updates: step, slots: {} } },
  finding: {
    ...{ right: 64, loss: 0.01, outcome: '124' },
    units: [unit([-12, -3, 6, -6, 3, 12]), unit([12, 3, -6, 6, -3, -12])],
    ...finding,
  },
});
const learning = run({ right: 56, loss: 4, outcome: 'stuck' }, 100);

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  ...{ place: 2, seeds: [1, 2], patterns: 64, runs: [run(), learning], chosen: 0, isPlaying: false },
  ...change,
});

test('every start has a line of its own, and only one that has learned it a number', () => {
  const { data, layout } = lossesOf(2).figure(slice(), WIDE);
  const lines = /** @type {any[]} */ (data);
  assert.equal(lines.length, 2);
  assert.equal(new Set(lines.map(({ line }) => `${line.color} ${line.dash}`)).size, 2);
  assert.equal(Math.max(...lines.map(({ line }) => line.width)), lines[1].line.width); // the chosen one, on top
  assert.deepEqual(
    layout.annotations.map((/** @type {any} */ one) => one.text),
    ['1'],
  );
});

test('weights are drawn as they are: six bars for each unit, up above 0 and down below, hatched', () => {
  for (const frame of [WIDE, narrow([6, 2, 1])]) {
    const { data, layout } = weightsOf(2).figure(slice(), frame);
    const bars = /** @type {any[]} */ (data);
    assert.deepEqual(
      bars.map(({ y }) => y),
      [
        [-12, -3, 6, -6, 3, 12],
        [12, 3, -6, 6, -3, -12],
      ],
    );
    assert.deepEqual(bars[0].marker.pattern.shape, ['/', '/', '', '/', '', '']);
    assert.deepEqual(bars[0].text, ['−12', '−3', '+6', '−6', '+3', '+12']);
    // The mirror stands midway between the third and the fourth, and between all other pairs.
    const mirror = layout.shapes.find((/** @type {any} */ { x0, x1 }) => x0 === x1).x0;
    for (const at of [0, 1, 2]) assert.close((bars[0].x[at] + bars[0].x[5 - at]) / 2, mirror);
  }
});

test('sums stand where they are, each with its own half', () => {
  assert.deepEqual([0, 3, 7].map(half), ['000', '011', '111']);
  const { data, layout } = sumsOf(2).figure(slice(), WIDE);
  assert.deepEqual(/** @type {any} */ (data[0]).x, [-15, -12, -9, -6, -3, 0, 3, 6]);
  const names = layout.annotations.map((/** @type {any} */ { x, text }) => [x, text]);
  assert.deepEqual(names[0], [-15, '110']);
  assert.deepEqual(names[5], [0, '000']);
  assert.ok(sumsOf(2).describe(slice()).includes('3 apart'));
});

test('nothing is drawn of a start that is not chosen or not there yet', () => {
  for (const change of [{ chosen: null }, { runs: null }])
    for (const view of [weightsOf(2), sumsOf(2)]) {
      assert.equal(view.figure(slice(change), WIDE).data.length, 0);
      assert.equal(view.describe(slice(change)), 'No start is chosen yet.');
    }
  assert.equal(lossesOf(2).figure(slice({ runs: null }), WIDE).data.length, 0);
  assert.equal(lossesOf(2).select({ symmetries: {} }), null);
});

test('a start is told by how it stands', () => {
  assert.equal(standing(run(), 64), 'all 64 right');
  assert.equal(standing(learning, 64), '56 of 64 right');
  assert.equal(standing(run({}, 0), 64), 'at the start');
  const words = weightsOf(2).describe(slice());
  assert.ok(words.includes('Start 1 after 3000 sweeps') && words.includes('0.04\u00a0%'), words);
  assert.ok(
    weightsOf(2)
      .describe(slice({ chosen: 1 }))
      .includes('56 of 64'),
  );
  assert.ok(lossesOf(2).describe(slice()).includes('1 of 2 starts'));
  assert.equal(ratioWords([1, 1.518, 2.024]), '1\u00a0:\u00a01.52\u00a0:\u00a02.02');
  const outcomes = /** @type {const} */ (['124', '234', 'other', 'stuck']);
  assert.equal(new Set(outcomes.map(outcomeName)).size, 4);
});

test('the small picture holds every bar, each on its side of 0', () => {
  const bars = barsOf(run().finding.units);
  assert.equal(bars.length, 12);
  for (const { x, y, width, height } of bars)
    assert.ok(x >= 0 && y >= 0 && x + width <= WIDTH && y + height <= HEIGHT);
  for (const [index, { y, height, isNegative }] of filled(bars.entries())) {
    const zero = HEIGHT * (index < 6 ? 0.25 : 0.75);
    assert.close(isNegative ? y : y + height, zero);
  }
  assert.close(bars[0].height / bars[1].height, 4);
  assert.deepEqual(barsOf([]), []);
});

const views = [lossesOf(2), weightsOf(2), sumsOf(2)];
const settled = (/** @type {Partial<Run['finding']>} */ finding, step = 3000) => run(finding, step);
const lost = {
  ...unit([1, -2, 3, -4, 5, -6]),
  weights: [null, 1, -1, 0, 0.004, -0.004],
  sums: Array(8).fill(null),
  gap: null,
  mismatch: null,
  ratio: [1, null, 4],
};
/** @type {Record<string, Slice>} */
const STATES = {
  'two starts': slice(),
  'the second is chosen': slice({ chosen: 1 }),
  'none is chosen': slice({ chosen: null }),
  'not computed yet': slice({ runs: null }),
  'no sweep yet': slice({ runs: [run({ outcome: 'stuck' }, 0), run({ outcome: 'stuck' }, 0)] }),
  'one sweep': slice({ runs: [run({ right: 32, outcome: 'stuck' }, 1)] }),
  'more sweeps than the axis has at first': slice({ runs: [settled({}, 2500), settled({}, 9000)] }),
  'every outcome': slice({
    runs: [
      settled({ outcome: '234' }),
      settled({ outcome: 'other' }),
      settled({ outcome: 'stuck', right: 63 }),
      settled({}),
    ],
    chosen: 1,
  }),
  'the ratio 2 : 3 : 4': slice({ runs: [settled({ outcome: '234' })] }),
  'beyond numbers': slice({ runs: [settled({ loss: null, units: [lost, lost] })] }),
  'sums that are the same': slice({
    runs: [
      settled({
        units: [{ ...unit([1, 2, 3, -3, -2, -1]), sums: Array(8).fill(2) }, unit([1, 2, 3, -3, -2, -1])],
      }),
    ],
  }),
  'losses that fall late': slice({
    runs: [
      { ...run(), steps: [0, 1000, 2000, 3000], losses: [8, 7.9, 8, 0.1] },
      { ...run(), steps: [0, 10], losses: [8, null] },
    ],
  }),
  'losses that do not fall': slice({ runs: [{ ...run(), losses: [8, 8, 8] }] }),
  'small losses': slice({ runs: [{ ...run(), losses: [0.5, 0.25, 0.01] }] }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`starts of 1986: ${name}`, () => {
    for (const view of views) assert.deepEqual(faults(view, shown, [WIDE, narrow([6, 2, 1])]), []);
  });

test('the number of a start stands on its line, where it has fallen', () => {
  const fallen = slice({ runs: [{ ...run(), steps: [0, 1000, 2000], losses: [10, 10, 0] }] });
  const [{ x, y }] = lossesOf(2).figure(fallen, WIDE).layout.annotations;
  assert.close(y, 0.6);
  assert.close(x, 1000 + 1000 * (1 - y / 10));
  const edge = slice({ runs: [{ ...run(), steps: [0, 1000, 2000], losses: [10, 0.6, 0] }] });
  assert.close(lossesOf(2).figure(edge, WIDE).layout.annotations[0].x, 1000);
});

test('the range of the sums has room on both sides, also where they are all the same', () => {
  const range = (/** @type {string} */ name) => sumsOf(2).figure(STATES[name], WIDE).layout.xaxis.range;
  assert.close(range('two starts'), [-15 - 0.08 * 21, 6 + 0.08 * 21]);
  assert.close(range('sums that are the same'), [1.92, 2.08]);
});

test('a bar that is next to nothing is still seen in the small picture', () => {
  const [small, large] = barsOf([{ weights: [0.001, 10, null, 0, -10, 10] }]);
  assert.equal(small.height, 1);
  assert.equal(large.height, HEIGHT / 2 - 2);
  assert.deepEqual(
    barsOf([{ weights: [0, 0, 0, 0, 0, 0] }]).map(({ x }) => x),
    [4.5, 19.5, 34.5, 51.5, 66.5, 81.5],
  );
});
