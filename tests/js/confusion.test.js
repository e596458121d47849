/** Which class is taken for which, in words and as a table. */

import * as confusion from '../../static/js/views/confusion.js';
import { assert, test } from './harness.js';
import { labOf } from './made-up-train.js';

/** @typedef {NonNullable<ReturnType<typeof confusion.select>>} Slice */

test('the worst mistake is the most frequent one, with how many are as frequent', () => {
  assert.deepEqual(
    confusion.worst([
      [5, 2, 0],
      [1, 5, 0],
      [0, 3, 5],
    ]),
    { own: 2, answered: 1, times: 3, pairs: 1 },
  );
  assert.deepEqual(
    confusion.worst([
      [5, 2],
      [2, 5],
    ]),
    { own: 0, answered: 1, times: 2, pairs: 2 },
  );
  assert.equal(
    confusion.worst([
      [5, 0],
      [0, 5],
    ]),
    null,
  );
});

test('the words are of the examples held out, where there are some', () => {
  const slice = (/** @type {number[][]} */ matrix, sets = ['train']) =>
    /** @type {Slice} */ (
      /** @type {any} */ ({
        measured: sets.map((set) => ({ set, matrix })),
        names: ['0', '1', '2'],
        middle: 0.5,
      })
    );
  assert.equal(
    confusion.describe(
      slice([
        [5, 0],
        [0, 5],
      ]),
    ),
    'No class is taken for another.',
  );
  assert.equal(
    confusion.describe(
      slice([
        [5, 2],
        [1, 5],
      ]),
    ),
    'The most frequent mistake: 2 examples of class 0 taken for 1.',
  );
  assert.match(
    confusion.describe(
      slice([
        [5, 1],
        [1, 5],
      ]),
    ),
    /^Among the most frequent mistakes: 1 example of class 0/,
  );
  assert.match(
    confusion.describe(
      slice(
        [
          [5, 2],
          [1, 5],
        ],
        ['train', 'test'],
      ),
    ),
    / Counted are the examples held out\.$/,
  );
  assert.deepEqual(
    confusion.rowsOf(slice([]), [
      [5, 0],
      [1, 4],
    ]),
    [
      {
        name: '0',
        cells: [
          { text: '5', isRight: true, isNone: false },
          { text: '0', isRight: false, isNone: true },
        ],
      },
      {
        name: '1',
        cells: [
          { text: '1', isRight: false, isNone: false },
          { text: '4', isRight: true, isNone: false },
        ],
      },
    ],
  );
});

test('only what was measured is in it, and nothing where there are no classes', () => {
  const { survey, dataset } = /** @type {any} */ (labOf());
  const of = (/** @type {object} */ change) => confusion.select(labOf(/** @type {any} */ (change)));
  assert.deepEqual(
    of({})?.measured.map(({ set }) => set),
    ['train', 'test'],
  );
  for (const missing of ['confusion', 'right', 'accuracy'])
    assert.deepEqual(
      of({ survey: { ...survey, test: { ...survey.test, [missing]: null } } })?.measured.map(
        ({ set }) => set,
      ),
      ['train'],
    );
  assert.equal(of({ survey: null }), null);
  assert.equal(of({ survey: { ...survey, train: { ...survey.train, right: null }, test: null } }), null);
  assert.equal(of({ dataset: { ...dataset, task: 'regression', classes: null } }), null);
});
