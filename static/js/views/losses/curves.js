/**
 * What one prediction costs by each of some losses: their curves, the prediction on each, and how steep it is there.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('../../lesson-state.js').LossesState} LossesState
 * @typedef {LossesState & {place: number}} Slice
 */

import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

const MARGIN = { l: 48, r: 14, t: 10, b: 42 };
/** The highest loss that is drawn: beyond it only one of them goes on. */
const TOP = 3;
/** How far the tangent goes to both sides. */
const TANGENT = 0.13;
const DASHES = ['solid', '7px,4px', '2px,3px'];

/** @param {string} name */
export function lossName(name) {
  switch (name) {
    case 'mean_absolute_error':
      return t('absolute error');
    case 'mean_squared_error':
      return t('squared error');
    default:
      return t('cross-entropy');
  }
}

/** The losses at a place of the lesson. @param {number} place @returns {View} */
export const lossesAt = (place) => ({
  name: `losses-${place}`,
  select: (state) => {
    const found = /** @type {import('../../lesson-state.js').State} */ (state).losses[place];
    return found ? { ...found, place } : null;
  },
  figure,
  describe,
  table,
});

/** @param {Slice} slice @param {Frame} frame */
function figure({ curves, prediction }, { colours }) {
  const inks = [colours.positive, colours.negative, colours.back];
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true };
  const title = (/** @type {string} */ text) => ({ text, standoff: 6, font: { size: 14 } });
  return {
    data: (curves ?? []).flatMap(({ predictions, losses, here }, index) => [
      {
        x: predictions,
        y: losses,
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: inks[index], width: 2.4, dash: DASHES[index] },
      },
      ...tangentOf(here, prediction, inks[index], colours.panel),
    ]),
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: [0, 1], title: title(t('prediction')) },
      yaxis: { ...axis, range: [0, TOP], title: title(t('loss')) },
    },
  };
}

/** @param {{loss: number | null, slope: number | null}} here @param {number} at @param {string} ink @param {string} paper */
function tangentOf({ loss, slope }, at, ink, paper) {
  if (loss === null || slope === null || loss > TOP) return [];
  const ends = [at - TANGENT, at + TANGENT];
  return [
    {
      x: ends,
      y: ends.map((x) => loss + slope * (x - at)),
      mode: 'lines',
      hoverinfo: 'skip',
      opacity: 0.7,
      line: { color: ink, width: 1.4 },
    },
    {
      x: [at],
      y: [loss],
      mode: 'markers',
      hoverinfo: 'skip',
      marker: { size: 12, opacity: 1, color: ink, line: { width: 2, color: paper } },
    },
  ];
}

/** @param {Slice} slice */
function describe({ curves, prediction, target }) {
  if (!curves) return t('It is being computed.');
  const parts = curves.map(({ name, here }) =>
    t('{name} {loss}, slope {slope}', {
      name: lossName(name),
      loss: number(here.loss),
      slope: number(here.slope, { sign: true }),
    }),
  );
  const words = t('Prediction {prediction}, right would be {target}: {losses}.', {
    prediction: number(prediction),
    target: number(target),
    losses: parts.join('; '),
  });
  const above = curves.filter(({ here }) => here.loss === null || here.loss > TOP);
  if (above.length === 0) return words;
  const names = above.map(({ name }) => lossName(name)).join(', ');
  return `${words} ${t('Above the picture: {losses}.', { losses: names })}`;
}

/** @param {Slice} slice */
function table({ curves }) {
  return {
    columns: [t('loss'), t('value'), t('slope')],
    rows: (curves ?? []).map(({ name, here }) => ({ cells: [lossName(name), here.loss, here.slope] })),
  };
}
