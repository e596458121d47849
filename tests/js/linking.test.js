import * as actions from '../../static/js/actions.js';
import { allBranches, branchName } from '../../static/js/lib/branches.js';
import { store } from '../../static/js/state.js';
import { fromHash, toHash, toLink } from '../../static/js/url.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen({ ...experimentOf([1, 1]), optimizer: { name: 'sgd', learning_rate: 0.25 } });
const WEIGHT = /** @type {const} */ ({ layer: 0, unit: 0, input: 0 });

function serve() {
  const server = pretendServer();
  actions.begin(
    /** @type {any} */ ({ limits: { steps: 3 }, presets: [{ name: 'own', experiment: EXPERIMENT }] }),
  );
  return server;
}

/** Everything a link is to bring back. */
function seen() {
  const { now, trace, history, branch, pinned, task, cursor, isWhole, example, isLogarithmic } = store.get();
  const branches = allBranches(store.get()).map(
    ({ id, name, origin, step, history: { changes, edits, turns } }) => ({
      ...{ id, name, origin, step, changes, edits, turns },
    }),
  );
  return {
    ...{ now, loss: trace?.loss, losses: history.losses, branch, pinned, task, cursor, isWhole, example },
    ...{ isLogarithmic, branches },
  };
}

/** A lab with three runs: as far as step 6, one by another rate, and one with a weight by hand and momentum. */
async function grown() {
  const server = serve();
  await actions.open(EXPERIMENT, { preset: 'own', isFirst: true });
  await actions.toStep(6);
  await actions.toStep(2);
  actions.setRate(0.375);
  await settled();
  await actions.trainStep(1);
  await actions.switchTo(0);
  await actions.toStep(3);
  await actions.setParameter(WEIGHT, 3);
  await actions.trainStep(1);
  await actions.turn((one) => ({ ...one, optimizer: { name: 'momentum', learning_rate: 0.125 } }));
  await actions.trainStep(1);
  actions.renameBranch(2, 'by hand');
  actions.choose({ task: 'inside', isLogarithmic: true });
  await actions.pin({ kind: 'parameter', place: WEIGHT });
  await settled();
  return server;
}

/** @param {string} hash */
const asked = (hash) =>
  /** @type {{link: import('../../static/js/url.js').Link, ignored: string[]}} */ (fromHash(hash));

test('a link brings back every branch, what is pinned and each number, to the bit', async () => {
  await grown();
  const before = seen();
  const hash = toHash(store.get());
  await actions.open({ ...EXPERIMENT, loss: 'huber' });
  const { link, ignored } = asked(hash);
  assert.equal(await actions.openLink(link, ignored), true);
  const after = seen();
  assert.deepEqual({ ...after, losses: [] }, { ...before, losses: [] });
  assert.deepEqual(after.losses, before.losses.slice(0, after.losses.length));
  assert.deepEqual(store.get().trouble, null);
  assert.equal(toHash(store.get()), hash);
  assert.equal(store.get().explanation?.gradient, 2 * (Number(before.now?.parameters[0].weights[0][0]) - 1));
});

test('each branch of a link is where it was left', async () => {
  await grown();
  const hash = toHash(store.get());
  const steps = allBranches(store.get()).map(({ step }) => step);
  await actions.switchTo(1);
  const there = store.get().now;
  await actions.openLink(asked(hash).link, []);
  await actions.switchTo(1);
  assert.deepEqual([store.get().now, steps], [there, [3, 3, 5]]);
});

test('a run is asked for in pieces that the server takes', async () => {
  const server = serve();
  const run = { id: 0, name: '', origin: null, rate: 0.25, changes: [], edits: [], turns: [], step: 8 };
  const link = { ...toLink(store.get()), preset: 'own', runs: [run], branch: 0, pinned: null };
  server.requests.length = 0;
  await actions.openLink(link, []);
  const runs = server.requests
    .filter(({ path }) => path === 'train')
    .map(({ body }) => [body.state.step, body.steps]);
  assert.deepEqual(runs, [
    [0, 3],
    [3, 3],
    [6, 2],
  ]);
  assert.equal(store.get().now?.parameters[0].weights[0][0], 1 - 0.5 ** 8);
});

