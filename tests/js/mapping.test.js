import * as actions from '../../static/js/actions.js';
import { beginMap } from '../../static/js/actions/mapping.js';
import { announce } from '../../static/js/lib/announce.js';
import { valueAt } from '../../static/js/lib/history.js';
import { store } from '../../static/js/state.js';
import { fromHash, toHash } from '../../static/js/url.js';
import { assert, test } from './harness.js';
import { experimentOf, frozen } from './made-up.js';
import { pretendServer, settled } from './pretend-server.js';

const EXPERIMENT = frozen({ ...experimentOf([1, 1]), optimizer: { name: 'sgd', learning_rate: 0.25 } });
const WEIGHT = /** @type {const} */ ({ layer: 0, unit: 0, input: 0 });
const BIAS = /** @type {const} */ ({ layer: 0, unit: 0, input: 'bias' });
const APART = 850;
let isBegun = false;

async function opened() {
  const server = pretendServer();
  actions.begin(
    /** @type {any} */ ({ limits: { steps: 9 }, presets: [{ name: 'own', experiment: EXPERIMENT }] }),
  );
  await actions.open(EXPERIMENT, { preset: 'own', isFirst: true });
  actions.choose({
    plane: { kind: 'parameters', x: WEIGHT, y: BIAS },
    centre: null,
    isSolid: false,
    task: 'step',
  });
  if (!isBegun) beginMap();
  isBegun = true;
  await settled();
  return server;
}

const values = () =>
  [WEIGHT, BIAS].map((place) => valueAt(/** @type {any} */ (store.get().now).parameters, place));
const wanted = (/** @type {number} */ weight, /** @type {number} */ bias) => [
  { place: WEIGHT, value: weight },
  { place: BIAS, value: bias },
];
const answer = () => store.get().asides.map?.answer;

test('two weights are put somewhere by one change, and one undo takes both back', async () => {
  await opened();
  await new Promise((resolve) => setTimeout(resolve, APART));
  const before = store.get();
  await actions.setParameters(wanted(3, 0.5));
  assert.deepEqual(values(), [3, 0.5]);
  assert.deepEqual(store.get().undoable, ['two weights by hand']);
  assert.match(announce(before, store.get()), /is 3, and .* is 0\.5\. The loss is 4\.$/);
  await actions.undo();
  assert.deepEqual([values(), store.get().history.edits], [[0, 0], []]);
  await actions.redo();
  assert.deepEqual(values(), [3, 0.5]);
});

test('where there is a known future both weights begin one branch', async () => {
  await opened();
  await actions.toStep(3);
  await actions.toStep(1);
  await actions.setParameters(wanted(2, -1));
  const { branches, branch, history } = store.get();
  assert.deepEqual([branches.length, branch, history.edits.length], [2, 1, 2]);
});

test('a weight that is there already is not set; of one the words are those of one', async () => {
  await opened();
  assert.equal(await actions.setParameters(wanted(0, 0)), false);
  await new Promise((resolve) => setTimeout(resolve, APART));
  await actions.setParameters(wanted(0, 1));
  assert.deepEqual([store.get().history.edits.length, store.get().undoable.at(-1)], [1, 'a weight by hand']);
});

test('the map is asked for only where it is looked at, and again at another moment', async () => {
  const server = await opened();
  const asked = () => server.requests.filter(({ path }) => path === 'landscape').length;
  assert.equal(asked(), 0);
  actions.choose({ task: 'inside' });
  await settled();
  await settled();
  assert.equal(asked(), 1);
  assert.equal(answer().centre, store.get().now);
  await actions.toStep(2);
  await settled();
  assert.deepEqual([asked(), answer().centre.step], [2, 2]);
});

test('the asked axis is the next weight that is clicked, then the other; what is pinned stays', async () => {
  await opened();
  actions.choose({ axisAsked: 'x' });
  await actions.pin({ kind: 'parameter', place: BIAS });
  assert.deepEqual([store.get().axisAsked, store.get().pinned], ['y', null]);
  await actions.pin({ kind: 'parameter', place: BIAS });
  assert.equal(store.get().axisAsked, 'y', 'not the same twice');
  await actions.pin({ kind: 'parameter', place: WEIGHT });
  assert.deepEqual(store.get().plane, { kind: 'parameters', x: BIAS, y: WEIGHT });
  assert.equal(store.get().axisAsked, null);
});

test('a link brings back the plane, the moment it stays at, and the surface', async () => {
  await opened();
  await actions.toStep(2);
  const centre = /** @type {any} */ (store.get().now);
  const plane = /** @type {const} */ ({ kind: 'random', seed: 4, normalization: 'layer', radius: 0.5 });
  actions.choose({ plane, centre, isSolid: true });
  await actions.toStep(5);
  const hash = toHash(store.get());
  await actions.open(EXPERIMENT, { preset: 'own' });
  assert.equal(store.get().centre, null, 'another experiment has a map of its own');
  const { link, ignored } = /** @type {any} */ (fromHash(hash));
  await actions.openLink(link, ignored);
  const after = store.get();
  assert.deepEqual([after.plane, after.isSolid, after.now?.step], [plane, true, 5]);
  assert.deepEqual(after.centre, centre);
  assert.equal(after.trouble, null);
});

test('a link to a map of weights that the network lacks opens without it, and says so', async () => {
  await opened();
  actions.choose({ plane: { kind: 'parameters', x: { layer: 4, unit: 0, input: 0 }, y: BIAS } });
  const { link, ignored } = /** @type {any} */ (fromHash(toHash(store.get())));
  await actions.openLink(link, ignored);
  assert.deepEqual(store.get().plane, { kind: 'parameters', x: null, y: null });
  assert.match(/** @type {any} */ (store.get().trouble).message, /the map/);
});
