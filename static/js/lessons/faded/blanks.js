/** A blank on the page: its field and buttons, and what is said of what was typed into it. */

import { check, focusOn, show, typeInto } from '../../actions/faded.js';
import { element } from '../../dom.js';
import { blankOf } from '../../lib/faded/sheet.js';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

/** @typedef {import('../../lib/faded/sheet.js').Sheet} Sheet */
/** @typedef {import('../../lib/faded/sheet.js').PassLine} PassLine */

/** What is on the page stays when the lines are made anew, so it is found by its id when it is needed. @param {string} id */
const textIn = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id)).value;

/** @param {number} index @param {Sheet} sheet @param {PassLine} line @param {string} label  the ids that name it */
export function blankForm(index, sheet, { name }, label) {
  const id = `faded-${index}-${name}`;
  const { text, said, isAsking } = blankOf(sheet, name);
  const isOff = isAsking || sheet.isWaiting;
  const field = element('input', {
    ...{ type: 'text', inputmode: 'decimal', autocomplete: 'off', id: `${id}-field`, value: text },
    ...{ 'aria-labelledby': label, 'aria-describedby': `${id}-verdict` },
    'aria-invalid': String(said !== 'nothing'),
  });
  field.addEventListener('focus', () => focusOn(index, name));
  field.addEventListener('change', () => typeInto(index, name, textIn(`${id}-field`)));
  const off = { 'aria-disabled': String(isOff) };
  const give = element(
    'button',
    {
      ...{ class: 'button', type: 'button', id: `${id}-show`, ...off },
      'aria-describedby': label,
    },
    t('Show this one'),
  );
  give.addEventListener('click', () => settled(id, show(index, name)));
  const form = element(
    'form',
    { class: 'faded-form', id: `${id}-form` },
    element('span', { class: 'faded-equals', 'aria-hidden': 'true' }, '='),
    field,
    element(
      'button',
      { class: 'button button-strong', id: `${id}-check`, 'aria-describedby': label, ...off },
      t('Check'),
    ),
    give,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    settled(id, check(index, name, textIn(`${id}-field`)));
  });
  return form;
}

/** A field that is filled in is gone: what is said of it has the focus then, and the next blank is one Tab away. @param {string} id @param {Promise<void>} judged */
async function settled(id, judged) {
  await judged;
  if (!document.getElementById(`${id}-field`)) document.getElementById(`${id}-verdict`)?.focus();
}

/** @param {number} index @param {Sheet} sheet @param {PassLine} line */
export function verdictOf(index, sheet, { name }) {
  return element(
    'div',
    { class: 'faded-verdict', id: `faded-${index}-${name}-verdict`, role: 'status', tabindex: '-1' },
    ...wordsOf(blankOf(sheet, name)),
  );
}

/** @param {import('../../lib/faded/sheet.js').Blank} blank */
function wordsOf({ status, said, slips }) {
  const wrong = (/** @type {string} */ text) => element('p', { class: 'is-wrong' }, text);
  if (status === 'right') return [element('p', { class: 'is-right' }, t('Right.'))];
  if (status === 'shown') return [element('p', {}, t('Shown. With other numbers it is yours again.'))];
  switch (said) {
    case 'no number':
      return [wrong(t('A number is wanted here, such as {example}.', { example: number(-1.5) }))];
    case 'slip':
      return slips.map((label) => wrong(t(label)));
    case 'wrong':
      return [wrong(t('Not that. Here is the formula: put the numbers in once more.'))];
    default:
      return [];
  }
}
