/**
 * The connections of a network: lines by sign and size, and the numbers on them.
 *
 * @typedef {import('../view.js').Frame} Frame
 * @typedef {import('../geometry.js').Layout} Layout
 * @typedef {import('../geometry.js').Edge} Edge
 * @typedef {import('../geometry.js').Point} Point
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('./slice.js').Marks} Marks
 * @typedef {import('./slice.js').Label} Label
 */

import { full } from '../format.js';
import { overlap, placeLabels, pointOn } from '../geometry.js';
import { t } from '../i18n.js';
import { unitName } from '../names.js';
import { edgePick, pinnedMark } from './asked.js';
import { key } from '../walk.js';
import { LINE, TEXT, boxOf, shown, weightNow, widthOf } from './slice.js';

/** Widths of the connections: the largest weight gets the last. */
const WIDTHS = [1, 1.75, 2.5, 3.5, 5];
/** Connections that can be marked at once and still bear their numbers. */
const MOST_MARKED = 8;
/** More marked connections than this would become one patch of the highlighter. */
const MANY = 24;
/** The part of a figure's height that numbers on connections may fill: more are left out. */
const FULL = 0.75;

/** @typedef {'positive' | 'negative' | 'zero' | 'beyond'} Kind  of a weight; beyond: no number can hold it */

/** @type {Record<Kind, string>} */
const DASHES = { positive: 'solid', negative: '7px,4px', zero: '1px,4px', beyond: 'solid' };

/** @param {Slice} slice @param {Edge} edge @returns {Kind} */
function kindOf(slice, edge) {
  const { before, after } = weightNow(slice, edge);
  const weight = after === undefined ? before : after;
  if (weight === null) return 'beyond';
  return weight === 0 ? 'zero' : weight < 0 ? 'negative' : 'positive';
}

/** @param {Marks} marks @param {Edge} edge */
const isMarked = (marks, { layer, unit, input }) => marks.edges.has(`${layer} ${unit} ${input}`);

/** Of inputs that are cells, one line to each unit stands for all that are not marked. @param {Layout} layout @param {Marks} marks @param {Edge} edge */
const isDrawn = (layout, marks, edge) => !layout.grid || edge.layer > 0 || isMarked(marks, edge);

/** How many lines of each kind are drawn. @param {Slice} slice @param {Layout} layout @param {Marks} marks @returns {Record<Kind, number>} */
export function edgeKinds(slice, layout, marks) {
  const kinds = { positive: 0, negative: 0, zero: 0, beyond: 0 };
  for (const edge of layout.edges) if (isDrawn(layout, marks, edge)) kinds[kindOf(slice, edge)] += 1;
  return kinds;
}

/**
 * Lines of the connections: a trace for each style, and one under them for what is lit.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
export function edgeTraces(slice, layout, marks, colours) {
  /** @typedef {{color: string, width: number, dash?: string}} Style */
  /** @type {Map<string, {x: (number | null)[], y: (number | null)[], line: Style, opacity: number}>} */
  const styles = new Map();
  const sizes = layout.edges.map((edge) =>
    Math.abs(weightNow(slice, edge).after ?? weightNow(slice, edge).before ?? 0),
  );
  const largest = Math.max(...sizes, 1e-9);
  const anyLit = marks.edges.size > 0;
  const isFan = marks.edges.size > MANY;
  const pinned = pinnedMark(slice.pinned).edge;
  layout.edges.forEach((edge, index) => {
    const isLit = isMarked(marks, edge);
    if (!isDrawn(layout, marks, edge)) return;
    const kind = kindOf(slice, edge);
    const bucket = Math.min(WIDTHS.length - 1, Math.floor((sizes[index] / largest) * WIDTHS.length));
    if (isLit) draw('lit', edge, { color: colours.mark, width: isFan ? 3 : 15 }, 1);
    if (`${edge.layer} ${edge.unit} ${edge.input}` === pinned)
      draw('pinned', edge, { color: colours.line, width: 11 }, 1);
    draw(
      `${kind} ${bucket} ${isLit}`,
      edge,
      {
        color:
          kind === 'negative' ? colours.negative : kind === 'positive' ? colours.positive : colours.muted,
        dash: DASHES[kind],
        width: isFan && isLit ? WIDTHS[0] : WIDTHS[bucket] + (isLit ? 0.75 : 0),
      },
      isLit ? 1 : anyLit ? 0.45 : 0.6,
    );
  });
  /** @type {(style: string, edge: Edge, line: Style, opacity: number) => void} */
  function draw(style, { from, to }, line, opacity) {
    const trace = styles.get(style) ?? { x: [], y: [], line, opacity };
    trace.x.push(from.x, to.x, null);
    trace.y.push(from.y, to.y, null);
    styles.set(style, trace);
  }
  // What lies under the lines comes first.
  const under = ['lit', 'pinned'].flatMap((style) => styles.get(style) ?? []);
  const rest = [...styles.values()].filter((trace) => !under.includes(trace));
  return [...under, ...rest].map((trace) => ({ ...trace, mode: 'lines', hoverinfo: 'skip' }));
}

