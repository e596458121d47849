/** Rules at their borders: what lies just on one, and just beside it. */

import { reasonOf } from '../../static/js/lib/agreement.js';
import { announce } from '../../static/js/lib/announce.js';
import { groupColours, groupCount, groupName, groupOf } from '../../static/js/lib/answers.js';
import {
  asFine,
  freshRun,
  fromHash,
  nextRun,
  startSetting,
  toHash,
} from '../../static/js/lib/race/course.js';
import { levelsOf } from '../../static/js/lib/race/levels.js';
import { hasFlown, lastKnown, ranked } from '../../static/js/lib/race/scene.js';
import { logScale } from '../../static/js/lib/scale.js';
import { isRefused, withMeasures } from '../../static/js/lib/sharpness.js';
import { courseOf } from '../../static/js/lib/symmetry-course.js';
import { progressOf } from '../../static/js/lib/faded/words.js';
import { withEdit } from '../../static/js/lib/history.js';
import { limitOf } from '../../static/js/lib/zones.js';
import { assert, filled, test } from './harness.js';
import { COLOURS, comparisonOf, stateOf } from './made-up.js';
import { CATALOG, raceState, walk } from './made-up-race.js';

test('what is left of two gradients is rounding up to what the engine allows, and a bend beyond', () => {
  const left = (/** @type {number} */ rounding) =>
    reasonOf(comparisonOf({ gradient: 0.5, numerical: 0.75, rounding }), 1e-5);
  assert.match(left(0.25), /is rounding/);
  assert.match(left(0.2499), /bends a little/);
});

test('of a corner the side is told that lies within a thousandth of the jump', () => {
  const side = (/** @type {number} */ gradient) =>
    reasonOf(comparisonOf({ verdict: 'corner', gradient, left: 1, right: -1 }), 1e-5);
  assert.match(side(1.0019), /one on the left/);
  assert.match(side(-1.0019), /one on the right/);
  assert.match(side(0.0019), /takes the middle/);
  for (const beside of filled([1.0021, 0.9979, -1.0021, 0.0021]))
    assert.match(side(beside), /one slope of each corner/);
});

test('a course needs three notes, more than one rise in twenty to jump, and a drop to below a half', () => {
  const steps = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => index);
  assert.equal(courseOf([0, 20], [4, 1]), null);
  assert.equal(courseOf([0, 20, 40], [4, 4, 1]), 'plateau');
  assert.equal(courseOf([0, 20, 40], [4, 4, 2]), null);
  assert.equal(courseOf([0, 20, 40], [4, 4, 1.99]), 'plateau');
  const fallingWith = (/** @type {number[]} */ ...rises) =>
    steps(21).map((at) => 2 ** -at * (rises.includes(at) ? 3 : 1));
  assert.equal(courseOf(steps(21), fallingWith(7)), 'even');
  assert.equal(courseOf(steps(21), fallingWith(7, 14)), 'jumps');
});

test('of more than two thousand measures every second one is let go', () => {
  const { history } = stateOf([2, 1]);
  const kept = (/** @type {number} */ count) =>
    withMeasures(
      history,
      Array.from({ length: count }, (_, step) => ({ step, sharpness: 1, converged: true })),
    ).curvatures;
  assert.equal(kept(2000).length, 2000);
  assert.equal(kept(2001).length, 1001);
  assert.deepEqual(
    kept(2001)
      .slice(0, 3)
      .map(({ step }) => step),
    [0, 2, 4],
  );
});

test('a run is refused by the set-up that it has, not by another', () => {
  const { history } = stateOf([2, 1]);
  const refused = (/** @type {unknown[]} */ ...deps) =>
    isRefused(/** @type {any} */ ({ history, asides: { sharpness: { deps } } }));
  assert.ok(refused(history.experiment, {}));
  assert.ok(!refused({}, history.experiment));
  assert.ok(!isRefused(/** @type {any} */ ({ history, asides: {} })));
});

