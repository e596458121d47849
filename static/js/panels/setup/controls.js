/** The controls of the set-up: menus, buttons, switches, and a number with its slider. Each has an id and a label. */

import { element } from '../../dom.js';
import { number, parse } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { problemOf, sliderOf, stepped } from '../../lib/setting.js';
import { isLocked } from '../../lib/wishes.js';

/** @typedef {import('../../lib/wire.js').SettingAnswer} Setting */
/** @typedef {{name: string, label: string}} Row */

/** Milliseconds between two values of a slider that is dragged. */
const DRAG = 60;

/** @param {string} title @param {...(Node | string)} children */
export function section(title, ...children) {
  return element('section', { class: 'setup-part' }, element('h2', {}, title), ...children);
}

/** @param {string} text */
export const note = (text) => element('p', { class: 'note' }, text);

/** @param {string} label @param {HTMLElement} control  with an id */
export function field(label, control) {
  const named = element('label', { for: control.id }, nameOf(control.id, label));
  return element('div', { class: 'field' }, named, control);
}

/** What a control has that a link has fixed. @param {string} id @returns {Record<string, string>} */
const fixed = (id) => (isLocked(id) ? { disabled: '' } : {});

/** @param {string} id @param {string} label */
const nameOf = (id, label) => (isLocked(id) ? t('{label} (fixed)', { label }) : label);

/**
 * @param {string} id
 * @param {Row[] | Map<string, Row[]>} rows  those of a Map stand in groups
 * @param {string} chosen
 * @param {(name: string) => void} take
 */
export function menu(id, rows, chosen, take) {
  const select = /** @type {HTMLSelectElement} */ (element('select', { id, ...fixed(id) }));
  const option = (/** @type {Row} */ row) => element('option', { value: row.name }, row.label);
  if (rows instanceof Map) {
    for (const [label, group] of rows) {
      if (label === '') select.append(...group.map(option));
      else select.append(element('optgroup', { label }, ...group.map(option)));
    }
  } else select.append(...rows.map(option));
  select.value = chosen;
  select.addEventListener('change', () => take(select.value));
  return select;
}

/** Rows of the catalog with their labels in the reader's language. @param {Row[]} rows @returns {Row[]} */
export const told = (rows) => rows.map(({ name, label }) => ({ name, label: t(label) }));

/** @param {string} id @param {string} sign @param {string} name @param {boolean} isDisabled @param {() => void} action */
export function stepper(id, sign, name, isDisabled, action) {
  const button = element(
    'button',
    { class: 'button stepper', type: 'button', id, ...(isDisabled ? { disabled: '' } : {}) },
    element('span', { 'aria-hidden': 'true' }, sign),
    element('span', { class: 'visually-hidden' }, name),
  );
  button.addEventListener('click', action);
  return button;
}

/** @param {string} id @param {string} label @param {boolean} isOn @param {(isOn: boolean) => void} take @param {Record<string, string>} [more] attributes */
export function tick(id, label, isOn, take, more = {}) {
  const box = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', id, ...more }));
  box.checked = isOn;
  box.addEventListener('change', () => take(box.checked));
  return element('label', { class: 'tick' }, box, element('span', {}, label));
}

/** What was typed and could not be taken, with the sentence that says why, by control. @type {Map<string, {text: string, problem: string}>} */
const refused = new Map();
/** What the numbers on screen are now: their controls stay when they change. @type {Map<string, Numeric>} */
const current = new Map();

/** @typedef {{id: string, setting: Setting, value: number, take: (value: number) => void}} Numeric */

/** @param {string} id @param {number} value */
function take(id, value) {
  const one = /** @type {Numeric} */ (current.get(id));
  refused.delete(id);
  if (value !== one.value) one.take(value);
}

/**
 * A number: label, slider where its setting has a range, − and +, a field that takes comma or point.
 * @param {Numeric & {label?: string, again: () => void}} given  `again` shows the controls anew
 */
export function numeric({ id, setting, value, take: taken, label = t(setting.label), again }) {
  current.set(id, { id, setting, value, take: taken });
  const wrong = refused.get(id);
  const text = /** @type {HTMLInputElement} */ (
    element('input', {
      type: 'text',
      inputmode: setting.integer ? 'numeric' : 'decimal',
      autocomplete: 'off',
      id,
      value: wrong?.text ?? number(value, { digits: 12 }),
      'aria-invalid': String(wrong !== undefined),
      ...fixed(id),
      ...(wrong ? { 'aria-describedby': `${id}-problem` } : {}),
    })
  );
  text.addEventListener('change', () => type(text, again));
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') type(text, again);
  });
  const by = (/** @type {1 | -1} */ direction) => () => {
    const one = /** @type {Numeric} */ (current.get(id));
    take(id, stepped(one.setting, one.value, direction));
    again();
  };
  const ends = (/** @type {1 | -1} */ direction) =>
    isLocked(id) || stepped(setting, value, direction) === value;
  return element(
    'div',
    { class: 'number', id: `row-${id}` },
    element('label', { for: id }, nameOf(id, label)),
    ...slider(id, setting, value, label),
    element(
      'span',
      { class: 'number-field' },
      stepper(`${id}-down`, '−', t('{label}: lower', { label }), ends(-1), by(-1)),
      text,
      stepper(`${id}-up`, '+', t('{label}: higher', { label }), ends(1), by(1)),
    ),
    ...(wrong
      ? [element('p', { class: 'note problem', id: `${id}-problem`, role: 'alert' }, wrong.problem)]
      : []),
  );
}

/** @param {HTMLInputElement} text @param {() => void} again */
function type(text, again) {
  const { setting } = /** @type {Numeric} */ (current.get(text.id));
  const value = parse(text.value);
  const problem = problemOf(setting, value);
  if (problem === null) take(text.id, value);
  else refused.set(text.id, { text: text.value, problem });
  text.setAttribute('value', text.value); // it is no longer being typed
  again();
}

/** @param {string} id @param {Setting} setting @param {number} value @param {string} label */
function slider(id, setting, value, label) {
  const scale = sliderOf(setting);
  if (!scale) return [];
  const range = /** @type {HTMLInputElement} */ (
    element('input', {
      type: 'range',
      id: `${id}-slider`,
      min: String(scale.low),
      max: String(scale.high),
      step: String(scale.step),
      value: String(scale.position(value)),
      'aria-label': label,
      'aria-valuetext': number(value),
      ...fixed(id),
    })
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  // Read at once: until its turn comes the slider may be put back to what is known.
  let wanted = 0;
  range.addEventListener('input', () => {
    wanted = range.valueAsNumber;
    timer ??= setTimeout(() => {
      timer = undefined;
      const now = sliderOf(/** @type {Numeric} */ (current.get(id)).setting);
      if (now) take(id, now.value(wanted));
    }, DRAG);
  });
  return [range];
}

/** Whatever was typed and refused concerned another experiment. */
export function forgetRefused() {
  refused.clear();
}
