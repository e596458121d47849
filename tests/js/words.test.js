/** Sentences that a kind chooses: each kind has its own, and says what it is about. */

import { problemWords, remarkWords } from '../../static/js/lib/expression/problems.js';
import { fullNameOf, labelOf } from '../../static/js/lib/faded/words.js';
import { revivalOfOne, unitWords } from '../../static/js/lib/health-words.js';
import { outcomeReason, outcomeWord, runName, verdictOf } from '../../static/js/lib/race/words.js';
import { assert, filled, test } from './harness.js';
import { CATALOG, walk } from './made-up-race.js';
import { verdicts } from './made-up-steps.js';

/** @param {Record<string, RegExp>} wanted  by kind @param {(kind: string) => string} words */
function each(wanted, words) {
  const kinds = Object.keys(wanted);
  for (const kind of filled(kinds)) assert.match(words(kind), wanted[kind], kind);
  assert.equal(new Set(kinds.map(words)).size, kinds.length, 'two kinds have the same words');
}

test('what is wrong with a formula is said by its kind, and where', () => {
  each(
    {
      formula_character: /^At “x”, character 3: this character does not belong/,
      formula_operand: /: a number, a name, a function or an opening bracket is missing here\.$/,
      formula_operator: /: an operation is missing here, such as \+ or \*\./,
      formula_unclosed: /: a closing bracket is missing\.$/,
      formula_unopened: /: this bracket closes nothing/,
      formula_comma: /: a comma only stands between the two values.*as in 0\.5\.$/,
      formula_function: /: there is no such function\./,
      formula_brackets: /: a function is followed by brackets, as in relu\(x\)\.$/,
      formula_one_value: /: this function takes one value\..*as in 0\.5\.$/,
      formula_two_values: /: this function takes two values, with a comma/,
      formula_number: /: this number is too large/,
      formula_deep: /: the formula is nested too deeply\.$/,
      formula_large: /: the formula has too many parts\.$/,
      string_too_long: /^The formula is too long\.$/,
      formula_empty: /^There is no formula yet\./,
      something_new: /^The server’s words\.$/,
    },
    (kind) => problemWords({ kind, at: 2, words: 'The server’s words.' }, '1 x'),
  );
  assert.match(
    problemWords({ kind: 'formula_operand', at: 2, words: '' }, '1+'),
    /^At the end of the formula: a number/,
  );
});

test('what is special at a node is said by its name, and nothing where nothing is', () => {
  each(
    {
      relu_corner: /^At exactly 0 relu has a corner/,
      abs_corner: /^At exactly 0 abs has a corner/,
      tie: /^Both values are equal/,
      log_domain: /^A logarithm needs a value above 0\.$/,
      zero_division: /^A division by 0 has no value\.$/,
      root_domain: /^A square root needs a value that is not below 0\.$/,
      zero_power: /^0 to a power below 0/,
      power_domain: /^A value below 0 can only be raised to a whole number\.$/,
      no_derivative: /no derivative\.$/,
      overflow: /too large/,
      something_new: /^$/,
    },
    (name) => remarkWords(/** @type {any} */ ({ name })),
  );
  assert.equal(remarkWords(null), '');
});

test('every kind of line of a pass has its name, with the weight it is about', () => {
  const line = (/** @type {string} */ kind) =>
    /** @type {any} */ ({ kind, name: '', value: null, phase: 'forward', layer: 1, unit: 1, input: 0 });
  each(
    {
      z: /^weighted sum and bias$/,
      a: /^what the unit says$/,
      part: /^loss of this output$/,
      loss: /^loss of the network$/,
      da_loss: /^how far off it is$/,
      da: /^what comes back from both outputs$/,
      derivative: /^slope of the sigmoid$/,
      delta: /^error of the unit$/,
      dW: /^gradient of the weight w₂₁$/,
      weight: /^new weight w₂₁$/,
      loss_after: /^loss with the new weights$/,
    },
    (kind) => labelOf(line(kind)),
  );
  assert.equal(fullNameOf(line('delta')), 'output unit 2: error of the unit');
  for (const nowhere of [{ layer: null }, { unit: null }])
    assert.equal(fullNameOf({ ...line('loss'), ...nowhere }), 'the whole network: loss of the network');
});

