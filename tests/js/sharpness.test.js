import { cut, withEdit, withTurn } from '../../static/js/lib/history.js';
import { sharpnessQuery, unmeasured, withMeasures } from '../../static/js/lib/sharpness.js';
import * as theSharpness from '../../static/js/views/sharpness.js';
import { faults } from './figures.js';
import { assert, filled, test } from './harness.js';
import { WIDE, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('sharpness');
const { describe, figure, select, story, table } = kept('sharpness', theSharpness);

/** @param {number} step @param {number | null} sharpness */
const measure = (step, sharpness) => ({ step, sharpness, converged: true });

/** A run with frames at steps, and measures of some. @param {number[]} steps @param {(number | null)[]} [sizes] @param {object} [more] */
function stateWith(steps, sizes = [], more = {}) {
  const state = stateOf([2, 2, 1]);
  const frames = steps.map((step) => ({ ...state.now, step }));
  const now = frames.at(-1) ?? state.now;
  const curvatures = sizes.map((size, index) => measure(steps[index], size));
  const losses = Array(now.step + 1).fill(1);
  const history = { ...state.history, learning_rate: 0.2, frames, losses, curvatures, ...more };
  return /** @type {any} */ ({ ...state, now, history });
}

const slice = (/** @type {Parameters<typeof stateWith>} */ ...args) =>
  /** @type {NonNullable<ReturnType<typeof select>>} */ (select(stateWith(...args)));

const TEN = Array.from({ length: 10 }, (_, index) => 100 * index);

test('moments are measured some way apart, the one on screen and the first among them', () => {
  const steps = Array.from({ length: 601 }, (_, step) => step);
  const wanted = unmeasured(stateWith(steps)).map(({ step }) => step);
  assert.equal(wanted[0], 600);
  assert.ok(wanted.includes(0));
  assert.ok(wanted.length > 50 && wanted.length <= 60, String(wanted.length));
});

test('what is measured is not asked again, and while it trains only what is on screen is', () => {
  assert.deepEqual(
    unmeasured(
      stateWith(
        TEN,
        TEN.map(() => 1),
      ),
    ),
    [],
  );
  const training = { ...stateWith(TEN), isTraining: true };
  assert.deepEqual(
    unmeasured(training).map(({ step }) => step),
    [900],
  );
});

test('a question is about one set-up, and all training examples', () => {
  const state = stateWith(TEN);
  const experiment = { ...state.experiment, l2: 0.1 };
  const turned = { ...state, history: { ...state.history, turns: [{ at_step: 500, experiment }] } };
  const moments = unmeasured(turned);
  assert.ok(moments.every(({ step }) => step >= 500));
  const query = /** @type {any} */ (sharpnessQuery(turned.history, moments));
  assert.equal(query.l2, 0.1);
  assert.equal(query.path.length, moments.length - 1);
  assert.ok(!('batch' in query) && !('optimizer' in query));
});

test('measures stay in order, and are cut off with the run', () => {
  const { history } = stateWith(TEN);
  const known = withMeasures(withMeasures(history, [measure(300, 3), measure(100, 1)]), [measure(200, 2)]);
  const steps = (/** @type {typeof known} */ { curvatures }) => curvatures.map(({ step }) => step);
  assert.deepEqual(steps(known), [100, 200, 300]);
  assert.deepEqual(steps(cut(known, 200)), [100, 200]);
  const place = { layer: 0, unit: 0, input: 0 };
  assert.deepEqual(steps(withEdit(known, 200, place, 1)), [100]);
  assert.deepEqual(steps(withTurn(known, 200, /** @type {any} */ (known.experiment))), [100]);
});

test('what happens is told by the latest measures and the limit', () => {
  /** @type {[string, (number | null)[]][]} */
  const stories = [
    ['none', []],
    ['overflow', [1, null]],
    ['hill', [1, -0.5]],
    ['far', [1, 2]],
    ['below', [1, 7]],
    ['near', [1, 2, 3, 8, 9.5]],
    ['near', [5, 9.1, 9.2, 9.3, 9.4, 9.6]],
    ['edge', [5, 9.1, 10.4, 9.6, 10.9, 9.8]],
    ['edge', [5, 10.4, 9.1, 9.2, 9.3, 9.4, 9.6]],
    ['beyond', [5, 14]],
  ];
  for (const [expected, sizes] of filled(stories))
    assert.equal(story(slice(TEN.slice(0, Math.max(1, sizes.length)), sizes)), expected, sizes.join(' '));
});

test('the caption of the edge says from where to where, and the limit', () => {
  const words = describe(slice(TEN.slice(0, 6), [5, 9.1, 10.4, 9.6, 10.9, 9.8]));
  assert.equal(
    words,
    'The sharpness went from 5 to 9.8 and hovers at 2/η\u00a0=\u00a010: the edge of stability.',
  );
});

test('the limit steps where the rate was changed', () => {
  const shown = slice(TEN, [5, 6, 7, 8, 9, 10, 10, 10, 10, 10], {
    changes: [{ at_step: 400, learning_rate: 0.1 }],
  });
  const [limit] = /** @type {any[]} */ (figure(shown, WIDE).data);
  assert.deepEqual(limit.x.slice(0, 3), [0, 400, 400]);
  assert.deepEqual(limit.y, [10, 10, 20, 20]);
});

test('a limit far above is named at the edge, and does not flatten what is measured', () => {
  const { data, layout } = figure(
    slice(
      TEN,
      TEN.map(() => 0.1),
    ),
    WIDE,
  );
  assert.deepEqual(/** @type {any} */ (data[0]).x, []);
  assert.ok(layout.yaxis.range[1] < 1);
  assert.ok(layout.annotations.some((/** @type {any} */ { text }) => /far above/.test(text)));
});

test('sizes far apart are on a logarithmic axis, unless one is not positive', () => {
  assert.equal(figure(slice(TEN.slice(0, 2), [0.1, 10]), WIDE).layout.yaxis.type, 'log');
  const { yaxis } = figure(slice(TEN.slice(0, 2), [-0.1, 10]), WIDE).layout;
  assert.equal(yaxis.type, 'linear');
  assert.ok(yaxis.range[0] < -0.1);
});

test('a logarithmic axis over many powers of ten names a few of them, evenly', () => {
  const powersOf = (/** @type {number[]} */ ...sizes) =>
    figure(slice(TEN.slice(0, 2), sizes), WIDE).layout.yaxis.tickvals.map(Math.log10);
  assert.close(powersOf(0.5, 2000), [0, 1, 2, 3]);
  assert.close(powersOf(0.5, 3e20), [0, 4, 8, 12, 16, 20]);
  for (let power = 2; power < 300; power += 1) {
    const powers = powersOf(0.5, 10 ** power);
    assert.ok(powers.length >= 2 && powers.length <= 6, `${power}: ${powers.length}`);
  }
});

test('a point is a way to its step, and so is a row of the numbers', () => {
  const shown = slice(TEN.slice(0, 3), [1, 2, 3]);
  assert.deepEqual(/** @type {any} */ (figure(shown, WIDE).data[1]).customdata[1], { step: 100 });
  const { rows } = table(shown);
  assert.deepEqual(rows[0].cells, ['step 200', 3, 10, 'exact']);
  assert.deepEqual(rows[0].pick, { step: 200 });
});

const PHONE = { ...WIDE, width: 330, height: 300, isNarrow: true };
const HOVERED = [5, 9.1, 10.4, 9.6, 10.9, 9.8];
/** @type {Record<string, ReturnType<typeof slice>>} */
const STATES = {
  'nothing measured yet': slice([0]),
  refused: { ...slice([0]), isRefused: true },
  'one measure': slice([0], [4]),
  'one measure, no rate': slice([0], [4], { learning_rate: 0 }),
  'beyond a number': slice(TEN, [1, 2, null]),
  'bent downwards': slice(TEN, [-3, -2, -1]),
  'not bent': slice(TEN, [1, 0.5, 0]),
  'far below the limit': slice(TEN, [1, 1.2, 1.3]),
  'half the limit': slice(TEN, [1, 5]),
  'nine tenths of the limit': slice(TEN, [1, 9]),
  'a little less than these': slice(TEN, [1, 8.99]),
  'as far beyond as hovering goes': slice(TEN, [1, 12.5]),
  'beyond that': slice(TEN, [1, 12.6]),
  hovering: slice(TEN.slice(0, 6), HOVERED),
  'hovering, up to the limit': slice(TEN.slice(0, 6), [5, 9, 9.5, 10, 9, 9]),
  'hovering, before the rate was changed': slice(TEN.slice(0, 7), [...HOVERED, 9.8], {
    changes: [{ at_step: 600, learning_rate: 0.2001 }],
  }),
  'earlier on the way': {
    ...slice(
      TEN,
      TEN.map((one) => 1 + one / 100),
    ),
    step: 300,
  },
  'two limits': slice(
    TEN,
    TEN.map((one) => 1 + one / 100),
    { changes: [{ at_step: 400, learning_rate: 0.1 }] },
  ),
  'a limit after the end': slice(TEN.slice(0, 3), [1, 2, 3], {
    changes: [{ at_step: 900, learning_rate: 0.1 }],
  }),
  'a limit twelve times above': slice(
    TEN,
    TEN.map(() => 10 / 12),
  ),
  'a limit more than that above': slice(
    TEN,
    TEN.map(() => 0.8),
  ),
  'sizes thirty times apart': slice(TEN, [0.5, 10, 15], { learning_rate: 0.2 }),
  'sizes more than thirty times apart': slice(TEN, [0.3, 10]),
  'sizes very far apart': slice(TEN, [1e-9, 10]),
  batches: { ...slice(TEN, [1, 2]), isBatch: true },
  'another optimizer': {
    ...slice(TEN, [1, 2]),
    optimizer: /** @type {any} */ ({ name: 'adam', learning_rate: 0.2 }),
  },
  'another optimizer, nothing measured': {
    ...slice([0]),
    optimizer: /** @type {any} */ ({ name: 'adam', learning_rate: 0.2 }),
  },
  momentum: {
    ...slice(TEN, [1, 2]),
    optimizer: /** @type {any} */ ({ name: 'momentum', learning_rate: 0.2, momentum: 0.5 }),
  },
  'a lower bound': { ...slice([0], [4]), measures: [{ step: 0, sharpness: 4, converged: false }] },
  'very many measures': slice(
    Array.from({ length: 250 }, (_, at) => at),
    Array.from({ length: 250 }, (_, at) => 1 + at / 100),
  ),
};
for (const [name, shown] of Object.entries(STATES))
  test(`the sharpness: ${name}`, () =>
    assert.deepEqual(faults({ figure, describe, table }, shown, [WIDE, PHONE]), []));

test('the story turns at its borders: half of the limit, nine tenths of it, and a quarter beyond it', () => {
  const told = (/** @type {string} */ name) => story(STATES[name]);
  assert.equal(told('half the limit'), 'below');
  assert.equal(told('far below the limit'), 'far');
  assert.equal(told('a little less than these'), 'below');
  assert.equal(told('nine tenths of the limit'), 'near');
  assert.equal(told('as far beyond as hovering goes'), 'near');
  assert.equal(told('beyond that'), 'beyond');
  assert.equal(told('not bent'), 'hill');
  assert.equal(told('hovering, up to the limit'), 'edge');
  assert.equal(told('hovering, before the rate was changed'), 'near');
  assert.equal(told('one measure, no rate'), 'far');
});

test('nothing is drawn before there is a network', () => {
  for (const missing of ['now', 'experiment'])
    assert.equal(select({ ...stateWith(TEN), [missing]: null }), null);
});
