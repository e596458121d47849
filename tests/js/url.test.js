import { fromHash, toHash } from '../../static/js/url.js';
import { assert, test } from './harness.js';
import { EMPTY, distinct, experimentOf, frozen, parametersOf, stateOf } from './made-up.js';

/** @param {unknown} content @param {string} [version] */
function hashOf(content, version = '1') {
  const bytes = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `#${version}.${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

const LINK = frozen({
  preset: 'xor',
  experiment: experimentOf([2, 4, 1]),
  rate: 0.5,
  changes: [{ at_step: 3, learning_rate: 0.1 }],
  step: 7,
  cursor: 12,
  whole: false,
  example: 2,
  task: 'step',
});

/** The lab as `LINK` has it. @param {Partial<import('../../static/js/state.js').State>} [change] */
function state(change = {}) {
  const made = stateOf([2, 4, 1], { preset: 'xor', cursor: 12, isWhole: false, example: 2, ...change });
  return { ...made, now: { ...made.now, step: 7 }, history: { ...made.history, changes: LINK.changes } };
}

test('an address that was made is read as what it was made from', () => {
  assert.deepEqual(fromHash(toHash(state())), LINK);
  assert.deepEqual(fromHash(toHash(state({ task: 'train', isWhole: true }))), {
    ...LINK,
    task: 'train',
    whole: true,
  });
});

test('a letter of any alphabet survives the way through an address', () => {
  for (const text of ['Исключающее ИЛИ', 'ŷ − δ', '深い学習', '😀', 'a"b\\c', '???>>>~~~']) {
    const experiment = { ...experimentOf([2, 4, 1]), data: { dataset: text } };
    const hash = toHash({ ...state(), preset: text, experiment });
    assert.match(hash, /^#1\.[A-Za-z0-9_-]+$/);
    assert.deepEqual(fromHash(hash), { ...LINK, preset: text, experiment });
  }
});

test('weights that were written out survive to the last bit', () => {
  const experiment = {
    ...experimentOf([2, 4, 1]),
    parameters: parametersOf([2, 4, 1], () => Math.PI * 1e-17),
  };
  assert.deepEqual(fromHash(toHash({ ...state(), experiment })), { ...LINK, experiment });
});

test('the experiment of a preset is not written out, a changed one is', () => {
  const { experiment } = state();
  const catalog = /** @type {any} */ ({
    presets: [
      { name: 'worked', experiment: {} },
      { name: 'xor', experiment },
    ],
  });
  const { experiment: _, ...rest } = LINK;
  assert.deepEqual(fromHash(toHash(state({ catalog }))), rest);
  const changed = { ...experiment, loss: 'huber' };
  assert.deepEqual(fromHash(toHash({ ...state({ catalog }), experiment: changed })), {
    ...LINK,
    experiment: changed,
  });
});

test('a lab in which nothing was opened has an address that can be read', () => {
  const link = fromHash(toHash(EMPTY));
  assert.ok(link !== null && link !== 'unreadable' && link.step === 0 && link.experiment === undefined);
});

test('an address without anything asks for nothing', () => {
  for (const hash of ['', '#']) assert.equal(fromHash(hash), null);
});

for (const hash of [
  '#lab',
  '#1',
  '#1.',
  '#.',
  '#1.%%%',
  '#1.e',
  '#1.!!!!',
  '#%D0%B0',
  '#1.Привет',
  hashOf(LINK, '0'),
  hashOf(LINK, '2'),
  hashOf(LINK, ''),
]) {
  test(`the address ${hash.slice(0, 14)} is unreadable`, () => assert.equal(fromHash(hash), 'unreadable'));
}

test('a link with a single byte that is no UTF-8 is unreadable, whatever else it says', () => {
  const latin = JSON.stringify({ ...LINK, preset: 'caf\u00e9' });
  assert.equal(fromHash(`#1.${btoa(latin)}`), 'unreadable');
  assert.equal(/** @type {any} */ (fromHash(hashOf(latin))).preset, 'caf\u00e9');
});

test('what is not UTF-8, not JSON or cut short is unreadable', () => {
  assert.equal(fromHash('#1._w'), 'unreadable');
  assert.equal(fromHash(hashOf('{"preset": "xor"')), 'unreadable');
  for (const hash of [hashOf(LINK)]) {
    for (let length = 2; length < hash.length; length += 1)
      assert.equal(fromHash(hash.slice(0, length)), 'unreadable', `${length}`);
  }
});

const { experiment } = LINK;
/** @type {[string, unknown][]} */
const WRONG = [
  ['no object', 7],
  ['null', null],
  ['an array', [LINK]],
  ['empty', {}],
  ['without its preset', { ...LINK, preset: undefined }],
  ['of a preset that is a number', { ...LINK, preset: 1 }],
  ['of a rate in words', { ...LINK, rate: '0.5' }],
  ['without a rate', { ...LINK, rate: null }],
  ['of changes that are none', { ...LINK, changes: {} }],
  ['of a change that is null', { ...LINK, changes: [null] }],
  ['of a change at half a step', { ...LINK, changes: [{ at_step: 0.5, learning_rate: 1 }] }],
  ['of a change before the start', { ...LINK, changes: [{ at_step: -1, learning_rate: 1 }] }],
  ['of a change without a rate', { ...LINK, changes: [{ at_step: 1 }] }],
  ['of a step below 0', { ...LINK, step: -1 }],
  ['of a step that is no number', { ...LINK, step: '7' }],
  ['of a step beyond all counting', { ...LINK, step: 1e300 }],
  ['of half a cursor', { ...LINK, cursor: 1.5 }],
  ['of no example', { ...LINK, example: null }],
  ['whole in words', { ...LINK, whole: 'yes' }],
  ['of an unknown task', { ...LINK, task: 'fly' }],
  ['of an experiment that is null', { ...LINK, experiment: null }],
  ['of an experiment in words', { ...LINK, experiment: 'xor' }],
  ['of an experiment without a network', { ...LINK, experiment: { ...experiment, network: undefined } }],
  ['of a network without layers', { ...LINK, experiment: { ...experiment, network: { inputs: 2 } } }],
  ['of an experiment without data', { ...LINK, experiment: { ...experiment, data: undefined } }],
  ['of an experiment without a loss', { ...LINK, experiment: { ...experiment, loss: undefined } }],
  ['of an experiment without an optimizer', { ...LINK, experiment: { ...experiment, optimizer: [] } }],
];
for (const [what, link] of WRONG) {
  test(`a link ${what} is unreadable`, () => {
    assert.equal(fromHash(hashOf(link)), 'unreadable');
    assert.deepEqual(fromHash(hashOf(LINK)), LINK);
  });
}

test('a link may hold all the weights of a network as large as the lab makes them', () => {
  const sizes = [64, 8, 8, 8, 8, 10];
  const experiment = { ...experimentOf(sizes), parameters: parametersOf(sizes, distinct(1)) };
  assert.deepEqual(fromHash(toHash({ ...state(), experiment })), { ...LINK, experiment });
});
