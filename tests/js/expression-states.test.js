/** The graph of a formula in many states: drawn, told and tabulated, and looked up among the stored pictures. */

import { layOut } from '../../static/js/lib/expression/layout.js';
import { shortened } from '../../static/js/lib/expression/signs.js';
import * as theGeometry from '../../static/js/views/expression/geometry.js';
import * as theGraph from '../../static/js/views/expression/graph.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { answerOf, chain, twice } from './made-up-formula.js';
import { WIDE } from './made-up.js';
import { pictures } from './pictures.js';

/** @typedef {import('../../static/js/views/expression/graph.js').Slice} Slice */

const kept = await pictures('expression-states');
const { graphAt, heightOf } = kept('graph', theGraph);
const { pixelsOf } = kept('geometry', theGeometry);
const view = graphAt(2);

/** @param {Partial<Slice>} [change] @returns {Slice} */
const slice = (change = {}) => ({
  ...{ place: 2, text: 'made up', values: {}, step: 0, isStale: false, found: chain(), problem: null },
  ...change,
});
const sines = (/** @type {number} */ count) =>
  answerOf(['x'], ...Array.from({ length: count }, (_, at) => ['sin', at]));
const odd = chain();
Object.assign(odd.nodes[3], { value: null, remark: { name: 'log_domain' } });
Object.assign(odd.nodes[5], { gradient: null });
const named = answerOf(
  ['a_very_long_name'],
  ['w'],
  ['multiply', 0, 1],
  ['max', 2, 1],
  ['negate', 3],
  ['divide', 4, 0],
);

/** @type {Record<string, Slice>} */
const STATES = {
  'before the first step': slice(),
  'after one operation': slice({ step: 1 }),
  'before the way back': slice({ step: 5 }),
  'at the first step back': slice({ step: 6 }),
  'on the way back': slice({ step: 10 }),
  'at the end': slice({ step: 14 }),
  'a value used twice, at the end': slice({ found: twice(), step: 99 }),
  'a value used twice, on the way back': slice({ found: twice(), step: 7 }),
  'a square': slice({ found: answerOf(['x'], ['multiply', 0, 0]), step: 2 }),
  'a value alone': slice({ found: answerOf(['x']), step: 1 }),
  'numbers alone': slice({ found: answerOf([2], [3], ['add', 0, 1]), step: 1 }),
  'nine layers': slice({ found: sines(8), step: 20 }),
  'ten layers': slice({ found: sines(9), step: 20 }),
  'many layers': slice({ found: sines(30), step: 40 }),
  'values beyond numbers': slice({ found: odd, step: 14 }),
  'long names': slice({ found: named, step: 14 }),
  stale: slice({ isStale: true, step: 3 }),
  'a problem': slice({ problem: /** @type {any} */ ({ kind: 'formula_operand', at: 3, words: 'No.' }) }),
  'nothing found': slice({ found: null }),
};
for (const [name, shown] of Object.entries(STATES))
  test(`the graph of a formula: ${name}`, () => {
    const frames = [false, true].map((isNarrow) => ({
      ...{ ...WIDE, isNarrow, width: isNarrow ? 326 : 640 },
      height: heightOf(shown, isNarrow) ?? 300,
    }));
    assert.deepEqual(faults(view, shown, frames), []);
  });

test('a formula of nine layers lies, one of ten stands, and on a phone all stand', () => {
  const stands = (/** @type {number} */ count, /** @type {boolean} */ isNarrow) =>
    pixelsOf(layOut(sines(count).nodes), { width: 640, height: 480, isNarrow }).isUpright;
  assert.deepEqual([stands(8, false), stands(9, false), stands(2, true)], [false, true, true]);
});

test('a label is shortened in its middle, if it has more than thirty-six letters', () => {
  const label = (/** @type {number} */ length) =>
    Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26))).join('');
  assert.equal(shortened(label(36)), label(36));
  assert.equal(shortened(label(37)), `${label(37).slice(0, 16)} … ${label(37).slice(-16)}`);
});
