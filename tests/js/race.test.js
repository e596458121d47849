import { fromHash, isSame, nextRun, raceOf, toHash } from '../../static/js/lib/race/course.js';
import { levelsOf } from '../../static/js/lib/race/levels.js';
import { hasFlown, lowestOf, ranked, sceneOf } from '../../static/js/lib/race/scene.js';
import { outcomeWord, placeName, ruleOf, runName } from '../../static/js/lib/race/words.js';
import { assert, test } from './harness.js';
import { CATALOG, raceState, walk } from './made-up-race.js';

const opened = (/** @type {string} */ hash) => fromHash(hash, CATALOG);

test('an address holds the whole race, and can be read by people', () => {
  const state = raceState({ step: 2, chosen: 1, isLogarithmic: true });
  const hash = toHash(state);
  assert.equal(
    hash,
    '#surface=bowl&start=-3,1&steps=4&run=sgd,0.5&run=momentum,0.2,momentum:0.5&step=2&chosen=2&scale=log',
  );
  const { course, change } = /** @type {NonNullable<ReturnType<typeof fromHash>>} */ (opened(hash));
  assert.deepEqual(course, state.course);
  assert.deepEqual(change, { step: 2, chosen: 1, isSolid: false, isLogarithmic: true, hasArrows: true });
});

test('what an address leaves out is as usual: the start of the surface, all steps', () => {
  const asked = opened('#surface=parabola&run=sgd,0.1');
  assert.deepEqual(asked?.course, {
    surface: 'parabola',
    start: [-3],
    steps: 60,
    runs: [{ name: 'sgd', learning_rate: 0.1 }],
  });
  assert.equal(asked?.change.step, 60);
});

test('an address that makes no sense is no race', () => {
  for (const hash of [
    '#surface=hill&run=sgd,0.1',
    '#surface=bowl',
    '#surface=bowl&start=1&run=sgd,0.1',
    '#surface=bowl&start=1,&run=sgd,0.1',
    '#surface=bowl&start=a,b&run=sgd,0.1',
    '#surface=bowl&run=magic,0.1',
    '#surface=bowl&run=sgd,-1',
    '#surface=bowl&run=sgd,',
    '#surface=bowl&run=sgd',
    '#surface=bowl&run=sgd,0.1,momentum:0.5',
    '#surface=bowl&run=momentum,0.1,momentum:2',
    '#surface=bowl&run=momentum,0.1,momentum',
    '#surface=bowl&run=sgd,0.1&steps=0',
    '#surface=bowl&run=sgd,0.1&steps=2.5',
    '#surface=bowl&run=sgd,0.1&steps=99999',
    `#surface=bowl${'&run=sgd,0.1'.repeat(9)}`,
    '#1.abc',
    '#',
  ])
    assert.equal(opened(hash), null, hash);
});

test('a race of the catalog is known whatever the order of its settings', () => {
  const { course } = raceState();
  assert.equal(raceOf(CATALOG, course)?.name, 'two');
  const turned = {
    ...course,
    runs: course.runs.map((run) => Object.fromEntries(Object.entries(run).reverse())),
  };
  assert.ok(isSame(course, /** @type {any} */ (turned)));
  assert.equal(raceOf(CATALOG, { ...course, steps: 5 }), undefined);
});

test('one more run has the next rate that none has yet', () => {
  const run = (/** @type {number} */ rate) => ({ name: /** @type {const} */ ('sgd'), learning_rate: rate });
  assert.deepEqual(nextRun(run(0.1), [run(0.1), run(0.2)]), run(0.5));
  assert.equal(nextRun(run(0), [run(0)]).learning_rate, 2e-4);
});

test('a run is called by its rule, its rate and what is not as usual', () => {
  assert.equal(runName(CATALOG, { name: 'sgd', learning_rate: 0.5 }), 'SGD, η\u00a00.5');
  assert.equal(
    runName(CATALOG, { name: 'momentum', learning_rate: 0.2, momentum: 0.5 }),
    'Momentum, η\u00a00.2, μ\u00a00.5',
  );
  assert.equal(
    runName(CATALOG, { name: 'momentum', learning_rate: 0.2, momentum: 0.9 }),
    'Momentum, η\u00a00.2',
  );
});

test('places have their axes apart', () => {
  assert.equal(placeName([-3.5, 0.8], { axes: ['x', 'y'] }), '(−3.5, 0.8)');
  assert.equal(placeName([2], { axes: ['w'] }), 'w\u00a0=\u00a02');
});

