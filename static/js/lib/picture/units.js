/**
 * The units of a network: circles, what stands in them and about them.
 *
 * @typedef {import('../view.js').Frame} Frame
 * @typedef {import('../geometry.js').Layout} Layout
 * @typedef {import('../geometry.js').Edge} Edge
 * @typedef {import('../geometry.js').Point} Point
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('./slice.js').Marks} Marks
 * @typedef {import('./slice.js').Label} Label
 */

import { featureName } from '../feature-names.js';
import { full, number } from '../format.js';
import { t } from '../i18n.js';
import { unitName } from '../names.js';
import { key } from '../walk.js';
import { biasPick, linePick, pinnedMark, unitPick } from './asked.js';
import { LINE, NONE, inputNow, shown } from './slice.js';

/** Space between circles, in pixels: below it one line fits, then one on each side, then two. */
const ROOM_FOR_ONE = 2 * LINE;
const ROOM_FOR_TWO = 3 * LINE;
const ROOM_FOR_FOUR = 5 * LINE;
/** Where on the rim of its circle a bias's square sits, and its size. */
const SIDE = Math.SQRT1_2;
const SMALLEST_SQUARE = 4;
const LARGEST_SQUARE = 11;
/** The width of its rim, and of that of one that is marked. */
const RIM = 2;
export const LIT_RIM = 4;

/**
 * The circles, with what they are on hover.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
export function unitTrace(slice, layout, marks, colours) {
  const places = layout.columns.flatMap((column, index) =>
    layout.grid && index === 0 ? [] : column.map((point, unit) => ({ point, layer: index - 1, unit })),
  );
  const isLit = (/** @type {{layer: number, unit: number}} */ one) =>
    marks.units.has(`${one.layer} ${one.unit}`);
  const halo = places.filter(isLit);
  const pinned = pinnedMark(slice.pinned).unit;
  const asked = places.filter(({ layer, unit }) => `${layer} ${unit}` === pinned);
  return [
    ...asked.map(({ point }) => ({
      x: [point.x],
      y: [point.y],
      mode: 'markers',
      hoverinfo: 'skip',
      marker: { size: 2 * layout.radius + 18, color: colours.line, opacity: 1 },
    })),
    {
      x: halo.map(({ point }) => point.x),
      y: halo.map(({ point }) => point.y),
      mode: 'markers',
      hoverinfo: 'skip',
      marker: { size: 2 * layout.radius + 14, color: colours.mark, opacity: 1 },
    },
    {
      x: places.map(({ point }) => point.x),
      y: places.map(({ point }) => point.y),
      mode: 'markers',
      ...(slice.isLive
        ? { hoverinfo: 'skip' }
        : {
            hoverinfo: 'text',
            hovertext: places.map((one) => unitHover(slice, one.layer, one.unit)),
            customdata: places.map(({ layer, unit }) => unitPick(layer, unit)),
          }),
      marker: {
        size: 2 * layout.radius,
        opacity: 1,
        color: places.map(({ layer }) =>
          layer < 0 ? colours.soft : slice.responses ? 'rgba(0,0,0,0)' : colours.panel,
        ),
        line: {
          color: places.map((one) => (isLit(one) ? colours.markEdge : colours.ink)),
          width: places.map((one) => (isLit(one) ? 3 : 1.3)),
        },
      },
    },
  ];
}

/**
 * All that is known of a unit, in full.
 * @param {Slice} slice
 * @param {number} layer
 * @param {number} unit
 */
function unitHover(slice, layer, unit) {
  const title = `<b>${unitName(slice, layer, unit)}</b>`;
  if (layer < 0) {
    return slice.inputs ? `${title}<br>x = ${full(slice.inputs[unit])}` : title;
  }
  const lines = [
    ['z', 'z'],
    ['a', 'a'],
    ['da', '∂L/∂a'],
    ['delta', 'δ'],
  ].flatMap(([kind, label]) => {
    const value = slice.known.get(key(kind, layer, unit));
    return value === undefined ? [] : [`${label} = ${full(value)}`];
  });
  const bias = `b = ${full(slice.parameters[layer].biases[unit])}`;
  return [title, ...lines, bias].join('<br>');
}

/**
 * What stands in and about the units.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 * @returns {Label[]}
 */
