/** What the task "train" has: what the network answers, the loss curve and its timeline, the measures. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { count, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { marksOf } from '../lib/marks.js';
import { mount } from '../mount.js';
import { store } from '../state.js';
import { calmly } from './calm.js';
import * as boundary from '../views/boundary.js';
import * as confusion from '../views/confusion.js';
import * as lossCurve from '../views/loss-curve.js';

/** Tables of more classes are set smaller, and scroll where there is no room. */
const MOST_CLASSES = 4;

/** @typedef {import('../lib/view.js').Pick} Pick */

/** @param {string} id */
const figureOf = (id) => byId(id, HTMLElement).closest('figure') ?? document.body;

/** @param {string} plotly */
export function mountTrain(plotly) {
  mountBoundary(plotly);
  mountLoss(plotly);
  mountMeasures();
}

/** What the network answers. @param {string} plotly */
export function mountBoundary(plotly) {
  mount(figureOf('boundary-plot'), boundary, plotly, { onPick: follow });
  store.subscribe(forgetNote);
}

/** The loss, and the way back to any step. @param {string} plotly */
export function mountLoss(plotly) {
  mount(figureOf('loss-plot'), lossCurve, plotly, { onPick: goTo });
  const logarithmic = byId('logarithmic', HTMLInputElement);
  store.subscribe(({ isLogarithmic }) => {
    logarithmic.checked = isLogarithmic;
  });
  logarithmic.addEventListener('change', () => actions.choose({ isLogarithmic: logarithmic.checked }));
  mountTimeline();
}

/** The step that a click on a point was told about, when it could not be followed. @type {number | null} */
let noted = null;

/** @param {Pick} pick */
function follow(pick) {
  if (!('example' in pick)) return;
  if (pick.example >= 0) {
    say('');
    actions.setExample(pick.example);
    return;
  }
  const step = store.get().now?.step ?? 0;
  noted = step;
  say(
    t('This example is not in the batch of step {step}, so it cannot be followed there.', {
      step: count(step),
    }),
  );
}

/** @param {string} words */
function say(words) {
  const note = byId('boundary-note', HTMLElement);
  note.hidden = words === '';
  note.textContent = words;
}

/** @param {import('../state.js').State} state */
function forgetNote({ now }) {
  if (noted === null || now?.step === noted) return;
  noted = null;
  say('');
}

/** @param {Pick} pick */
async function goTo(pick) {
  if (!('step' in pick)) return;
  const { step, branch } = pick;
  if (branch !== undefined && branch !== store.get().branch) await actions.switchTo(branch);
  actions.toStep(step);
}

function mountTimeline() {
  const slider = byId('timeline', HTMLInputElement);
  const marks = byId('timeline-marks', HTMLElement);
  let shown = '';
  slider.addEventListener('input', () => actions.toStep(slider.valueAsNumber));
  store.subscribe((state) => {
    const slice = lossCurve.select(state);
    if (!slice || state.task !== 'train') return;
    const end = lossCurve.endStep(slice);
    slider.max = String(end);
    slider.value = String(slice.step);
    slider.setAttribute('aria-valuetext', t('step {step}', { step: count(slice.step) }));
    const known = (slice.runs.find((run) => run.isCurrent)?.losses.length ?? 1) - 1;
    slider.style.setProperty('--known', String(known / end));
    const all = marksOf(state.history);
    const text = JSON.stringify([end, all]);
    if (text === shown) return;
    shown = text;
    marks.replaceChildren(...all.map(({ at }) => tick((100 * at) / end)));
  });
}

/** @param {number} percent */
function tick(percent) {
  const made = element('span', { class: 'timeline-mark' });
  made.style.left = `${percent}%`;
  return made;
}

/** How many answers are right. */
export function mountMeasures() {
  const section = byId('measures', HTMLElement);
  const scores = byId('measures-scores', HTMLElement);
  const tables = byId('measures-tables', HTMLElement);
  const note = byId('measures-note', HTMLElement);
  let shown = '';
  const show = (/** @type {import('../state.js').State} */ state) => {
    const slice = state.task === 'train' ? confusion.select(state) : null;
    section.hidden = slice === null;
    const text = JSON.stringify(slice);
    if (!slice || text === shown) return;
    shown = text;
    scores.replaceChildren(...slice.measured.map(score));
    note.textContent = confusion.describe(slice);
    const last = slice.measured[slice.measured.length - 1];
    tables.replaceChildren(matrix(slice, last));
    // A large table scrolls on a phone: by keyboard too.
    const isLarge = slice.names.length > MOST_CLASSES;
    tables.setAttribute('tabindex', isLarge ? '0' : '-1');
  };
  store.subscribe(calmly(show));
}

/** @param {import('../views/confusion.js').Measured} measured */
function score({ set, right, undecided, count: all, accuracy }) {
  const name = set === 'train' ? t('training') : t('held out');
  const share = t('{percent} %', { percent: number(100 * accuracy, { digits: 3 }) });
  const values = { right: count(right), count: count(all), undecided: count(undecided) };
  const counts =
    undecided === 0
      ? t('{right} of {count}', values)
      : t('{right} of {count}, undecided {undecided}', values);
  return element(
    'div',
    {},
    element('dt', {}, name),
    element('dd', {}, element('span', { class: 'quiet' }, counts), ` ${share}`),
  );
}

/** @param {import('../views/confusion.js').Slice} slice @param {import('../views/confusion.js').Measured} measured */
function matrix(slice, { set, matrix: counts }) {
  const rows = confusion.rowsOf(slice, counts);
  const caption = set === 'test' ? t('Held out: class by answer') : t('Training: class by answer');
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, t('class')),
    ...slice.names.map((name) => element('th', { scope: 'col' }, `→ ${name}`)),
  );
  const body = rows.map(({ name, cells }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map(cell)),
  );
  const table = element(
    'table',
    { class: slice.names.length > MOST_CLASSES ? 'confusion is-large' : 'confusion' },
    element('caption', {}, caption),
    element('thead', {}, head),
    element('tbody', {}, ...body),
  );
  return table;
}

/** @param {{text: string, isRight: boolean, isNone: boolean}} cell */
function cell({ text, isRight, isNone }) {
  return element('td', { class: isRight ? 'is-right' : isNone ? 'is-none' : 'is-wrong' }, text);
}
