/** The figures of a race in many states: each is drawn, told and tabulated, and looked up among the stored pictures. */

import { lowestOf, sceneOf } from '../../static/js/lib/race/scene.js';
import * as theCurve from '../../static/js/views/race/curve.js';
import * as theFlat from '../../static/js/views/race/flat.js';
import * as theLine from '../../static/js/views/race/line.js';
import * as theMap from '../../static/js/views/race/map.js';
import * as theTrails from '../../static/js/views/race/trails.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { WIDE } from './made-up.js';
import { CATALOG, lineState, raceState, walk } from './made-up-race.js';
import { pictures } from './pictures.js';

/** @typedef {import('../../static/js/race-state.js').State} State */
/** @typedef {NonNullable<ReturnType<typeof sceneOf>>} Scene */
/** @typedef {import('../../static/js/lib/wire.js').WalkAnswer} Walk */

const kept = await pictures('race-states');
const curve = kept('curve', theCurve);
const map = kept('map', theMap);
const { columnOf, discsOf, dotsOf, trailOf } = kept('trails', theTrails);

const PHONE = { ...WIDE, width: 330, height: 430, isNarrow: true };
const LOW = { ...PHONE, height: 369 };
const NOT_LOW = { ...PHONE, height: 370 };
const FRAMES = [WIDE, LOW];

/** @param {State} state @param {Walk[]} runs @param {object} [answered] @returns {State} */
function running(state, runs, answered = {}) {
  const walked = /** @type {NonNullable<State['walked']>} */ (state.walked);
  const course = { ...state.course, runs: runs.map(() => state.course.runs[0]) };
  return { ...state, course, walked: { course, answer: { ...walked.answer, runs, ...answered } } };
}
const [first, second] = /** @type {NonNullable<State['walked']>} */ (raceState().walked).answer.runs;
const sceneIn = (/** @type {State} */ state) => /** @type {Scene} */ (sceneOf(state));

/** A parabola that has its lowest value at 2, not 0. */
const RAISED = { x: [-4, -2, 0, 2, 4], y: null, values: [[18, 6, 2, 6, 18]] };
const onLine = (/** @type {Partial<State>} */ change = {}) => ({ ...lineState(), ...change });
const startingAt = (/** @type {number} */ start) => {
  const state = onLine({ ground: { surface: 'parabola', grid: /** @type {any} */ (RAISED) } });
  return { ...state, course: { ...state.course, start: [start] } };
};
const surfaceWith = (/** @type {object} */ change) => ({
  ...CATALOG,
  surfaces: CATALOG.surfaces.map((/** @type {any} */ one) => ({ ...one, ...change })),
});
const flying = walk(
  [
    [-3, 1],
    [-30, 10],
    [null, null],
  ].map((point) => /** @type {number[]} */ (point)),
  {
    outcome: 'diverged',
    diverged_at: 2,
    remembered: [
      [-6, 2],
      [-60, 20],
    ],
  },
);
flying.values[2] = null;
const halfKnown = walk(
  /** @type {any} */ ([
    [-3, 1],
    [-2, 0.5],
    [null, 0.5],
    [1, null],
    [1, 1],
  ]),
);
const atEdges = walk([
  [-3, 1],
  [4, -2],
  [-4, 2],
  [4, 2],
  [-4, -2],
]);
const long = walk(Array.from({ length: 130 }, (_, step) => [-3 + step / 50, 1 - step / 100]));
const deep = { ...first, values: [10, 1, 1e-3, 1e-9, 1e-40] };
const steep = { ...first, values: [10, 1, 1e-2, 1e-4, 1e-6] };
const forgetful = {
  ...second,
  gradients: second.gradients.map(() => [0, 0]),
  remembered: [
    [0, 0],
    [0, 0],
    [0, 0],
    [null, 1],
  ],
};

