import * as actions from '../../static/js/actions.js';
import { store } from '../../static/js/state.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen({ ...experimentOf([1, 1]), optimizer: { name: 'sgd', learning_rate: 0.25 } });

/** Open the experiment anew; the weight begins at 0, and goes half of the way to 1 in each step. */
async function opened(rate = 0.25) {
  const server = pretendServer();
  await actions.open({ ...EXPERIMENT, optimizer: { name: 'sgd', learning_rate: rate } });
  actions.choose({ granularity: 'operation' });
  await settled();
  server.requests.length = 0;
  return server;
}

const weight = () => store.get().now?.parameters[0].weights[0][0];
const at = () => store.get().now?.step;

test('an experiment opens at its first weights, whole, with their trace', async () => {
  await opened();
  const { now, trace, history, isWhole, isStale, cursor } = store.get();
  assert.deepEqual([now?.step, weight(), trace?.loss, isWhole, isStale, cursor], [0, 0, 1, true, false, 0]);
  assert.deepEqual([history.losses, history.learning_rate, history.changes], [[1], 0.25, []]);
});

test('written-out weights are taken as they are', async () => {
  const server = pretendServer();
  await actions.open({ ...EXPERIMENT, parameters: [{ weights: [[3]], biases: [0] }] });
  assert.equal(weight(), 3);
  assert.ok(server.requests.every(({ path }) => path !== 'parameters'));
});

test('forward goes through the operations one by one, and over the update to the next step', async () => {
  await opened();
  for (let cursor = 1; cursor <= 5; cursor += 1) {
    await actions.forward();
    assert.deepEqual([at(), store.get().cursor, store.get().isWhole], [0, cursor, false]);
  }
  await actions.forward();
  assert.deepEqual([at(), store.get().cursor, weight()], [1, 0, 0.5]);
});

test('back over an update brings the very same numbers', async () => {
  const server = await opened();
  for (let press = 0; press < 6; press += 1) await actions.forward();
  await settled();
  const before = store.get();
  for (let press = 0; press < 6; press += 1) await actions.forward();
  assert.equal(at(), 2);
  const asked = server.requests.length;
  for (let press = 0; press < 1; press += 1) await actions.back();
  assert.deepEqual([at(), store.get().cursor], [1, 5]);
  assert.equal(store.get().now, before.now);
  assert.equal(store.get().trace, before.trace);
  for (let press = 0; press < 6; press += 1) await actions.back();
  assert.deepEqual([at(), store.get().cursor, weight()], [0, 5, 0]);
  const paths = server.requests.slice(asked).map(({ path }) => path);
  assert.ok(!paths.includes('train'), 'it was computed again');
});

test('back at the very start stays there', async () => {
  await opened();
  await actions.forward();
  for (let press = 0; press < 3; press += 1) await actions.back();
  assert.deepEqual([at(), store.get().cursor], [0, 0]);
});

test('presses of a whole step that come faster than answers add up', async () => {
  const server = await opened();
  server.isHolding = true;
  const done = [actions.trainStep(1), actions.trainStep(1), actions.trainStep(1)];
  while (at() !== 3) {
    server.held.splice(0).forEach(({ release }) => release());
    await settled();
  }
  await Promise.all(done);
  assert.deepEqual([at(), weight()], [3, 0.875]);
  assert.deepEqual(store.get().history.losses, [1, 0.25, 0.0625, 0.015625]);
});

test('a step that is not kept is computed again from the last one before it', async () => {
  const server = await opened(0.01);
  await actions.toStep(200);
  assert.equal(at(), 200);
  assert.close(weight(), 1 - 0.98 ** 200);
  await actions.toStep(101);
  assert.equal(at(), 101);
  assert.close(weight(), 1 - 0.98 ** 101);
  const runs = server.requests
    .filter(({ path }) => path === 'train')
    .map(({ body }) => [body.state.step, body.steps]);
  assert.deepEqual(runs, [
    [0, 200],
    [100, 1],
  ]);
  await actions.toStep(100);
  assert.equal(server.requests.filter(({ path }) => path === 'train').length, 2);
  assert.close(weight(), 1 - 0.98 ** 100);
});

