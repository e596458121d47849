import { number } from '../../static/js/lib/format.js';
import * as theVotes from '../../static/js/views/votes.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { EMPTY, WIDE, frozen, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('votes');
const { describe, figure, select, table, tally } = kept('votes', theVotes);

/** @typedef {NonNullable<ReturnType<typeof select>>} Slice */

const PINNED = { kind: 'parameter', place: { layer: 0, unit: 1, input: 0 } };

/** The lab with votes on a weight. @param {(number | null)[]} votes @param {object} [change] @param {object} [explained] */
function sliceOf(votes, change = {}, explained = {}) {
  const sum = votes.reduce((/** @type {number} */ total, vote) => total + (vote ?? 0), 0);
  const explanation = {
    votes,
    indices: votes.map((_, row) => 10 + row),
    example: 0,
    gradient: sum / votes.length,
    penalty_gradient: 0,
    ...explained,
  };
  const state = { ...stateOf([2, 2, 1]), pinned: PINNED, explanation, isSorted: true, ...change };
  return /** @type {Slice} */ (select(frozen(/** @type {any} */ (state))));
}

/** @param {Slice} slice @returns {any[]} */
const traces = (slice) => figure(slice, WIDE).data;
const VOTES = [0.5, -0.25, 0.125, -1];

test('where nothing was opened there is nothing to draw', () => assert.equal(select(EMPTY), null));

test('while the votes are on their way, what is there stays', () => {
  assert.equal(sliceOf(VOTES, { explanation: null }), null);
});

test('a bar for every example, on the side and in the colour of its sign', () => {
  const [bars] = traces(sliceOf(VOTES, { isSorted: false }));
  assert.deepEqual(bars.y, VOTES);
  assert.deepEqual(bars.marker.color, ['blue', 'orange', 'blue', 'orange']);
});

test('sorted, the largest vote comes first, and each is still its example’s', () => {
  const [bars] = traces(sliceOf(VOTES));
  assert.deepEqual(bars.y, [0.5, 0.125, -0.25, -1]);
  assert.deepEqual(
    bars.customdata.map((/** @type {{example: number}} */ pick) => pick.example),
    [0, 2, 1, 3],
  );
});

test('the followed example is pointed at, wherever it stands', () => {
  const [, pointer] = traces(sliceOf(VOTES, {}, { example: 1 }));
  assert.deepEqual([pointer.x, pointer.marker.symbol], [[2], 'triangle-down']);
  const [, other] = traces(sliceOf(VOTES, { isSorted: false }, { example: 2 }));
  assert.deepEqual([other.x, other.marker.symbol], [[2], 'triangle-up']);
});

test('what pulls one way and the other are added up, and what cancels is a share of all the pull', () => {
  const { up, down, left, cancelled, ups, downs } = tally(sliceOf(VOTES));
  assert.deepEqual([up, down, left], [0.625 / 4, -1.25 / 4, -0.625 / 4]);
  assert.close(cancelled, 1 - 0.625 / 1.875);
  assert.deepEqual([ups, downs], [2, 2]);
});

test('the balance shows both pulls and what is left of them', () => {
  const balance = traces(sliceOf(VOTES)).at(-1);
  assert.deepEqual(balance.x, [0.625 / 4, -1.25 / 4, -0.625 / 4]);
  assert.deepEqual(balance.marker.color, ['blue', 'orange', 'back']);
});

test('a sum is not divided, and says that it is one', () => {
  const state = stateOf([2, 2, 1]);
  const experiment = { ...state.experiment, reduction: 'sum' };
  const slice = sliceOf(VOTES, { experiment }, { gradient: -0.625 });
  assert.equal(tally(slice).left, -0.625);
  assert.match(describe(slice), /The sum of 4 votes is the gradient, −0\.625\.$/);
  assert.equal(figure(slice, WIDE).layout.shapes.length, 1, 'only the balance has its line');
});

test('the line of the mean stands at the gradient, without the penalty', () => {
  const slice = sliceOf(VOTES, {}, { gradient: 0.5, penalty_gradient: 0.25 });
  const mean = figure(slice, WIDE).layout.shapes.at(-1);
  assert.deepEqual([mean.y0, mean.y1], [0.25, 0.25]);
  assert.deepEqual([mean.x0, mean.x1], [-0.5, VOTES.length - 0.5], 'under every bar');
  assert.match(describe(slice), /Their mean and the penalty’s \+0\.25 give the gradient, \+0\.5\.$/);
});

test('in words: who votes for what, how much cancels, and the gradient', () => {
  const words = describe(sliceOf(VOTES));
  assert.match(
    words,
    /^Weight from input 1 to hidden unit 2: 2 vote for less of it, 2 for more; 66\.7\u00a0% /,
  );
  assert.ok(words.includes(`The mean of 4 votes is the gradient, ${number(-0.15625, { sign: true })}.`));
});

