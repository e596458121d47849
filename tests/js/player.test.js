import * as actions from '../../static/js/actions.js';
import { togglePlay } from '../../static/js/player.js';
import { store } from '../../static/js/state.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen(experimentOf([1, 1]));
const LONGEST = 5000;

/** @param {number} [rate] @param {number} [trainSpeed] steps a second */
async function opened(rate = 0.01, trainSpeed = 1000) {
  const server = pretendServer();
  await actions.open({ ...EXPERIMENT, optimizer: { name: 'sgd', learning_rate: rate } });
  actions.choose({ task: 'train', trainSpeed, granularity: 'operation' });
  await settled();
  server.requests.length = 0;
  return server;
}

/** @param {() => boolean} isSo */
async function until(isSo) {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > LONGEST) throw new Error(`it never came to ${isSo}`);
    await settled();
  }
}

const step = () => store.get().now?.step ?? -1;
const weight = () => Number(store.get().now?.parameters[0].weights[0][0]);

/** The weight after some steps at a rate, from 0. @param {number} rate @param {number} steps */
const expected = (rate, steps) => 1 - (1 - 2 * rate) ** steps;

async function paused() {
  if (store.get().isTraining) togglePlay();
  await settled();
}

test('training goes on by itself, with the numbers of each step, until it is paused', async () => {
  await opened();
  togglePlay();
  assert.equal(store.get().isTraining, true);
  await until(() => step() >= 700);
  await paused();
  const { now, history, isTraining, trace } = store.get();
  const at = step();
  assert.equal(isTraining, false);
  assert.close(weight(), expected(0.01, at));
  assert.close(
    history.losses.slice(0, at),
    Array.from({ length: at }, (_, s) => (1 - expected(0.01, s)) ** 2),
  );
  assert.close(Number(trace?.loss), (1 - weight()) ** 2);
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(store.get().now, now);
});

test('training that is begun while another step is on its way goes on from that step', async () => {
  const server = await opened();
  await actions.toStep(40);
  server.isHolding = true;
  const there = actions.toStep(10);
  togglePlay();
  await settled();
  server.isHolding = false;
  server.held.splice(0).forEach(({ release }) => release());
  await there;
  assert.equal(step(), 10);
  await until(() => store.get().isTraining && step() > 10);
  await paused();
  const first = server.requests.filter(({ path, body }) => path === 'train' && body.state.step === 10);
  assert.ok(first.length > 0);
});

test('while one chunk plays, the next is fetched, from where it ends', async () => {
  const server = await opened();
  togglePlay();
  await until(() => step() > 0);
  const runs = server.requests.filter(({ path }) => path === 'train');
  await paused();
  assert.ok(runs.length >= 2);
  assert.equal(runs[1].body.state.step, runs[0].body.state.step + runs[0].body.steps);
});

test('another rate while it trains drops what was fetched ahead, and holds from the step on screen', async () => {
  const server = await opened();
  togglePlay();
  await until(() => step() >= 100);
  const at = step();
  const before = weight();
  server.requests.length = 0;
  actions.setRate(0.002);
  assert.deepEqual(store.get().history.changes, [{ at_step: at, learning_rate: 0.002 }]);
  await until(() => step() > at + 100);
  await paused();
  const [first] = server.requests.filter(({ path, body }) => path === 'train' && body.changes.length > 0);
  assert.deepEqual(
    [first.body.state.step, first.body.changes],
    [at, [{ at_step: at, learning_rate: 0.002 }]],
  );
  assert.close(weight(), 1 - (1 - before) * (1 - 0.004) ** (step() - at));
  assert.close(store.get().history.losses.slice(0, step()).length, step());
});

test('an answer that comes after the rate was changed is not shown', async () => {
  const server = await opened();
  server.isHolding = true;
  server.isStubborn = true;
  togglePlay();
  await settled();
  const [older] = server.held.splice(0);
  actions.setRate(0.4);
  older.release();
  await settled();
  assert.equal(step(), 0);
  await until(() => server.held.length > 0);
  server.isHolding = false;
  server.held.splice(0).forEach(({ release }) => release());
  await until(() => step() > 0);
  assert.close(weight(), expected(0.4, step()));
  await paused();
});

test('training that goes wrong stops by itself, and says where', async () => {
  await opened(2);
  togglePlay();
  await until(() => store.get().trouble !== null);
  await settled();
  assert.deepEqual(store.get().trouble, { kind: 'diverged', at: 7, rate: 2, best: 0, isRising: false });
  assert.equal(store.get().isTraining, false);
});

test('training that is refused stops, and says why', async () => {
  const server = await opened();
  server.refusal = 'That is too much.';
  togglePlay();
  await until(() => store.get().trouble !== null);
  assert.deepEqual(
    [store.get().trouble, store.get().isTraining],
    [{ kind: 'refused', message: 'That is too much.' }, false],
  );
});

test('another speed while it trains loses no step', async () => {
  await opened();
  togglePlay();
  await until(() => step() >= 100);
  actions.choose({ trainSpeed: 4000 });
  const at = step();
  await until(() => step() > at + 400);
  await paused();
  assert.close(weight(), expected(0.01, step()));
  assert.equal(
    store.get().history.losses.findIndex((loss) => loss === undefined),
    -1,
  );
});

test('walking goes through the operations by itself until it is paused', async () => {
  await opened();
  actions.choose({ task: 'step', walkSpeed: 100 });
  togglePlay();
  await until(() => step() >= 1 && store.get().cursor > 0);
  togglePlay();
  const { now, cursor } = store.get();
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.deepEqual([store.get().now, store.get().cursor, store.get().isPlaying], [now, cursor, false]);
});