test('what of a link is ignored is said in a sentence, and the rest is opened', async () => {
  await grown();
  const { link } = asked(toHash(store.get()));
  await actions.openLink(link, ['the task', 'a branch']);
  const { trouble, now } = store.get();
  assert.equal(now?.step, 5);
  assert.deepEqual(trouble, {
    kind: 'link',
    message: 'Part of the link made no sense and was left out: the task, a branch.',
  });
});

for (const pinned of /** @type {const} */ ([
  { kind: 'unit', layer: 1, unit: 0 },
  { kind: 'unit', layer: -1, unit: 1 },
  { kind: 'parameter', place: { layer: 0, unit: 1, input: 0 } },
  { kind: 'parameter', place: { layer: 0, unit: 0, input: 1 } },
]))
  test(`a link to ${JSON.stringify(pinned)}, which the network lacks, says so`, async () => {
    await grown();
    const { link } = asked(toHash(store.get()));
    await actions.openLink({ ...link, pinned }, []);
    assert.equal(store.get().pinned, null);
    assert.match(/** @type {any} */ (store.get().trouble).message, /left out: the pinned number\./);
  });

test('an edit of a weight that the network lacks is left out, and said', async () => {
  await grown();
  const { link } = asked(toHash(store.get()));
  const runs = link.runs.map((run) => ({
    ...run,
    edits: [{ at_step: 1, layer: 4, unit: 0, input: 0, value: 1 }],
  }));
  assert.equal(await actions.openLink({ ...link, runs }, []), true);
  assert.match(/** @type {any} */ (store.get().trouble).message, /left out: weights set by hand\./);
});

test('a link to a preset that is not there is not followed, and changes nothing', async () => {
  await grown();
  const { link } = asked(toHash(store.get()));
  const before = store.get();
  assert.equal(await actions.openLink({ ...link, preset: 'gone' }, []), false);
  assert.equal(store.get(), before);
});

test('a link to a run longer than anyone waits for is not followed', async () => {
  await grown();
  const { link } = asked(toHash(store.get()));
  const runs = link.runs.map((run) => ({ ...run, step: 100_000 }));
  assert.equal(await actions.openLink({ ...link, runs }, []), false);
});

test('a link that the server refuses leaves what is there as it is, and says why', async () => {
  const server = await grown();
  const before = seen();
  const { link } = asked(toHash(store.get()));
  server.refusal = 'There is no such data set.';
  assert.equal(await actions.openLink(link, []), false);
  assert.deepEqual(seen(), before);
  const { trouble, isStale } = store.get();
  assert.deepEqual([trouble, isStale], [{ kind: 'refused', message: 'There is no such data set.' }, false]);
});

test('a link to a step where it diverged says so', async () => {
  serve();
  const run = { id: 0, name: '', origin: null, rate: 2, changes: [], edits: [], turns: [], step: 30 };
  await actions.openLink({ ...toLink(store.get()), preset: 'own', runs: [run], branch: 0, pinned: null }, []);
  assert.deepEqual(store.get().trouble, { kind: 'diverged', at: 7, rate: 2, best: 0, isRising: true });
  assert.equal(store.get().now?.step, 7);
});

test('a link opened over another experiment can be undone', async () => {
  await grown();
  const { link } = asked(toHash(store.get()));
  await actions.open({ ...EXPERIMENT, loss: 'huber' }, { isFirst: true });
  await actions.openLink(link, []);
  assert.deepEqual(store.get().undoable, ['opening a link or file']);
  await actions.undo();
  assert.deepEqual(
    [store.get().experiment?.loss, allBranches(store.get()).map(branchName)],
    ['huber', ['main']],
  );
});
