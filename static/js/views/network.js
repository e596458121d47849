/**
 * The network: units with their output, connections with their weights, and what flows back.
 *
 * Blue and solid is positive, orange and dashed negative, width is size; a quantity that is not computed yet
 * shows "—". The current operation is marked as with a highlighter, here and in the inspector's sentence.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/geometry.js').Layout} Layout
 * @typedef {import('../lib/picture/slice.js').Slice} Slice
 * @typedef {import('../lib/picture/slice.js').Marks} Marks
 * @typedef {import('../lib/picture/slice.js').Label} Label
 */

import { number } from '../lib/format.js';
import { layOut } from '../lib/geometry.js';
import { t } from '../lib/i18n.js';
import { inside, layerName, phaseName, unitName } from '../lib/names.js';
import { edgeHover, edgeLabels, edgeTraces } from '../lib/picture/edges.js';
import { TEXT, shown, touched, widthOf } from '../lib/picture/slice.js';
import { biasTrace, unitLabels, unitTrace } from '../lib/picture/units.js';
import { key, known } from '../lib/walk.js';

export const name = 'network';

/** Units smaller than this are drawn without their targets. */
const ROOM = 14;

/** @param {import('../state.js').State['catalog']} catalog @param {string} name */
function labelOf(catalog, name) {
  const row = catalog?.activations.find((one) => one.name === name);
  return row ? inside(t(row.label)) : name;
}

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { experiment, trace, now, example, cursor, isWhole, isTraining } = state;
  if (!experiment || !now) return null;
  const { network } = experiment;
  const operations = trace?.operations ?? [];
  const shown = isTraining ? null : trace;
  const row = Math.min(example, (shown?.inputs.length ?? 1) - 1);
  return {
    sizes: [network.inputs, ...network.layers.map((layer) => layer.units)],
    activations: network.layers.map((layer) => layer.activation),
    labels: network.layers.map(({ activation }) => labelOf(state.catalog, activation)),
    trained: network.layers.map((layer) => layer.bias),
    parameters: now.parameters,
    inputs: shown ? shown.inputs[row] : null,
    targets: shown ? shown.targets[row] : null,
    known: known(operations, shown ? (isWhole ? operations.length : cursor) : 0),
    current: shown && !isWhole && cursor > 0 ? operations[cursor - 1] : null,
    isWhole,
    isRunning: isTraining,
    step: now.step,
    hasBatch: (shown?.inputs.length ?? 1) > 1,
  };
}

/**
 * Targets, the dotted way to them, and the loss.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
function targetsAndLoss(slice, layout, marks, colours) {
  const outputs = layout.columns[layout.columns.length - 1];
  const { targets } = slice;
  const texts = targets?.map((value) => number(value)) ?? [];
  const widest = widthOf(texts.length > 0 ? texts : ['']);
  const room = layout.isUpright ? layout.width / outputs.length : Infinity;
  const prefix = layout.isUpright && widthOf([`${t('target')} `]) + widest < room ? `${t('target')} ` : '';
  const hasRoom = layout.radius >= ROOM && widest < room;
  const lines = {
    x: outputs.flatMap((point, unit) => [
      point.x + (layout.isUpright ? 0 : layout.radius),
      layout.targets[unit].x - (layout.isUpright ? 0 : 24),
      null,
    ]),
    y: outputs.flatMap((point, unit) => [
      point.y + (layout.isUpright ? layout.radius : 0),
      layout.targets[unit].y - (layout.isUpright ? 12 : 0),
      null,
    ]),
    mode: 'lines',
    hoverinfo: 'skip',
    line: { color: colours.muted, width: 1.2, dash: 'dot' },
  };
  /** @type {Label[]} */
  const labels =
    targets && hasRoom
      ? texts.map((text, unit) => {
          const half = widthOf([prefix + text]) / 2;
          const { x, y } = layout.targets[unit];
          return {
            x: Math.min(Math.max(x, half), layout.width - half),
            y,
            text: prefix + (marks.target === unit || marks.isLoss ? `<b>${text}</b>` : text),
            position: 'middle center',
            colour: colours.ink,
          };
        })
      : [];
  return { traces: targets && hasRoom ? [lines] : [], labels };
}

