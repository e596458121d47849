import { formula } from '../../static/js/dom.js';
import {
  added,
  factor,
  gradient,
  indexed,
  name,
  operator,
  parentheses,
  row,
  sum,
  text,
  value,
  weight,
} from '../../static/js/lib/mathml.js';
import { assert, test } from './harness.js';
import { elements, written } from './made-up.js';

/** The numbers of a formula with their colours. @param {import('../../static/js/lib/mathml.js').Maths} maths */
const numbers = (maths) =>
  elements(maths)
    .filter(({ tag }) => tag === 'mn')
    .map((one) => [written(one), one.attributes.class]);

for (const [number, text, colour] of /** @type {[number | null, string, string][]} */ ([
  [0.5, '0.5', 'positive'],
  [-0.5, '−0.5', 'negative'],
  [0, '0', 'zero'],
  [-0, '0', 'zero'],
  [null, '∞', 'zero'],
  [1e-300, '1·10⁻³⁰⁰', 'positive'],
  [-1e-300, '−1·10⁻³⁰⁰', 'negative'],
])) {
  test(`${Object.is(number, -0) ? '−0' : number} is written ${text}, in the colour of what is ${colour}`, () => {
    assert.deepEqual(numbers(value(number)), [[text, colour]]);
    assert.deepEqual(numbers(value(number, { strong: true })), [[text, `${colour} strong`]]);
  });
}

test('a plus is written where it is asked for, and only before what is positive', () => {
  assert.deepEqual(
    [0.5, -0.5, 0].map((one) => written(value(one, { sign: true }))),
    ['+0.5', '−0.5', '0'],
  );
});

test('a negative factor stands in parentheses, any other does not', () => {
  assert.deepEqual(
    [0.5, -0.5, 0, -0, null].map((one) => written(factor(one))),
    ['0.5', '(−0.5)', '0', '0', '∞'],
  );
  assert.deepEqual(numbers(factor(-0.5)), [['−0.5', 'negative']]);
});

for (const [terms, text] of /** @type {[(number | null)[], string][]} */ ([
  [[1], '1'],
  [[-1], '−1'],
  [[1, 2], '1+2'],
  [[1, -2, 3], '1−2+3'],
  [[-1, -2], '−1−2'],
  [[1, 0], '1+0'],
  [[1, null], '1+∞'],
  [[null, -1], '∞−1'],
])) {
  test(`${text} is how ${terms.join(' and ')} are added`, () => {
    const sum = added(terms);
    assert.equal(written(sum), text);
    const colours = terms.map((one) =>
      one === null || one === 0 ? 'zero' : one < 0 ? 'negative' : 'positive',
    );
    assert.deepEqual(
      numbers(sum).map(([, colour]) => colour),
      colours,
    );
  });
}

test('a name of one letter is a variable, a longer one a function', () => {
  assert.deepEqual(name('z').attributes, {});
  assert.deepEqual(name('tanh').attributes, { mathvariant: 'normal' });
});

test('units are counted from 1', () => {
  assert.equal(written(indexed('z', 0)), 'z1');
  assert.equal(written(weight(0, 1)), 'w12');
});

test('the indices of a weight stay apart where one of them has two digits', () => {
  const all = Array.from({ length: 12 }, (_, unit) =>
    Array.from({ length: 12 }, (_, input) => written(weight(unit, input))),
  ).flat();
  assert.equal(new Set(all).size, 144);
  assert.equal(written(weight(0, 10)), 'w1,11');
  assert.equal(written(weight(10, 0)), 'w11,1');
});

test('a gradient is a fraction of two differentials, in the colour of what flows back', () => {
  const { tag, children } = gradient(indexed('a', 0));
  assert.equal(tag, 'mfrac');
  assert.deepEqual(children.map(written), ['∂L', '∂a1']);
  assert.ok(children.every((child) => typeof child !== 'string' && child.attributes.class === 'back'));
});

test('a sum has its index below and its body behind', () => {
  assert.equal(written(sum(name('i'), parentheses(name('x')))), '∑i(x)');
});

test('words in a formula keep the space at their ends, which MathML would drop', () => {
  const made = formula(row(text(', if '), operator('|'), text('a b')));
  assert.equal(made.textContent, ', if\u00a0|a b');
  assert.equal(formula(row(text(' so '))).textContent, '\u00a0so\u00a0');
});
