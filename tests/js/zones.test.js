import { announce } from '../../static/js/lib/announce.js';
import { createFormat, setFormat } from '../../static/js/lib/format.js';
import { createTranslator, setTranslator } from '../../static/js/lib/i18n.js';
import { ratesDeps, ratesQuery } from '../../static/js/lib/inside.js';
import { factsOf } from '../../static/js/lib/lab-facts.js';
import {
  bandsOf,
  bestWords,
  currentZone,
  edgeOf,
  heightAt,
  limitMeaning,
  limitOf,
  limitWords,
  markOf,
  measured,
  trackOf,
  verdictWords,
  zoneOf,
} from '../../static/js/lib/zones.js';
import * as theStepSizes from '../../static/js/views/step-sizes.js';
import { assert, test } from './harness.js';
import { WIDE } from './made-up.js';
import { BEND, CURVE, judged, stateWith, verdicts, withRate } from './made-up-steps.js';
import { pictures } from './pictures.js';

const kept = await pictures('zones');
const { describe, endsOf, figure, isBeyond, select, table } = kept('step-sizes', theStepSizes);

/** Half of what there is to gain in 20 steps is gained from here to there. */
const SLOW_TO = (1 - 0.5 ** (1 / 40)) / BEND;

const slice = (/** @type {Parameters<typeof withRate>} */ ...args) =>
  /** @type {NonNullable<ReturnType<typeof select>>} */ (select(withRate(...args)));

test('bands are the verdicts of the rates that were tried, and borders lie midway between two of them', () => {
  const bands = bandsOf(judged(['slow', 'slow', 'good', 'bounces', 'good', 'flies_away']));
  assert.deepEqual(
    bands.map(({ zone }) => zone),
    ['slow', 'good', 'bounces', 'good', 'flies_away'],
  );
  assert.close([bands[0].from, bands[0].to, bands[4].to], [1, 10 ** 1.5, 1e5]);
  bands.slice(1).forEach(({ from }, index) => assert.equal(from, bands[index].to));
});

test('a rate lies in the band about it, and beyond what was tried none is made up', () => {
  const rates = judged(['slow', 'good', 'flies_away']);
  for (const [rate, zone] of /** @type {[number, string | null][]} */ ([
    [0, 'slow'],
    [3.1, 'slow'],
    [3.2, 'good'],
    [31, 'good'],
    [32, 'flies_away'],
    [1e6, 'flies_away'],
  ]))
    assert.equal(zoneOf(rates, rate), zone, String(rate));
  const calm = judged(['good', 'good']);
  assert.equal(zoneOf(calm, 0.5), null);
  assert.equal(zoneOf(calm, 11), null);
  assert.equal(zoneOf(judged([null, null, 'flies_away']), 3), null);
  assert.deepEqual(bandsOf(judged([])), []);
});

test('the zone of the rate in force is the verdict on that very rate, and none until it was tried', () => {
  for (const [rate, zone] of /** @type {[number, string | null][]} */ ([
    [SLOW_TO * 0.999, 'slow'],
    [SLOW_TO * 1.001, 'good'],
    [0.999 * (2 / BEND), 'bounces'],
    [1.001 * (2 / BEND), 'flies_away'],
  ]))
    assert.equal(currentZone(withRate(rate), rate), zone, String(rate));
  assert.equal(currentZone(withRate(0.3), 0.4), null);
  assert.equal(currentZone(withRate(0.3, { isTraining: true }), 0.3), null);
  assert.equal(factsOf(withRate(0.3)).zone, 'good');
});

const own = (/** @type {object} */ more) => ({ ...verdicts().own, ...more });

test('the words say what the rate does, and which gets lower', () => {
  const low = { recommended_rate: 0.56, recommended_loss: 0.01, loss: 2 };
  for (const [tried, words] of /** @type {[object, string][]} */ ([
    [
      { verdict: 'slow', loss: 1.5 },
      'Slow: in 20 steps the loss goes from 2 to 1.5. η 0.56 gets it to 0.01.',
    ],
    [
      { verdict: 'good', loss: 0.5 },
      'Good: in 20 steps the loss goes from 2 to 0.5. η 0.56 gets it to 0.01.',
    ],
    [{ verdict: 'good', loss: 0.001 }, 'Good: in 20 steps the loss goes from 2 to 0.001.'],
    [{ verdict: 'good', loss: 0.01, rate: 0.56 }, 'Good: in 20 steps the loss goes from 2 to 0.01.'],
    [
      { verdict: 'bounces', loss: 1.9, newly_dead: 3 },
      'Bounces: in 20 steps the loss goes from 2 to 1.9. It leaves 3 more units dead. η 0.56 gets it to 0.01.',
    ],
    [
      { verdict: 'good', loss: 0.001, newly_dead: 1 },
      'Good: in 20 steps the loss goes from 2 to 0.001. It leaves 1 more unit dead. η 0.56 gets it to 0.01.',
    ],
    [
      { verdict: 'flies_away', loss: 7 },
      'Flies away: in 20 steps the loss goes from 2 to 7. η 0.56 gets it to 0.01.',
    ],
    [
      { verdict: 'flies_away', loss: null },
      'Flies away: in 20 steps the loss grows beyond what a number can hold. η 0.56 gets it to 0.01.',
    ],
  ]))
    assert.equal(verdictWords(judged(['slow', 'good'], { ...low, own: own(tried) })), words);
  const none = { ...low, recommended_rate: null, recommended_loss: null };
  assert.ok(!verdictWords(judged(['slow'], { ...none, own: own({ loss: 1.9 }) })).includes('η'));
});

