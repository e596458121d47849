/**
 * The forward pass and the loss, told: one function for each kind of operation.
 *
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('./parts.js').Scene} Scene
 * @typedef {import('./parts.js').Teller} Teller
 */

import { ACTIVATIONS, LOSSES } from '../formulas.js';
import { featureName } from '../feature-names.js';
import { t, tn } from '../i18n.js';
import {
  added,
  digit,
  equals,
  factor,
  fraction,
  indexed,
  name,
  operator,
  parentheses,
  plus,
  row,
  sub,
  sum,
  times,
  value,
  weight,
} from '../mathml.js';
import { INLINE, entering, isAs, line, nothing, products, sumOf } from './parts.js';

/** What a feature is made of, in words. @param {string} feature */
function madeOf(feature) {
  if (feature.startsWith('sin'))
    return t('The network is also shown [[the sine]] of an input, as one more input.');
  if (feature.includes('^2'))
    return t('The network is also shown an input [[times itself]], as one more input.');
  if (feature.includes('*'))
    return t('The network is also shown [[the product]] of its inputs, as one more input.');
  return t('This input goes in [[as it is]].');
}

/** @type {Record<string, Teller>} */
export const FORWARD = {
  feature: (operation, scene) => {
    const feature = scene.features?.[Number(operation.input)] ?? '';
    const [term] = operation.terms;
    const source = indexed('x', Number(term?.index));
    const isSine = feature.startsWith('sin');
    const isProduct = feature.includes('*');
    const isSquare = feature.includes('^2');
    const formula = isSine
      ? row(name('sin'), source)
      : isProduct
        ? row(source, times, indexed('x', 1 - Number(term?.index)))
        : isSquare
          ? row(source, times, source)
          : source;
    const numbers = isSine
      ? [isAs(row(name('sin'), parentheses(value(term.left))))]
      : isProduct || isSquare
        ? [isAs(value(term.left), times, factor(term.right))]
        : [];
    const written = name(featureName(feature));
    return {
      ...nothing,
      sentence: madeOf(feature),
      lines: [line(written, equals, formula), ...numbers],
      name: written,
      spoken: featureName(feature),
    };
  },

  z: (operation) => {
    const unit = Number(operation.unit);
    const letter = entering(Number(operation.layer));
    const many = operation.terms.length > INLINE;
    const i = name('i');
    const short = operation.terms.flatMap((_, input) => [
      ...(input ? [plus] : []),
      weight(unit, input),
      times,
      indexed(letter, input),
    ]);
    const long = [sum(i, sub(name('w'), row(digit(unit + 1), i)), times, sub(name(letter), i))];
    const written = sumOf(
      operation,
      (term) => row(weight(unit, term.index), times, indexed(letter, term.index)),
      operation.bias,
    );
    return {
      ...written,
      sentence: t('Each input times its weight, [[all added up]], and the bias on top: the weighted sum z.'),
      lines: [
        line(indexed('z', unit), equals, ...(many ? long : short), plus, indexed('b', unit)),
        ...written.lines,
      ],
      name: indexed('z', unit),
      spoken: 'z',
    };
  },

  a: (operation, scene) => {
    const unit = Number(operation.unit);
    const row_ = ACTIVATIONS[scene.activations[Number(operation.layer)]];
    // Softmax looks at the z of all units.
    const mixed = operation.terms.flatMap((term, index) => [
      ...(index ? [operator(';')] : []),
      value(term.left),
    ]);
    return {
      ...nothing,
      sentence: t(row_.sentence),
      lines: [
        line(indexed('a', unit), equals, row_.formula(unit)),
        mixed.length > 0
          ? isAs(sub(name(row_.symbol), digit(unit + 1)), parentheses(...mixed))
          : isAs(row_.of(factor(operation.z))),
      ],
      name: indexed('a', unit),
      spoken: t('output a'),
    };
  },

  example_loss: (operation, scene) => {
    const { terms } = operation;
    const row_ = LOSSES[scene.loss];
    const lines = [line(name('L'), equals, row_.formula)];
    if (terms.length <= INLINE) {
      const [first, ...others] = row_.whole(terms.map((term) => [factor(term.left), factor(term.right)]));
      lines.push(isAs(first), ...others);
    }
    if (terms.length > 1 && terms.length <= INLINE) lines.push(isAs(added(products(terms))));
    return {
      rows:
        terms.length > INLINE
          ? terms.map(({ index, left, right, product }) => ({
              label: indexed('L', index),
              numbers: row_.one(factor(left), factor(right), digit(terms.length)),
              product,
            }))
          : [],
      rest: null,
      sentence: t(LOSSES[scene.loss].sentence),
      lines,
      name: name('L'),
      spoken: scene.examples > 1 ? t('loss of this example') : t('loss'),
    };
  },

  batch_loss: (operation, scene) => {
    const isMean = scene.reduction === 'mean';
    const n = name('n');
    const whole = sum(n, sub(name('L'), n));
    const penalty = operation.penalty ? [plus, value(operation.penalty)] : [];
    const written =
      operation.terms.length > INLINE || operation.rest
        ? sumOf(operation, (term) => indexed('L', term.index), operation.penalty || null)
        : { lines: [isAs(added(products(operation.terms)), ...penalty)], ...nothing };
    return {
      ...written,
      sentence: isMean
        ? tn(
            'The loss of the batch is [[the mean]] over its {count} example.',
            'The loss of the batch is [[the mean]] over its {count} examples.',
            scene.examples,
          )
        : tn(
            'The loss of the batch is [[the sum]] over its {count} example.',
            'The loss of the batch is [[the sum]] over its {count} examples.',
            scene.examples,
          ),
      lines: [
        line(
          name('L'),
          equals,
          ...(isMean ? [fraction(digit(1), digit(scene.examples))] : []),
          whole,
          ...(operation.penalty ? [plus, name(t('penalty'))] : []),
        ),
        ...written.lines,
      ],
      name: name('L'),
      spoken: t('loss of the batch'),
    };
  },
};
