/** The evidence in a layer: every gradient beside its numerical twin, and what the pass has computed on its way. */

import { element } from '../dom.js';
import { count, full, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { gradeOf, inputSign, layerName, parameterSign } from '../views/sabotage/network.js';

/** @typedef {import('../lib/wire.js').SabotageAnswer} Case */
/** @typedef {Case['layers'][number]} Layer */
/** @typedef {{weights: (number | null)[][], biases: (number | null)[]}} Of */

/** @param {number | null} value */
const cell = (value) => element('td', { title: full(value) }, number(value));

/** @param {string[]} columns @param {HTMLElement[]} rows @param {string} caption */
const tableOf = (columns, rows, caption) =>
  element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...columns.map((one) => element('th', { scope: 'col' }, one)))),
    element('tbody', {}, ...rows),
  );

/** A number of each parameter: weights first, row by row, then biases. @param {Of} of */
const flat = ({ weights, biases }) => [
  ...weights.flatMap((row, unit) =>
    row.map((value, from) => ({ unit, from: /** @type {number | 'bias'} */ (from), value })),
  ),
  ...biases.map((value, unit) => ({ unit, from: /** @type {number | 'bias'} */ ('bias'), value })),
];

/** @param {Case} found @param {number} index  of the layer @param {number} place  in the lesson */
export function evidenceOf(found, index, place) {
  const layer = found.layers[index];
  const name = layerName(found, index);
  const next = found.layers[index + 1];
  const id = `sabotage-way-${place}`;
  const isOpen = document.getElementById(id)?.hasAttribute('open');
  return [
    scrolled(t('Gradients of: {layer}', { layer: name }), gradientsOf(layer, found.tolerance, name)),
    element(
      'details',
      { class: 'lesson-more', id, ...(isOpen ? { open: '' } : {}) },
      element('summary', {}, t('What the pass has computed in this layer')),
      element(
        'div',
        {},
        scrolled(t('What came into: {layer}', { layer: name }), inputsOf(layer, name)),
        scrolled(t('Values of: {layer}', { layer: name }), valuesOf(layer, name)),
        ...(next
          ? [
              scrolled(
                t('Weights into: {layer}', { layer: layerName(found, index + 1) }),
                nextOf(found, index),
              ),
            ]
          : []),
        element('p', { class: 'note' }, factsOf(found, layer)),
      ),
    ),
  ];
}

/** A table that is wider than the page is scrolled by itself. @param {string} label @param {HTMLElement} table */
const scrolled = (label, table) =>
  element(
    'div',
    { class: 'numbers sabotage-table', tabindex: '0', role: 'region', 'aria-label': label },
    table,
  );

/** @param {boolean} passes */
const markOf = (passes) => [
  element('span', { 'aria-hidden': 'true' }, passes ? '✓' : '✗'),
  element('span', { class: 'visually-hidden' }, passes ? t('passes') : t('fails')),
];

/** @param {Layer} layer @param {number} tolerance @param {string} name */
function gradientsOf(layer, tolerance, name) {
  const columns = [flat(layer.gradients), flat(layer.numerical), flat(layer.ratios), flat(layer.before)];
  const errors = flat(layer.relative_errors);
  const rows = columns[0].map(({ unit, from }, at) => {
    const passes = gradeOf(errors[at].value, tolerance) === 'passes';
    return element(
      'tr',
      passes ? {} : { class: 'is-failing' },
      element('th', { scope: 'row' }, parameterSign(unit, from)),
      element('td', { class: 'sabotage-mark' }, ...markOf(passes)),
      ...columns.map((column) => cell(column[at].value)),
    );
  });
  const heads = [
    ...[t('parameter'), t('check'), t('backpropagation'), t('nudging'), t('ratio')],
    t('the batch before'),
  ];
  return tableOf(heads, rows, name);
}

/** What came in from the layer before, an example a row. @param {Layer} layer @param {string} name */
function inputsOf({ x }, name) {
  const rows = x.map((of, example) =>
    element('tr', {}, element('th', { scope: 'row' }, count(example + 1)), ...of.map(cell)),
  );
  const heads = x[0].map((_, from) => inputSign(from));
  return tableOf([t('example'), ...heads], rows, t('what came into: {layer}', { layer: name }));
}

/** @param {Layer} layer @param {string} name */
function valuesOf({ z, a, derivative, da, delta }, name) {
  const rows = z.flatMap((of, example) =>
    of.map((_, unit) =>
      element(
        'tr',
        {},
        element(
          'th',
          { scope: 'row' },
          t('{example}, neuron {unit}', { example: count(example + 1), unit: count(unit + 1) }),
        ),
        ...[z, a, derivative, da, delta].map((values) => cell(values[example][unit])),
      ),
    ),
  );
  return tableOf([t('example'), 'z', 'a', 'f′(z)', '∂L/∂a', 'δ'], rows, name);
}

/** The weights that the error comes back through, as they are and as they would be after the step. @param {Case} found @param {number} index */
function nextOf(found, index) {
  const next = found.layers[index + 1];
  const before = flat(next.parameters).filter(({ from }) => from !== 'bias');
  const after = flat(next.updated);
  const rows = before.map(({ unit, from, value }, at) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, parameterSign(unit, from)),
      cell(value),
      cell(after[at].value),
    ),
  );
  const caption = t('weights into: {layer}', { layer: layerName(found, index + 1) });
  return tableOf([t('weight'), t('now'), t('after the step')], rows, caption);
}

/** @param {Case} found @param {Layer} layer */
const factsOf = (found, layer) =>
  t(
    'The batch has {count} examples; the loss is half the squared error, averaged; η = {rate}. Activation here: {activation}.',
    {
      count: count(found.inputs.length),
      rate: number(found.learning_rate),
      activation: layer.activation === 'identity' ? t('none: a = z') : layer.activation,
    },
  );
