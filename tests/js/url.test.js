import { fromHash, fromText, toHash, toLink, toText } from '../../static/js/url.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, distinct, experimentOf, frozen, historyOf, parametersOf, stateOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').State} State */

/** @param {unknown} content @param {string} [version] */
function hashOf(content, version = '2') {
  const bytes = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `#${version}.${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

const TURN = { ...experimentOf([2, 4, 1]), optimizer: { name: 'adam', learning_rate: 0.01 } };

/** Two runs: the first as far as step 7, and one from its step 5 on, by another rate. */
const LINK = frozen({
  preset: 'xor',
  runs: [
    {
      id: 0,
      name: '',
      origin: null,
      experiment: experimentOf([2, 4, 1]),
      rate: 0.5,
      changes: [{ at_step: 3, learning_rate: 0.1 }],
      edits: [{ at_step: 2, layer: 1, unit: 0, input: 'bias', value: -0.5 }],
      turns: [{ at_step: 6, experiment: TURN }],
      step: 7,
    },
    {
      id: 1,
      name: 'быстрее',
      origin: { by: 'rate', at: 5, of: 0 },
      experiment: experimentOf([2, 4, 1]),
      rate: 0.5,
      changes: [{ at_step: 5, learning_rate: 1.5 }],
      edits: [],
      turns: [],
      step: 40,
    },
  ],
  branch: 1,
  cursor: 12,
  whole: false,
  example: 2,
  task: 'inside',
  pinned: { kind: 'parameter', place: { layer: 0, unit: 3, input: 1 } },
  logarithmic: true,
  map: {
    plane: {
      kind: 'parameters',
      x: { layer: 0, unit: 3, input: 1 },
      y: { layer: 1, unit: 0, input: 'bias' },
      x_range: [-1.5, 2],
    },
    centre: 12,
    solid: true,
  },
});
const [MAIN, FASTER] = LINK.runs;
const READ = frozen({ link: LINK, ignored: [] });

/** @param {typeof LINK.runs[number]} run */
function history({ experiment, rate, changes, edits, turns }) {
  return historyOf(/** @type {any} */ ({ experiment, learning_rate: rate, changes, edits, turns }));
}

/** The lab as `LINK` has it. @param {Partial<import('../../static/js/state.js').State>} [change] @returns {State} */
function state(change = {}) {
  const made = stateOf([2, 4, 1], {
    preset: 'xor',
    cursor: 12,
    isWhole: false,
    example: 2,
    task: 'inside',
    isLogarithmic: true,
    pinned: /** @type {any} */ (LINK.pinned),
    plane: /** @type {any} */ (LINK.map.plane),
    centre: { step: 12, parameters: [], optimizer_state: { updates: 12, slots: {} } },
    isSolid: true,
    branch: 1,
    ...change,
  });
  const branches = LINK.runs.map((run) => ({ ...run, history: history(run) }));
  branches[1].step = 3; // where it was last left: what counts is where it is now
  return /** @type {any} */ ({ ...made, branches, now: { ...made.now, step: 40 }, history: history(FASTER) });
}

test('an address that was made is read as what it was made from', () => {
  assert.deepEqual(fromHash(toHash(state())), READ);
  const change = /** @type {const} */ ({ task: 'train', isWhole: true, pinned: null, isLogarithmic: false });
  const link = { ...LINK, task: 'train', whole: true, pinned: null, logarithmic: false };
  assert.deepEqual(fromHash(toHash(state(change))), { link, ignored: [] });
});

test('the text of a file says the same as the address, and which version it is', () => {
  assert.deepEqual(fromText(toText(state())), READ);
  assert.equal(JSON.parse(toText(state())).backstep, 2);
  assert.match(toHash(state()), /^#2\./);
});

test('every kind of thing that can be pinned is in the link', () => {
  /** @type {State['pinned'][]} */
  const all = [
    { kind: 'loss' },
    { kind: 'unit', layer: -1, unit: 0 },
    { kind: 'unit', layer: 1, unit: 0 },
    { kind: 'parameter', place: { layer: 1, unit: 0, input: 'bias' } },
  ];
  for (const pinned of filled(all))
    assert.deepEqual(fromHash(toHash(state({ pinned }))), { ...READ, link: { ...LINK, pinned } });
});

test('a letter of any alphabet survives the way through an address', () => {
  for (const text of ['Исключающее ИЛИ', 'ŷ − δ', '深い学習', '😀', 'a"b\\c', '???>>>~~~']) {
    const branches = state().branches.map((one) => ({ ...one, name: text }));
    const hash = toHash({ ...state(), branches });
    assert.match(hash, /^#2\.[A-Za-z0-9_-]+$/);
    assert.deepEqual(fromHash(hash), {
      ...READ,
      link: { ...LINK, runs: LINK.runs.map((run) => ({ ...run, name: text })) },
    });
  }
});

test('weights that were written out survive to the last bit', () => {
  const experiment = {
    ...experimentOf([2, 4, 1]),
    parameters: parametersOf([2, 4, 1], () => Math.PI * 1e-17),
  };
  const run = toLink({ ...state(), history: { ...state().history, experiment } }).runs[1];
  assert.deepEqual(run, { ...FASTER, experiment });
  assert.deepEqual(/** @type {any} */ (fromHash(hashOf({ ...LINK, runs: [run] }))).link.runs, [run]);
});

test('the experiment of a preset is not written out, a changed one is', () => {
  const experiment = experimentOf([2, 4, 1]);
  const catalog = /** @type {any} */ ({
    presets: [
      { name: 'worked', experiment: {} },
      { name: 'xor', experiment },
    ],
  });
  const runs = toLink(state({ catalog })).runs;
  assert.deepEqual(
    runs.map((run) => 'experiment' in run),
    [false, false],
  );
  const read = /** @type {any} */ (fromHash(toHash(state({ catalog }))));
  assert.deepEqual([read.link.runs, read.ignored], [runs, []]);
  const changed = { ...experiment, loss: 'huber' };
  const made = toLink({ ...state({ catalog }), history: { ...state().history, experiment: changed } });
  assert.deepEqual(
    made.runs.map((run) => run.experiment),
    [undefined, changed],
  );
});

test('a lab in which nothing was opened has no runs, and so no address that could be read', () => {
  assert.deepEqual(toLink(EMPTY).runs, []);
  assert.equal(fromHash(toHash(EMPTY)), 'unreadable');
});

test('an address without anything asks for nothing', () => {
  for (const hash of ['', '#']) assert.equal(fromHash(hash), null);
});

for (const hash of [
  '#lab',
  '#2',
  '#2.',
  '#.',
  '#2.%%%',
  '#2.e',
  '#2.!!!!',
  '#%D0%B0',
  '#2.Привет',
  hashOf(LINK, '0'),
  hashOf(LINK, '3'),
  hashOf(LINK, '1'),
  hashOf(LINK, ''),
]) {
  test(`the address ${hash.slice(0, 14)} is unreadable`, () => assert.equal(fromHash(hash), 'unreadable'));
}

for (const text of ['', 'xor', '7', 'null', '[]', '{}', '{"backstep": 2}', JSON.stringify(LINK)])
  test(`the file ${text.slice(0, 16)} is unreadable`, () => assert.equal(fromText(text), 'unreadable'));

test('a link with a single byte that is no UTF-8 is unreadable, whatever else it says', () => {
  const latin = JSON.stringify({ ...LINK, runs: [MAIN], preset: 'caf\u00e9' });
  assert.equal(fromHash(`#2.${btoa(latin)}`), 'unreadable');
  assert.equal(/** @type {any} */ (fromHash(hashOf(latin))).link.preset, 'caf\u00e9');
});

