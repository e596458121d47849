/**
 * What fits together: losses with targets, output activations with losses.
 *
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('./wire.js').CatalogAnswer} Catalog
 * @typedef {import('./wire.js').LossAnswer} Loss
 */

import { taskOf } from './measures.js';

/** Shares of one whole may miss it by rounding. */
const ROUNDING = 1e-6;

/** @template {{name: string}} Row @param {Row[]} rows @param {string} name */
export const rowOf = (rows, name) => rows.find((row) => row.name === name);

/** The kinds of targets that classes of these data can be written as. @param {Catalog} catalog @param {Experiment} experiment @returns {string[]} */
export function targetKinds(catalog, { data }) {
  const task = taskOf(catalog, data);
  if (task !== null) return task === 'classification' ? ['zero_one', 'minus_one_one', 'one_hot'] : [];
  const targets = /** @type {number[][]} */ (data.targets);
  const all = targets.flat();
  const isShares = targets.every(
    (row) => row.length > 1 && Math.abs(row.reduce((sum, y) => sum + y, 0) - 1) <= ROUNDING,
  );
  const isWithin = all.every((y) => y >= 0 && y <= 1);
  return [
    ...(isWithin ? ['zero_one'] : []),
    ...(all.every((y) => Math.abs(y) === 1) ? ['minus_one_one'] : []),
    ...(isShares && all.every((y) => y >= 0) ? ['one_hot'] : []),
  ];
}

/**
 * Whether outputs of an activation are what a loss can compare.
 * @param {Catalog['activations'][number]} activation
 * @param {Loss | undefined} loss
 * @param {number} outputs
 */
export function fits(activation, loss, outputs) {
  if (activation.last_layer_only && outputs < 2) return false;
  const isShare = activation.lowest === 0 && activation.highest === 1 && activation.name !== 'step';
  if (loss?.targets === 'one_hot') return activation.last_layer_only;
  if (loss?.name === 'binary_cross_entropy') return isShare && !activation.last_layer_only;
  // A hinge wants outputs on both sides of 0.
  if (loss?.targets === 'minus_one_one') return activation.lowest === null || activation.lowest < 0;
  return true;
}
