/**
 * How each activation and each loss is written, and what it does in a sentence.
 *
 * A new row of the engine's tables gets its row here; a test compares the names.
 * @typedef {import('./mathml.js').Maths} Maths
 * @typedef {{formula: (unit: number) => Maths, symbol: string, derivative: (unit: number) => Maths, sentence: string}} Activation
 * @typedef {{formula: Maths, derivative: (unit: number) => Maths, sentence: string}} Loss
 */

import { number } from './format.js';
import { msg, t } from './i18n.js';
import {
  digit,
  fraction,
  indexed,
  minus,
  name,
  operator,
  parentheses,
  plus,
  power,
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
const comma = operator(',');
const size = (/** @type {Maths} */ inner) => row(operator('|'), inner, operator('|'));
const outputs = name('m');
/** Mean over the m outputs. @param {Maths} inner */
const mean = (inner) => row(fraction(one, outputs), sum(j, inner));
const square = (/** @type {Maths} */ inner) => power(parentheses(inner), digit(2));
const positive = (/** @type {Maths} */ of) => row(text(t('1 if ')), of, operator('>'), digit(0));
const derivativeIsOne = () => one;
const hundredth = () => digit(number(0.01));

/** @type {Record<string, Activation>} */
export const ACTIVATIONS = {
  identity: {
    symbol: 'id',
    formula: z,
    derivative: derivativeIsOne,
    sentence: msg('No activation here: the unit [[passes z on]] as it is.'),
  },
  step: {
    symbol: 'step',
    formula: (unit) => positive(z(unit)),
    derivative: () => digit(0),
    sentence: msg(
      'All or nothing: the unit says [[1 if z is positive]], else 0. Its slope is 0, so nothing can be learnt through it.',
    ),
  },
  sigmoid: {
    symbol: 'σ',
    formula: (unit) => fraction(one, row(one, plus, power(name('e'), row(minus, z(unit))))),
    derivative: (unit) => row(a(unit), times, parentheses(one, minus, a(unit))),
    sentence: msg('The sigmoid [[squeezes z]] between 0 and 1: that is what the unit passes on.'),
  },
  tanh: {
    symbol: 'tanh',
    formula: (unit) => row(name('tanh'), parentheses(z(unit))),
    derivative: (unit) => parentheses(one, minus, power(a(unit), digit(2))),
    sentence: msg('Tanh [[squeezes z]] between −1 and 1: that is what the unit passes on.'),
  },
  relu: {
    symbol: 'ReLU',
    formula: (unit) => row(name('max'), parentheses(digit(0), comma, z(unit))),
    derivative: (unit) => parentheses(positive(z(unit))),
    sentence: msg('ReLU passes positive z on and [[cuts off the rest]] at 0.'),
  },
  leaky_relu: {
    symbol: 'LReLU',
    formula: (unit) => row(name('max'), parentheses(hundredth(), z(unit), comma, z(unit))),
    derivative: (unit) => parentheses(positive(z(unit)), text(', '), hundredth()),
    sentence: msg('Leaky ReLU passes positive z on and lets [[a hundredth of the rest]] through.'),
  },
  elu: {
    symbol: 'ELU',
    formula: (unit) =>
      row(
        row(name('max'), parentheses(digit(0), comma, z(unit))),
        plus,
        row(name('min'), parentheses(digit(0), comma, power(name('e'), z(unit)), minus, one)),
      ),
    derivative: (unit) => row(name('min'), parentheses(one, comma, power(name('e'), z(unit)))),
    sentence: msg('ELU passes positive z on and [[bends the rest]] towards −1.'),
  },
  gelu: {
    symbol: 'GELU',
    formula: (unit) => row(z(unit), times, name('Φ'), parentheses(z(unit))),
    derivative: (unit) => row(power(name('f'), operator('′')), parentheses(z(unit))),
    sentence: msg('GELU passes large z on and [[fades the rest out]] smoothly.'),
  },
  silu: {
    symbol: 'SiLU',
    formula: (unit) => row(z(unit), times, name('σ'), parentheses(z(unit))),
    derivative: (unit) => row(power(name('f'), operator('′')), parentheses(z(unit))),
    sentence: msg('SiLU is [[z times its own sigmoid]]: large z pass, the rest fades out.'),
  },
  softplus: {
    symbol: 'softplus',
    formula: (unit) => row(name('ln'), parentheses(one, plus, power(name('e'), z(unit)))),
    derivative: (unit) => row(name('σ'), parentheses(z(unit))),
    sentence: msg('Softplus is [[a ReLU without the corner]]: never negative, never quite 0.'),
  },
  softmax: {
    symbol: 'softmax',
    formula: (unit) => fraction(power(name('e'), z(unit)), sum(j, power(name('e'), sub(name('z'), j)))),
    derivative: (unit) => row(a(unit), times, parentheses(one, minus, a(unit))),
    sentence: msg(
      'Softmax turns the outputs into [[shares of one whole]]: each is positive, together they are 1.',
    ),
  },
};

/** @type {Record<string, Loss>} */
export const LOSSES = {
  mean_squared_error: {
    formula: mean(square(row(aj, minus, yj))),
    derivative: (unit) => row(fraction(digit(2), outputs), parentheses(a(unit), minus, y(unit))),
    sentence: msg(
      'How wrong is it? The difference between output and target, [[squared]], so that large mistakes count more.',
    ),
  },
  half_squared_error: {
    formula: sum(j, half, square(row(aj, minus, yj))),
    derivative: (unit) => row(a(unit), minus, y(unit)),
    sentence: msg(
      'How wrong is it? [[Half the squared difference]] between output and target, added up over the outputs.',
    ),
  },
  mean_absolute_error: {
    formula: mean(size(row(aj, minus, yj))),
    derivative: (unit) => row(fraction(one, outputs), name('sgn'), parentheses(a(unit), minus, y(unit))),
    sentence: msg('How wrong is it? The plain [[distance]] between output and target.'),
  },
  huber: {
    formula: mean(row(name('h'), parentheses(aj, minus, yj))),
    derivative: (unit) => row(fraction(one, outputs), name('clip'), parentheses(a(unit), minus, y(unit))),
    sentence: msg(
      'How wrong is it? [[Squared while small, straight when large]]: a single bad example cannot shout everyone down.',
    ),
  },
  hinge: {
    formula: mean(row(name('max'), parentheses(digit(0), comma, one, minus, yj, aj))),
    derivative: (unit) =>
      row(
        minus,
        fraction(y(unit), outputs),
        text(t(', if ')),
        y(unit),
        times,
        a(unit),
        operator('<'),
        one,
        text(t(', else 0')),
      ),
    sentence: msg(
      'How wrong is it? Nothing once the output is [[on the right side by 1]], else what is missing.',
    ),
  },
  binary_cross_entropy: {
    formula: row(
      minus,
      mean(
        parentheses(
          yj,
          name('ln'),
          aj,
          plus,
          parentheses(one, minus, yj),
          name('ln'),
          parentheses(one, minus, aj),
        ),
      ),
    ),
    derivative: (unit) =>
      row(
        fraction(one, outputs),
        fraction(row(a(unit), minus, y(unit)), row(a(unit), parentheses(one, minus, a(unit)))),
      ),
    sentence: msg(
      'How wrong is it? Cross-entropy asks how surprised one is by the right answer: [[sure and wrong costs most]].',
    ),
  },
  cross_entropy: {
    formula: row(minus, sum(j, yj, name('ln'), aj)),
    derivative: (unit) => row(minus, fraction(y(unit), a(unit))),
    sentence: msg(
      'How wrong is it? Cross-entropy looks at the share given to [[the right class]]: the smaller, the dearer.',
    ),
  },
};
