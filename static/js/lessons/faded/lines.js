/** The lines of a pass on the page: by section and by unit, each with its formula, its numbers, and its value or a field. */

import { setWeights } from '../../actions/faded.js';
import { element, formula } from '../../dom.js';
import { pieces, write } from '../../lib/faded/formulas.js';
import { blankOf, currentOf, isBlank, isMistaken, isOpen, valueOf } from '../../lib/faded/sheet.js';
import { comparedOf, labelOf } from '../../lib/faded/words.js';
import { full, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { equals } from '../../lib/mathml.js';
import { blankForm, verdictOf } from './blanks.js';

/**
 * @typedef {import('../../lib/faded/sheet.js').Sheet} Sheet
 * @typedef {import('../../lib/faded/sheet.js').PassLine} PassLine
 * @typedef {import('../../lib/faded/words.js').Section} Section
 */

/** @param {number} index @param {Sheet} sheet @param {Section} section */
export function sectionOf(index, sheet, { name, heading, isBack, groups }) {
  const id = `faded-${index}-section-${name}`;
  return element(
    'section',
    { class: isBack ? 'faded-section is-back' : 'faded-section', id, 'aria-labelledby': `${id}-heading` },
    element('h3', { id: `${id}-heading` }, heading),
    ...(name === 'hidden' ? [switchOf(index, sheet)] : []),
    ...groups.flatMap((group) => [
      element('h4', { id: `${id}-${group.name}` }, group.heading),
      element(
        'ol',
        { class: 'faded-lines', id: `${id}-${group.name}-lines` },
        ...group.lines.map((line) => lineOf(index, sheet, line, `${id}-${group.name}`)),
      ),
    ]),
  );
}

/** @param {number} index @param {Sheet} sheet @param {PassLine} line @param {string} group  the id of its heading */
function lineOf(index, sheet, line, group) {
  const id = `faded-${index}-${line.name}`;
  const isCurrent = currentOf(sheet)?.name === line.name;
  const marks = [
    ...(isCurrent ? ['is-current'] : []),
    ...(isBlank(sheet, line.name) ? ['is-blank'] : []),
    ...(isMistaken(sheet, line.name) ? ['is-mistaken'] : []),
  ];
  return element(
    'li',
    { class: ['faded-line-of', ...marks].join(' '), id, ...(isCurrent ? { 'aria-current': 'step' } : {}) },
    element('span', { class: 'faded-label', id: `${id}-label` }, labelOf(line)),
    workOf(index, sheet, line, `${group} ${id}-label`),
    ...(isBlank(sheet, line.name) ? [verdictOf(index, sheet, line)] : []),
  );
}

/** What a line says: the formula as far as it may be seen, and the value, or the field for it. @param {number} index @param {Sheet} sheet @param {PassLine} line @param {string} name  the ids that name it */
function workOf(index, sheet, line, name) {
  const written = write(sheet, line);
  const isFree = !isOpen(sheet, line.name);
  const hasSymbols = written.formula.length > 0 && (isFree || blankOf(sheet, line.name).hasFormula);
  const symbols = [written.symbol, ...(hasSymbols ? [equals, ...written.formula] : [])];
  return element(
    'div',
    { class: 'faded-work' },
    element(
      'span',
      { class: 'faded-formula' },
      inPieces(symbols),
      ...(isFree && written.numbers.length > 0 ? [inPieces([equals, ...written.numbers])] : []),
    ),
    isFree ? valueIn(sheet, line) : blankForm(index, sheet, line, name),
  );
}

/** @param {import('../../lib/mathml.js').Maths[]} parts */
const inPieces = (parts) =>
  element('span', { class: 'faded-pieces' }, ...pieces(parts).map((one) => formula(one)));

/** @param {Sheet} sheet @param {PassLine} line */
function valueIn(sheet, line) {
  const value = valueOf(sheet, line.name);
  const shown = element(
    'strong',
    { title: full(value) },
    number(value, { sign: line.phase === 'backward' && line.kind !== 'derivative' }),
  );
  return element('span', { class: 'faded-value' }, '=\u00a0', shown);
}

/** Through which output weights the error comes back, and what comes of it. @param {number} index @param {Sheet} sheet */
function switchOf(index, sheet) {
  const option = (/** @type {'old' | 'updated'} */ weights, /** @type {string} */ words) => {
    const input = /** @type {HTMLInputElement} */ (
      element('input', {
        ...{ type: 'radio', name: `faded-${index}-weights`, value: weights },
        id: `faded-${index}-weights-${weights}`,
      })
    );
    input.checked = sheet.weights === weights;
    input.addEventListener('change', () => setWeights(index, weights));
    return element('label', {}, input, element('span', {}, words));
  };
  return element(
    'div',
    { class: 'faded-switch' },
    element(
      'fieldset',
      { class: 'faded-choice' },
      element('legend', {}, t('The error comes back through')),
      option('old', t('the old output weights')),
      option('updated', t('the updated output weights')),
    ),
    element('p', { role: 'status', id: `faded-${index}-compared` }, comparedOf(sheet)),
    ...(sheet.weights === 'updated'
      ? [element('p', { class: 'is-wrong' }, mistakeOf(Boolean(sheet.pass?.blanks.length)))]
      : []),
  );
}

/** @param {boolean} hasBlanks */
const mistakeOf = (hasBlanks) =>
  hasBlanks
    ? t('What stands here now is the mistake, not the gradient; the blanks are back with the old weights.')
    : t('What stands here now is the mistake, not the gradient.');
