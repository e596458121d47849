/** Going through the steps of a race, all runs together: by hand, by the slider, or by itself. */

import { byId, element } from '../../dom.js';
import { count, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

const SPEEDS = [2, 5, 10, 30, 60];

/**
 * @typedef {import('../../actions/racing.js').Race} Race
 * @typedef {{presses: Record<'first' | 'back' | 'forward' | 'last', () => void>, toggle: () => void}} Transport
 */

/** What its buttons and keys do. @param {Race} race @returns {Transport} */
export function createTransport(race) {
  const by = (/** @type {number} */ change) => () => race.toStep(race.store.get().step + change);
  // The number of the play that goes on: an older one ends when it is woken.
  let play = 0;
  /** @param {number} own @param {number} since @param {number} from  the step that was seen then */
  const goOn = (own, since, from) => {
    const { speed } = race.store.get();
    requestAnimationFrame(() => {
      const { isPlaying, course, speed: now, step } = race.store.get();
      if (!isPlaying || own !== play) return;
      if (step >= course.steps) return race.setPlaying(false);
      const due = from + Math.floor(((performance.now() - since) / 1000) * now);
      if (due > step) race.toStep(due);
      if (now === speed) goOn(own, since, from);
      else goOn(own, performance.now(), race.store.get().step);
    });
  };
  return {
    presses: {
      first: () => race.toStep(0),
      back: by(-1),
      forward: by(1),
      last: () => race.toStep(race.store.get().course.steps),
    },
    toggle: () => {
      const { isPlaying, step, course } = race.store.get();
      if (isPlaying) return race.setPlaying(false);
      // At the end there is nothing left to see but all of it once more.
      if (step >= course.steps) race.toStep(0);
      race.setPlaying(true);
      play += 1;
      goOn(play, performance.now(), race.store.get().step);
    },
  };
}

/** @param {Race} race @param {Transport} transport @param {string} [prefix]  of the ids of its elements */
export function mountTransport(race, { presses, toggle }, prefix = '') {
  for (const [name, press] of Object.entries(presses))
    byId(prefix + name, HTMLButtonElement).addEventListener('click', () => {
      race.setPlaying(false);
      press();
    });
  const button = byId(`${prefix}play`, HTMLButtonElement);
  const label = byId(`${prefix}play-label`, HTMLElement);
  const slider = byId(`${prefix}step`, HTMLInputElement);
  const counter = byId(`${prefix}counter`, HTMLElement);
  button.addEventListener('click', toggle);
  slider.addEventListener('input', () => {
    race.setPlaying(false);
    race.toStep(slider.valueAsNumber);
  });
  mountSpeed(race, prefix);
  race.store.subscribe(({ step, course, isPlaying }) => {
    button.classList.toggle('is-running', isPlaying);
    label.textContent = isPlaying ? t('Pause') : t('Play');
    button.title = label.textContent;
    counter.textContent = t('step {step} of {last}', { step: count(step), last: count(course.steps) });
    slider.max = String(course.steps);
    slider.value = String(step);
    slider.setAttribute('aria-valuetext', counter.textContent);
    byId(`${prefix}back`, HTMLButtonElement).disabled = step === 0;
    byId(`${prefix}forward`, HTMLButtonElement).disabled = step >= course.steps;
  });
}

/** @param {Race} race @param {string} prefix */
function mountSpeed(race, prefix) {
  const select = byId(`${prefix}speed`, HTMLSelectElement);
  select.append(
    ...SPEEDS.map((speed) =>
      element('option', { value: String(speed) }, t('{number} / s', { number: number(speed) })),
    ),
  );
  select.addEventListener('change', () => race.choose({ speed: Number(select.value) }));
  race.store.subscribe(({ speed }) => {
    select.value = String(speed);
  });
}
