/**
 * A number that can be tuned, as the catalog describes it: what is accepted, what − and + do, where a slider stands.
 *
 * @typedef {import('./wire.js').SettingAnswer} Setting
 */

import { count, number } from './format.js';
import { t } from './i18n.js';
import { logScale, nextNice, round } from './scale.js';

/** Steps of − and + along a linear slider, about. */
const STEPS = 25;
/** Positions of a slider whose steps are equal factors. */
const LOG_STOPS = 300;
/** Below it, − on such a scale goes to 0. */
const SMALLEST = 1e-12;

/** A setting that is not of the catalog. @param {Partial<Setting> & {name: string, label: string}} given @returns {Setting} */
export const settingOf = (given) => ({
  default: 0,
  minimum: null,
  maximum: null,
  exclusive_maximum: false,
  integer: false,
  scale: 'linear',
  slider: null,
  ...given,
});

/** The same setting with no more than `most`. @param {Setting} setting @param {number} most @returns {Setting} */
export function atMost(setting, most) {
  if (setting.maximum !== null && setting.maximum <= most) return setting;
  const [low, high] = setting.slider ?? [0, 0];
  const slider = setting.slider && /** @type {[number, number]} */ ([low, Math.min(high, most)]);
  return { ...setting, maximum: most, exclusive_maximum: false, slider };
}

/** @param {Setting} setting @param {number} value */
function isAccepted({ minimum, maximum, exclusive_maximum, integer }, value) {
  if (!Number.isFinite(value) || (integer && !Number.isSafeInteger(value))) return false;
  if (minimum !== null && value < minimum) return false;
  return maximum === null || (exclusive_maximum ? value < maximum : value <= maximum);
}

/** What should be there instead, as a sentence; null if the value is accepted. @param {Setting} setting @param {number} value */
export function problemOf(setting, value) {
  if (isAccepted(setting, value)) return null;
  const { minimum, maximum, exclusive_maximum, integer } = setting;
  const written = (/** @type {number | null} */ one) => (integer ? count(one ?? 0) : number(one ?? 0));
  const values = { low: written(minimum), high: written(maximum), example: written(setting.default) };
  if (integer && maximum === null) return t('A whole number, {low} or more, such as {example}.', values);
  if (integer) return t('A whole number from {low} to {high}, such as {example}.', values);
  if (minimum === null) return t('A number, such as {example}.', values);
  if (maximum === null) return t('A number, {low} or more, such as {example}.', values);
  if (exclusive_maximum) return t('A number from {low} to just below {high}, such as {example}.', values);
  return t('A number from {low} to {high}, such as {example}.', values);
}

/** The number of 1, 2, 5, 10, 20 … nearest above. @param {number} size */
function niceStep(size) {
  return nextNice(size / (1 + 1e-6), 1);
}

/** How far − and + go on a linear scale. @param {Setting} setting */
function stepOf({ integer, slider }) {
  if (!slider) return integer ? 1 : 0.1;
  const wanted = niceStep((slider[1] - slider[0]) / STEPS);
  return integer ? Math.max(1, wanted > 10 ? 10 : Math.round(wanted)) : wanted;
}

/** @param {Setting} setting @param {number} value @param {1 | -1} direction */
function moved(setting, value, direction) {
  if (setting.scale === 'log') {
    const lowest = setting.slider?.[0] ?? SMALLEST;
    if (value < lowest) return direction > 0 ? lowest : 0;
    return direction < 0 && value <= lowest * (1 + 1e-9) ? 0 : nextNice(value, direction);
  }
  const step = stepOf(setting);
  const places = value / step;
  const next = direction > 0 ? Math.floor(places + 1e-6) + 1 : Math.ceil(places - 1e-6) - 1;
  return round(next * step, 12);
}

/**
 * The next value up or down: along the slider as long as the value is on it, beyond it up to what is accepted.
 * @param {Setting} setting
 * @param {number} value
 * @param {1 | -1} direction
 */
export function stepped(setting, value, direction) {
  const next = moved(setting, value, direction);
  const [low, high] = setting.slider ?? [-Infinity, Infinity];
  const isInside = setting.scale === 'linear' && value >= low && value <= high;
  const end = direction > 0 ? high : low;
  const kept = isInside && value !== end && (next - end) * direction > 0 ? end : next;
  return isAccepted(setting, kept) ? kept : value;
}

/** What a slider of a setting has to be, and how its positions are read. @param {Setting} setting */
export function sliderOf(setting) {
  const { slider, scale, integer } = setting;
  if (!slider) return null;
  const [low, high] = slider;
  if (scale === 'log') return { low: 0, high: LOG_STOPS, step: 1, ...logScale(low, high, LOG_STOPS) };
  const step = integer ? stepOf(setting) : niceStep((high - low) / (40 * STEPS));
  const unchanged = (/** @type {number} */ value) => value;
  return { low, high, step, value: unchanged, position: unchanged };
}
