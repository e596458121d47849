import * as theNeuronNetwork from '../../static/js/views/neuron/network.js';
import { WIDE } from './made-up.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('network-plane');
const { countRight, countYes, lineOf, networkAt, saysAt } = kept('neuron/network', theNeuronNetwork);

/** @typedef {import('../../static/js/views/neuron/network.js').Slice} Slice */

/** @type {any} */
const LAYERS = [
  {
    z: [
      [-0.5, -1.5],
      [0.5, -0.5],
      [0.5, 0.5],
    ],
    a: [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
    undecided: [],
  },
  { undecided: [], z: [[-0.5], [0.5], [-0.5]], a: [[0], [1], [0]] },
];

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  place: 2,
  parameters: [
    {
      weights: [
        [1, 1],
        [1, 1],
      ],
      biases: [-0.5, -1.5],
    },
    { weights: [[1, -1]], biases: [-0.5] },
  ],
  points: {
    name: 'made up',
    inputs: [
      [0, 0],
      [0, 1],
      [1, 1],
    ],
    targets: [0, 1, 1],
  },
  ...{ chosen: 0, unit: 0, layers: LAYERS },
  grid: {
    x: [-0.5, 1.5],
    a: [
      [0, 1],
      [1, 0],
    ],
  },
  ...change,
});

const view = networkAt(2);

test('what each neuron says is counted, and what the network says is compared with what is wanted', () => {
  assert.deepEqual(saysAt(slice(), 0, 1), ['no', 'no', 'yes']);
  assert.equal(countYes(slice(), 0, 0), 2);
  assert.equal(countYes(slice(), 0, 1), 1);
  assert.equal(countRight(slice()), 2);
  assert.equal(countRight(slice({ layers: null })), null);
  assert.equal(countYes(slice({ layers: null }), 0, 0), null);
});

test('what only rounding decides is counted neither as yes nor as right', () => {
  const layers = [
    { ...LAYERS[0], undecided: [[1, 0]] },
    { ...LAYERS[1], undecided: [[1, 0]] },
  ];
  assert.equal(countYes(slice({ layers }), 0, 0), 1);
  assert.equal(countRight(slice({ layers })), 1);
  assert.match(view.describe(slice({ layers })), /1 of 3 answers are right\. 1 is undecided/);
});

test('the line of a hidden neuron is where its z is 0', () => {
  for (const weights of /** @type {[number, number][]} */ ([
    [1, 1],
    [2, 0],
    [0, -1],
    [0.1, 3],
  ]))
    for (const [x, y] of filled(lineOf(weights, -0.5, [-1, 2])))
      assert.close(weights[0] * x + weights[1] * y - 0.5, 0, 1e-12);
  assert.deepEqual(lineOf([0, 0], 1, [-1, 2]), []);
});

test('the plane has the grid of the engine, both lines, every point, and a mark at what is wrong', () => {
  const { data, layout } = view.figure(slice(), WIDE);
  const [map, first, second, , circles] = /** @type {any[]} */ (data);
  assert.deepEqual(map.z, slice().grid?.a);
  assert.equal(first.x.length, 2);
  assert.ok(first.line.dash !== second.line.dash);
  assert.deepEqual(circles.text, ['', '✗']);
  assert.deepEqual(
    layout.annotations.map((/** @type {any} */ { text }) => text),
    ['h₁', 'h₂'],
  );
});

test('the caption counts the lines that are drawn, and says whether anything is shaded', () => {
  const of = (/** @type {number[][]} */ weights, /** @type {number[]} */ biases, a = slice().grid?.a) => {
    const [, output] = slice().parameters;
    const grid = { x: [-0.5, 1.5], a: /** @type {any} */ (a) };
    const shown = slice({ parameters: /** @type {any} */ ([{ weights, biases }, output]), grid });
    const { data } = view.figure(shown, WIDE);
    const lines = data.filter(
      (one) => /** @type {any} */ (one).mode === 'lines' && /** @type {any} */ (one).x.length > 0,
    );
    return [view.describe(shown), lines.length];
  };
  for (const [weights, biases, told, count] of /** @type {any[]} */ ([
    [
      [
        [1, 1],
        [1, -1],
      ],
      [-0.5, 0],
      /Each hidden neuron draws a line/,
      2,
    ],
    [
      [
        [1, 1],
        [0, 0],
      ],
      [-0.5, 1],
      /One hidden neuron draws a line/,
      1,
    ],
    [
      [
        [1, 1],
        [1, 0],
      ],
      [-0.5, 9],
      /One hidden neuron draws a line/,
      1,
    ],
    [
      [
        [0, 1],
        [0, 0],
      ],
      [9, 0],
      /No hidden neuron has a line/,
      0,
    ],
  ])) {
    const [words, drawn] = of(weights, biases);
    assert.match(String(words), told);
    assert.equal(drawn, count);
  }
  assert.match(
    String(
      of(
        [
          [1, 1],
          [1, 1],
        ],
        [0, 0],
        [
          [0, 0],
          [0, 0.5],
        ],
      )[0],
    ),
    /Nothing is shaded/,
  );
  assert.match(view.describe(slice()), /Where it is shaded/);
});

