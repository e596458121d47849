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

import { middleOf } from '../lib/answers.js';
import { findings } from '../lib/findings.js';
import { number } from '../lib/format.js';
import { layOut, overlap } from '../lib/geometry.js';
import { t } from '../lib/i18n.js';
import { inside, layerName } from '../lib/names.js';
import { lossPick, routeOf, withAsked } from '../lib/picture/asked.js';
import { edgeHover, edgeKinds, edgeLabels, edgeTraces } from '../lib/picture/edges.js';
import { bundleTrace, gridTraces, inputsHeading } from '../lib/picture/grid.js';
import { edgeOfPicture, healthTrace, unitTiles } from '../lib/picture/responses.js';
import { TEXT, boxOf, shown, touched, widthOf } from '../lib/picture/slice.js';
import { strokeOf } from '../lib/strokes.js';
import { numbersOf, writtenIn } from '../lib/picture/counts.js';
import { LIT_RIM, biasTrace, unitLabels, unitTrace } from '../lib/picture/units.js';
import { key, known } from '../lib/walk.js';

export { table } from '../lib/picture/table.js';
export { describe } from '../lib/picture/words.js';

export const name = 'network';

/** Units smaller than this are drawn without their targets. */
const ROOM = 14;

/** @param {import('../state.js').State['catalog']} catalog @param {string} name */
function labelOf(catalog, name) {
  const row = catalog?.activations.find((one) => one.name === name);
  return row ? inside(t(row.label)) : name;
}

/** Pixels along a side, where an example is a picture. @param {import('../state.js').State['catalog']} catalog @param {import('../state.js').Experiment} experiment */
function imageSide(catalog, { data, network }) {
  const row = catalog?.datasets.find((one) => one.name === data.dataset);
  return row?.image_side ? Math.round(Math.sqrt(network.inputs)) : null;
}

