/** The instrument of the slope: a point on a curve, its tangent, and a secant that a smaller nudge brings nearer. */

import { beginSlope, setSlope } from '../actions/lessons.js';
import { element } from '../dom.js';
import { followed } from '../hands.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { round } from '../lib/scale.js';
import { settingOf } from '../lib/setting.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { numeric } from '../panels/setup/controls.js';
import { refill } from '../panels/setup/patch.js';
import { kindName, placesOf, slopeAt, spansOf } from '../views/slopes/curve.js';
import { figureOf } from './parts.js';

/** @typedef {import('../views/slopes/curve.js').Slice} Slice */

const NUDGE = settingOf({
  ...{ name: 'nudge', label: '', default: 0.5, minimum: 1e-6, maximum: 2 },
  ...{ scale: /** @type {const} */ ('log'), slider: [1e-4, 1] },
});

/**
 * @param {HTMLElement} place
 * @param {{surface?: string}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, { surface = 'two_valleys' }, tell, { index, plotly }) {
  const view = slopeAt(index);
  const figure = figureOf(t('How steep is it?'));
  const controls = element('div', { class: 'neuron-controls' });
  const numbers = element('dl', { class: 'losses-costs' });
  place.classList.add('lesson-losses');
  place.append(figure, element('div', { class: 'neuron-side' }, controls, numbers));
  const again = () => {
    const slice = view.select(store.get());
    if (slice?.curve) refill(controls, controlsOf(slice, again));
  };
  store.subscribe((state) => {
    const slice = view.select(state);
    if (!slice) return;
    again();
    refill(numbers, numbersOf(slice));
    const { found, at, nudge } = slice;
    tell({ at, nudge: found ? nudge : null, slope: found?.slope ?? null, kind: found?.kind ?? null });
  });
  beginSlope(index, surface);
  mount(figure, view, plotly);
  mountDrag(/** @type {HTMLElement} */ (figure.querySelector('.figure-plot')), index, view);
}

/** The point follows the pointer that holds it. @param {HTMLElement} plot @param {number} index @param {ReturnType<typeof slopeAt>} view */
function mountDrag(plot, index, view) {
  plot.classList.add('slopes-plot');
  followed(plot, (/** @type {PointerEvent} */ event) => {
    const slice = view.select(store.get());
    const places = slice && placesOf(slice, { width: plot.clientWidth });
    if (!places) return;
    const { left, width } = plot.getBoundingClientRect();
    const pixel = (event.clientX - left) / (width / plot.clientWidth);
    setSlope(index, { at: round(places.place(pixel), 3) });
  });
}

/** @param {Slice} slice @param {() => void} again */
function controlsOf({ place, at, nudge, curve }, again) {
  const slider = curve ? spansOf(curve).across : null;
  const where = settingOf({ name: 'at', label: '', default: 0, slider });
  return [
    numeric({
      id: `slope-${place}-at`,
      label: t('weight w'),
      setting: where,
      value: at,
      take: (value) => setSlope(place, { at: value }),
      again,
    }),
    numeric({
      id: `slope-${place}-nudge`,
      label: t('nudge h'),
      setting: NUDGE,
      value: nudge,
      take: (value) => setSlope(place, { nudge: value }),
      again,
    }),
  ];
}

/** @param {Slice} slice */
function numbersOf({ found }) {
  const row = (/** @type {string} */ name, /** @type {string} */ value, hasLine = true) =>
    element('div', {}, element('dt', hasLine ? { class: 'has-line' } : {}, name), element('dd', {}, value));
  const written = (/** @type {number | null | undefined} */ value) =>
    found ? number(value ?? null, { sign: true }) : '—';
  return [
    row(t('slope of the tangent'), written(found?.slope)),
    row(t('slope of the secant'), written(found?.secant)),
    row(t('here'), found ? kindName(found.kind) : '—', false),
  ];
}
