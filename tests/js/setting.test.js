import { featureName } from '../../static/js/lib/feature-names.js';
import { createFormat, setFormat } from '../../static/js/lib/format.js';
import { atMost, problemOf, settingOf, sliderOf, stepped } from '../../static/js/lib/setting.js';
import { assert, filled, test } from './harness.js';

/** @param {object} given */
const setting = (given) => settingOf({ name: 'made-up', label: 'Made up', ...given });
const whole = setting({ minimum: 1, maximum: 10_000, integer: true, default: 200, slider: [10, 1000] });
const share = setting({ minimum: 0, maximum: 0.5, default: 0.1, slider: [0, 0.5] });
const decay = setting({ minimum: 0, maximum: 1, exclusive_maximum: true, default: 0.9, slider: [0, 0.999] });
const tiny = setting({ minimum: 0, scale: 'log', slider: [1e-12, 1e-2], default: 1e-8 });
const free = setting({ default: 0.5, slider: [-2, 2] });
const seed = setting({ minimum: 0, maximum: 2 ** 53 - 1, integer: true });

for (const [what, one, good, bad] of /** @type {[string, typeof whole, number[], number[]][]} */ ([
  ['a whole number in a range', whole, [1, 200, 10_000], [0, 1.5, 10_001, NaN]],
  ['a number in a range', share, [0, 0.25, 0.5], [-0.1, 0.51, NaN, Infinity]],
  ['a number below another', decay, [0, 0.9999], [1, -1]],
  ['a number without end', tiny, [0, 1e9], [-1e-9]],
  ['any number', free, [-1e6, 0, 1e6], [NaN, -Infinity]],
  ['a seed', seed, [0, 7, 2 ** 53 - 1], [-1, 2 ** 53]],
])) {
  test(`${what} is taken where it fits, and refused in a sentence where not`, () => {
    for (const value of filled(good)) assert.equal(problemOf(one, value), null, String(value));
    for (const value of filled(bad))
      assert.match(problemOf(one, value) ?? '', /^A .*, such as .*\.$/, String(value));
  });
}

test('the sentence says what would be taken', () => {
  assert.equal(problemOf(whole, 0), 'A whole number from 1 to 10\u202f000, such as 200.');
  assert.equal(problemOf(decay, 1), 'A number from 0 to just below 1, such as 0.9.');
  assert.equal(problemOf(free, NaN), 'A number, such as 0.5.');
  assert.equal(problemOf(tiny, -1), 'A number, 0 or more, such as 1·10⁻⁸.');
  setFormat(createFormat('ru'));
  assert.equal(problemOf(share, 1), 'A number from 0 to 0,5, such as 0,1.');
  setFormat(createFormat('en'));
});

test('− and + go through numbers one can say', () => {
  assert.equal(stepped(whole, 200, 1), 210);
  assert.equal(stepped(whole, 204, -1), 200);
  assert.equal(stepped(share, 0.1, 1), 0.12);
  assert.equal(stepped(share, 0.11, -1), 0.1);
  assert.equal(stepped(tiny, 1e-8, 1), 2e-8);
  assert.equal(stepped(seed, 7, 1), 8);
  assert.equal(stepped(free, 0, -1), -0.2);
});

test('− and + stop where a slider ends, and at what is accepted', () => {
  assert.equal(stepped(share, 0.49, 1), 0.5);
  assert.equal(stepped(share, 0.5, 1), 0.5);
  assert.equal(stepped(share, 0, -1), 0);
  assert.equal(stepped(seed, 0, -1), 0);
  assert.equal(stepped(decay, 0.99, 1), 0.999);
});

test('on a scale of equal factors, below the smallest is 0, and back', () => {
  assert.equal(stepped(tiny, 1e-12, -1), 0);
  assert.equal(stepped(tiny, 0, 1), 1e-12);
  assert.equal(stepped(tiny, 0, -1), 0);
});

test('every press of + and back changes the number or stands at an end', () => {
  for (const one of [whole, share, decay, tiny, free]) {
    let value = one.default;
    for (let press = 0; press < 400; press += 1) {
      const next = stepped(one, value, 1);
      assert.ok(next >= value, `${value} went down to ${next}`);
      assert.equal(problemOf(one, next), null, String(next));
      if (next === value) break;
      value = next;
    }
  }
});

test('a slider has the range of its setting, and none where there is no range', () => {
  assert.equal(sliderOf(seed), null);
  const linear = sliderOf(share);
  assert.deepEqual([linear?.low, linear?.high], [0, 0.5]);
  const log = sliderOf(tiny);
  assert.close(log?.value(log.position(1e-8)) ?? 0, 1e-8, 1e-10);
});

test('a setting can be held below what else is there', () => {
  assert.equal(problemOf(atMost(whole, 50), 51) === null, false);
  assert.deepEqual(atMost(whole, 50).slider, [10, 50]);
  assert.equal(atMost(whole, 20_000), whole);
});

test('features are written as in mathematics', () => {
  assert.deepEqual(['x1', 'x2^2', 'x1*x2', 'sin(x1)'].map(featureName), ['x₁', 'x₂²', 'x₁·x₂', 'sin x₁']);
});

test('a slider has its own ends and fine steps; one of equal factors has positions', () => {
  assert.equal(sliderOf(seed), null);
  const log = /** @type {NonNullable<ReturnType<typeof sliderOf>>} */ (sliderOf(tiny));
  assert.deepEqual([log.low, log.high, log.step], [0, 300, 1]);
  assert.deepEqual(
    [log.position(1e-12), log.position(1e-2), log.value(0), log.value(300)],
    [0, 300, 1e-12, 0.01],
  );
  const linear = /** @type {NonNullable<ReturnType<typeof sliderOf>>} */ (sliderOf(free));
  // 4 in a thousand parts, by the next of 1, 2, 5.
  assert.deepEqual([linear.low, linear.high, linear.step], [-2, 2, 0.005]);
  assert.deepEqual([linear.value(0.3), linear.position(0.3)], [0.3, 0.3]);
  assert.equal(sliderOf(whole)?.step, 10);
  assert.equal(setting({}).default, 0);
});

test('a step along a slider stops at its end, and goes on from there or from beyond', () => {
  const near = setting({ minimum: 0, maximum: 2, default: 0.5, slider: [0, 0.95] });
  assert.deepEqual([stepped(near, 0.93, 1), stepped(near, 0.03, -1)], [0.95, 0]);
  assert.ok(stepped(near, 0.95, 1) > 0.95 && stepped(near, 1.5, 1) > 1.5);
  assert.equal(stepped(near, 2, 1), 2);
  assert.equal(stepped(near, 0, -1), 0);
  assert.ok(stepped(free, -2, -1) < -2);
});
