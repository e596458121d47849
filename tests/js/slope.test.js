import * as theSlope from '../../static/js/views/slope.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { WIDE, stateOf } from './made-up.js';
import { parabola, slopeOf } from './made-up-steps.js';
import { pictures } from './pictures.js';

const kept = await pictures('slope');
const { describe, figure, isBeyond, select, slopeWords, table } = kept('slope', theSlope);

const PLACE = { layer: 0, unit: 1, input: 0 };

/**
 * The lab with the slope of one weight, as it was asked for with a rate.
 * @param {number} rate @param {{asked?: number, change?: object}} [how]
 */
function stateWith(rate, { asked = rate, change = {} } = {}) {
  const state = stateOf([2, 2, 1]);
  const deps = [state.now, state.experiment, asked, '0 1 0'];
  const pinned = { kind: /** @type {const} */ ('parameter'), place: PLACE };
  const asides = {
    slope: { deps, answer: slopeOf(asked) },
    stepSizes: { deps: deps.slice(0, 2), answer: parabola() },
  };
  const history = { ...state.history, learning_rate: rate };
  return /** @type {import('../../static/js/state.js').State} */ ({
    ...state,
    asides,
    pinned,
    history,
    ...change,
  });
}

const slice = (/** @type {Parameters<typeof stateWith>} */ ...args) =>
  /** @type {import('../../static/js/views/slope.js').Drawn} */ (select(stateWith(...args)));

/** Where something has grown beyond a number, in the answer. @param {object} answer @param {object} [change] */
function beyond(answer, change = {}) {
  const state = stateWith(0.2);
  const asides = { slope: { ...state.asides.slope, answer: { ...slopeOf(0.2), ...answer } } };
  return /** @type {import('../../static/js/views/slope.js').Beyond} */ (
    select(/** @type {any} */ ({ ...state, asides, ...change }))
  );
}

/** The end of the arrow. @param {ReturnType<typeof slice>} shown */
const arrowOf = (shown) =>
  figure(shown, WIDE).layout.annotations.find((/** @type {any} */ { showarrow }) => showarrow);

test('the step lands where the engine says, on the line', () => {
  const shown = slice(0.2);
  const { step } = slopeOf(0.2);
  assert.equal(shown.step.value, step.value);
  assert.equal(arrowOf(shown).x, step.value);
  assert.equal(arrowOf(shown).ax, slopeOf(0.2).value);
});

test('while the rate is dragged the arrow is stretched with it, to where the engine then says', () => {
  const dragged = slice(0.4, { asked: 0.2, change: { isStale: true } });
  const exact = slopeOf(0.4);
  assert.close(dragged.step.value, exact.step.value);
  assert.close(Number(dragged.step.loss), exact.step.loss, 5e-3);
  assert.close(Number(dragged.together.value), exact.together.value);
  assert.ok(dragged.isFresh);
  assert.equal(dragged.step.hasJumped, null);
  assert.deepEqual(dragged.ghosts, []);
  // The picture alone is stretched: no number is made up for it.
  const words = describe(dragged);
  assert.ok(words.startsWith('With η = 0.4: it is being computed.'), words);
  assert.ok(!words.includes('jump') && !words.includes('becomes'));
  assert.deepEqual(table(dragged).rows[1].cells.slice(1), ['—', '—', '—', '—']);
  assert.deepEqual(table(dragged).rows[2].cells.slice(1), ['—', '—', '—', '—']);
});

test('a jump over the minimum is said, with the slopes on both sides', () => {
  const words = describe(slice(0.8));
  const { gradient, step } = slopeOf(0.8);
  assert.ok(step.has_jumped && gradient > 0 && step.gradient < 0);
  assert.match(words, /It jumps over a minimum of this line: the slope turns from \+2\.828 to −1\.697/);
  assert.match(describe(slice(0.2)), /It does not jump over a minimum\./);
});

test('a landing beyond the line has an arrow to its edge, and words', () => {
  const shown = slice(3);
  const { layout } = figure(shown, WIDE);
  assert.equal(arrowOf(shown).x, shown.line.range[0]);
  assert.ok(layout.annotations.some((/** @type {any} */ { text }) => text.startsWith('lands at −7.07')));
  assert.match(describe(shown), /far beyond this line/);
});

test('a step too short to be seen has no arrow, and the caption says so', () => {
  const shown = slice(0.001);
  assert.equal(arrowOf(shown), undefined);
  assert.match(describe(shown), /too little to be seen here/);
});

test('where all land together is marked off the line, with its own loss', () => {
  const shown = slice(0.2);
  const marks = /** @type {any[]} */ (figure(shown, WIDE).data);
  const diamond = marks.find(({ marker }) => marker?.symbol === 'diamond-open');
  assert.deepEqual([diamond.x, diamond.y], [[shown.step.value], [1.5]]);
  assert.match(describe(shown), /the loss becomes 1\.5/);
});

