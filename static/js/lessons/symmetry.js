/** The instrument of 1986: several starts learn side by side; the weights of one are looked at closely. */

import {
  MOST,
  ROUND,
  STARTS,
  beginSymmetry,
  isOver,
  pauseSymmetry,
  playSymmetry,
  stepSymmetry,
} from '../actions/symmetry.js';
import { element } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { commonCourse } from '../lib/symmetry-course.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { lossesOf } from '../views/symmetry/losses.js';
import { sumsOf } from '../views/symmetry/sums.js';
import { weightsOf } from '../views/symmetry/weights.js';
import { figureOf } from './parts.js';
import { startsOf } from './symmetry-starts.js';

/** @typedef {import('../views/symmetry/losses.js').Slice} Slice */

/**
 * @param {HTMLElement} place
 * @param {object} _settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, _settings, tell, { index, plotly }) {
  const figures = /** @type {const} */ ([
    [figureOf(t('How the loss falls')), lossesOf(index)],
    [figureOf(t('What the hidden units have learned')), weightsOf(index)],
    [figureOf(t('What a left half adds up to')), sumsOf(index)],
  ]);
  const [losses, weights, sums] = figures.map(([figure]) => figure);
  const starts = startsOf(index, STARTS);
  const buttons = buttonsOf(index);
  const heard = element('p', { class: 'note symmetry-heard', role: 'status' });
  place.classList.add('lesson-symmetry');
  weights.classList.add('symmetry-weights');
  sums.classList.add('symmetry-sums');
  place.append(buttons.row, heard, losses, starts.fieldset, weights, sums);
  store.subscribe((state) => {
    const slice = figures[0][1].select(state);
    if (!slice) return;
    starts.show(slice);
    for (const figure of [weights, sums]) figure.hidden = slice.chosen === null;
    buttons.show(slice);
    const words = heardOf(slice);
    if (heard.textContent !== words) heard.textContent = words;
    tell(factsOf(slice));
  });
  beginSymmetry(index);
  for (const [figure, view] of figures) mount(figure, view, plotly);
}

/** @param {number} index */
function buttonsOf(index) {
  const button = (
    /** @type {string} */ part,
    /** @type {string} */ text,
    /** @type {() => void} */ press,
    strong = false,
  ) => {
    const made = /** @type {HTMLButtonElement} */ (
      element(
        'button',
        { type: 'button', class: strong ? 'button button-strong' : 'button', 'data-part': part },
        text,
      )
    );
    made.addEventListener('click', press);
    return made;
  };
  let isPlaying = false;
  const play = button(
    'play',
    t('Play'),
    () => (isPlaying ? pauseSymmetry(index) : playSymmetry(index)),
    true,
  );
  const step = button('step', t('{sweeps} sweeps on', { sweeps: count(ROUND) }), () => stepSymmetry(index));
  const other = button('other', t('Other starts'), () => beginSymmetry(index));
  const at = element('span', { class: 'symmetry-at' }, '—');
  return {
    row: element('div', { class: 'lesson-actions symmetry-actions' }, play, step, other, at),
    /** @param {Slice} slice */
    show: (slice) => {
      ({ isPlaying } = slice);
      const isDone = slice.runs?.every(isOver) ?? true;
      play.textContent = isPlaying ? t('Pause') : t('Play');
      for (const one of [play, step]) one.setAttribute('aria-disabled', String(isDone));
      const furthest = slice.runs && Math.max(...slice.runs.map(({ state }) => state.step));
      at.textContent = furthest === null ? '—' : t('sweep {step}', { step: furthest });
    },
  };
}

/** What happened, at most a few times in a run: it is read aloud. @param {Slice} slice */
function heardOf({ runs, patterns }) {
  if (!runs) return '';
  const solved = runs.flatMap(({ finding }, index) => (finding.right === patterns ? [count(index + 1)] : []));
  if (solved.length === 0) return t('No start has all patterns right yet.');
  if (runs.every(isOver)) return t('They have all ended. Look at them one by one.');
  return t('Starts with all patterns right: {starts}.', { starts: solved.join(', ') });
}

/** @param {Slice} slice @returns {import('./conditions.js').Facts} */
function factsOf({ runs, chosen, patterns }) {
  if (!runs)
    return {
      steps: null,
      solved: null,
      stuck: null,
      found_124: null,
      found_234: null,
      mismatch: null,
      course: null,
      shown: null,
    };
  const came = (/** @type {string} */ outcome) => runs.filter(({ finding }) => finding.outcome === outcome);
  const solved = runs.filter(({ finding }) => finding.right === patterns);
  const mismatches = solved.flatMap(({ finding }) =>
    finding.units.map(({ mismatch }) => mismatch ?? Infinity),
  );
  return {
    // Of those that are solved: how far mirrored weights are from opposite, 0, and from equal, 2, at most.
    mismatch: mismatches.length === 0 ? null : Math.max(...mismatches),
    course: commonCourse(solved),
    steps: Math.max(...runs.map(({ state }) => state.step)),
    solved: solved.length,
    stuck: came('stuck').filter(({ state }) => state.step >= MOST).length,
    found_124: Number(came('124').length > 0),
    found_234: Number(came('234').length > 0),
    shown: chosen === null ? 'none' : runs[chosen].finding.outcome,
  };
}
