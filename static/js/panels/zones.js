/** The verdicts on the learning rate on its slider: coloured, named in words, with the limit 2/λ as a mark. */

import { byId, element } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { HIGHEST_RATE, LOWEST_RATE } from '../lib/scale.js';
import {
  ZONES,
  bandsOf,
  isTried,
  limitMeaning,
  limitOf,
  measured,
  trackOf,
  verdictWords,
  zoneName,
  zoneOf,
} from '../lib/zones.js';
import { currentRate, store } from '../state.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../lib/zones.js').Rates} Rates */

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
    const { answer, isFresh, step } = measured(state, 'rates');
    const rates = /** @type {Rates | null} */ (answer);
    const rate = currentRate(state);
    const isOwn = rates !== null && isTried(rates, rate);
    // The words wait until the very rate has been tried; the picture shows already where it lies.
    const zone = rates && (isOwn ? rates.own.verdict : zoneOf(rates, rate));
    track.classList.toggle('has-zones', rates !== null);
    if (rates) track.style.setProperty('--zones', trackOf(bandsOf(rates), share));
    track.classList.toggle('is-old', !isFresh);
    legend.classList.toggle('is-old', !isFresh);
    note.classList.toggle('is-old', isFresh && !isOwn);
    for (const one of names) one.classList.toggle('is-current', one.dataset.zone === zone);
    const limit = limitOf(bentAs(rates), state.experiment?.optimizer ?? { name: 'sgd' });
    limitMark.hidden = limit.rate === null;
    if (limit.rate !== null) limitMark.style.setProperty('--at', String(share(limit.rate)));
    const isBatch = state.experiment?.batch.size !== null;
    note.textContent = rates ? words(rates, limit, isFresh ? null : step, isBatch) : '';
  });
}

/** @param {Rates | null} rates */
const bentAs = (rates) => rates && { critical_learning_rate: rates.limit };

/**
 * @param {Rates} rates
 * @param {ReturnType<typeof limitOf>} limit
 * @param {number | null} step  that all this is of, where that is not the one on screen
 * @param {boolean} isBatch  whether other figures are of a batch
 */
function words(rates, limit, step, isBatch) {
  const sentences = [verdictWords(rates)];
  if (limit.rate !== null) sentences.push(limitMeaning(limit));
  else if (rates.sharpness !== null) sentences.push(t('There is no limit 2/λ here.'));
  if (isBatch) sentences.push(t('All of it for all training examples.'));
  if (step !== null) sentences.unshift(t('As it was at step {step}.', { step: count(step) }));
  return sentences.join(' ');
}
