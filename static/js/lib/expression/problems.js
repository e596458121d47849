/**
 * What is wrong with a formula, and what is special at a node, in the reader's words. The names are the engine's.
 *
 * @typedef {{kind: string, at: number, words: string}} Problem  `at`: the character, from 0; `words`: the server's own
 */

import { t } from '../i18n.js';

/** In a formula, whatever the language. */
const DECIMAL = '0.5';

/** What stands at a character: a number, a name, an operation; nothing at the end. @param {string} text @param {number} at */
export function standsAt(text, at) {
  const rest = [...text].slice(at).join('');
  const found = /^(?:[\d.]+|[\p{L}_][\p{L}_\d₀-₉]*|\*\*|[^\s])/u.exec(rest);
  return found?.[0] ?? '';
}

/** @param {Problem} problem @param {string} text  of the formula */
export function problemWords({ kind, at, words }, text) {
  const sentence = sentenceOf(kind);
  if (sentence === null) return words;
  if (kind === 'formula_empty' || kind === 'string_too_long') return sentence;
  const found = standsAt(text, at);
  return found === ''
    ? t('At the end of the formula: {sentence}', { sentence })
    : t('At “{found}”, character {place}: {sentence}', { found, place: at + 1, sentence });
}

/** @param {string} kind @returns {string | null} null: the server's own words are all there is */
function sentenceOf(kind) {
  switch (kind) {
    case 'formula_empty':
      return t('There is no formula yet. Write one, such as max(0, w*x + b)^2.');
    case 'formula_character':
      return t('this character does not belong in a formula.');
    case 'formula_operand':
      return t('a number, a name, a function or an opening bracket is missing here.');
    case 'formula_operator':
      return t('an operation is missing here, such as + or *. A product is written with *, as in 2*x.');
    case 'formula_unclosed':
      return t('a closing bracket is missing.');
    case 'formula_unopened':
      return t('this bracket closes nothing: none has been opened.');
    case 'formula_comma':
      return t(
        'a comma only stands between the two values of max or min. Decimals have a point, as in {example}.',
        { example: DECIMAL },
      );
    case 'formula_function':
      return t('there is no such function. There are relu, sigmoid, tanh, exp, log, sqrt, abs, sin, cos, max, min; a product is written with *.'); // prettier-ignore
    case 'formula_brackets':
      return t('a function is followed by brackets, as in relu(x).');
    case 'formula_one_value':
      return t('this function takes one value. Decimals have a point, as in {example}.', {
        example: DECIMAL,
      });
    case 'formula_two_values':
      return t('this function takes two values, with a comma between them.');
    case 'string_too_long':
      return t('The formula is too long.');
    case 'formula_number':
      return t('this number is too large for a computer’s arithmetic.');
    case 'formula_deep':
      return t('the formula is nested too deeply.');
    case 'formula_large':
      return t('the formula has too many parts.');
    default:
      return null;
  }
}

/** @param {import('../wire.js').NodeAnswer['remark']} remark */
export function remarkWords(remark) {
  switch (remark?.name) {
    case 'relu_corner':
      return t('At exactly 0 relu has a corner; its derivative there is taken as 0.');
    case 'abs_corner':
      return t('At exactly 0 abs has a corner; its derivative there is taken as 0.');
    case 'tie':
      return t('Both values are equal, so each of them gets half of the gradient.');
    case 'log_domain':
      return t('A logarithm needs a value above 0.');
    case 'zero_division':
      return t('A division by 0 has no value.');
    case 'root_domain':
      return t('A square root needs a value that is not below 0.');
    case 'zero_power':
      return t('0 to a power below 0 is a division by 0: it has no value.');
    case 'power_domain':
      return t('A value below 0 can only be raised to a whole number.');
    case 'no_derivative':
      return t('There is a value here, but no derivative.');
    case 'overflow':
      return t('This number is too large for a computer’s arithmetic.');
    default:
      return '';
  }
}
