/**
 * Walking through the operations of a step: what is known after some of them, and where the next stop is.
 *
 * A cursor counts the operations done: 0 is "nothing yet", `operations.length` is "all of it".
 * @typedef {import('./wire.js').OperationAnswer} Operation
 * @typedef {'operation' | 'unit' | 'layer' | 'pass' | 'step'} Granularity
 */

export const GRANULARITIES = /** @type {const} */ (['operation', 'unit', 'layer', 'pass', 'step']);
export const PHASES = /** @type {const} */ (['forward', 'loss', 'backward', 'update']);

/**
 * The name of a number: what it is, and of which unit (and input).
 * @param {string} kind
 * @param {number | null} [layer]
 * @param {number | null} [unit]
 * @param {number | null} [input]
 */
export function key(kind, layer = null, unit = null, input = null) {
  return [kind, layer, unit, input].filter((part) => part !== null).join(' ');
}

/** Kinds that give the same number by another way. */
const RESULTS = /** @type {Record<string, string>} */ ({
  da_loss: 'da',
  delta_fused: 'delta',
  delta_softmax: 'delta',
});

/** @param {Operation} operation */
export function resultKey(operation) {
  const kind = RESULTS[operation.kind] ?? operation.kind;
  return key(kind, operation.layer, operation.unit, operation.input);
}

/**
 * What is known after `cursor` operations, by the name of the number.
 * @param {Operation[]} operations
 * @param {number} cursor
 * @returns {Map<string, number | null>}
 */
export function known(operations, cursor) {
  return new Map(operations.slice(0, cursor).map((one) => [resultKey(one), one.value]));
}

/**
 * @param {Operation} operation
 * @param {Granularity} granularity
 */
function group(operation, granularity) {
  const { phase, layer, unit } = operation;
  if (granularity === 'unit') return phase === 'loss' ? 'loss' : `${phase} ${layer} ${unit}`;
  if (granularity === 'layer') return phase === 'loss' ? 'loss' : `${phase} ${layer}`;
  return phase === 'loss' ? 'forward' : phase; // a forward pass ends in the loss
}

/**
 * The cursors where a walk of this granularity stops, from 0 to the end.
 * @param {Operation[]} operations
 * @param {Granularity} granularity
 */
export function stops(operations, granularity) {
  const end = operations.length;
  if (granularity === 'operation') return Array.from({ length: end + 1 }, (_, index) => index);
  if (granularity === 'step') return [0, end];
  const found = [0];
  operations.forEach((operation, index) => {
    const next = operations[index + 1];
    if (!next || group(next, granularity) !== group(operation, granularity)) found.push(index + 1);
  });
  return found;
}

/**
 * The next stop after a cursor, or null at the end.
 * @param {Operation[]} operations
 * @param {number} cursor
 * @param {Granularity} granularity
 */
export function nextStop(operations, cursor, granularity) {
  return stops(operations, granularity).find((stop) => stop > cursor) ?? null;
}

/**
 * The last stop before a cursor, or null at the start.
 * @param {Operation[]} operations
 * @param {number} cursor
 * @param {Granularity} granularity
 */
export function previousStop(operations, cursor, granularity) {
  return stops(operations, granularity).findLast((stop) => stop < cursor) ?? null;
}

/**
 * How many operations each phase has, in order.
 * @param {Operation[]} operations
 */
export function phaseLengths(operations) {
  return PHASES.map((phase) => operations.filter((operation) => operation.phase === phase).length);
}
