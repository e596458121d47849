/** What "look inside" asks of the server, and when; and counts of examples. */

import {
  curvatureDeps,
  curvatureQuery,
  ratesDeps,
  rests,
  slopeDeps,
  slopePlace,
  slopeQuery,
  stepSizesDeps,
  stepSizesQuery,
} from '../../static/js/lib/inside.js';
import {
  classesOf,
  mostExamples,
  outputsOf,
  samplesOf,
  taskOf,
  trainedOn,
} from '../../static/js/lib/measures.js';
import {
  answersPicture,
  examplePicture,
  unitPicture,
  valuesPicture,
  winnersPicture,
} from '../../static/js/lib/picture/tiles.js';
import { assert, filled, test } from './harness.js';
import { parametersOf, stateOf } from './made-up.js';

const PLACE = { layer: 1, unit: 0, input: 2 };
/** At rest, with the largest gradient of a weight at one place. @param {object} [change] */
function atRest(change = {}) {
  const state = stateOf([2, 3, 1]);
  const gradients = parametersOf([2, 3, 1], () => 0.1);
  gradients[1].weights[0][2] = -5;
  const layers = gradients.map(({ weights: dW, biases: db }) => ({ dW, db }));
  const history = { ...state.history, learning_rate: 0.25 };
  return /** @type {any} */ ({ ...state, history, trace: { ...state.trace, layers }, ...change });
}

test('something is asked about a moment only while it rests', () => {
  assert.ok(rests(atRest()));
  for (const change of filled([{ now: null }, { trace: null }, { isStale: true }, { isTraining: true }])) {
    const state = atRest(change);
    assert.ok(!rests(state));
    assert.deepEqual([curvatureDeps(state), stepSizesDeps(state), slopeDeps(state)], [null, null, null]);
  }
  assert.ok(ratesDeps(atRest({ isTraining: true })) !== null, 'the verdict on the rate follows the training');
  assert.equal(ratesDeps(atRest({ now: null, isTraining: true })), null);
  assert.equal(ratesDeps(atRest({ isStale: true })), null);
});

test('an answer holds as long as its moment, its set-up, its rate and its parameter do', () => {
  const state = atRest();
  assert.deepEqual(curvatureDeps(state), [state.now, state.experiment]);
  assert.deepEqual(stepSizesDeps(state), [state.now, state.experiment]);
  assert.deepEqual(ratesDeps(state), [state.now, state.experiment, 0.25]);
  assert.deepEqual(slopeDeps(state), [state.now, state.experiment, 0.25, '1 0 2']);
  const pinned = { kind: 'parameter', place: { layer: 0, unit: 1, input: 'bias' } };
  assert.deepEqual(slopeDeps(atRest({ pinned }))?.at(-1), '0 1 bias');
});

test('the slope is that of the pinned parameter, or of the weight with the largest gradient', () => {
  assert.deepEqual(slopePlace(atRest()), PLACE);
  assert.deepEqual(
    slopePlace(atRest({ pinned: { kind: 'parameter', place: { layer: 0, unit: 0, input: 1 } } })),
    {
      ...{ layer: 0, unit: 0, input: 1 },
    },
  );
  assert.deepEqual(slopePlace(atRest({ pinned: { kind: 'unit', layer: 0, unit: 0 } })), PLACE);
  assert.equal(slopePlace(atRest({ trace: null })), null);
});

test('questions carry the parameters of their moment, and what each needs besides', () => {
  const state = atRest();
  const bend = /** @type {any} */ (curvatureQuery(state));
  assert.ok(bend.parameters === state.now.parameters && !('optimizer' in bend));
  const sizes = /** @type {any} */ (stepSizesQuery(state));
  assert.deepEqual([sizes.range, sizes.points], [[1e-4, 100], 121]);
  assert.ok(sizes.optimizer_state === state.now.optimizer_state);
  const slope = /** @type {any} */ (slopeQuery(state));
  assert.deepEqual([slope.parameter, slope.steps, slope.optimizer.learning_rate], [PLACE, 6, 0.25]);
});

/** @type {any} */
const CATALOG = {
  limits: { examples: 64, trace_numbers: 1000 },
  datasets: [
    { name: 'xor', samples: { default: 4 }, classes: null, task: 'regression', outputs: 2 },
    { name: 'plain', samples: { default: 100 }, classes: null, task: 'regression', outputs: null },
  ],
};
const data = (/** @type {object} */ given) => /** @type {any} */ (given);

test('examples are counted: given, or as the data set has them, and less those held out', () => {
  assert.equal(samplesOf(CATALOG, data({ dataset: 'xor' })), 4);
  assert.equal(samplesOf(CATALOG, data({ dataset: 'xor', samples: 9 })), 9);
  assert.equal(samplesOf(CATALOG, data({ inputs: [[1], [2]], targets: [[1], [2]] })), 2);
  const trained = (/** @type {number} */ samples, /** @type {number} */ share) =>
    trainedOn(CATALOG, data({ data: { dataset: 'plain', samples }, test_fraction: share }));
  assert.deepEqual(
    [trained(100, 0), trained(100, 0.25), trained(10, 0.01), trained(10, 0.99), trained(5, 0.5)],
    [100, 75, 9, 1, 2],
  );
});

