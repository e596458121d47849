/**
 * One operation of a step, told: where it is, a sentence, the formula, the formula with its numbers, the result.
 *
 * Words between [[ and ]] are marked as with a highlighter, like what they name in the picture. A new kind of
 * operation gets its teller in `told/`.
 * @typedef {import('./wire.js').OperationAnswer} Operation
 * @typedef {import('./mathml.js').Maths} Maths
 * @typedef {import('./told/parts.js').Scene} Scene
 * @typedef {import('./told/parts.js').Row} Row
 * @typedef {{place: string, sentence: string, lines: Maths[], rows: Row[], rest: {count: number, value: number | null} | null,
 *   result: {name: Maths, value: number | null, spoken: string}}} Told
 */

import { number } from './format.js';
import { t } from './i18n.js';
import { value } from './mathml.js';
import { phaseName, unitName } from './names.js';
import { BACKWARD } from './told/backward.js';
import { FORWARD } from './told/forward.js';
import { numberedBy } from './told/layers.js';
import { isAs } from './told/parts.js';
import { UPDATE } from './told/update.js';

/** @type {Record<string, import('./told/parts.js').Teller>} */
const KINDS = { ...FORWARD, ...BACKWARD, ...UPDATE };

/** Kinds that belong to the backward pass and are written with their sign. */
const SIGNED = new Set(['da_loss', 'da', 'delta', 'delta_fused', 'delta_softmax', 'dW', 'db']);

/**
 * @param {Operation} operation
 * @param {Scene} scene
 * @returns {Told}
 */
export function tell(operation, scene) {
  const { name: quantity, spoken, ...told } = KINDS[operation.kind](operation, scene);
  const numbered = numberedBy(operation, scene);
  const where =
    operation.layer === null ? '' : ` · ${unitName(scene, operation.layer, Number(operation.unit))}`;
  return {
    ...told,
    place: phaseName(operation.phase) + where,
    rows: told.rows.map((row) => ({ ...row, label: numbered(row.label) })),
    lines: [
      ...told.lines.map(numbered),
      isAs(value(operation.value, { sign: SIGNED.has(operation.kind), strong: true })),
    ],
    result: { name: numbered(quantity), value: operation.value, spoken },
  };
}

/**
 * The operation as one spoken sentence, with its result.
 * @param {Told} told
 */
export function spoken(told) {
  return t('{place}: {quantity} is {value}.', {
    place: told.place,
    quantity: told.result.spoken,
    value: number(told.result.value),
  });
}
