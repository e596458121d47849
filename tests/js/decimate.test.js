import { decimate } from '../../static/js/lib/decimate.js';
import { assert, test } from './harness.js';
import { random } from './made-up.js';

/** Curves of many lengths, each drawn anew: [name, values, most]. @type {[string, (number | null)[], number][]} */
const CURVES = [11, 100, 999, 1500, 1501, 3000, 40_000].flatMap((length) =>
  [10, 64, 1500].map((most) => {
    const next = random(length + most);
    return /** @type {[string, number[], number]} */ ([
      `${length} values for ${most} points`,
      Array.from({ length }, () => next() ** 5),
      most,
    ]);
  }),
);

for (const [name, values, most] of CURVES) {
  const kept = decimate(values, most);
  /** @type {(index: number) => number} */
  const at = (index) => values[index] ?? Infinity;

  test(`of ${name}, those kept are in order and no more than wanted, give or take the ends`, () => {
    assert.ok(kept.every((one, index) => Number.isInteger(one) && (index === 0 || one > kept[index - 1])));
    assert.ok(kept.length <= most + 3, `${kept.length} of ${most}`);
    assert.ok(kept.length >= Math.min(values.length, most / 2), 'too few');
  });

  test(`of ${name}, both ends are kept`, () =>
    assert.deepEqual([kept[0], kept.at(-1)], [0, values.length - 1]));

  test(`of ${name}, no peak is lost: near each there is one kept as high, and one as low`, () => {
    const reach = Math.ceil((2 * values.length) / most);
    let first = 0;
    /** @type {number[]} */
    const lost = [];
    values.forEach((_, index) => {
      while (kept[first] < index - reach) first += 1;
      const near = [];
      for (let k = first; k < kept.length && kept[k] <= index + reach; k += 1) near.push(at(kept[k]));
      if (!near.some((value) => value >= at(index)) || !near.some((value) => value <= at(index)))
        lost.push(index);
    });
    assert.deepEqual(lost, []);
  });
}

test('a curve that is short enough stays whole', () => {
  assert.deepEqual(decimate([3, 1, 2], 3), [0, 1, 2]);
  assert.deepEqual(decimate([3], 1), [0]);
  assert.deepEqual(decimate([], 10), []);
});

test('a single spike, up or down, is kept wherever it stands', () => {
  for (const spike of [-5, 5]) {
    for (const place of [0, 1, 49, 50, 51, 777, 998, 999]) {
      const values = Array.from({ length: 1000 }, (_, index) => (index === place ? spike : 0));
      assert.ok(decimate(values, 40).includes(place), `${spike} at ${place}`);
    }
  }
});

test('where a loss no longer fits into a number, that place is kept', () => {
  for (const place of [1, 500, 998]) {
    const values = Array.from({ length: 1000 }, (_, index) => (index === place ? null : index % 7));
    assert.ok(decimate(values, 40).includes(place), `null at ${place}`);
  }
});

test('a curve of nothing but nulls keeps its ends', () => {
  const kept = decimate(Array(1000).fill(null), 40);
  assert.deepEqual([kept[0], kept.at(-1)], [0, 999]);
});
