/**
 * The activation function of a neuron, and where the chosen point is on it: z goes in, a comes out.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<import('./answers.js').Slice>} View
 * @typedef {import('./answers.js').Slice} Slice
 */

import { withJumps } from '../../lib/curve.js';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { missingWords, sliceOf } from './answers.js';

const MARGIN = { l: 48, r: 12, t: 10, b: 40 };
const ROOM = 0.1;

/** @param {number} place @returns {View} */
export const responseAt = (place) => ({
  name: `neuron-response-${place}`,
  select: (state) => sliceOf(state, place),
  figure,
  describe,
});

/** z and a of the chosen point. @param {Slice} slice */
const hereOf = ({ layer, chosen }) => ({
  z: layer?.z[chosen]?.[0] ?? null,
  a: layer?.a[chosen]?.[0] ?? null,
});

/** How far z is drawn to both sides. @param {Slice} slice */
const endOf = ({ response }) => response?.z.at(-1) ?? 1;

/** Whether the chosen point is on the picture. @param {Slice} slice */
function isSeenIn(slice) {
  const { z, a } = hereOf(slice);
  return z !== null && a !== null && Math.abs(z) <= endOf(slice);
}

/** @param {Slice} slice @param {Frame} frame */
function figure(slice, { colours }) {
  const { response } = slice;
  const { z, a } = hereOf(slice);
  const values = (response?.a ?? []).filter((one) => one !== null);
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const end = endOf(slice);
  const isThreshold = response?.activation === 'step';
  const sampled = { x: response?.z ?? [], y: response?.a ?? [] };
  const curve = isThreshold ? withJumps(sampled, 0) : sampled;
  const isSeen = isSeenIn(slice);
  const axis = { gridcolor: colours.line, zeroline: true, zerolinecolor: colours.muted, fixedrange: true };
  const title = (/** @type {string} */ text) => ({ text, standoff: 4, font: { size: 14 } });
  return {
    data: [
      {
        ...curve,
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: colours.positive, width: 2.6 },
      },
      ...(isThreshold ? edgesOf(colours) : []),
      {
        x: isSeen ? [z, z, 0] : [],
        y: isSeen ? [0, a, a] : [],
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: colours.ink, width: 1.2, dash: 'dot' },
      },
      {
        x: isSeen ? [z] : [],
        y: isSeen ? [a] : [],
        mode: 'markers',
        hoverinfo: 'skip',
        marker: { size: 14, opacity: 1, color: colours.panel, line: { width: 3, color: colours.ink } },
      },
    ],
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: [-end, end], title: title('z') },
      yaxis: { ...axis, range: [low - ROOM * (high - low), high + ROOM * (high - low)], title: title('a') },
    },
  };
}

/** Both ends of the jump of a threshold: at 0 itself it still says 0. @param {Frame['colours']} colours */
const edgesOf = ({ positive, panel }) => [
  {
    ...{ x: [0, 0], y: [0, 1], mode: 'markers', hoverinfo: 'skip' },
    marker: { size: 8, opacity: 1, color: [positive, panel], line: { width: 2, color: positive } },
  },
];

/** @param {Slice} slice */
function describe(slice) {
  const { z, a } = hereOf(slice);
  if (z === null || a === null) return missingWords(slice.layer);
  const words = t('For the chosen point z is {z}, and what comes out is {a}.', {
    z: number(z),
    a: number(a),
  });
  const jump =
    slice.response?.activation === 'step' ? t('The threshold jumps from 0 to 1 where z gets above 0.') : '';
  const beyond = isSeenIn(slice) ? '' : t('That is beyond the picture.');
  return [words, beyond, jump].filter(Boolean).join(' ');
}
