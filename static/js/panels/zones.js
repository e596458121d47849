/** The zones of the learning rate on its slider: coloured, named in words, with the limit beyond which steps grow. */

import { byId, element } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { HIGHEST_RATE, LOWEST_RATE } from '../lib/scale.js';
import { ZONES, bandsOf, bestWords, limitOf, limitWords, measured, zoneName, zoneOf } from '../lib/zones.js';
import { currentRate, store } from '../state.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../lib/zones.js').StepSizes} StepSizes */
/** @typedef {import('../lib/zones.js').Curvature} Curvature */
/** @typedef {import('../lib/zones.js').Zone} Zone */

/** Where a rate is on the slider, from 0 to 1. @param {number} rate */
const share = (rate) =>
  Math.min(1, Math.max(0, Math.log(rate / LOWEST_RATE) / Math.log(HIGHEST_RATE / LOWEST_RATE)));

export function mountZones() {
  const track = byId('rate-track', HTMLElement);
  const limitMark = byId('rate-limit', HTMLElement);
  const legend = byId('rate-zones', HTMLElement);
  const note = byId('rate-zone', HTMLElement);
  const names = ZONES.map((zone) =>
    element(
      'span',
      { class: 'zone', 'data-zone': zone },
      element('i', {}),
      element('span', {}, zoneName(zone)),
    ),
  );
  legend.replaceChildren(...names);
  store.subscribe((state) => {
    if (state.now === null) return;
    const { answer, isFresh, step } = measured(state, 'stepSizes');
    const curve = /** @type {StepSizes | null} */ (answer);
    const bent = measured(state, 'curvature');
    const bend = bent.step === step ? /** @type {Curvature | null} */ (bent.answer) : null;
    const rate = currentRate(state);
    const zone = curve ? zoneOf(curve, rate) : null;
    paint(track, curve);
    track.classList.toggle('is-old', !isFresh);
    legend.classList.toggle('is-old', !isFresh);
    for (const one of names) one.classList.toggle('is-current', one.dataset.zone === zone);
    const limit = limitOf(bend, state.experiment?.optimizer ?? { name: 'sgd' });
    limitMark.hidden = limit.rate === null;
    if (limit.rate !== null) limitMark.style.setProperty('--at', String(share(limit.rate)));
    note.textContent = curve ? words(curve, zone, bend, limit, isFresh ? null : step) : '';
  });
}

/** The ends of the zones on the track, as shares of it. @param {HTMLElement} track @param {StepSizes | null} curve */
function paint(track, curve) {
  const bands = curve ? bandsOf(curve) : [];
  track.classList.toggle('has-zones', bands.length > 0);
  let end = 0;
  ZONES.forEach((zone) => {
    const band = bands.find((one) => one.zone === zone);
    if (band) end = share(band.to);
    track.style.setProperty(`--${zone}-to`, String(end));
  });
}

/**
 * @param {StepSizes} curve
 * @param {Zone | null} zone
 * @param {Curvature | null} bend
 * @param {ReturnType<typeof limitOf>} limit
 * @param {number | null} step  that all this is of, where that is not the one on screen
 */
function words(curve, zone, bend, limit, step) {
  const sentences = [zoneWords(curve, zone)];
  if (limit.rate !== null) {
    const values = { limit: limitWords(limit.formula, limit.rate) };
    sentences.push(
      limit.isOwn
        ? t('The limit now is {limit}.', values)
        : t('The limit of plain gradient descent is {limit}.', values),
    );
  } else if (bend !== null && bend.sharpness !== null) sentences.push(t('There is no limit 2/λ here.'));
  if (step !== null) sentences.unshift(t('As it was at step {step}.', { step: count(step) }));
  return sentences.join(' ');
}

/** @param {StepSizes} curve @param {Zone | null} zone */
function zoneWords(curve, zone) {
  const best = { best: bestWords(curve) };
  if (curve.best_rate === null) return t('No rate lowers the loss here.');
  switch (zone) {
    case 'slow':
      return t('Slow: {best} would gain more than twice as much.', best);
    case 'good':
      return t('Good: at least half of what {best} would gain.', best);
    case 'bounces':
      return t('Bounces: past the lowest place, which is at {best}.', best);
    case 'flies':
      return t('Flies away: the loss rises. Lowest at {best}.', best);
    default:
      return t('Best for the next step: {best}.', best);
  }
}
