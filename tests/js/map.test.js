import { allBranches } from '../../static/js/lib/branches.js';
import {
  asFine,
  axesOf,
  bySteepness,
  mapDeps,
  mapQuery,
  stopsOf,
  zoomed,
} from '../../static/js/lib/plane.js';
import * as theMap from '../../static/js/views/map.js';
import * as theMapFlat from '../../static/js/views/map/flat.js';
import * as theMapLevels from '../../static/js/views/map/levels.js';
import { assert, test } from './harness.js';
import { WIDE, distinct, parametersOf, stateOf } from './made-up.js';
import { AT, SIZES, UP, answered, seen, walked } from './made-up-map.js';
import { pictures } from './pictures.js';

const kept = await pictures('map');
const { describe, figure, table } = kept('map', theMap);
const { boxOf } = kept('map/flat', theMapFlat);
const { gapOf, levelsOf } = kept('map/levels', theMapLevels);
/** @param {import('../../static/js/state.js').State} state @returns {any[]} */
const drawn = (state) => figure(seen(state), WIDE).data;

/** @typedef {import('../../static/js/state.js').State} State */

test('without a choice the map is of the two steepest parameters, and of the pinned one where there is one', () => {
  const state = walked(2);
  const all = bySteepness(/** @type {any} */ (state.trace).layers);
  assert.equal(all.length, 13);
  const steep = all.filter(({ input }) => input !== 'bias');
  assert.deepEqual(axesOf(state), { x: steep[0], y: steep[1] });
  const pinned = /** @type {const} */ ({ kind: 'parameter', place: AT });
  assert.deepEqual(axesOf({ ...state, pinned })?.x, AT);
  const chosen = /** @type {const} */ ({ kind: 'parameters', x: UP, y: null });
  assert.deepEqual(axesOf({ ...state, pinned, plane: chosen }), {
    x: UP,
    y: steep[0],
  });
});

test('what is steepest later does not change the map that is looked at', () => {
  const state = answered(walked(2));
  const layers = parametersOf(SIZES, distinct(77)).map(({ weights, biases }) => ({
    dW: weights,
    db: biases,
  }));
  const later = { ...state, trace: /** @type {any} */ ({ ...state.trace, layers }) };
  assert.deepEqual(axesOf(later), axesOf(state));
});

test('a parameter that the network does not have, or twice the same, is no axis', () => {
  const plane = /** @type {const} */ ({
    kind: 'parameters',
    x: { layer: 0, unit: 7, input: 0 },
    y: AT,
    x_range: [0, 1],
  });
  const state = walked(2, { plane: /** @type {any} */ (plane) });
  const steepest = bySteepness(/** @type {any} */ (state.trace).layers).find(({ input }) => input !== 'bias');
  assert.deepEqual(axesOf(state), { x: steepest, y: AT });
  assert.deepEqual(mapQuery(state).plane, { kind: 'parameters', x: steepest, y: AT });
  const same = axesOf({ ...state, plane: { kind: 'parameters', x: AT, y: AT } });
  assert.ok(JSON.stringify(same?.y) !== JSON.stringify(AT));
});

test('what is asked has every kept moment in order, that on screen among them, and no batch', () => {
  const state = walked(300);
  const stops = stopsOf(state);
  assert.ok(stops.length <= 81);
  assert.deepEqual([stops[0].step, stops[stops.length - 1].step], [0, 300]);
  const query = mapQuery({ ...state, now: state.history.frames[150] });
  assert.equal(query.path.filter((one) => one === state.history.frames[150].parameters).length, 1);
  assert.deepEqual(
    [query.parameters === state.history.frames[150].parameters, 'batch' in query],
    [true, false],
  );
});

test('the other branches are on the map unless they are hidden; those of another network are not', () => {
  const state = walked(3);
  const other = {
    ...state.branches[0],
    id: 1,
    history: { ...state.history, frames: state.history.frames.slice(0, 2) },
  };
  const foreign = { ...other, id: 2, history: stateOf([2, 2, 1]).history };
  const several = { ...state, branches: [...state.branches, other, foreign] };
  const ids = (/** @type {State} */ one) => stopsOf(one).map(({ branch }) => branch);
  assert.deepEqual(ids(several), [0, 0, 0, 0, 1, 1]);
  assert.deepEqual(ids({ ...several, hidden: [1] }), [0, 0, 0, 0]);
});

