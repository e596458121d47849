import * as actions from '../../static/js/actions.js';
import { allBranches, branchName, hasFuture } from '../../static/js/lib/branches.js';
import { valueAt } from '../../static/js/lib/history.js';
import { store } from '../../static/js/state.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen, historyOf } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen({ ...experimentOf([1, 1]), optimizer: { name: 'sgd', learning_rate: 0.25 } });
const WEIGHT = /** @type {const} */ ({ layer: 0, unit: 0, input: 0 });

/** A run of four steps: the weight goes half of the way to 1 in each. The lab is at step 2. */
async function opened() {
  const server = pretendServer();
  await actions.open(EXPERIMENT, { isFirst: true });
  await actions.toStep(4);
  await actions.toStep(2);
  server.requests.length = 0;
  return server;
}

const weight = () => valueAt(store.get().now?.parameters ?? [], WEIGHT);
const at = () => store.get().now?.step;
const branches = () => allBranches(store.get());
const names = () => branches().map(branchName);

test('an experiment opens with one branch, called main', async () => {
  await opened();
  assert.deepEqual([names(), store.get().branch], [['main'], 0]);
});

test('another rate in the past makes a branch; what was computed beyond is kept', async () => {
  await opened();
  const before = store.get().history;
  actions.setRate(0.375);
  await settled();
  assert.equal(store.get().branch, 1);
  assert.deepEqual(branches()[1].origin, { by: 'rate', at: 2, of: 0 });
  assert.equal(branches()[0].history, before);
  assert.deepEqual(names(), ['main', 'η 0.375']);
  await actions.trainStep(1);
  assert.equal(weight(), 0.9375); // from 0.75, three quarters of the way to 1
  await actions.switchTo(0);
  assert.deepEqual([at(), weight()], [2, 0.75]);
  await actions.toStep(4);
  assert.deepEqual([weight(), store.get().history.losses], [0.9375, before.losses]);
});

test('what is changed while another step is on its way is changed from that step on', async () => {
  for (const change of [
    () => actions.setRate(0.375),
    () => actions.setParameter(WEIGHT, 3),
    () => actions.turn((experiment) => ({ ...experiment, batch: { size: 1, shuffle: false, seed: 0 } })),
  ]) {
    const server = await opened();
    await actions.toStep(4);
    server.isHolding = true;
    actions.toStep(3);
    actions.toStep(1); // the last wish counts
    const changed = change();
    await settled();
    for (let answers = 0; answers < 9; answers += 1) {
      server.held.splice(0).forEach(({ release }) => release());
      await settled();
    }
    await changed;
    assert.equal(at(), 1);
    assert.equal(branches()[1].origin?.at, 1);
    assert.deepEqual(branches()[0].history.losses.length, 5);
  }
});

test('another example is followed at the step that is on its way', async () => {
  const server = await opened();
  await actions.toStep(4);
  server.isHolding = true;
  actions.toStep(1);
  actions.setExample(1);
  for (let answers = 0; answers < 9; answers += 1) {
    await settled();
    server.held.splice(0).forEach(({ release }) => release());
  }
  assert.deepEqual([at(), store.get().example, store.get().isStale], [1, 1, false]);
});

test('another rate at the end of a run changes that run', async () => {
  await opened();
  await actions.toStep(4);
  assert.equal(hasFuture(store.get()), false);
  actions.setRate(0.125);
  await settled();
  assert.deepEqual(
    [names(), store.get().history.changes],
    [['main'], [{ at_step: 4, learning_rate: 0.125 }]],
  );
});

test('a drag of the rate in the past makes one branch, not one for each pixel', async () => {
  await opened();
  for (const rate of [0.3, 0.31, 0.375]) actions.setRate(rate);
  await settled();
  assert.deepEqual([names(), store.get().undoable.length], [['main', 'η 0.375'], 1]);
});

test('a branch goes on from where the other one was, and each is exact to the bit', async () => {
  await opened();
  actions.setRate(0.375);
  await settled();
  await actions.toStep(7);
  const there = weight();
  await actions.open({ ...EXPERIMENT });
  await actions.toStep(2);
  actions.setRate(0.375);
  await settled();
  await actions.toStep(7);
  assert.equal(weight(), there);
});

test('playing from the past keeps the future: the run comes there again', async () => {
  await opened();
  const { losses } = store.get().history;
  await actions.trainStep(1);
  assert.deepEqual([at(), weight(), store.get().history.losses], [3, 0.875, losses]);
  assert.equal(store.get().branches.length, 1);
});

test('a weight set by hand at the end is part of the run, and computed with', async () => {
  await opened();
  await actions.toStep(4);
  await actions.setParameter(WEIGHT, 3);
  const { history, trace, isStale } = store.get();
  assert.deepEqual(history.edits, [{ ...WEIGHT, at_step: 4, value: 3 }]);
  assert.deepEqual([weight(), trace?.loss, isStale, store.get().branches.length], [3, 4, false, 1]);
  await actions.trainStep(1);
  assert.equal(weight(), 2);
  assert.deepEqual(store.get().history.losses.slice(3), [0.125 ** 2, 4, 1]);
});

