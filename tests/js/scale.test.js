import { logScale, nextNice, round } from '../../static/js/lib/scale.js';
import { assert, filled, test } from './harness.js';

/** As the learning rate's slider has it, and others. @type {[number, number, number][]} */
const SCALES = [
  [1e-4, 100, 600],
  [0.001, 10, 100],
  [1, 1000, 12],
  [0.5, 8, 40],
];

/** @param {number} low @param {number} high */
function niceBetween(low, high) {
  const nice = [];
  for (let power = -6; power <= 6; power += 1)
    for (const mantissa of [1, 2, 5]) nice.push(Number(`${mantissa}e${power}`));
  return nice.filter((one) => one >= low && one <= high);
}

for (const [low, high, stops] of SCALES) {
  const scale = logScale(low, high, stops);
  const name = `from ${low} to ${high} in ${stops} stops`;
  const positions = Array.from({ length: stops + 1 }, (_, position) => position);

  test(`a slider ${name} begins and ends there`, () => {
    assert.equal(scale.value(0), low);
    assert.equal(scale.value(stops), high);
    assert.equal(scale.position(low), 0);
    assert.equal(scale.position(high), stops);
  });

  test(`a slider ${name} never goes back while it is pushed on`, () => {
    const values = positions.map(scale.value);
    assert.ok(values.every((value, index) => index === 0 || value >= values[index - 1]));
    const back = values.map(scale.position);
    assert.ok(back.every((position, index) => index === 0 || position >= back[index - 1]));
  });

  test(`a slider ${name} comes back to where its value stands, up to the rounding of the value`, () => {
    for (const position of filled(positions)) {
      const exact = low * (high / low) ** (position / stops);
      const value = scale.value(position);
      const roundingInStops = (stops * Math.abs(Math.log(value / exact))) / Math.log(high / low);
      assert.ok(Math.abs(scale.position(value) - position) <= roundingInStops + 0.5 + 1e-6, `at ${position}`);
    }
  });

  test(`a slider ${name} stops at an end for what lies beyond`, () => {
    for (const beyond of [0, low / 2]) assert.equal(scale.position(beyond), 0);
    for (const beyond of [high * 2, 1e300]) assert.equal(scale.position(beyond), stops);
  });
}

test('equal ways on a slider are equal factors', () => {
  const { value } = logScale(0.001, 10, 40);
  assert.deepEqual([0, 10, 20, 30, 40].map(value), [0.001, 0.01, 0.1, 1, 10]);
});

test('every number that − and + go through can be set with the learning rate’s slider', () => {
  const { value, position } = logScale(1e-4, 100, 600);
  for (const one of filled(niceBetween(1e-4, 100))) assert.equal(value(position(one)), one);
});

test('numbers are rounded to significant digits', () => {
  assert.equal(round(0.012345, 2), 0.012);
  assert.equal(round(98765, 2), 99000);
  assert.equal(round(-1.25, 1), -1);
});

test('+ goes through 1, 2, 5, 10, 20, 50, and − goes back the same way', () => {
  const nice = niceBetween(1e-4, 1e4);
  for (let index = 1; index < nice.length; index += 1) {
    assert.equal(nextNice(nice[index - 1], 1), nice[index]);
    assert.equal(nextNice(nice[index], -1), nice[index - 1]);
  }
});

for (const [value, down, up] of [
  [0.7, 0.5, 1],
  [1.5, 1, 2],
  [9.99, 5, 10],
  [0.0003, 0.0002, 0.0005],
  [0.0501, 0.05, 0.1],
  [51, 50, 100],
]) {
  test(`from ${value} one comes down to ${down} and up to ${up}`, () => {
    assert.equal(nextNice(value, -1), down);
    assert.equal(nextNice(value, 1), up);
  });
}

test('a number that is nice but for its last bits counts as nice', () => {
  const sum = 0.1 + 0.2 - 0.1; // 0.20000000000000004
  assert.equal(nextNice(sum, -1), 0.1);
  assert.equal(nextNice(0.1 * 3 - 0.1, 1), 0.5);
});
