/**
 * The picture beside a pass: inputs above, outputs below, on every connection its weight, in every unit what it says,
 * beside it the error that came back. What the current line is about is marked.
 *
 * @typedef {import('../../lib/faded/sheet.js').Sheet} Sheet
 * @typedef {import('../../lib/faded/sheet.js').PassLine} PassLine
 * @typedef {{tag: string, attributes: Record<string, string>, children: (Shape | string)[]}} Shape  of an SVG picture
 */

import { number } from '../../lib/format.js';
import { UNITS, currentOf, valueOf } from '../../lib/faded/sheet.js';
import { fullNameOf } from '../../lib/faded/words.js';
import { t } from '../../lib/i18n.js';

export const WIDTH = 288;
export const HEIGHT = 424;
const COLUMNS = [96, 192];
const ROWS = [38, 186, 334];
const RADIUS = 31;
const TARGETS = 412;
/** Where the weight of a straight connection stands on it, and of one that crosses another. */
const STRAIGHT = 0.56;
const CROSSING = 0.3;
/** Digits of what stands beside a unit, where there is little room. */
const SHORT = 2;

/** @param {number} place @returns {(state: any) => Sheet | null} */
export const selectAt = (place) => (state) => {
  const sheet = /** @type {import('../../lesson-state.js').State} */ (state).faded[place];
  return sheet?.pass ? sheet : null;
};

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...(Shape | string)} children @returns {Shape} */
const shape = (tag, attributes, ...children) => ({
  tag,
  attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])),
  children,
});

/** @param {number} x @param {number} y @param {string} written @param {string} [kind] */
const label = (x, y, written, kind = '') =>
  shape('text', { x, y, class: `faded-text ${kind}`.trim(), 'text-anchor': 'middle' }, written);

/** A number, or a question mark in the place of a blank. @param {number | null} value @param {number} [digits] */
const shown = (value, digits = 4) => (value === null ? '?' : number(value, { digits }));

/** What a line is about: the unit, or the connection, or several. @param {PassLine | null} line */
export function markedBy(line) {
  const { kind, layer, unit, input } = line ?? {};
  const isUnit = (/** @type {number} */ row, /** @type {number} */ column) =>
    kind !== 'dW' && kind !== 'weight' && layer === row - 1 && unit === column;
  const isEdge = (/** @type {number} */ row, /** @type {number} */ to, /** @type {number} */ from) =>
    (input !== null && layer === row && unit === to && input === from) ||
    (kind === 'z' && layer === row && unit === to) ||
    (kind === 'da' && layer === row - 1 && unit === from);
  return { isUnit, isEdge };
}

/** @param {Sheet} sheet @returns {Shape} */
export function picture(sheet) {
  const marks = markedBy(currentOf(sheet));
  const [lines, labels] = connections(sheet, marks);
  return shape(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true', class: 'faded-picture' },
    ...lines,
    ...UNITS.flatMap((units, row) => units.flatMap((_, column) => unitAt(sheet, row, column, marks))),
    ...labels,
  );
}

/** @param {Sheet} sheet @param {ReturnType<typeof markedBy>} marks @returns {[Shape[], Shape[]]} */
function connections({ pass }, { isEdge }) {
  /** @type {[Shape[], Shape[]]} */
  const made = [[], []];
  (pass?.parameters ?? []).forEach(({ weights }, row) => {
    weights.forEach((own, to) =>
      own.forEach((value, from) => {
        const ends = { x1: COLUMNS[from], y1: ROWS[row], x2: COLUMNS[to], y2: ROWS[row + 1] };
        const share = from === to ? STRAIGHT : CROSSING;
        const x = ends.x1 + share * (ends.x2 - ends.x1);
        const y = ends.y1 + share * (ends.y2 - ends.y1);
        const kind = isEdge(row, to, from) ? 'is-marked' : '';
        made[0].push(shape('line', { ...ends, class: `faded-line ${kind}`.trim() }));
        made[1].push(label(x, y + 5, shown(value), `faded-weight ${kind}`.trim()));
      }),
    );
  });
  return made;
}

/** @param {Sheet} sheet @param {number} row @param {number} column @param {ReturnType<typeof markedBy>} marks */
function unitAt(sheet, row, column, { isUnit }) {
  const [x, y] = [COLUMNS[column], ROWS[row]];
  const name = UNITS[row][column];
  const letter = row === 0 ? 'x' : 'a';
  const value = row === 0 ? (sheet.pass?.inputs[column] ?? null) : valueOf(sheet, `a_${name}`);
  const kind = isUnit(row, column) ? 'is-marked' : '';
  const side = column === 0 ? (x - RADIUS) / 2 : (x + RADIUS + WIDTH) / 2;
  const came =
    row === 0
      ? []
      : [
          label(side, y - 5, `δ${'₁₂'[column]}`, 'is-back'),
          label(side, y + 13, shown(valueOf(sheet, `delta_${name}`), SHORT), 'is-back'),
        ];
  const wanted =
    row === 2
      ? [
          shape('line', {
            ...{ x1: x, y1: y + RADIUS, x2: x, y2: TARGETS - 16 },
            class: 'faded-line faded-dots',
          }),
          label(x, TARGETS + 2, `y${'₁₂'[column]} = ${shown(sheet.pass?.targets[column] ?? null)}`),
        ]
      : [];
  return [
    shape('circle', { cx: x, cy: y, r: RADIUS, class: `faded-unit ${kind}`.trim() }),
    label(x, y - 5, `${letter}${'₁₂'[column]}`, 'is-name'),
    label(x, y + 14, shown(value)),
    ...came,
    ...wanted,
  ];
}

/** The picture in words: what goes in, what comes out, and the line one is at. @param {Sheet} sheet */
export function describe(sheet) {
  const { pass } = sheet;
  if (!pass) return t('It is being computed.');
  const list = (/** @type {(number | null)[]} */ [one, two]) =>
    t('{one} and {two}', { one: shown(one), two: shown(two) });
  const outputs = UNITS[2].map((name) => valueOf(sheet, `a_${name}`));
  const current = currentOf(sheet);
  const numbers = t('Inputs {inputs}; outputs {outputs}; wanted were {targets}.', {
    inputs: list(pass.inputs),
    outputs: list(outputs),
    targets: list(pass.targets),
  });
  return current ? `${numbers} ${t('Marked: {line}.', { line: fullNameOf(current) })}` : numbers;
}
