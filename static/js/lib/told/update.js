/**
 * The update, told: one function for each kind of operation.
 *
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('./parts.js').Scene} Scene
 * @typedef {import('./parts.js').Teller} Teller
 */

import { t } from '../i18n.js';
import { factor, gradient, indexed, minus, name, operator, times, value, weight } from '../mathml.js';
import { unitName } from '../names.js';
import { isAs, line, nothing } from './parts.js';

/** @type {Record<string, Teller>} */
export const UPDATE = {
  weight: (operation, scene) =>
    moved(
      operation,
      weight(Number(operation.unit), Number(operation.input)),
      t('weight from {from} to {to}', {
        from: unitName(scene, Number(operation.layer) - 1, Number(operation.input)),
        to: unitName(scene, Number(operation.layer), Number(operation.unit)),
      }),
    ),

  bias: (operation) => moved(operation, indexed('b', Number(operation.unit)), t('bias')),
};

/**
 * @param {Operation} operation
 * @param {import('../mathml.js').Maths} quantity
 * @param {string} spoken
 */
function moved(operation, quantity, spoken) {
  const slope = operation.gradient;
  const [term] = operation.terms;
  const numbers = term
    ? [isAs(value(operation.before), minus, value(term.left), times, factor(term.right))]
    : [];
  return {
    ...nothing,
    sentence:
      slope === 0
        ? t('The gradient is 0: moving this either way changes nothing, so [[it stays]].')
        : slope !== null && slope > 0
          ? t(
              'The gradient is positive: more of this means more loss. So [[it goes down]], by the learning rate times the gradient.',
            )
          : t(
              'The gradient is negative: more of this means less loss. So [[it goes up]], by the learning rate times the gradient.',
            ),
    lines: [line(quantity, operator('←'), quantity, minus, name('η'), times, gradient(quantity)), ...numbers],
    name: quantity,
    spoken,
  };
}
