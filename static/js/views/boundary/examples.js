/** More inputs than two: a few examples as pictures, each with its answer. */

import { groupName } from '../../lib/answers.js';
import { number } from '../../lib/format.js';
import { examplePicture } from '../../lib/picture/tiles.js';
import { hoverOf, pickOf, wrong } from './points.js';

/**
 * @typedef {import('../boundary.js').Slice} Slice
 * @typedef {import('../../lib/answers.js').Example} Example
 * @typedef {{example: Example, x: number, y: number}} Placed
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').Colours} Colours
 * @typedef {import('../../lib/view.js').Figure} Figure
 */

/** The least a picture with its words needs, in pixels; a strip of pixels is flatter. */
const CELL = { width: 104, words: 24, gap: 10 };
const LARGEST = 76;
const FLAT = 22;

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function examplesFigure(slice, { width, height, colours }) {
  const isFlat = slice.columns === slice.examples[0]?.inputs.length;
  const across = Math.max(1, Math.floor(width / CELL.width));
  const step = width / across;
  const size = Math.min(LARGEST, step - CELL.gap);
  const high = isFlat ? Math.min(FLAT, size) : size;
  const down = Math.max(1, Math.floor(height / (high + CELL.words + CELL.gap)));
  const chosen = chosenOf(slice, across * down);
  const range = rangeOf(slice.examples);
  // Of a picture of one's own what most pixels are is the paper.
  const isHigh = slice.paper === null ? isMostly(slice.examples[0], range[1]) : slice.paper > 0;
  const [paper, ink] = isHigh ? [range[1], range[0]] : range;
  const places = chosen.map((example, index) => ({
    example,
    x: (index % across) * step + (step - size) / 2,
    y: Math.floor(index / across) * (high + CELL.words + CELL.gap) + CELL.gap / 2,
  }));
  return {
    data: [targets(slice, places, size, high)],
    layout: {
      margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { visible: false, fixedrange: true, range: [0, width] },
      yaxis: { visible: false, fixedrange: true, range: [height, 0] },
      shapes: frames(slice, places, size, high, colours),
      annotations: places.map(({ example, x, y }) => ({
        x: x + size / 2,
        y: y + high + CELL.words / 2,
        showarrow: false,
        text: wordsOf(slice, example, colours),
        font: { size: 14, color: colours.ink },
      })),
    },
    tiles: places.map(({ example, x, y }) => ({
      x,
      y,
      width: size,
      height: high,
      isRound: false,
      isSharp: true,
      picture: examplePicture(example.inputs, slice.columns, [paper, ink], colours.panel, colours.ink),
    })),
    strokes: [],
    facts: { drawn: places.length },
  };
}

/** The followed one first, then one of each class in turn, those that are wrong among them. @param {Slice} slice @param {number} most */
function chosenOf({ examples, followed }, most) {
  const first = followed === null ? [] : [examples[followed]];
  return [...first, ...examples.filter(({ index }) => index !== followed)].slice(0, most);
}

/** @param {Example[]} examples @returns {[number, number]} */
function rangeOf(examples) {
  let [low, high] = [Infinity, -Infinity];
  for (const { inputs } of examples)
    for (const value of inputs)
      if (value !== null) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** @param {Example | undefined} example @param {number} value */
const isMostly = (example, value) =>
  example !== undefined && 2 * example.inputs.filter((one) => one === value).length > example.inputs.length;

/** The answer and its share; what is wrong says what it should be. @param {Slice} slice @param {Example} example @param {Colours} colours */
function wordsOf(slice, example, colours) {
  const { answers, groups, middle } = slice;
  const answer = answers.get(example.index);
  const own = groups > 0 ? groupName(example.group, middle) : number(example.targets[0], { digits: 3 });
  if (!answer) return own;
  const [first] = answer.outputs;
  if (answer.isUndecided) return `${own} → ?`;
  if (groups === 0 || answer.group === null) return `${own} → ${number(first, { digits: 2 })}`;
  const sure = answer.outputs.length > 1 ? answer.outputs[answer.group] : first;
  const words = `${own} → ${groupName(answer.group, middle)} · ${number(sure, { digits: 2 })}`;
  return wrong(slice, example) ? `<b><span style="color:${colours.negative}">✗ ${words}</span></b>` : words;
}

/** The middles of the pictures, to be pointed at and clicked. @param {Slice} slice @param {Placed[]} places @param {number} size @param {number} high */
function targets(slice, places, size, high) {
  return {
    x: places.map(({ x }) => x + size / 2),
    y: places.map(({ y }) => y + high / 2),
    mode: 'markers',
    hoverinfo: 'text',
    hovertext: places.map(({ example }) => hoverOf(slice, example)),
    customdata: places.map(({ example }) => pickOf(slice, example)),
    marker: { size: high, color: 'rgba(0,0,0,0)' },
  };
}

/** Frames around the pictures: that of the followed one is strong. @param {Slice} slice @param {Placed[]} places @param {number} size @param {number} high @param {Colours} colours */
function frames({ followed }, places, size, high, { ink, line }) {
  return places.map(({ example: { index }, x, y }) => ({
    type: 'rect',
    x0: x,
    x1: x + size,
    y0: y,
    y1: y + high,
    line: { color: index === followed ? ink : line, width: index === followed ? 3 : 1 },
  }));
}
