/** The branches: what each was made by and where, its loss; choose, rename, compare and delete them. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { allBranches, branchName, styleOf } from '../lib/branches.js';
import { count, number } from '../lib/format.js';
import { rateAt } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { store } from '../state.js';
import { calmly } from './calm.js';

/** @typedef {import('../state.js').Branch} Branch */
/** @typedef {import('../state.js').State} State */

const SVG = 'http://www.w3.org/2000/svg';
/** A name longer than this would not fit anywhere. */
const LONGEST_NAME = 40;

/** The branch whose name is being written. @type {number | null} */
let renaming = null;
/** What was deleted last, until something else is done. @type {{name: string, depth: number} | null} */
let deleted = null;

export function mountBranches() {
  const list = byId('branches-list', HTMLElement);
  const note = byId('branches-note', HTMLElement);
  const bin = byId('branches-deleted', HTMLElement);
  byId('branch-here', HTMLButtonElement).addEventListener('click', () => actions.branchHere());
  byId('other-seed', HTMLButtonElement).addEventListener('click', () => actions.otherSeed());
  let shown = '';
  const show = (/** @type {State} */ state) => {
    if (state.task === 'step') return;
    const rows = allBranches(state);
    note.hidden = rows.length > 1;
    byId('other-seed', HTMLButtonElement).disabled = !state.experiment?.initializer;
    if (deleted && state.undoable.length !== deleted.depth) deleted = null;
    const told = rows.map((branch) => inWords(branch, rows, state));
    const text = JSON.stringify([told, renaming, deleted]);
    if (text === shown) return;
    shown = text;
    const focus = focused(list);
    list.replaceChildren(...(rows.length > 1 ? told.map((row) => rowOf(row, repaint)) : []));
    bin.replaceChildren(...(deleted ? binned(deleted.name) : []));
    refocus(list, focus);
  };
  const repaint = () => show(store.get());
  store.subscribe(calmly(show));
}

/**
 * @typedef {{id: number, name: string, origin: string, loss: string, isCurrent: boolean, isHidden: boolean,
 *   colour: number, dash: string}} Row
 */

/** A branch in words. @param {Branch} branch @param {Branch[]} all @param {State} state @returns {Row} */
function inWords(branch, all, state) {
  const { id, history, step } = branch;
  return {
    id,
    name: branchName(branch),
    origin: originOf(branch, all),
    loss: lossOf(history.losses, step),
    isCurrent: id === state.branch,
    isHidden: state.hidden.includes(id),
    ...styleOf(id),
  };
}

/** @param {(number | null)[]} losses @param {number} step */
function lossOf(losses, step) {
  const last = Math.min(step, losses.length - 1);
  return last < 0 ? '—' : t('loss {loss}', { loss: number(losses[last]) });
}

/** Where a branch comes from, and what it was made by where its name does not say so. @param {Branch} branch @param {Branch[]} all */
function originOf({ name, origin, history, step }, all) {
  const rate = `η ${number(rateAt(history, step))}`;
  if (!origin) return `${t('at step {step}', { step: count(step) })}, ${rate}`;
  if (origin.by === 'seed') return `${t('the same start, at step {step}', { step: count(step) })}, ${rate}`;
  const mother = all.find(({ id }) => id === origin.of);
  const place = mother
    ? t('from step {step} of {branch}', { step: count(origin.at), branch: branchName(mother) })
    : t('from step {step}', { step: count(origin.at) });
  return origin.by === 'rate' && !name ? place : `${place}, ${rate}`;
}

/** @param {Row} row @param {() => void} repaint */
function rowOf(row, repaint) {
  const item = element('li', { class: row.isCurrent ? 'branch is-current' : 'branch' });
  item.append(row.id === renaming ? field(row, repaint) : choice(row), tools(row, repaint));
  return item;
}

/** @param {Row} row */
function choice({ id, name, origin, loss, isCurrent, colour, dash }) {
  const button = element(
    'button',
    {
      type: 'button',
      class: 'branch-choice',
      'data-focus': `choose ${id}`,
      'aria-pressed': String(isCurrent),
    },
    sample(colour, dash),
    element('span', { class: 'branch-name' }, name),
    element('span', { class: 'branch-loss' }, loss),
    element('span', { class: 'branch-origin' }, origin),
  );
  button.addEventListener('click', () => actions.switchTo(id));
  return button;
}

