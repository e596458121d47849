/**
 * The update, told: one function for each kind of operation.
 *
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('./parts.js').Scene} Scene
 * @typedef {import('./parts.js').Teller} Teller
 */

import { t } from '../i18n.js';
import { factor, gradient, indexed, minus, name, operator, times, value, weight } from '../mathml.js';
import { parameterName } from '../names.js';
import { isAs, line, nothing } from './parts.js';

/** @type {Record<string, Teller>} */
export const UPDATE = {
  weight: (operation, scene) =>
    moved(
      operation,
      weight(Number(operation.unit), Number(operation.input)),
      parameterName(scene, placeOf(operation)),
    ),

  bias: (operation) => moved(operation, indexed('b', Number(operation.unit)), t('bias')),
};

/** The parameter that an update moves. @param {Operation} operation @returns {import('../../state.js').Place} */
export function placeOf({ kind, layer, unit, input }) {
  return { layer: Number(layer), unit: Number(unit), input: kind === 'bias' ? 'bias' : Number(input) };
}

/**
 * @param {Operation} operation
 * @param {import('../mathml.js').Maths} quantity
 * @param {string} spoken
 */
function moved(operation, quantity, spoken) {
  const [term] = operation.terms;
  const byRate = [minus, name('η'), times, gradient(quantity)];
  return {
    ...nothing,
    sentence: term
      ? movedDownhill(operation.gradient)
      : t(
          'The optimizer moves it [[by its own rule]], from this gradient and what it remembers of earlier ones.',
        ),
    lines: term
      ? [
          line(quantity, operator('←'), quantity, ...byRate),
          isAs(value(operation.before), minus, value(term.left), times, factor(term.right)),
        ]
      : [line(quantity, operator('←'), value(operation.before), minus, operator('…'))],
    name: quantity,
    spoken,
  };
}

/** Why plain gradient descent moves a parameter the way it does. @param {number | null} slope */
function movedDownhill(slope) {
  if (slope === null)
    return t(
      'The gradient no longer fits into a number, and neither does what comes of it: [[it has diverged]].',
    );
  if (slope === 0) return t('The gradient is 0, and so is the step: [[it stays]].');
  return slope > 0
    ? t(
        'The gradient is positive: more of this means more loss. So [[it goes down]], by the learning rate times the gradient.',
      )
    : t(
        'The gradient is negative: more of this means less loss. So [[it goes up]], by the learning rate times the gradient.',
      );
}
