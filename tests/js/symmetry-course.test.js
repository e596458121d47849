import { commonCourse, courseOf } from '../../static/js/lib/symmetry-course.js';
import { assert, test } from './harness.js';

/** The course of a loss that is noted every 20 sweeps. @param {number} count @param {(index: number) => number} loss */
const noted = (count, loss) => ({
  steps: Array.from({ length: count }, (_, index) => 20 * index),
  losses: Array.from({ length: count }, (_, index) => loss(index)),
});
/** @param {ReturnType<typeof noted>} run */
const course = ({ steps, losses }) => courseOf(steps, losses);
/** From 8 to 4, there for so many notes, and down to 0. @param {number} still */
const held = (still) =>
  noted(100, (index) => {
    if (index < 10) return 8 - 0.4 * index;
    return index < 10 + still ? 4 : (4 * (100 - index)) / (90 - still);
  });

test('a loss that stands still for a third of its way and then drops has a plateau', () => {
  assert.equal(course(held(70)), 'plateau');
  assert.equal(course(held(40)), 'plateau');
  assert.equal(course(held(15)), 'even');
  assert.equal(course(noted(100, (index) => 8 * 0.9 ** index)), 'even');
});

test('a loss that still stands, or has hardly begun, has no course yet', () => {
  assert.equal(course(noted(100, (index) => (index < 10 ? 8 - 0.4 * index : 4))), null);
  assert.equal(course(noted(2, () => 4)), null);
  assert.equal(courseOf([0, 20, 40], [4, null, 1]), null);
});

test('a loss that rises again and again jumps; one that rose once, or by a trifle, does not', () => {
  assert.equal(course(noted(100, (index) => (index % 2 ? 4 : 3))), 'jumps');
  assert.equal(course(noted(100, (index) => (index === 50 ? 9 : 8 * 0.9 ** index))), 'even');
  assert.equal(course(noted(100, (index) => 8 * 0.9 ** index * (index % 2 ? 1.1 : 1))), 'even');
});

test('several runs have a course where all went alike', () => {
  assert.equal(commonCourse([held(70), held(60)]), 'plateau');
  assert.equal(commonCourse([held(70), held(15)]), null);
  assert.equal(commonCourse([held(70), noted(2, () => 4)]), null);
  assert.equal(commonCourse([]), null);
});
