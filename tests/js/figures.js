/**
 * Reading figures: what a view would have drawn, as a reader finds it.
 *
 * @typedef {import('../../static/js/lib/view.js').Figure} Figure
 * @typedef {{text: string, plain: string, x: number, y: number, anchor: 'left' | 'center' | 'right', size: number,
 *   color: string, ground: string | undefined}} Lettering
 * @typedef {{from: {x: number, y: number}, to: {x: number, y: number}, line: {color: string, dash?: string, width: number}}} Segment
 */

/** @param {string} text */
export const plain = (text) => text.replace(/<br>/g, '\n').replace(/<[^>]*>/g, '');

/** @type {Record<string, Lettering['anchor']>} */
const ANCHORS = { 'middle center': 'center', 'middle right': 'left' };

/** Everything written in a figure, on traces and as annotations. @param {Figure} figure @returns {Lettering[]} */
export function lettering({ data, layout }) {
  const traces = /** @type {any[]} */ (data).filter(({ mode }) => mode === 'text');
  return [
    ...traces.flatMap((trace) =>
      trace.text.map((/** @type {string} */ text, /** @type {number} */ index) => ({
        text,
        plain: plain(text),
        x: trace.x[index],
        y: trace.y[index],
        anchor: ANCHORS[trace.textposition[index]],
        size: trace.textfont.size,
        color: trace.textfont.color[index],
        ground: undefined,
      })),
    ),
    ...layout.annotations.map((/** @type {any} */ one) => ({
      text: one.text,
      plain: plain(one.text),
      x: one.x,
      y: one.y,
      anchor: one.xanchor ?? 'center',
      size: one.font.size,
      color: one.font.color,
      ground: one.bgcolor,
    })),
  ];
}

const NUMBER = /[+−]?\d+(?:\.\d+)?(?:·10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|∞/g;

/** The numbers in a text, as they are written. @param {string} text @returns {string[]} */
export const numbersIn = (text) => text.match(NUMBER) ?? [];

/** Every line that is drawn from one point to another. @param {Figure} figure @returns {Segment[]} */
export function segments({ data }) {
  return /** @type {any[]} */ (data)
    .filter(({ mode }) => mode === 'lines')
    .flatMap(({ x, y, line }) =>
      x.flatMap((/** @type {number | null} */ one, /** @type {number} */ index) =>
        one === null || x[index + 1] === null || index + 1 >= x.length
          ? []
          : [{ from: { x: one, y: y[index] }, to: { x: x[index + 1], y: y[index + 1] }, line }],
      ),
    );
}

/** Points of markers, by a colour they have as a whole. @param {Figure} figure @param {string} color */
export function markersOf({ data }, color) {
  const trace = /** @type {any[]} */ (data).find(
    ({ mode, marker }) => mode === 'markers' && marker.color === color,
  );
  return /** @type {{x: number, y: number}[]} */ (
    trace.x.map((/** @type {number} */ x, /** @type {number} */ index) => ({ x, y: trace.y[index] }))
  );
}

/** All that is said where a pointer rests. @param {Figure} figure @returns {string[]} */
export const hovers = ({ data }) =>
  /** @type {any[]} */ (data).flatMap(({ hovertext }) => hovertext ?? []).map(plain);

const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext('2d'));

/** The box that lettering fills, as this browser's own font has it. @param {Lettering} lettering */
export function extent({ text, plain, x, y, anchor, size }) {
  pen.font = `${text.includes('<b>') ? 'bold ' : ''}${size}px sans-serif`;
  const lines = plain.split('\n');
  const width = Math.max(...lines.map((line) => pen.measureText(line).width));
  const left = anchor === 'center' ? x - width / 2 : anchor === 'right' ? x - width : x;
  return {
    left,
    right: left + width,
    top: y - (lines.length * size * 1.2) / 2,
    bottom: y + (lines.length * size * 1.2) / 2,
  };
}

/** Numbers that no mark can have, and words for what is not there, anywhere in a figure or a text. @param {any} value @param {string} [path] @returns {string[]} */
export function unsound(value, path = '') {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value === 'string') return /\b(NaN|undefined|null)\b/.test(value) ? [`${path}: ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => unsound(one, `${path}.${key}`));
}

/**
 * Draw a view, say it and tabulate it, for its stored pictures; return what cannot be shown.
 * @param {{figure: (slice: any, frame: any) => any, describe: (slice: any, facts?: any) => any, table?: (slice: any) => any}} view
 * @param {unknown} slice @param {unknown[]} frames
 */
export function faults(view, slice, frames) {
  const figures = frames.map((frame) => view.figure(slice, frame));
  return unsound([figures, view.describe(slice, figures[0].facts), view.table?.(slice)]);
}
