/**
 * The caption of the step-size curve: what the coming step does, which step would get lowest, and what rates do over
 * more steps.
 *
 * @typedef {import('./step-sizes.js').Slice} Slice
 * @typedef {import('../lib/zones.js').StepSizes} StepSizes
 */

import { count, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { bestWords, isTried, limitMeaning, limitOf, zoneName } from '../lib/zones.js';

/** Whether there is no loss to begin with, and so nothing to draw. @param {Slice} slice */
export const isBeyond = ({ curve }) => curve !== null && curve.loss === null;

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  const { curve, isFresh, step, isBatch } = slice;
  if (curve === null) return t('The loss after one step, for every learning rate: it is being computed.');
  if (!isFresh) return t('As it was at step {step}.', { step: count(step ?? 0) });
  if (isBeyond(slice)) return t('Here the loss has grown beyond what a number can hold.');
  return [
    coming(slice, curve),
    gained(slice, curve),
    judged(slice),
    limited(slice),
    ...(isBatch ? [t('All of it for the batch of this step.')] : []),
  ]
    .filter(Boolean)
    .join(' ');
}

/** @param {Slice} slice @param {StepSizes} curve */
function coming({ rate, after, isExact }, { loss }) {
  if (!isExact) return t('With η = {rate}: it is being computed.', { rate: number(rate) });
  const values = { rate: number(rate), before: number(loss), after: number(after) };
  if (after === null)
    return t(
      'With η = {rate} the next step takes the loss from {before} beyond what a number can hold.',
      values,
    );
  if (values.before === values.after && loss !== null)
    return t('With η = {rate} the next step hardly moves the loss, {before}: by {change}.', {
      ...values,
      change: number(after - loss, { digits: 2, sign: true }),
    });
  return t('With η = {rate} the next step takes the loss from {before} to {after}.', values);
}

/** @param {Slice} slice @param {StepSizes} curve */
function gained({ optimizer }, curve) {
  if (curve.best_rate === null) return t('No rate lowers the loss in one step.');
  const values = { best: bestWords(curve), least: number(curve.best_loss) };
  return optimizer.name === 'sgd'
    ? t('This one step would get lowest with η {best}: {least}.', values)
    : t('This one step, along what the optimizer would do, would get lowest with η {best}: {least}.', values);
}

/** What the bands say. @param {Slice} slice */
function judged({ rates, rate }) {
  if (rates === null) return '';
  const when = tn('in {count} step', 'in {count} steps', rates.steps);
  const words = t('A good single step is not a good rate: the bands say what a rate does {when}.', { when });
  const zone = isTried(rates, rate) ? rates.own.verdict : null;
  return zone === null ? words : `${words} ${t('Zone: {zone}.', { zone: zoneName(zone) })}`;
}

/** @param {Slice} slice */
function limited({ bend, optimizer }) {
  if (bend === null || bend.sharpness === null) return '';
  const limit = limitOf(bend, optimizer);
  return limit.rate === null
    ? t('The loss is bent upwards in no direction here, so that there is no limit 2/λ.')
    : limitMeaning(limit);
}
