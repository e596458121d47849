/**
 * What a learning rate would do now: which zone of the step-size curve it is in, and where plain steps must bounce.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('./wire.js').StepSizesAnswer} StepSizes
 * @typedef {import('./wire.js').CurvatureAnswer} Curvature
 * @typedef {'slow' | 'good' | 'bounces' | 'flies'} Zone
 * @typedef {{zone: Zone, from: number, to: number}} Band
 */

import { number } from './format.js';
import { t } from './i18n.js';

/** From the smallest rates to the largest. @type {Zone[]} */
export const ZONES = ['slow', 'good', 'bounces', 'flies'];

/** @param {Zone} zone */
export function zoneName(zone) {
  switch (zone) {
    case 'slow':
      return t('slow');
    case 'good':
      return t('good');
    case 'bounces':
      return t('bounces');
    default:
      return t('flies away');
  }
}

/**
 * An answer about the moment on screen, and whether it is of it. None of these answers depends on the rate, so that
 * they hold while it is dragged.
 * @template {StepSizes | Curvature} Answer
 * @param {State} state
 * @param {'stepSizes' | 'curvature'} name
 * @returns {{answer: Answer | null, step: number | null, isFresh: boolean}}  step: the one it is of
 */
export function measured({ asides, now, experiment, isTraining }, name) {
  const aside = asides[name];
  if (aside === undefined) return { answer: null, step: null, isFresh: false };
  const [moment, setUp] = /** @type {[State['now'], State['experiment']]} */ (aside.deps);
  const isFresh = !isTraining && moment === now && setUp === experiment;
  return { answer: aside.answer, step: moment?.step ?? null, isFresh };
}

/**
 * The zones that there are between the lowest and the highest rate looked at; none where no rate lowers the loss.
 * @param {Pick<StepSizes, 'rates' | 'best_rate' | 'zones'>} answer
 * @returns {Band[]}
 */
export function bandsOf({ rates, best_rate: best, zones }) {
  if (best === null || rates.length === 0) return [];
  const low = /** @type {number} */ (rates[0]);
  const high = /** @type {number} */ (rates[rates.length - 1]);
  const ends = [zones.slow_to ?? low, zones.good_to ?? high, zones.bounces_to ?? high, high];
  return ZONES.map((zone, index) => ({
    zone,
    from: index === 0 ? low : ends[index - 1],
    to: ends[index],
  })).filter(({ from, to }) => to > from);
}

/**
 * The zone of a rate; null where nobody has looked, or no rate lowers the loss.
 * @param {Pick<StepSizes, 'rates' | 'best_rate' | 'zones'>} answer
 * @param {number} rate
 * @returns {Zone | null}
 */
export function zoneOf(answer, rate) {
  const bands = bandsOf(answer);
  if (bands.length === 0) return null;
  const last = bands[bands.length - 1];
  // Beyond the highest rate looked at nothing but flying away goes on for certain.
  if (rate > last.to) return last.zone === 'flies' ? 'flies' : null;
  return bands.find(({ to }) => rate <= to)?.zone ?? null;
}

/** The best rate, as it is written: where it is the highest looked at, a better one may lie beyond. @param {Pick<StepSizes, 'rates' | 'best_rate'>} answer */
export function bestWords({ rates, best_rate: best }) {
  const rate = number(best, { digits: 3 });
  const most = rates[rates.length - 1];
  return best !== null && most !== null && best >= most * (1 - 1e-9) ? t('{rate} or more', { rate }) : rate;
}

/** The zone of the rate at the moment on screen. @param {State} state @param {number} rate */
export function currentZone(state, rate) {
  const { answer, isFresh } = measured(state, 'stepSizes');
  return answer === null || !isFresh ? null : zoneOf(/** @type {StepSizes} */ (answer), rate);
}

/** What a limit of plain gradient descent is times for an optimizer: momentum's is exact on a quadratic. @param {{name: string, momentum?: number}} optimizer */
const factorOf = ({ name, momentum = 0 }) => (name === 'momentum' ? 1 + momentum : 1);

/**
 * The limit of the rate along the sharpest direction, and what it is a limit of: what the other optimizers divide by
 * makes one that no formula has.
 * @param {Pick<Curvature, 'critical_learning_rate'> | null} bend
 * @param {{name: string, momentum?: number}} optimizer
 * @returns {{rate: number | null, formula: string, isOwn: boolean}}  own: of this very optimizer
 */
export function limitOf(bend, optimizer) {
  const critical = bend?.critical_learning_rate ?? null;
  const { name } = optimizer;
  return {
    rate: critical === null ? null : factorOf(optimizer) * critical,
    formula: name === 'momentum' ? '2(1\u00a0+\u00a0μ)/λ' : '2/λ',
    isOwn: name === 'sgd' || name === 'momentum',
  };
}

/** A limit and its number, which no line break parts. @param {string} formula @param {number | null} value @param {number} [digits] */
export const limitWords = (formula, value, digits = 3) =>
  `${formula}\u00a0=\u00a0${number(value, { digits })}`;

/** The sharpness at which a rate is at its limit; a rate of 0 has none. @param {number} rate @param {{name: string, momentum?: number}} optimizer */
export const edgeOf = (rate, optimizer) => (rate > 0 ? (2 * factorOf(optimizer)) / rate : null);

/**
 * How high a mark stands at a rate, between the rates that were looked at: for drawing alone, until the engine has
 * said the number.
 * @param {Pick<StepSizes, 'rates' | 'losses' | 'loss'>} answer
 * @param {number} rate
 * @returns {number | null}  null: too large for a number, or beyond them
 */
export function heightAt({ rates, losses, loss }, rate) {
  const next = rates.findIndex((one) => one !== null && one >= rate);
  if (next < 0) return null;
  const [left, before] = next === 0 ? [0, loss] : [rates[next - 1] ?? 0, losses[next - 1]];
  const [right, after] = [/** @type {number} */ (rates[next]), losses[next]];
  if (before === null || after === null) return null;
  return before + ((after - before) * (rate - left)) / (right - left);
}