test('the map stays at its moment where it does not follow, and asks for it', () => {
  const state = walked(3);
  const centre = state.history.frames[1];
  assert.equal(mapQuery({ ...state, centre }).parameters, centre.parameters);
  const foreign = stateOf([5, 1]).now;
  assert.equal(mapQuery({ ...state, centre: foreign }).parameters, state.now?.parameters);
});

test('nothing is asked while it trains, or while what is on screen does not hold', () => {
  assert.equal(mapDeps(walked(3, { isTraining: true })), null);
  assert.equal(mapDeps(walked(3, { isStale: true })), null);
  assert.equal(mapDeps(walked(3, { trace: null })), null);
});

test('a plane of the path needs three moments, and says so', () => {
  const plane = /** @type {const} */ ({ kind: 'pca' });
  const short = walked(1, { plane });
  assert.deepEqual([mapDeps(short), seen(short).status], [null, 'path']);
  assert.match(describe(seen(short)), /train a few steps first: a path needs 3 moments/i);
  assert.ok(mapDeps(walked(2, { plane })) !== null);
});

test('levels of colour are equal steps of the logarithm, between the lowest and the highest loss', () => {
  const levels = /** @type {any} */ (
    levelsOf([
      [0.01, null],
      [1, 100],
    ])
  );
  assert.close([levels.low, levels.high], [-2, 2]);
  assert.close([levels.height(10), levels.height(0.01)], [1, -2]);
  assert.equal(levels.height(null), null);
  assert.deepEqual(
    levels.ticks.map((/** @type {any} */ { loss }) => loss),
    [0.01, 0.1, 1, 10, 100],
  );
  assert.close(/** @type {number} */ (gapOf(levels, 1, 10)), 0.25);
  assert.equal(gapOf(levels, null, 1), null);
});

test('a loss of nothing and a flat loss have levels too; where no loss is a number there are none', () => {
  const flat = /** @type {any} */ (levelsOf([[0.5, 0.5]]));
  assert.ok(flat.high > flat.low && Number.isFinite(flat.size));
  const zero = /** @type {any} */ (levelsOf([[0, 1]]));
  assert.ok(Number.isFinite(zero.height(0)));
  assert.ok(levelsOf([[0, 0]]) !== null);
  assert.equal(levelsOf([[null]]), null);
  const near = /** @type {any} */ (levelsOf([[0.21, 0.34]]));
  assert.ok(near.ticks.length >= 3, 'a scale of a narrow span has ticks');
});

test('the map is drawn with its levels, holes where a loss is beyond a number, and each moment at its place', () => {
  const state = answered(walked(3));
  const data = drawn(state);
  const [levels] = data;
  assert.equal(levels.type, 'contour');
  assert.close(levels.z[0], [-1, 0, 1]);
  assert.equal(levels.z[2][2], null);
  const dots = data.find(({ customdata }) => customdata);
  assert.deepEqual(
    [dots.x, dots.y],
    [
      [0, 0.25, 0.5, 0.75],
      [-0, -0.125, -0.25, -0.375],
    ],
  );
  assert.deepEqual(dots.customdata[2], { step: 2, branch: 0 });
  assert.match(dots.hovertext[1], /step 1.*true loss 0\.5.*below it: 1.*off the plane by 1/s);
});

test('a ring grows with the gap between the true loss and the map below', () => {
  const state = answered(walked(3));
  const { map } = state.asides;
  const path = { ...map?.answer.landscape.path, slice_loss: [1, 0.7, 3.3, 0.25] };
  const landscape = { ...map?.answer.landscape, path };
  const changed = {
    ...state,
    asides: { map: { deps: map?.deps ?? [], answer: { ...map?.answer, landscape } } },
  };
  const rings = drawn(changed).find(({ marker }) => Array.isArray(marker?.size) && marker.opacity === 0.5);
  const [start, near, far, here] = rings.marker.size;
  assert.deepEqual([start, here], [0, 0]);
  assert.ok(far > near && near > 0);
});

test('what was put somewhere by hand is no step: the line is broken before it', () => {
  const state = walked(3);
  const edits = [{ ...AT, at_step: 2, value: 1 }];
  const lines = drawn(answered({ ...state, history: { ...state.history, edits } })).filter(
    ({ mode }) => mode === 'lines',
  );
  assert.deepEqual(lines[0].x, [0, 0.25, null, 0.5, 0.75]);
});

