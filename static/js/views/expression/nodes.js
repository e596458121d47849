/**
 * The nodes: an operation is a circle with its sign, a value or a number a tag; above or beside it its value, and its
 * gradient once that has come.
 *
 * @typedef {import('../../lib/wire.js').NodeAnswer} FormulaNode
 * @typedef {{nodes: FormulaNode[], known: ReturnType<typeof import('../../lib/expression/walk.js').knownAfter>,
 *   colours: import('../../lib/view.js').Colours, pixels: import('./geometry.js').Pixels}} Scene
 * @typedef {import('./labels.js').Label} Label
 */

import { full, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { signOf, written } from '../../lib/expression/signs.js';
import { labelOf, widthOf } from './labels.js';

/** Half the height of a tag, and how far the middle of a number is from what it belongs to. */
const TAG = 14;
const NUMBER = 12;
/** Longer names lose their end. */
const LONGEST_NAME = 9;
const SIGN = 18;
const LONG_SIGN = 14;
const HALO = 7;
/** The side of a square that covers of a circle what numbers have to keep out of, in radii. */
const ROUND = 1.6;

/** @param {FormulaNode} node */
const isOperation = ({ inputs }) => inputs.length > 0;

/** Circles, what stands in them, and what is read where the pointer rests. @param {Scene} scene */
export function nodeTraces({ nodes, known, colours, pixels }) {
  const operations = nodes.filter(isOperation);
  const at = (/** @type {FormulaNode[]} */ some) => ({
    x: some.map(({ id }) => pixels.points[id].x),
    y: some.map(({ id }) => pixels.points[id].y),
  });
  const current = operations.filter(({ id }) => known.current?.node === id);
  const halo = {
    ...at(current),
    ...{ mode: 'markers', hoverinfo: 'skip' },
    marker: { size: 2 * (pixels.radius + HALO), color: colours.mark, opacity: 1 },
  };
  const circles = {
    ...at(operations),
    mode: 'markers+text',
    hoverinfo: 'skip',
    marker: {
      size: 2 * pixels.radius,
      opacity: 1,
      color: colours.panel,
      line: {
        width: 2,
        color: operations.map((node) => edgeColour(node, { known, colours })),
      },
    },
    text: operations.map(signOf),
    textposition: 'middle center',
    textfont: {
      color: colours.ink,
      size: operations.map((node) => (signOf(node).length > 1 ? LONG_SIGN : SIGN)),
    },
  };
  const hover = {
    ...at(nodes),
    ...{ mode: 'markers', hoverinfo: 'text' },
    marker: { size: 2 * pixels.radius, color: 'rgba(0,0,0,0)' },
    hovertext: nodes.map((node) => hoverOf(node, known)),
  };
  return [halo, circles, hover];
}

/** @param {FormulaNode} node @param {Pick<Scene, 'known' | 'colours'>} scene */
function edgeColour({ id }, { known, colours }) {
  if (known.current?.node === id) return colours.markEdge;
  if (known.gradients.has(id)) return colours.back;
  return known.values.has(id) ? colours.ink : colours.muted;
}

/** @param {FormulaNode} node @param {Scene['known']} known */
function hoverOf(node, { values, gradients }) {
  const { id, label, value, gradient, varies } = node;
  const shown = (/** @type {boolean} */ isThere, /** @type {number | null} */ one) =>
    isThere ? full(one, { overflow: t('none') }) : '—';
  const isKnown = values.has(id) || node.operation === 'number';
  const lines = [`<b>${safe(label)}</b>`, t('value {value}', { value: shown(isKnown, value) })];
  if (varies) lines.push(t('gradient {value}', { value: shown(gradients.has(id), gradient) }));
  return lines.join('<br>');
}

/** What somebody typed, as it can stand among Plotly's tags. @param {string} text */
const safe = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** What the nodes themselves cover: numbers keep out of it. @param {Scene} scene @returns {import('../../lib/geometry.js').Box[]} */
export const nodeBoxes = ({ nodes, pixels }) =>
  nodes.map((node) => {
    const side = ROUND * pixels.radius;
    const [width, height] = isOperation(node) ? [side, side] : [widthOf(nameOf(node)) + 8, 2 * TAG];
    return { ...pixels.points[node.id], width, height };
  });

/** @param {FormulaNode} node  a value or a number */
function nameOf({ name, value }) {
  const text = name ?? written(value);
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text;
}

/** Tags, and the numbers about all nodes. @param {Scene} scene @returns {Label[]} */
export const nodeLabels = (scene) =>
  scene.nodes.flatMap((node) => [
    ...(isOperation(node) ? [] : [tagOf(node, scene)]),
    ...numbersOf(node, scene),
  ]);

/** @param {FormulaNode} node @param {Scene} scene @returns {Label} */
function tagOf(node, { known, colours, pixels }) {
  const text = nameOf(node);
  const isCurrent = known.current?.node === node.id;
  const label = labelOf({
    ...pixels.points[node.id],
    ...{ text, colour: colours.ink, rank: 0 },
    ground: isCurrent ? colours.mark : colours.soft,
  });
  const edge = isCurrent ? colours.markEdge : known.gradients.has(node.id) ? colours.back : colours.muted;
  const border = { borderpad: 5, bordercolor: edge, borderwidth: node.varies ? 1.5 : 0 };
  return { ...label, annotation: { ...label.annotation, ...border } };
}

/** Value and gradient of a node. @param {FormulaNode} node @param {Scene} scene @returns {Label[]} */
function numbersOf(node, { known, colours, pixels }) {
  const { id, value, gradient, varies } = node;
  const { x, y } = pixels.points[id];
  const isCurrent = known.current?.node === id;
  const half = isOperation(node) ? pixels.radius : TAG;
  const rank = isCurrent ? 0 : 1;
  const side = isOperation(node) ? pixels.radius + 5 : widthOf(nameOf(node)) / 2 + 11;
  const place = (/** @type {1 | -1} */ direction) =>
    pixels.isUpright
      ? { x: x + side, y: y + direction * 9, xanchor: /** @type {const} */ ('left') }
      : { x, y: y + direction * (half + NUMBER + (isCurrent && isOperation(node) ? HALO / 2 : 0)) };
  const shown = known.values.has(id) ? written(value) : '—';
  const ground = colours.panel;
  /** @type {Label[]} */
  const labels = node.operation === 'number' ? [] : [labelOf({ ...place(-1), text: `<b>${shown}</b>`, colour: colours.ink, ground, rank })]; // prettier-ignore
  if (varies && known.gradients.size > 0) {
    const text = known.gradients.has(id) ? number(gradient, { sign: true, overflow: t('none') }) : '—';
    labels.push(
      labelOf({ ...place(1), text: `∂ <b>${text}</b>`, colour: colours.back, ground, rank: rank + 1 }),
    );
  }
  return labels;
}
