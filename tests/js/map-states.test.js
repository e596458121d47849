/** The map of the loss in many states: each is drawn, told and tabulated, and looked up among the stored pictures. */

import * as theMap from '../../static/js/views/map.js';
import * as theArrows from '../../static/js/views/map/arrows.js';
import { boxOf, ringSize, scaleOf } from '../../static/js/views/map/flat.js';
import * as theLevels from '../../static/js/views/map/levels.js';
import { someOf, spansOf, within } from '../../static/js/views/map/slice.js';
import { axisTitles } from '../../static/js/views/map/words.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { WIDE } from './made-up.js';
import { AT, UP, answered, seen, walked } from './made-up-map.js';
import { pictures } from './pictures.js';

/** @typedef {import('../../static/js/state.js').State} State */

const kept = await pictures('map-states');
const map = kept('map', theMap);
const { arrowsOf } = kept('arrows', theArrows);
const { levelsOf } = kept('levels', theLevels);

const PHONE = { ...WIDE, width: 330, height: 430, isNarrow: true };

/** A path through places of the map, each with its loss and that of the map below. @param {(number | null)[][]} places */
const path = (places) => ({
  x: places.map(([x]) => x),
  y: places.map(([, y]) => y),
  loss: places.map((_, index) => 1 / (index + 1)),
  slice_loss: places.map(([, , below], index) => below ?? 1 / (index + 1)),
  distance: places.map(([, , , far], index) => far ?? index / 10),
});
const flatTo = (/** @type {number} */ steps) =>
  Array.from({ length: steps + 1 }, (_, at) => [at / steps, -at / steps, 1]);
const RANDOM = /** @type {const} */ ({ kind: 'random', seed: 1, normalization: 'filter', radius: 1 });
const moving = (
  /** @type {number} */ weights,
  /** @type {number} */ biases,
  /** @type {number} */ second = 1,
) => ({
  moving: { weights, biases },
  directions: [1, second].map((value) => [{ weights: [[value, value]], biases: [0] }]),
});

/** @param {State} state @param {number} steps  of another branch */
function withBranch(state, steps) {
  const history = { ...state.history, frames: state.history.frames.slice(0, steps) };
  return { ...state, branches: [...state.branches, { ...state.branches[0], id: 1, history }] };
}
/** Training has gone on since the map was drawn. @param {Partial<State>} [change] */
function training(change = {}) {
  const rest = answered(walked(3));
  const next = { ...rest.history.frames[2], step: 4 };
  const history = { ...rest.history, frames: [...rest.history.frames, next] };
  return { ...rest, history, now: next, isTraining: true, trace: null, ...change };
}
const edited = (/** @type {number} */ at) => {
  const state = walked(3);
  return { ...state, history: { ...state.history, edits: [{ ...AT, at_step: at, value: 1 }] } };
};
const back = (/** @type {State} */ state, /** @type {number} */ step) => ({
  ...state,
  now: state.history.frames[step],
});
const onMap = (/** @type {(number | null)[][]} */ places, /** @type {Partial<State>} */ change = {}) =>
  answered(walked(places.length - 1, change), { path: path(places) });