test('a class is the side of the middle or the largest output, and there are two at least', () => {
  const count = (/** @type {object} */ dataset) => groupCount(/** @type {any} */ ({ dataset }));
  assert.equal(count({ task: 'classification', classes: null, targets: [[1]] }), 2);
  assert.equal(count({ task: 'classification', classes: 3, targets: [[1]] }), 3);
  assert.equal(count({ task: 'classification', classes: null, targets: [[1, 0, 0, 0]] }), 4);
  assert.equal(count({ task: 'classification', classes: null, targets: [] }), 2);
  assert.equal(count({ task: 'regression', classes: null, targets: [[1, 0, 0]] }), 0);
  assert.deepEqual([groupOf([0.5], 0.5), groupOf([0.51], 0.5), groupOf([1, 1], 0.5)], [0, 1, 0]);
  assert.deepEqual(
    [0, 1].map((group) => groupName(group, 0)),
    ['−1', '1'],
  );
  assert.deepEqual(
    [0, 1, 2].map((group) => groupName(group, 0.5)),
    ['0', '1', '2'],
  );
  assert.deepEqual(groupColours(2, COLOURS), ['orange', 'blue']);
  assert.deepEqual(groupColours(3, COLOURS), COLOURS.branches);
});

test('undone and done again are told where one thing went from one list to the other', () => {
  const lab = stateOf([2, 1]);
  const lists = (/** @type {string[]} */ undoable, /** @type {string[]} */ redoable) => ({
    ...lab,
    undoable,
    redoable,
  });
  const said = (/** @type {any} */ before, /** @type {any} */ after) => announce(before, after);
  assert.equal(said(lists(['a', 'b'], []), lists(['a'], ['b'])), 'Undone: b.');
  assert.equal(said(lists(['a'], ['b']), lists(['a', 'b'], [])), 'Done again: b.');
  assert.equal(said(lists(['a', 'b'], []), lists(['a'], [])), '');
  assert.equal(said(lists(['a'], []), lists(['a'], ['b'])), '');
  assert.equal(said(lists(['a'], []), lists(['a', 'b'], [])), '');
});

test('an address holds a race up to its limits, and beyond them none, or what is usual', () => {
  const read = (/** @type {string} */ more, runs = '&run=sgd,0.5') =>
    fromHash(`#surface=bowl&start=-3,1${runs}${more}`, CATALOG);
  const steps = (/** @type {string} */ given) => read(`&steps=${given}`)?.course.steps ?? null;
  assert.deepEqual(['1', '2000', '2001', '0', '2.5', 'x'].map(steps), [1, 2000, null, null, null, null]);
  assert.equal(read('')?.course.steps, 60);
  const step = (/** @type {string} */ given) => read(`&steps=9&step=${given}`)?.change.step;
  assert.deepEqual(['0', '1', '9', '10', '-1', '1.5', 'x'].map(step), [0, 1, 9, 9, 9, 9, 9]);
  const chosen = (/** @type {string} */ given) =>
    read(`&chosen=${given}`, '&run=sgd,0.5&run=sgd,0.2')?.change.chosen;
  assert.deepEqual(['1', '2', '3', '0', 'x'].map(chosen), [0, 1, 0, 0, 0]);
  assert.equal(read('')?.change.chosen, 0);
  assert.ok(read('', '&run=sgd,0.5'.repeat(8)) !== null);
  assert.equal(read('', '&run=sgd,0.5'.repeat(9)), null);
  assert.equal(read('', ''), null);
  for (const wrong of [
    '&run=unheard,1',
    '&run=sgd',
    '&run=sgd,',
    '&run=sgd,0.5,momentum:1',
    '&run=momentum,0.5,momentum',
  ])
    assert.equal(read('', wrong), null, wrong);
  assert.deepEqual(read('', '&run=momentum,0.02,momentum:0.8')?.course.runs, [
    { name: 'momentum', learning_rate: 0.02, momentum: 0.8 },
  ]);
  assert.equal(fromHash('#surface=bowl&start=1&run=sgd,0.5', CATALOG), null);
  assert.equal(fromHash('#surface=bowl&start=1,&run=sgd,0.5', CATALOG), null);
  assert.deepEqual(fromHash('#surface=bowl&run=sgd,0.5', CATALOG)?.course.start, [-3, 1]);
  assert.equal(fromHash('#surface=unheard&run=sgd,0.5', CATALOG), null);
  assert.equal(read('&view=3d')?.change.isSolid, true);
  assert.equal(fromHash('#surface=parabola&start=1&run=sgd,0.5&view=3d', CATALOG)?.change.isSolid, false);
  assert.deepEqual([read('&scale=log')?.change.isLogarithmic, read('')?.change.isLogarithmic], [true, false]);
  assert.deepEqual([read('&arrows=off')?.change.hasArrows, read('')?.change.hasArrows], [false, true]);
});