for (const isStubborn of [false, true]) {
  const how = isStubborn ? ', even if it still arrives' : '';

  test(`another example overtakes an older one whose answer comes last${how}`, async () => {
    const server = await opened();
    Object.assign(server, { isHolding: true, isStubborn });
    actions.setExample(1);
    await settled();
    actions.setExample(0);
    await settled();
    actions.setExample(1);
    await settled();
    actions.setRate(0.125);
    await settled();
    const [newest, ...older] = server.held.splice(0).toReversed();
    newest.release();
    await settled();
    const { trace, example, isStale } = store.get();
    assert.equal(isStale, false);
    for (const { release } of older) release();
    await settled();
    assert.equal(store.get().trace, trace);
    assert.equal(store.get().example, example);
    assert.equal(trace?.updated_parameters[0].weights[0][0], 0.25);
    assert.deepEqual([newest.body.example, newest.body.optimizer.learning_rate], [example, 0.125]);
  });

  test(`another rate overtakes an older one whose answer comes last${how}`, async () => {
    const server = await opened();
    Object.assign(server, { isHolding: true, isStubborn });
    for (const rate of [0.1, 0.2, 0.375]) {
      actions.setRate(rate);
      await settled();
    }
    for (const { release } of server.held.splice(0).toReversed()) {
      release();
      await settled();
    }
    assert.equal(store.get().trace?.updated_parameters[0].weights[0][0], 0.75);
    assert.equal(store.get().history.learning_rate, 0.375);
  });

  test(`an experiment overtakes the one before it${how}`, async () => {
    const server = await opened();
    Object.assign(server, { isHolding: true, isStubborn });
    actions.toStep(5);
    await settled();
    const second = actions.open({ ...EXPERIMENT, parameters: [{ weights: [[3]], biases: [0] }] });
    await settled();
    for (const { release } of server.held.splice(0).toReversed()) {
      release();
      await settled();
    }
    await second;
    assert.deepEqual([at(), weight(), store.get().history.losses], [0, 3, [4]]);
  });
}

test('until its answer is there, what was edited is marked as stale', async () => {
  const server = await opened();
  server.isHolding = true;
  actions.setRate(0.125);
  assert.equal(store.get().isStale, true);
  await settled();
  server.held.splice(0).forEach(({ release }) => release());
  await settled();
  assert.equal(store.get().isStale, false);
});

test('another rate drops what was ahead, and is used from there', async () => {
  await opened();
  await actions.toStep(4);
  await actions.toStep(2);
  actions.setRate(0.375);
  await settled();
  const { history } = store.get();
  assert.deepEqual(history.losses, [1, 0.25, 0.0625]);
  assert.ok(history.frames.every(({ step }) => step <= 2));
  assert.deepEqual(history.changes, [{ at_step: 2, learning_rate: 0.375 }]);
  await actions.trainStep(1);
  assert.equal(weight(), 0.9375); // from 0.75, three quarters of the way to 1
  await actions.toStep(1);
  assert.equal(weight(), 0.5);
});

test('the rate that is there already changes nothing', async () => {
  const server = await opened();
  actions.setRate(0.25);
  await settled();
  assert.deepEqual([server.requests.length, store.get().isStale], [0, false]);
});

test('a refusal is shown, and the next answer takes nothing back that was not said', async () => {
  const server = await opened();
  server.refusal = 'That is too much.';
  await actions.toStep(7);
  assert.deepEqual(store.get().trouble, { kind: 'refused', message: 'That is too much.' });
  assert.equal(at(), 0);
  server.refusal = null;
  actions.dismiss();
  await actions.toStep(1);
  assert.deepEqual([at(), store.get().trouble], [1, null]);
});

test('where numbers no longer fit, the lab says when, and at which step it was best', async () => {
  await opened(2); // each step goes three times as far beyond 1
  await actions.toStep(30);
  const { trouble, isLogarithmic, history } = store.get();
  assert.equal(trouble?.kind, 'diverged');
  assert.deepEqual(trouble, { kind: 'diverged', at: 7, rate: 2, best: 0, isRising: true });
  assert.deepEqual([at(), history.losses[7], isLogarithmic], [7, null, true]);
});

test('one cannot step over the update that leads beyond all numbers', async () => {
  await opened(2);
  await actions.toStep(30);
  actions.dismiss();
  await actions.trainStep(1);
  assert.deepEqual([at(), store.get().trouble?.kind], [7, 'diverged']);
});

test('after it went wrong, one can begin where it was best, at half the rate', async () => {
  await opened(2);
  await actions.toStep(30);
  await actions.recover();
  await settled();
  assert.deepEqual(
    [at(), store.get().trouble, store.get().history.learning_rate, store.get().history.losses],
    [0, null, 1, [1]],
  );
});

test('to begin again is to have the same weights, and the first rate', async () => {
  await opened();
  await actions.toStep(3);
  actions.setRate(0.1);
  await settled();
  await actions.rewind();
  const { history } = store.get();
  assert.deepEqual(
    [at(), weight(), history.learning_rate, history.changes, history.losses],
    [0, 0, 0.25, [], [1]],
  );
});

test('another set-up at the same moment is asked about anew, however often one goes to and fro', async () => {
  const server = await opened();
  actions.choose({ task: 'train' });
  await settled();
  const bodies = (/** @type {string} */ path) =>
    server.requests.filter((one) => one.path === path && (one.body.step ?? 0) === 0).map(({ body }) => body);
  for (const edit of [{ l2: 0.5 }, { reduction: 'sum' }, { l1: 0.25 }]) {
    server.requests.length = 0;
    await actions.turn((experiment) => ({ ...experiment, ...edit }));
    await settled();
    const [name, value] = Object.entries(edit)[0];
    assert.equal(bodies('trace')[0][name], value);
    assert.equal(bodies('survey')[0][name], value);
  }
  server.requests.length = 0;
  await actions.undo();
  await settled();
  assert.deepEqual([bodies('trace'), bodies('survey')], [[], []]); // that set-up was asked about already
  actions.choose({ task: 'step' });
});
