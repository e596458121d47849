/**
 * The chain rule for one parameter, factor by factor: each is a number with its own card.
 *
 * @typedef {import('../../state.js').Pinned} Pinned
 * @typedef {import('../../state.js').Place} Place
 * @typedef {import('../wire.js').ExplainAnswer} Explanation
 * @typedef {import('../mathml.js').Maths} Maths
 * @typedef {import('./symbols.js').Symbols} Symbols
 * @typedef {{symbol: Maths, value: number | null, term: string, opens: Pinned | null, words: string,
 *   isError: boolean}} Factor  `isError`: it came back from the loss
 */

import { t } from '../i18n.js';
import { digit, gradient, name, operator, power, row } from '../mathml.js';
import { key } from '../walk.js';
import { enteringKey } from './symbols.js';

/**
 * @param {Explanation} explanation
 * @param {Place} place
 * @param {Symbols} symbols
 * @returns {Factor[]}
 */
export function factorsOf(explanation, place, symbols) {
  const { layer, unit, input } = place;
  const own = /** @type {Pinned} */ ({ kind: 'unit', layer, unit });
  return explanation.factors.map(({ name: kind, value }) => {
    const isError = kind === 'dL_da' || kind === 'delta';
    switch (kind) {
      case 'dL_da':
        return {
          symbol: gradient(symbols.a(layer, unit)),
          value,
          isError,
          term: key('da', layer, unit),
          opens: own,
          words: t('how the loss answers to the unit’s output'),
        };
      case 'derivative':
        return {
          symbol: row(power(name('f'), operator('′')), operator('('), symbols.z(layer, unit), operator(')')),
          value,
          isError,
          term: key('derivative', layer, unit),
          opens: own,
          words: t('how the output answers to z: the slope of the activation'),
        };
      case 'delta':
        return {
          symbol: symbols.delta(layer, unit),
          value,
          isError,
          term: key('delta', layer, unit),
          opens: own,
          words: t('how the loss answers to z, in one step'),
        };
      default:
        return input === 'bias'
          ? {
              symbol: digit(1),
              value,
              isError,
              term: '',
              opens: null,
              words: t('a bias’s input is always 1'),
            }
          : {
              symbol: symbols.a(layer - 1, input),
              value,
              isError,
              term: enteringKey(layer, input),
              opens: { kind: 'unit', layer: layer - 1, unit: input },
              words: t('how z answers to the weight: what comes in on it'),
            };
    }
  });
}

/** Whether the last activation and the loss are differentiated together. @param {Explanation} explanation */
export const isFused = ({ factors }) => factors.some(({ name: kind }) => kind === 'delta');

/**
 * What ∂L/∂a of a hidden unit is added up of: a term for each unit of the next layer, with its weight's card.
 * @param {Explanation} explanation
 * @param {Place} place
 * @param {Symbols} symbols
 */
export function termsOfNext({ da_terms }, { layer, unit }, symbols) {
  return (da_terms ?? []).map(({ index, left, right, product }) => ({
    left,
    right,
    product,
    delta: { symbol: symbols.delta(layer + 1, index), term: key('delta', layer + 1, index) },
    weight: { symbol: symbols.w(layer + 1, index, unit), term: key('weight', layer + 1, index, unit) },
    opens: /** @type {{unit: Pinned, weight: Pinned}} */ ({
      unit: { kind: 'unit', layer: layer + 1, unit: index },
      weight: { kind: 'parameter', place: { layer: layer + 1, unit: index, input: unit } },
    }),
  }));
}
