/**
 * What a learning rate would do in the steps to come, as the engine has tried it, and the limit 2/λ beside it.
 *
 * @typedef {import('../state.js').State} State
 * @typedef {import('./wire.js').StepSizesAnswer} StepSizes
 * @typedef {import('./wire.js').CurvatureAnswer} Curvature
 * @typedef {import('./wire.js').RatesAnswer} Rates
 * @typedef {import('./wire.js').VerdictsAnswer} Verdicts  of a network's rates, or of a run on a surface
 * @typedef {'slow' | 'good' | 'bounces' | 'flies_away'} Zone
 * @typedef {{zone: Zone | null, from: number, to: number}} Band  null: training has settled there
 */

import { number } from './format.js';
import { t, tn } from './i18n.js';

/** From the smallest rates to the largest. @type {Zone[]} */
export const ZONES = ['slow', 'good', 'bounces', 'flies_away'];

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
 * An answer about the moment on screen, and whether it is of it. What is drawn of these answers does not depend on
 * the rate in force, so that it holds while that is dragged.
 * @template {StepSizes | Curvature | Rates} Answer
 * @param {State} state
 * @param {'stepSizes' | 'curvature' | 'rates'} name
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
 * The rates that were tried, those with one verdict together; a border lies midway between two of them.
 * @param {Pick<Verdicts, 'rates' | 'verdicts'>} answer
 * @returns {Band[]}
 */
export function bandsOf({ rates, verdicts }) {
  const tried = /** @type {number[]} */ (rates);
  /** @type {Band[]} */
  const bands = [];
  tried.forEach((rate, index) => {
    const zone = verdicts[index];
    const last = bands.at(-1);
    const from = index === 0 ? rate : Math.sqrt(tried[index - 1] * rate);
    if (last) last.to = from;
    if (last?.zone !== zone) bands.push({ zone, from, to: rate });
  });
  const last = bands.at(-1);
  if (last) last.to = tried[tried.length - 1];
  return bands;
}

/**
 * The band that a rate lies in; null where none does, or training has settled.
 * @param {Pick<Verdicts, 'rates' | 'verdicts'>} answer
 * @param {number} rate
 * @returns {Zone | null}
 */
export function zoneOf(answer, rate) {
  const bands = bandsOf(answer);
  if (bands.length === 0) return null;
  const [first, last] = [bands[0], bands[bands.length - 1]];
  // Beyond what was tried, nothing but going on as before is certain.
  if (rate < first.from) return first.zone === 'slow' ? 'slow' : null;
  if (rate > last.to) return last.zone === 'flies_away' ? 'flies_away' : null;
  return bands.find(({ to }) => rate <= to)?.zone ?? null;
}

/** Whether it was this very rate that was tried as the one in force. @param {Pick<Verdicts, 'own'>} answer @param {number} rate */
export const isTried = ({ own }, rate) => own.rate === rate;

/** The verdict on the rate at the moment on screen, null until it has been tried. @param {State} state @param {number} rate */
export function currentZone(state, rate) {
  const { answer, isFresh } = measured(state, 'rates');
  const rates = /** @type {Rates | null} */ (answer);
  return rates !== null && isFresh && isTried(rates, rate) ? rates.own.verdict : null;
}

/**
 * Bands as the colours of a slider's track.
 * @param {Band[]} bands
 * @param {(rate: number) => number} share  where a rate is on the slider, from 0 to 1
 */
