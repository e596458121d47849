/**
 * What the picture of a network shows, and the sizes of its lettering.
 *
 * @typedef {import('../geometry.js').Edge} Edge
 * @typedef {import('../wire.js').OperationAnswer} Operation
 * @typedef {import('../wire.js').LayerParametersAnswer} LayerParameters
 * @typedef {{sizes: number[], features: string[] | null, imageSide: number | null, paper: number, activations: string[], labels: string[], trained: boolean[], parameters: LayerParameters[],
 *   inputs: (number | null)[] | null, targets: (number | null)[] | null, known: Map<string, number | null>,
 *   current: Operation | null, isWhole: boolean, isRunning: boolean, step: number, hasBatch: boolean,
 *   isLive: boolean, isPicture: boolean, responses: import('../wire.js').ResponsesAnswer | null, middle: number | null,
 *   ills: import('../findings.js').Finding[],
 *   pinned: import('../../state.js').Pinned | null, lit: string | null, route: {edges: string[], units: string[]} | null}} Slice
 *   `isRunning`: no numbers are written; `isPicture`: laid out without room for them,
 *   and `isLive` while it trains so; `responses`: painted into the circles
 * @typedef {{x: number, y: number, text: string, position: string, colour: string, hasGround?: boolean,
 *   isName?: boolean, pick?: import('../view.js').Pick}} Label
 * @typedef {ReturnType<typeof touched>} Marks
 */

import { number } from '../format.js';
import { key } from '../walk.js';

export const NONE = '—';
export const TEXT = 14;
export const LINE = 17;
/** About the widths of characters, for keeping labels apart. */
const DIGIT = 9;
const LETTER = 7.5;
const POINT = 4.5;
const WIDE = /[0-9+−→∂mwшжщюф]/;
const NARROW = /[.,·\s]/;

/**
 * Which parts the current operation touches.
 * @param {Slice} slice
 */
export function touched({ current, sizes }) {
  const units = new Set();
  const edges = new Set();
  const marks = { units, edges, bias: '', target: -1, isLoss: false };
  if (!current) return marks;
  const { kind, layer, unit, input } = current;
  const last = sizes.length - 2;
  if (kind === 'feature') units.add(`-1 ${input}`);
  if (kind === 'batch_loss' || kind === 'example_loss') marks.isLoss = true;
  if (layer === null || unit === null) return marks;
  if (kind === 'bias' || kind === 'db') marks.bias = `${layer} ${unit}`;
  else if (kind !== 'weight') units.add(`${layer} ${unit}`);
  if (kind === 'z') for (let i = 0; i < sizes[layer]; i += 1) edges.add(`${layer} ${unit} ${i}`);
  if (kind === 'da') for (let k = 0; k < sizes[layer + 2]; k += 1) edges.add(`${layer + 1} ${k} ${unit}`);
  if (kind === 'dW' || kind === 'weight') edges.add(`${layer} ${unit} ${input}`);
  if (layer === last && ['da_loss', 'delta_fused'].includes(kind)) marks.target = unit;
  return marks;
}

/** An input as far as it is known: one that is made of others is so once that is done. @param {Slice} slice @param {number} unit */
export function inputNow({ features, inputs, known, isWhole }, unit) {
  const isMade = features !== null && (known.size > 0 || !isWhole);
  return isMade ? known.get(key('feature', null, null, unit)) : inputs?.[unit];
}

/**
 * @param {Slice} slice
 * @param {Edge} edge
 */
export function weightNow(slice, edge) {
  const before = slice.parameters[edge.layer].weights[edge.unit][edge.input];
  if (slice.isWhole) return { before, after: undefined };
  return { before, after: slice.known.get(key('weight', edge.layer, edge.unit, edge.input)) };
}

/** @param {number | null | undefined} value @param {boolean} [sign] */
export function shown(value, sign = false) {
  return value === undefined ? NONE : number(value, { sign });
}

/** About how wide lines of text are, in a wide face. @param {string[]} lines */
export function widthOf(lines) {
  const widthOfLine = (/** @type {string} */ line) =>
    [...line].reduce(
      (sum, character) => sum + (WIDE.test(character) ? DIGIT : NARROW.test(character) ? POINT : LETTER),
      0,
    );
  return Math.max(...lines.map(widthOfLine)) + 6;
}

/** @param {Label} label @returns {import('../geometry.js').Box} */
export function boxOf({ x, y, text, position }) {
  const width = widthOf([text.replace(/<[^>]*>/g, '')]);
  return { x: position === 'middle right' ? x + width / 2 : x, y, width, height: LINE - 1 };
}
