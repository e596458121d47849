/** Points that are to be parted, as traces: circles want yes, squares want no, a cross is at a wrong answer. */

import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

/** @typedef {import('../../lib/view.js').Frame['colours']} Colours */

/** @param {{points: import('../../lesson-state.js').Points}} state @param {number} index */
export const pointName = ({ points }, index) =>
  t('point {place}, wanted: {target}', {
    place: `(${points.inputs[index].map((one) => number(one)).join('; ')})`,
    target: points.targets[index] === 1 ? t('yes') : t('no'),
  });

/**
 * @param {{points: import('../../lesson-state.js').Points, chosen: number}} state
 * @param {(boolean | null)[]} right  whether each answer is; null: not known
 * @param {Colours} colours
 * @param {(index: number) => string} nameOf  what a point tells where a pointer rests on it
 */
export function pointTraces({ points, chosen }, right, colours, nameOf) {
  const kind = (/** @type {number} */ target) =>
    points.targets.flatMap((one, index) => (one === target ? [index] : []));
  const groups = [1, 0].map((target) => ({ target, indices: kind(target) }));
  return [
    {
      x: [points.inputs[chosen][0]],
      y: [points.inputs[chosen][1]],
      mode: 'markers',
      hoverinfo: 'skip',
      marker: { size: 30, color: 'rgba(0,0,0,0)', line: { width: 2.5, color: colours.ink } },
    },
    ...groups.map(({ target, indices }) => ({
      x: indices.map((index) => points.inputs[index][0]),
      y: indices.map((index) => points.inputs[index][1]),
      mode: 'markers+text',
      hoverinfo: 'text',
      hovertext: indices.map(nameOf),
      text: indices.map((index) => (right[index] === false ? '✗' : '')),
      textposition: 'top center',
      textfont: { size: 15, color: colours.ink },
      customdata: indices.map((index) => ({ example: index })),
      marker: {
        symbol: target === 1 ? 'circle' : 'square',
        size: 17,
        opacity: 1,
        color: target === 1 ? colours.positive : colours.negative,
        line: { width: 2, color: colours.panel },
      },
    })),
  ];
}