/** A bit of the line as the curve has it. @param {number} colour @param {string} dash */
function sample(colour, dash) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `branch-sample branch-${colour}`);
  svg.setAttribute('viewBox', '0 0 30 8');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'line');
  const numbers = dash === 'solid' ? 'none' : dash.replaceAll('px', '');
  const given = { x1: '1', y1: '4', x2: '29', y2: '4', 'stroke-dasharray': numbers };
  for (const [key, value] of Object.entries(given)) line.setAttribute(key, value);
  svg.append(line);
  return svg;
}

/** @param {Row} row @param {() => void} repaint */
function tools({ id, name, isCurrent, isHidden }, repaint) {
  const compare = /** @type {HTMLInputElement} */ (
    element('input', { type: 'checkbox', 'data-focus': `compare ${id}` })
  );
  compare.checked = !isHidden;
  compare.disabled = isCurrent;
  compare.addEventListener('change', () => {
    const { hidden } = store.get();
    actions.choose({ hidden: compare.checked ? hidden.filter((one) => one !== id) : [...hidden, id] });
  });
  const shown = element(
    'label',
    { class: 'branch-compare' },
    compare,
    element('span', {}, t('in the curve')),
  );
  shown.append(element('span', { class: 'visually-hidden' }, ` ${name}`));
  const rename = tool(t('Rename'), name, `rename ${id}`, () => {
    renaming = id;
    repaint();
    document.getElementById('branch-field')?.focus();
  });
  const remove = tool(t('Delete'), name, `remove ${id}`, async () => {
    await actions.removeBranch(id);
    deleted = { name, depth: store.get().undoable.length };
    repaint();
    document.getElementById('branch-undo')?.focus();
  });
  return element('div', { class: 'branch-tools' }, shown, rename, remove);
}

/** @param {string} word @param {string} name @param {string} focus @param {() => void} action */
function tool(word, name, focus, action) {
  const button = element(
    'button',
    { type: 'button', class: 'link-button', 'data-focus': focus },
    word,
    element('span', { class: 'visually-hidden' }, ` ${name}`),
  );
  button.addEventListener('click', action);
  return button;
}

/** The field for a new name: Enter takes it, Escape leaves all as it was. @param {Row} row @param {() => void} repaint */
function field({ id, name, colour, dash }, repaint) {
  const input = /** @type {HTMLInputElement} */ (
    element('input', {
      type: 'text',
      id: 'branch-field',
      maxlength: String(LONGEST_NAME),
      autocomplete: 'off',
    })
  );
  input.value = name;
  input.setAttribute('aria-label', t('Name of the branch'));
  const end = (/** @type {boolean} */ isTaken) => {
    if (renaming !== id) return;
    renaming = null;
    if (isTaken && input.value.trim() !== name) actions.renameBranch(id, input.value);
    repaint();
  };
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault(); // or Enter would press the button that has the focus next
    end(event.key === 'Enter');
    document.querySelector(`[data-focus="rename ${id}"]`)?.closest('button')?.focus();
  });
  input.addEventListener('blur', () => end(true));
  return element('div', { class: 'branch-choice' }, sample(colour, dash), input);
}

/** @param {string} name */
function binned(name) {
  const undo = element('button', { type: 'button', class: 'button', id: 'branch-undo' }, t('Undo'));
  undo.addEventListener('click', () => {
    deleted = null;
    actions.undo();
  });
  return [element('span', {}, t('“{name}” is deleted.', { name })), undo];
}

/** Which of the controls had the focus: the list is made anew, the focus stays. @param {HTMLElement} list */
function focused(list) {
  const { activeElement } = document;
  return list.contains(activeElement) ? (activeElement?.getAttribute('data-focus') ?? null) : null;
}

/** @param {HTMLElement} list @param {string | null} name */
function refocus(list, name) {
  if (name === null) return;
  const found = list.querySelector(`[data-focus="${name}"]`);
  if (found instanceof HTMLElement) found.focus();
}
