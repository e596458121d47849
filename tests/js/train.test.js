/** What the task "train" tells besides its curve: answers, measures, health, and a mean. */

import { answersOf, examplesOf, groupOf } from '../../static/js/lib/answers.js';
import { findings, gradients } from '../../static/js/lib/findings.js';
import { axisEnd } from '../../static/js/lib/scale.js';
import { movingMean } from '../../static/js/lib/smooth.js';
import * as theBoundary from '../../static/js/views/boundary.js';
import * as theConfusion from '../../static/js/views/confusion.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, WIDE, distinct, surveyOf } from './made-up.js';
import { GRID, LEVELS, gate, labOf } from './made-up-train.js';
import { pictures } from './pictures.js';

const kept = await pictures('train');
const confusion = kept('confusion', theConfusion);
const { describe, figure, select, table } = kept('boundary', theBoundary);

/** @typedef {import('../../static/js/state.js').State} State */

/** @param {Partial<State>} [change] @param {number[][]} [outputs] */
const sliceOf = (change, outputs) =>
  /** @type {NonNullable<ReturnType<typeof select>>} */ (select(labOf(change, outputs)));

test('the class is the side of the middle, or the largest of several', () => {
  assert.deepEqual([groupOf([0.51], 0.5), groupOf([0.5], 0.5), groupOf([-0.1], 0)], [1, 0, 0]);
  assert.equal(groupOf([0.1, 0.7, 0.2], 0.5), 1);
  assert.equal(groupOf([0.1, null], 0.5), null);
});

test('outputs come in the order of the split, and go to the rows of the data', () => {
  const answers = answersOf(labOf(), 0.5);
  assert.deepEqual(
    [3, 1, 0, 2].map((row) => answers.get(row)?.outputs),
    [[0.2], [0.9], [0.6], [0.3]],
  );
  assert.deepEqual(
    examplesOf(gate(), 0.5).map(({ group, isTest }) => [group, isTest]),
    [
      [0, false],
      [1, false],
      [1, true],
      [0, false],
    ],
  );
});

test('there is nothing to answer before anything was opened, nor in the task of one step', () => {
  assert.equal(select(EMPTY), null);
  assert.equal(select(labOf({ task: 'step' })), null);
});

test('points have their class by colour and symbol; what is held out is hollow', () => {
  const [points] = /** @type {any[]} */ (figure(sliceOf(), WIDE).data);
  assert.deepEqual(points.x, [0, 0, 1, 1]);
  assert.deepEqual(points.marker.symbol, ['diamond', 'circle', 'circle-open', 'diamond']);
  assert.deepEqual(points.marker.color, ['orange', 'blue', 'blue', 'orange']);
});

test('what is wrong is crossed, the followed example is ringed', () => {
  const traces = /** @type {any[]} */ (figure(sliceOf({ example: 1 }), WIDE).data);
  const crossed = traces.find(({ marker }) => marker.symbol === 'x-thin');
  assert.deepEqual(
    [crossed.x, crossed.y],
    [
      [0, 1],
      [0, 0],
    ],
  );
  const ring = traces.find(({ marker }) => marker.symbol === 'circle-open');
  assert.deepEqual([ring.x, ring.y], [[0], [1]]);
});

test('a point leads to its row of the batch; one that is not in it says so', () => {
  const [points] = /** @type {any[]} */ (figure(sliceOf(), WIDE).data);
  assert.deepEqual(points.customdata, [{ example: 2 }, { example: 1 }, { example: -1 }, { example: 0 }]);
  assert.deepEqual(table(sliceOf()).rows[3].pick, { example: 0 });
});

test('the line is where the answer is one half, in the place of the axes', () => {
  const { strokes, layout, tiles } = figure(sliceOf(), WIDE);
  const [{ pieces, box }] = /** @type {any[]} */ (strokes);
  const [low, high] = layout.xaxis.range;
  // From 0 at the first column to 1 at the last one: one half lies between.
  const middle = (GRID[0] + GRID[3]) / 2;
  for (const [x, , u] of filled(pieces))
    for (const at of [x, u]) assert.close(low + ((at - box.x) / box.width) * (high - low), middle, 1e-6);
  assert.deepEqual([tiles?.[0].x, tiles?.[0].width], [box.x, box.width]);
});

