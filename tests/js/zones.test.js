import { announce } from '../../static/js/lib/announce.js';
import { createFormat, setFormat } from '../../static/js/lib/format.js';
import { createTranslator, setTranslator } from '../../static/js/lib/i18n.js';
import {
  bandsOf,
  bestWords,
  edgeOf,
  heightAt,
  limitOf,
  limitWords,
  measured,
  zoneOf,
} from '../../static/js/lib/zones.js';
import { describe, endsOf, figure, isBeyond, select, table } from '../../static/js/views/step-sizes.js';
import { assert, test } from './harness.js';
import { WIDE, frozen, stateOf } from './made-up.js';
import { BEND, parabola } from './made-up-steps.js';

const CURVE = frozen(parabola());
const Z = CURVE.zones;

/** The lab with the curve of its moment. @param {object} [change] @param {object} [curve] */
function stateWith(change = {}, curve = CURVE) {
  const state = stateOf([2, 2, 1]);
  const deps = [state.now, state.experiment];
  const bent = { sharpness: BEND, critical_learning_rate: 2 / BEND };
  const asides = { stepSizes: { deps, answer: curve }, curvature: { deps, answer: bent } };
  return /** @type {import('../../static/js/state.js').State} */ ({ ...state, asides, ...change });
}

/** With another rate. @param {number} rate @param {object} [change] @param {object} [curve] */
function withRate(rate, change = {}, curve = CURVE) {
  const state = stateWith({}, curve);
  return { ...state, history: { ...state.history, learning_rate: rate }, ...change };
}

const slice = (/** @type {Parameters<typeof withRate>} */ ...args) =>
  /** @type {NonNullable<ReturnType<typeof select>>} */ (select(withRate(...args)));

test('a rate is in the zone whose ends are about it', () => {
  for (const [rate, zone] of /** @type {[number, string][]} */ ([
    [0, 'slow'],
    [Z.slow_to * 0.999, 'slow'],
    [Z.slow_to * 1.001, 'good'],
    [Z.good_to * 0.999, 'good'],
    [Z.good_to * 1.001, 'bounces'],
    [Z.bounces_to * 1.001, 'flies'],
    [1e5, 'flies'],
  ]))
    assert.equal(zoneOf(CURVE, rate), zone, String(rate));
});

test('where no rate lowers the loss there is no zone, and beyond what was looked at none is made up', () => {
  const none = { slow_to: null, good_to: null, bounces_to: null };
  assert.equal(zoneOf({ ...CURVE, best_rate: null, zones: none }, 1), null);
  assert.deepEqual(bandsOf({ ...CURVE, best_rate: null, zones: none }), []);
  const calm = { ...CURVE, zones: { ...none, slow_to: 50 } };
  assert.equal(zoneOf(calm, 90), 'good');
  assert.equal(zoneOf(calm, 1000), null);
});

test('zones follow on each other without a gap, from the lowest rate to the highest', () => {
  const bands = bandsOf(CURVE);
  assert.deepEqual(
    bands.map(({ zone }) => zone),
    ['slow', 'good', 'bounces', 'flies'],
  );
  bands.slice(1).forEach(({ from }, index) => assert.equal(from, bands[index].to));
  assert.equal(bands[0].from, CURVE.rates[0]);
  assert.equal(bands[3].to, CURVE.rates.at(-1));
});

test('the limit is 2/λ, momentum’s is 2(1 + μ)/λ, and other optimizers have none of their own', () => {
  const bend = { critical_learning_rate: 0.5 };
  assert.deepEqual(limitOf(bend, { name: 'sgd' }), { rate: 0.5, formula: '2/λ', isOwn: true });
  assert.equal(limitOf(bend, { name: 'momentum', momentum: 0.9 }).rate, 0.95);
  assert.ok(!limitOf(bend, { name: 'adam' }).isOwn);
  assert.equal(limitOf({ critical_learning_rate: null }, { name: 'sgd' }).rate, null);
  assert.equal(limitOf(null, { name: 'sgd' }).rate, null);
  assert.equal(edgeOf(0.5, { name: 'sgd' }), 4);
  assert.close(Number(edgeOf(0.95, { name: 'momentum', momentum: 0.9 })), 4);
  assert.equal(edgeOf(0, { name: 'sgd' }), null);
});