test('how a run ends is said in a word, and why in a sentence', () => {
  const ended = (/** @type {string} */ outcome, more = {}) =>
    walk([[0, 0]], /** @type {any} */ ({ outcome, ...more }));
  const cases = /** @type {[string, object, string, RegExp][]} */ ([
    ['converged', {}, 'arrived', /less than a thousandth/],
    ['oscillating', {}, 'bouncing', /At least half of the last steps/],
    ['oscillating', { is_growing: true }, 'bouncing, farther each time', /the last ones are longer/],
    ['diverged', { diverged_at: 7 }, 'flown away, from step 7 on', /left everything that is drawn/],
    ['slow', {}, 'on its way', /with more steps it would go farther/],
  ]);
  for (const [outcome, more, word, reason] of filled(cases)) {
    assert.equal(outcomeWord(ended(outcome, more), 10, 10), word);
    assert.equal(outcomeWord(ended(outcome, more), 9, 10), `at step 10: ${word}`);
    assert.match(outcomeReason(ended(outcome, more)), reason);
  }
});

test('a run is called by its optimizer, its rate, and what is not as usual', () => {
  const called = (/** @type {object} */ run) => runName(CATALOG, /** @type {any} */ (run));
  assert.equal(called({ name: 'momentum', learning_rate: 0.02, momentum: 0.9 }), 'Momentum, η\u00a00.02');
  assert.equal(
    called({ name: 'momentum', learning_rate: 0.02, momentum: 0.8 }),
    'Momentum, η\u00a00.02, μ\u00a00.8',
  );
  assert.equal(called({ name: 'momentum', learning_rate: 0.02 }), 'Momentum, η\u00a00.02');
  assert.equal(called({ name: 'unheard' }), 'unheard, η\u00a00');
});

test('what a rate does in the first steps of a run is said with its losses', () => {
  const said = (/** @type {object} */ own, /** @type {object} */ more = {}) =>
    verdictOf(
      walk([[0, 0]], {
        rates: /** @type {any} */ ({ ...verdicts(), ...more, own: { ...verdicts().own, ...own } }),
      }),
    );
  assert.match(said({ verdict: 'slow', loss: 1.5 }), /^This rate, in 20 steps: slow, from 2 to 1\.5\./i);
  assert.match(said({ verdict: 'flies_away', loss: null }), /^This rate, in 20 steps: flies away\./i);
  assert.match(said({ verdict: null, loss: 1.5 }), /^This rate, in 20 steps: slow, from 2 to 1\.5\./i);
  assert.match(said({ verdict: 'slow', loss: 1.5 }, { steps: 1 }), /in 1 step:/);
  assert.equal(said({}, { settled: true }), 'No rate gets lower than 2 in 20 steps.');
});

test('what an illness of units does is said by its kind, of one and of several', () => {
  const said = (/** @type {string} */ state, /** @type {(string | null)[]} */ revivals) =>
    unitWords(/** @type {any[]} */ (revivals.map((revival) => ({ state, revival })))).join(' ');
  assert.match(said('saturated', [null]), /^For nearly all examples it sits at an end/);
  assert.match(said('saturated', [null, null]), /^For nearly all examples they sit at an end/);
  assert.match(said('alike', [null, null]), /^They have the same weights/);
  assert.match(said('dead', [null]), /^Its slope is 0.*As far as gradients go it stays dead/);
  assert.match(said('dead', ['layers', null]), /^Their slope is 0 for every training example/);
  each(
    { layers: /come back by itself/, penalty: /the penalty goes on shrinking/, none: /it stays dead/ },
    (kind) => revivalOfOne(/** @type {any} */ (kind === 'none' ? null : kind)),
  );
});
