/**
 * The plane of the two inputs of a neuron: points of two kinds, and the line at which its z is 0.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<import('./answers.js').Slice>} View
 * @typedef {import('./answers.js').Slice} Slice
 */

import { t } from '../../lib/i18n.js';
import { areRight, missingWords, saidWords, saysAll, scoreOf, sliceOf, undecidedWords } from './answers.js';
import { pointName, pointTraces } from './points.js';

const MARGIN = { l: 54, r: 12, t: 10, b: 40 };
/** The plane reaches so far beyond the points. */
const ROOM = 0.75;

/** The plane of the neuron at a place of the lesson. @param {number} place @returns {View} */
export const planeAt = (place) => ({
  name: `neuron-plane-${place}`,
  select: (state) => sliceOf(state, place),
  figure,
  describe,
  table,
});

/** @param {Slice} slice @returns {{across: [number, number], up: [number, number]}} */
function spansOf({ points }) {
  const span = (/** @type {0 | 1} */ axis) => {
    const values = points.inputs.map((one) => one[axis]);
    return /** @type {[number, number]} */ ([Math.min(...values) - ROOM, Math.max(...values) + ROOM]);
  };
  return { across: span(0), up: span(1) };
}

/** Corners of the part of the plane in which z is above 0, in order: a clipped rectangle. @param {Slice} slice @returns {[number, number][]} */
export function sideOf(slice) {
  const { across, up } = spansOf(slice);
  const [w1, w2] = slice.neuron.weights;
  const z = (/** @type {[number, number]} */ [x, y]) => w1 * x + w2 * y + slice.neuron.bias;
  /** @type {[number, number][]} */
  const corners = [
    [across[0], up[0]],
    [across[1], up[0]],
    [across[1], up[1]],
    [across[0], up[1]],
  ];
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % 4];
    const [from, to] = [z(corner), z(next)];
    const own = from > 0 ? [corner] : [];
    if (from > 0 === to > 0) return own;
    const share = from / (from - to);
    /** @type {[number, number]} */
    const crossing = [corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])];
    return [...own, crossing];
  });
}

/** @param {Slice} slice @param {Frame} frame */
function figure(slice, { colours }) {
  const side = sideOf(slice);
  const { across, up } = spansOf(slice);
  const right = areRight(slice);
  const axis = { gridcolor: colours.line, zeroline: true, zerolinecolor: colours.muted, fixedrange: true };
  const title = (/** @type {string} */ text) => ({ text, standoff: 4, font: { size: 14 } });
  return {
    data: [
      {
        x: [...side, ...side.slice(0, 1)].map(([x]) => x),
        y: [...side, ...side.slice(0, 1)].map(([, y]) => y),
        mode: 'lines',
        hoverinfo: 'skip',
        fill: side.length > 2 ? 'toself' : 'none',
        fillcolor: colours.mark,
        opacity: 0.55,
        line: { color: colours.markEdge, width: 2 },
      },
      ...pointTraces(slice, right, colours, (index) => pointName(slice, index)),
    ],
    layout: {
      margin: MARGIN,
      hoverdistance: 20,
      xaxis: { ...axis, range: across, title: title('x₁') },
      yaxis: { ...axis, range: up, title: title('x₂') },
    },
  };
}

/** @param {Slice} slice */
function describe(slice) {
  const score = scoreOf(saysAll(slice), slice.points.targets);
  if (score === null) return missingWords(slice.layer);
  const words = t('{right} of {all} answers are right.', {
    right: score.right,
    all: slice.points.targets.length,
  });
  return [t('Circles want yes, squares want no.'), sideWords(slice), words, undecidedWords(score.undecided)]
    .filter((one) => one !== '')
    .join(' ');
}

/** Which part of the plane is shaded. @param {Slice} slice */
function sideWords(slice) {
  const side = sideOf(slice);
  if (side.length === 0) return t('Nothing is shaded: z is above 0 nowhere here.');
  const { across, up } = spansOf(slice);
  const isCorner = side.every(([x, y]) => across.includes(x) && up.includes(y));
  return side.length === 4 && isCorner
    ? t('All is shaded: z is above 0 everywhere here.')
    : t('On the shaded side z is above 0.');
}

/** @param {Slice} slice */
function table(slice) {
  const says = saysAll(slice);
  return {
    columns: [t('point'), 'x₁', 'x₂', 'z', 'a', t('says'), t('wanted')],
    rows: slice.points.inputs.map(([x, y], index) => ({
      cells: [
        String(index + 1),
        x,
        y,
        slice.layer ? slice.layer.z[index][0] : '—',
        slice.layer ? slice.layer.a[index][0] : '—',
        saidWords(says[index]),
        saidWords(slice.points.targets[index] === 1 ? 'yes' : 'no'),
      ],
      pick: { example: index },
    })),
  };
}
