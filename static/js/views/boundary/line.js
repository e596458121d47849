/** One input: what is answered along it, and the examples with their targets. */

import { withJumps } from '../../lib/curve.js';
import { rangeOf } from './plane.js';
import { pointTraces } from './points.js';

/**
 * @typedef {import('../boundary.js').Slice} Slice
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Figure} Figure
 */

const MARGIN = { l: 48, r: 12, t: 8, b: 44 };
const WIDTHS = [2.6, 1.6];
/** Free room around the examples, as a share of their range. */
const AROUND = 0.15;

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function lineFigure(slice, { width, height, colours }) {
  const box = {
    x: MARGIN.l,
    y: MARGIN.t,
    width: width - MARGIN.l - MARGIN.r,
    height: height - MARGIN.t - MARGIN.b,
  };
  const responses = slice.survey?.responses ?? null;
  const across = padded(rangeOf(responses?.x ?? slice.examples.map(({ inputs }) => inputs[0])), 0);
  const up = upOf(slice);
  const pixel = (/** @type {number} */ x, /** @type {number} */ y) => [
    box.x + ((x - across[0]) / (across[1] - across[0])) * box.width,
    box.y + ((up[1] - y) / (up[1] - up[0])) * box.height,
  ];
  const outputs = responses?.curve?.[0]?.length ?? 0;
  const strokes = Array.from({ length: outputs }, (_, output) => ({
    pieces: piecesOf(lineOf(slice, output), pixel),
    colour: colours.positive,
    width: WIDTHS[Math.min(output, WIDTHS.length - 1)],
    box,
  }));
  const axis = {
    fixedrange: true,
    zeroline: false,
    gridcolor: colours.line,
    tickfont: { size: 14 },
    nticks: 6,
  };
  return {
    data: pointTraces(slice, colours, ({ inputs: [x], targets: [y] }) => ({ x, y })),
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, title: { text: 'x', standoff: 4, font: { size: 14 } }, range: across },
      yaxis: { ...axis, title: { text: 'y', standoff: 2, font: { size: 14 } }, range: up },
    },
    tiles: [],
    strokes,
  };
}

/** What one output answers along the input; a network with a threshold in it jumps. @param {Slice} slice @param {number} output */
function lineOf({ survey, hasThreshold }, output) {
  const responses = survey?.responses;
  const line = { x: responses?.x ?? [], y: responses?.curve?.map((row) => row[output]) ?? [] };
  return hasThreshold ? withJumps(line) : line;
}

/** The ends of the axis of answers. @param {Slice} slice */
const upOf = ({ examples }) => padded(rangeOf(examples.flatMap(({ targets }) => targets)), AROUND);

/** Whether some of what is answered lies above or below the picture. @param {Slice} slice */
export function isCut(slice) {
  const [low, high] = upOf(slice);
  const all = slice.survey?.responses?.curve?.flat() ?? [];
  return all.some((value) => value !== null && (value < low || value > high));
}

/** @param {[number, number]} range @param {number} share @returns {[number, number]} */
function padded([low, high], share) {
  const more = share * (high - low || 1);
  return low === high && share === 0 ? [low - 1, high + 1] : [low - more, high + more];
}

/**
 * A line through what is known, broken where it is not.
 * @param {import('../../lib/curve.js').Line} line @param {(x: number, y: number) => number[]} pixel
 */
function piecesOf({ x: xs, y: ys }, pixel) {
  /** @type {number[][]} */
  const pieces = [[]];
  xs.forEach((x, index) => {
    const y = ys[index];
    if (x === null || y === null || y === undefined) pieces.push([]);
    else pieces[pieces.length - 1].push(...pixel(x, y));
  });
  return pieces.filter((piece) => piece.length > 2);
}
