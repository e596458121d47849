import * as actions from '../../static/js/actions.js';
import { allBranches, branchName } from '../../static/js/lib/branches.js';
import { currentRate, store } from '../../static/js/state.js';
import { assert, filled, test } from './harness.js';
import { experimentOf, frozen } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen({ ...experimentOf([1, 1]), optimizer: { name: 'sgd', learning_rate: 0.25 } });
const WEIGHT = /** @type {const} */ ({ layer: 0, unit: 0, input: 0 });
/** Changes of one kind that follow each other sooner are one. */
const APART = 850;

async function opened() {
  const server = pretendServer();
  await actions.open(EXPERIMENT, { isFirst: true });
  return server;
}

const weight = () => Number(store.get().now?.parameters[0].weights[0][0]);
const at = () => store.get().now?.step;
const rate = () => currentRate(store.get());
const undoable = () => store.get().undoable;
const pause = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));

test('where nothing was changed there is nothing to undo', async () => {
  await opened();
  assert.deepEqual([undoable(), store.get().redoable], [[], []]);
  const before = store.get();
  assert.deepEqual([await actions.undo(), await actions.redo()], [false, false]);
  assert.equal(store.get().now, before.now);
});

test('a change of the rate is undone and done again, with what is on screen', async () => {
  await opened();
  actions.setRate(0.375);
  await settled();
  assert.deepEqual(undoable(), ['learning rate']);
  await actions.undo();
  assert.deepEqual([rate(), undoable(), store.get().redoable], [0.25, [], ['learning rate']]);
  assert.equal(store.get().trace?.updated_parameters[0].weights[0][0], 0.5);
  await actions.redo();
  assert.deepEqual([rate(), undoable(), store.get().redoable], [0.375, ['learning rate'], []]);
  assert.equal(store.get().trace?.updated_parameters[0].weights[0][0], 0.75);
});

test('changes of one kind that follow each other at once are one; later ones are not', async () => {
  await opened();
  for (const one of [0.3, 0.35, 0.4]) actions.setRate(one);
  await pause(APART);
  actions.setRate(0.5);
  await settled();
  assert.equal(undoable().length, 2);
  await actions.undo();
  assert.equal(rate(), 0.4);
  await actions.undo();
  assert.equal(rate(), 0.25);
});

test('another change after an undo forgets what could be done again', async () => {
  await opened();
  actions.setRate(0.375);
  await settled();
  await actions.undo();
  await actions.setParameter(WEIGHT, 3);
  assert.deepEqual([undoable(), store.get().redoable], [['a weight by hand'], []]);
});

test('every kind of change is undone to the bit, one after the other', async () => {
  await opened();
  await actions.toStep(3);
  /** @type {[string, number | undefined, number, number, string[]][]} */
  const seen = [];
  const names = () => allBranches(store.get()).map(branchName);
  const look = (/** @type {string} */ what) => seen.push([what, at(), weight(), rate(), names()]);
  look('');
  actions.setRate(0.125);
  await settled();
  look('learning rate');
  await actions.setParameter(WEIGHT, 3);
  look('a weight by hand');
  await actions.turn((one) => ({ ...one, l2: 0.1 }));
  look('another set-up');
  actions.branchHere();
  look('a new branch');
  actions.renameBranch(1, 'mine');
  look('the name of a branch');
  await actions.otherSeed();
  look('another seed');
  await actions.removeBranch(2);
  look('deleting a branch');
  await actions.rewind();
  look('rewind');
  await actions.open({ ...EXPERIMENT, loss: 'huber' });
  look('another experiment');
  assert.deepEqual(undoable().length, seen.length - 1);
  for (let index = seen.length - 1; index > 0; index -= 1) {
    await actions.undo();
    const [, ...before] = seen[index - 1];
    assert.deepEqual([at(), weight(), rate(), names()], before, `undoing ${seen[index][0]}`);
  }
  assert.deepEqual(undoable(), []);
  for (const [what, ...after] of filled(seen.slice(1))) {
    await actions.redo();
    assert.deepEqual([at(), weight(), rate(), names()], after, `doing ${what} again`);
  }
});

test('an undo brings another experiment, its data and what was pinned', async () => {
  await opened();
  await actions.pin({ kind: 'parameter', place: WEIGHT });
  const { dataset, explanation } = store.get();
  await actions.open({ ...EXPERIMENT, data: { dataset: 'moons' } });
  assert.deepEqual([store.get().dataset?.feature_names, store.get().pinned], [['moons'], null]);
  await actions.undo();
  const state = store.get();
  assert.deepEqual([state.dataset, state.experiment], [dataset, EXPERIMENT]);
  assert.deepEqual(state.pinned, { kind: 'parameter', place: WEIGHT });
  assert.deepEqual(state.explanation, explanation);
});

test('an undo while it trains stops the training', async () => {
  await opened();
  actions.setRate(0.375);
  await settled();
  actions.setPlaying({ isTraining: true });
  await actions.undo();
  assert.deepEqual([store.get().isTraining, rate()], [false, 0.25]);
});

test('an experiment that could not be opened leaves nothing to undo, and nothing changed', async () => {
  const server = await opened();
  server.refusal = 'That is too much.';
  await actions.open({ ...EXPERIMENT, loss: 'huber' });
  const { experiment, isStale, trouble } = store.get();
  assert.deepEqual([experiment, trouble?.kind], [EXPERIMENT, 'refused']);
  assert.deepEqual([undoable(), isStale], [[], false]);
});

test('no more than a hundred changes are remembered', async () => {
  await opened();
  for (let turn = 0; turn < 60; turn += 1) {
    actions.renameBranch(0, `${turn}`);
    actions.branchHere();
    store.set({ branches: store.get().branches.slice(0, 1), branch: 0 });
  }
  assert.equal(undoable().length, 100);
});