test('what is not UTF-8, not JSON or cut short is unreadable', () => {
  assert.equal(fromHash('#2._w'), 'unreadable');
  assert.equal(fromHash(hashOf('{"preset": "xor"')), 'unreadable');
  const hash = hashOf(LINK);
  for (let length = 2; length < hash.length; length += 1)
    assert.equal(fromHash(hash.slice(0, length)), 'unreadable', `${length}`);
});

/** Without any of these nothing can be opened. @type {[string, unknown][]} */
const HOPELESS = [
  ['that is no object', 7],
  ['that is null', null],
  ['that is an array', [LINK]],
  ['that is empty', {}],
  ['without its preset', { ...LINK, preset: undefined }],
  ['of a preset that is a number', { ...LINK, preset: 1 }],
  ['without runs', { ...LINK, runs: undefined }],
  ['of no runs', { ...LINK, runs: [] }],
  ['of runs in words', { ...LINK, runs: ['main'] }],
];
for (const [what, link] of HOPELESS)
  test(`a link ${what} is unreadable`, () => assert.equal(fromHash(hashOf(link)), 'unreadable'));

const { experiment } = MAIN;
/** Of two runs one of which is such, the other is opened. @type {[string, object][]} */
const BROKEN_RUNS = [
  ['without a number', { id: undefined }],
  ['of half a number', { id: 0.5 }],
  ['of a rate in words', { rate: '0.5' }],
  ['without a rate', { rate: null }],
  ['of a step below 0', { step: -1 }],
  ['of a step that is no number', { step: '7' }],
  ['of a step beyond all counting', { step: 1e300 }],
  ['of an experiment that is null', { experiment: null }],
  ['of an experiment in words', { experiment: 'xor' }],
  ['of an experiment without a network', { experiment: { ...experiment, network: undefined } }],
  ['of a network without layers', { experiment: { ...experiment, network: { inputs: 2 } } }],
  ['of an experiment without data', { experiment: { ...experiment, data: undefined } }],
  ['of an experiment without a loss', { experiment: { ...experiment, loss: undefined } }],
  ['of an experiment without an optimizer', { experiment: { ...experiment, optimizer: [] } }],
  ['of a network of words', { experiment: { ...experiment, network: { inputs: 2, layers: ['tanh'] } } }],
  ['of an experiment without batches', { experiment: { ...experiment, batch: undefined } }],
  ['of an optimizer without a rate', { experiment: { ...experiment, optimizer: { name: 'sgd' } } }],
  ['of weights in words', { experiment: { ...experiment, parameters: [{ weights: [['a']], biases: [0] }] } }],
  ['of weights without biases', { experiment: { ...experiment, parameters: [{ weights: [[1]] }] } }],
  ['with the number of another', { id: 0 }],
];
for (const [what, change] of BROKEN_RUNS)
  test(`a branch ${what} is left out, and named`, () => {
    const read = /** @type {any} */ (fromHash(hashOf({ ...LINK, runs: [MAIN, { ...FASTER, ...change }] })));
    assert.deepEqual(read, { link: { ...LINK, runs: [MAIN], branch: 0 }, ignored: ['a branch'] });
  });