test('an address says what is not as usual, and is read as it was written', () => {
  const plain = toHash(raceState());
  assert.equal(plain, '#surface=bowl&start=-3,1&steps=4&run=sgd,0.5&run=momentum,0.2,momentum:0.5');
  const all = raceState({ step: 3, chosen: 1, isSolid: true, isLogarithmic: true, hasArrows: false });
  assert.equal(toHash(all), `${plain}&step=3&chosen=2&view=3d&scale=log&arrows=off`);
  const { course, change } = /** @type {NonNullable<ReturnType<typeof fromHash>>} */ (
    fromHash(toHash(all), CATALOG)
  );
  assert.deepEqual(course, { surface: 'bowl', start: [-3, 1], steps: 4, runs: CATALOG.races[0].runs });
  assert.deepEqual(change, { step: 3, chosen: 1, isSolid: true, isLogarithmic: true, hasArrows: false });
});

test('another run has the rate of the optimizer, or the next one that none has', () => {
  assert.deepEqual(freshRun(CATALOG, 'momentum'), { name: 'momentum', learning_rate: 0.1 });
  assert.deepEqual(freshRun(CATALOG, 'unheard'), { name: 'unheard', learning_rate: 0.1 });
  const run = /** @type {any} */ ({ name: 'sgd', learning_rate: 0.1 });
  const next = nextRun(run, [run]);
  assert.ok(Number(next.learning_rate) > 0.1 && next.name === 'sgd');
  assert.ok(Number(nextRun(run, [run, next]).learning_rate) > Number(next.learning_rate));
  assert.equal(nextRun(run, [run, { ...next, name: 'momentum' }]).learning_rate, next.learning_rate);
});

test('a place is as fine as one can point on its span', () => {
  assert.deepEqual(
    [asFine(1.23456, [0, 1]), asFine(1.23456, [-4, 4]), asFine(1.23456, [0, 500])],
    [1.23, 1.23, 1],
  );
  assert.equal(asFine(0.0123456, [0, 0.05]), 0.0123);
  const [bowl, parabola] = CATALOG.surfaces;
  assert.deepEqual(
    [startSetting(bowl, 0).slider, startSetting(bowl, 1).slider],
    [
      [-4, 4],
      [-2, 2],
    ],
  );
  assert.deepEqual([startSetting(bowl, 1).default, startSetting(parabola, 0).default], [1, -3]);
});

test('runs that are as low keep their order, and those that have flown come last', () => {
  const runner = (/** @type {number} */ index, /** @type {number | null} */ value, given = {}) =>
    /** @type {any} */ ({ index, at: 0, walk: { ...walk([[0, 0]], given), values: [value] } });
  const order = (/** @type {any[]} */ runners) => ranked(runners).map(({ index }) => index);
  assert.deepEqual(order([runner(2, 1), runner(0, 1), runner(1, 0.5)]), [1, 0, 2]);
  assert.deepEqual(order([runner(0, null), runner(1, 9)]), [1, 0]);
  assert.deepEqual(order([runner(0, 1, { diverged_at: 0 }), runner(1, 9)]), [1, 0]);
});

test('a run has flown from the step on at which it did, and its last place is the last that it has', () => {
  const way = walk(
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ],
    { diverged_at: 2 },
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => hasFlown({ walk: way, at })),
    [false, false, true, true],
  );
  assert.ok(!hasFlown({ walk: { ...way, diverged_at: null }, at: 3 }));
  assert.ok(hasFlown({ walk: { ...way, diverged_at: 9 }, at: 3 }), 'its list ends before');
  const lost = { ...way, values: [0, 1, null, null] };
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => lastKnown({ walk: lost, at })),
    [0, 1, 1, 1],
  );
  assert.equal(lastKnown({ walk: { ...way, values: [null, null] }, at: 1 }), 0);
});

