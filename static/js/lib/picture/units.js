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

import { full, number } from '../format.js';
import { t } from '../i18n.js';
import { unitName } from '../names.js';
import { key } from '../walk.js';
import { LINE, NONE, shown } from './slice.js';

/**
 * The circles, with what they are on hover.
 * @param {Slice} slice
 * @param {Layout} layout
 * @param {Marks} marks
 * @param {Frame['colours']} colours
 */
export function unitTrace(slice, layout, marks, colours) {
  const places = layout.columns.flatMap((column, index) =>
    column.map((point, unit) => ({ point, layer: index - 1, unit })),
  );
  const isLit = (/** @type {{layer: number, unit: number}} */ one) =>
    marks.units.has(`${one.layer} ${one.unit}`);
  const halo = places.filter(isLit);
  return [
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
      hoverinfo: 'text',
      hovertext: places.map((one) => unitHover(slice, one.layer, one.unit)),
      marker: {
        size: 2 * layout.radius,
        opacity: 1,
        color: places.map(({ layer }) => (layer < 0 ? colours.soft : colours.panel)),
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
  const inCircle = (/** @type {number | null} */ value) =>
    layout.radius >= 24 || value === null
      ? number(value)
      : number(Math.round(100 * value) / 100, { digits: 3 });
  const hasText = layout.radius >= 18;
  return layout.columns.flatMap((column, index) =>
    column.flatMap((point, unit) => {
      const layer = index - 1;
      const value = layer < 0 ? slice.inputs?.[unit] : slice.known.get(key('a', layer, unit));
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
        ? inside
        : [...inside, ...besideUnit(slice, layout, marks, colours, layer, unit, point)];
    }),
  );
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
  const column = layout.columns[layer + 1];
  const { isUpright, radius } = layout;
  const spacing =
    column.length > 1
      ? isUpright
        ? column[1].x - column[0].x
        : column[1].y - column[0].y
      : isUpright
        ? layout.width
        : layout.height;
  const free = spacing - 2 * radius;
  const of = (/** @type {string} */ kind) => slice.known.get(key(kind, layer, unit));
  const bias = slice.isWhole ? undefined : of('bias');
  const own = slice.parameters[layer].biases[unit];
  const biasText = t('bias {value}', {
    value: bias === undefined ? shown(own) : `${shown(own)} → ${shown(bias)}`,
  });
  const isBias = marks.bias === `${layer} ${unit}`;
  const db = of('db');
  const backLines = [
    ...(of('da') === undefined && of('delta') !== undefined ? [] : [`∂L/∂a ${shown(of('da'), true)}`]),
    `δ ${shown(of('delta'), true)}`,
  ];
  const ownLines = [
    isBias ? `<b>${biasText}</b>` : biasText,
    db === undefined || bias !== undefined ? `z ${shown(of('z'))}` : `∂L/∂b ${shown(db, true)}`,
  ];
  if (isUpright) {
    if (!layout.hasSides) return [];
    const [delta, da] = [of('delta'), of('da')];
    const back =
      delta === undefined && da !== undefined ? ['∂L/∂a', shown(da, true)] : [`δ ${shown(delta, true)}`];
    const own = `b ${bias === undefined ? shown(slice.parameters[layer].biases[unit]) : shown(bias)}`;
    return sideLines(
      [...back, isBias ? `<b>${own}</b>` : own, ownLines[1]],
      back.length,
      point,
      radius,
      colours,
    );
  }
  if (free < 3 * LINE) {
    // Little room: one line, the latest of what is known; less, and only where something happens.
    const only = of('delta') === undefined ? ownLines[0] : backLines[backLines.length - 1];
    if (free >= 2 * LINE) return below([only], point, radius, colours);
    const isLit = marks.units.has(`${layer} ${unit}`);
    return isLit ? below([only], point, radius, colours).map((label) => ({ ...label, hasGround: true })) : [];
  }
  const perSide = free >= 5 * LINE ? 2 : 1;
  const above = backLines.slice(backLines.length - perSide);
  return [
    ...above.map((text, line) => ({
      x: point.x,
      y: point.y - radius - LINE * (above.length - line) + 3,
      text,
      position: 'middle center',
      colour: text.endsWith(NONE) ? colours.muted : colours.back,
    })),
    ...below(ownLines.slice(0, perSide), point, radius, colours),
  ];
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
