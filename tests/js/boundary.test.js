/** What the network answers, in many states: drawn, told and tabulated, and looked up among the stored pictures. */

import * as theBoundary from '../../static/js/views/boundary.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { WIDE } from './made-up.js';
import { CATALOG, LEVELS, gate, labOf } from './made-up-train.js';
import { pictures } from './pictures.js';

/** @typedef {import('../../static/js/state.js').State} State */

const kept = await pictures('boundary');
const view = kept('boundary', theBoundary);
const { select } = theBoundary;

const SMALL = { ...WIDE, width: 230, height: 190, isNarrow: true };
const { survey, experiment } = /** @type {any} */ (labOf());
const hinge = { ...experiment, loss: 'hinge' };
const minus = gate({ targets: [[-1], [1], [1], [-1]] });

/** With other answers over the plane. @param {object} responses @param {object} [change] */
const answering = (responses, change = {}) =>
  labOf(
    /** @type {any} */ ({
      survey: { ...survey, responses: { ...survey.responses, ...responses } },
      ...change,
    }),
  );
const level = (/** @type {number | null} */ low, /** @type {number | null} */ high) => ({
  outputs: [{ ...LEVELS, low, high }],
});
const measured = (/** @type {object} */ train, /** @type {any} */ test = survey.test) =>
  labOf(/** @type {any} */ ({ survey: { ...survey, train: { ...survey.train, ...train }, test } }));

const regression = gate({ targets: [[0.25], [1], [-2], [0.5]], task: 'regression', classes: null });
const one = (/** @type {object} */ change = {}) =>
  gate({
    inputs: [[0], [1], [2], [3]],
    targets: [[0], [1], [2], [3]],
    task: 'regression',
    classes: null,
    ...change,
  });
const along = (
  /** @type {(number | null)[][] | null} */ curve,
  /** @type {object} */ change = {},
  /** @type {object} */ data = {},
) => answering({ x: [0, 1, 2, 3], y: null, outputs: [], curve }, { dataset: one(data), ...change });
const several = gate({
  targets: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ],
  classes: 3,
});
const OUTPUTS = [
  [0.2, 0.5, 0.3],
  [0.1, 0.8, 0.1],
  [0.6, 0.2, 0.2],
];
const classed = (/** @type {object} */ change = {}) =>
  answering(
    { outputs: [LEVELS, LEVELS, LEVELS], winners: Array(4).fill([0, 1, 1, 2]) },
    {
      dataset: several,
      survey: {
        ...survey,
        train: { ...survey.train, outputs: OUTPUTS },
        test: { ...survey.test, outputs: [[null, 0.1, 0.9]] },
        responses: {
          ...survey.responses,
          outputs: [LEVELS, LEVELS, LEVELS],
          winners: Array(4).fill([0, 1, 1, 2]),
        },
      },
      ...change,
    },
  );
/** Pictures of so many examples. @param {number} count @param {number} side @param {object} [change] */
function pictured(count, side, change = {}) {
  const inputs = Array.from({ length: count }, (_, row) =>
    Array.from({ length: side * side }, (_, at) => (at % 7 === row % 7 ? 1 : 0)),
  );
  const targets = inputs.map((_, row) => [row % 2]);
  const rows = inputs.map((_, row) => row);
  return gate({ inputs, targets, image_side: side, train_indices: rows, test_indices: [], ...change });
}
/** A second branch, with a survey of its own. @param {object} [change] @param {object} [history] */
function branched(change = {}, history = {}) {
  const state = labOf();
  const other = {
    ...state.branches[0],
    id: 1,
    survey: {
      ...survey,
      responses: {
        ...survey.responses,
        outputs: [
          { ...LEVELS, levels: LEVELS.levels.map((/** @type {number[]} */ row) => row.toReversed()) },
        ],
      },
    },
    history: { ...state.history, ...history },
  };
  return /** @type {State} */ (
    /** @type {any} */ ({ ...state, branches: [...state.branches, other], ...change })
  );
}