/** @type {Record<string, State>} */
const STATES = {
  'at the start': raceState({ step: 0 }),
  'after one step': raceState({ step: 1, chosen: 1 }),
  'the chosen run remembers': raceState({ chosen: 1 }),
  'nothing to come, no limit': raceState({ hasFuture: false, hasLimit: false }),
  'one run': running(raceState(), [first]),
  'one run at the start': running(raceState({ step: 0 }), [first]),
  'one run has flown away': running(raceState(), [flying]),
  'all have flown away': running(raceState({ chosen: 1 }), [flying, flying]),
  'one of three has flown away, and is chosen': running(raceState({ chosen: 1 }), [first, flying, second]),
  'at the edges of the map': running(raceState(), [atEdges, second]),
  'at another edge': running(raceState({ step: 2 }), [atEdges, second]),
  'a long walk': running(raceState({ step: 129 }), [long, second]),
  'a walk of eighty steps': running(raceState({ step: 79, isSolid: true }), [long]),
  'a walk of more, in three dimensions': running(raceState({ step: 80, isSolid: true }), [long, flying]),
  'no gradient': running(raceState({ chosen: 1 }), [first, /** @type {any} */ (forgetful)]),
  'no gradient, a step before': running(raceState({ chosen: 1, step: 3 }), [
    first,
    /** @type {any} */ (forgetful),
  ]),
  'eight runs at one place': running(raceState({ chosen: 3 }), Array(8).fill(first)),
  'three dimensions': raceState({ isSolid: true, chosen: 1, azimuth: 30 }),
  'three dimensions, at the start': raceState({ isSolid: true, step: 0 }),
  'three dimensions, at the edges': running(raceState({ isSolid: true }), [atEdges, flying]),
  'a logarithmic scale': raceState({ isLogarithmic: true }),
  'a deep logarithmic scale': running(raceState({ isLogarithmic: true }), [deep, second]),
  'powers of ten': running(raceState({ isLogarithmic: true }), [steep, second]),
  'places that are half known': running(raceState({ chosen: 1 }), [halfKnown, halfKnown]),
  'no minimum': raceState({ catalog: surfaceWith({ minima: [] }) }),
  'no limit at the start': running(raceState(), [first, second], {
    critical_learning_rate: null,
    critical_at: [],
  }),
  'before the answer': raceState({ course: { ...raceState().course, start: [1, -1] } }),
  'a line': onLine(),
  'a line at the start': onLine({ step: 0 }),
  'a line after one step': onLine({ step: 1, chosen: 1 }),
  'a raised line': onLine({ ground: { surface: 'parabola', grid: /** @type {any} */ (RAISED) } }),
  'a line to be begun elsewhere': startingAt(-3),
  'a line to be begun at its end': startingAt(4),
  'a line to be begun beyond': startingAt(-9),
  'a line to be begun at a point': startingAt(2),
  'a line where a run was lost': running(onLine(), [
    { ...walk([[-3], [-1], [1]]), values: [9, null, null] },
    walk([[-3], [-2], [-1]]),
  ]),
};

for (const [name, state] of Object.entries(STATES))
  test(`the stored pictures of a race: ${name}`, () => {
    const scene = sceneIn(state);
    assert.deepEqual(faults(map, scene, FRAMES), []);
    assert.deepEqual(faults(curve, scene, [WIDE]), []);
  });

test('a narrow map that is low has no scale of colours below it', () => {
  const shapes = [LOW, NOT_LOW, WIDE].map((frame) => map.figure(sceneIn(raceState()), frame).shape);
  assert.deepEqual(shapes, ['low', 'narrow', 'wide']);
});

test('a pointer on a line finds its place up to the ends, and nothing beyond', () => {
  const { x, width, place, pixel } = theLine.placesOf(sceneIn(onLine()), WIDE);
  assert.deepEqual(place({ x, y: 9 }), { x: -4, y: 0 });
  assert.deepEqual(place({ x: x + width, y: 9 }), { x: 4, y: 0 });
  assert.equal(place({ x: x - 0.5, y: 9 }), null);
  assert.equal(place({ x: x + width + 0.5, y: 9 }), null);
  assert.close(pixel(0, 0).x, x + width / 2);
});

test('the line has room of a tenth of its height below it, and a little more above', () => {
  const [low, high] = theLine.heightRange(sceneIn(startingAt(1)));
  assert.close([low, high], [2 - 1.6, 18 + 2.24]);
});

test('the start of a race to come stands on the line, between the points of the grid', () => {
  for (const [at, height] of [
    [-3, 12],
    [-4, 18],
    [4, 18],
    [2, 6],
    [0.5, 3],
    [-9, 18],
    [9, 18],
  ]) {
    const scene = sceneIn(startingAt(at));
    const { pixel } = theLine.placesOf(scene, WIDE);
    const [handle] = /** @type {any[]} */ (map.figure(scene, WIDE).marks).filter(
      ({ radius }) => radius === 11,
    );
    assert.close(handle.y, pixel(at, height).y);
    assert.close(handle.x, pixel(at, height).x);
  }
});

test('a press on the curve finds its step, a little beyond its ends too', () => {
  const { box, step } = theCurve.placesOf(sceneIn(raceState()), WIDE);
  const at = (/** @type {number} */ share) => step(box.x + share * box.width);
  assert.deepEqual([-0.04, -0.02, 0, 0.3, 1, 1.02, 1.04].map(at), [null, -0, 0, 1, 4, 4, null]);
});

test('heights of a surface are computed once', () => {
  const scene = sceneIn(raceState());
  assert.ok(theFlat.heightsOf(scene) === theFlat.heightsOf(scene));
  assert.deepEqual(theFlat.heightsOf({ ...scene, grid: null }), { heights: [], names: [] });
  assert.deepEqual(theFlat.heightsOf({ ...scene, levels: null }), { heights: [], names: [] });
});

