/**
 * The instrument of the first lesson: a small picture, the rule that looks at it, and every stage of the rule.
 *
 * @typedef {import('../lib/wire.js').DetectorAnswer} Detection
 * @typedef {'pixel' | 'difference' | 'distance'} Stage
 */

import { detect } from '../actions/lessons.js';
import { element } from '../dom.js';
import { count, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { choiceOf } from './parts.js';
import { pictureOf } from './stamps.js';

const SIDE = 8;
const WHITE = 255;

/**
 * @param {HTMLElement} place
 * @param {{stages?: string}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 */
export function mountInstrument(place, { stages = 'shown' }, tell) {
  let picture = pictureOf('blank');
  let stamp = 'blank';
  let shade = 0;
  /** @type {Stage} */
  let stage = 'pixel';
  /** @type {Detection | null} */
  let found = null;
  let asking = new AbortController();
  const cells = picture.map((row, y) => row.map((_, x) => cellOf(x, y)));
  const table = gridOf(cells);
  const total = element('strong', { class: 'pixels-number' }, '—');
  const says = element('strong', { class: 'pixels-says' }, '—');

  const show = () => {
    cells.forEach((row, y) => row.forEach((cell, x) => showCell(cell, picture[y][x], numberAt(x, y), x, y)));
    total.textContent = found ? number(found.total, { digits: 6 }) : '—';
    says.textContent = found ? (found.is_a_dog ? t('“A dog”') : t('nothing')) : '—';
    place.classList.toggle('is-dog', found?.is_a_dog === true);
  };
  /** @param {number} x @param {number} y @returns {string} */
  const numberAt = (x, y) => {
    if (stage === 'pixel') return '';
    return found ? number(found[stage][y][x]) : '—';
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    found = null;
    tell({ says: null, ink: null, total: null, stamp: null });
    show();
    const { signal } = asking;
    const answer = await detect(picture, signal).catch(() => null);
    if (signal.aborted || !answer) return;
    found = answer;
    const ink = answer.distance.flat().filter((one) => one !== 0).length;
    tell({ says: answer.is_a_dog ? 'dog' : 'nothing', ink, total: answer.total, stamp });
    show();
  };
  /** @param {number} x @param {number} y @param {number} value */
  const paint = (x, y, value) => {
    if (picture[y][x] === value) return;
    picture = picture.map((row, up) => (up === y ? row.map((one, at) => (at === x ? value : one)) : row));
    stamp = picture.flat().every((one) => one === WHITE) ? 'blank' : 'own';
    ask();
  };
  mountPainting(
    table,
    cells,
    () => shade,
    paint,
    (x, y) => picture[y][x],
  );
  const stamps = [
    ['dog', t('Dog')],
    ['cat', t('Cat')],
    ['dust', t('Speck of dust')],
    ['blank', t('Wipe')],
  ].map(([name, label]) => {
    const button = element('button', { type: 'button', class: 'button', 'data-stamp': name }, label);
    button.addEventListener('click', () => {
      picture = pictureOf(name);
      stamp = name;
      ask();
    });
    return button;
  });
  const shades = choiceOf(
    t('Ink'),
    'pixels-shade',
    [
      ['0', t('black')],
      ['128', t('grey')],
      ['255', t('white')],
    ],
    '0',
    (value) => {
      shade = Number(value);
    },
  );
  const views = choiceOf(
    t('In the squares'),
    'pixels-stage',
    [
      ['pixel', t('the picture')],
      ['difference', 'pixel − white'],
      ['distance', 'abs(…)'],
    ],
    'pixel',
    (value) => {
      stage = /** @type {Stage} */ (value);
      show();
    },
  );
  const rule = [
    element('p', { class: 'pixels-line' }, element('span', {}, 'sum'), total),
    element('p', { class: 'pixels-line', role: 'status' }, element('span', {}, t('The rule says')), says),
  ];
  place.append(
    element('div', { class: 'pixels-picture' }, table),
    element(
      'div',
      { class: 'pixels-side' },
      element('div', { class: 'pixels-stamps', role: 'group', 'aria-label': t('Stamps') }, ...stamps),
      shades,
      ...(stages === 'shown' ? [views] : []),
      ...rule,
    ),
  );
  ask();
}

/** @param {number} x @param {number} y */
const cellOf = (x, y) =>
  element('button', { type: 'button', class: 'pixel', tabindex: x === 0 && y === 0 ? '0' : '-1' });

/** @param {HTMLElement[][]} cells */
const gridOf = (cells) =>
  element(
    'div',
    { class: 'pixels', role: 'grid', 'aria-label': t('The picture: arrows move, Space draws') },
    ...cells.map((row) =>
      element(
        'div',
        { class: 'pixels-row', role: 'row' },
        ...row.map((cell) => element('div', { role: 'gridcell' }, cell)),
      ),
    ),
  );

/** @param {HTMLElement} cell @param {number} brightness @param {string} text @param {number} x @param {number} y */
function showCell(cell, brightness, text, x, y) {
  const isLight = brightness > 127;
  cell.style.setProperty('--shade', text ? '' : `rgb(${brightness} ${brightness} ${brightness})`);
  cell.classList.toggle('has-number', text !== '');
  cell.classList.toggle('is-light', isLight);
  if (cell.textContent !== text) cell.textContent = text;
  cell.setAttribute(
    'aria-label',
    t('row {row}, column {column}: brightness {brightness}', {
      row: y + 1,
      column: x + 1,
      brightness: text ? `${count(brightness)}, ${text}` : count(brightness),
    }),
  );
}

/**
 * Drawing by pointer and by keyboard: a press on a dot of the chosen ink wipes it.
 * @param {HTMLElement} grid @param {HTMLElement[][]} cells @param {() => number} inkOf
 * @param {(x: number, y: number, value: number) => void} paint @param {(x: number, y: number) => number} at
 */
function mountPainting(grid, cells, inkOf, paint, at) {
  /** @type {number | null} */
  let holding = null;
  const placeOf = (/** @type {Element | null} */ target) => {
    const cell = target?.closest('.pixel');
    const y = cells.findIndex((row) => row.includes(/** @type {HTMLElement} */ (cell)));
    return y < 0 ? null : { x: cells[y].indexOf(/** @type {HTMLElement} */ (cell)), y };
  };
  const next = (/** @type {{x: number, y: number}} */ { x, y }) => (at(x, y) === inkOf() ? WHITE : inkOf());
  grid.addEventListener('pointerdown', (event) => {
    const place = placeOf(/** @type {Element} */ (event.target));
    if (!place || event.button !== 0) return;
    holding = next(place);
    paint(place.x, place.y, holding);
    grid.setPointerCapture(event.pointerId);
  });
  grid.addEventListener('pointermove', (event) => {
    if (holding === null) return;
    const place = placeOf(document.elementFromPoint(event.clientX, event.clientY));
    if (place) paint(place.x, place.y, holding);
  });
  for (const end of ['pointerup', 'pointercancel'])
    grid.addEventListener(end, () => {
      holding = null;
    });
  grid.addEventListener('keydown', (event) => {
    const place = placeOf(/** @type {Element} */ (event.target));
    if (!place) return;
    if (event.key === ' ' || event.key === 'Enter') paint(place.x, place.y, next(place));
    else if (!move(event.key, place)) return;
    event.preventDefault();
  });
  /** @param {string} key @param {{x: number, y: number}} from */
  const move = (key, { x, y }) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [
      0, 0,
    ];
    if (dx === 0 && dy === 0) return false;
    const [to, up] = [Math.min(Math.max(x + dx, 0), SIDE - 1), Math.min(Math.max(y + dy, 0), SIDE - 1)];
    for (const cell of cells.flat()) cell.tabIndex = -1;
    cells[up][to].tabIndex = 0;
    cells[up][to].focus();
    return true;
  };
}