/**
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
function lossLabel(slice, layout, marks, colours) {
  if (slice.isRunning) return [];
  const isBatch = slice.known.has(key('batch_loss'));
  const loss = slice.known.get(key(isBatch ? 'batch_loss' : 'example_loss'));
  const separator = layout.isUpright ? ' ' : '<br>';
  const isOne = slice.hasBatch && !isBatch && loss !== undefined;
  const label = isOne ? t('loss, this example') : t('loss');
  return [
    {
      ...layout.loss,
      text: `<span style="color:${colours.muted}">${label}</span>${separator}<b>${shown(loss)}</b>`,
      showarrow: false,
      align: 'center',
      bgcolor: marks.isLoss ? colours.mark : colours.panel,
      borderpad: 4,
      font: { size: 16, color: colours.ink },
    },
  ];
}

/**
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Frame['colours']} colours
 */
function headings(slice, layout, colours) {
  const names = [t('inputs'), ...slice.labels.map((label, layer) => `${layerName(slice, layer)} · ${label}`)];
  const own = layout.columns.map((column, index) => ({
    x: layout.isUpright ? layout.width : column[0].x,
    y: layout.isUpright ? column[0].y - layout.radius - 16 : 14,
    text: names[index],
  }));
  const target =
    layout.isUpright || !slice.targets || layout.radius < ROOM
      ? []
      : [{ x: layout.targets[0].x, y: 14, text: t('target') }];
  return [...own, ...target].map((heading) => ({
    ...heading,
    xanchor: layout.isUpright ? 'right' : 'center',
    showarrow: false,
    bgcolor: colours.panel,
    borderpad: 1,
    font: { size: TEXT, color: colours.muted },
  }));
}

/** A heading as something that numbers should not cover. @param {{x: number, y: number, text: string, xanchor: string}} heading @returns {Label} */
function asLabel({ x, y, text, xanchor }) {
  return {
    x: xanchor === 'right' ? x - widthOf([text]) / 2 : x,
    y,
    text,
    position: 'middle center',
    colour: '',
  };
}

/** @param {Label} label @param {Frame['colours']} colours */
function grounded({ x, y, text, colour, position }, colours) {
  return {
    x,
    y,
    text,
    xanchor: position === 'middle right' ? 'left' : 'center',
    showarrow: false,
    bgcolor: colours.panel,
    borderpad: 0,
    font: { size: TEXT, color: colour },
  };
}

/**
 * @param {Slice} slice
 * @param {Frame} frame
 * @returns {Figure}
 */
export function figure(slice, frame) {
  const { width, height, colours } = frame;
  const layout = layOut(slice.sizes, width, height, frame.isNarrow);
  const marks = touched(slice);
  const targets = targetsAndLoss(slice, layout, marks, colours);
  const all = [...unitLabels(slice, layout, marks, colours), ...targets.labels];
  const titles = headings(slice, layout, colours);
  const labels = all.filter((label) => !label.hasGround);
  return {
    data: [
      ...targets.traces,
      ...edgeTraces(slice, layout, marks, colours),
      ...unitTrace(slice, layout, marks, colours),
      biasTrace(slice, layout, colours),
      edgeHover(slice, layout),
      {
        x: labels.map(({ x }) => x),
        y: labels.map(({ y }) => y),
        text: labels.map(({ text }) => text),
        mode: 'text',
        hoverinfo: 'skip',
        textposition: labels.map(({ position }) => position),
        textfont: { size: TEXT, color: labels.map(({ colour }) => colour) },
      },
    ],
    layout: {
      margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { visible: false, fixedrange: true, range: [0, width] },
      yaxis: { visible: false, fixedrange: true, range: [height, 0] },
      annotations: [
        ...titles,
        ...all.filter((label) => label.hasGround).map((label) => grounded(label, colours)),
        ...edgeLabels(slice, layout, marks, colours, [...all, ...titles.map(asLabel)]),
        ...lossLabel(slice, layout, marks, colours),
      ],
    },
  };
}

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  const topology = slice.sizes.join('-');
  const legend = t(
    'Blue, solid: positive weight; orange, dashed: negative; width: size. A small square at a unit is its bias.',
  );
  if (slice.isRunning)
    return (
      t('The {topology} network while it trains, after {step} updates.', { topology, step: slice.step }) +
      ` ${legend}`
    );
  if (slice.isWhole)
    return (
      t('The {topology} network with every number of its next training step, before the weights move.', {
        topology,
      }) + ` ${legend}`
    );
  if (!slice.current)
    return (
      t('The {topology} network before anything is computed: only inputs, weights and biases are known.', {
        topology,
      }) + ` ${legend}`
    );
  const { phase, layer, unit } = slice.current;
  const place =
    layer === null || unit === null
      ? phaseName(phase)
      : `${phaseName(phase)}, ${unitName(slice, layer, unit)}`;
  return `${t('{place}: what it touches is marked.', { place })} ${legend}`;
}
