/** The numbers of a figure as a table, behind a switch: what is drawn can be read, and asked about, without seeing it. */

import { element } from '../dom.js';
import { full } from '../lib/format.js';
import { t } from '../lib/i18n.js';

/**
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('../lib/view.js').TableRow} TableRow
 * @typedef {import('../lib/view.js').Pick} Pick
 */

/** More rows than these are not made: the last row says how many there are. */
const MOST_ROWS = 200;

/** @param {string | number | null} cell */
const written = (cell) => (typeof cell === 'string' ? cell : full(cell));

/** @param {TableRow} row @param {((pick: Pick) => void) | undefined} onPick */
function line({ cells, pick }, onPick) {
  const [name, ...values] = cells.map(written);
  const head = element('th', { scope: 'row' }, pick && onPick ? asked(name, pick, onPick) : name);
  return element('tr', {}, head, ...values.map((value) => element('td', {}, value)));
}

/** @param {string} name @param {Pick} pick @param {(pick: Pick) => void} onPick */
function asked(name, pick, onPick) {
  const button = element('button', { type: 'button', class: 'link-button' }, name);
  button.addEventListener('click', () => onPick(pick));
  return button;
}

/** @param {Table} table @param {((pick: Pick) => void) | undefined} onPick */
function filled({ columns, rows }, onPick) {
  const left = rows.length - MOST_ROWS;
  const head = element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column)));
  const lines = rows.slice(0, MOST_ROWS).map((row) => line(row, onPick));
  const more = left > 0 ? [element('caption', {}, t('The first {count} rows.', { count: MOST_ROWS }))] : [];
  return element('table', {}, ...more, element('thead', {}, head), element('tbody', {}, ...lines));
}

/**
 * Give a figure its switch and a place for its table.
 * @param {HTMLElement} figure
 * @param {(isShown: boolean) => void} onSwitch
 * @param {((pick: Pick) => void) | undefined} onPick
 */
export function mountTable(figure, onSwitch, onPick) {
  const box = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox' }));
  const label = element('label', { class: 'switch numbers-switch' }, box, element('span', {}, t('numbers')));
  box.addEventListener('change', () => onSwitch(box.checked));
  const head = figure.querySelector('.figure-head') ?? figure;
  head.append(label);
  const place = element('div', { class: 'numbers', tabindex: '0', role: 'region', hidden: '' });
  // Each region has a name of its own: that of its figure.
  const heading = figure.querySelector('h2, h3')?.textContent;
  const words = heading ? t('The numbers of: {figure}', { figure: heading }) : t('The numbers of the figure');
  place.setAttribute('aria-label', words);
  figure.append(place);
  let shown = '';
  return {
    /** @param {boolean} isShown @param {Table | null} table */
    show(isShown, table) {
      box.checked = isShown;
      place.hidden = !isShown;
      const text = JSON.stringify(table);
      if (text === shown || table === null) return;
      shown = text;
      place.replaceChildren(filled(table, onPick));
    },
  };
}
