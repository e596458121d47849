import * as theNeuronAnswers from '../../static/js/views/neuron/answers.js';
import * as theNeuronPlane from '../../static/js/views/neuron/plane.js';
import * as theNeuronResponse from '../../static/js/views/neuron/response.js';
import { WIDE } from './made-up.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('neuron');
const { areRight, countRight, saysAll, scoreOf } = kept('neuron/answers', theNeuronAnswers);
const { planeAt, sideOf } = kept('neuron/plane', theNeuronPlane);
const { responseAt } = kept('neuron/response', theNeuronResponse);

/** @typedef {import('../../static/js/views/neuron/answers.js').Slice} Slice */

const POINTS = {
  name: 'made up',
  inputs: /** @type {[number, number][]} */ ([
    [1, 1],
    [-1, 1],
    [0, -1],
  ]),
  targets: [1, 0, 1],
};

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  place: 4,
  neuron: { weights: [1, 0], bias: 0.5, activation: 'relu' },
  points: POINTS,
  chosen: 0,
  layer: /** @type {any} */ ({ z: [[1.5], [-0.5], [0.5]], a: [[1.5], [0], [0.4]], undecided: [] }),
  response: { activation: 'relu', z: [-2, 0, 2], a: [0, 0, 2] },
  ...change,
});

const plane = planeAt(4);
const response = responseAt(4);

test('a neuron says yes above a half, and a right answer is the wanted one', () => {
  assert.deepEqual(saysAll(slice()), ['yes', 'no', 'no']);
  assert.deepEqual(areRight(slice()), [true, true, false]);
  assert.equal(countRight(slice()), 2);
  assert.equal(countRight(slice({ layer: null })), null);
  assert.deepEqual(saysAll(slice({ layer: null })), [null, null, null]);
});

test('an answer that the engine calls undecided is neither right nor wrong, on whichever side it lies', () => {
  for (const a of [0.5, 0.5 + 1e-16, 0.5 - 1e-16]) {
    const layer = /** @type {any} */ ({ z: [[1.5], [-0.5], [0]], a: [[1.5], [0], [a]], undecided: [[2, 0]] });
    const one = slice({ layer });
    assert.deepEqual(saysAll(one), ['yes', 'no', 'undecided']);
    assert.deepEqual(areRight(one), [true, true, null]);
    assert.deepEqual(scoreOf(saysAll(one), POINTS.targets), { right: 2, undecided: 1 });
    assert.match(plane.describe(one), /2 of 3 answers are right\. 1 is undecided/);
  }
  assert.ok(!/undecided/.test(plane.describe(slice())));
});

test('a view reads the neuron of its own place', () => {
  const state = { tables: {}, neurons: { 4: slice() } };
  assert.equal(plane.select(state)?.place, 4);
  assert.equal(planeAt(5).select(state), null);
  assert.ok(plane.name !== planeAt(5).name);
});

test('the shaded side is where z is above 0, whichever way the line runs', () => {
  for (const weights of /** @type {[number, number][]} */ ([
    [1, 0],
    [-1, 0],
    [0, 2],
    [1.5, -0.7],
    [-0.3, -0.4],
  ])) {
    const shown = slice({ neuron: { weights, bias: 0.1, activation: 'step' } });
    const z = (/** @type {number[]} */ [x, y]) => weights[0] * x + weights[1] * y + 0.1;
    const side = sideOf(shown);
    assert.ok(side.length >= 3);
    for (const corner of filled(side)) assert.ok(z(corner) > -1e-9);
    assert.equal(side.filter((corner) => Math.abs(z(corner)) < 1e-9).length, 2);
  }
  const { neuron } = slice();
  assert.equal(sideOf(slice({ neuron: { ...neuron, weights: [0, 0], bias: 1 } })).length, 4);
  assert.equal(sideOf(slice({ neuron: { ...neuron, weights: [0, 0], bias: 0 } })).length, 0);
});

test('every point can be asked about, and what is wrong is marked', () => {
  const { data } = plane.figure(slice(), WIDE);
  const kinds = /** @type {any[]} */ (data).slice(2);
  assert.deepEqual(
    kinds.map(({ customdata }) => customdata.map((/** @type {any} */ pick) => pick.example)),
    [[0, 2], [1]],
  );
  assert.deepEqual(kinds[0].text, ['', '✗']);
  assert.ok(kinds[0].marker.symbol !== kinds[1].marker.symbol);
});

test('a threshold is drawn as a jump: no line leads from 0 to 1', () => {
  const z = [-2, -1, 0, 1, 2];
  const step = slice({ response: { activation: 'step', z, a: z.map((one) => Number(one > 0)) } });
  const [curve, ends] = /** @type {any[]} */ (response.figure(step, WIDE).data);
  assert.deepEqual(curve.x, [-2, -1, 0, 0, null, 0, 1, 2]);
  assert.deepEqual(curve.y, [0, 0, 0, 0, null, 1, 1, 1]);
  assert.deepEqual(
    [ends.x, ends.y],
    [
      [0, 0],
      [0, 1],
    ],
  );
  assert.ok(response.describe(step).includes('jumps from 0 to 1'));
  const smooth = /** @type {any[]} */ (response.figure(slice(), WIDE).data);
  assert.deepEqual([smooth[0].x, smooth.length], [[-2, 0, 2], 3]);
  assert.ok(!response.describe(slice()).includes('jump'));
});

test('a point beyond the picture of the activation is said to be there', () => {
  const far = slice({ layer: /** @type {any} */ ({ z: [[7], [0], [0]], a: [[7], [0], [0]] }) });
  assert.ok(response.describe(far).includes('beyond the picture'));
  assert.ok(!response.describe(slice()).includes('beyond the picture'));
});

