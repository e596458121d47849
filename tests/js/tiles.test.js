import {
  answersPicture,
  examplePicture,
  rgb,
  unitPicture,
  winnersPicture,
} from '../../static/js/lib/picture/tiles.js';
import { assert, filled, test } from './harness.js';
import { COLOURS } from './made-up.js';

const colours = { ...COLOURS, negative: '#ff0000', panel: '#ffffff', positive: '#0000ff' };

/** A pixel as red, green, blue. @param {import('../../static/js/lib/view.js').Picture} picture @param {number} row @param {number} column */
const pixel = ({ columns, pixels }, row, column) =>
  Array.from(pixels.slice(4 * (row * columns + column), 4 * (row * columns + column) + 3));

test('a colour is read from its six digits', () => assert.deepEqual(rgb('#1B66a8'), [27, 102, 168]));

test('the lowest row of levels is the lowest row of pixels', () => {
  const levels = {
    low: 0,
    high: 1,
    levels: [
      [0, 0],
      [255, 255],
    ],
  };
  const picture = answersPicture(levels, 0.5, colours);
  const [[, , blueAbove], [redBelow]] = [pixel(picture, 0, 0), pixel(picture, 1, 0)];
  assert.deepEqual([blueAbove, redBelow], [255, 255]);
  assert.ok(pixel(picture, 0, 0)[0] < 255 && pixel(picture, 1, 0)[2] < 255);
});

test('where the answer is the middle the ground shows, whatever the range of the levels', () => {
  const levels = { low: 0.3, high: 0.7, levels: [[127, 128]] };
  for (const value of filled(pixel(answersPicture(levels, 0.5, colours), 0, 0)))
    assert.close(value, 255, 0.01);
  const hinge = { low: -3, high: 3, levels: [[127, 128]] };
  for (const value of filled(pixel(answersPicture(hinge, 0, colours), 0, 1))) assert.close(value, 255, 0.02);
});

test('the same answer has the same colour in every moment', () => {
  const narrow = answersPicture({ low: 0.5, high: 0.75, levels: [[0, 255]] }, 0.5, colours);
  const wide = answersPicture({ low: 0, high: 1, levels: [[0, 191]] }, 0.5, colours);
  assert.close(pixel(narrow, 0, 1), pixel(wide, 0, 1), 0.01);
});

test('a unit is blue where it is positive, orange where it is negative, and nothing at 0', () => {
  const picture = unitPicture({ low: -1, high: 0, levels: [[0, 255]] }, colours);
  assert.deepEqual(pixel(picture, 0, 1), [255, 255, 255]);
  assert.ok(pixel(picture, 0, 0)[2] < 60);
  const dead = unitPicture({ low: 0, high: 0, levels: [[0]] }, colours);
  assert.deepEqual(pixel(dead, 0, 0), [255, 255, 255]);
});

test('of several classes the winner has its colour, the stronger the larger its output', () => {
  const outputs = [
    { low: 0, high: 1, levels: [[255, 128]] },
    { low: 0, high: 1, levels: [[0, 100]] },
  ];
  const picture = winnersPicture([[0, 0]], outputs, ['#ff0000', '#0000ff'], '#ffffff');
  assert.ok(pixel(picture, 0, 0)[1] < pixel(picture, 0, 1)[1]);
  assert.equal(pixel(picture, 0, 0)[0], 255);
});

test('an example is drawn from its top left, ink on paper', () => {
  const picture = examplePicture([1, 0, 0, 0.5], 2, [0, 1], '#ffffff', '#000000');
  assert.deepEqual([picture.columns, picture.rows], [2, 2]);
  assert.deepEqual(
    [pixel(picture, 0, 0), pixel(picture, 0, 1)],
    [
      [0, 0, 0],
      [255, 255, 255],
    ],
  );
  assert.close(pixel(picture, 1, 1), [128, 128, 128], 0.01);
});