/** What an input is where a picture has nothing on it. @param {import('../state.js').State['catalog']} catalog @param {import('../state.js').Experiment} experiment */
const paperOf = (catalog, { data }) => catalog?.datasets.find((one) => one.name === data.dataset)?.paper ?? 0;

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { experiment, trace, now, example, cursor, isWhole, isTraining, survey } = state;
  if (!experiment || !now) return null;
  const { network } = experiment;
  const operations = trace?.operations ?? [];
  const shown = isTraining ? null : trace;
  const isPicture = state.task === 'train';
  const isRunning = isTraining || isPicture;
  const row = Math.min(example, (shown?.inputs.length ?? 1) - 1);
  return {
    sizes: [network.inputs, ...network.layers.map((layer) => layer.units)],
    features: experiment.data.features ?? null,
    imageSide: imageSide(state.catalog, experiment),
    paper: paperOf(state.catalog, experiment),
    activations: network.layers.map((layer) => layer.activation),
    labels: network.layers.map(({ activation }) => labelOf(state.catalog, activation)),
    trained: network.layers.map((layer) => layer.bias),
    parameters: now.parameters,
    inputs: shown ? shown.inputs[row] : null,
    targets: shown ? shown.targets[row] : null,
    known: known(operations, shown ? (isWhole ? operations.length : cursor) : 0),
    current: shown && !isWhole && cursor > 0 ? operations[cursor - 1] : null,
    isWhole,
    isRunning,
    step: now.step,
    hasBatch: (shown?.inputs.length ?? 1) > 1,
    isLive: isTraining && isPicture,
    isPicture,
    responses: isRunning ? (survey?.responses ?? null) : null,
    middle: state.dataset?.task === 'classification' ? middleOf(state) : null,
    ills: state.task === 'step' ? [] : findings(survey),
    pinned: state.pinned ?? null,
    lit: state.lit ?? null,
    route: routeOf(state),
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
  const hasRoom = layout.radius >= ROOM && widest < room && !slice.isPicture;
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
 * Names of layers that stand side by side: without their activations where those would run into each other.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {string[]} names
 */
function shortened(slice, { columns }, names) {
  const gap = columns[columns.length - 1][0].x - columns[columns.length - 2][0].x;
  const isNarrow = (/** @type {string[]} */ all) => all.some((name) => widthOf([name]) > gap);
  if (columns.length < 4 || !isNarrow(names)) return names;
  const bare = names.map((_, layer) => layerName(slice, layer));
  return isNarrow(bare)
    ? bare.map((name, layer) => (layer === bare.length - 1 ? name : `${layer + 1}`))
    : bare;
}

/** Without the labels that would stand on one another or on a unit, as where layers are close. @param {Layout} layout @param {Label[]} labels */
function apart({ columns, radius, grid }, labels) {
  const units = (grid ? columns.slice(1) : columns).flat();
  const circles = units.map(({ x, y }) => ({ x, y, width: 2 * radius, height: 2 * radius }));
  /** @type {import('../lib/geometry.js').Box[]} */
  const taken = [];
  return labels.filter((label) => {
    const box = boxOf(label);
    const isInside = units.some(({ x, y }) => x === label.x && y === label.y);
    const others = isInside ? taken : [...taken, ...circles];
    if (label.hasGround) return true;
    if (others.some((other) => overlap(box, other))) return false;
    taken.push(box);
    return true;
  });
}

/**
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Frame['colours']} colours
 */
function headings(slice, layout, colours) {
  const { grid } = layout;
  const names = headingTexts(slice, layout);
  const own = layout.columns.map((column, index) => {
    const top = grid && index === 0 ? grid.box.y - grid.box.height / 2 : column[0].y - layout.radius;
    return {
      x: layout.isUpright ? layout.width : grid && index === 0 ? grid.box.x : column[0].x,
      y: layout.isUpright ? top - 16 : 14,
      text: names[index],
    };
  });
  const target =
    layout.isUpright || !slice.targets || layout.radius < ROOM || slice.isPicture
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

/** The headings of the layers, in as many words as there is room for. @param {Slice} slice @param {Layout} layout */
function headingTexts(slice, layout) {
  const names = slice.labels.map((_, layer) => layerName(slice, layer));
  const inputs = layout.grid ? inputsHeading(slice.sizes[0]) : t('inputs');
  const layers = slice.labels.map((label, layer) => `${names[layer]} · ${label}`);
  const long = [inputs, ...layers];
  if (!slice.isPicture) return layout.isUpright ? long : [inputs, ...shortened(slice, layout, layers)];
  const room = layout.columns[1][0].x - layout.columns[0][0].x;
  const own = [long, [t('inputs'), ...names], ['x', ...slice.labels]];
  const atEnds = 2 * layout.columns[0][0].x;
  const fits = (/** @type {string} */ text, /** @type {number} */ index, /** @type {string[]} */ texts) =>
    widthOf([text]) < (index === 0 || index === texts.length - 1 ? Math.min(room, atEnds) : room);
  return own.find((texts) => texts.every(fits)) ?? long.map(() => '');
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

/** Where everything stands in a frame. @param {Slice} slice @param {Pick<Frame, 'width' | 'height' | 'isNarrow'>} frame */
export function layoutOf({ sizes, imageSide, isPicture }, { width, height, isNarrow }) {
  return layOut(sizes, width, height, isNarrow && !isPicture, { imageSide, isPicture });
}

/**
 * Invisible points on everything that can be asked: connections and their numbers, the numbers about units, the loss.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Label[]} labels  about units
 * @param {ReturnType<typeof edgeLabels>} numbers  on connections
 */
function asked(slice, layout, labels, numbers) {
  const points = labels.flatMap(({ x, y, text, position, pick }) => {
    if (!pick) return [];
    const half = widthOf([text.replace(/<[^>]*>/g, '')]) / 2;
    const middle = position === 'middle right' ? x + half : x;
    return [-0.5, 0.5].map((side) => ({ x: middle + side * half, y, pick, text: '' }));
  });
  const loss = slice.isRunning ? [] : [{ ...layout.loss, pick: lossPick(), text: '' }];
  const all = [...edgeHover(slice, layout, numbers), ...points, ...loss];
  return {
    x: all.map(({ x }) => x),
    y: all.map(({ y }) => y),
    mode: 'markers',
    hoverinfo: all.map(({ text }) => (text === '' ? 'none' : 'text')),
    marker: { size: 16, color: 'rgba(0,0,0,0)' },
    customdata: all.map(({ pick }) => pick),
    hovertext: all.map(({ text }) => text),
  };
}

/** Whether something of what is marked is drawn: a connection, the loss, a unit, a number or a square. @param {Slice} slice @param {Layout} layout @param {Marks} marks @param {Label[]} labels @param {number[]} rims  widths of the squares' rims */
function isSeen(slice, layout, marks, labels, rims) {
  if (marks.edges.size > 0 || (marks.isLoss && !slice.isRunning)) return true;
  const isCircle = [...marks.units].some((unit) => !layout.grid || !unit.startsWith('-1 '));
  return isCircle || labels.some(({ text }) => text.includes('<b>')) || rims.includes(LIT_RIM);
}

/**
 * @param {Slice} slice
 * @param {Frame} frame
 * @returns {Figure}
 */
export function figure(slice, frame) {
  const { width, height, colours } = frame;
  const layout = layoutOf(slice, frame);
  const marks = withAsked(touched(slice), slice);
  const targets = targetsAndLoss(slice, layout, marks, colours);
  const all = apart(layout, [...unitLabels(slice, layout, marks, colours), ...targets.labels]);
  const titles = headings(slice, layout, colours);
  const labels = all.filter((label) => !label.hasGround);
  const edges = edgeTraces(slice, edgeOfPicture(slice, layout), marks, colours);
  const numbers = edgeLabels(slice, layout, marks, colours, [...all, ...titles.map(asLabel)]);
  const loss = lossLabel(slice, layout, marks, colours);
  const squares = biasTrace(slice, layout, marks, colours);
  const tiles = unitTiles(slice, layout, colours);
  return {
    data: [
      ...targets.traces,
      ...(layout.grid ? [bundleTrace(layout, layout.grid, colours)] : []),
      ...(slice.isLive ? [] : edges),
      ...(layout.grid ? gridTraces(slice, layout.grid, marks, colours) : []),
      ...unitTrace(slice, layout, marks, colours),
      ...(slice.isPicture ? [] : [squares]),
      ...healthTrace(slice, layout, colours),
      ...(slice.isLive ? [] : [asked(slice, layout, all, numbers)]),
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
        ...numbers,
        ...loss,
      ],
    },
    tiles,
    facts: {
      ...edgeKinds(slice, layout, marks),
      written: writtenIn([...all, ...numbers, ...loss]),
      numbers: numbersOf(slice),
      squares: slice.isPicture ? 0 : squares.x.length,
      tiles: tiles.length,
      bundles: layout.grid ? layout.columns[1].length : 0,
      isMarked: isSeen(slice, layout, marks, all, squares.marker.line.width),
    },
    strokes: slice.isLive ? edges.map((edge) => strokeOf(edge, (x, y) => ({ x, y }), null)) : [],
  };
}