test('in words: nobody votes against it', () => {
  assert.match(describe(sliceOf([0.5, 0, 0.25])), /all 2 vote for less of it; nothing cancels/);
  assert.match(describe(sliceOf([-0.5, -0.25])), /all 2 vote for more of it; nothing cancels/);
  assert.match(describe(sliceOf([0, 0])), /no example has a voice here/);
});

test('in words: one example is one voice', () => {
  assert.match(describe(sliceOf([-0.25])), /one example, one voice.*−0\.25/);
});

test('in words: what to do where there are no votes', () => {
  const none = sliceOf(VOTES, { pinned: null, explanation: null });
  assert.equal(none.status, 'none');
  assert.match(describe(none), /Pin a weight/);
  const training = sliceOf(VOTES, { isTraining: true, explanation: null });
  assert.equal(training.status, 'training');
  assert.match(describe(training), /Pause/);
  for (const slice of [none, training]) assert.deepEqual(traces(slice), []);
});

test('in words: votes that no longer fit are not counted', () => {
  const slice = sliceOf([0.5, null]);
  assert.equal(slice.status, 'overflow');
  assert.match(describe(slice), /beyond what a number can hold/);
});

test('very many votes are two outlines, and each point is still its example', () => {
  const many = Array.from({ length: 500 }, (_, row) => (row % 3) - 1 + row / 1000);
  const [above, below] = traces(sliceOf(many, { isSorted: false }));
  assert.ok(above.y.every((/** @type {number} */ value) => value >= 0));
  assert.ok(below.y.every((/** @type {number} */ value) => value <= 0));
  many.forEach((vote, row) => assert.equal(above.y[row] + below.y[row], vote));
  assert.deepEqual(above.customdata[77], { example: 77 });
});

test('the numbers: the gradient, then each vote with its row of the data, to be followed', () => {
  const { columns, rows } = table(sliceOf(VOTES, { isSorted: false }, { example: 2 }));
  assert.equal(columns.length, 3);
  assert.deepEqual(rows[0].cells[2], -0.15625);
  assert.deepEqual(rows[2].cells, ['example 2', '12', -0.25]);
  assert.deepEqual(rows[2].pick, { example: 1 });
  assert.match(String(rows[3].cells[0]), /followed/);
});

const MANY = (/** @type {number} */ count) =>
  Array.from({ length: count }, (_, row) => (row % 3) - 1 + row / 1000);
const summed = { experiment: { ...stateOf([2, 2, 1]).experiment, reduction: 'sum' } };
/** @type {Record<string, Slice>} */
const STATES = {
  'both ways': sliceOf(VOTES),
  'as they come': sliceOf(VOTES, { isSorted: false }),
  'a positive mean': sliceOf([1, -0.25], {}, { gradient: 0.375 }),
  'a mean of 0': sliceOf([1, -1, 0], {}, { gradient: 0 }),
  'all for less': sliceOf([1, 2]),
  'all for more': sliceOf([-1, -2]),
  'all are 0': sliceOf([0, 0]),
  'one vote': sliceOf([0.25]),
  'one vote for more': sliceOf([-0.25]),
  'an example that is not in it is followed': sliceOf(VOTES, {}, { example: 9 }),
  'one of 0 is followed': sliceOf([0, 1], { isSorted: false }),
  'with a penalty': sliceOf(VOTES, {}, { gradient: 0.5, penalty_gradient: 0.25 }),
  'a sum': sliceOf(VOTES, summed, { gradient: -0.625 }),
  'a sum with a penalty': sliceOf(VOTES, summed, { gradient: -0.5, penalty_gradient: 0.125 }),
  'forty votes': sliceOf(MANY(40)),
  'forty-one votes': sliceOf(MANY(41)),
  'as many as are bars': sliceOf(MANY(240)),
  'more than are bars': sliceOf(MANY(241)),
  'a vote beyond a number': sliceOf([0.5, null]),
  'a gradient beyond a number': sliceOf(VOTES, {}, { gradient: null }),
  'nothing pinned': sliceOf(VOTES, { pinned: null, explanation: null }),
  'while it trains': sliceOf(VOTES, { isTraining: true, explanation: null }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`votes: ${name}`, () =>
    assert.deepEqual(faults({ figure, describe, table }, shown, [WIDE, { ...WIDE, width: 300 }]), []));

test('nothing is drawn before there is a network', () => {
  for (const missing of ['now', 'experiment']) assert.equal(sliceOf(VOTES, { [missing]: null }), null);
});
