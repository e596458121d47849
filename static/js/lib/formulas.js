/**
 * How each activation and each loss is written, and what it does in a sentence.
 *
 * A new row of the engine's tables gets its row here; a test compares the names.
 * @typedef {import('./mathml.js').Maths} Maths
 * @typedef {{formula: (unit: number) => Maths, symbol: string, derivative: (unit: number) => Maths, sentence: string,
 *   of: (z: Maths) => Maths, slope: (z: Maths, a: Maths) => Maths, where: (unit: number) => Maths[]}} Activation
 *   `where`: lines that say what else the letters of the derivative stand for
 * @typedef {{formula: Maths, derivative: (unit: number) => Maths, sentence: string,
 *   slope: (a: Maths, y: Maths, m: Maths) => Maths, one: (a: Maths, y: Maths, m: Maths) => Maths,
 *   whole: (terms: [Maths, Maths][]) => Maths[]}} Loss
 *   `one` is what a single output adds, `whole` the formula with predictions and targets put in, a line an output
 */

import { number } from './format.js';
import { msg, t } from './i18n.js';
import {
  digit,
  equals,
  fraction,
  indexed,
  minus,
  name,
  operator,
  parentheses,
  plus,
  power,
  root,
  row,
  sub,
  sum,
  text,
  times,
} from './mathml.js';

const one = digit(1);
const half = fraction(one, digit(2));
const z = (/** @type {number} */ unit) => indexed('z', unit);
const a = (/** @type {number} */ unit) => indexed('a', unit);
const y = (/** @type {number} */ unit) => indexed('y', unit);
const j = name('j');
const aj = sub(name('a'), j);
const yj = sub(name('y'), j);
/** What keeps two values apart: where decimals have a comma, a comma is not enough. */
const comma = () => operator(number(0.5).includes(',') ? ';' : ',');
const size = (/** @type {Maths} */ inner) => row(operator('|'), inner, operator('|'));
const outputs = name('m');
/** Mean over the m outputs. @param {Maths} inner */
const mean = (inner) => row(fraction(one, outputs), sum(j, inner));
const square = (/** @type {Maths} */ inner) => power(parentheses(inner), digit(2));
const hundredth = () => digit(number(0.01));
/** The share of z³ in GELU, all digits of it. */
const cubic = () => digit(number(0.044715, { digits: 5 }));
/** What GELU's sigmoid is taken of, and how fast that grows with z. */
const gate = (/** @type {Maths} */ z) => [
  root(fraction(digit(8), name('π'))),
  times,
  parentheses(z, plus, cubic(), times, power(z, digit(3))),
];
const gateSlope = (/** @type {Maths} */ z) => [
  root(fraction(digit(8), name('π'))),
  times,
  parentheses(one, plus, digit(3), times, cubic(), times, power(z, digit(2))),
];
const prime = (/** @type {string} */ letter) => power(name(letter), operator('′'));

/**
 * A row of the activations from how a is made of z, `of(z)`, and its slope, `slope(z, a)`.
 * @param {string} symbol
 * @param {(z: Maths) => Maths} of
 * @param {(z: Maths, a: Maths) => Maths} slope
 * @param {string} sentence
 * @param {(z: Maths) => Maths[]} [where]
 * @returns {Activation}
 */
const activation = (symbol, of, slope, sentence, where = () => []) => ({
  symbol,
  of,
  slope,
  sentence,
  formula: (unit) => of(z(unit)),
  derivative: (unit) => slope(z(unit), a(unit)),
  where: (unit) => where(z(unit)),
});

/** One thing or another. @param {Maths} first @param {Maths} condition @param {Maths} second */
const cases = (first, condition, second) => [first, text(t(', if ')), condition, text(t(', else ')), second];
const isPositive = (/** @type {Maths} */ z) => row(z, operator('>'), digit(0));
const function_ = (/** @type {string} */ letter, /** @type {Maths[]} */ ...of) =>
  row(name(letter), parentheses(...of));
