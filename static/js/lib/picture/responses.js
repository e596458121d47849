/**
 * What the units of a network give, as small pictures in their circles, and the marks of what ails them.
 *
 * @typedef {import('../geometry.js').Layout} Layout
 * @typedef {import('./slice.js').Slice} Slice
 * @typedef {import('../view.js').Colours} Colours
 */

import { SIGNS, WORDS } from '../findings.js';
import { number } from '../format.js';
import { t } from '../i18n.js';
import { unitName } from '../names.js';
import { answersPicture, unitPicture } from './tiles.js';

/** Circles smaller than this hold no picture that one could make out. */
const SMALLEST = 7;
const MARK = 16;
/** An output is told from the ground more strongly here than in the plane: no points stand before it. */
const STRONG = 0.9;

/** A circle's picture. @param {Slice} slice @param {number} layer @param {number} unit @param {Colours} colours */
function pictureOf({ responses, sizes, middle }, layer, unit, colours) {
  if (!responses) return null;
  const last = sizes.length - 2;
  const levels = layer < last ? responses.units[layer]?.[unit] : responses.outputs[unit];
  if (!levels || levels.low === null) return null;
  if (layer === last && middle !== null && sizes[last + 1] === 1)
    return answersPicture(levels, middle, colours, STRONG);
  return unitPicture(levels, colours);
}

/** @param {Slice} slice @param {Layout} layout @param {Colours} colours @returns {import('../view.js').Tile[]} */
export function unitTiles(slice, layout, colours) {
  const { radius, columns } = layout;
  if (!slice.responses || radius < SMALLEST) return [];
  return columns.slice(1).flatMap((column, layer) =>
    column.flatMap(({ x, y }, unit) => {
      const picture = pictureOf(slice, layer, unit, colours);
      const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
      return picture ? [{ ...box, isRound: true, picture }] : [];
    }),
  );
}

/** Connections that end at the rims where circles are windows: pictures lie behind them. @param {Slice} slice @param {Layout} layout @returns {Layout} */
export function edgeOfPicture({ responses, isLive }, layout) {
  if (!responses && !isLive) return layout;
  const { radius } = layout;
  const edges = layout.edges.map((edge) => {
    const [wide, high] = [edge.to.x - edge.from.x, edge.to.y - edge.from.y];
    const length = Math.hypot(wide, high) || 1;
    const [x, y] = [(wide / length) * radius, (high / length) * radius];
    const from = { x: edge.from.x + x, y: edge.from.y + y };
    return { ...edge, from, to: { x: edge.to.x - x, y: edge.to.y - y } };
  });
  return { ...layout, edges };
}

/**
 * A sign at every unit that something ails: each illness its own, on a round ground, and in words on hover.
 * @param {Slice} slice @param {Layout} layout @param {Colours} colours
 */
export function healthTrace(slice, layout, colours) {
  if (slice.ills.length === 0) return [];
  const reach = layout.radius * Math.SQRT1_2;
  const places = slice.ills.map(({ layer, unit }) => layout.columns[layer + 1][unit]);
  return [
    {
      x: places.map(({ x }) => x + reach),
      y: places.map(({ y }) => y - reach),
      mode: 'markers+text',
      text: slice.ills.map(({ state }) => `<b>${SIGNS[state]}</b>`),
      textposition: 'middle center',
      textfont: { size: 14, color: colours.ink },
      hoverinfo: slice.isLive ? 'skip' : 'text',
      hovertext: (slice.isLive ? [] : slice.ills).map(
        ({ layer, unit, state, slope }) =>
          `<b>${unitName(slice, layer, unit)}</b><br>${t(WORDS[state])} · ${t('mean slope {slope}', { slope: number(slope) })}`,
      ),
      marker: { size: MARK, opacity: 1, color: colours.mark, line: { width: 1.5, color: colours.markEdge } },
    },
  ];
}
