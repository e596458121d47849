/** What the learning rate does, in the task "look inside": the step-size curve, the slope, the sharpness over time. */

import * as actions from '../actions.js';
import { keepMeasuring } from '../actions/measuring.js';
import { byId } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { HIGHEST_RATE, LOWEST_RATE, logScale } from '../lib/scale.js';
import { isLocked } from '../lib/wishes.js';
import { zoneName } from '../lib/zones.js';
import { mount } from '../mount.js';
import { store } from '../state.js';
import * as sharpness from '../views/sharpness.js';
import * as slope from '../views/slope.js';
import * as stepSizes from '../views/step-sizes.js';

/** Milliseconds after which what does not come is called missing. */
const LATE = 1500;

/** @param {string} plotly */
export function mountSteps(plotly) {
  mountRates(plotly);
  mountSlope(plotly);
  mountSharpness(plotly);
}

/**
 * Grey while it does not hold; a dash where there is nothing to draw, and a sentence where the server could not answer.
 * @template {{isFresh: boolean}} Slice
 * @param {HTMLElement} figure
 * @param {string} aside
 * @param {{select: (state: import('../state.js').State) => Slice | null, isBeyond: (slice: Slice) => boolean}} view
 */
function keepHonest(figure, aside, view) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const show = (/** @type {boolean} */ isEmpty, /** @type {boolean} */ isLate) => {
    figure.classList.toggle('is-empty', isEmpty);
    figure.classList.toggle('is-late', isLate);
    figure.querySelector('.figure-empty')?.toggleAttribute('hidden', !isEmpty);
  };
  store.subscribe((state) => {
    if (state.task !== 'inside') return;
    const slice = view.select(state);
    const isBeyond = slice !== null && view.isBeyond(slice);
    const isThere = state.asides[aside]?.answer;
    figure.classList.toggle('stale', !slice?.isFresh);
    clearTimeout(timer);
    if (isBeyond || isThere || state.isTraining) show(isBeyond, false);
    else timer = setTimeout(() => show(true, true), LATE);
  });
}

/** The step-size curve: over it lies the very slider of the rate, as wide as the axis. @param {string} plotly */
export function mountRates(plotly) {
  const figure = byId('rates', HTMLElement);
  const slider = byId('rates-slider', HTMLInputElement);
  const stops = Number(slider.max);
  slider.disabled = isLocked('rate');
  /** The axis under the slider. @type {[number, number]} */
  let ends = [LOWEST_RATE, HIGHEST_RATE];
  slider.addEventListener('input', () =>
    actions.setRate(logScale(...ends, stops).value(slider.valueAsNumber)),
  );
  store.subscribe((state) => {
    if (state.task !== 'inside') return;
    const slice = stepSizes.select(state);
    if (slice === null) return;
    ends = stepSizes.endsOf(slice);
    const zone = stepSizes.ownZone(slice);
    const position = String(logScale(...ends, stops).position(slice.rate));
    if (slider.value !== position) slider.value = position;
    slider.setAttribute('aria-valuetext', spoken(slice, zone));
  });
  keepHonest(figure, 'stepSizes', stepSizes);
  mount(figure, stepSizes, plotly);
}

/** @param {stepSizes.Slice} slice @param {import('../lib/zones.js').Zone | null} zone */
function spoken({ rate, after, isExact }, zone) {
  const values = { rate: number(rate), loss: number(after) };
  const words = isExact ? t('{rate}: loss after one step {loss}', values) : values.rate;
  return zone === null ? words : `${words}, ${zoneName(zone)}`;
}

/** @param {string} plotly */
export function mountSlope(plotly) {
  const figure = byId('slope', HTMLElement);
  const title = byId('slope-title', HTMLElement);
  const value = byId('slope-value', HTMLElement);
  store.subscribe((state) => {
    const slice = state.task === 'inside' ? slope.select(state) : null;
    if (slice === null) return;
    if (slice.title) title.textContent = slice.title[0].toLocaleUpperCase() + slice.title.slice(1);
    value.textContent = slope.slopeWords(slice);
  });
  keepHonest(figure, 'slope', slope);
  mount(figure, slope, plotly);
}

/** @param {string} plotly */
export function mountSharpness(plotly) {
  const figure = byId('sharpness', HTMLElement);
  let isSeen = false;
  const measure = keepMeasuring(() => isSeen && !document.hidden);
  new IntersectionObserver(([entry]) => {
    isSeen = entry.isIntersecting;
    if (isSeen) measure();
  }).observe(figure);
  mount(figure, sharpness, plotly, {
    onPick: (pick) => {
      if ('step' in pick) actions.toStep(pick.step);
    },
  });
  store.subscribe(({ task, isStale, history }) => {
    if (task !== 'inside') return;
    figure.classList.toggle('stale', isStale);
    figure.classList.toggle('is-unmeasured', history.curvatures.length === 0); // not worth paper
  });
}
