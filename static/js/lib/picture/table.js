/**
 * The picture of a network as a table of its numbers.
 *
 * @typedef {import('./slice.js').Slice} Slice
 */

import { t } from '../i18n.js';
import { unitName } from '../names.js';
import { biasPick, edgePick, lossPick, unitPick } from './asked.js';

/**
 * Every number of the picture with the gradient of the loss by it, so that each can be read, and asked about.
 * @param {Slice} slice
 * @returns {import('../view.js').Table}
 */
export function table(slice) {
  const { known, sizes, parameters, inputs } = slice;
  const of = (/** @type {(string | number)[]} */ ...parts) => {
    const value = known.get(parts.join(' '));
    return value === undefined ? '—' : value;
  };
  const loss = known.has('batch_loss') ? 'batch_loss' : 'example_loss';
  const rows = [{ cells: [t('loss'), of(loss), ''], pick: lossPick() }];
  inputs?.forEach((value, unit) => {
    rows.push({ cells: [unitName(slice, -1, unit), value, ''], pick: unitPick(-1, unit) });
  });
  parameters.forEach(({ weights, biases }, layer) => {
    for (let unit = 0; unit < sizes[layer + 1]; unit += 1) {
      const to = unitName(slice, layer, unit);
      weights[unit].forEach((value, input) => {
        const words = t('weight from {from} to {to}', { from: unitName(slice, layer - 1, input), to });
        const gradient = of('dW', layer, unit, input);
        rows.push({ cells: [words, value, gradient], pick: edgePick({ layer, unit, input }) });
      });
      const bias = t('bias of {unit}', { unit: to });
      rows.push({ cells: [bias, biases[unit], of('db', layer, unit)], pick: biasPick(layer, unit) });
      const [z, a] = [of('z', layer, unit), of('a', layer, unit)];
      rows.push({ cells: [`${to} · z`, z, of('delta', layer, unit)], pick: unitPick(layer, unit, 'z') });
      rows.push({ cells: [`${to} · a`, a, of('da', layer, unit)], pick: unitPick(layer, unit) });
    }
  });
  return { columns: [t('number'), t('value'), t('its gradient')], rows };
}
