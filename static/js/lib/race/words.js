/**
 * The words of a race: what a run is called, where it is, and how it ended.
 *
 * @typedef {import('../../race-state.js').Run} Run
 * @typedef {import('../../race-state.js').State} State
 * @typedef {import('../wire.js').WalkAnswer} Walk
 */

import { count, number } from '../format.js';
import { t, tn } from '../i18n.js';
import { recommendedWords, zoneName } from '../zones.js';

/** The signs of settings, as the update rules have them. @type {Record<string, string>} */
const SIGNS = {
  learning_rate: 'η',
  momentum: 'μ',
  decay: 'ρ',
  beta1: 'β₁',
  beta2: 'β₂',
  epsilon: 'ε',
  weight_decay: 'λ',
};

/** @param {State['catalog']} catalog @param {string} name */
export const optimizerName = ({ optimizers }, name) =>
  t(optimizers.find((row) => row.name === name)?.label ?? name);

/** A run by its optimizer, its rate, and what else is not as usual: "Momentum, η 0.02, μ 0.8". @param {State['catalog']} catalog @param {Run} run */
export function runName(catalog, { name, learning_rate: rate = 0, ...more }) {
  const settings = catalog.optimizers.find((row) => row.name === name)?.settings ?? [];
  const unusual = settings.flatMap((setting) => {
    const value = /** @type {Record<string, number>} */ (more)[setting.name];
    return value === undefined || value === setting.default
      ? []
      : [`${SIGNS[setting.name] ?? setting.label}\u00a0${number(value)}`];
  });
  return [optimizerName(catalog, name), `η\u00a0${number(rate)}`, ...unusual].join(', ');
}

/** A place: "(−3.5, 0.8)", or "x = 2" of one variable. @param {(number | null)[]} point @param {{axes: string[]}} surface */
export function placeName(point, { axes }) {
  const written = point.map((one) => number(one, { digits: 3 }));
  // A comma that parts two numbers with commas in them is not seen.
  const between = written.some((one) => one.includes(',')) ? '; ' : ', ';
  return written.length === 1 ? `${axes[0]}\u00a0=\u00a0${written[0]}` : `(${written.join(between)})`;
}

/** How a run ends, in a word or two. @param {Walk} walk */
function endWord({ outcome, diverged_at: at, is_growing: isGrowing }) {
  switch (outcome) {
    case 'converged':
      return t('arrived');
    case 'oscillating':
      return isGrowing ? t('bouncing, farther each time') : t('bouncing');
    case 'diverged':
      return t('flown away, from step {step} on', { step: count(at ?? 0) });
    default:
      return t('on its way');
  }
}

/** The same, with the step that it is told of where that is not the one on screen. @param {Walk} walk @param {number} step @param {number} steps */
export function outcomeWord(walk, step, steps) {
  const word = endWord(walk);
  return step >= steps ? word : t('at step {step}: {outcome}', { step: count(steps), outcome: word });
}

/** What that means, at the end. @param {Walk} walk */
export function outcomeReason({ outcome, is_growing: isGrowing }) {
  switch (outcome) {
    case 'converged':
      return t('The gradient is less than a thousandth of what it was at the start.');
    case 'oscillating':
      return isGrowing
        ? t('Steps go back on the ones before, and the last ones are longer: it cannot stay here.')
        : t('At least half of the last steps go back on the one before: it jumps from side to side.');
    case 'diverged':
      return t('It has left everything that is drawn far behind.');
    default:
      return t('The gradient still leads on: with more steps it would go farther.');
  }
}

/** What the rate of a run does in its first steps, and which gets lower. @param {Walk} walk */
export function verdictOf({ rates }) {
  const { own, loss, settled } = rates;
  const when = tn('in {count} step', 'in {count} steps', rates.steps);
  if (settled) return t('No rate gets lower than {before} {when}.', { when, before: number(loss) });
  const values = {
    when,
    zone: zoneName(own.verdict ?? 'slow'),
    before: number(loss),
    after: number(own.loss),
  };
  const words =
    own.loss === null
      ? t('This rate, {when}: {zone}.', values)
      : t('This rate, {when}: {zone}, from {before} to {after}.', values);
  return [words, recommendedWords(rates)].filter(Boolean).join(' ');
}

/** What stands in each line of an update; an optimizer that is not listed has the words of the last. @type {Record<string, {remembered?: string, divisor?: string, move: string}>} */
const RULES = {
  sgd: { move: '−η·g' },
  momentum: { remembered: 'v ← μ·v + g', move: '−η·v' },
  nesterov: { remembered: 'g + μ·v', move: '−η·(g + μ·v)' },
  adagrad: { divisor: '√Σg² + ε', move: '−η·g ∕ (√Σg² + ε)' },
  rmsprop: { divisor: '√s + ε', move: '−η·g ∕ (√s + ε)' },
  adam: { remembered: 'm̂', divisor: '√v̂ + ε', move: '−η·m̂ ∕ (√v̂ + ε)' },
  adamw: { remembered: 'm̂', divisor: '√v̂ + ε', move: '−η·m̂ ∕ (√v̂ + ε) − η·λ·w' },
};

/** @param {string} optimizer */
export const ruleOf = (optimizer) => RULES[optimizer] ?? { remembered: '', divisor: '', move: '' };
