/** The small pictures in the circles of a network: what each unit answers, in its own circle. */

import { answersPicture, unitPicture } from '../../static/js/lib/picture/tiles.js';
import * as theNetwork from '../../static/js/views/network.js';
import { assert, filled, test } from './harness.js';
import { CATALOG } from './made-up-catalog.js';
import { WIDE, frozen, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('unit-pictures');
const { figure, layoutOf, select } = kept('network', theNetwork);

/** @typedef {import('../../static/js/lib/picture/slice.js').Slice} Slice */

/** Levels of 2 × 2 points, other ones for each unit. @param {number} seed */
const levelsOf = (seed) => ({
  low: -1 - seed,
  high: 2 + seed,
  levels: [
    [0, 10 * seed],
    [255 - 10 * seed, 128],
  ],
});

/** @param {number[]} sizes @param {object} [change] @returns {Slice} */
function sliceOf(sizes, change = {}) {
  const responses = {
    units: sizes
      .slice(1, -1)
      .map((units, layer) => [...Array(units).keys()].map((unit) => levelsOf(1 + layer + 3 * unit))),
    outputs: [...Array(sizes[sizes.length - 1]).keys()].map((unit) => levelsOf(9 + unit)),
  };
  const survey = { train: { right: null }, test: null, network: null, layers: [], responses };
  const state = stateOf(sizes, /** @type {any} */ ({ task: 'train', survey, ...change }));
  return /** @type {Slice} */ (select(frozen(/** @type {any} */ ({ ...state, catalog: CATALOG }))));
}

for (const frame of [WIDE, narrow([2, 3, 2, 1])]) {
  test(`in ${frame.width} pixels every unit has its own picture in its own circle, and no input has one`, () => {
    const slice = sliceOf([2, 3, 2, 1]);
    const { columns, radius } = layoutOf(slice, frame);
    const { tiles = [], facts } = /** @type {any} */ (figure(slice, frame));
    const places = columns.slice(1).flat();
    assert.equal(facts.tiles, 6);
    assert.deepEqual(
      filled(tiles).map((/** @type {any} */ one) => [one.x, one.y, one.width, one.height, one.isRound]),
      places.map(({ x, y }) => [x - radius, y - radius, 2 * radius, 2 * radius, true]),
    );
    const { units, outputs } = /** @type {any} */ (slice.responses);
    assert.deepEqual(
      tiles.map((/** @type {any} */ one) => one.picture),
      [...units[0], ...units[1], ...outputs].map((levels) => unitPicture(levels, frame.colours)),
    );
  });
}

test('the one output of two classes is coloured as the plane of answers is', () => {
  const dataset = { task: 'classification', classes: 2, targets: [[0], [1]], inputs: [[0, 0]] };
  const slice = sliceOf([2, 2, 1], { dataset });
  assert.equal(slice.middle, 0.5);
  const { tiles } = /** @type {any} */ (figure(slice, WIDE));
  const output = /** @type {any} */ (slice.responses).outputs[0];
  assert.deepEqual(tiles[2].picture, answersPicture(output, 0.5, WIDE.colours, 0.9));
});

test('where a step is walked through, or nothing was asked yet, the circles hold numbers, not pictures', () => {
  for (const change of [{ task: 'step' }, { survey: null }]) {
    const { tiles, facts } = /** @type {any} */ (figure(sliceOf([2, 3, 1], change), WIDE));
    assert.deepEqual([tiles, facts.tiles], [[], 0]);
  }
});

test('a unit whose levels are unknown has no picture, and the others keep theirs', () => {
  const slice = sliceOf([2, 2, 1]);
  const { responses } = /** @type {any} */ (slice);
  const unknown = { ...responses, units: [[{ low: null, high: null, levels: [] }, responses.units[0][1]]] };
  const { tiles } = /** @type {any} */ (figure({ ...slice, responses: unknown }, WIDE));
  assert.deepEqual(
    tiles.map((/** @type {any} */ one) => one.picture),
    [unitPicture(responses.units[0][1], WIDE.colours), unitPicture(responses.outputs[0], WIDE.colours)],
  );
});
