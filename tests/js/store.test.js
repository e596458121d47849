import { createStore } from '../../static/js/lib/store.js';
import { assert, test } from './harness.js';
import { frozen } from './made-up.js';

/** What a new subscriber hears, from the first on. @param {ReturnType<typeof createStore>} store */
function heard(store) {
  /** @type {any[]} */
  const states = [];
  return { states, leave: store.subscribe((state) => states.push(state)) };
}

test('who subscribes hears at once how things stand', () => {
  const { states } = heard(createStore({ a: 1 }));
  assert.deepEqual(states, [{ a: 1 }]);
});

test('many changes in one turn are announced once, with all of them', async () => {
  const store = createStore({ a: 1, b: 1, c: 1 });
  const { states } = heard(store);
  store.set({ a: 2 });
  store.set({ b: 3 });
  store.set({ a: 4 });
  assert.equal(states.length, 1);
  await null;
  assert.deepEqual(states.slice(1), [{ a: 4, b: 3, c: 1 }]);
});

test('each turn with a change has its announcement, and a turn without has none', async () => {
  const store = createStore({ a: 1 });
  const { states } = heard(store);
  store.set({ a: 2 });
  await null;
  store.set({ a: 3 });
  await null;
  await null;
  assert.deepEqual(
    states.map(({ a }) => a),
    [1, 2, 3],
  );
});

test('whoever asks gets the new state before it is announced', () => {
  const store = createStore({ a: 1 });
  store.set({ a: 2 });
  assert.equal(store.get().a, 2);
});

test('a state is replaced and never changed', () => {
  const initial = frozen({ a: 1, b: [1] });
  const store = createStore(initial);
  store.set({ a: 2 });
  assert.deepEqual(initial, { a: 1, b: [1] });
  assert.ok(store.get() !== initial);
  assert.ok(store.get().b === initial.b);
});

test('who has left hears no more, not even of what was changed before', async () => {
  const store = createStore({ a: 1 });
  const one = heard(store);
  const other = heard(store);
  store.set({ a: 2 });
  one.leave();
  await null;
  store.set({ a: 3 });
  await null;
  assert.deepEqual(
    one.states.map(({ a }) => a),
    [1],
  );
  assert.deepEqual(
    other.states.map(({ a }) => a),
    [1, 2, 3],
  );
});

test('a listener may leave while it is told, and the others are told all the same', async () => {
  const store = createStore({ a: 1 });
  let count = 0;
  const leave = store.subscribe(() => {
    count += 1;
    if (count === 2) leave();
  });
  const { states } = heard(store);
  store.set({ a: 2 });
  await null;
  store.set({ a: 3 });
  await null;
  assert.equal(count, 2);
  assert.deepEqual(
    states.map(({ a }) => a),
    [1, 2, 3],
  );
});

test('what a listener changes is announced after this announcement', async () => {
  const store = createStore({ a: 1 });
  store.subscribe(({ a }) => {
    if (a === 2) store.set({ a: 10 });
  });
  const { states } = heard(store);
  store.set({ a: 2 });
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(store.get().a, 10);
  assert.deepEqual(states.at(-1), { a: 10 });
});
