/** What the lines of a pass are called, how they stand together, and what is said of the sheet as a whole. */

import { number } from '../format.js';
import { t, tn } from '../i18n.js';
import { unitName } from '../names.js';
import { valueOf } from './sheet.js';

/**
 * @typedef {import('./sheet.js').Sheet} Sheet
 * @typedef {import('./sheet.js').PassLine} PassLine
 * @typedef {{name: string, heading: string, isBack: boolean, groups: {name: string, heading: string, lines: PassLine[]}[]}} Section
 */

const SCENE = { activations: ['sigmoid', 'sigmoid'] };
const PERCENT = 100;
const SUBSCRIPTS = '₀₁₂';

/** @param {PassLine} line */
const weightName = ({ unit, input }) => `w${SUBSCRIPTS[Number(unit) + 1]}${SUBSCRIPTS[Number(input) + 1]}`;

/** What a line is, in words. @param {PassLine} line */
export function labelOf(line) {
  switch (line.kind) {
    case 'z':
      return t('weighted sum and bias');
    case 'a':
      return t('what the unit says');
    case 'part':
      return t('loss of this output');
    case 'loss':
      return t('loss of the network');
    case 'da_loss':
      return t('how far off it is');
    case 'da':
      return t('what comes back from both outputs');
    case 'derivative':
      return t('slope of the sigmoid');
    case 'delta':
      return t('error of the unit');
    case 'dW':
      return t('gradient of the weight {weight}', { weight: weightName(line) });
    case 'weight':
      return t('new weight {weight}', { weight: weightName(line) });
    default:
      return t('loss with the new weights');
  }
}

/** Where a line stands: its unit, or the network. @param {PassLine} line */
const placeOf = ({ layer, unit }) =>
  layer === null || unit === null ? t('the whole network') : unitName(SCENE, layer, unit);

/** A line as it is called where its place is not seen. @param {PassLine} line */
export const fullNameOf = (line) => `${placeOf(line)}: ${labelOf(line)}`;

/** @param {PassLine} line */
function sectionOf({ phase, layer }) {
  if (phase === 'forward') return 'forward';
  if (phase === 'loss') return 'loss';
  if (phase === 'update') return 'update';
  return layer === 1 ? 'output' : 'hidden';
}

/** @param {string} name */
function headingOf(name) {
  switch (name) {
    case 'forward':
      return t('Forward pass');
    case 'loss':
      return t('Loss');
    case 'output':
      return t('Backward pass: output layer');
    case 'hidden':
      return t('Backward pass: hidden layer');
    default:
      return t('Update');
  }
}

/** The lines in the order they are computed, by section and by unit. @param {PassLine[]} lines @returns {Section[]} */
export function sectionsOf(lines) {
  /** @type {Section[]} */
  const sections = [];
  for (const line of lines) {
    const name = sectionOf(line);
    if (sections.at(-1)?.name !== name) {
      const isBack = name === 'output' || name === 'hidden';
      sections.push({ name, heading: headingOf(name), isBack, groups: [] });
    }
    const { groups } = /** @type {Section} */ (sections.at(-1));
    const heading = placeOf(line);
    if (groups.at(-1)?.heading !== heading) groups.push({ name: `${groups.length}`, heading, lines: [] });
    groups.at(-1)?.lines.push(line);
  }
  return sections;
}

/** How far one is. @param {Sheet} sheet @param {{filled: number, blanks: number, left: number, shown: number}} counts */
export function progressOf({ pass }, { filled, blanks, left, shown }) {
  const tolerance = number(PERCENT * (pass?.tolerance ?? NaN));
  if (blanks === 0) return t('Nothing is left out: every number of the pass is there.');
  if (left > 0)
    return tn(
      '{filled} of {count} blank is filled in. Comma or point; three significant digits are enough (within {tolerance} %).',
      '{filled} of {count} blanks are filled in. Comma or point; three significant digits are enough (within {tolerance} %).',
      blanks,
      { filled, tolerance },
    );
  return shown > 0
    ? t('That is the whole pass: {filled} filled in, {shown} shown. Other numbers, once more?', {
        filled,
        shown,
      })
    : t('That is the whole pass, and every number of it is yours.');
}

const MOST_DIGITS = 12;
/** Of what the right step gains, so much more or less is a little. */
const LITTLE = 0.1;

/** Two numbers with so many digits that they can be told apart, and one more. @param {number} one @param {number} other */
export function apart(one, other) {
  for (let digits = 4; digits < MOST_DIGITS; digits += 1) {
    if (number(one, { digits }) !== number(other, { digits }))
      return [number(one, { digits: digits + 1 }), number(other, { digits: digits + 1 })];
  }
  return [number(one, { digits: MOST_DIGITS }), number(other, { digits: MOST_DIGITS })];
}

/** Both losses after the step, side by side. @param {Sheet} sheet */
export function comparedOf(sheet) {
  const { pass, isCompared } = sheet;
  const old = pass?.lines.find(({ name }) => name === 'loss_after')?.value;
  const updated = pass?.updated.loss_after;
  const before = valueOf(sheet, 'loss');
  if (typeof old !== 'number' || typeof updated !== 'number' || before === null) return '';
  if (!isCompared)
    return t(
      'What difference does it make? Choose the updated weights, and compare the loss after the step.',
    );
  const [one, other] = apart(old, updated);
  const values = { before: number(before), old: one, updated: other };
  return `${t('One step takes the loss from {before} to {old} with the old output weights, and to {updated} with the updated ones.', values)} ${verdictOf(before, old, updated)}`;
}

/** @param {number} before @param {number} old @param {number} updated */
function verdictOf(before, old, updated) {
  if (Math.abs(updated - old) <= LITTLE * Math.abs(before - old))
    return t('The difference is small here, and it is still not the gradient.');
  if (updated > old) return t('The mistake costs something here: it is not the gradient.');
  return t(
    'Here the mistake even leads lower, by chance: it is not the gradient, and with other numbers it costs.',
  );
}
