import {
  count,
  createFormat,
  full,
  number,
  parse,
  powerOfTen,
  setFormat,
} from '../../static/js/lib/format.js';
import { assert, test } from './harness.js';

const english = createFormat('en');
const russian = createFormat('ru');

for (const [value, expected] of /** @type {[number, string][]} */ ([
  [0, '0'],
  [1, '1'],
  [0.4, '0.4'],
  [0.35891648, '0.3589'],
  [-0.082167041, '−0.08217'],
  [12.3456, '12.35'],
  [1234.5, '1235'],
  [0.1 + 0.2, '0.3'],
  [1e-4, '0.0001'],
  [0.000099999, '0.0001'],
  [0.00009999, '9.999·10⁻⁵'],
  [3.510188e-5, '3.51·10⁻⁵'],
  [-2e-12, '−2·10⁻¹²'],
  [999_949, '999900'],
  [999_950, '1·10⁶'],
  [1e6, '1·10⁶'],
  [-1.2345e108, '−1.234·10¹⁰⁸'],
  [Number.MIN_VALUE, '5·10⁻³²⁴'],
])) {
  test(`${value} is written ${expected}`, () => {
    assert.equal(english.number(value), expected);
    assert.equal(russian.number(value), expected.replace('.', ','));
  });
}

test('a negative zero is zero', () => {
  assert.equal(english.number(-0), '0');
  assert.equal(english.count(-0), '0');
});

test('one may ask for more digits, or fewer', () => {
  assert.equal(english.number(0.298371109, { digits: 9 }), '0.298371109');
  assert.equal(english.number(0.298371109, { digits: 2 }), '0.3');
  assert.equal(english.number(0.298371109, { digits: 1 }), '0.3');
});

test('a plus is written only when it is asked for, and never before zero', () => {
  assert.equal(english.number(0.5, { sign: true }), '+0.5');
  assert.equal(english.number(-0.5, { sign: true }), '−0.5');
  assert.equal(english.number(0, { sign: true }), '0');
  assert.equal(english.number(2e-9, { sign: true }), '+2·10⁻⁹');
});

test('a number that no longer fits is written as the caller says', () => {
  for (const value of [null, NaN, Infinity, -Infinity]) {
    assert.equal(english.number(value), '∞');
    assert.equal(english.full(value), '∞');
    assert.equal(russian.number(value, { overflow: 'слишком велико' }), 'слишком велико');
    assert.equal(russian.full(value, { overflow: 'слишком велико' }), 'слишком велико');
  }
});

test('all digits of a double can be shown', () => {
  assert.equal(english.full(0.1 + 0.2), '0.30000000000000004');
  assert.equal(russian.full(-0.1), '−0,1');
  assert.equal(english.full(-0), '0');
  assert.equal(english.full(3.510188123456789e-5), '3.510188123456789·10⁻⁵');
  assert.equal(russian.full(Number.MAX_VALUE), '1,7976931348623157·10³⁰⁸');
});

test('what is written in full is read as the same number', () => {
  const random = [1, -1].flatMap((sign) =>
    Array.from({ length: 300 }, (_, i) => sign * Math.abs(Math.sin(i + 1)) * 10 ** ((i % 60) - 30)),
  );
  for (const value of [...random, Number.MIN_VALUE, Number.MAX_VALUE, 1e21, 123456.789, 0]) {
    for (const format of [english, russian]) assert.equal(format.parse(format.full(value)), value);
  }
});

test('whole numbers have their thousands apart from ten thousand on', () => {
  assert.equal(english.count(0), '0');
  assert.equal(english.count(9999), '9999');
  assert.equal(english.count(10_000), '10\u202f000');
  assert.equal(russian.count(1_234_567), '1\u202f234\u202f567');
  assert.equal(russian.count(-123_456), '−123\u202f456');
  assert.equal(english.count(-5), '−5');
});

for (const [text, expected] of /** @type {[string, number][]} */ ([
  ['0,5', 0.5],
  ['0.5', 0.5],
  ['.5', 0.5],
  [',5', 0.5],
  ['5.', 5],
  ['−0,5', -0.5],
  ['-0.5', -0.5],
  ['+3', 3],
  ['1e-3', 0.001],
  ['1,5E3', 1500],
  ['1e−3', 0.001],
  ['  2 ', 2],
  ['12\u202f345', 12345],
  ['3,51·10⁻⁵', 3.51e-5],
  ['−10⁻⁵', -1e-5],
  ['+10⁷', 1e7],
  ['', NaN],
  [' ', NaN],
  ['abc', NaN],
  ['1.2.3', NaN],
  ['1,2,3', NaN],
  ['1.2,3', NaN],
  ['1 2', NaN],
  ['0x10', NaN],
  ['1e', NaN],
  ['e3', NaN],
  ['.', NaN],
  ['-', NaN],
  ['--1', NaN],
  ['1e999', NaN],
  ['Infinity', NaN],
  ['∞', NaN],
])) {
  test(`“${text}” is read as ${expected}`, () => assert.equal(parse(text), expected));
}

test('a power of ten alone is written without the 1 before it', () => {
  assert.equal(powerOfTen(english.number(1e-5)), '10⁻⁵');
  assert.equal(powerOfTen(english.number(-1e-5)), '−10⁻⁵');
  for (const value of [1, 0.1, 2e-5, 1.1e-7, 1.5e8])
    assert.equal(powerOfTen(english.number(value)), english.number(value));
});

test('the functions that views import use the format that was set', () => {
  assert.equal(number(-0.5), '−0.5');
  setFormat(russian);
  assert.equal(number(0.5, { sign: true }), '+0,5');
  assert.equal(full(0.25), '0,25');
  assert.equal(count(10_000), '10\u202f000');
  setFormat(english);
  assert.equal(number(0.5), '0.5');
});
