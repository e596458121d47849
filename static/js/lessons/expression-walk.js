/** The walk through a formula: its four buttons, where it is, and the step just made in a sentence. */

import { toStep } from '../actions/expressions.js';
import { element, marked } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { toldOf } from '../lib/expression/told.js';
import { knownAfter } from '../lib/expression/walk.js';
import { store } from '../lesson-state.js';
import { refill } from '../panels/setup/patch.js';

const SVG = 'http://www.w3.org/2000/svg';

/** The buttons: their icons, and the step they lead to. */
const BUTTONS = [
  { name: 'first', icon: 'M5 4v12M15.5 4.5 8 10l7.5 5.5z', target: () => 0 },
  { name: 'back', icon: 'm12.5 4.5-6 5.5 6 5.5', target: (/** @type {number} */ step) => step - 1 },
  { name: 'forward', icon: 'm7.5 4.5 6 5.5-6 5.5', target: (/** @type {number} */ step) => step + 1 },
  { name: 'last', icon: 'M15 4v12M4.5 4.5 12 10l-7.5 5.5z', target: () => Infinity },
];

/** @param {string} name */
const labelOf = (name) =>
  ({ first: t('To the start'), back: t('Back'), forward: t('Forward'), last: t('To the end') })[name] ?? '';

/** @param {number} index */
export function mountWalk(index) {
  const buttons = BUTTONS.map((one) => buttonOf(index, one));
  const counter = element('p', { class: 'counter', id: `expression-${index}-counter` });
  const told = element('div', { class: 'formula-told', role: 'status', id: `expression-${index}-told` });
  store.subscribe(({ expressions }) => {
    const state = expressions[index];
    const found = state?.found;
    if (!state || !found) return;
    const { steps, current } = knownAfter(found, state.step);
    const ends = { first: 0, back: 0, forward: steps.length, last: steps.length };
    buttons.forEach((button, at) => {
      const isEnd = state.isStale || state.step === ends[/** @type {'first'} */ (BUTTONS[at].name)];
      button.setAttribute('aria-disabled', String(isEnd));
    });
    counter.textContent = countWords(state.step, steps.length, current?.phase ?? null);
    if (state.isStale && !state.problem) return; // grey, should it take long
    const sentences = state.problem
      ? [t('The picture is that of the formula before; it changes when this one can be read.')]
      : toldOf(found, state.step);
    refill(
      told,
      sentences.map((one) => element('p', {}, ...marked(one))),
    );
  });
  return element(
    'div',
    { class: 'formula-walk' },
    element(
      'div',
      { class: 'formula-transport', role: 'group', 'aria-label': t('Walk through the formula') },
      element('div', { class: 'transport-buttons' }, ...buttons),
      counter,
    ),
    told,
  );
}

/** @param {number} step @param {number} all @param {'forward' | 'backward' | null} phase */
function countWords(step, all, phase) {
  const values = { step: count(step), all: count(all) };
  if (phase === null) return t('step {step} of {all}', values);
  return phase === 'forward'
    ? t('step {step} of {all}, forward', values)
    : t('step {step} of {all}, backward', values);
}

/** @param {number} index @param {typeof BUTTONS[number]} given */
function buttonOf(index, { name, icon, target }) {
  const label = labelOf(name);
  const button = element(
    'button',
    { class: 'round', type: 'button', id: `expression-${index}-${name}`, title: label },
    drawing(icon),
    element('span', { class: 'visually-hidden' }, label),
  );
  button.addEventListener('click', () => toStep(index, target(store.get().expressions[index]?.step ?? 0)));
  return button;
}

/** @param {string} path */
function drawing(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
