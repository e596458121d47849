/**
 * The picture of a network in words: its caption.
 *
 * @typedef {import('./slice.js').Slice} Slice
 */

import { count } from '../format.js';
import { t, tn } from '../i18n.js';
import { phaseName, unitName } from '../names.js';

/** @typedef {import('../view.js').Facts} Facts  of the picture as it stands on the page */

/** A whole of sentences. @param {...string} sentences */
const joined = (...sentences) => sentences.filter(Boolean).join(' ');

/** The lines, by the kinds of them that are there. @param {Facts} facts */
function lineWords({ positive, negative, zero, beyond, bundles }) {
  const signs =
    positive && negative
      ? t('Blue, solid: positive weight; orange, dashed: negative; width: size.')
      : positive
        ? t('Blue, solid: positive weight; width: size.')
        : negative
          ? t('Orange, dashed: negative weight; width: size.')
          : '';
  return joined(
    signs,
    zero ? t('Grey, dotted: a weight of 0.') : '',
    beyond ? t('Grey, solid: a weight beyond what a number can hold.') : '',
    bundles ? t('One thin line to a unit stands for all its weights from the inputs.') : '',
  );
}

/** What the marks of a picture with numbers mean, and how many of them fit. @param {Slice} slice @param {Facts | undefined} facts */
function legend(slice, facts) {
  if (!facts) return '';
  const { squares, written, numbers } = facts;
  const isCut = !slice.isRunning && !slice.isWhole && written < numbers;
  return joined(
    isCut ? t('{written} of {numbers} numbers fit.', fitting(facts)) : '',
    lineWords(facts),
    squares ? t('A small square at a unit is its bias.') : '',
  );
}

/** @param {Facts} facts */
const fitting = ({ written, numbers }) => ({
  written: count(Number(written)),
  numbers: count(Number(numbers)),
});

/** @param {Slice} slice @param {string} topology @param {Facts | undefined} facts */
function pictureWords({ sizes, step }, topology, facts) {
  const after = tn('{topology} after {count} update.', '{topology} after {count} updates.', step, {
    topology,
  });
  if (!facts) return after;
  const units = sizes.slice(1).reduce((sum, one) => sum + one, 0);
  if (facts.tiles === units) return joined(after, t('In each circle: what that unit gives over the data.'));
  if (facts.tiles) return joined(after, t('In circles: what that unit gives over the data.'));
  return joined(after, lineWords(facts));
}

/** @param {string} topology @param {Facts | undefined} facts */
function wholeWords(topology, facts) {
  if (facts && facts.written < facts.numbers)
    return t(
      'The {topology} network and its next training step, before the weights move: {written} of {numbers} numbers fit.',
      { topology, ...fitting(facts) },
    );
  return facts
    ? t('The {topology} network with every number of its next training step, before the weights move.', {
        topology,
      })
    : t('The {topology} network and its next training step, before the weights move.', { topology });
}

/** @param {Slice} slice @param {Facts} [facts] @returns {string} */
export function describe(slice, facts) {
  const topology = slice.sizes.join('-');
  if (slice.isPicture) return pictureWords(slice, topology, facts);
  return joined(stateWords(slice, topology, facts), legend(slice, facts));
}

/** @param {Slice} slice @param {string} topology @param {Facts | undefined} facts */
function stateWords(slice, topology, facts) {
  if (slice.isRunning)
    return tn(
      'The {topology} network while it trains, after {count} update.',
      'The {topology} network while it trains, after {count} updates.',
      slice.step,
      { topology },
    );
  if (slice.isWhole) return wholeWords(topology, facts);
  if (!slice.current)
    return t(
      'The {topology} network before anything is computed: only inputs, weights and biases are known.',
      {
        topology,
      },
    );
  const { phase, layer, unit } = slice.current;
  const place =
    layer === null || unit === null
      ? phaseName(phase)
      : `${phaseName(phase)}, ${unitName(slice, layer, unit)}`;
  return facts?.isMarked ? t('{place}: what it touches is marked.', { place }) : `${place}.`;
}
