/** What if: another value for the pinned parameter; everything follows, and it can be undone. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { full, number, parse } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { effectOf, stepped } from '../lib/card/effect.js';
import { titleOf } from '../lib/card/subject.js';
import { valueAt } from '../lib/history.js';
import { store } from '../state.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 */

/** What may be typed: far beyond anything that learns, and still a number one can read. */
const MOST = 1_000_000;

/** @param {State} state @returns {Place | null} */
const placeOf = ({ pinned }) => (pinned?.kind === 'parameter' ? pinned.place : null);

export function mountTry() {
  const field = byId('card-value', HTMLInputElement);
  const note = byId('card-effect', HTMLElement);
  const undo = byId('card-undo', HTMLButtonElement);
  /** What the note is about: another number, or another step, and it no longer holds. */
  let about = '';

  const said = (/** @type {string} */ words, isProblem = false) => {
    note.textContent = words;
    note.classList.toggle('problem', isProblem);
    field.setAttribute('aria-invalid', String(isProblem));
  };
  /** @param {number} value */
  const set = async (value) => {
    const before = store.get();
    const place = placeOf(before);
    if (!place || !before.now) return;
    if (Number.isNaN(value) || Math.abs(value) > MOST) {
      said(t('A value is a number, such as {example}.', { example: number(0.5) }), true);
      return;
    }
    const from = valueAt(before.now.parameters, place);
    if (!(await actions.setParameter(place, value))) return said('');
    const after = store.get();
    about = subject(after);
    const name = titleOf(sceneOf(after), { kind: 'parameter', place });
    const words = effectOf({
      name: name[0].toUpperCase() + name.slice(1),
      from,
      to: value,
      before: before.trace?.loss ?? null,
      after: after.trace?.loss ?? null,
    });
    const isNew = after.branch !== before.branch;
    said(isNew ? `${words} ${t('The run as it was stays, as a branch of its own.')}` : words);
  };
  const step = (/** @type {1 | -1} */ direction) => {
    const state = store.get();
    const place = placeOf(state);
    const value = place && state.now ? valueAt(state.now.parameters, place) : null;
    if (value !== null) set(stepped(value, direction));
  };
  byId('card-down', HTMLButtonElement).addEventListener('click', () => step(-1));
  byId('card-up', HTMLButtonElement).addEventListener('click', () => step(1));
  field.addEventListener('change', () => set(parse(field.value)));
  field.addEventListener('blur', () => show(store.get()));
  undo.addEventListener('click', async () => {
    await actions.undo();
    about = '';
    said(t('Undone.'));
    show(store.get());
  });

  /** @param {State} state */
  const show = (state) => {
    const place = placeOf(state);
    if (!place || !state.now) return;
    if (about !== '' && about !== subject(state)) {
      about = '';
      said('');
    }
    if (document.activeElement !== field) field.value = full(valueAt(state.now.parameters, place));
    undo.disabled = state.undoable.length === 0;
    undo.title = state.undoable.at(-1) ?? '';
  };
  return show;
}

/** @param {State} state */
const subject = ({ pinned, now }) => JSON.stringify([pinned, now?.step]);
