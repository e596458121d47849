/** The tester, tested: what should fail fails, and is reported as failed. */

import { assert, AssertionFailure, createSuite, filled, test } from './harness.js';

/** Assertions that must fail, each with what it should say. @type {[string, () => unknown, RegExp][]} */
const FAILING = [
  ['ok', () => assert.ok(0), /expected something true, but got 0/],
  ['equal', () => assert.equal(1, 2), /expected 2, but got 1/],
  ['equal of kinds', () => assert.equal('1', 1), /expected 1, but got "1"/],
  ['equal of zeros', () => assert.equal(-0, 0), /expected 0, but got -0/],
  ['equal of undefined', () => assert.equal(undefined, null), /expected null, but got undefined/],
  [
    'deepEqual deep inside',
    () => assert.deepEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }),
    /differs at \.a\[1\]\.b/,
  ],
  ['deepEqual of lengths', () => assert.deepEqual([1, 2], [1]), /differs at \[1\]/],
  ['deepEqual of a missing key', () => assert.deepEqual({}, { a: undefined }), /differs at \.a/],
  ['deepEqual of kinds', () => assert.deepEqual([], {}), /differs at the top/],
  [
    'deepEqual of arrays of numbers',
    () => assert.deepEqual(new Float64Array([1]), new Float64Array([2])),
    /\[0\]/,
  ],
  ['deepEqual of maps', () => assert.deepEqual(new Map([[1, 2]]), new Map([[1, 3]])), /Map/],
  ['close', () => assert.close(1, 1.001, 1e-4), /not within 0.0001: expected 1.001, but got 1/],
  ['close of NaN', () => assert.close(NaN, 1), /but got NaN/],
  ['close of infinities', () => assert.close(Infinity, -Infinity), /but got Infinity/],
  ['close of arrays', () => assert.close([1, 2], [1, 3]), /expected \[1, 3\]/],
  ['close of lengths', () => assert.close([1, 2], [1]), /expected \[1\]/],
  ['match', () => assert.match('abc', /x/), /expected \/x\/, but got "abc"/],
  ['throws without an error', () => assert.throws(() => 1), /none was thrown/],
  [
    'throws with another error',
    () =>
      assert.throws(() => {
        throw new Error('no');
      }, /yes/),
    /another error/,
  ],
];

for (const [name, body, pattern] of FAILING) {
  test(`a wrong ${name} is caught`, () => {
    let caught = null;
    try {
      body();
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof AssertionFailure)) throw new Error('nothing was caught');
    if (!pattern.test(caught.message)) throw new Error(`the message is: ${caught.message}`);
  });
}

test('what is right passes', () => {
  assert.ok('text');
  assert.equal(NaN, NaN);
  assert.deepEqual({ a: [1, new Set([2])], b: null }, { a: [1, new Set([2])], b: null });
  assert.close(0.1 + 0.2, 0.3);
  assert.close(new Float64Array([1e12]), [1e12 + 1]);
  assert.close([[1], [Infinity]], [[1], [Infinity]]);
  assert.match('abc', /b/);
  const error = assert.throws(() => {
    throw new TypeError('not a number');
  }, /not a/);
  assert.ok(error instanceof TypeError);
});

test('a promise that is rejected is an error, one that is kept is none', async () => {
  await assert.rejects(async () => {
    throw new Error('later');
  }, /later/);
  await assert.rejects(() => assert.rejects(async () => 1), /none came/);
});

test('the runner reports what failed, by name and reason, and goes on', async () => {
  const suite = createSuite();
  suite.test('is right', () => assert.ok(1));
  suite.test('asserts nothing', () => {});
  suite.test('is wrong', () => assert.equal(1, 2));
  suite.test('is wrong later', async () => {
    await null;
    assert.equal(3, 4);
  });
  suite.test('throws no error', () => {
    throw 'a word';
  });
  const results = await suite.run();
  assert.deepEqual(
    results.map(({ name, passed }) => [name, passed]),
    [
      ['is right', true],
      ['asserts nothing', false],
      ['is wrong', false],
      ['is wrong later', false],
      ['throws no error', false],
    ],
  );
  assert.match(results[1].message, /asserted nothing/);
  assert.match(results[2].message, /expected 2, but got 1/);
  assert.match(results[3].message, /expected 4, but got 3/);
  assert.match(results[4].message, /a word/);
});

test('two tests of one name are refused', () => {
  const suite = createSuite();
  suite.test('same', () => {});
  assert.throws(() => suite.test('same', () => {}), /same/);
});

test('what is gone through is filled, or the test fails', () => {
  assert.deepEqual(filled(new Set([1, 2])), [1, 2]);
  assert.throws(() => filled([]), /nothing here/);
});
