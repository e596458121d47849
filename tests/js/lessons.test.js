import { areMet, isRefused, outcomeOf } from '../../static/js/lessons/conditions.js';
import { countDone, doneIn, next, sound, withDone } from '../../static/js/lessons/progress.js';
import { STAMPS, pictureOf } from '../../static/js/lessons/stamps.js';
import { assert, filled, test } from './harness.js';

/** @type {import('../../static/js/lessons/progress.js').Progress} */
const NOTHING = { version: 1, last: '', lessons: {} };
const LESSONS = [
  { slug: 'one', things: ['a', 'b', 'c'] },
  { slug: 'two', things: ['a'] },
];

test('what was done is counted, whatever kind it is; a wrong answer is not done', () => {
  let progress = withDone(NOTHING, 'one', 'tasks', 'a', true);
  progress = withDone(progress, 'one', 'predictions', 'b', { choice: null, outcome: null });
  assert.equal(countDone(progress, 'one', ['a', 'b', 'c']), 1);
  progress = withDone(progress, 'one', 'predictions', 'b', { choice: null, outcome: 2, facts: {} });
  progress = withDone(progress, 'one', 'numbers', 'c', { seed: 1, tries: 1, isRight: false });
  assert.equal(countDone(progress, 'one', ['a', 'b', 'c']), 2);
  progress = withDone(progress, 'one', 'numbers', 'c', { seed: 1, tries: 2, isRight: true });
  assert.equal(countDone(progress, 'one', ['a', 'b', 'c']), 3);
  assert.equal(countDone(progress, 'two', ['a']), 0);
  assert.deepEqual(NOTHING.lessons, {});
});

test('one goes on with the last lesson, or with the one after where that is done', () => {
  assert.equal(next(NOTHING, LESSONS), null);
  let progress = withDone(NOTHING, 'one', 'tasks', 'a', true);
  assert.equal(next(progress, LESSONS)?.slug, 'one');
  progress = withDone(withDone(progress, 'one', 'tasks', 'b', true), 'one', 'tasks', 'c', true);
  assert.equal(next(progress, LESSONS)?.slug, 'two');
  progress = withDone(progress, 'two', 'tasks', 'a', true);
  assert.equal(next(progress, LESSONS)?.slug, 'two');
  assert.equal(next({ ...progress, last: 'gone' }, LESSONS), null);
});

test('a lesson that was never opened has nothing done', () => {
  assert.deepEqual(doneIn(NOTHING, 'one'), { tasks: {}, predictions: {}, numbers: {} });
});

test('of what is kept the sound parts are taken, each by itself', () => {
  const kept = {
    version: 1,
    last: 'one',
    lessons: {
      one: {
        tasks: { a: true, b: { facts: { ink: 3 } }, c: { facts: {} } },
        predictions: {
          old: { choice: 2 },
          open: { choice: null, outcome: null },
          seen: { choice: 1, outcome: 2, facts: { total: 0.5 } },
        },
        numbers: { n: { seed: 7, tries: 0, isRight: false } },
      },
    },
  };
  assert.deepEqual(sound(kept), kept);
  const { one } = kept.lessons;
  const strange = {
    tasks: { ...one.tasks, d: 1, e: null, f: { facts: { ink: 'much' } }, g: {} },
    predictions: {
      ...one.predictions,
      h: {},
      i: { choice: '1' },
      j: { choice: 1.5 },
      k: { choice: 1, outcome: 'x' },
      l: { choice: 1, facts: 3 },
    },
    numbers: { ...one.numbers, m: { seed: -1, tries: 1, isRight: true }, o: { seed: 1, tries: 1 } },
  };
  assert.deepEqual(sound({ ...kept, lessons: { one: strange } }), kept);
  const empty = { tasks: {}, predictions: {}, numbers: {} };
  assert.deepEqual(sound({ ...kept, last: 3, lessons: { one: null } }), {
    ...{ version: 1, last: '', lessons: { one: empty } },
  });
  for (const nothing of [null, 3, [], {}, { version: 2 }, { version: 1, lessons: [1] }])
    assert.deepEqual(sound(nothing), NOTHING);
});

test('all conditions have to be met, and what is not known meets none', () => {
  const says = { fact: 'says', relation: '=', value: 'dog' };
  const ink = { fact: 'ink', relation: '<=', value: 3 };
  assert.ok(areMet([says, ink], { says: 'dog', ink: 3 }));
  assert.ok(!areMet([says, ink], { says: 'dog', ink: 4 }));
  assert.ok(!areMet([says], { says: null }));
  assert.ok(!areMet([says], {}));
  assert.ok(!areMet([], { says: 'dog' }));
  for (const [relation, met] of /** @type {const} */ ([
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['=', [false, true, false]],
    ['>=', [false, true, true]],
    ['>', [false, false, true]],
  ]))
    assert.deepEqual(
      [1, 2, 3].map((value) => areMet([{ fact: 'x', relation, value: 2 }], { x: value })),
      met,
    );
});

test('a condition is refused where something is known not to be so', () => {
  const conditions = [
    { fact: 'x', relation: '>', value: 2 },
    { fact: 'y', relation: '=', value: 'all' },
  ];
  assert.ok(isRefused(conditions, { x: 1, y: null }));
  assert.ok(isRefused(conditions, { x: 3, y: 'none' }));
  assert.ok(!isRefused(conditions, { x: 3, y: 'all' }));
  assert.ok(!isRefused(conditions, { x: null }));
});

test('an option happened when its conditions are met, and no other option fits too', () => {
  const at = (/** @type {string} */ relation) => [{ fact: 'x', relation, value: 2 }];
  const rows = [
    { option: 1, conditions: at('<') },
    { option: 2, conditions: at('>') },
    { option: 2, conditions: [{ fact: 'y', relation: '=', value: 'all' }] },
  ];
  assert.equal(outcomeOf(rows, { x: 1 }), 1);
  assert.equal(outcomeOf(rows, { x: 3 }), 2);
  assert.equal(outcomeOf(rows, { x: 3, y: 'all' }), 2);
  assert.equal(outcomeOf(rows, { x: 2 }), null);
  assert.equal(outcomeOf(rows, { x: 1, y: 'all' }), null);
  assert.equal(outcomeOf(rows, { x: null }), null);
  assert.equal(outcomeOf([{ option: 3, conditions: [] }], {}), 3);
  assert.equal(outcomeOf([], { x: 1 }), null);
});

test('every stamp is a picture of eight by eight', () => {
  for (const name of Object.keys(STAMPS)) {
    const picture = pictureOf(name);
    assert.equal(picture.length, 8);
    for (const row of filled(picture)) {
      assert.equal(row.length, 8);
      for (const dot of filled(row)) assert.ok([0, 128, 255].includes(dot));
    }
  }
  assert.equal(
    pictureOf('dust')
      .flat()
      .filter((dot) => dot !== 255).length,
    1,
  );
});