test('no line break parts a limit from its number', () => {
  const { formula } = limitOf(null, { name: 'momentum', momentum: 0.9 });
  assert.equal(limitWords(formula, 0.95), '2(1\u00a0+\u00a0μ)/λ\u00a0=\u00a00.95');
});

test('a best rate at the end of what was looked at may not be the best there is', () => {
  assert.equal(bestWords({ rates: [1, 100], best_rate: 100 }), '100 or more');
  assert.equal(bestWords({ rates: [1, 100], best_rate: 2.5 }), '2.5');
});

test('between two rates the loss is between theirs, and beyond a number it is none', () => {
  const answer = { rates: [1, 2, 3], losses: [4, 8, null], loss: 6 };
  assert.equal(heightAt(answer, 1.5), 6);
  assert.equal(heightAt(answer, 0), 6);
  assert.equal(heightAt(answer, 2.5), null);
  assert.equal(heightAt(answer, 4), null);
});

test('an answer holds while the rate is dragged, and not at another moment or in training', () => {
  assert.ok(measured(withRate(3, { isStale: true, trace: null }), 'stepSizes').isFresh);
  const state = stateWith();
  const now = { .../** @type {NonNullable<typeof state.now>} */ (state.now), step: 1 };
  assert.ok(!measured({ ...state, now }, 'stepSizes').isFresh);
  assert.ok(!measured({ ...state, isTraining: true }, 'stepSizes').isFresh);
  assert.equal(measured({ ...state, now }, 'stepSizes').step, 0);
});

test('the mark has the loss of the trace; while the rate is dragged it stays on the curve, and no number is said', () => {
  const state = withRate(0.3);
  assert.equal(slice(0.3).after, state.trace?.updated_loss);
  const dragged = slice(0.3, { isStale: true });
  assert.equal(dragged.after, null);
  const [, mark] = /** @type {any[]} */ (figure(dragged, WIDE).data);
  assert.deepEqual([mark.x, mark.y], [[0.3], [heightAt(CURVE, 0.3)]]);
  assert.match(describe(dragged), /^With η = 0\.3: it is being computed\./);
  assert.equal(table(dragged).rows[0].cells[1], '—');
});

test('a loss beyond the figure is marked at its upper edge by another sign', () => {
  const [, mark] = /** @type {any[]} */ (figure(slice(20, { isStale: true }), WIDE).data);
  assert.equal(mark.marker.symbol, 'triangle-up');
  assert.ok(mark.y[0] < Number(heightAt(CURVE, 20)));
});

test('the axis does not move while the rate stays on it, and holds every rate', () => {
  const ends = endsOf(slice(0.3));
  assert.deepEqual(endsOf(slice(1)), ends);
  for (const rate of [1e-4, 0.001, 1, 100]) {
    const [low, high] = endsOf(slice(rate));
    assert.ok(low <= rate && rate <= high, String(rate));
    assert.ok(high / low >= 100);
  }
});

test('bands, the best rate and the limit stand where they are on the axis; their names do not meet', () => {
  for (const width of [280, 330, 420, 820]) {
    const { layout } = figure(slice(0.3), { ...WIDE, width });
    const [low, high] = layout.xaxis.range;
    const at = (/** @type {number} */ rate) => (Math.log10(rate) - low) / (high - low);
    const uprights = layout.shapes.filter(
      (/** @type {any} */ { x0, x1, type }) => type === 'line' && x0 === x1,
    );
    assert.close(
      uprights.map((/** @type {any} */ { x0 }) => x0),
      [at(CURVE.best_rate), at(2 / BEND)],
    );
    const names = layout.annotations.filter((/** @type {any} */ { yshift }) => yshift === 2);
    const [one, other] = names;
    assert.ok(one.xshift + one.text.length * 7 < other.xshift, `${width}`);
    assert.ok(other.xshift + other.text.length * 7 <= width - 58, `${width}`);
  }
});

/** How wide a figure's words are, in pixels. @param {string} text */
function widthOf(text) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  context.font = "14px system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
  return context.measureText(text).width;
}

