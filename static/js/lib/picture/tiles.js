/**
 * Pictures of what is answered where: levels from 0 to 255, as the server sends them, to pixels. Rows of levels go
 * upwards, rows of pixels downwards.
 *
 * @typedef {import('../view.js').Picture} Picture
 * @typedef {import('../wire.js').LevelsAnswer} Levels
 * @typedef {[number, number, number]} Rgb
 */

const LEVELS = 256;
/** How much of a class's colour the plane of answers takes: points have to stand out before it. */
const PLANE = 0.55;
/** And a unit's small picture, where nothing stands before it. */
const UNIT = 0.9;
/** A class that won by nothing still has this much of its colour. */
const LEAST_WIN = 0.2;
const GREY = /** @type {Rgb} */ ([128, 128, 128]);

/** @param {string} colour  as #rrggbb @returns {Rgb} */
export function rgb(colour) {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  return found ? [parseInt(found[1], 16), parseInt(found[2], 16), parseInt(found[3], 16)] : GREY;
}

/** @param {Rgb} one @param {Rgb} other @param {number} share  of the other @returns {Rgb} */
function mixed(one, other, share) {
  const [red, green, blue] = [0, 1, 2].map((part) => one[part] + (other[part] - one[part]) * share);
  return [red, green, blue];
}

/**
 * The colour of every level: `place` gives −1 (all of the low colour) to 1 (all of the high one), 0 is the ground.
 * @param {string} low @param {string} ground @param {string} high
 * @param {(level: number) => number} place
 * @param {number} strength
 */
function scaleOf(low, ground, high, place, strength) {
  const [first, middle, last] = [low, ground, high].map(rgb);
  return Array.from({ length: LEVELS }, (_, level) => {
    const at = Math.max(-1, Math.min(1, place(level)));
    return mixed(middle, at < 0 ? first : last, Math.abs(at) * strength);
  });
}

/**
 * @param {number[][]} levels
 * @param {Rgb[]} scale
 * @returns {Picture}
 */
function painted(levels, scale) {
  const [rows, columns] = [levels.length, levels[0].length];
  const pixels = new Uint8ClampedArray(4 * rows * columns);
  let at = 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (const level of levels[row]) {
      pixels.set(scale[level], at);
      pixels[at + 3] = 255;
      at += 4;
    }
  }
  return { columns, rows, pixels };
}

/** The value that a level stands for. @param {Levels} levels @param {number} level */
const valueOf = ({ low, high }, level) => (low ?? 0) + (level / (LEVELS - 1)) * ((high ?? 0) - (low ?? 0));

/**
 * The plane of answers of one output: one class below the middle, the other above.
 * @param {Levels} output @param {number} middle @param {import('../view.js').Colours} colours
 */
export function answersPicture(output, middle, { negative, panel, positive }, strength = PLANE) {
  const reach = middle === 0 ? 1 : 1 - middle;
  const place = (/** @type {number} */ level) => (valueOf(output, level) - middle) / reach;
  return painted(output.levels, scaleOf(negative, panel, positive, place, strength));
}

/**
 * What a unit passes on: blue where it is positive, orange where it is negative, the ground where it is nothing.
 * @param {Levels} unit @param {import('../view.js').Colours} colours
 */
export function unitPicture(unit, { negative, panel, positive }) {
  const most = Math.max(Math.abs(unit.low ?? 0), Math.abs(unit.high ?? 0)) || 1;
  const place = (/** @type {number} */ level) => valueOf(unit, level) / most;
  return painted(unit.levels, scaleOf(negative, panel, positive, place, UNIT));
}

/**
 * Numbers from little to much.
 * @param {Levels} output @param {[number, number]} range @param {string} ground @param {string} colour
 */
export function valuesPicture(output, [low, high], ground, colour) {
  const place = (/** @type {number} */ level) =>
    Math.max(0, (valueOf(output, level) - low) / (high - low || 1));
  return painted(output.levels, scaleOf(ground, ground, colour, place, 1));
}

/**
 * The plane of answers of several classes: the colour of the one that wins, the stronger the larger its share.
 * @param {number[][]} winners @param {Levels[]} outputs @param {string[]} classColours @param {string} ground
 */
export function winnersPicture(winners, outputs, classColours, ground) {
  const [base, ...own] = [ground, ...classColours].map(rgb);
  const [rows, columns] = [winners.length, winners[0].length];
  const pixels = new Uint8ClampedArray(4 * rows * columns);
  winners.forEach((line, row) =>
    line.forEach((winner, column) => {
      const at = 4 * ((rows - 1 - row) * columns + column);
      if (winner < 0) {
        pixels.set([...base, 255], at); // undecided
        return;
      }
      const share = valueOf(outputs[winner], outputs[winner].levels[row][column]);
      const strength = PLANE * Math.max(LEAST_WIN, Math.min(1, share));
      pixels.set([...mixed(base, own[winner % own.length], strength), 255], at);
    }),
  );
  return { columns, rows, pixels };
}

/**
 * An example whose inputs are pixels, row by row from its top left: ink is what differs from the paper.
 * @param {(number | null)[]} values @param {number} columns @param {[number, number]} range  of paper and ink
 * @param {string} paper @param {string} ink
 * @returns {Picture}
 */
export function examplePicture(values, columns, [low, high], paper, ink) {
  const [ground, dark] = [rgb(paper), rgb(ink)];
  const pixels = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, index) => {
    const share = ((value ?? 0) - low) / (high - low || 1);
    pixels.set([...mixed(ground, dark, Math.max(0, Math.min(1, share))), 255], 4 * index);
  });
  return { columns, rows: values.length / columns, pixels };
}
