/** Two inputs: the plane of answers in colour, the line between two answers, the examples. */

import { groupColours } from '../../lib/answers.js';
import { styleOf } from '../../lib/branches.js';
import { contour, joined } from '../../lib/contour.js';
import { answersPicture, valuesPicture, winnersPicture } from '../../lib/picture/tiles.js';
import { dashOf } from '../../lib/strokes.js';
import { pointTraces } from './points.js';

/**
 * @typedef {import('../boundary.js').Slice} Slice
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Colours} Colours
 * @typedef {import('../../lib/view.js').Figure} Figure
 * @typedef {import('../../lib/wire.js').ResponsesAnswer} Responses
 */

const MARGIN = { l: 56, r: 10, t: 8, b: 44 };
const BAR = 76;
const LINE = 2.4;
/** Levels are whole numbers from 0 to this. */
const MOST_LEVEL = 255;
/** Around the points, where there is no grid: this share of their range. */
const AROUND = 0.1;

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function planeFigure(slice, { width, height, colours }) {
  const responses = slice.survey?.responses ?? null;
  const isValued = slice.groups === 0;
  const margin = isValued ? { ...MARGIN, r: BAR } : MARGIN;
  const box = {
    x: margin.l,
    y: margin.t,
    width: width - margin.l - margin.r,
    height: height - margin.t - margin.b,
  };
  const range = isValued ? valueRange(slice.examples) : null;
  const picture = responses?.outputs[0]?.low == null ? null : pictureOf(slice, responses, range, colours);
  const placeOf = (/** @type {import('../boundary.js').Example} */ { inputs: [x, y] }) => ({ x, y });
  return {
    data: pointTraces(slice, colours, placeOf, range && valueScale(slice, range, colours)),
    layout: {
      margin,
      xaxis: axis(slice, 0, responses?.x, colours),
      yaxis: axis(slice, 1, responses?.y, colours),
    },
    tiles: picture ? [{ ...box, isRound: false, picture }] : [],
    strokes: [
      ...slice.others.flatMap((one) => half(slice, one.responses, box, branchLine(one.id, colours))),
      ...(responses ? half(slice, responses, box, ownLine(slice, colours)) : []),
    ],
  };
}

/** @param {Slice} slice @param {Responses} responses @param {[number, number] | null} range @param {Colours} colours */
function pictureOf(slice, { outputs, winners }, range, colours) {
  if (range) return valuesPicture(outputs[0], range, colours.soft, colours.positive);
  return winners
    ? winnersPicture(winners, outputs, groupColours(slice.groups, colours), colours.panel)
    : answersPicture(outputs[0], slice.middle, colours);
}

/** @param {number} branch @param {Colours} colours */
function branchLine(branch, colours) {
  const { colour, dash } = styleOf(branch);
  return { colour: colours.branches[colour], dash: dashOf(dash), width: LINE };
}

/** Among branches each line has its branch's colour and dash; that on screen is the strong one. @param {Slice} slice @param {Colours} colours */
function ownLine({ branch, others }, colours) {
  if (branch === null || others.length === 0) return { colour: colours.ink, dash: [], width: LINE };
  return { ...branchLine(branch, colours), width: 1.6 * LINE };
}

/**
 * The line where the answer is the middle, in pixels.
 * @param {Slice} slice
 * @param {Responses} responses
 * @param {import('../../lib/view.js').Rectangle} box
 * @param {{colour: string, dash: number[], width: number}} line
 */
function half(slice, { outputs, winners }, box, line) {
  const [{ low, high, levels }] = outputs;
  if (winners || slice.groups !== 2 || low === null || high === null || high === low) return [];
  const cut = contour(levels, ((slice.middle - low) / (high - low)) * MOST_LEVEL);
  const pieces = (line.dash.length > 0 ? joined(cut) : cut).map((piece) =>
    piece.map((at, index) =>
      index % 2 === 0
        ? box.x + ((at + 0.5) / levels[0].length) * box.width
        : box.y + box.height - ((at + 0.5) / levels.length) * box.height,
    ),
  );
  return [{ pieces, ...line, box }];
}

/** From the least to the largest. @param {(number | null)[]} values @returns {[number, number]} */
export function rangeOf(values) {
  const there = /** @type {number[]} */ (values.filter((value) => value !== null));
  return [Math.min(...there), Math.max(...there)];
}

/** What colours stand for: from the least target to the largest; one target alone stands in the middle. @param {import('../boundary.js').Example[]} examples @returns {[number, number]} */
export function valueRange(examples) {
  const [low, high] = rangeOf(examples.map(({ targets }) => targets[0]));
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Points in the colour of their target, with the bar that says which is which. @param {Slice} slice @param {[number, number]} range @param {Colours} colours */
function valueScale({ examples }, [low, high], { soft, positive, muted }) {
  return {
    color: examples.map(({ targets }) => targets[0]),
    colorscale: [
      [0, soft],
      [1, positive],
    ],
    cmin: low,
    cmax: high,
    showscale: true,
    colorbar: {
      thickness: 12,
      outlinewidth: 0,
      tickfont: { size: 14, color: muted },
      nticks: 5,
      x: 1.02,
      len: 1,
    },
  };
}

/** @param {Slice} slice @param {0 | 1} which @param {(number | null)[] | null | undefined} grid @param {Colours} colours */
function axis({ examples, inputNames }, which, grid, colours) {
  const values = grid ?? examples.map(({ inputs }) => inputs[which]);
  const [low, high] = rangeOf(values);
  // The cells of the picture reach half a step beyond the grid's outer points.
  const more = grid ? (high - low) / (2 * (grid.length - 1)) : AROUND * (high - low || 1);
  return {
    title: { text: inputNames[which], standoff: which === 0 ? 4 : 2, font: { size: 14 } },
    range: [low - more, high + more],
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    ticks: 'outside',
    tickcolor: colours.line,
    tickfont: { size: 14 },
    nticks: 6,
  };
}