test('another weight is called by its name, and an answer of another is not fresh', () => {
  assert.equal(slice(0.2).title, 'weight from input 1 to hidden unit 2');
  assert.equal(slopeWords(slice(0.2)), 'slope +2.828');
  const pinned = { kind: 'parameter', place: { ...PLACE, input: 1 } };
  assert.ok(!slice(0.2, { change: { pinned } }).isFresh);
  assert.ok(!slice(0.2, { change: { isTraining: true } }).isFresh);
});

test('the numbers are those of every landing', () => {
  const { rows } = table(slice(0.2));
  const { ghosts } = slopeOf(0.2);
  assert.deepEqual(rows[1].cells, [
    'after this step',
    ghosts[0].value,
    ghosts[0].loss,
    ghosts[0].gradient,
    'no',
  ]);
  assert.equal(rows[3].cells[1], ghosts[2].value);
});

test('where the loss has grown beyond a number, that is said, and no old number stays', () => {
  const shown = beyond({ loss: null, gradient: null });
  assert.ok(isBeyond(shown) && shown.isFresh);
  assert.equal(describe(shown), 'Here the loss has grown beyond what a number can hold.');
  assert.equal(shown.title, 'weight from input 1 to hidden unit 2');
  assert.equal(slopeWords(shown), '');
  assert.deepEqual(table(shown).rows, []);
  assert.deepEqual(/** @type {any} */ (figure(shown, WIDE).data)[0].y, [null]);
  assert.equal(describe(beyond({ loss: null }, { isTraining: true })), 'As it was at step 0.');
  assert.ok(!isBeyond(slice(0.2)));
});

test('where only the slope has, the gradient is named', () => {
  assert.match(describe(beyond({ gradient: null })), /^Step 0: a gradient has grown beyond/);
});

test('where no gradient is a number, there is nothing to ask, and that is said at once', () => {
  const { trace } = stateWith(0.2);
  const layers = trace?.layers.map(({ dW, ...layer }) => ({
    ...layer,
    dW: dW.map((row) => row.map(() => null)),
  }));
  const lost = (/** @type {number | null} */ loss) => ({ pinned: null, trace: { ...trace, loss, layers } });
  assert.match(describe(beyond({}, lost(null))), /^Here the loss has grown beyond/);
  assert.match(describe(beyond({}, lost(1))), /^Step 0: a gradient has grown beyond/);
});

const offPicture = (/** @type {object} */ together) => {
  const made = slice(0.2);
  return { ...made, together: { ...made.together, ...together } };
};
const edge = slice(0.2).line.range;
/** @type {Record<string, ReturnType<typeof select>>} */
const STATES = {
  'a small step': slice(0.2),
  'a step over the minimum': slice(0.8),
  'a step that doubles': slice(1),
  'a step that grows': slice(1.1),
  'a step far beyond': slice(3),
  'no step': slice(0),
  'a step too little to be seen': slice(1e-4),
  'a step that moves no loss': slice(1e-9),
  'nine pixels': slice(0.013),
  'being dragged': slice(0.4, { asked: 0.2, change: { isStale: true } }),
  'being dragged to 0': slice(0, { asked: 0.2, change: { isStale: true } }),
  'being dragged from 0': slice(0.4, { asked: 0, change: { isStale: true } }),
  'being dragged far beyond': slice(40, { asked: 0.2, change: { isStale: true } }),
  'being dragged, without the sizes of a step': slice(0.4, {
    asked: 0.2,
    change: { asides: { slope: stateWith(0.2).asides.slope } },
  }),
  'not pinned': slice(0.2, { change: { pinned: null } }),
  'while it trains': slice(0.2, { change: { isTraining: true } }),
  'all together beyond a number': offPicture({ loss: null }),
  'all together above the picture': offPicture({ loss: 1e6 }),
  'all together beside the picture': offPicture({ value: 99 }),
  'all together at its edge': offPicture({ value: edge[1], loss: 1 }),
  'all together at its other edge': offPicture({ value: edge[0], loss: 1 }),
  'a loss above the picture': { ...slice(0.2), step: { ...slice(0.2).step, loss: 1e6 } },
  'a step beyond a number': { ...slice(0.2), step: { ...slice(0.2).step, loss: null } },
  'a threshold after it': { ...slice(0.2), canJump: true },
  'a loss beyond a number': beyond({ loss: null }),
  'a gradient beyond a number': beyond({ gradient: null }),
  'a gradient beyond a number, a step before': { ...beyond({ gradient: null }), isFresh: false },
  'losses with a gap': (() => {
    const made = slice(0.2);
    return {
      ...made,
      line: { ...made.line, losses: made.line.losses.map((one, at) => (at === 40 ? null : one)) },
    };
  })(),
};
for (const [name, shown] of Object.entries(STATES))
  test(`the slope of a parameter: ${name}`, () =>
    assert.deepEqual(faults({ figure, describe, table }, shown, [WIDE, { ...WIDE, width: 330 }]), []));

test('nothing is drawn before there is a network', () => {
  for (const missing of ['now', 'experiment'])
    assert.equal(select({ ...stateWith(0.2), [missing]: null }), null);
});