test('a name in Cyrillic letters at the right edge is not cut off', () => {
  setTranslator(
    createTranslator({ 'best {rate}': 'лучшая {rate}', '{rate} or more': '{rate} или больше' }, 'ru'),
  );
  setFormat(createFormat('ru'));
  try {
    for (const [best, critical] of [
      [83.2, null],
      [100, null],
      [100, 54.7],
    ]) {
      const bend = { sharpness: BEND, critical_learning_rate: critical };
      const shown = /** @type {any} */ ({ ...slice(0.3, {}, { ...CURVE, best_rate: best }), bend });
      const { layout } = figure(shown, { ...WIDE, width: 330 });
      const names = layout.annotations.filter((/** @type {any} */ { yshift }) => yshift === 2);
      assert.ok(names.at(-1).text.startsWith('лучшая'));
      // The plot ends at 330, its axes begin at 58, and Plotly sets a text two pixels further.
      const ends = names.map((/** @type {any} */ { text, xshift }) => 58 + xshift + 2 + widthOf(text));
      const starts = names.map((/** @type {any} */ { xshift }) => 58 + xshift);
      assert.ok(starts[0] >= 0 && ends.at(-1) <= 330, `${best}: ${ends}`);
      assert.ok(names.length < 2 || ends[0] < starts[1], `${best}: ${ends}`);
    }
  } finally {
    setTranslator(createTranslator({}, 'en'));
    setFormat(createFormat('en'));
  }
});

test('where the loss has grown beyond a number, nothing is drawn, and that is said', () => {
  const shown = slice(0.3, {}, { ...CURVE, loss: null });
  assert.ok(isBeyond(shown));
  assert.equal(describe(shown), 'Here the loss has grown beyond what a number can hold.');
  assert.equal(describe({ ...shown, isFresh: false, step: 7 }), 'As it was at step 7.');
  assert.deepEqual(table(shown).rows, []);
  const { data, layout } = /** @type {any} */ (figure(shown, WIDE));
  assert.deepEqual([data.length, data[0].y], [1, [null]]);
  assert.deepEqual([layout.shapes, layout.annotations], [[], []]);
  assert.ok(!isBeyond(slice(0.3)) && !isBeyond({ ...shown, curve: null }));
});

test('the caption says the numbers, the zone and the limit', () => {
  const words = describe({ ...slice(0.3), after: 0.25 });
  assert.match(words, /With η = 0\.3 the next step takes the loss from 2 to 0\.25\. Zone: good\./);
  assert.match(words, /Best on this line: 0\.5, which gives 0\./);
  assert.match(words, /Beyond 2\/λ\u00a0=\u00a01, steps along the steepest bend must grow/);
});

test('for another optimizer the caption says whose line and whose limit these are', () => {
  const words = describe({ ...slice(0.3), optimizer: { name: 'adam' } });
  assert.match(words, /along what the optimizer would do/);
  assert.match(words, /2\/λ\u00a0=\u00a01 is the limit of plain gradient descent, not of this optimizer/);
});

test('what is not of the moment on screen is said to be old, and a batch is called one', () => {
  assert.equal(describe({ ...slice(0.3), isFresh: false, step: 7 }), 'As it was at step 7.');
  assert.match(describe({ ...slice(0.3), isBatch: true }), /for the batch of this step/);
  assert.match(describe({ ...slice(0.3), curve: null }), /being computed/);
  assert.match(describe({ ...slice(0.3), after: null }), /beyond what a number can hold/);
});

test('the numbers begin with the rate in force, the best and the limit', () => {
  const { rows } = table({ ...slice(0.3), after: 0.25 });
  assert.deepEqual(rows[0].cells, ['now: 0.3', 0.25, 'good']);
  assert.equal(rows[1].cells[0], 'best 0.5');
  // The engine was asked about the rates of the curve, not about this one.
  assert.deepEqual(rows[2].cells.slice(0, 2), ['2/λ\u00a0=\u00a01', '—']);
  assert.equal(rows.length, 3 + CURVE.rates.length);
});

test('a rate that crosses into another zone is announced with it, and within one it is not', () => {
  const before = withRate(0.3);
  const after = (/** @type {number} */ learning_rate) => ({
    ...before,
    history: { ...before.history, learning_rate },
  });
  assert.match(announce(before, after(0.9)), /The learning rate is 0\.9.* Zone: bounces\./);
  assert.ok(!announce(before, after(0.4)).includes('Zone'));
});