test('the table has the lowest place of the map, and every moment with both losses', () => {
  const { rows } = table(seen(answered(walked(3))));
  assert.deepEqual(rows[0].cells, ['lowest place of the map', 0, 0, '—', 0.01, '—']);
  assert.deepEqual(rows[2].cells, ['step 1', 0.25, -0.125, 0.5, 1, 1]);
  assert.deepEqual(rows[2].pick, { step: 1, branch: 0 });
});

test('while it trains the map does not change, and the path grows over it', () => {
  const rest = answered(walked(3));
  const before = figure(seen(rest), WIDE);
  const next = { ...rest.history.frames[2], step: 4 };
  const history = { ...rest.history, frames: [...rest.history.frames, next] };
  const training = seen({ ...rest, history, now: next, isTraining: true, trace: null });
  const during = figure(training, WIDE);
  assert.equal(JSON.stringify(during.data[0]), JSON.stringify(before.data[0]));
  assert.deepEqual([before.strokes?.length, during.strokes?.length], [0, 4]);
  assert.match(describe(training), /The map is that of step 3; a new one is drawn when the training rests/);
});

test('what is refused says why; an answer for another kind of plane is not shown', () => {
  const state = answered(walked(3));
  const { map } = state.asides;
  const refused = { ...map?.answer, landscape: null, refusal: 'Too large.' };
  const told = seen({ ...state, asides: { map: { deps: map?.deps ?? [], answer: refused } } });
  assert.deepEqual(
    [told.status, describe(told)],
    ['refused', 'The server could not draw this map: Too large.'],
  );
  assert.equal(seen({ ...state, plane: { kind: 'pca' } }).status, 'waiting');
});

test('in three dimensions each moment is at its true loss, with a thread to the map', () => {
  const state = answered(walked(3, { isSolid: true }));
  const made = figure(seen(state), WIDE);
  const [surface, threads] = /** @type {any[]} */ (made.data);
  assert.deepEqual([surface.type, made.isSolid], ['surface', true]);
  const lift = threads.z[0] - Math.log10(1);
  assert.close(
    [threads.z[0], threads.z[1], threads.z[3], threads.z[4]],
    [lift, Math.log10(2), Math.log10(0.5) + lift, 0],
  );
  assert.ok(lift > 0 && lift < 0.03);
});

test('a place in pixels is the same place on the plane again', () => {
  const { made } = seen(answered(walked(3)));
  const box = boxOf(/** @type {any} */ (made), WIDE);
  const there = /** @type {{x: number, y: number}} */ (box.place(box.pixel(0.5, -0.25)));
  assert.close([there.x, there.y], [0.5, -0.25]);
  assert.equal(box.place({ x: 2, y: 2 }), null);
  assert.deepEqual([asFine(0.123456, 4), asFine(-7.891, 4000)], [0.12, -10]);
});

test('from nearer less of the plane is seen, about the moment on screen', () => {
  const { made } = seen(answered(walked(3)));
  const { mapped } = /** @type {any} */ (made);
  const near = /** @type {any} */ (zoomed(mapped, 0.5, { x: 1, y: 0 }));
  assert.deepEqual(
    [near.x_range, near.y_range],
    [
      [-0.5, 1.5],
      [-0.5, 0.5],
    ],
  );
  const random = { ...mapped, plane: { kind: 'random', seed: 3, normalization: 'layer', radius: 2 } };
  assert.deepEqual(zoomed(random, 0.5, null), { kind: 'random', seed: 3, normalization: 'layer', radius: 1 });
});

test('every branch that is compared has its line, in its own colour and dash', () => {
  const state = walked(3);
  const other = {
    ...state.branches[0],
    id: 1,
    history: { ...state.history, frames: state.history.frames.slice(0, 2) },
  };
  const several = answered({ ...state, branches: [...state.branches, other] });
  assert.equal(allBranches(several).length, 2);
  const inks = drawn(several).flatMap(({ line, mode }) =>
    mode === 'lines' && line.dash ? [[line.color, line.dash]] : [],
  );
  assert.deepEqual(inks, [
    ['branch 1', '7px,4px'],
    ['branch 0', 'solid'],
  ]);
});

test('arrows point downhill', () => {
  const gradients = { x: [0], y: [0], dx: [[1]], dy: [[0]] };
  const data = drawn(answered(walked(3), { gradients }));
  const arrow = data[1];
  assert.equal(arrow.mode, 'lines');
  assert.ok(arrow.x[1] < arrow.x[0] && arrow.y[0] === arrow.y[1]);
});
