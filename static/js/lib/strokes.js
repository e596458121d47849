/**
 * Lines of a figure as strokes: many times a second a stroke on a canvas is far cheaper than a figure drawn anew.
 *
 * @typedef {{x: (number | null)[], y: (number | null)[], opacity?: number,
 *   line: {color: string, width: number, dash?: string}}} Line  as Plotly takes it, broken where a number is null
 * @typedef {import('./view.js').Stroke} Stroke
 */

const CORNERS = 24;

/**
 * @param {Line} line
 * @param {(x: number, y: number) => {x: number, y: number}} pixel
 * @param {Stroke['box']} box
 * @returns {Stroke}
 */
export function strokeOf({ x, y, opacity, line }, pixel, box) {
  /** @type {number[][]} */
  const pieces = [];
  let isBroken = true;
  x.forEach((across, index) => {
    const up = y[index];
    if (across === null || up === null || up === undefined) {
      isBroken = true;
      return;
    }
    if (isBroken) pieces.push([]);
    isBroken = false;
    const at = pixel(across, up);
    pieces[pieces.length - 1].push(at.x, at.y);
  });
  return { pieces, colour: line.color, width: line.width, dash: dashOf(line.dash), opacity, box };
}

/** @param {string | undefined} dash  such as '7px,4px' */
export const dashOf = (dash) =>
  dash === undefined || dash === 'solid' ? [] : dash.split(',').map(parseFloat);

/** @param {{x: number, y: number}} middle @param {number} radius @param {string} colour @param {number} width @returns {Stroke} */
export function circle(middle, radius, colour, width) {
  const piece = Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const turn = (2 * Math.PI * corner) / CORNERS;
    return [middle.x + radius * Math.cos(turn), middle.y + radius * Math.sin(turn)];
  });
  return { pieces: [piece.flat()], colour, width, box: null };
}