test('outputs are as many as the targets have columns, or as the data set says, or one', () => {
  const outputs = (/** @type {object} */ given) => outputsOf(CATALOG, data({ data: given }), 'zero_one');
  assert.equal(outputs({ inputs: [[1]], targets: [[1, 2, 3]] }), 3);
  assert.equal(outputs({ dataset: 'xor' }), 2);
  assert.equal(outputs({ dataset: 'plain' }), 1);
  assert.deepEqual(
    [classesOf(CATALOG, data({ dataset: 'xor' })), taskOf(CATALOG, data({ dataset: 'xor' }))],
    [null, 'regression'],
  );
  assert.equal(taskOf(CATALOG, data({ inputs: [] })), null);
});

test('a step may have so many examples that all of its numbers fit', () => {
  const most = (/** @type {number} */ inputs, /** @type {number[]} */ units, numbers = 1000) =>
    mostExamples(
      { ...CATALOG, limits: { examples: 64, trace_numbers: numbers } },
      data({ network: { inputs, layers: units.map((one) => ({ units: one })) } }),
    );
  // 2 · 3 + 3 and 3 + 1 parameters, four numbers each; 2 + 1 + 5 · 4 an example.
  assert.equal(most(2, [3, 1]), Math.floor((1000 - 4 * 13) / 23));
  assert.equal(most(2, [3, 1], 1e6), 64);
});

const COLOURS = /** @type {any} */ ({ negative: '#ff8000', panel: '#ffffff', positive: '#0080ff' });
/** The pixels of a picture, from its top left. @param {import('../../static/js/lib/view.js').Picture} picture */
const pixelsOf = ({ pixels }) =>
  Array.from({ length: pixels.length / 4 }, (_, at) => [...pixels.slice(4 * at, 4 * at + 3)]);

test('answers have the colour of their side of the middle, and the ground at it', () => {
  const output = { low: 0, high: 1, levels: [[0, 255]] };
  assert.deepEqual(pixelsOf(answersPicture(output, 0.5, COLOURS, 1)), [
    [255, 128, 0],
    [0, 128, 255],
  ]);
  assert.deepEqual(
    pixelsOf(answersPicture({ ...output, low: 0.5, high: 0.5 }, 0.5, COLOURS, 1)),
    Array(2).fill([255, 255, 255]),
  );
  assert.deepEqual(pixelsOf(answersPicture({ ...output, low: -1 }, 0, COLOURS, 1)), [
    [255, 128, 0],
    [0, 128, 255],
  ]);
});

test('what a unit gives is measured by the largest of it, on both sides of 0', () => {
  const strong = pixelsOf(unitPicture({ low: -2, high: 1, levels: [[0, 255]] }, COLOURS));
  const weak = pixelsOf(unitPicture({ low: -0.002, high: 0.001, levels: [[0, 255]] }, COLOURS));
  assert.deepEqual(strong, weak);
  assert.ok(strong[0][2] < strong[1][0], 'the larger one is the stronger colour');
  assert.deepEqual(
    pixelsOf(unitPicture({ low: null, high: null, levels: [[0, 9]] }, COLOURS)),
    Array(2).fill([255, 255, 255]),
  );
});

test('values go from the ground at the least to the colour at the most, and a picture stands upright', () => {
  const output = {
    low: 0,
    high: 10,
    levels: [
      [0, 255],
      [128, 255],
    ],
  };
  const [first, second, third] = pixelsOf(valuesPicture(output, [0, 10], '#ffffff', '#000000'));
  assert.deepEqual(
    [third, second],
    [
      [255, 255, 255],
      [0, 0, 0],
    ],
    'the first row of levels is at the bottom',
  );
  assert.ok(Math.abs(first[0] - 127) <= 2);
  assert.deepEqual(pixelsOf(valuesPicture(output, [20, 30], '#ffffff', '#000000'))[1], [255, 255, 255]);
  assert.deepEqual(
    pixelsOf(valuesPicture({ ...output, high: 0 }, [0, 0], '#ffffff', '#000000'))[1],
    [255, 255, 255],
  );
});

test('of several classes the one that wins has its colour, and what is undecided the ground', () => {
  const outputs = [1, 1].map(() => ({ low: 0, high: 1, levels: [[255, 255, 255]] }));
  const [undecided, first, second] = pixelsOf(
    winnersPicture([[-1, 0, 1]], outputs, ['#000000', '#ff0000'], '#ffffff'),
  );
  assert.deepEqual(undecided, [255, 255, 255]);
  assert.ok(first[0] < 255 && first[0] === first[1] && second[0] === 255 && second[1] < 255);
  const faint = outputs.map((one) => ({ ...one, levels: [[0, 0, 0]] }));
  assert.ok(
    pixelsOf(winnersPicture([[-1, 0, 1]], faint, ['#000000', '#ff0000'], '#ffffff'))[1][0] > first[0],
  );
});

test('an example is ink on paper, whichever of its values is the paper', () => {
  const { columns, rows } = examplePicture([0, 1, 0.5, null], 2, [0, 1], '#ffffff', '#000000');
  assert.deepEqual([columns, rows], [2, 2]);
  assert.deepEqual(pixelsOf(examplePicture([0, 1, null], 3, [0, 1], '#ffffff', '#000000')), [
    [255, 255, 255],
    [0, 0, 0],
    [255, 255, 255],
  ]);
  assert.deepEqual(pixelsOf(examplePicture([0, 1, 9], 3, [1, 0], '#ffffff', '#000000')), [
    [0, 0, 0],
    [255, 255, 255],
    [255, 255, 255],
  ]);
  assert.deepEqual(pixelsOf(examplePicture([2], 1, [2, 2], '#ffffff', '#000000')), [[255, 255, 255]]);
});