test('before anything is computed there is no answer, and none is said', () => {
  const empty = slice({ layers: null, grid: null });
  assert.equal(view.describe(empty), 'It is being computed.');
  assert.deepEqual(view.table?.(empty).rows[0].cells.slice(3, 6), ['—', '—', '—']);
  assert.deepEqual(/** @type {any} */ (view.figure(empty, WIDE).data[0]).z, [[null]]);
  assert.ok(view.describe(slice()).includes('2 of 3 answers are right'));
});

const tableOf = /** @type {NonNullable<typeof view.table>} */ (view.table);

test('the numbers: each point with its inputs, what every neuron answers, and what is wanted', () => {
  const { columns, rows } = tableOf(slice());
  assert.equal(columns.length, 7);
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [
      ['1', 0, 0, 0, 0, 0, '0'],
      ['2', 0, 1, 1, 0, 1, '1'],
      ['3', 1, 1, 1, 1, 0, '1'],
    ],
  );
  assert.deepEqual(
    rows.map(({ pick }) => pick),
    [{ example: 0 }, { example: 1 }, { example: 2 }],
  );
  const unknown = tableOf(slice({ layers: null })).rows[1].cells;
  assert.deepEqual(unknown, ['2', 0, 1, '—', '—', '—', '1']);
});

const lined = (/** @type {number[][]} */ weights, /** @type {number[]} */ biases) =>
  slice({ parameters: [{ weights, biases }, slice().parameters[1]] });
const shaded = (/** @type {(number | null)[][]} */ a) =>
  slice({ grid: /** @type {any} */ ({ x: [-0.5, 1.5], a }) });
/** @type {Record<string, Slice>} */
const STATES = {
  'two lines': slice(),
  'another point': slice({ chosen: 2 }),
  'not computed yet': slice({ layers: null, grid: null }),
  'one line': lined(
    [
      [1, 1],
      [0, 0],
    ],
    [-0.5, 1],
  ),
  'the other line': lined(
    [
      [0, 0],
      [1, -1],
    ],
    [1, 0.25],
  ),
  'no line': lined(
    [
      [0, 0],
      [0, 0],
    ],
    [1, 1],
  ),
  'steep and flat lines': lined(
    [
      [3, 1],
      [1, 3],
    ],
    [-1, -1],
  ),
  'lines along the edges': lined(
    [
      [1, 0],
      [0, 1],
    ],
    [0.5, -1.5],
  ),
  'lines beyond the picture': lined(
    [
      [1, 0],
      [0, 1],
    ],
    [0.6, -1.6],
  ),
  'a line whose name is beyond the picture': lined(
    [
      [1, 1],
      [1, 1],
    ],
    [0.4, -2.4],
  ),
  'nothing shaded': shaded([
    [0, 0.5],
    [0.5, null],
  ]),
  'all shaded': shaded([
    [1, 1],
    [1, 0.51],
  ]),
  undecided: slice({
    layers: [
      LAYERS[0],
      {
        ...LAYERS[1],
        undecided: [
          [0, 0],
          [1, 0],
        ],
      },
    ],
  }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`a network of two neurons and one: ${name}`, () => assert.deepEqual(faults(view, shown, [WIDE]), []));

test('answers beyond what a number can hold are not said to be on their way', () => {
  const layers = [LAYERS[0], { ...LAYERS[1], a: [[null], [1], [0]] }];
  assert.match(view.describe(slice({ layers })), /grown beyond what a number can hold/);
  assert.equal(view.describe(STATES['not computed yet']), 'It is being computed.');
});