test('a weight set by hand in the past makes a branch, and the first one keeps its own', async () => {
  await opened();
  await actions.setParameter(WEIGHT, 3);
  assert.deepEqual([names(), weight()], [['main', 'weight by hand'], 3]);
  assert.deepEqual(branches()[0].history.edits, []);
  await actions.trainStep(1);
  await actions.trainStep(-1);
  assert.equal(weight(), 3);
  await actions.trainStep(-1);
  assert.equal(weight(), 0.5);
  await actions.toStep(6);
  assert.equal(weight(), 1 + 2 / 2 ** 4);
});

test('the weight that is there already changes nothing', async () => {
  const server = await opened();
  assert.equal(await actions.setParameter(WEIGHT, 0.75), false);
  assert.deepEqual([server.requests, store.get().undoable, names()], [[], [], ['main']]);
});

test('a run over weights set by hand stops there, and goes on with them', async () => {
  const server = await opened();
  await actions.toStep(4);
  await actions.setParameter(WEIGHT, 3);
  const { history } = store.get();
  store.set({ history: { ...history, frames: history.frames.slice(0, 1) } });
  server.requests.length = 0;
  await actions.toStep(6);
  const runs = server.requests.filter(({ path }) => path === 'train');
  assert.deepEqual(
    runs.map(({ body }) => [body.state.step, body.steps, body.state.parameters[0].weights[0][0]]),
    [
      [0, 4, 0],
      [4, 2, 3],
    ],
  );
  assert.equal(weight(), 1.5);
});

test('another set-up goes on with the same weights, from its step', async () => {
  const server = await opened();
  await actions.turn((one) => ({ ...one, optimizer: { name: 'momentum', learning_rate: 0.125 } }));
  const { history, experiment, now } = store.get();
  assert.deepEqual([names(), weight(), at()], [['main', 'other set-up'], 0.75, 2]);
  assert.deepEqual(
    history.turns.map(({ at_step }) => at_step),
    [2],
  );
  assert.deepEqual(
    [experiment?.optimizer.name, now?.optimizer_state],
    ['momentum', { updates: 0, slots: {} }],
  );
  const asked = server.requests.findLast(({ path }) => path === 'trace');
  assert.deepEqual(asked?.body.optimizer, { name: 'momentum', learning_rate: 0.125 });
  await actions.toStep(0);
  assert.equal(store.get().experiment?.optimizer.name, 'sgd');
});

test('a branch made here has what led here, and no more', async () => {
  await opened();
  actions.branchHere();
  assert.deepEqual(names(), ['main', 'from step 2']);
  assert.equal(store.get().history.losses.length, 3);
  assert.equal(branches()[0].history.losses.length, 5);
});

test('another seed runs as far as this one, from other weights, with the same changes', async () => {
  const server = await opened();
  await actions.toStep(4);
  actions.setRate(0.125);
  await settled();
  await actions.trainStep(1);
  server.requests.length = 0;
  await actions.otherSeed();
  const { history, experiment } = store.get();
  assert.deepEqual([names(), at()], [['main', 'seed 8'], 5]);
  assert.deepEqual(
    [experiment?.initializer?.seed, history.changes],
    [8, [{ at_step: 4, learning_rate: 0.125 }]],
  );
  assert.equal(weight(), 1 - (1 - 1 / 8) * 0.5 ** 4 * 0.75);
  await actions.otherSeed();
  assert.equal(names()[2], 'seed 9');
});

test('a branch is renamed, and an empty name is the one it had of itself', async () => {
  await opened();
  actions.branchHere();
  actions.renameBranch(1, '  mine ');
  assert.deepEqual(names(), ['main', 'mine']);
  actions.renameBranch(1, ' ');
  assert.deepEqual(names(), ['main', 'from step 2']);
});

test('a branch is removed; the one on screen gives way to its neighbour; the last one stays', async () => {
  await opened();
  actions.setRate(0.375);
  await settled();
  await actions.trainStep(1);
  await actions.removeBranch(1);
  assert.deepEqual([names(), store.get().branch, at(), weight()], [['main'], 0, 2, 0.75]);
  await actions.removeBranch(0);
  assert.deepEqual(names(), ['main']);
});

test('a branch that is not on screen is removed without a move', async () => {
  const server = await opened();
  actions.setRate(0.375);
  await settled();
  server.requests.length = 0;
  await actions.removeBranch(0);
  assert.deepEqual([names(), store.get().branch, server.requests], [['η 0.375'], 1, []]);
});

test('the number of a removed branch is free again', async () => {
  await opened();
  actions.branchHere();
  actions.branchHere();
  await actions.removeBranch(1);
  actions.branchHere();
  assert.deepEqual(
    branches().map(({ id }) => id),
    [0, 2, 1],
  );
});

test('to begin again leaves the other branches as they are', async () => {
  await opened();
  actions.setRate(0.375);
  await settled();
  await actions.rewind();
  assert.deepEqual([names().length, at(), store.get().history.losses], [2, 0, [1]]);
  assert.equal(branches()[0].history.losses.length, 5);
});

test('a branch is called after what it was made by', () => {
  const history = historyOf({
    experiment: experimentOf([1, 1]),
    changes: [{ at_step: 3, learning_rate: 0.9 }],
  });
  const called = (/** @type {any} */ by) =>
    branchName({ id: 1, name: '', origin: { by, at: 3, of: 0 }, history, step: 3 });
  assert.deepEqual(/** @type {const} */ (['rate', 'weight', 'setup', 'seed', 'here']).map(called), [
    'η 0.9',
    'weight by hand',
    'other set-up',
    'seed 7',
    'from step 3',
  ]);
});