/** @type {[string, object, object, string][]} */
const BROKEN_PARTS = [
  ['a map in words', { map: 'all of it' }, { map: null }, 'the map'],
  [
    'a map of a range that ends before it begins',
    { map: { ...LINK.map, plane: { kind: 'pca', x_range: [1, 0] } } },
    { map: null },
    'the map',
  ],
  ['a cursor of half an operation', { cursor: 1.5 }, { cursor: 0 }, 'the place in the step'],
  ['whole in words', { whole: 'yes' }, { whole: true }, 'the place in the step'],
  ['an example that is null', { example: null }, { example: 0 }, 'the followed example'],
  ['an unknown task', { task: 'fly' }, { task: 'step' }, 'the task'],
  ['a pinned word', { pinned: 'w' }, { pinned: null }, 'the pinned number'],
  [
    'a pinned place without a unit',
    { pinned: { kind: 'parameter', place: { layer: 0 } } },
    { pinned: null },
    'the pinned number',
  ],
  [
    'a pinned unit of layer -2',
    { pinned: { kind: 'unit', layer: -2, unit: 0 } },
    { pinned: null },
    'the pinned number',
  ],
  ['a scale in words', { logarithmic: 'yes' }, { logarithmic: false }, 'the scale of the loss'],
];
for (const [what, given, left, word] of BROKEN_PARTS)
  test(`${what} is left out, and named`, () => {
    const read = fromHash(hashOf({ ...LINK, ...given }));
    assert.deepEqual(read, { link: { ...LINK, ...left }, ignored: [word] });
  });

/** @type {[string, object, object, string][]} */
const BROKEN_RUN_PARTS = [
  ['changes that are none', { changes: {} }, { changes: [] }, 'changes of the learning rate'],
  ['a change that is null', { changes: [null] }, { changes: [] }, 'changes of the learning rate'],
  [
    'a change at half a step',
    { changes: [{ at_step: 0.5, learning_rate: 1 }] },
    { changes: [] },
    'changes of the learning rate',
  ],
  [
    'a change before the start',
    { changes: [{ at_step: -1, learning_rate: 1 }] },
    { changes: [] },
    'changes of the learning rate',
  ],
  ['a change without a rate', { changes: [{ at_step: 1 }] }, { changes: [] }, 'changes of the learning rate'],
  [
    'an edit of no value',
    { edits: [{ at_step: 1, layer: 0, unit: 0, input: 0 }] },
    { edits: [] },
    'weights set by hand',
  ],
  ['a turn to nowhere', { turns: [{ at_step: 1, experiment: {} }] }, { turns: [] }, 'changes of the set-up'],
  ['a name that is a number', { name: 7 }, { name: '' }, 'the name of a branch'],
  ['an origin in words', { origin: 'main' }, { origin: null }, 'where a branch comes from'],
];
for (const [what, given, left, word] of BROKEN_RUN_PARTS)
  test(`${what} in a branch: left out, and named`, () => {
    const read = fromHash(hashOf({ ...LINK, runs: [MAIN, { ...FASTER, ...given }] }));
    assert.deepEqual(read, { link: { ...LINK, runs: [MAIN, { ...FASTER, ...left }] }, ignored: [word] });
  });

