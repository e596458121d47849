/**
 * What moves in the figures of a race, painted over a plot that stays as it is: trails, steps, and the numbered discs.
 *
 * @typedef {import('../../lib/view.js').Frame['colours']} Colours
 * @typedef {import('../../lib/view.js').Stroke} Stroke
 * @typedef {import('../../lib/view.js').Mark} Mark
 * @typedef {import('../../lib/view.js').Rectangle} Rectangle
 * @typedef {{x: number, y: number}} Pixel
 * @typedef {import('../../lib/race/scene.js').Runner} Runner
 * @typedef {(index: number) => Pixel | null} Place  where a run was after so many updates; null where it had no number
 */

import { dashOf } from '../../lib/strokes.js';

/** Sizes in pixels. */
export const DISC = 10;
const DOT = 2.6;
const HANDLE = 11;
const BARB = 9;
/** From a line to the discs beside it. */
const ASIDE = 24;
/** The farthest that is drawn: beyond it a browser's numbers get coarse. */
const FAR = 1e5;
/** Of a longer trail not each step has its dot. */
const MOST_DOTS = 60;

/** The part of a figure that its margins leave. @param {{l: number, r: number, t: number, b: number}} margin @param {{width: number, height: number}} frame @returns {Rectangle} */
export const within = ({ l, r, t, b }, { width, height }) => ({
  ...{ x: l, y: t, width: width - l - r, height: height - t - b },
});

/** A trail, with a border that parts it from whatever lies below. @param {Runner} runner @param {Place} place @param {Colours} colours @param {Rectangle} box @param {boolean} isChosen @returns {Stroke[]} */
export function trailOf({ at, colour, dash }, place, colours, box, isChosen) {
  const piece = wayOf(at, place);
  if (piece.length < 4) return [];
  const width = isChosen ? 3.2 : 2;
  const line = { pieces: [piece], dash: dashOf(dash), box };
  return [
    { ...line, colour: colours.panel, width: width + 2.4, opacity: 0.85 },
    { ...line, colour: colours.branches[colour], width },
  ];
}

/** The corners of a trail; one that goes far beyond what can be drawn ends in its direction, until it comes back. @param {number} at @param {Place} place */
function wayOf(at, place) {
  /** @type {number[]} */
  const way = [];
  let before = place(0);
  let isFar = false;
  for (let index = 0; index <= at; index += 1) {
    const pixel = place(index);
    if (!pixel || !before) break;
    const shown = index === 0 ? pixel : nearer(before, pixel);
    if (isFar && shown !== pixel) continue;
    isFar = shown !== pixel;
    before = shown;
    way.push(shown.x, shown.y);
  }
  return way;
}

/** What is very far is drawn less far, in the same direction. @param {Pixel} from @param {Pixel} to */
function nearer(from, to) {
  const [dx, dy] = [bounded(to.x - from.x), bounded(to.y - from.y)];
  const far = Math.max(Math.abs(dx), Math.abs(dy));
  if (far < FAR) return to;
  return { x: from.x + (dx / far) * FAR, y: from.y + (dy / far) * FAR };
}

/** A pixel's place can be beyond a double where the point is not. @param {number} value */
const bounded = (value) => Math.min(Math.max(value, -1e300), 1e300);

