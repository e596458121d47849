/** What starts of 1986 came to, in words. */

import { count, number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';

/** @typedef {import('../../lesson-state.js').SymmetryRun} SymmetryRun */
/** @typedef {import('../../lib/wire.js').FindingAnswer} Finding */

/** @param {Finding['outcome']} outcome */
export function outcomeName(outcome) {
  switch (outcome) {
    case '124':
      return t('that is 1 : 2 : 4');
    case '234':
      return t('that is 2 : 3 : 4');
    case 'other':
      return t('no simple ratio so far');
    default:
      return t('not all right so far');
  }
}

/** A ratio as it is said: its smallest is 1. @param {(number | null)[]} ratio */
export const ratioWords = (ratio) => ratio.map((one) => number(one, { digits: 3 })).join(' : ');

/** So many sweeps, after which something is so. @param {number} step */
const afterSweeps = (step) => tn('after {count} sweep', 'after {count} sweeps', step);

/** How a start stands, in a few words. @param {SymmetryRun} run @param {number} patterns */
export function standing({ finding, state }, patterns) {
  if (state.step === 0) return t('at the start');
  if (finding.right === patterns) return t('all {patterns} right', { patterns: count(patterns) });
  return t('{right} of {patterns} right', { right: count(finding.right), patterns: count(patterns) });
}

/** One start in a sentence or two. @param {number} chosen @param {SymmetryRun} run @param {number} patterns */
export function told(chosen, run, patterns) {
  const { finding, state } = run;
  const values = { start: count(chosen + 1), after: afterSweeps(state.step), patterns: count(patterns) };
  if (state.step === 0)
    return t('Start {start}, before the first sweep: small weights, drawn at random.', values);
  if (finding.outcome === 'stuck')
    return t('Start {start} {after}: {right} of {patterns} patterns are right.', {
      ...values,
      right: count(finding.right),
    });
  const [first] = finding.units;
  return t(
    'Start {start} {after}: all {patterns} patterns are right. Mirrored weights are opposite, to within {mismatch} %; their sizes are as {ratio}, {outcome}.',
    {
      ...values,
      mismatch: number(100 * Math.max(...finding.units.map((unit) => unit.mismatch ?? Infinity)), {
        digits: 1,
      }),
      ratio: ratioWords(first.ratio),
      outcome: outcomeName(finding.outcome),
    },
  );
}
