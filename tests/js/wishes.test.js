import { isLocked, setLocked, wishesOf } from '../../static/js/lib/wishes.js';
import { assert, test } from './harness.js';

test('a link’s wishes are read from its query', () => {
  assert.deepEqual(wishesOf(''), { preset: null, hide: [], lock: [] });
  assert.deepEqual(wishesOf('?projector'), { preset: null, hide: [], lock: [] });
  assert.deepEqual(wishesOf('?preset=xor&hide=setup,share&lock=rate'), {
    preset: 'xor',
    hide: ['setup', 'share'],
    lock: ['rate'],
  });
  assert.deepEqual(wishesOf('?hide=a&hide=b,,c&lock='), { preset: null, hide: ['a', 'b', 'c'], lock: [] });
});

test('a control is fixed by its id, or by its name in an instrument', () => {
  setLocked(['w1', 'rate']);
  assert.deepEqual(['w1', 'neuron-0-w1', 'neuron-4-w1', 'rate'].map(isLocked), [true, true, true, true]);
  assert.deepEqual(
    ['w12', 'neuron-0-w2', 'neuron-0-w1-up', 'xw1', 'rates'].map(isLocked),
    Array(5).fill(false),
  );
  setLocked([]);
  assert.deepEqual(isLocked('w1'), false);
});