test('in words: how many are right, of those held out too, and what the line is', () => {
  assert.equal(
    describe(sliceOf()),
    '2 of 3 right, and 0 of the 1 held out. The line is where the answer is one half.',
  );
  const state = labOf();
  const survey = /** @type {any} */ (state.survey);
  const all = { ...survey.responses, outputs: [{ ...LEVELS, low: 0.6 }] };
  assert.match(describe(sliceOf({ survey: { ...survey, responses: all } })), /more than one half everywhere/);
});

test('the table has every example with its target and output', () => {
  const { columns, rows } = table(sliceOf());
  assert.deepEqual(columns, ['example', 'x₁', 'x₂', 'target', 'output', 'used for']);
  assert.deepEqual(rows[2].cells, ['3 ✗ wrong', 1, 0, 1, 0.3, 'test']);
  assert.deepEqual(rows[1].cells, ['2', 0, 1, 1, 0.9, 'training']);
});

test('while it trains, no answer of an example is told: none is known', () => {
  const survey = /** @type {any} */ (labOf().survey);
  const bare = {
    ...survey,
    train: { ...survey.train, outputs: null },
    test: { ...survey.test, outputs: null },
  };
  const slice = sliceOf({ survey: bare, isTraining: true, trace: null });
  assert.equal(figure(slice, WIDE).data.length, 1);
  assert.deepEqual(table(slice).rows[2].cells, ['3', 1, 0, 1, '—', 'test']);
  assert.equal(table(slice).rows[2].pick, undefined);
});

test('one input: a curve through the answers, broken where there is none', () => {
  const dataset = gate({
    inputs: [[0], [1], [2], [3]],
    targets: [[0], [1], [2], [3]],
    task: 'regression',
    classes: null,
  });
  const survey = /** @type {any} */ (labOf().survey);
  const responses = {
    x: [0, 1, 2, 3],
    y: null,
    outputs: [],
    winners: null,
    units: [],
    curve: [[0], [1], [null], [3]],
  };
  const { strokes } = figure(sliceOf({ dataset, survey: { ...survey, responses } }), WIDE);
  assert.deepEqual(
    strokes?.map(({ pieces }) => pieces.length),
    [1],
  );
});

test('more inputs than two: a few examples as pictures, never an empty box', () => {
  const inputs = Array.from({ length: 4 }, (_, row) =>
    Array.from({ length: 9 }, (_, at) => (at === row ? 1 : 0)),
  );
  const { tiles, layout } = figure(sliceOf({ dataset: gate({ inputs, image_side: 3 }) }), WIDE);
  assert.deepEqual(
    tiles?.map(({ picture }) => [picture.columns, picture.rows]),
    Array(4).fill([3, 3]),
  );
  const words = layout.annotations.map((/** @type {any} */ one) => one.text);
  assert.ok(
    words.some((/** @type {string} */ text) => text.includes('✗ 1 → 0 · 0.3')),
    words.join(),
  );
});

test('what rounding alone would decide is told, marked and not called wrong', () => {
  const lab = labOf();
  const survey = /** @type {NonNullable<State['survey']>} */ (lab.survey);
  const outputs = [[0.5 + 1e-16], [0.9], [0.6]];
  const train = { ...survey.train, right: 1, undecided: 1, outputs, answers: [null, 1, 1] };
  const slice = sliceOf({ survey: { ...survey, train } });
  assert.match(describe(slice), /1 of 3 right.*1 is undecided/);
  const rows = table(slice).rows.map(({ cells }) => String(cells[0]));
  assert.deepEqual(
    rows.map((one) => /undecided/.test(one)),
    [false, false, false, true],
  );
  assert.ok(!/wrong/.test(rows[3]));
});

test('where all answers are the middle but for rounding, no line is drawn and none is told', () => {
  const lab = labOf();
  const survey = /** @type {any} */ (lab.survey);
  const flat = { low: 0.5, high: 0.5, levels: Array(4).fill([0, 0, 0, 0]) };
  const slice = sliceOf({ survey: { ...survey, responses: { ...survey.responses, outputs: [flat] } } });
  assert.match(describe(slice), /But for rounding, the answer is one half everywhere/);
  assert.deepEqual(figure(slice, WIDE).strokes, []);
});

