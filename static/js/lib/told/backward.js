/**
 * The backward pass, told: one function for each kind of operation.
 *
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('./parts.js').Scene} Scene
 * @typedef {import('./parts.js').Teller} Teller
 */

import { ACTIVATIONS, LOSSES } from '../formulas.js';
import { t, tn } from '../i18n.js';
import {
  added,
  back,
  digit,
  equals,
  factor,
  fraction,
  gradient,
  indexed,
  minus,
  name,
  operator,
  plus,
  row,
  sub,
  sum,
  times,
  value,
  weight,
} from '../mathml.js';
import { unitName } from '../names.js';
import { INLINE, delta, entering, isAs, line, nothing, products, sumOf } from './parts.js';

/** @type {Record<string, Teller>} */
export const BACKWARD = {
  da_loss: (operation, scene) => {
    const unit = Number(operation.unit);
    const [term] = operation.terms;
    const divided = scene.examples > 1 && scene.reduction === 'mean';
    const share = divided ? [fraction(digit(1), digit(scene.examples)), times] : [];
    return {
      ...nothing,
      sentence: divided
        ? t(
            'How much does the loss change when [[this output]] changes? It can be read off the loss; the examples share it.',
          )
        : t('How much does the loss change when [[this output]] changes? It can be read off the loss.'),
      lines: [
        line(gradient(indexed('a', unit)), equals, ...share, LOSSES[scene.loss].derivative(unit)),
        isAs(
          ...share,
          LOSSES[scene.loss].slope(factor(term.left), factor(term.right), digit(scene.sizes.at(-1) ?? 1)),
        ),
      ],
      name: gradient(indexed('a', unit)),
      spoken: '∂L/∂a',
    };
  },

  da: (operation) => {
    const unit = Number(operation.unit);
    const { terms } = operation;
    const many = terms.length > INLINE;
    const k = name('k');
    const short = terms.flatMap((term, index) => [
      ...(index ? [plus] : []),
      delta(term.index),
      times,
      weight(term.index, unit),
    ]);
    const long = [sum(k, sub(back('δ'), k), times, sub(name('w'), row(k, digit(unit + 1))))];
    const written = sumOf(operation, (term) => row(delta(term.index), times, weight(term.index, unit)));
    return {
      ...written,
      sentence: tn(
        'How much does the loss change when this unit’s output changes? It acts through [[{count} connection]]: the error comes back along it.',
        'How much does the loss change when this unit’s output changes? It acts through [[{count} connections]], so {count} contributions are added.',
        terms.length,
      ),
      lines: [line(gradient(indexed('a', unit)), equals, ...(many ? long : short)), ...written.lines],
      name: gradient(indexed('a', unit)),
      spoken: '∂L/∂a',
    };
  },

  delta: (operation, scene) => {
    const unit = Number(operation.unit);
    const [term] = operation.terms;
    const activation = ACTIVATIONS[scene.activations[Number(operation.layer)]];
    return {
      ...nothing,
      sentence: t(
        'Now back through the activation: a change of z reaches the output [[times its slope f′(z)]]. What is left is the error δ of this unit.',
      ),
      lines: [
        line(delta(unit), equals, gradient(indexed('a', unit)), times, activation.derivative(unit)),
        ...activation.where(unit),
        ...(operation.z === null || operation.a === null
          ? []
          : [isAs(value(term.left), times, activation.slope(factor(operation.z), factor(operation.a)))]),
        isAs(value(term.left), times, factor(term.right)),
      ],
      name: delta(unit),
      spoken: 'δ',
    };
  },

  delta_fused: (operation, scene) => {
    const unit = Number(operation.unit);
    const [term] = operation.terms;
    const shared = scene.examples > 1 && scene.reduction === 'mean' ? scene.examples : 1;
    const outputs = scene.loss === 'binary_cross_entropy' ? scene.sizes[scene.sizes.length - 1] : 1;
    const divisor = shared * outputs;
    const difference = row(value(term.left), minus, factor(term.right));
    return {
      ...nothing,
      sentence: t(
        'Activation and loss belong together here: their derivatives cancel, and what is left is [[output minus target]], the error δ.',
      ),
      lines: [
        line(
          delta(unit),
          equals,
          divisor > 1
            ? fraction(row(indexed('a', unit), minus, indexed('y', unit)), digit(divisor))
            : row(indexed('a', unit), minus, indexed('y', unit)),
        ),
        isAs(divisor > 1 ? fraction(difference, digit(divisor)) : difference),
      ],
      name: delta(unit),
      spoken: 'δ',
    };
  },

  delta_softmax: (operation) => {
    const unit = Number(operation.unit);
    const k = name('k');
    const written = sumOf(operation, (term) => gradient(indexed('a', term.index)));
    return {
      ...written,
      sentence: t(
        'Softmax lets every output depend on every z, so the errors of [[all outputs]] come together here.',
      ),
      lines: [
        line(
          delta(unit),
          equals,
          sum(
            k,
            gradient(sub(name('a'), k)),
            times,
            fraction(row(operator('∂'), sub(name('a'), k)), row(operator('∂'), indexed('z', unit))),
          ),
        ),
        ...written.lines,
      ],
      name: delta(unit),
      spoken: 'δ',
    };
  },

  dW: (operation, scene) => {
    const unit = Number(operation.unit);
    const input = Number(operation.input);
    const letter = entering(Number(operation.layer));
    const written = sumOf(
      operation,
      (term) => sub(name('n'), digit(term.index + 1)),
      operation.penalty || null,
    );
    const n = name('n');
    const product = row(delta(unit), times, indexed(letter, input));
    return {
      ...written,
      sentence:
        scene.examples > 1
          ? tn(
              'A weight’s gradient is [[what came in]] times the error of its unit; the {count} example votes.',
              'A weight’s gradient is [[what came in]] times the error of its unit, and the votes of all {count} examples are added.',
              scene.examples,
            )
          : t('A weight’s gradient is [[what came in]] on it times the error of its unit.'),
      lines: [
        line(
          gradient(weight(unit, input)),
          equals,
          scene.examples > 1 ? sum(n, product) : product,
          ...(operation.penalty ? [plus, name(t('penalty'))] : []),
        ),
        ...written.lines,
      ],
      name: gradient(weight(unit, input)),
      spoken: t('gradient of the weight from {from} to {to}', {
        from: unitName(scene, Number(operation.layer) - 1, input),
        to: unitName(scene, Number(operation.layer), unit),
      }),
    };
  },

  db: (operation, scene) => {
    const unit = Number(operation.unit);
    const many = scene.examples > 1;
    const short = many && operation.rest === null && operation.terms.length <= INLINE;
    const written =
      many && !short
        ? sumOf(operation, (term) => sub(name('n'), digit(term.index + 1)))
        : { ...nothing, lines: [isAs(added(products(operation.terms)))] };
    const n = name('n');
    return {
      ...written,
      sentence: many
        ? t(
            'A bias is a weight on an input that is always 1, so its gradient is [[the errors]] of all examples, added up.',
          )
        : t('A bias is a weight on an input that is always 1, so its gradient is [[the error itself]].'),
      lines: [
        line(gradient(indexed('b', unit)), equals, many ? sum(n, delta(unit)) : delta(unit)),
        ...written.lines,
      ],
      name: gradient(indexed('b', unit)),
      spoken: t('gradient of the bias'),
    };
  },
};
