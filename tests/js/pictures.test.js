/** The stored pictures, tested: what differs is noticed, and what is written can be read. */

import { assert, filled, test } from './harness.js';
import { createGallery, linesOf } from './pictures.js';

/** @typedef {Record<string, any>} Made */

const figureOf = (/** @type {number} */ width, change = {}) => ({
  data: [
    { x: [1, 2], line: { width } },
    { mode: 'text', ...change },
  ],
  layout: { annotations: [{ text: 'a', font: { size: 14 } }, { text: 'b' }], shapes: [] },
});

/** What is stored of some calls. @param {Made[]} figures */
function storedOf(figures) {
  const { made, watched, end } = createGallery(null, () => 'it');
  const { figure } = watched('view', { figure: (/** @type {Made} */ one) => one });
  figures.forEach(figure);
  end();
  return made;
}

/** Draw them again, beside what is stored. @param {Record<string, any>} stored @param {Made[]} figures */
function again(stored, figures) {
  const { watched, end } = createGallery(JSON.parse(JSON.stringify(stored)), () => 'it');
  const { figure } = watched('view', { figure: (/** @type {Made} */ one) => one });
  figures.forEach(figure);
  end();
}

test('a figure is lines: traces one by one, and a column for each key of other lists', () => {
  assert.deepEqual(linesOf(figureOf(3)), {
    'data[0].x': [1, 2],
    'data[0].line.width': 3,
    'data[1].mode': 'text',
    'layout.annotations[].text': ['a', 'b'],
    'layout.annotations[].font.size': [14, null],
    'layout.shapes': [],
  });
});

test('numbers have six digits, and what rounding leaves of 0 is 0', () => {
  const { it } = linesOf([1 / 3, 1e-17, -0, NaN, -Infinity, 123456789, 1e-7]);
  assert.deepEqual(it, [0.333333, 0, 0, 'NaN', '-Infinity', 123457000, 1e-7]);
});

test('long lists are their length, their ends and a sum that every value changes', () => {
  const long = Array.from({ length: 500 }, (_, index) => index);
  const text = String(linesOf(long).it);
  assert.match(text, /^500: 0 … 499 #[0-9a-f]{8}$/);
  for (const at of [0, 250, 499]) {
    const other = linesOf(long.with(at, 0.5)).it;
    assert.ok(other !== text, `nobody sees that ${at} has changed`);
  }
  assert.equal(linesOf([7, 7, 7]).it, '3 × 7');
  assert.deepEqual(linesOf(new Set([1, 2])).it, [1, 2]);
});

test('the first picture is stored whole, and of the others what differs', () => {
  const [first, second, third] = Object.values(
    storedOf([figureOf(1), figureOf(2), { data: [], layout: {} }]),
  );
  assert.equal(Object.keys(first).length, 6);
  assert.deepEqual(second, { 'data[0].line.width': 2 });
  assert.equal(third['data[0].x'], '— gone');
});

test('what has changed is noticed, with its path and its name, however many pictures there are', () => {
  const figures = [1, 2, 3, 4, 5].map((width) => figureOf(width));
  const stored = storedOf(figures);
  again(stored, figures);
  for (const [at, figure] of filled(figures.entries())) {
    const layout = { ...figure.layout, width: 1 };
    const changed = /** @type {Made[]} */ (figures).with(at, { ...figure, layout });
    assert.throws(() => again(stored, changed), at < 3 ? /view\.figure: it.*layout\.width: stored/s : /more/);
  }
  const one = figureOf(2);
  assert.throws(() => again(storedOf([one]), [figureOf(2.5)]), /data\[0\]\.line\.width: stored 2, made 2\.5/);
  assert.throws(
    () => again(storedOf([one]), [figureOf(2, { x: 1 })]),
    /data\[1\]\.x: stored undefined, made 1/,
  );
  assert.throws(
    () => again(storedOf([figureOf(2, { x: 1 })]), [one]),
    /data\[1\]\.x: stored 1, made undefined/,
  );
});

test('a picture that is no more, and one that is new, are noticed', () => {
  const stored = storedOf([figureOf(1), figureOf(2)]);
  assert.throws(() => again(stored, [figureOf(1)]), /differs/);
  assert.throws(() => again(stored, [figureOf(1), figureOf(2), figureOf(3)]), /not as stored/);
});

test('a picture that differs in much is a sum for each part of it', () => {
  const many = (/** @type {number} */ size) =>
    Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key ${index}`, `${index * size}`]));
  const [, second] = Object.values(storedOf([figureOf(1), { ...figureOf(1), layout: { axis: many(2) } }]));
  // The new ones, and the three of the first picture that are gone.
  assert.match(String(second.layout), /^203 lines #/);
  const stored = storedOf([figureOf(1), { ...figureOf(1), layout: { axis: many(2) } }]);
  const other = { ...figureOf(1), layout: { axis: { ...many(2), 'key 7': '' } } };
  assert.throws(() => again(stored, [figureOf(1), other]), /layout: stored/);
});

test('what chooses is left alone, and a view that is made is watched', () => {
  const { made, watched } = createGallery(null, () => 'it');
  const { viewAt } = watched('file', {
    viewAt: () => ({ name: 'a', select: () => 1, figure: () => ({ data: [] }), describe: () => 'words' }),
  });
  const view = viewAt(0);
  view.select();
  view.describe();
  assert.deepEqual(made, { 'file.viewAt.describe: it': { it: 'words' } });
});