test('the matrix of what is taken for what, and the worst of it', () => {
  const slice = /** @type {theConfusion.Slice} */ (confusion.select(labOf()));
  assert.deepEqual(
    slice.measured.map(({ set, right, count }) => [set, right, count]),
    [
      ['train', 2, 3],
      ['test', 0, 1],
    ],
  );
  const mistake = 'The most frequent mistake: 1 example of class 1 taken for 0.';
  assert.equal(confusion.describe(slice), `${mistake} Counted are the examples held out.`);
  const alone = { ...slice, measured: [{ ...slice.measured[1], set: /** @type {const} */ ('train') }] };
  assert.equal(confusion.describe(alone), mistake);
  assert.deepEqual(
    confusion.worst([
      [5, 2],
      [3, 5],
    ]),
    { own: 1, answered: 0, times: 3, pairs: 1 },
  );
  const even = {
    ...alone,
    measured: [
      {
        ...alone.measured[0],
        matrix: [
          [5, 2],
          [2, 5],
        ],
      },
    ],
  };
  assert.match(
    confusion.describe(even),
    /^Among the most frequent mistakes: 2 examples of class 0 taken for 1/,
  );
  assert.equal(
    confusion.worst([
      [5, 0],
      [0, 5],
    ]),
    null,
  );
  assert.equal(confusion.select(labOf({ dataset: gate({ task: 'regression', classes: null }) })), null);
});

test('classes of a loss between −1 and 1 are called so', () => {
  const state = labOf({ dataset: gate({ targets: [[-1], [1], [1], [-1]] }) });
  const hinge = { ...state, experiment: { .../** @type {any} */ (state.experiment), loss: 'hinge' } };
  assert.deepEqual(confusion.select(/** @type {any} */ (hinge))?.names, ['−1', '1']);
});

test('what ails units and layers is gathered as the server judged it', () => {
  const survey = surveyOf([2, 2, 1], distinct(2));
  assert.deepEqual(findings(survey), []);
  survey.layers[0].units[1].state = 'dead';
  survey.layers[1].state = 'exploding';
  assert.deepEqual(
    findings(survey).map(({ layer, unit, state }) => [layer, unit, state]),
    [[0, 1, 'dead']],
  );
  assert.deepEqual(
    gradients(survey).map(({ state }) => state),
    [null, 'exploding'],
  );
});

test('a mean of the last values, fewer at the start, none where one is missing', () => {
  assert.deepEqual(movingMean([2, 4, 6, 8], 2), [2, 3, 5, 7]);
  assert.deepEqual(movingMean([2, null, 6, 8, 10], 2), [2, null, null, 7, 9]);
});

test('an axis ends at a round number, at most a quarter or so beyond what it holds', () => {
  for (const last of [0, 9, 10, 11, 99, 137, 1000, 1001, 54_321]) {
    const end = axisEnd(last);
    assert.ok(end >= last && end <= Math.max(10, 1.34 * last), `${last}: ${end}`);
  }
  assert.equal(axisEnd(137), 150);
});

test('among branches each line has its branch’s colour and dash, but for those that are not compared', () => {
  const lab = labOf();
  const own = lab.history.experiment ?? lab.experiment;
  const other = (/** @type {number} */ id) =>
    /** @type {any} */ ({
      id,
      name: '',
      origin: null,
      step: 3,
      survey: lab.survey,
      history: { ...lab.history, experiment: own },
    });
  const state = { ...lab, branch: 0, branches: [other(0), other(1), other(2)], hidden: [2] };
  const slice = /** @type {NonNullable<ReturnType<typeof select>>} */ (select(state));
  const { strokes = [] } = figure(slice, WIDE);
  assert.deepEqual(
    strokes.map(({ colour, dash }) => [colour, dash]),
    [
      [WIDE.colours.branches[1], [7, 4]],
      [WIDE.colours.branches[0], []],
    ],
  );
  assert.ok(strokes[1].width > strokes[0].width);
  assert.match(describe(slice), /Other branches/);
  const alone = /** @type {typeof slice} */ (select({ ...state, hidden: [1, 2] }));
  assert.deepEqual(
    (figure(alone, WIDE).strokes ?? []).map(({ colour }) => colour),
    [WIDE.colours.ink],
  );
});