/** @type {Record<string, State>} */
const STATES = {
  'at rest': answered(walked(3)),
  'at the start of the path': answered(back(walked(3), 0)),
  'in the middle of the path': answered(back(walked(3), 1)),
  'only the start': answered(walked(0)),
  'in three dimensions': answered(walked(3, { isSolid: true, azimuth: 45 })),
  'in three dimensions, at the start': answered(back(walked(3, { isSolid: true }), 0)),
  'in three dimensions, by hand': answered({ ...edited(2), isSolid: true }),
  'in three dimensions, the path leaves the map': onMap(
    [
      [0, 0],
      [9, 0],
      [1, null],
      [2, 1],
    ],
    { isSolid: true },
  ),
  'in three dimensions, twenty-four moments': answered(walked(23, { isSolid: true }), {
    path: path(flatTo(23)),
  }),
  'in three dimensions, twenty-five moments': answered(walked(24, { isSolid: true }), {
    path: path(flatTo(24)),
  }),
  'in three dimensions, a random plane': answered(walked(3, { isSolid: true, plane: RANDOM }), moving(2, 1)),
  'by hand': answered(edited(2)),
  'by hand at the start': answered(edited(0)),
  'places at the edges': onMap([
    [-2, -1],
    [2, 1],
    [-2, 1],
    [2, -1],
  ]),
  'places near the edges': onMap([
    [-1.5, -0.9],
    [1.5, 0.9],
    [-1.3, 0.7],
    [1.3, -0.7],
  ]),
  'names above and below': onMap([
    [0, 0.8],
    [0, 0],
    [0, 0],
    [0, -0.8],
  ]),
  'names below and above': onMap([
    [0, -0.8],
    [0, 0],
    [0, 0],
    [0, -0.7],
  ]),
  'no place': onMap([
    [null, null],
    [0, 0],
    [9, 9],
    [null, 0],
  ]),
  'far from the truth': onMap([
    [0, 0, 1],
    [0.5, 0, 1],
    [1, 0, 1, 0],
    [1.5, 0, 0.25, 0],
  ]),
  'nowhere far from the truth': onMap([
    [0, 0, 1, 0],
    [0.5, 0, 0.5, 0],
  ]),
  'thirty moments': answered(walked(30), { path: path(flatTo(30)) }),
  'thirty-one moments': answered(walked(31), { path: path(flatTo(31)) }),
  'eight moments': answered(walked(8), { path: path(flatTo(8)) }),
  'nine moments': answered(walked(9), { path: path(flatTo(9)) }),
  'two branches': answered(withBranch(walked(3), 2)),
  'two branches, one hidden': answered({ ...withBranch(walked(3), 2), hidden: [1] }),
  'two branches, in three dimensions': answered({ ...withBranch(walked(3), 2), isSolid: true }),
  'two branches, the plane of the path': answered(
    { ...withBranch(walked(3), 2), plane: { kind: 'pca' } },
    { explained_variance: [0.84, 0.1], random_walk_variance: [0.612, 0.153] },
  ),
  'the plane of the path': answered(walked(3, { plane: { kind: 'pca' } }), {
    explained_variance: [0.84, 0.155],
    random_walk_variance: [0.612, null],
  }),
  'the plane of the path, in three dimensions': answered(
    walked(3, { plane: { kind: 'pca' }, isSolid: true }),
    {
      explained_variance: [1],
      random_walk_variance: null,
    },
  ),
  'a random plane': answered(walked(3, { plane: RANDOM }), moving(12, 0)),
  'a random plane with biases': answered(walked(3, { plane: RANDOM }), moving(12, 2)),
  'a random line': answered(walked(3, { plane: RANDOM }), moving(1, 1, 0)),
  'a random plane of nothing': answered(walked(3, { plane: RANDOM }), moving(0, 0, 0)),
  'one direction': answered(walked(3), {
    y: null,
    loss: [[1, 0.5, 0.25]],
    path: { ...path(flatTo(3)), y: null },
  }),
  'one direction, in three dimensions': answered(walked(3, { isSolid: true }), {
    y: null,
    loss: [[1, 0.5, 0.25]],
  }),
  'no path': answered(walked(3), { path: null }),
  'the same everywhere': answered(walked(3), { loss: Array(3).fill([0.5, 0.5, 0.5]) }),
  'nothing but 0': answered(walked(3), { loss: Array(3).fill([0, 0, 0]) }),
  'no number anywhere': answered(walked(3), { loss: [[null]] }),
  'arrows downhill': answered(walked(3), {
    gradients: {
      x: [-1, 1],
      y: [-0.5, 0.5],
      dx: [
        [1, 0],
        [null, 8],
      ],
      dy: [
        [2, 0],
        [1, -1],
      ],
    },
  }),
  'while it trains': training(),
  'while it trains, beside the map': training({ now: /** @type {any} */ ({ ...walked(3).now, step: 4 }) }),
  'while it trains another plane': { ...training(), plane: RANDOM },
  'the map of another moment': answered({ ...walked(3), centre: walked(3).history.frames[1] }),
  'chosen parameters': answered(walked(3, { plane: { kind: 'parameters', x: UP, y: AT } })),
};

for (const [name, state] of Object.entries(STATES))
  test(`a map: ${name}`, () => assert.deepEqual(faults(map, seen(state), [WIDE, PHONE]), []));

test('moments at the edges of the map lie within it, those beyond do not', () => {
  const { made } = seen(STATES['places at the edges']);
  const there = /** @type {any} */ (made);
  assert.equal(within(there, there.stops).length, 4);
  const at = (/** @type {number | null} */ x, /** @type {number | null} */ y) =>
    within(there, [/** @type {any} */ ({ x, y })]).length;
  const beside = [at(-2.1, 0), at(2.1, 0), at(0, -1.1), at(0, 1.1), at(null, 0), at(0, null)];
  assert.deepEqual(beside, [0, 0, 0, 0, 0, 0]);
  assert.deepEqual(spansOf(there), { across: [-2, 2], up: [-1, 1] });
  assert.deepEqual(spansOf({ landscape: { x: [3, 4], y: null } }), { across: [3, 4], up: [0, 1] });
});

