import * as actions from '../../static/js/actions.js';
import { store } from '../../static/js/state.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen({ ...experimentOf([1, 1]), optimizer: { name: 'sgd', learning_rate: 0.25 } });
const WEIGHT = /** @type {const} */ ({ layer: 0, unit: 0, input: 0 });

/** The lab in a task that looks at all the data, with the weight pinned. */
async function opened() {
  const server = pretendServer();
  await actions.open(EXPERIMENT, { isFirst: true });
  actions.choose({ task: 'inside' });
  await settled();
  await actions.pin({ kind: 'parameter', place: WEIGHT });
  await settled();
  server.requests.length = 0;
  return server;
}

/** The weight of each answer on screen: the trace's, the survey's, the explanation's and the moment's own. */
function weights() {
  const { now, trace, survey, explanation } = store.get();
  return [
    now?.parameters[0].weights[0][0],
    trace?.operations?.[0].value,
    survey?.train.outputs?.[0][0],
    explanation?.value,
  ];
}

test('a moment is shown with its trace, its survey and its explanation', async () => {
  await opened();
  assert.deepEqual(weights(), [0, 0, 0, 0]);
  await actions.toStep(2);
  assert.deepEqual(weights(), [0.75, 0.75, 0.75, 0.75]);
});

for (const last of ['trace', 'survey', 'explain'])
  test(`nothing of a moment is shown before its last answer, that of ${last}, is there`, async () => {
    const server = await opened();
    const seen = /** @type {unknown[][]} */ ([]);
    const stop = store.subscribe(() => seen.push(weights()));
    server.isHolding = true;
    const done = actions.toStep(1);
    for (let turn = 0; turn < 4; turn += 1) {
      await settled();
      for (const one of server.held.filter(({ path }) => path !== last)) one.release();
    }
    assert.deepEqual(weights(), [0, 0, 0, 0]);
    const one = server.held.find(({ path }) => path === last);
    assert.ok(one, `${last} was never asked for`);
    one?.release();
    await done;
    stop();
    assert.deepEqual(weights(), [0.5, 0.5, 0.5, 0.5]);
    assert.ok(
      seen.every((row) => row.every((weight) => weight === row[0])),
      JSON.stringify(seen),
    );
  });

test('in the task that walks through one step, all the data are not asked about', async () => {
  const server = pretendServer();
  actions.choose({ task: 'step' });
  await actions.open(EXPERIMENT, { isFirst: true });
  await actions.toStep(3);
  assert.equal(store.get().survey, null);
  assert.ok(server.requests.every(({ path }) => path !== 'survey'));
});

test('another task asks for what it needs of the moment on screen', async () => {
  const server = pretendServer();
  actions.choose({ task: 'step' });
  await actions.open(EXPERIMENT, { isFirst: true });
  server.requests.length = 0;
  actions.choose({ task: 'train' });
  await settled();
  const first = server.requests.filter(({ body }) => body.parameters[0].weights[0][0] === 0);
  assert.deepEqual(
    first.map(({ path }) => path),
    ['survey'],
  );
  assert.equal(store.get().survey?.train.loss, 1);
});

test('each moment that is shown is read, and going back does not ask again', async () => {
  const server = await opened();
  await actions.trainStep(1);
  await actions.trainStep(1);
  await settled();
  assert.deepEqual(
    store.get().history.readings.map(({ step, loss }) => [step, loss]),
    [
      [0, 1],
      [1, 0.25],
      [2, 0.0625],
    ],
  );
  server.requests.length = 0;
  await actions.trainStep(-1);
  await actions.trainStep(-1);
  assert.deepEqual([server.requests, weights()], [[], [0, 0, 0, 0]]);
});

test('a survey or an explanation that is too much is not there; the rest is', async () => {
  const server = await opened();
  for (const [path, left] of /** @type {[string, unknown[]][]} */ ([
    ['survey', [0.5, 0.5, undefined, 0.5]],
    ['explain', [0.5, 0.5, 0.5, undefined]],
  ])) {
    await actions.open(EXPERIMENT, { isFirst: true, pinned: { kind: 'parameter', place: WEIGHT } });
    Object.assign(server, { refusal: 'That is too much.', refuses: path });
    await actions.toStep(1);
    assert.deepEqual([weights(), store.get().trouble], [left, null]);
    Object.assign(server, { refusal: null, refuses: null });
  }
});

test('a frame of a training that goes on has its survey, and nothing of an older moment', async () => {
  await opened();
  const { survey } = store.get();
  const moment = {
    step: 5,
    parameters: [{ weights: [[9]], biases: [0] }],
    optimizer_state: { updates: 5, slots: {} },
  };
  actions.showFrame(moment, [1, 1, 1, 1, 1], survey);
  const { trace, explanation, check } = store.get();
  assert.deepEqual([trace, explanation, check, store.get().survey], [null, null, null, survey]);
});

test('a check of all gradients belongs to its moment alone', async () => {
  await opened();
  await actions.checkAll();
  assert.equal(store.get().check?.worst, 0);
  await actions.trainStep(1);
  assert.equal(store.get().check, null);
});

test('to ask about nothing more takes the explanation away at once', async () => {
  const server = await opened();
  server.isHolding = true;
  await actions.pin(null);
  assert.deepEqual([store.get().explanation, server.held], [null, []]);
});
