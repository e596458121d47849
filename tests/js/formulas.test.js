import { ACTIVATIONS, LOSSES } from '../../static/js/lib/formulas.js';
import { createFormat, setFormat } from '../../static/js/lib/format.js';
import { assert, filled, test } from './harness.js';
import { elements, written } from './made-up.js';

/** @typedef {import('../../static/js/lib/mathml.js').Maths} Maths */

const MARK = /^[^[\]]*\[\[[^[\]]+\]\][^[\]]*$/;
const TAGS = ['mrow', 'mi', 'mo', 'mn', 'mtext', 'msub', 'msup', 'mfrac', 'msqrt', 'munder'];
/** Elements that need just so many children, or a browser shows nonsense. @type {Record<string, number>} */
const CHILDREN = { msub: 2, msup: 2, mfrac: 2, msqrt: 1, munder: 2 };

/** @param {Maths} maths */
function check(maths) {
  for (const { tag, children } of filled(elements(maths))) {
    assert.ok(TAGS.includes(tag), tag);
    if (CHILDREN[tag]) assert.equal(children.length, CHILDREN[tag], tag);
    else assert.ok(children.length > 0, `an empty ${tag}`);
  }
  const text = written(maths);
  assert.equal(text.split('(').length, text.split(')').length, text);
  assert.ok(!/undefined|NaN|\[object/.test(text), text);
}

for (const [name, row] of Object.entries(ACTIVATIONS)) {
  test(`${name} is written as a formula of its own unit, with a sentence that marks one thing`, () => {
    [row.formula(0), row.formula(8), row.derivative(0), row.derivative(8)].forEach(check);
    assert.match(written(row.formula(2)), /^(?!.*[za][12456789]).*(z3|$)/);
    if (name !== 'step') assert.match(written(row.formula(2)), /z3/);
    assert.match(row.sentence, MARK);
    assert.ok(row.symbol.length > 0);
  });
}

for (const [name, row] of Object.entries(LOSSES)) {
  test(`${name} is written as a formula, its derivative for one unit, with a sentence that marks one thing`, () => {
    [row.formula, row.derivative(0), row.derivative(8)].forEach(check);
    assert.match(written(row.derivative(2)), /[ay]3/);
    assert.match(row.sentence, MARK);
  });
}

test('no two activations have one symbol', () => {
  const symbols = Object.values(ACTIVATIONS).map(({ symbol }) => symbol);
  assert.equal(new Set(symbols).size, symbols.length);
});

for (const [name, formula, derivative] of [
  ['identity', 'z1', '1'],
  ['tanh', 'tanh(z1)', '(1−a12)'],
  ['sigmoid', '11+e−z1', 'a1·(1−a1)'],
  ['elu', 'max(0,z1)+min(0,ez1−1)', 'min(1,ez1)'],
]) {
  test(`${name} and its slope are written as they are computed`, () => {
    assert.equal(written(ACTIVATIONS[name].formula(0)), formula);
    assert.equal(written(ACTIVATIONS[name].derivative(0)), derivative);
  });
}

test('a decimal in a formula is written as the language writes it', () => {
  try {
    setFormat(createFormat('ru'));
    assert.match(written(ACTIVATIONS.leaky_relu.formula(0)), /0,01/);
  } finally {
    setFormat(createFormat('en'));
  }
  assert.match(written(ACTIVATIONS.leaky_relu.formula(0)), /0\.01/);
});

test('the sum in a cross-entropy holds both of its terms', () => {
  assert.match(written(LOSSES.binary_cross_entropy.formula), /∑j\(.*\)$/);
});