test('all that is left out is named, each once', () => {
  const runs = LINK.runs.map((run) => ({ ...run, turns: 7 }));
  const read = /** @type {any} */ (
    fromHash(hashOf({ ...LINK, runs: [...runs, 5], task: 'fly', cursor: -1, whole: 0 }))
  );
  assert.deepEqual(read.ignored, ['a branch', 'the place in the step', 'the task', 'changes of the set-up']);
});

test('what may be missing and is missing is not complained of', () => {
  const { id, rate, step } = MAIN;
  const read = /** @type {any} */ (fromHash(hashOf({ preset: 'xor', runs: [{ id, rate, step }] })));
  assert.deepEqual(read.ignored, []);
  assert.deepEqual(read.link.runs, [
    { id, name: '', origin: null, rate, changes: [], edits: [], turns: [], step },
  ]);
});

test('a branch on screen that is not there is the first one', () => {
  assert.equal(/** @type {any} */ (fromHash(hashOf({ ...LINK, branch: 9 }))).link.branch, 0);
});

/** A link as the first version of the lab made it. */
const FIRST = {
  preset: 'xor',
  experiment: experimentOf([2, 4, 1]),
  rate: 0.5,
  changes: [{ at_step: 3, learning_rate: 0.1 }],
  step: 7,
  cursor: 12,
  whole: false,
  example: 2,
  task: 'step',
};

test('a link of the first version is one run, with nothing pinned', () => {
  const { rate, changes, step, ...rest } = FIRST;
  const { experiment, ...around } = rest;
  const run = { id: 0, name: '', origin: null, experiment, rate, changes, edits: [], turns: [], step };
  assert.deepEqual(fromHash(hashOf(FIRST, '1')), {
    link: { ...around, runs: [run], branch: 0, pinned: null, logarithmic: false, map: null },
    ignored: [],
  });
});

test('a link of the first version to a preset has no experiment of its own', () => {
  const { experiment: _, ...preset } = FIRST;
  const read = /** @type {any} */ (fromHash(hashOf(preset, '1')));
  assert.ok(!('experiment' in read.link.runs[0]));
});

test('of a link of the first version, too, what makes no sense is named', () => {
  const read = /** @type {any} */ (fromHash(hashOf({ ...FIRST, changes: 'many', task: 'fly' }, '1')));
  assert.deepEqual(read.ignored, ['the task', 'changes of the learning rate']);
  assert.equal(fromHash(hashOf({ ...FIRST, rate: 'fast' }, '1')), 'unreadable');
});

test('a link may hold all the weights of a network as large as the lab makes them', () => {
  const sizes = [64, 8, 8, 8, 8, 10];
  const experiment = { ...experimentOf(sizes), parameters: parametersOf(sizes, distinct(1)) };
  const link = { ...LINK, runs: [{ ...MAIN, experiment }], branch: 0 };
  assert.deepEqual(fromHash(hashOf(link)), { link, ignored: [] });
  assert.deepEqual(fromText(JSON.stringify({ backstep: 2, ...link })), { link, ignored: [] });
});

test('how far a run went beyond the step on screen is kept; what cannot be is named', () => {
  const made = state();
  const losses = Array.from({ length: 91 }, (_, step) => step);
  const read = /** @type {any} */ (fromHash(toHash({ ...made, history: { ...made.history, losses } })));
  const own = (/** @type {any} */ { link }) =>
    link.runs.find((/** @type {any} */ { id }) => id === link.branch);
  assert.deepEqual([own(read).step, own(read).reach, read.ignored], [40, 90, []]);
  for (const reach of [40, 3, -1, 1.5, '90']) {
    const runs = read.link.runs.map((/** @type {any} */ run) =>
      run === own(read) ? { ...run, reach } : run,
    );
    const again = /** @type {any} */ (fromHash(hashOf({ ...read.link, runs })));
    assert.deepEqual([own(again).reach, again.ignored], [undefined, ['how far a run went']]);
  }
});