export function unitLabels(slice, layout, marks, colours) {
  if (slice.isRunning) return [];
  // What a small circle cannot hold is rounded; hovering tells all of it.
  const decimals = layout.radius >= 22 ? 100 : 10;
  const inCircle = (/** @type {number | null} */ value) =>
    layout.radius >= 24 || value === null
      ? number(value)
      : number(Math.round(decimals * value) / decimals, { digits: 3 });
  const hasText = layout.radius >= 18;
  return layout.columns.flatMap((column, index) =>
    column.flatMap((point, unit) => {
      if (layout.grid && index === 0) return [];
      const layer = index - 1;
      const value = layer < 0 ? inputNow(slice, unit) : slice.known.get(key('a', layer, unit));
      const isLit = marks.units.has(`${layer} ${unit}`);
      const text = value === undefined ? NONE : inCircle(value);
      const inside = hasText
        ? [
            {
              ...point,
              text: isLit ? `<b>${text}</b>` : text,
              position: 'middle center',
              colour: colours.ink,
            },
          ]
        : [];
      return layer < 0
        ? [...inside, ...featureLabel(slice, unit, point, layout.radius, colours)]
        : [
            ...inside,
            ...besideUnit(slice, layout, marks, colours, layer, unit, point).map((label) => ({
              ...label,
              pick: linePick(label.text.replace('<b>', ''), layer, unit),
            })),
          ];
    }),
  );
}

/** What an input was made of. @param {Slice} slice @param {number} unit @param {Point} point @param {number} radius @param {Frame['colours']} colours @returns {Label[]} */
function featureLabel({ features }, unit, point, radius, colours) {
  if (!features) return [];
  const [label] = above([featureName(features[unit])], point, radius, colours);
  return [{ ...label, colour: colours.muted, isName: true }];
}

/**
 * The space between the circles of a layer.
 * @param {Layout} layout
 * @param {number} layer
 */
function roomIn({ columns, isUpright, radius, width, height }, layer) {
  const [first, second] = columns[layer + 1];
  const whole = isUpright ? width : height;
  if (!second) return whole - 2 * radius;
  return (isUpright ? second.x - first.x : second.y - first.y) - 2 * radius;
}

/**
 * What can be written about a unit: what flows back, and what is its own.
 * @param {Slice} slice
 * @param {Marks} marks
 * @param {number} layer
 * @param {number} unit
 */
function linesOf(slice, marks, layer, unit) {
  const of = (/** @type {string} */ kind) => slice.known.get(key(kind, layer, unit));
  const [da, delta, db] = [of('da'), of('delta'), of('db')];
  const moved = slice.isWhole ? undefined : of('bias');
  const before = shown(slice.parameters[layer].biases[unit]);
  const bold = (/** @type {string} */ text) => (marks.bias === `${layer} ${unit}` ? `<b>${text}</b>` : text);
  return {
    isBack: delta !== undefined,
    // Fused with the loss, a layer has δ without ever having had ∂L/∂a.
    back: [
      ...(da === undefined && delta !== undefined ? [] : [`∂L/∂a ${shown(da, true)}`]),
      `δ ${shown(delta, true)}`,
    ],
    shortBack:
      delta === undefined && da !== undefined ? ['∂L/∂a', shown(da, true)] : [`δ ${shown(delta, true)}`],
    bias: bold(t('bias {value}', { value: moved === undefined ? before : `${before} → ${shown(moved)}` })),
    shortBias: bold(`b ${moved === undefined ? before : shown(moved)}`),
    last: db === undefined || moved !== undefined ? `z ${shown(of('z'))}` : `∂L/∂b ${shown(db, true)}`,
  };
}

/**
 * The lines about a unit, as many as there is room for: what flows back, then the bias and z.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 * @param {number} layer
 * @param {number} unit
 * @param {Point} point
 * @returns {Label[]}
 */
function besideUnit(slice, layout, marks, colours, layer, unit, point) {
  const { radius } = layout;
  const lines = linesOf(slice, marks, layer, unit);
  if (layout.isUpright) {
    const all = [...lines.shortBack, lines.shortBias, lines.last];
    return layout.hasSides ? sideLines(all, lines.shortBack.length, point, radius, colours) : [];
  }
  const free = roomIn(layout, layer);
  if (free < ROOM_FOR_TWO) {
    // Little room: one line, the latest of what is known; less, and only where something happens.
    const only = below([lines.isBack ? `${lines.back.at(-1)}` : lines.bias], point, radius, colours);
    if (free >= ROOM_FOR_ONE) return only;
    return marks.units.has(`${layer} ${unit}`) ? only.map((label) => ({ ...label, hasGround: true })) : [];
  }
  const perSide = free >= ROOM_FOR_FOUR ? 2 : 1;
  return [
    ...above(lines.back.slice(-perSide), point, radius, colours),
    ...below([lines.bias, lines.last].slice(0, perSide), point, radius, colours),
  ];
}