test('where training has settled, or all is learnt, that is said, and no rate is recommended', () => {
  const settled = { settled: true, recommended_rate: null, recommended_loss: null };
  const still = own({ verdict: null, loss: 0.693 });
  const words = verdictWords(judged([null], { ...settled, loss: 0.693, own: still }));
  assert.equal(words, 'Settled: none of the rates tried lowers the loss, 0.693, in 20 steps.');
  assert.equal(
    verdictWords(judged([null], { ...settled, loss: 0, own: own({ verdict: null, loss: 0 }) })),
    'All is learnt: the loss is 0, and no rate can lower it.',
  );
  const flying = own({ verdict: 'flies_away', loss: 4 });
  assert.match(
    verdictWords(judged(['flies_away'], { ...settled, loss: 3, own: flying })),
    /^Settled: .* Flies away: in 20 steps the loss goes from 3 to 4\.$/,
  );
  assert.match(verdictWords(judged(['flies_away'], { loss: null })), /beyond what a number can hold/);
});

test('the track of a slider has the colour of each band where it lies', () => {
  const share = (/** @type {number} */ rate) => Math.log10(rate) / 2;
  const track = trackOf(bandsOf(judged([null, 'good', 'flies_away'])), share);
  assert.match(
    track,
    /^linear-gradient\(to right, var\(--line\) 0% .*0\.2500.*, var\(--zone-good\) .*0\.2500.*0\.7500.*, var\(--zone-flies-away\) .*0\.7500.* 100%\)$/,
  );
  // Between two bands a pixel on either side has the panel's colour.
  const [from, to] = ['-', '+'].map((sign) => `calc(0.75rem + (100% - 1.5rem) * 0.2500 ${sign} 1px)`);
  assert.ok(track.includes(`var(--panel) ${from} ${to}`), track);
  assert.ok(CSS.supports('background', track));
  assert.ok(CSS.supports('background', `${markOf(0.5)}, ${track}`));
});

test('what is asked while it trains is the moment on screen, with the rate in force and what the optimizer knows', () => {
  const state = withRate(0.3);
  assert.deepEqual(ratesDeps(state), [state.now, state.experiment, 0.3]);
  assert.deepEqual(ratesDeps({ ...state, isTraining: true, trace: null }), [
    state.now,
    state.experiment,
    0.3,
  ]);
  assert.equal(ratesDeps({ ...state, isStale: true }), null);
  assert.equal(ratesDeps({ ...state, now: null, isTraining: true }), null);
  const query = /** @type {any} */ (ratesQuery(state));
  assert.equal(query.optimizer.learning_rate, 0.3);
  assert.deepEqual(query.state, {
    step: 0,
    parameters: state.now?.parameters,
    optimizer_state: state.now?.optimizer_state,
  });
  assert.ok(!('parameters' in query) && !('step' in query));
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
  assert.equal(heightAt(answer, 0.5), 5);
  assert.equal(heightAt(answer, 1), 4);
  assert.equal(heightAt(answer, 2), 8);
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
    createTranslator({ 'lowest {rate}': 'лучшая {rate}', '{rate} or more': '{rate} или больше' }, 'ru'),
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

test('the caption says what one step does, that it is one, and what the bands are', () => {
  const words = describe({ ...slice(0.3), after: 0.25 });
  assert.match(words, /With η = 0\.3 the next step takes the loss from 2 to 0\.25\./);
  assert.match(words, /This one step would get lowest with η 0\.5: 0\./);
  assert.match(
    words,
    /A good single step is not a good rate: the bands say what a rate does in 20 steps\. Zone: good\./,
  );
  assert.match(words, /2\/λ\u00a0=\u00a01: beyond it a bowl throws you out; a curved landscape may bend/);
  const unknown = describe({ ...slice(0.3), after: 0.25, rates: null });
  assert.ok(!unknown.includes('Zone') && !unknown.includes('bands'));
});

test('for another optimizer the caption says whose line and whose limit these are', () => {
  const words = describe({ ...slice(0.3), optimizer: { name: 'adam' } });
  assert.match(words, /along what the optimizer would do/);
  assert.match(words, /2\/λ\u00a0=\u00a01 is the limit of plain gradient descent, not of this optimizer/);
  assert.match(
    limitMeaning(limitOf({ critical_learning_rate: 1 }, { name: 'sgd' })),
    /^2\/λ\u00a0=\u00a01: beyond it/,
  );
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
  assert.equal(rows[1].cells[0], 'lowest 0.5');
  // The engine was asked about the rates of the curve, not about this one.
  assert.deepEqual(rows[2].cells.slice(0, 2), ['2/λ\u00a0=\u00a01', '—']);
  assert.equal(rows.length, 3 + CURVE.rates.length);
});

test('another verdict on another rate is announced when it has been tried, and the same one is not', () => {
  const before = withRate(0.3);
  const moved = (/** @type {number} */ learning_rate) => ({
    ...before,
    history: { ...before.history, learning_rate },
  });
  const tried = (/** @type {number} */ rate) => ({ ...moved(rate), asides: withRate(rate).asides });
  const here = (/** @type {any} */ state) => {
    const { rates } = state.asides;
    const deps = [before.now, before.experiment, rates.deps[2]];
    return { ...state, asides: { ...before.asides, rates: { ...rates, deps } } };
  };
  assert.ok(!announce(before, moved(0.999)).includes('Zone'));
  assert.equal(announce(moved(0.999), here(tried(0.999))), 'Zone: bounces.');
  assert.equal(announce(moved(0.4), here(tried(0.4))), '');
});