test('what is called shaded is shaded: a side, all or nothing', () => {
  const words = (/** @type {[number, number]} */ weights, /** @type {number} */ bias) => {
    const shown = slice({ neuron: { weights, bias, activation: 'step' } });
    return [plane.describe(shown), sideOf(shown).length];
  };
  for (const [weights, bias, told] of /** @type {[[number, number], number, RegExp][]} */ ([
    [[1, 0.3], 0, /On the shaded side/],
    [[0, 0], 1, /All is shaded/],
    [[1, 0], 99, /All is shaded/],
    [[0, 0], 0, /Nothing is shaded/],
    [[1, 0], -99, /Nothing is shaded/],
  ])) {
    const [caption, corners] = words(weights, bias);
    assert.match(String(caption), told);
    assert.equal(corners === 0, /Nothing/.test(String(told)));
  }
});

test('caption and table say what the picture shows', () => {
  assert.ok(plane.describe(slice()).includes('2 of 3 answers are right'));
  assert.equal(plane.describe(slice({ layer: null })), 'It is being computed.');
  const rows = plane.table?.(slice()).rows ?? [];
  assert.deepEqual(rows[0].cells, ['1', 1, 1, 1.5, 1.5, 'yes', 'yes']);
  assert.deepEqual(plane.table?.(slice({ layer: null })).rows[0].cells, ['1', 1, 1, '—', '—', '—', 'yes']);
});

test('the chosen point stands on the curve; beyond its ends, or before it is computed, nothing does', () => {
  const marker = (/** @type {Slice} */ shown) => /** @type {any} */ (response.figure(shown, WIDE).data[2]);
  assert.deepEqual([marker(slice()).x, marker(slice()).y], [[1.5], [1.5]]);
  assert.deepEqual(marker(slice({ layer: null })).x, []);
  assert.deepEqual(marker(slice({ layer: /** @type {any} */ ({ z: [[9]], a: [[9]] }) })).x, []);
  assert.ok(response.describe(slice()).includes('z is 1.5, and what comes out is 1.5'));
});

const turned = (/** @type {number[]} */ weights, bias = 0, activation = 'relu') =>
  slice({ neuron: /** @type {any} */ ({ weights, bias, activation }) });
const step = /** @type {any} */ ({ activation: 'step', z: [-2, -1, 0, 1, 2], a: [0, 0, 0, 1, 1] });
const out = (/** @type {number | null} */ z, /** @type {number | null} */ a) =>
  slice({ layer: /** @type {any} */ ({ z: [[z], [-0.5], [0.5]], a: [[a], [0], [0.4]], undecided: [] }) });
/** @type {Record<string, Slice>} */
const STATES = {
  'two of three right': slice(),
  'another point': slice({ chosen: 2 }),
  'not computed yet': slice({ layer: null, response: null }),
  'a line across': turned([0, 1], 0.25),
  'a line askew': turned([1, -2], 0.25),
  'yes everywhere': turned([0, 0], 1),
  'no everywhere': turned([0, 0], -1),
  'nothing anywhere': turned([0, 0], 0),
  'a line through a corner': turned([1, 1], 0),
  'a line beyond the picture': turned([1, 0], -50),
  'a threshold': slice({ response: step }),
  'z at the edge of the picture': out(2, 2),
  'z at the other edge': out(-2, 0),
  'z beyond the picture': out(2.01, 2.01),
  'a beyond a number': out(1, null),
  'z beyond a number': out(null, 1),
  'answers between -1 and 1': slice({
    response: /** @type {any} */ ({ activation: 'tanh', z: [-2, 0, 2], a: [-0.96, 0, 0.96] }),
  }),
  'answers beyond numbers': slice({
    response: /** @type {any} */ ({ activation: 'relu', z: [-2, 0, 2], a: [0, null, 9] }),
  }),
  'one half is no': slice({
    layer: /** @type {any} */ ({ z: [[0], [0], [0]], a: [[0.5], [0.5], [0.51]], undecided: [] }),
  }),
  'several undecided': slice({
    layer: /** @type {any} */ ({
      z: [[0], [0], [0]],
      a: [[0.5], [0.5], [0.51]],
      undecided: [
        [0, 0],
        [1, 0],
      ],
    }),
  }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`a neuron: ${name}`, () => {
    assert.deepEqual(faults(plane, shown, [WIDE]), []);
    assert.deepEqual(faults(response, shown, [WIDE]), []);
  });

test('the chosen point is marked up to the edge of the picture, and told where it is beyond', () => {
  const marks = (/** @type {string} */ name) =>
    /** @type {any} */ (response.figure(STATES[name], WIDE).data.at(-1)).x;
  assert.deepEqual([marks('z at the edge of the picture'), marks('z at the other edge')], [[2], [-2]]);
  assert.deepEqual(marks('z beyond the picture'), []);
  assert.match(response.describe(STATES['z beyond the picture']), /That is beyond the picture\.$/);
  assert.ok(!response.describe(STATES['z at the other edge']).includes('beyond'));
});

test('numbers beyond what a number can hold are not said to be on their way', () => {
  for (const name of ['z beyond a number', 'a beyond a number'])
    assert.match(response.describe(STATES[name]), /grown beyond what a number can hold/);
  assert.match(plane.describe(STATES['a beyond a number']), /grown beyond what a number can hold/);
  for (const view of [plane, response])
    assert.equal(view.describe(STATES['not computed yet']), 'It is being computed.');
});
