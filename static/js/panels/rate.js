/** The learning rate: a logarithmic slider, − and +, and a field that takes comma or point. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { count, number, parse } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { HIGHEST_RATE, LOWEST_RATE, logScale, nextNice } from '../lib/scale.js';
import { isLocked } from '../lib/wishes.js';
import { currentRate, store } from '../state.js';

/** What may be typed: far beyond anything that learns, and still a number one can read. */
const MOST = 1_000_000;

/** @param {1 | -1} direction */
export function nudgeRate(direction) {
  actions.whenThere(() => {
    const rate = currentRate(store.get());
    actions.setRate(rate === 0 ? LOWEST_RATE : nextNice(rate, direction));
  });
}

export function mountRate() {
  const slider = byId('rate-slider', HTMLInputElement);
  const field = byId('rate-field', HTMLInputElement);
  const note = byId('rate-note', HTMLElement);
  const scale = logScale(LOWEST_RATE, HIGHEST_RATE, Number(slider.max));
  for (const [id, direction] of /** @type {const} */ ([
    ['rate-down', -1],
    ['rate-up', 1],
  ])) {
    const button = byId(id, HTMLButtonElement);
    button.tabIndex = -1; // by keyboard there are the slider's arrows, and [ and ]
    button.addEventListener('click', () => nudgeRate(direction));
  }
  slider.addEventListener('input', () => actions.setRate(scale.value(slider.valueAsNumber)));

  if (isLocked('rate'))
    for (const id of ['rate-slider', 'rate-field', 'rate-down', 'rate-up'])
      byId(id, HTMLElement).setAttribute('disabled', '');

  let problem = '';
  const take = () => {
    const rate = parse(field.value);
    problem =
      rate >= 0 && rate <= MOST
        ? ''
        : t('A learning rate is a number from 0 to {most}, such as {example}.', {
            most: count(MOST),
            example: number(0.5),
          });
    field.setAttribute('aria-invalid', String(problem !== ''));
    if (problem === '') actions.setRate(rate);
    show(store.get());
  };
  field.addEventListener('change', take);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') take();
  });

  /** @param {import('../state.js').State} state */
  const show = (state) => {
    const rate = currentRate(state);
    slider.value = String(scale.position(rate));
    slider.setAttribute('aria-valuetext', number(rate));
    if (document.activeElement !== field && problem === '') field.value = number(rate);
    note.textContent = problem || explanation(state, rate);
    note.classList.toggle('problem', problem !== '');
  };
  field.addEventListener('focus', () => {
    problem = '';
    field.setAttribute('aria-invalid', 'false');
  });
  field.addEventListener('blur', () => show(store.get()));
  store.subscribe(show);
}

/** @param {import('../state.js').State} state @param {number} rate */
function explanation({ history, now, trace }, rate) {
  const last = history.changes.at(-1);
  if (last && last.at_step === now?.step) {
    const before = history.changes.at(-2)?.learning_rate ?? history.learning_rate;
    return t('Changed here, from {before} to {after}.', { before: number(before), after: number(rate) });
  }
  if (!trace || trace.loss === null || trace.updated_loss === null)
    return t('How far each weight goes along its gradient. Change it while it trains.');
  const values = { before: number(trace.loss), after: number(trace.updated_loss) };
  if (values.before === values.after)
    return t('With this rate the next step hardly moves the loss: by {change}.', {
      change: number(trace.updated_loss - trace.loss, { sign: true }),
    });
  return trace.updated_loss > trace.loss
    ? t('With this rate the next step raises the loss, from {before} to {after}.', values)
    : t('With this rate the next step takes the loss from {before} to {after}.', values);
}