test('runs that a logarithmic scale does not reach are said to be above the picture', () => {
  const high = { ...first, values: [10, 10 ** 1.6, 51, 52, 60] };
  const said = (/** @type {boolean} */ isLogarithmic, /** @type {Walk[]} */ runs) =>
    curve.describe(sceneIn(running(raceState({ isLogarithmic }), runs)));
  assert.match(said(true, [high, second]), /Above the picture: run 1\./);
  assert.match(said(true, [high, second, high]), /Above the picture: runs 1, 3\./);
  assert.ok(!said(true, [{ ...high, values: [10, 9, 8, 7, 50] }, second]).includes('Above'));
  assert.match(said(false, [{ ...high, values: [10, 9, 8, 7, 11.6] }, second]), /Above the picture: run 1\./);
  assert.ok(!said(false, [{ ...high, values: [10, 9, 8, 7, 11.4] }, second]).includes('Above'));
});

test('the lowest run is one, or none where two are as low', () => {
  const lowest = (/** @type {Walk[]} */ runs) => lowestOf(sceneIn(running(raceState(), runs)).runners);
  assert.equal(lowest([first, second]), 2);
  assert.equal(lowest([second, first]), 1);
  assert.equal(lowest([first, first]), null);
  assert.equal(lowest([flying, flying]), null);
  assert.equal(lowest([first]), 1);
});

const BOX = { x: 10, y: 20, width: 200, height: 100 };
const runner = (/** @type {number} */ index, /** @type {number} */ at = 5) =>
  /** @type {any} */ ({ index, at, colour: index, dash: 'solid' });
const { colours } = WIDE;

test('a trail that goes farther than can be drawn ends in its direction, until it comes back', () => {
  const way = [
    { x: 0, y: 0 },
    { x: 3e5, y: 4e5 },
    { x: 6e5, y: 8e5 },
    { x: 30, y: 40 },
    { x: 31, y: 40 },
    null,
    { x: 1, y: 1 },
  ];
  const [border, line] = trailOf(runner(0, 6), (index) => way[index], colours, BOX, true);
  assert.deepEqual(line.pieces, [[0, 0, 0.75e5, 1e5, 30, 40, 31, 40]]);
  assert.close([border.width, line.width], [5.6, 3.2]);
  assert.equal(trailOf(runner(0, 6), (index) => way[index], colours, BOX, false)[1].width, 2);
  assert.deepEqual(
    trailOf(runner(0, 0), (index) => way[index], colours, BOX, true),
    [],
  );
  const near = (/** @type {number} */ far) =>
    trailOf(runner(0, 1), (index) => ({ x: index * far, y: 0 }), colours, BOX, true)[1].pieces;
  assert.deepEqual([99_999, 100_000, 100_001].map(near), [
    [[0, 0, 99_999, 0]],
    [[0, 0, 1e5, 0]],
    [[0, 0, 1e5, 0]],
  ]);
});

test('a dot for each step between the ends, up to sixty, and none beside the map', () => {
  const dots = (/** @type {number} */ at) =>
    dotsOf(runner(0, at), (index) => ({ x: 10 + index, y: 30 }), colours, BOX);
  assert.deepEqual(
    dots(4).map(({ x }) => x),
    [11, 12, 13],
  );
  assert.equal(dots(60).length, 59);
  assert.deepEqual(
    dots(121)
      .map(({ x }) => x)
      .slice(0, 3),
    [13, 16, 19],
  );
  const edges = [
    { x: 0, y: 0 },
    { x: 10, y: 20 },
    { x: 210, y: 120 },
    { x: 9, y: 30 },
    { x: 211, y: 30 },
    { x: 30, y: 19 },
    { x: 30, y: 121 },
    { x: 0, y: 0 },
  ];
  assert.equal(dotsOf(runner(0, 7), (index) => edges[index], colours, BOX).length, 2);
});

test('discs stand beside a line on its right, at its left where there is no room, and apart from each other', () => {
  const right = columnOf([runner(0), runner(1), runner(2)], () => ({ x: 100, y: 60 }), colours, BOX, 1);
  const numbered = (/** @type {any[]} */ marks) => marks.filter(({ text }) => text);
  assert.deepEqual(
    numbered(right.marks).map(({ x }) => x),
    [124, 124, 124],
  );
  const heights = numbered(right.marks)
    .map(({ y }) => y)
    .sort((one, other) => one - other);
  assert.deepEqual(heights, [60, 82, 104]);
  const sideAt = (/** @type {number} */ x) =>
    Math.sign(numbered(columnOf([runner(0)], () => ({ x, y: 60 }), colours, BOX, 0).marks)[0].x - x);
  assert.deepEqual([175, 176, 177].map(sideAt), [1, 1, -1]);
  const heightAt = (/** @type {number} */ y) =>
    numbered(columnOf([runner(0)], () => ({ x: 50, y }), colours, BOX, 0).marks)[0].y;
  assert.deepEqual([20, 60, 120].map(heightAt), [30, 60, 110]);
  assert.deepEqual(columnOf([runner(0)], () => ({ x: 211, y: 60 }), colours, BOX, 0).marks, []);
});

test('the chosen run has its own place, and is painted last', () => {
  const { marks } = discsOf([runner(0), runner(1), runner(2)], () => ({ x: 100, y: 60 }), colours, BOX, 1);
  const last = /** @type {any} */ (marks.at(-1));
  assert.deepEqual([last.text, last.x, last.y, last.radius], ['2', 100, 60, 11]);
});