/** @type {Record<string, State>} */
const STATES = {
  'two classes': labOf(),
  'the first example is followed': labOf({ example: 0 }),
  'an example held out of the batch': labOf({ trace: null }),
  'while it trains': labOf({ isTraining: true }),
  'too much data': labOf({ survey: null }),
  'no responses': labOf(/** @type {any} */ ({ survey: { ...survey, responses: null } })),
  'no examples held out': measured({}, null),
  'outputs beyond numbers': measured({ right: null }),
  'those held out beyond numbers': measured({}, { ...survey.test, right: null }),
  'one undecided': measured({ undecided: 1, answers: [null, 1, 1], outputs: [[0.5], [0.9], [0.6]] }),
  'several undecided': measured({ undecided: 2 }, { ...survey.test, undecided: 1 }),
  'more than one half everywhere': answering(level(0.6, 0.9)),
  'one half at the least': answering(level(0.5, 0.9)),
  'one half at the most': answering(level(0.1, 0.5)),
  'less than one half everywhere': answering(level(0.1, 0.4)),
  'one half everywhere': answering(level(0.5, 0.5)),
  'the same everywhere': answering(level(0.7, 0.7)),
  'a plane beyond numbers': answering(level(null, null)),
  'a plane partly beyond numbers': answering(level(0.2, null)),
  'targets of -1 and 1': answering(level(-1, 1), { experiment: hinge, dataset: minus }),
  'above 0 everywhere': answering(level(0.1, 1), { experiment: hinge, dataset: minus }),
  'below 0 everywhere': answering(level(-1, -0.1), { experiment: hinge, dataset: minus }),
  '0 everywhere': answering(level(0, 0), { experiment: hinge, dataset: minus }),
  'several classes': classed(),
  'several classes, while it trains': classed({ isTraining: true }),
  values: answering(level(-2, 1), { dataset: regression }),
  'values beyond their targets': answering(level(-3, 1), { dataset: regression }),
  'values above their targets': answering(level(-2, 1.5), { dataset: regression }),
  'values beyond numbers': answering(level(null, 1), { dataset: regression }),
  'values, some held out': measured({}, { ...survey.test, loss: 0.25 }),
  'values without those held out': labOf(
    /** @type {any} */ ({ dataset: regression, survey: { ...survey, test: null } }),
  ),
  'several values': answering(
    { outputs: [LEVELS, LEVELS] },
    {
      dataset: {
        ...regression,
        targets: [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
        ],
      },
    },
  ),
  'one value': answering(level(0, 1), { dataset: { ...regression, targets: Array(4).fill([2]) } }),
  'a line': along([[0], [1], [2], [3]]),
  'a line with a gap': along([[0], [1], [null], [3]]),
  'a line with a point of its own': along([[0], [null], [2], [3]]),
  'a line beyond the picture': along([[0], [1], [2], [9]]),
  'a line below the picture': along([[-9], [1], [2], [3]]),
  'a line up to the edge of the picture': along([[-0.449], [1], [2], [3.449]]),
  'a line of a threshold': along([[0], [0], [1], [1]], {
    experiment: {
      ...experiment,
      network: {
        ...experiment.network,
        layers: experiment.network.layers.map((/** @type {object} */ one) => ({
          ...one,
          activation: 'step',
        })),
      },
    },
  }),
  'several lines': along([
    [0, 1, 2],
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 5],
  ]),
  'no line yet': along(null),
  'a line through one target': along([[1], [1], [1], [1]], {}, { targets: Array(4).fill([1]) }),
  'a line without answers': labOf({ dataset: one(), survey: null }),
  'a line at one input': labOf({ dataset: one({ inputs: Array(4).fill([2]) }), survey: null }),
  'points without a grid': labOf({
    dataset: gate({
      inputs: [
        [2, 0],
        [2, 1],
        [2, 4],
        [2, 3],
      ],
    }),
    survey: null,
  }),
  pictures: labOf({ dataset: pictured(4, 3) }),
  'pictures, one followed': labOf({ dataset: pictured(4, 3), example: 1 }),
  'pictures, more than have room': labOf({ dataset: pictured(60, 3) }),
  'pictures, while it trains': labOf({ dataset: pictured(4, 3), isTraining: true }),
  'pictures on dark paper': labOf({
    dataset: pictured(4, 3),
    catalog: { ...CATALOG, datasets: [{ name: 'xor', paper: 1 }] },
  }),
  'pictures on light paper': labOf({
    dataset: pictured(4, 3),
    catalog: { ...CATALOG, datasets: [{ name: 'xor', paper: 0 }] },
  }),
  'pictures without answers': labOf({ dataset: pictured(4, 3), survey: null }),
  'pictures that are undecided': labOf({
    dataset: pictured(4, 3),
    survey: { ...survey, train: { ...survey.train, answers: [null, 0, null] } },
  }),
  'pictures of values': labOf({ dataset: pictured(4, 3, { task: 'regression', classes: null }) }),
  'three inputs': labOf({
    dataset: gate({
      inputs: [
        [0, 1, 0.5],
        [1, 0, 0.25],
        [1, 1, 0],
        [0, 0, 1],
      ],
    }),
  }),
  'a strip of pixels': labOf({ dataset: pictured(4, 3, { image_side: null }) }),
  'pictures of several classes': labOf({
    dataset: pictured(4, 3, {
      targets: several.targets,
      classes: 3,
      train_indices: [3, 1, 0],
      test_indices: [2],
    }),
    survey: {
      ...survey,
      train: { ...survey.train, outputs: OUTPUTS },
      test: { ...survey.test, outputs: [[null, 0.1, 0.9]] },
    },
  }),
  'sixty points': labOf({
    dataset: gate({
      inputs: Array.from({ length: 60 }, (_, at) => [at, at % 5]),
      targets: Array.from({ length: 60 }, (_, at) => [at % 2]),
    }),
  }),
  'sixty-one points': labOf({
    dataset: gate({
      inputs: Array.from({ length: 61 }, (_, at) => [at, at % 5]),
      targets: Array.from({ length: 61 }, (_, at) => [at % 2]),
    }),
  }),
  'many points': labOf({
    dataset: gate({
      inputs: Array.from({ length: 251 }, (_, at) => [at, at % 5]),
      targets: Array.from({ length: 251 }, (_, at) => [at % 2]),
    }),
  }),
  'one point': labOf({
    dataset: gate({ inputs: [[1, 2]], targets: [[1]], train_indices: [0], test_indices: [] }),
  }),
  'another branch': branched(),
  'another branch, hidden': branched({ hidden: [1] }),
  'another branch, on other data': branched(
    {},
    { experiment: { ...experiment, data: { dataset: 'moons' } } },
  ),
  'another branch, with another loss': branched({}, { experiment: hinge }),
};
const sliceOf = (/** @type {string} */ name) => /** @type {any} */ (select(STATES[name]));
for (const name of Object.keys(STATES))
  test(`the answers: ${name}`, () => assert.deepEqual(faults(view, sliceOf(name), [WIDE, SMALL]), []));