test('of a long path every so many moments has more than a line, and the last one always', () => {
  const some = (/** @type {number} */ length, /** @type {number} */ most) => {
    const isSome = someOf(Array(length), most);
    return Array.from({ length }, (_, index) => index).filter(isSome);
  };
  assert.deepEqual(some(9, 8), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(some(10, 8), [0, 2, 4, 6, 8, 9]);
  assert.deepEqual(some(1, 8), [0]);
});

test('a place is found in pixels up to the edges of the map', () => {
  const { made } = seen(STATES['at rest']);
  const box = boxOf(/** @type {any} */ (made), WIDE);
  const { x, y, width, height, place } = box;
  assert.deepEqual(place({ x, y }), { x: -2, y: 1 });
  assert.deepEqual(place({ x: x + width, y: y + height }), { x: 2, y: -1 });
  const beside = [
    place({ x: x - 1, y }),
    place({ x: x + width + 1, y }),
    place({ x, y: y - 1 }),
    place({ x, y: y + height + 1 }),
  ];
  assert.deepEqual(beside, [null, null, null, null]);
});

test('a ring is a dot and what the gap adds, up to the largest', () => {
  assert.deepEqual([0, 0.1, 10].map(ringSize), [10, 17, 34]);
});

test('losses at a scale stand apart from each other', () => {
  const ticks = [0, 0.1, 1, 1.2, 2].map((at) => ({ at, loss: at, isMost: at === 0 }));
  const levels = /** @type {any} */ ({ low: 0, high: 2, ticks });
  assert.deepEqual(scaleOf({ levels }, 2).tickvals, [0, 1, 2]);
  assert.deepEqual(scaleOf({ levels }).ticktext, ['≤\u00a00', '0.1', '1', '1.2', '2']);
});

test('levels end at the lowest and the highest loss, however they lie', () => {
  for (const [least, most] of filled([
    [0.5, 1],
    [0.16, 1],
    [0.15, 1],
    [1, 1000],
    [1, 1001],
    [1e-7, 1e7],
    [1e-9, 1],
    [0, 2],
    [0.5, 0.5 * (1 + 1e-12)],
    [1e-20, 1e-17],
    [0, 1e-18],
    [1e-320, 1e-310],
  ])) {
    const levels = /** @type {any} */ (levelsOf([[least, null, most]]));
    assert.ok(levels.high > levels.low && levels.ticks.length > 0);
    assert.ok(
      levels.ticks.every((/** @type {any} */ { at }) => at >= levels.low - 1e-9 && at <= levels.high + 1e-9),
    );
  }
});

test('a title that is longer than its axis is broken at the space nearest to its middle, or is a short one', () => {
  const titled = (/** @type {string} */ title, /** @type {number} */ length) =>
    axisTitles(/** @type {any} */ ({ kind: 'parameters', axisNames: [title, title] }), {
      width: length,
      height: length,
    });
  const title = 'weight from input 1 to hidden unit 2';
  assert.deepEqual(titled(title, 288), [title, title]);
  assert.deepEqual(titled(title, 287), Array(2).fill('weight from input<br>1 to hidden unit 2'));
  assert.deepEqual(titled(title, 152), Array(2).fill('weight from input<br>1 to hidden unit 2'));
  assert.deepEqual(titled(title, 143), ['across', 'up']);
  assert.deepEqual(titled('nospaces', 63), ['across', 'up']);
});

test('arrows are as long as the cube root of the slope says, in cells of the grid', () => {
  const made = (/** @type {number[][]} */ dx, /** @type {number[][]} */ dy) =>
    /** @type {any} */ ({ landscape: { y: [0], gradients: { x: [0, 2], y: [0], dx, dy } } });
  const [{ x, y }] = /** @type {any[]} */ (arrowsOf(made([[8, 1]], [[0, 0]]), 'ink'));
  assert.close(x.slice(0, 2), [0.85, -0.85]);
  assert.close(x.slice(7, 9), [2 + 0.425, 2 - 0.425]);
  assert.ok(y.slice(0, 2).every((/** @type {number} */ one) => one === 0));
  assert.deepEqual(arrowsOf(made([[0, 0]], [[0, 0]]), 'ink'), []);
});