test('an end is told with its step, unless that is the one on screen', () => {
  const arrived = walk([[1], [0]], { outcome: 'converged' });
  assert.equal(outcomeWord(arrived, 5, 5), 'arrived');
  assert.equal(outcomeWord(arrived, 2, 5), 'at step 5: arrived');
  const bouncing = walk([[1], [-1]], { outcome: 'oscillating' });
  assert.equal(outcomeWord(bouncing, 5, 5), 'bouncing');
  assert.equal(outcomeWord({ ...bouncing, is_growing: true }, 5, 5), 'bouncing, farther each time');
  const gone = walk([[1], [1e9]], { outcome: 'diverged', diverged_at: 1 });
  assert.ok(outcomeWord(gone, 5, 5).includes('step 1'));
});

test('an optimizer without a rule of its own has no signs, and no error', () => {
  assert.deepEqual(ruleOf('new'), { remembered: '', divisor: '', move: '' });
});

test('half of a surface lies below the middle height, and ticks keep their distance', () => {
  const values = Array.from({ length: 101 }, (_, index) => 3 + (index / 10) ** 2);
  const levels = levelsOf([values]);
  assert.close(Number(levels.height(28)), 0.5, 1e-9);
  assert.equal(levels.height(3), 0);
  assert.equal(levels.height(103), 1);
  assert.equal(levels.height(null), null);
  assert.ok(levels.ticks.length >= 4);
  levels.ticks.forEach(({ at, loss }, index) => {
    assert.close(at, Number(levels.height(loss)));
    if (index > 0) assert.ok(at - levels.ticks[index - 1].at >= 1 / 7);
  });
});

test('a surface with values below 0, or all the same, has heights too', () => {
  const levels = levelsOf([[-2, -1, 0, 1, null]]);
  assert.equal(levels.height(-2), 0);
  assert.ok(levels.ticks.some(({ loss }) => loss < 0));
  assert.equal(levelsOf([[5, 5]]).height(5), 0);
});

test('runs are ranked by their value at the step on screen; what has flown away is last', () => {
  const state = raceState({ step: 1 });
  const scene = /** @type {NonNullable<ReturnType<typeof sceneOf>>} */ (sceneOf(state));
  assert.deepEqual(
    ranked(scene.runners).map(({ index }) => index),
    [1, 0],
  );
  const gone = walk([[-3], [-1e9]], { outcome: 'diverged', diverged_at: 1 });
  const flown = { ...scene.runners[0], index: 2, walk: { ...gone, values: [9, -1e18] }, at: 1 };
  assert.ok(hasFlown(flown));
  assert.equal(ranked([flown, ...scene.runners])[2].index, 2);
  assert.ok(!hasFlown({ ...flown, at: 0 }));
});

test('a run that ended before the step on screen stays where it ended', () => {
  const state = raceState();
  const [first] = state.walked?.answer.runs ?? [];
  const short = {
    ...first,
    points: first.points.slice(0, 3),
    outcome: /** @type {const} */ ('diverged'),
    diverged_at: 3,
  };
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const scene = sceneOf({ ...state, walked: { ...walked, answer: { ...walked.answer, runs: [short] } } });
  assert.equal(scene?.runners[0].at, 2);
  assert.ok(hasFlown(/** @type {any} */ (scene?.runners[0])));
});

test('an answer of another surface is not shown on this one', () => {
  const state = raceState();
  const other = sceneOf({ ...state, course: { ...state.course, surface: 'parabola', start: [-3] } });
  assert.equal(other?.isThere, false);
  assert.deepEqual(other?.runners, []);
  const moved = sceneOf({ ...state, course: { ...state.course, start: [1, 1] } });
  assert.ok(moved?.isThere && !moved.isFresh);
});

test('the lowest run is one alone: of two that are as low none is, nor one that has flown away', () => {
  const runner = (/** @type {number} */ index, /** @type {number | null} */ value, flown = false) =>
    /** @type {any} */ ({
      index,
      at: 0,
      walk: { values: [value], points: [[0, 0]], diverged_at: flown ? 0 : null },
    });
  assert.equal(lowestOf([runner(0, 2), runner(1, 1), runner(2, 3)]), 2);
  assert.equal(lowestOf([runner(0, 0), runner(1, 0), runner(2, 3)]), null);
  assert.equal(lowestOf([runner(0, -5, true), runner(1, 1)]), 2);
  assert.equal(lowestOf([runner(0, -5, true), runner(1, null)]), null);
  assert.equal(lowestOf([runner(0, 4)]), 1);
});
