/**
 * The proof of the pinned parameter's gradient: a nudge that can be moved by slider, buttons, field and on the
 * curve itself, and the slopes it gives beside the gradient. It stands inside the card.
 */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { followed } from '../hands.js';
import { full, number, parse } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { mount } from '../mount.js';
import { store } from '../state.js';
import * as nudge from '../views/nudge.js';

/** @typedef {import('../views/nudge.js').Slice} Slice */

/** Milliseconds after which what does not come is called missing. */
const LATE = 800;

let isMounted = false;

/** Put the proof on the page; a second time does nothing. @param {string} plotly */
export function mountProof(plotly) {
  if (isMounted) return;
  isMounted = true;
  const section = byId('proof', HTMLElement);
  const plot = byId('proof-plot', HTMLElement);
  mount(plot.closest('figure') ?? section, nudge, plotly);
  mountControls();
  mountDrag(plot);
  mountSlopes(section);
}

const current = () => nudge.select(store.get());

/** @param {Slice} slice @param {number} index */
const choose = ({ nudges }, index) =>
  actions.choose({ nudge: nudges[Math.min(Math.max(index, 0), nudges.length - 1)].h });

function mountControls() {
  const slider = byId('nudge-slider', HTMLInputElement);
  const field = byId('nudge-field', HTMLInputElement);
  const problem = byId('nudge-problem', HTMLElement);
  const step = (/** @type {1 | -1} */ direction) => () => {
    const slice = current();
    if (slice) choose(slice, slice.nudges.indexOf(slice.chosen) + direction);
  };
  byId('nudge-down', HTMLButtonElement).addEventListener('click', step(-1));
  byId('nudge-up', HTMLButtonElement).addEventListener('click', step(1));
  slider.addEventListener('input', () => {
    const slice = current();
    if (slice) choose(slice, slider.valueAsNumber);
  });
  let shown = '';
  const say = (/** @type {string} */ words) => {
    problem.textContent = words;
    field.setAttribute('aria-invalid', String(words !== ''));
  };
  const take = () => {
    const wanted = parse(field.value);
    if (Number.isNaN(wanted) || wanted === 0) {
      say(t('A nudge is a number other than 0, such as {example}.', { example: number(0.01) }));
      return;
    }
    say('');
    actions.choose({ nudge: wanted });
    const slice = current();
    if (slice) field.value = written(slice);
  };
  field.addEventListener('change', take);
  field.addEventListener('blur', () => {
    const slice = current();
    if (slice) field.value = written(slice);
    say('');
  });
  store.subscribe((state) => {
    const slice = nudge.select(state);
    if (!slice) return;
    slider.max = String(slice.nudges.length - 1);
    slider.value = String(slice.nudges.indexOf(slice.chosen));
    slider.setAttribute('aria-valuetext', written(slice));
    if (written(slice) === shown) return; // what is being typed is left alone
    shown = written(slice);
    field.value = shown;
  });
}

/** @param {Slice} slice */
const written = ({ chosen }) => nudge.written(chosen.h);

/** The point may be dragged along the curve. @param {HTMLElement} plot */
function mountDrag(plot) {
  followed(plot, (event) => {
    const slice = current();
    if (!slice) return;
    const x = event.clientX - plot.getBoundingClientRect().left;
    actions.choose({ nudge: nudge.under(slice, x, plot.clientWidth) });
  });
}

/** @param {HTMLElement} section */
function mountSlopes(section) {
  const body = byId('proof-slopes', HTMLElement);
  const note = byId('proof-note', HTMLElement);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const without = (/** @type {string} */ words) => {
    section.classList.add('is-empty');
    section.classList.remove('stale');
    note.textContent = words;
  };
  section.classList.add('is-empty');
  store.subscribe((state) => {
    const { pinned, isStale, isTraining } = state;
    section.hidden = pinned?.kind !== 'parameter';
    if (section.hidden) return;
    const slice = nudge.select(state);
    clearTimeout(timer);
    section.classList.toggle('stale', isStale || (slice === null && !isTraining));
    if (slice) {
      section.classList.remove('is-empty');
      body.replaceChildren(...nudge.slopes(slice).map((row) => line(row, slice.comparison.verdict)));
      note.textContent = nudge.judgement(slice);
    } else if (isTraining) without(t('Pause the training to prove this gradient.'));
    else timer = setTimeout(() => without(t('There are no numbers here that could be nudged.')), LATE);
  });
}

/** @param {ReturnType<typeof nudge.slopes>[number]} row @param {Slice['comparison']['verdict']} verdict */
function line({ kind, label, slope, difference }, verdict) {
  const agrees = kind === 'check' && verdict === 'agrees';
  const sign = (slope ?? 0) < 0 ? 'negative' : 'positive';
  const apart = difference === null ? (kind === 'gradient' ? '' : '—') : number(difference, { digits: 2 });
  return element(
    'tr',
    { class: `slope slope-${kind}`, role: 'row' },
    element(
      'th',
      { scope: 'row', role: 'rowheader' },
      element('span', { class: 'slope-key', 'aria-hidden': 'true' }),
      label,
    ),
    element(
      'td',
      { class: sign, role: 'cell', title: full(slope) },
      number(slope, { digits: 7, sign: true }),
    ),
    element(
      'td',
      { role: 'cell', title: difference === null ? '' : full(difference) },
      apart,
      ...(agrees ? [tick()] : []),
    ),
  );
}

const tick = () =>
  element(
    'span',
    { class: 'tick' },
    element('span', { 'aria-hidden': 'true' }, ' ✓'),
    element('span', { class: 'visually-hidden' }, t('agrees')),
  );
