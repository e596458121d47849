import { pieces, write } from '../../static/js/lib/faded/formulas.js';
import { EMPTY, currentOf, factsOf, isBlank, isOpen, valueOf } from '../../static/js/lib/faded/sheet.js';
import { apart, comparedOf, labelOf, progressOf, sectionsOf } from '../../static/js/lib/faded/words.js';
import * as theFadedNetwork from '../../static/js/views/faded/network.js';
import { faults } from './figures.js';
import { assert, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('faded');
const { describe, markedBy, picture } = kept('faded/network', theFadedNetwork);

/** @typedef {import('../../static/js/lib/faded/sheet.js').Sheet} Sheet */
/** @typedef {import('../../static/js/lib/faded/sheet.js').PassLine} PassLine */
/** @typedef {import('../../static/js/lib/faded/sheet.js').Blank} Blank */

/** @type {Record<string, PassLine['phase']>} */
const PHASES = {
  ...{ z: 'forward', a: 'forward', part: 'loss', loss: 'loss' },
  ...{ weight: 'update', loss_after: 'update' },
};

/** @param {string} name @param {PassLine['kind']} kind @param {number | null} value @param {number[]} place @returns {PassLine} */
const line = (name, kind, value, [layer, unit, input] = []) => ({
  ...{ name, kind, value, phase: PHASES[kind] ?? 'backward' },
  ...{ layer: layer ?? null, unit: unit ?? null, input: input ?? null },
});

/** Some lines of a pass; `z_h1` and `da_h1` are blanks. */
const LINES = [
  line('z_h1', 'z', null, [0, 0]),
  line('a_h1', 'a', 0.25, [0, 0]),
  line('a_o1', 'a', 0.75, [1, 0]),
  line('loss', 'loss', 0.5),
  line('delta_o1', 'delta', -2, [1, 0]),
  line('delta_o2', 'delta', 3, [1, 1]),
  line('da_h1', 'da', null, [0, 0]),
  line('dW_h1_x1', 'dW', 0.125, [0, 0, 0]),
  line('weight_o1_h1', 'weight', 0.9, [1, 0, 0]),
  line('weight_o2_h1', 'weight', 0.8, [1, 1, 0]),
  line('loss_after', 'loss_after', 0.4),
];

/** @param {Partial<Sheet>} [change] @returns {Sheet} */
const sheet = (change = {}) => ({
  ...{ seed: 0, first: 0, level: 'nine', weights: 'old', isCompared: false, isWaiting: false },
  ...{ blanks: {}, slips: 0, focused: null },
  pass: {
    ...{ inputs: [1, 2], targets: [0, 1], learning_rate: 0.5, tolerance: 0.005 },
    parameters: [0, 1].map(() => ({
      weights: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
      biases: [0.5, 0.6],
    })),
    blanks: ['z_h1', 'da_h1'],
    lines: LINES,
    updated: { da_h1: 0.7, loss_after: 0.41 },
  },
  ...change,
});

/** @param {Blank['status']} status @param {number} value @returns {Blank} */
const answered = (status, value) => ({
  ...{ status, value, text: '', said: 'nothing', slips: [], hasFormula: false, isAsking: false },
});

/** Everything that is written in a tree. @param {any} tree @returns {string} */
const textOf = (tree) => (typeof tree === 'string' ? tree : tree.children.map(textOf).join(''));

/** @param {Sheet} of @param {string} name */
const numbersIn = (of, name) =>
  write(of, /** @type {PassLine} */ (LINES.find((one) => one.name === name)))
    .numbers.map(textOf)
    .join('');

test('a blank has no number until it was answered or shown', () => {
  assert.equal(valueOf(sheet(), 'z_h1'), null);
  const one = sheet({ blanks: { z_h1: answered('right', 1), da_h1: answered('shown', 2) } });
  assert.deepEqual([valueOf(one, 'z_h1'), valueOf(one, 'da_h1'), valueOf(one, 'a_h1')], [1, 2, 0.25]);
  assert.equal(isOpen(one, 'z_h1'), false);
  assert.equal(isBlank(one, 'z_h1'), true);
});

test('what is not known is a question mark wherever it is put in', () => {
  assert.equal(numbersIn(sheet(), 'a_h1'), 'f(?)');
  assert.equal(numbersIn(sheet({ blanks: { z_h1: answered('right', -1.5) } }), 'a_h1'), 'f(−1.5)');
  assert.equal(numbersIn(sheet(), 'z_h1'), '0.1·1+0.2·2+0.5');
});

test('what comes back is added over both ways, and with the mistake through the updated weights', () => {
  assert.equal(numbersIn(sheet(), 'da_h1'), '(−2)·0.1+3·0.3');
  assert.equal(numbersIn(sheet({ weights: 'updated' }), 'da_h1'), '(−2)·0.9+3·0.8');
});

test('a sum is broken before each plus, and nothing of it is lost', () => {
  const { numbers } = write(sheet(), LINES[0]);
  assert.deepEqual(pieces(numbers).map(textOf), ['0.1·1', '+0.2·2', '+0.5']);
});

test('while the mistake is looked at its lines have its numbers, and no field', () => {
  const mistaken = sheet({ weights: 'updated', blanks: { da_h1: answered('right', 2) } });
  assert.equal(valueOf(mistaken, 'da_h1'), 0.7);
  assert.equal(isBlank(mistaken, 'da_h1'), false);
  assert.equal(valueOf(mistaken, 'loss'), 0.5);
  assert.equal(valueOf({ ...mistaken, weights: 'old' }, 'da_h1'), 2);
});

test('the marked line is the blank one is at, else the first that is open, else none', () => {
  assert.equal(currentOf(sheet())?.name, 'z_h1');
  assert.equal(currentOf(sheet({ focused: 'da_h1' }))?.name, 'da_h1');
  assert.equal(currentOf(sheet({ blanks: { z_h1: answered('shown', 1) } }))?.name, 'da_h1');
  const all = { z_h1: answered('right', 1), da_h1: answered('right', 2) };
  assert.equal(currentOf(sheet({ blanks: all })), null);
});

test('the facts count what was filled in, what was shown and what is left, and are not known while it loads', () => {
  const facts = factsOf(sheet({ blanks: { z_h1: answered('right', 1) }, slips: 3, weights: 'updated' }));
  assert.deepEqual(facts, {
    ...{ filled: 1, blanks: 2, left: 1, level: 'nine', shown: 0, slips: 3, weights: 'updated' },
    ...{ gradient_drift: facts.gradient_drift, loss_drift: facts.loss_drift },
  });
  for (const change of [{ isWaiting: true }, { pass: null }])
    assert.ok(Object.values(factsOf(sheet(change))).every((one) => one === null));
});

test('the drift is the largest part by which updating too early changes a number that is known', () => {
  const updated = { da_h1: 7, dW_h1_x1: 0.1, loss_after: 0.402 };
  const of = (/** @type {Record<string, number>} */ changed) => {
    const made = sheet();
    return factsOf({ ...made, pass: made.pass && { ...made.pass, updated: changed } });
  };
  assert.ok(Math.abs(Number(of(updated).gradient_drift) - 0.2) < 1e-12);
  assert.ok(Math.abs(Number(of(updated).loss_drift) - 0.005) < 1e-12);
  assert.equal(of({ dW_h1_x1: 0.125 }).gradient_drift, 0);
  assert.equal(of({ da_h1: 7 }).gradient_drift, null);
});

test('the lines stand by section and by unit, in their order', () => {
  const sections = sectionsOf(LINES);
  assert.deepEqual(
    sections.map(({ name, isBack }) => [name, isBack]),
    [
      ['forward', false],
      ['loss', false],
      ['output', true],
      ['hidden', true],
      ['update', false],
    ],
  );
  assert.deepEqual(
    sections.flatMap(({ groups }) => groups.flatMap(({ lines }) => lines.map(({ name }) => name))),
    LINES.map(({ name }) => name),
  );
  assert.equal(sections[0].groups.length, 2);
  assert.equal(labelOf(LINES[7]), 'gradient of the weight w₁₁');
});

test('two losses are written with so many digits that they can be told apart', () => {
  assert.deepEqual(apart(0.29102777369, 0.29102792391), ['0.29102777', '0.29102792']);
  assert.deepEqual(apart(0.4, 0.41), ['0.4', '0.41']);
  assert.deepEqual(apart(0.5, 0.5), ['0.5', '0.5']);
});

test('the mistake is compared once it was looked at, and what is said fits what it did', () => {
  const said = (/** @type {number} */ after) => {
    const one = sheet({ isCompared: true });
    if (one.pass) one.pass.updated.loss_after = after;
    return comparedOf(one);
  };
  assert.ok(comparedOf(sheet()).startsWith('What difference'));
  assert.ok(said(0.401).includes('from 0.5 to 0.4 with the old'), said(0.401));
  assert.ok(said(0.401).includes('small here'));
  assert.ok(said(0.45).includes('costs something'));
  assert.ok(said(0.35).includes('by chance'));
});

test('how far one is is said for every case', () => {
  const said = (/** @type {number[]} */ [filled, blanks, shown]) =>
    progressOf(sheet(), { filled, blanks, left: blanks - filled - shown, shown });
  assert.ok(said([1, 9, 0]).startsWith('1 of 9 blanks are filled in.'));
  assert.ok(said([1, 9, 0]).includes('(within 0.5 %)'));
  assert.ok(said([9, 9, 0]).includes('every number of it is yours'));
  assert.ok(said([7, 9, 2]).includes('7 filled in, 2 shown'));
  assert.ok(said([0, 0, 0]).startsWith('Nothing is left out'));
});

test('the picture has every weight and marks what the current line is about', () => {
  const drawn = picture(sheet({ focused: 'da_h1' }));
  const texts = drawn.children.filter((one) => typeof one !== 'string' && one.tag === 'text').map(textOf);
  for (const weight of ['0.1', '0.2', '0.3', '0.4'])
    assert.equal(texts.filter((one) => one === weight).length, 2, weight);
  assert.ok(texts.includes('−2') && texts.includes('?'), 'δ and what is not known');
  const marked = drawn.children.filter(
    (one) => typeof one !== 'string' && one.tag === 'line' && one.attributes.class.includes('is-marked'),
  );
  assert.equal(marked.length, 2, 'both ways on which the error comes back');
});

test('a unit or a connection is marked, and without a current line nothing is', () => {
  assert.equal(markedBy(LINES[1]).isUnit(1, 0), true);
  assert.equal(markedBy(LINES[7]).isUnit(1, 0), false);
  assert.equal(markedBy(LINES[7]).isEdge(0, 0, 0), true);
  assert.equal(markedBy(LINES[7]).isEdge(0, 0, 1), false);
  for (const [row, column] of [
    [0, 0],
    [1, 0],
    [2, 1],
  ])
    assert.equal(markedBy(null).isUnit(row, column), false);
  assert.equal(markedBy(null).isEdge(0, 0, 0), false);
});

test('the picture says itself in words', () => {
  const words = describe(sheet({ focused: 'z_h1' }));
  assert.ok(words.startsWith('Inputs 1 and 2; outputs 0.75 and ?; wanted were 0 and 1.'), words);
  assert.ok(words.endsWith('Marked: hidden unit 1: weighted sum and bias.'), words);
  assert.equal(describe(sheet({ pass: null })), 'It is being computed.');
});

/** @type {Record<string, Partial<Sheet>>} */
const STATES = {
  'at its first blank': {},
  'at another blank': { focused: 'da_h1' },
  'with a blank filled in': { blanks: { z_h1: { ...EMPTY, status: 'right', value: 0.25 } } },
  'all filled in': {
    blanks: {
      z_h1: { ...EMPTY, status: 'right', value: 0.25 },
      da_h1: { ...EMPTY, status: 'shown', value: -1.5 },
    },
  },
  'with the updated weights': { weights: 'updated' },
  'not there yet': { pass: null },
};
for (const [name, change] of Object.entries(STATES))
  test(`a pass to be filled in: ${name}`, () => {
    const made = sheet(change);
    const view = { figure: picture, describe };
    assert.deepEqual(faults(view, made, [null]), []);
    assert.ok(markedBy(currentOf(made)));
  });

test('what a line is about is marked, and nothing else', () => {
  const marked = (/** @type {PassLine | null} */ of) => {
    const { isUnit, isEdge } = markedBy(of);
    const units = [0, 1, 2].flatMap((row) =>
      [0, 1].filter((column) => isUnit(row, column)).map((column) => `${row}${column}`),
    );
    const edges = [0, 1].flatMap((row) =>
      [0, 1].flatMap((to) =>
        [0, 1].filter((from) => isEdge(row, to, from)).map((from) => `${row}${to}${from}`),
      ),
    );
    return [...units, '|', ...edges].join(' ');
  };
  assert.equal(marked(line('z_h1', 'z', 1, [0, 0])), '10 | 000 001');
  assert.equal(marked(line('a_o2', 'a', 1, [1, 1])), '21 |');
  assert.equal(marked(line('da_h2', 'da', 1, [0, 1])), '11 | 101 111');
  assert.equal(marked(line('dW_h1_x2', 'dW', 1, [0, 0, 1])), '| 001');
  assert.equal(marked(line('weight_o2_h1', 'weight', 1, [1, 1, 0])), '| 110');
  assert.equal(marked(line('loss', 'loss', 1)), '|');
  assert.equal(marked(null), '|');
});
