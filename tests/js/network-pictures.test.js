/** The network in many states: drawn, told and tabulated, and looked up among the stored pictures. */

import * as theNetwork from '../../static/js/views/network.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { CATALOG } from './made-up-catalog.js';
import { WIDE, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

/** @typedef {import('../../static/js/lib/picture/slice.js').Slice} Slice */

const kept = await pictures('network-pictures');
const view = kept('network', theNetwork);

const levels = (/** @type {number} */ seed) => ({
  low: -1 - seed,
  high: 2 + seed,
  levels: [
    [0, 40],
    [255, 128],
  ],
});
const unknown = {
  low: null,
  high: null,
  levels: [
    [0, 0],
    [0, 0],
  ],
};

/** What the units of a network answer, and what ails some. @param {number[]} sizes @param {Record<string, string>} ills  by layer and unit */
function surveyOf(sizes, ills = {}, isKnown = true) {
  const [, ...layers] = sizes;
  return {
    ...{ train: { right: null, confusion: null }, test: null, network: { state: null, unreachable: null } },
    layers: layers.map((units, layer) => ({
      ...{ gradient_norm: 1, relative_gradient: 1, state: null },
      units: Array.from({ length: units }, (_, unit) => ({
        ...{ slope: 0.25 * (1 + unit), active: 1, revival: null, state: ills[`${layer} ${unit}`] ?? null },
      })),
    })),
    responses: {
      units: layers
        .slice(0, -1)
        .map((units, layer) => Array.from({ length: units }, (_, unit) => levels(layer + unit))),
      outputs: Array.from({ length: layers[layers.length - 1] }, (_, unit) =>
        isKnown ? levels(unit) : unknown,
      ),
    },
  };
}
/** @param {number[]} sizes @param {object} [change] @param {Parameters<typeof stateOf>[2]} [options] @returns {[number[], Slice]} */
const slice = (sizes, change = {}, options = {}) => [
  sizes,
  /** @type {Slice} */ (
    theNetwork.select(/** @type {any} */ ({ ...stateOf(sizes, {}, options), catalog: CATALOG, ...change }))
  ),
];
const weight = (
  /** @type {number} */ layer,
  /** @type {number} */ unit,
  /** @type {number | 'bias'} */ input,
) => ({
  pinned: { kind: 'parameter', place: { layer, unit, input } },
});
const train = (/** @type {number[]} */ sizes, change = {}, ills = {}, isKnown = true) =>
  slice(sizes, { task: 'train', survey: surveyOf(sizes, ills, isKnown), ...change });
const ILLS = { '0 0': 'dead', '0 1': 'saturated', '0 2': 'alike' };

/** @type {Record<string, [number[], Slice]>} */
const STATES = {
  'two layers': slice([2, 3, 2]),
  'two layers, before the first operation': slice([2, 3, 2], { isWhole: false, cursor: 0 }),
  'two layers, on the way forward': slice([2, 3, 2], { isWhole: false, cursor: 5 }),
  'two layers, on the way back': slice([2, 3, 2], { isWhole: false, cursor: 16 }),
  'a batch, on the way': slice([2, 3, 1], { isWhole: false, cursor: 12, example: 1 }, { examples: 3 }),
  'a batch': slice([2, 3, 1], { example: 1 }, { examples: 3 }),
  'one layer': slice([3, 1]),
  'three layers': slice([2, 3, 3, 1]),
  'six layers': slice([2, 2, 2, 2, 2, 2, 1]),
  'a wide layer': slice([2, 9, 1]),
  'many outputs': slice([2, 2, 7]),
  'no trace': slice([2, 3, 1], { trace: null }),
  'while it trains': slice([2, 3, 1], { isTraining: true }),
  'a pinned weight': slice([2, 3, 1], weight(0, 1, 1)),
  'a pinned bias': slice([2, 3, 1], weight(1, 0, 'bias')),
  'a pinned unit': slice([2, 3, 1], { pinned: { kind: 'unit', layer: 0, unit: 2 } }),
  'a pinned input': slice([2, 3, 1], { pinned: { kind: 'unit', layer: -1, unit: 1 } }),
  'a pinned loss': slice([2, 3, 1], { pinned: { kind: 'loss' } }),
  'a lit number': slice([2, 3, 1], { lit: 'z 0 1' }),
  'a lit weight': slice([2, 3, 1], { lit: 'W 0 1 1' }),
  'a lit target': slice([2, 3, 1], { lit: 'y 0' }),
  'a lit loss': slice([2, 3, 1], { lit: 'batch_loss' }),
  softmax: slice([2, 2, 3], {}, { isSoftmax: true }),
  fused: slice([2, 2, 1], {}, { isFused: true }),
  'in train': train([2, 3, 1]),
  'in train, ill': train([2, 3, 1], {}, ILLS),
  'in train, ill, while it trains': train([2, 3, 1], { isTraining: true }, ILLS),
  'in train, before its survey': slice([2, 3, 1], { task: 'train', survey: null }),
  'in train, beyond numbers': train([2, 3, 1], {}, {}, false),
  'in train, two classes': train([2, 2, 1], {
    dataset: { task: 'classification', classes: 2, targets: [[0]], inputs: [[0, 0]] },
  }),
  'in train, several layers': train([2, 3, 3, 2]),
  'in train, a wide layer': train([2, 9, 1]),
  'in train, a pinned weight': train([2, 3, 1], weight(0, 1, 1)),
  'in train, six layers': train([2, 2, 2, 2, 2, 2, 1]),
  'inside, ill': slice([2, 3, 1], { task: 'inside', survey: surveyOf([2, 3, 1], ILLS) }),
};
for (const [name, [sizes, shown]] of Object.entries(STATES))
  test(`a network: ${name}`, () => {
    assert.deepEqual(faults(view, shown, [WIDE, narrow(sizes), { ...WIDE, width: 420, height: 260 }]), []);
  });

test('nothing is drawn before there is a network', () => {
  for (const missing of ['experiment', 'now'])
    assert.equal(theNetwork.select(/** @type {any} */ ({ ...stateOf([2, 1]), [missing]: null })), null);
});

test('an operation is the current one from the first on', () => {
  const current = (/** @type {number} */ cursor) => slice([2, 1], { isWhole: false, cursor })[1].current;
  const { operations } = stateOf([2, 1]).trace;
  assert.equal(current(0), null);
  assert.deepEqual(current(1), operations?.[0]);
});