test('the captions say on which side of the middle all answers are, and only where they are', () => {
  const said = (/** @type {string} */ name) => view.describe(sliceOf(name));
  assert.match(said('more than one half everywhere'), /The answer is more than one half everywhere\.$/);
  assert.match(said('one half at the least'), /The line is where the answer is one half\.$/);
  assert.match(said('one half at the most'), /The answer is less than one half everywhere\.$/);
  assert.match(said('above 0 everywhere'), /The answer is above 0 everywhere\.$/);
  assert.match(said('below 0 everywhere'), /The answer is below 0 everywhere\.$/);
  assert.match(said('0 everywhere'), /the answer is 0 everywhere: there is no line\.$/);
  assert.match(said('targets of -1 and 1'), /The line is where the answer is 0\.$/);
  assert.match(said('another branch'), /Other branches, each in its colour/);
  for (const name of [
    'another branch, hidden',
    'another branch, on other data',
    'another branch, with another loss',
  ])
    assert.ok(!said(name).includes('Other branches'), name);
});

test('the captions of lines and values say what goes beyond the picture, and only that', () => {
  const said = (/** @type {string} */ name) => view.describe(sliceOf(name));
  for (const name of ['a line beyond the picture', 'a line below the picture'])
    assert.match(said(name), /It goes on above or below the picture\.$/);
  for (const name of ['a line', 'a line up to the edge of the picture', 'a line with a gap'])
    assert.ok(!said(name).includes('goes on'), name);
  for (const name of ['values beyond their targets', 'values above their targets'])
    assert.match(said(name), /What is below −2 or above 1 has the colour of that end\.$/);
  assert.ok(!said('values').includes('colour of that end'));
});

test('nothing is drawn before there are data and a network', () => {
  for (const missing of ['dataset', 'now', 'experiment'])
    assert.equal(select(labOf({ [missing]: null })), null);
});
