/** The field of a formula: what cannot be read is marked at its character, and so is the part of the step just made. */

import { writeFormula } from '../actions/expressions.js';
import { element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { problemWords, standsAt } from '../lib/expression/problems.js';
import { knownAfter } from '../lib/expression/walk.js';
import { store } from '../lesson-state.js';

/** @typedef {import('../lesson-state.js').ExpressionState} ExpressionState */

/** Milliseconds without a key after which a formula is read; Enter reads it at once. */
const PAUSE = 800;

/** @param {number} index @param {string} first @param {boolean} hasNote  whether it is said what can be written */
export function mountField(index, first, hasNote) {
  const id = `expression-${index}-formula`;
  const under = element('div', { class: 'formula-under', 'aria-hidden': 'true' });
  const input = /** @type {HTMLInputElement} */ (
    element('input', {
      ...{ type: 'text', id, value: first, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off' },
      'aria-describedby': hasNote ? `${id}-note ${id}-problem` : `${id}-problem`,
    })
  );
  const problem = element('p', { class: 'note problem', id: `${id}-problem`, role: 'status' });
  const note = element(
    'p',
    { class: 'note', id: `${id}-note` },
    t('Operations: {signs}; functions: {functions}.', {
      signs: '+ - * / ^ ( )',
      functions: 'relu, sigmoid, tanh, exp, log, sqrt, abs, sin, cos, max, min',
    }),
  );
  const show = () => {
    const state = store.get().expressions[index];
    if (!state) return;
    const isRead = state.text === input.value;
    const found = isRead ? state.problem : null;
    input.setAttribute('aria-invalid', String(found !== null));
    const words = found ? problemWords(found, state.text) : '';
    if (problem.textContent !== words) problem.textContent = words;
    under.replaceChildren(...marked(input.value, isRead ? spanOf(state) : null));
    under.scrollLeft = input.scrollLeft;
  };
  mountTyping(index, input, show);
  input.addEventListener('scroll', show);
  store.subscribe(show);
  return {
    element: element(
      'div',
      { class: 'formula' },
      element('label', { for: id }, t('Formula')),
      element('div', { class: 'formula-field' }, under, input),
      problem,
      ...(hasNote ? [note] : []),
    ),
    /** @param {string} text */
    show: (text) => {
      input.value = text;
      show();
    },
  };
}

/** @param {number} index @param {HTMLInputElement} input @param {() => void} show */
function mountTyping(index, input, show) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const read = () => {
    clearTimeout(timer);
    writeFormula(index, input.value);
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE);
    show();
  });
  input.addEventListener('change', read);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') read();
  });
}

/** Which characters are marked, and how. @param {ExpressionState} state @returns {{from: number, to: number, kind: string} | null} */
function spanOf({ problem, found, step, isStale, text }) {
  if (problem) {
    const length = Math.max(1, [...standsAt(text, problem.at)].length);
    return { from: problem.at, to: problem.at + length, kind: 'is-wrong-here' };
  }
  const current = found && !isStale ? knownAfter(found, step).current : null;
  if (!found || current === null) return null;
  const { start, label } = found.nodes[current.node];
  return { from: start, to: start + [...label].length, kind: 'is-current' };
}

/** @param {string} text @param {ReturnType<typeof spanOf>} span */
function marked(text, span) {
  if (span === null) return [text];
  const characters = [...text];
  const part = (/** @type {number} */ from, /** @type {number} [to] */ to) =>
    characters.slice(from, to).join('');
  // At the end there is no character to mark: a space stands for it.
  const inside = part(span.from, span.to) || '\u00a0';
  return [part(0, span.from), element('mark', { class: span.kind }, inside), part(span.to, Infinity)];
}
