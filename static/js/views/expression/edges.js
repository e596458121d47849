/**
 * The edges: from what goes in to the operation, each with its local derivative; violet once the gradient came along.
 *
 * @typedef {import('./nodes.js').Scene} Scene
 * @typedef {import('./labels.js').Label} Label
 * @typedef {import('./geometry.js').Pixels['edges'][number]} Edge
 */

import { written } from '../../lib/expression/signs.js';
import { pointOn } from './geometry.js';
import { labelOf } from './labels.js';

const WIDTH = 1.6;
const BACK_WIDTH = 2.6;
const MARK_WIDTH = 12;
/** Where on its edge the local derivative may stand, as a share of the way, the best first. */
const SHARES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68];
/** Where there is no room on the edge itself: so many pixels above or below it. */
const ASIDE = [0, -16, 16];

/** Whether the step just made goes along an edge. @param {Edge} edge @param {Scene['known']} known */
function isCurrent({ from, to }, { current }) {
  if (current === null) return false;
  return current.phase === 'forward' ? current.node === to : current.node === from;
}

/** @param {Scene} scene */
export function edgeTraces({ known, colours, pixels }) {
  const hasCome = (/** @type {Edge} */ edge) => known.gradients.has(edge.from);
  const groups = [
    { edges: pixels.edges.filter((edge) => isCurrent(edge, known)), color: colours.mark, width: MARK_WIDTH },
    { edges: pixels.edges.filter((edge) => !hasCome(edge)), color: colours.muted, width: WIDTH },
    { edges: pixels.edges.filter(hasCome), color: colours.back, width: BACK_WIDTH },
  ];
  return groups.map(({ edges, color, width }) => ({
    x: edges.flatMap(({ way }) => [...way.map(({ x }) => x), null]),
    y: edges.flatMap(({ way }) => [...way.map(({ y }) => y), null]),
    ...{ mode: 'lines', hoverinfo: 'skip' },
    line: { color, width, shape: 'spline', smoothing: 0.9 },
  }));
}

/** @param {Scene} scene @returns {Label[]} */
export const edgeLabels = ({ nodes, known, colours, pixels }) =>
  pixels.edges.flatMap((edge) => {
    const { from, to, input, way } = edge;
    if (!nodes[from].varies || !known.values.has(to)) return [];
    const isNow = isCurrent(edge, known);
    const derivative = written(nodes[to].local_derivatives[input]);
    const points = SHARES.map((share) => pointOn(way, share));
    const [first, ...tries] = ASIDE.flatMap((by) => points.map(({ x, y }) => ({ x, y: y + by })));
    return [
      labelOf({
        ...first,
        tries,
        text: isNow ? `<b>×${derivative}</b>` : `×${derivative}`,
        colour: known.gradients.has(from) ? colours.back : colours.muted,
        ground: isNow ? colours.mark : colours.panel,
        rank: isNow ? 1 : 3,
      }),
    ];
  });
