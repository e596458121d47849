/** Going through the steps of a race, all runs together: by hand, by the slider, or by itself. */

import * as actions from '../../actions/racing.js';
import { byId, element } from '../../dom.js';
import { count, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { store } from '../../race-state.js';

const SPEEDS = [2, 5, 10, 30, 60];

/** @param {number} change */
const by = (change) => () => actions.toStep(store.get().step + change);

export const presses = {
  first: () => actions.toStep(0),
  back: by(-1),
  forward: by(1),
  last: () => actions.toStep(store.get().course.steps),
};

/** The number of the play that goes on: an older one ends when it is woken. */
let play = 0;

export function togglePlay() {
  const { isPlaying, step, course } = store.get();
  if (isPlaying) return actions.setPlaying(false);
  // At the end there is nothing left to see but all of it once more.
  if (step >= course.steps) actions.toStep(0);
  actions.setPlaying(true);
  play += 1;
  goOn(play, performance.now(), store.get().step);
}

/** @param {number} own @param {number} since @param {number} from  the step that was seen then */
function goOn(own, since, from) {
  const { speed } = store.get();
  requestAnimationFrame(() => {
    const { isPlaying, course, speed: now, step } = store.get();
    if (!isPlaying || own !== play) return;
    if (step >= course.steps) return actions.setPlaying(false);
    const due = from + Math.floor(((performance.now() - since) / 1000) * now);
    if (due > step) actions.toStep(due);
    if (now === speed) goOn(own, since, from);
    else goOn(own, performance.now(), store.get().step);
  });
}

export function mountTransport() {
  for (const [name, press] of Object.entries(presses))
    byId(name, HTMLButtonElement).addEventListener('click', () => {
      actions.setPlaying(false);
      press();
    });
  const button = byId('play', HTMLButtonElement);
  const label = byId('play-label', HTMLElement);
  const slider = byId('step', HTMLInputElement);
  const counter = byId('counter', HTMLElement);
  button.addEventListener('click', togglePlay);
  slider.addEventListener('input', () => {
    actions.setPlaying(false);
    actions.toStep(slider.valueAsNumber);
  });
  mountSpeed();
  store.subscribe(({ step, course, isPlaying }) => {
    button.classList.toggle('is-running', isPlaying);
    label.textContent = isPlaying ? t('Pause') : t('Play');
    button.title = label.textContent;
    counter.textContent = t('step {step} of {last}', { step: count(step), last: count(course.steps) });
    slider.max = String(course.steps);
    slider.value = String(step);
    slider.setAttribute('aria-valuetext', counter.textContent);
    byId('back', HTMLButtonElement).disabled = step === 0;
    byId('forward', HTMLButtonElement).disabled = step >= course.steps;
  });
}

function mountSpeed() {
  const select = byId('speed', HTMLSelectElement);
  select.append(
    ...SPEEDS.map((speed) =>
      element('option', { value: String(speed) }, t('{number} / s', { number: number(speed) })),
    ),
  );
  select.addEventListener('change', () => actions.choose({ speed: Number(select.value) }));
  store.subscribe(({ speed }) => {
    select.value = String(speed);
  });
}
