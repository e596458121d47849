/** What the sections of the card share: numbers with their names, rows of facts, buttons that ask further. */

import * as actions from '../actions.js';
import { element, formula, marked } from '../dom.js';
import { full, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';

/**
 * @typedef {import('../lib/mathml.js').Maths} Maths
 * @typedef {import('../state.js').Pinned} Pinned
 * @typedef {number | null | undefined} Number_  null: beyond what fits into a number; undefined: there is none
 */

/** @param {Number_} value */
const colour = (value) => (!value ? 'zero' : value < 0 ? 'negative' : 'positive');

/**
 * A number of the engine: four digits, all of them where the pointer rests.
 * @param {Number_} value
 * @param {{sign?: boolean, term?: string, kind?: string, precision?: number}} [how]  `kind`: a class more
 */
export function figure(value, { sign = false, term = '', kind = '', precision = 4 } = {}) {
  const classes = `ask-number ${sign ? colour(value) : ''} ${kind}`.trim();
  if (value === undefined) return element('span', { class: classes }, '—');
  const attributes = { class: classes, title: full(value), ...(term ? { 'data-term': term } : {}) };
  return element('span', attributes, number(value, { sign, digits: precision }));
}

/** @param {string | Maths | Node} label */
const labelled = (label) => (typeof label === 'string' || label instanceof Node ? label : formula(label));

/**
 * A row of a list of facts.
 * @param {(string | Maths | Node)[]} label
 * @param {...(Node | string)} values
 */
export function fact(label, ...values) {
  return element('div', {}, element('dt', {}, ...label.map(labelled)), element('dd', {}, ...values));
}

/** @param {...HTMLElement} rows */
export const facts = (...rows) => element('dl', { class: 'facts' }, ...rows);

/** A line of a formula, to be scrolled where it is long. @param {Maths} maths */
export const formulaLine = (maths) =>
  element('div', { class: 'formula-line ask-line' }, formula(maths, 'block'));

/** @param {string} sentence */
export const prose = (sentence) => element('p', { class: 'ask-prose' }, ...marked(sentence));

/** @param {string} words */
export const aside = (words) => element('p', { class: 'ask-aside' }, words);

/** Said where a walk has not come to all of the numbers. */
export const notYet = () =>
  aside(t('“—”: the walk has not come there yet. The other sections look at the whole step.'));

/** @param {string} words */
export const heading = (words) => element('h3', {}, words);

/**
 * A button that asks about another number.
 * @param {Pinned} pinned
 * @param {string} name  what is read out
 * @param {string} term
 * @param {...(Node | string)} content
 */
export function askButton(pinned, name, term, ...content) {
  const attributes = { type: 'button', class: 'ask-button', ...(term ? { 'data-term': term } : {}) };
  const button = element(
    'button',
    attributes,
    ...content,
    element('span', { class: 'visually-hidden' }, ` · ${t('ask about {name}', { name })}`),
  );
  button.addEventListener('click', () => actions.pin(pinned));
  return button;
}

/** What has to be scrolled to be read can be scrolled by keyboard too. @param {Element} part  the whole body of the card */
export function reachable(part) {
  part.querySelectorAll('.formula-line, .ask-scroll').forEach((line, index) => {
    if (line.scrollWidth <= line.clientWidth && line.scrollHeight <= line.clientHeight + 1) return;
    line.setAttribute('tabindex', '0');
    line.setAttribute('role', 'region');
    if (!line.hasAttribute('aria-label'))
      line.setAttribute('aria-label', t('Formula {number} of the card', { number: index + 1 }));
  });
}

/**
 * What an operation of the trace tells: its sentence and its lines, a long sum as a table between them.
 * @param {import('../lib/narration.js').Told} told
 */
export function toldLines(told) {
  const lines = told.lines.map(formulaLine);
  if (told.rows.length > 0) lines.splice(1, 0, sumTable(told));
  return [prose(told.sentence), ...lines];
}

/** @param {import('../lib/narration.js').Told} told */
function sumTable({ rows, rest }) {
  const line = (
    /** @type {Node | string} */ label,
    /** @type {Node[]} */ product,
    /** @type {Number_} */ value,
  ) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', {}, ...product),
      element('td', { class: 'sum' }, figure(value, { sign: true })),
    );
  const lines = rows.map(({ label, numbers, product }) => line(formula(label), [formula(numbers)], product));
  const more = rest ? [line(tn('{count} more', '{count} more', rest.count), [], rest.value)] : [];
  return element(
    'div',
    { class: 'ask-scroll', 'aria-label': t('The card’s sum, term by term') },
    element('table', { class: 'ask-terms' }, element('tbody', {}, ...lines, ...more)),
  );
}