const exponential = (/** @type {Maths} */ of) => power(name('e'), of);
const shareSlope = (/** @type {Maths} */ _z, /** @type {Maths} */ a) =>
  row(a, times, parentheses(one, minus, a));
/** The slope of z · σ(v), where v grows with z as fast as `more` says. @param {Maths} v @param {Maths} a @param {...Maths} more */
const gatedSlope = (v, a, ...more) =>
  parentheses(
    function_('σ', v),
    plus,
    a,
    times,
    parentheses(one, minus, function_('σ', v)),
    ...(more.length > 0 ? [times, ...more] : []),
  );

/** @type {Record<string, Activation>} */
export const ACTIVATIONS = {
  identity: activation(
    'id',
    (z) => z,
    () => one,
    msg('No activation here: the unit [[passes z on]] as it is.'),
  ),
  step: activation(
    'step',
    (z) => row(...cases(one, isPositive(z), digit(0))),
    () => digit(0),
    msg(
      'All or nothing: the unit says [[1 if z is positive]], else 0. Its slope is 0, so nothing can be learnt through it.',
    ),
  ),
  sigmoid: activation(
    'σ',
    (z) => fraction(one, row(one, plus, exponential(row(minus, z)))),
    shareSlope,
    msg('The sigmoid [[squeezes z]] between 0 and 1: that is what the unit passes on.'),
  ),
  tanh: activation(
    'tanh',
    (z) => function_('tanh', z),
    (_z, a) => parentheses(one, minus, power(a, digit(2))),
    msg('Tanh [[squeezes z]] between −1 and 1: that is what the unit passes on.'),
  ),
  relu: activation(
    'ReLU',
    (z) => function_('max', digit(0), comma(), z),
    (z) => parentheses(...cases(one, isPositive(z), digit(0))),
    msg('ReLU passes positive z on and [[cuts off the rest]] at 0.'),
  ),
  leaky_relu: activation(
    'LReLU',
    (z) => function_('max', hundredth(), times, z, comma(), z),
    (z) => parentheses(...cases(one, isPositive(z), hundredth())),
    msg('Leaky ReLU passes positive z on and lets [[a hundredth of the rest]] through.'),
  ),
  elu: activation(
    'ELU',
    (z) =>
      row(
        function_('max', digit(0), comma(), z),
        plus,
        function_('min', digit(0), comma(), exponential(z), minus, one),
      ),
    (z) => function_('min', one, comma(), exponential(z)),
    msg('ELU passes positive z on and [[bends the rest]] towards −1.'),
  ),
  gelu: activation(
    'GELU',
    (z) => row(z, times, function_('σ', ...gate(z))),
    (_z, a) => gatedSlope(name('v'), a, prime('v')),
    msg('GELU passes large z on and [[fades the rest out]] smoothly.'),
    (z) => [row(name('v'), equals, ...gate(z)), row(prime('v'), equals, ...gateSlope(z))],
  ),
  silu: activation(
    'SiLU',
    (z) => row(z, times, function_('σ', z)),
    gatedSlope,
    msg('SiLU is [[z times its own sigmoid]]: large z pass, the rest fades out.'),
  ),
  softplus: activation(
    'softplus',
    (z) => function_('ln', one, plus, exponential(z)),
    (z) => function_('σ', z),
    msg('Softplus is [[a ReLU without the corner]]: never negative, never quite 0.'),
  ),
  softmax: activation(
    'softmax',
    (z) => fraction(exponential(z), sum(j, exponential(sub(name('z'), j)))),
    shareSlope,
    msg('Softmax turns the outputs into [[shares of one whole]]: each is positive, together they are 1.'),
  ),
};

/**
 * A row of the losses from what one output adds, `part(a, y)`, and its slope by a, `slope(a, y, m)`.
 * @param {(a: Maths, y: Maths) => Maths} part
 * @param {(a: Maths, y: Maths, m: Maths) => Maths} slope
 * @param {string} sentence
 * @param {{isMean?: boolean, isNegative?: boolean}} [how]  the parts' mean or sum, and with which sign
 * @returns {Loss}
 */
