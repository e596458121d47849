/** What instruments of lessons share. */

import { element } from '../dom.js';
import { number } from '../lib/format.js';

/** @param {string} heading */
export function figureOf(heading) {
  const caption = element('figcaption');
  return element(
    'figure',
    { class: 'figure neuron-figure' },
    element('div', { class: 'figure-head' }, element('h2', {}, heading)),
    element('div', { class: 'figure-plot' }),
    caption,
  );
}

/** A number in a product: one below 0 stands in brackets, one that is not known yet is a dash. @param {number | null} value */
export const inBrackets = (value) =>
  value === null ? '—' : value < 0 ? `(${number(value)})` : number(value);

/** @param {string} legend @param {string} name @param {string[][]} options @param {string} chosen @param {(value: string) => void} take */
export function choiceOf(legend, name, options, chosen, take) {
  const fields = options.map(([value, label]) => {
    const input = /** @type {HTMLInputElement} */ (element('input', { type: 'radio', name, value }));
    input.checked = value === chosen;
    input.addEventListener('change', () => take(value));
    return element('label', {}, input, element('span', {}, label));
  });
  return element('fieldset', { class: 'pixels-choice' }, element('legend', {}, legend), ...fields);
}