/**
 * Biases that are not written out, as small squares at their units: blue and full is positive, orange and
 * hollow negative, the size is the size; one that is marked stands out.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
export function biasTrace(slice, layout, marks, colours) {
  const isLit = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    marks.bias === `${layer} ${unit}`;
  const largest = Math.max(
    1e-9,
    ...slice.parameters.flatMap(({ biases }) => biases.map((b) => Math.abs(b ?? 0))),
  );
  const squares = slice.parameters.flatMap(({ biases }, layer) =>
    hasBiasText(slice, layout, layer)
      ? []
      : biases.flatMap((b, unit) =>
          b || (b === 0 && isLit(layer, unit))
            ? [
                {
                  ...{ b, point: layout.columns[layer + 1][unit], pick: biasPick(layer, unit) },
                  isLit: isLit(layer, unit),
                },
              ]
            : [],
        ),
  );
  return {
    x: squares.map(({ point }) => point.x - SIDE * layout.radius),
    y: squares.map(({ point }) => point.y + SIDE * layout.radius),
    mode: 'markers',
    hoverinfo: 'text',
    hovertext: squares.map(({ b }) => `b = ${full(b)}`),
    customdata: squares.map(({ pick }) => pick),
    marker: {
      opacity: 1,
      symbol: squares.map(({ b }) => (b < 0 ? 'square-open' : 'square')),
      size: squares.map(
        ({ b }) => SMALLEST_SQUARE + (LARGEST_SQUARE - SMALLEST_SQUARE) * (Math.abs(b) / largest),
      ),
      color: squares.map(({ b }) => (b < 0 ? colours.negative : colours.positive)),
      line: {
        width: squares.map((one) => (one.isLit ? LIT_RIM : RIM)),
        color: squares.map((one) =>
          one.isLit ? colours.markEdge : one.b < 0 ? colours.negative : colours.positive,
        ),
      },
    },
  };
}

/**
 * Whether the biases of a layer are written beside its units, whatever else is known.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {number} layer
 */
export function hasBiasText(slice, layout, layer) {
  if (slice.isRunning) return false;
  return layout.isUpright ? layout.hasSides : roomIn(layout, layer) >= ROOM_FOR_TWO;
}

/**
 * @param {string[]} lines
 * @param {Point} point
 * @param {number} radius
 * @param {Frame['colours']} colours
 * @returns {Label[]}
 */
function above(lines, point, radius, colours) {
  return lines.map((text, line) => ({
    x: point.x,
    y: point.y - radius - LINE * (lines.length - line) + 3,
    text,
    position: 'middle center',
    colour: text.endsWith(NONE) ? colours.muted : colours.back,
  }));
}

/**
 * @param {string[]} lines
 * @param {Point} point
 * @param {number} radius
 * @param {Frame['colours']} colours
 * @returns {Label[]}
 */
function below(lines, point, radius, colours) {
  return lines.map((text, line) => ({
    x: point.x,
    y: point.y + radius + LINE * (line + 1) - 2,
    text,
    position: 'middle center',
    colour: /^[∂δ]/.test(text) && !text.endsWith(NONE) ? colours.back : colours.muted,
  }));
}

/**
 * Lines to the right of a unit; the picture's ground keeps the connections behind them apart.
 * @param {string[]} lines
 * @param {number} backCount
 * @param {Point} point
 * @param {number} radius
 * @param {Frame['colours']} colours
 * @returns {Label[]}
 */
function sideLines(lines, backCount, point, radius, colours) {
  return lines.map((text, line) => ({
    x: point.x + radius + 4,
    y: point.y + (line - (lines.length - 1) / 2) * LINE,
    text,
    position: 'middle right',
    colour: (line < backCount || text.startsWith('∂')) && !text.endsWith(NONE) ? colours.back : colours.muted,
    hasGround: true,
  }));
}