function loss(part, slope, sentence, { isMean = true, isNegative = false } = {}) {
  const sign = isNegative ? [minus] : [];
  const inner = isNegative ? parentheses(part(aj, yj)) : part(aj, yj);
  return {
    formula: row(...sign, isMean ? mean(inner) : sum(j, inner)),
    derivative: (unit) => slope(a(unit), y(unit), outputs),
    slope,
    sentence,
    one: (a, y, m) =>
      row(...sign, ...(isMean ? perOutput(m) : []), isNegative ? parentheses(part(a, y)) : part(a, y)),
    whole(terms) {
      const share = isMean && terms.length > 1 ? [fraction(one, digit(terms.length))] : [];
      const isGrouped = isNegative || share.length > 0;
      return terms.map(([prediction, target], index) => {
        const isLast = index === terms.length - 1;
        const before = index ? [plus] : [...sign, ...share, ...(isGrouped ? [operator('(')] : [])];
        return row(...before, part(prediction, target), ...(isGrouped && isLast ? [operator(')')] : []));
      });
    },
  };
}

/** 1/m, or nothing where there is one output. @param {Maths} m */
const perOutput = (m) => (m.children[0] === '1' ? [] : [fraction(one, m), times]);

/** @type {Record<string, Loss>} */
export const LOSSES = {
  mean_squared_error: loss(
    (a, y) => square(row(a, minus, y)),
    (a, y, m) => row(...perOutput(m), digit(2), times, parentheses(a, minus, y)),
    msg(
      'How wrong is it? The difference between output and target, [[squared]], so that large mistakes count more.',
    ),
  ),
  half_squared_error: loss(
    (a, y) => row(half, square(row(a, minus, y))),
    (a, y) => parentheses(a, minus, y),
    msg(
      'How wrong is it? [[Half the squared difference]] between output and target, added up over the outputs.',
    ),
    { isMean: false },
  ),
  mean_absolute_error: loss(
    (a, y) => size(row(a, minus, y)),
    (a, y, m) => row(...perOutput(m), name('sgn'), parentheses(a, minus, y)),
    msg('How wrong is it? The plain [[distance]] between output and target.'),
  ),
  huber: loss(
    (a, y) =>
      parentheses(
        ...cases(
          row(half, square(row(a, minus, y))),
          row(size(row(a, minus, y)), operator('≤'), one),
          row(size(row(a, minus, y)), minus, half),
        ),
      ),
    (a, y, m) =>
      row(
        ...perOutput(m),
        function_('max', minus, one, comma(), function_('min', one, comma(), a, minus, y)),
      ),
    msg(
      'How wrong is it? [[Squared while small, straight when large]]: a single bad example cannot shout everyone down.',
    ),
  ),
  hinge: loss(
    (a, y) => row(name('max'), parentheses(digit(0), comma(), one, minus, y, times, a)),
    (a, y, m) =>
      parentheses(
        ...cases(row(...perOutput(m), parentheses(minus, y)), row(y, times, a, operator('<'), one), digit(0)),
      ),
    msg('How wrong is it? Nothing once the output is [[on the right side by 1]], else what is missing.'),
  ),
  binary_cross_entropy: loss(
    (a, y) =>
      row(
        y,
        times,
        name('ln'),
        a,
        plus,
        parentheses(one, minus, y),
        times,
        name('ln'),
        parentheses(one, minus, a),
      ),
    (a, y, m) => row(...perOutput(m), fraction(row(a, minus, y), row(a, times, parentheses(one, minus, a)))),
    msg(
      'How wrong is it? Cross-entropy asks how surprised one is by the right answer: [[sure and wrong costs most]].',
    ),
    { isNegative: true },
  ),
  cross_entropy: loss(
    (a, y) => row(y, times, name('ln'), a),
    (a, y) => parentheses(minus, fraction(y, a)),
    msg(
      'How wrong is it? Cross-entropy looks at the share given to [[the right class]]: the smaller, the dearer.',
    ),
    { isMean: false, isNegative: true },
  ),
};
