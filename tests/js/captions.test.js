/**
 * Captions against what was drawn, state by state: what a caption speaks of is there, and what it counts is that many.
 * A caption that is made of the figure's own facts is read here from the figure as a reader finds it.
 */

import * as theBoundary from '../../static/js/views/boundary.js';
import * as theNetwork from '../../static/js/views/network.js';
import { lettering, numbersIn } from './figures.js';
import { assert, filled, test } from './harness.js';
import { WIDE, frozen, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('captions');
const { describe: boundaryWords, figure: boundary } = kept('boundary', theBoundary);
const { describe, figure, select } = kept('network', theNetwork);

/** @typedef {import('../../static/js/lib/picture/slice.js').Slice} Slice */
/** @typedef {import('../../static/js/lib/view.js').Figure} Figure */

/** Networks from one unit to far more numbers than fit. */
const SIZES = [
  [1, 1],
  [2, 2, 1],
  [2, 4, 1],
  [2, 8, 8, 1],
  [3, 6, 4],
  [36, 5, 3],
];

/** Weights and biases made what a test is about. @param {any} parameters @param {(value: number) => number | null} change */
const changed = (parameters, change) =>
  parameters.map((/** @type {any} */ { weights, biases }) => ({
    weights: weights.map((/** @type {number[]} */ row) => row.map(change)),
    biases: biases.map(change),
  }));

/** What can be the matter with the numbers. @type {Record<string, (value: number) => number | null>} */
const NUMBERS = {
  'of both signs': (value) => value,
  'all positive': Math.abs,
  'all negative': (value) => -Math.abs(value),
  'all 0': () => 0,
  'beyond all numbers': () => null,
  'some 0': (value) => (value > 0.5 ? 0 : value),
};

/** @param {number[]} sizes @param {(value: number) => number | null} change */
function* momentsOf(sizes, change) {
  const made = stateOf(sizes, {}, { examples: 2 });
  const now = { ...made.now, parameters: changed(made.now.parameters, change) };
  const end = made.trace.operations?.length ?? 0;
  for (const cursor of [0, 1, Math.floor(end / 3), Math.floor(end / 2), end - 1, end])
    yield { ...made, now, cursor, isWhole: false };
  yield { ...made, now, isWhole: true };
  yield { ...made, now, isTraining: true };
  yield { ...made, now, task: 'train' };
}

/** Every state of every network, in a wide frame and on a phone. @param {(words: string, made: Figure, slice: Slice, name: string) => void} look */
function sweep(look) {
  for (const sizes of SIZES)
    for (const [kind, change] of Object.entries(NUMBERS))
      for (const state of momentsOf(sizes, change))
        for (const frame of [WIDE, narrow(sizes)]) {
          const slice = /** @type {Slice} */ (select(frozen(/** @type {any} */ (state))));
          const made = figure(slice, frame);
          const moment = slice.isPicture
            ? 'picture'
            : slice.isRunning
              ? 'training'
              : `cursor ${state.cursor}`;
          look(
            describe(slice, made.facts),
            made,
            slice,
            `${sizes.join('-')}, ${kind}, ${moment}, ${frame.width}`,
          );
        }
}

/** Traces of lines in a colour and a dash, with at least one line. @param {Figure} made @param {string} color @param {string} dash */
const lines = ({ data }, color, dash) =>
  /** @type {any[]} */ (data).filter(
    ({ mode, line, x }) => mode === 'lines' && line.color === color && line.dash === dash && x.length > 0,
  ).length > 0;

/** Small squares at units. @param {Figure} made */
const squares = ({ data }) =>
  /** @type {any[]} */ (data).some(
    ({ marker, x }) => Array.isArray(marker?.symbol) && x.length > 0 && marker.symbol[0].startsWith('square'),
  );

/** What captions of a network speak of, and what then has to be there. @type {[RegExp, (made: Figure) => boolean][]} */
const KINDS = [
  [/Blue, solid/, (made) => lines(made, 'blue', 'solid')],
  [/range, dashed/, (made) => lines(made, 'orange', '7px,4px')],
  [/Grey, dotted/, (made) => lines(made, 'muted', '1px,4px')],
  [/Grey, solid/, (made) => lines(made, 'muted', 'solid')],
  [/small square/, squares],
];

test('a network’s caption speaks of a kind of mark where there is one, and only there', () => {
  let told = 0;
  sweep((words, made, slice, name) => {
    for (const [says, isThere] of KINDS) {
      const hasPictures = slice.isPicture && (made.tiles?.length ?? 0) > 0;
      if (!hasPictures) assert.equal(says.test(words), isThere(made), `${name}: ${says}: ${words}`);
      told += Number(says.test(words));
    }
  });
  assert.ok(told > 100);
});

/** Every number written in the picture; names of layers and inputs are none. @param {Figure} made @param {Slice} slice */
function writtenIn(made, slice) {
  const isName = (/** @type {string} */ text) => slice.labels.some((label) => text.endsWith(`· ${label}`));
  return lettering(made)
    .filter(({ plain }) => !isName(plain) && !/ inputs?$/.test(plain) && !/^(hidden|output)/.test(plain))
    .reduce((sum, { plain }) => sum + numbersIn(plain).length, 0);
}

/** Every number of a whole step of a network, by hand: weights with gradients; of a unit b, ∂L/∂b, z, a, ∂L/∂a and δ. @param {number[]} sizes */
function wholeStep(sizes) {
  const units = sizes.slice(1).reduce((sum, one) => sum + one, 0);
  const weights = sizes.slice(1).reduce((sum, one, layer) => sum + one * sizes[layer], 0);
  return 2 * weights + 6 * units + sizes[0] + sizes[sizes.length - 1] + 1;
}

test('how many numbers fit is how many are written, and “every number” is said where all are', () => {
  const seen = { all: 0, some: 0 };
  sweep((words, made, slice, name) => {
    if (slice.isRunning) return assert.ok(!/number/.test(words.replace(/beyond what a number/, '')), words);
    const written = writtenIn(made, slice);
    const [, fit, all] = words.match(/(\d+) of (\d+) numbers fit/) ?? [];
    assert.equal(made.facts?.written, written, name);
    if (slice.isWhole) assert.equal(made.facts?.numbers, wholeStep(slice.sizes), name);
    if (fit === undefined) assert.equal(written, made.facts?.numbers, `${name}: ${words}`);
    else assert.deepEqual([Number(fit), Number(all)], [written, made.facts?.numbers], name);
    if (/every number/.test(words)) assert.equal(written, wholeStep(slice.sizes), name);
    seen[fit === undefined ? 'all' : 'some'] += 1;
  });
  assert.ok(seen.all > 10 && seen.some > 10, JSON.stringify(seen));
});

test('what is called marked is marked', () => {
  sweep((words, made, slice, name) => {
    if (!/is marked/.test(words)) return;
    const data = /** @type {any[]} */ (made.data);
    const isLit = (/** @type {any} */ { line, marker, x }) =>
      x.length > 0 &&
      (line?.color === 'mark' ||
        marker?.color === 'mark' ||
        (marker?.line?.color ?? []).includes?.('mark edge'));
    const isBold = lettering(made).some(({ text }) => /<b>/.test(text) && !text.startsWith('<span'));
    assert.ok(
      data.some(isLit) ||
        isBold ||
        made.layout.annotations.some((/** @type {any} */ { bgcolor }) => bgcolor === 'mark'),
      name,
    );
    assert.ok(!slice.isWhole);
  });
});

test('before a figure stands there, its caption says nothing of what would be in it', () => {
  for (const sizes of SIZES)
    for (const state of filled(momentsOf(sizes, (value) => value))) {
      const words = describe(/** @type {Slice} */ (select(frozen(/** @type {any} */ (state)))));
      assert.ok(!/Blue|square|circle|fit|every|marked/.test(words), words);
    }
});

test('a plane of examples says how many of them are drawn, where it is not all', () => {
  const example = (/** @type {number} */ index) => ({
    ...{ index, inputs: Array(9).fill(index % 2), targets: [1], group: 1, isTest: false },
  });
  for (const count of [3, 500]) {
    const slice = /** @type {any} */ ({
      ...{ kind: 'examples', examples: Array.from({ length: count }, (_, index) => example(index)) },
      ...{ answers: new Map(), rows: new Map(), others: [], followed: null, columns: 3, paper: 0, groups: 2 },
      ...{
        middle: 0.5,
        isTraining: false,
        inputNames: [],
        survey: { train: { right: 1, count }, test: null },
      },
    });
    const made = boundary(slice, WIDE);
    const told = boundaryWords(slice, made.facts).match(/Drawn are (\d+) of the (\d+) examples/);
    assert.equal(told === null, made.tiles?.length === count);
    if (told) assert.deepEqual(told.slice(1).map(Number), [made.tiles?.length, count]);
  }
});