/**
 * The numbers on the connections, where they fit.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 * @param {Label[]} beside  what stands about the units already
 */
export function edgeLabels(slice, layout, marks, colours, beside) {
  const most = layout.isUpright ? MOST_MARKED : (layout.height * FULL) / (2 * LINE);
  const isLit = (/** @type {Edge} */ edge) => isMarked(marks, edge);
  const isSmall = (/** @type {Edge} */ edge) => slice.sizes[edge.layer] * slice.sizes[edge.layer + 1] <= most;
  const edges = layout.edges
    .filter((edge) => isSmall(edge) || (isLit(edge) && marks.edges.size <= MOST_MARKED))
    .sort((one, other) => Number(isLit(other)) - Number(isLit(one)));
  if (slice.isRunning) return [];
  const texts = edges.map((edge) => edgeText(slice, edge));
  const points = placeLabels(
    layout,
    edges,
    (edge) => {
      const lines = texts[edges.indexOf(edge)];
      return { width: widthOf(lines), height: LINE * lines.length };
    },
    beside.map(boxOf),
  );
  return edges.flatMap((edge, index) => {
    const point = points[index];
    if (!point) return [];
    const [weight, back] = texts[index];
    const first = isLit(edge) ? `<b>${weight}</b>` : weight;
    const second = back ? `<br><span style="color:${colours.back}">${back}</span>` : '';
    return [
      {
        ...point,
        name: JSON.stringify(edgePick(edge)),
        text: first + second,
        showarrow: false,
        bgcolor: isLit(edge) ? colours.mark : colours.panel,
        borderpad: 1,
        font: { size: TEXT, color: colours.ink },
      },
    ];
  });
}

/**
 * The weight (and where it moved), and below it its gradient once that is known.
 * @param {Slice} slice
 * @param {Edge} edge
 */
function edgeText(slice, edge) {
  const { before, after } = weightNow(slice, edge);
  const gradient = slice.known.get(key('dW', edge.layer, edge.unit, edge.input));
  if (after !== undefined) return [`${shown(before)} → ${shown(after)}`];
  return gradient === undefined ? [shown(before)] : [shown(before), `∂ ${shown(gradient, true)}`];
}

/** Pixels between the places where a connection can be clicked, and how many of these there are at most. */
const REACH = 16;
const MOST_PLACES = 600;

/**
 * The shares of a connection at which it can be clicked: all along it, outside of the circles.
 * @param {Edge} edge
 * @param {Layout} layout
 * @param {number} most
 */
function placesOn({ from, to }, { radius }, most) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const free = Math.max(0, length - 2 * radius);
  const count = Math.max(1, Math.min(most, Math.floor(free / REACH)));
  return Array.from({ length: count }, (_, index) => (radius + (free * (index + 0.5)) / count) / length);
}

/** The box of a number on a connection, and whose it is. @param {Annotation} annotation */
function boxOfNumber({ x, y, text, name }) {
  const lines = text.split('<br>').map((line) => line.replace(/<[^>]*>/g, ''));
  return { x, y, width: widthOf(lines), height: LINE * lines.length, name };
}

/** @typedef {{x: number, y: number, text: string, name: string}} Annotation */

/**
 * Where the connections, and their numbers, tell their weight in full and can be asked.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Annotation[]} numbers  as `edgeLabels` made them
 */
export function edgeHover(slice, layout, numbers) {
  const edges = layout.grid ? layout.edges.filter(({ layer }) => layer > 0) : layout.edges;
  const most = slice.isRunning ? 1 : Math.max(1, Math.floor(MOST_PLACES / edges.length));
  const boxes = numbers.map(boxOfNumber);
  return edges.flatMap((edge) => {
    const pick = edgePick(edge);
    const own = boxes.find(({ name }) => name === JSON.stringify(pick));
    const others = boxes.filter((box) => box !== own);
    const along = placesOn(edge, layout, most)
      .map((share) => pointOn(edge, share))
      .filter((point) => !others.some((box) => overlap(box, { ...point, width: 2, height: 2 })));
    const onNumber = own ? [-1, 0, 1].map((side) => ({ x: own.x + (side * own.width) / 3, y: own.y })) : [];
    return [...along, ...onNumber].map((point) => ({ ...point, pick, text: hoverText(slice, edge) }));
  });
}

/** @param {Slice} slice @param {Edge} edge */
function hoverText(slice, edge) {
  const { before, after } = weightNow(slice, edge);
  const gradient = slice.known.get(key('dW', edge.layer, edge.unit, edge.input));
  const from = unitName(slice, edge.layer - 1, edge.input);
  return [
    `<b>${t('weight from {from} to {to}', { from, to: unitName(slice, edge.layer, edge.unit) })}</b>`,
    `w = ${full(before)}`,
    ...(gradient === undefined ? [] : [`∂L/∂w = ${full(gradient)}`]),
    ...(after === undefined ? [] : [t('new: {value}', { value: full(after) })]),
  ].join('<br>');
}