test('a slider of equal factors ends where its range does', () => {
  const { position, value } = logScale(0.01, 100, 400);
  assert.deepEqual([0, 0.001, 0.01, 0.1, 1, 100, 1e6].map(position), [0, 0, 0, 100, 200, 400, 400]);
  assert.deepEqual([0, 100, 200, 400].map(value), [0.01, 0.1, 1, 100]);
});

test('levels of a surface hold its lowest and its highest value', () => {
  const levels = levelsOf([
    [1, 2, null],
    [5, 3, 9],
  ]);
  assert.deepEqual([levels.least, levels.most, levels.low, levels.high], [1, 9, 0, 1]);
  // Half of it lies below 3: that is the middle, by a square root.
  assert.close(
    [1, 3, 9, 0].map((value) => Number(levels.height(value))),
    [0, 0.5, 1, 0],
  );
  assert.close(Number(levelsOf([[0, 2, 2, 2, 4]]).height(1)), 0.25, 1e-9, 'a middle that is in the middle');
  assert.close(Number(levelsOf([[0, 0, 0, 0, 4]]).height(1)), 0.25, 1e-9, 'and one that is the lowest');
  assert.close(
    Number(levelsOf([[0, 1e-9, 1e-9, 1e-9, 1]]).height(0.5)),
    0.5 ** 0.15,
    1e-9,
    'the least power',
  );
  assert.deepEqual(levelsOf([[null]]).ticks.length > 0 && levelsOf([[null]]).least, 0);
  assert.deepEqual(levelsOf([[2, 2]]).height(2), 0);
  assert.ok(Number(levels.height(1)) >= levels.low - 1e-9 && Number(levels.height(9)) <= levels.high + 1e-9);
  assert.equal(levels.height(null), null);
});

test('the pass says what is left, what was shown, and that all of it is one’s own only where nothing was shown', () => {
  const said = (/** @type {any} */ counts) =>
    progressOf(/** @type {any} */ ({ pass: { tolerance: 0.005 } }), counts);
  const of = (
    /** @type {number} */ filled,
    /** @type {number} */ left,
    /** @type {number} */ shown,
    blanks = 9,
  ) => said({ filled, blanks, left, shown });
  assert.match(of(0, 0, 0, 0), /^Nothing is left out/);
  assert.match(of(8, 1, 0), /^8 of 9 blanks are filled in\..*\(within 0\.5 %\)\.$/);
  assert.match(of(0, 1, 0, 1), /^0 of 1 blank is filled in\./);
  assert.match(of(8, 0, 1), /^That is the whole pass: 8 filled in, 1 shown\./);
  assert.match(of(9, 0, 0), /every number of it is yours\.$/);
});

test('the limit of momentum is one and its coefficient times that of plain descent', () => {
  const rate = (/** @type {any} */ optimizer) => limitOf({ critical_learning_rate: 2 }, optimizer).rate;
  assert.deepEqual([rate({ name: 'sgd' }), rate({ name: 'adam', momentum: 0.5 })], [2, 2]);
  assert.deepEqual([rate({ name: 'momentum', momentum: 0.5 }), rate({ name: 'momentum' })], [3, 2]);
});

test('a parameter set by hand again at a step replaces what was set there, and no other', () => {
  const { history } = stateOf([2, 2, 1]);
  const place = { layer: 0, unit: 1, input: 0 };
  const others = [
    { ...place, layer: 1 },
    { ...place, unit: 0 },
    { ...place, input: /** @type {const} */ ('bias') },
  ];
  const before = [place, ...others].reduce((one, at) => withEdit(one, 3, at, 1), history);
  const again = withEdit(before, 3, place, 2);
  assert.equal(before.edits.length, 4);
  assert.deepEqual(
    again.edits.map(({ value }) => value),
    [1, 1, 1, 2],
  );
  assert.equal(withEdit(before, 4, place, 2).edits.length, 5);
});