export function trackOf(bands, share) {
  const at = (/** @type {number} */ rate, /** @type {number} */ gap) =>
    `calc(0.75rem + (100% - 1.5rem) * ${share(rate).toFixed(4)} ${gap < 0 ? '-' : '+'} ${Math.abs(gap)}px)`;
  const stops = bands.flatMap(({ zone, from, to }, index) => {
    const colour = zone === null ? 'var(--line)' : `var(--zone-${zone.replace('_', '-')})`;
    const begin = index === 0 ? '0%' : at(from, 1);
    const end = index === bands.length - 1 ? '100%' : at(to, -1);
    const gap = index === 0 ? [] : [`var(--panel) ${at(from, -1)} ${at(from, 1)}`];
    return [...gap, `${colour} ${begin} ${end}`];
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** A mark on such a track, to lie over it. @param {number} at  from 0 to 1 */
export function markOf(at) {
  const place = `(0.75rem + (100% - 1.5rem) * ${at.toFixed(4)}`;
  const [from, to] = [`calc${place} - 1px)`, `calc${place} + 1px)`];
  return `linear-gradient(to right, transparent ${from}, var(--ink) ${from} ${to}, transparent ${to})`;
}

/** How many steps each rate was tried for. @param {Pick<Verdicts, 'steps'>} answer */
const during = ({ steps }) => tn('in {count} step', 'in {count} steps', steps);

/** What the rate in force would do, and which gets lower. @param {Verdicts} answer */
export function verdictWords(answer) {
  const { own, settled } = answer;
  if (answer.loss === null) return t('The loss is beyond what a number can hold.');
  if (settled) return settledWords(answer);
  const more = [own.newly_dead > 0 ? deadWords(own.newly_dead) : '', recommendedWords(answer)];
  return [ownWords(answer), ...more].filter(Boolean).join(' ');
}

/** @param {Verdicts} answer */
function ownWords(answer) {
  const { own, loss } = answer;
  const values = { when: during(answer), before: number(loss), after: number(own.loss) };
  switch (own.verdict) {
    case 'slow':
      return t('Slow: {when} the loss goes from {before} to {after}.', values);
    case 'good':
      return t('Good: {when} the loss goes from {before} to {after}.', values);
    case 'bounces':
      return t('Bounces: {when} the loss goes from {before} to {after}.', values);
    default:
      return own.loss === null
        ? t('Flies away: {when} the loss grows beyond what a number can hold.', values)
        : t('Flies away: {when} the loss goes from {before} to {after}.', values);
  }
}

/** @param {number} count */
const deadWords = (count) =>
  tn('It leaves {count} more unit dead.', 'It leaves {count} more units dead.', count);

/** Of the rates that were tried, the one that gets lowest and kills nothing, if it gets lower. @param {Verdicts} answer */
export function recommendedWords({ own, recommended_rate: rate, recommended_loss: loss }) {
  if (rate === null || loss === null) return '';
  const isLower = own.loss === null || loss < own.loss || own.newly_dead > 0;
  return isLower && rate !== own.rate
    ? t('η {rate} gets it to {loss}.', { rate: number(rate, { digits: 3 }), loss: number(loss) })
    : '';
}

/** Where no rate gains more than rounding. @param {Verdicts} answer */
function settledWords(answer) {
  const values = { when: during(answer), before: number(answer.loss), after: number(answer.own.loss) };
  const settled =
    answer.loss === 0
      ? t('All is learnt: the loss is 0, and no rate can lower it.')
      : t('Settled: none of the rates tried lowers the loss, {before}, {when}.', values);
  return answer.own.verdict === 'flies_away' ? `${settled} ${ownWords(answer)}` : settled;
}

/** The rate of the lowest single step, as it is written: at the end of what was looked at, a better one may lie beyond. @param {Pick<StepSizes, 'rates' | 'best_rate'>} answer */
export function bestWords({ rates, best_rate: best }) {
  const rate = number(best, { digits: 3 });
  const most = rates[rates.length - 1];
  return best !== null && most !== null && best >= most * (1 - 1e-9) ? t('{rate} or more', { rate }) : rate;
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

/** What a limit means. @param {ReturnType<typeof limitOf>} limit */
export function limitMeaning(limit) {
  const values = { limit: limitWords(limit.formula, limit.rate) };
  return limit.isOwn
    ? t('{limit}: beyond it a bowl throws you out; a curved landscape may bend and let you stay.', values)
    : t('{limit} is the limit of plain gradient descent, not of this optimizer.', values);
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
