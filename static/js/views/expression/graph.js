/**
 * A formula as a graph: values in ink, what flows back in violet, on each edge the local derivative. The step just made
 * is marked as with a highlighter. On a phone it runs from top to bottom.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('../../lesson-state.js').ExpressionState} ExpressionState
 * @typedef {import('../../lib/wire.js').NodeAnswer} FormulaNode
 * @typedef {ExpressionState & {place: number}} Slice
 */

import { number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { layOut } from '../../lib/expression/layout.js';
import { shortened, written } from '../../lib/expression/signs.js';
import { knownAfter } from '../../lib/expression/walk.js';
import { edgeLabels, edgeTraces } from './edges.js';
import { heightFor, pixelsOf } from './geometry.js';
import { nodeBoxes, nodeLabels, nodeTraces } from './nodes.js';
import { apart } from './labels.js';

/** More nodes than these are no picture any more; their numbers are in the table. */
const MOST = 60;

/** The graph at a place of the lesson. @param {number} place @returns {View} */
export const graphAt = (place) => ({
  name: `expression-${place}`,
  select: (state) => {
    const found = /** @type {import('../../lesson-state.js').State} */ (state).expressions[place];
    return found ? { ...found, place } : null;
  },
  figure,
  describe,
  table,
});

/** What the figure needs of the height. @param {Slice} slice @param {boolean} isNarrow */
export const heightOf = ({ found }, isNarrow) =>
  found && found.nodes.length <= MOST ? heightFor(layOut(found.nodes), isNarrow) : null;

/** @param {Slice} slice @param {Frame} frame */
function figure({ found, step }, frame) {
  if (!found || found.nodes.length > MOST) return { data: [], layout: {}, shape: 'none' };
  const { colours, width, height } = frame;
  const known = knownAfter(found, step);
  const layout = layOut(found.nodes);
  const scene = { nodes: layout.nodes, known, colours, pixels: pixelsOf(layout, frame) };
  const labels = apart([...nodeLabels(scene), ...edgeLabels(scene)], nodeBoxes(scene));
  const axis = { visible: false, fixedrange: true };
  return {
    data: [...edgeTraces(scene), ...nodeTraces(scene)],
    layout: {
      margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { ...axis, range: [0, width] },
      yaxis: { ...axis, range: [height, 0] },
      annotations: labels,
    },
    shape: 'graph',
  };
}

/** @param {Slice} slice */
function describe({ found, step }) {
  if (!found) return t('It is being computed.');
  const { steps, values, gradients } = knownAfter(found, step);
  const last = found.nodes.length - 1;
  const count = found.nodes.filter(({ inputs }) => inputs.length > 0).length;
  const parts = [
    found.nodes.length > MOST
      ? t('The formula is too large for a picture; its numbers are in the table.')
      : tn(
          'The formula as a graph of {count} operation. Each node has its value and, after ∂, its gradient; on the edges stand the local derivatives.',
          'The formula as a graph of {count} operations. Each node has its value and, after ∂, its gradient; on the edges stand the local derivatives.',
          count,
        ),
  ];
  if (values.has(last) && step > 0) parts.push(t('Result: {value}.', { value: written(found.value) }));
  if (step === steps.length && gradients.size > 0) {
    const list = Object.entries(found.gradients).map(
      ([name, value]) => `${shortened(name)}\u00a0${signed(value)}`,
    );
    parts.push(t('Gradients: {list}.', { list: list.join('; ') }));
  }
  return parts.join(' ');
}

/** @param {number | null} value */
const signed = (value) => number(value, { sign: true, overflow: t('none') });

/** @param {Slice} slice */
function table({ found, step }) {
  const columns = [t('node'), t('value'), t('gradient'), t('local derivatives')];
  if (!found) return { columns, rows: [] };
  const { values, gradients } = knownAfter(found, step);
  const cell = (/** @type {boolean} */ isKnown, /** @type {number | null} */ value) =>
    isKnown ? (value ?? t('none')) : '—';
  return {
    columns,
    rows: found.nodes.map(({ id, label, value, gradient, inputs, local_derivatives }) => ({
      cells: [
        label,
        cell(values.has(id), value),
        cell(gradients.has(id), gradient),
        inputs.length === 0 ? '' : values.has(id) ? local_derivatives.map(written).join('; ') : '—',
      ],
    })),
  };
}
