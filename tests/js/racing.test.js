/** What is done with a race: a run added, changed, taken away; all of it undone. */

import { Race } from '../../static/js/actions/racing.js';
import { assert, test } from './harness.js';
import { CATALOG, raceState } from './made-up-race.js';

/** @type {any[]} */
let asked = [];

/** A race of the made-up catalog whose server knows no surface, and answers at once. @param {number} chosen */
function opened(chosen) {
  asked = [];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {any} */ { body }) => {
      asked.push({ path, body: JSON.parse(body) });
      return new Response(JSON.stringify({ runs: [] }), { headers: { 'Content-Type': 'application/json' } });
    }
  );
  const race = new Race(CATALOG);
  race.open(raceState().course, { chosen });
  return race;
}

const runs = (/** @type {Race} */ race) => race.store.get().course.runs;
const FIRST = { name: 'sgd', learning_rate: 0.5 };
const SECOND = { name: 'momentum', learning_rate: 0.2, momentum: 0.5 };

test('a new run has the optimizer and the settings of the chosen one, and the next rate', () => {
  for (const [chosen, added] of /** @type {const} */ ([
    [0, { ...FIRST, learning_rate: 1 }],
    [1, { ...SECOND, learning_rate: 0.5 }],
  ])) {
    const race = opened(chosen);
    race.addRun();
    assert.deepEqual(runs(race), [FIRST, SECOND, added]);
    assert.equal(race.store.get().chosen, 2);
    race.undo();
    assert.deepEqual(runs(race), [FIRST, SECOND]);
    assert.equal(race.store.get().chosen, 1);
    race.redo();
    assert.deepEqual(runs(race), [FIRST, SECOND, added]);
  }
});

test('there are no more runs than can be told apart', () => {
  const race = opened(0);
  for (let count = 0; count < 20; count += 1) race.addRun();
  assert.equal(runs(race).length, CATALOG.limits.runs);
});

test('the run that was chosen stays chosen where another is taken away, and one always stays', () => {
  const race = opened(1);
  race.removeRun(0);
  assert.deepEqual([runs(race), race.store.get().chosen], [[SECOND], 0]);
  race.removeRun(0);
  assert.deepEqual(runs(race), [SECOND]);
});

test('only the run that is meant is changed', () => {
  const race = opened(0);
  race.setRun(1, /** @type {any} */ ({ name: 'sgd', learning_rate: 2 }), 'rate');
  assert.deepEqual(runs(race), [FIRST, { name: 'sgd', learning_rate: 2 }]);
});

test('whoever sees the whole race sees the whole of a longer one; else the step stays', () => {
  const race = opened(0);
  race.setSteps(9);
  assert.equal(race.store.get().step, 9);
  race.toStep(5);
  race.setSteps(20);
  assert.equal(race.store.get().step, 5);
  race.setSteps(3);
  assert.equal(race.store.get().step, 3);
});

test('what is asked for is the race on screen', async () => {
  const race = opened(0);
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(asked.find(({ path }) => path.endsWith('descent'))?.body, race.store.get().course);
});