/** @param {Pixel} pixel @param {Rectangle} box */
const isIn = ({ x, y }, box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** A dot for each step. @param {Runner} runner @param {Place} place @param {Colours} colours @param {Rectangle} box @returns {Mark[]} */
export function dotsOf({ at, colour }, place, colours, box) {
  const every = Math.max(1, Math.ceil(at / MOST_DOTS));
  const marks = [];
  for (let index = every; index < at; index += every) {
    const pixel = place(index);
    if (pixel && isIn(pixel, box))
      marks.push({ ...pixel, radius: DOT, fill: colours.branches[colour], edge: colours.panel, width: 0.8 });
  }
  return marks;
}

/**
 * Where each run is: its number in its colour; where some are at one place, side by side, each with a line to its own.
 * One that has left the map is hollow, at the edge, with an arrow to where it went.
 * @param {Runner[]} runners @param {(runner: Runner) => Pixel | null} placed @param {Colours} colours @param {Rectangle} box @param {number} chosen
 * @param {(place: Pixel) => Pixel} [beside]  where a disc is wanted: at its place, or beside it, with a line to it
 */
export function discsOf(runners, placed, colours, box, chosen, beside = (place) => place) {
  /** @type {Pixel[]} */
  const taken = [];
  // The chosen one has the place itself, and is painted last.
  const inOrder = [...runners].sort(
    (one, other) => Number(other.index === chosen) - Number(one.index === chosen),
  );
  const discs = inOrder.flatMap((runner) => {
    const from = placed(runner);
    if (!from) return [];
    const isOut = !isIn(from, box);
    const to = freePlace(isOut ? edgeOf(from, box) : beside(from), taken, box);
    taken.push(to);
    return [{ runner, to, from: isOut ? to : from, out: isOut ? from : null }];
  });
  const there = labelled(discs, colours, chosen);
  const arrows = discs.flatMap(({ runner, to, out }) => (out ? arrowOut(to, out, runner, colours, box) : []));
  return { strokes: [...there.strokes, ...arrows], marks: there.marks };
}

/** From the middle of a disc to the tip of its arrow. */
const REACH = DISC + 12;

/** The place at the edge that is nearest to one beyond it, with room for a disc and its arrow. @param {Pixel} pixel @param {Rectangle} box @returns {Pixel} */
const edgeOf = ({ x, y }, box) => ({
  x: Math.min(Math.max(x, box.x + REACH), box.x + box.width - REACH),
  y: Math.min(Math.max(y, box.y + REACH), box.y + box.height - REACH),
});

/** @param {Pixel} disc @param {Pixel} out @param {Runner} runner @param {Colours} colours @param {Rectangle} box */
function arrowOut(disc, out, { colour }, colours, box) {
  const [dx, dy] = [bounded(out.x - disc.x), bounded(out.y - disc.y)];
  const far = Math.max(Math.abs(dx), Math.abs(dy));
  const length = Math.hypot(dx / far, dy / far); // the squares of what is very far would be beyond a double
  const at = (/** @type {number} */ reach) => ({
    x: disc.x + (reach * dx) / far / length,
    y: disc.y + (reach * dy) / far / length,
  });
  return arrowOf(at(DISC + 1), at(REACH), colours.branches[colour], 2.4, colours, box);
}

/**
 * The same beside a line that all stand on: one above the other, as near to their own heights as there is room.
 * @param {Runner[]} runners @param {(runner: Runner) => Pixel | null} placed @param {Colours} colours @param {Rectangle} box @param {number} chosen
 */
export function columnOf(runners, placed, colours, box, chosen) {
  const there = runners.flatMap((runner) => {
    const from = placed(runner);
    return from && isIn(from, box) ? [{ runner, from }] : [];
  });
  there.sort((one, other) => one.from.y - other.from.y);
  const heights = spread(
    there.map(({ from }) => from.y),
    2 * DISC + 2,
    box.y + DISC,
    box.y + box.height - DISC,
  );
  const discs = there.map(({ runner, from }, index) => {
    const side = from.x + ASIDE + DISC <= box.x + box.width ? 1 : -1;
    return { runner, from, to: { x: from.x + side * ASIDE, y: heights[index] } };
  });
  return labelled(discs, colours, chosen);
}

/** Heights in their order, moved as little as keeps them so far apart and between two ends. @param {number[]} wanted @param {number} gap @param {number} top @param {number} bottom */
function spread(wanted, gap, top, bottom) {
  const heights = wanted.map((height) => Math.max(height, top));
  for (let at = 1; at < heights.length; at += 1) heights[at] = Math.max(heights[at], heights[at - 1] + gap);
  let most = bottom;
  for (let at = heights.length - 1; at >= 0; at -= 1) {
    heights[at] = Math.min(heights[at], most);
    most = heights[at] - gap;
  }
  return heights;
}

/** @param {{runner: Runner, from: Pixel, to: Pixel, out?: Pixel | null}[]} discs @param {Colours} colours @param {number} chosen @returns {{strokes: Stroke[], marks: Mark[]}} */
function labelled(discs, colours, chosen) {
  const inOrder = [...discs].sort(
    (one, other) => Number(one.runner.index === chosen) - Number(other.runner.index === chosen),
  );
  return {
    strokes: inOrder.flatMap(({ runner, from, to }) =>
      from === to
        ? []
        : [
            {
              pieces: [[from.x, from.y, to.x, to.y]],
              colour: colours.branches[runner.colour],
              width: 1.5,
              box: null,
            },
          ],
    ),
    marks: inOrder.flatMap(({ runner, from, to, out }) => {
      const isChosen = runner.index === chosen;
      const own = colours.branches[runner.colour];
      const dot =
        from === to ? [] : [{ ...from, radius: DOT + 1.2, fill: own, edge: colours.panel, width: 1 }];
      const [fill, ink] = out ? [colours.panel, own] : [own, colours.panel];
      const disc = {
        ...{ ...to, fill, text: String(runner.index + 1), ink },
        ...{
          radius: isChosen ? DISC + 1 : DISC,
          edge: isChosen ? colours.ink : ink,
          width: isChosen ? 3 : 2,
        },
      };
      return [...dot, disc];
    }),
  };
}

/** @param {Pixel} pixel @param {Pixel[]} taken @param {Rectangle} box @returns {Pixel} */
function freePlace(pixel, taken, box) {
  const gap = 2 * DISC + 3;
  const isFree = (/** @type {Pixel} */ one) =>
    taken.every(({ x, y }) => Math.hypot(one.x - x, one.y - y) >= gap - 0.5);
  if (isFree(pixel) && isIn(pixel, box)) return pixel;
  for (let ring = 1; ring < 5; ring += 1) {
    const around = 6 * ring;
    for (let turn = 0; turn < around; turn += 1) {
      const angle = (2 * Math.PI * turn) / around;
      const one = { x: pixel.x + gap * ring * Math.cos(angle), y: pixel.y + gap * ring * Math.sin(angle) };
      if (isFree(one) && isIn(one, box)) return one;
    }
  }
  return pixel;
}

/** Where all begin, to be taken in the hand. @param {Pixel} pixel @param {Colours} colours @param {string} name @returns {Mark[]} */
export const handleOf = ({ x, y }, colours, name) => [
  { x, y, radius: HANDLE, fill: colours.panel, edge: colours.ink, width: 3 },
  { x, y, radius: 3, fill: colours.ink, edge: colours.ink, width: 0 },
  { x, y: y - HANDLE - 11, radius: 0, fill: '', edge: colours.panel, width: 5, text: name, ink: colours.ink },
];

/** An arrow, with its border. @param {Pixel} from @param {Pixel} to @param {string} colour @param {number} width @param {Colours} colours @param {Rectangle} box @param {number[]} [dash] @returns {Stroke[]} */
export function arrowOf(from, to, colour, width, colours, box, dash = []) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (!(length > 2) || length > FAR) return [];
  const [along, beside] = [Math.min(BARB + width, length * 0.6) / length, 0.45];
  const barb = (/** @type {number} */ side) => [
    to.x,
    to.y,
    to.x - along * (dx - side * beside * dy),
    to.y - along * (dy + side * beside * dx),
  ];
  const shaft = [from.x, from.y, to.x, to.y];
  const heads = [barb(1), barb(-1)];
  return [
    { pieces: [shaft, ...heads], colour: colours.panel, width: width + 3, opacity: 0.85, box },
    { pieces: [shaft], colour, width, dash, box },
    { pieces: heads, colour, width, box },
  ];
}

/** A letter beside a place, with a border. @param {Pixel} pixel @param {string} text @param {string} ink @param {Colours} colours @returns {Mark} */
export const letterAt = ({ x, y }, text, ink, colours) => ({
  ...{ x, y, text, ink },
  ...{ radius: 0, fill: '', edge: colours.panel, width: 5 },
});
