import { announce } from '../../static/js/lib/announce.js';
import { assert, test } from './harness.js';
import { EMPTY, frozen, historyOf, operation, stateOf } from './made-up.js';

/** @typedef {import('../../static/js/state.js').State} State */

const STATE = frozen(stateOf([2, 2, 1]));
const WEIGHT = /** @type {const} */ ({ layer: 1, unit: 0, input: 1 });

/** What is said when `STATE`, as it is changed first, is changed further. @param {Partial<State>} change @param {Partial<State>} [first] */
function said(change, first = {}) {
  const before = { ...STATE, ...first };
  return announce(before, { ...before, ...change });
}

/** @param {number} step */
const at = (step) => ({ now: { ...STATE.now, step } });
/** @param {object} [given] */
const history = (given = {}) => historyOf({ ...STATE.history, ...given });
/** @param {number} id @param {object} [given] @returns {import('../../static/js/state.js').Branch} */
const branch = (id, given = {}) => ({
  id,
  name: '',
  origin: null,
  history: STATE.history,
  step: 0,
  ...given,
});

test('what changes nothing that is seen is not spoken of', () => {
  assert.equal(said({}), '');
  assert.equal(said({ lit: 'z 0 1', isStale: true, nudge: 0.2 }), '');
  assert.equal(announce(EMPTY, STATE), '', 'what one sees on opening the page is read anyway');
});

test('an operation is told with its result', () => {
  const trace = {
    ...STATE.trace,
    operations: [operation('z', { layer: 0, unit: 1, value: 0.3925, bias: 0 })],
  };
  assert.equal(said({ isWhole: false, cursor: 1 }, { trace }), 'Forward pass · hidden unit 2: z is 0.3925.');
  assert.equal(said({ isWhole: false, cursor: 0 }, { trace }), 'Before step 1: nothing is computed yet.');
});

/** @type {[number | null, number | null, number | null, string][]} */
const UPDATES = [
  [0.4, 0.3589, 0.08217, 'fell from 0.4 to 0.3589: its gradient was +0.08217.'],
  [0.4, 0.45, -0.1, 'rose from 0.4 to 0.45: its gradient was −0.1.'],
  [0.4, 0.4, 0, 'stays at 0.4: its gradient is 0.'],
  [0.4, null, null, 'stays at ∞: its gradient is ∞.'],
];
for (const [before, value, gradient, words] of UPDATES)
  test(`an update is told as what became of the parameter: ${words}`, () => {
    for (const [kind, name] of /** @type {const} */ ([
      ['weight', 'Weight from hidden unit 2 to output unit 1'],
      ['bias', 'Bias of output unit 1'],
    ])) {
      const place = kind === 'bias' ? { layer: 1, unit: 0 } : WEIGHT;
      const trace = { ...STATE.trace, operations: [operation(kind, { ...place, before, value, gradient })] };
      assert.equal(said({ isWhole: false, cursor: 1 }, { trace }), `${name} ${words}`);
    }
  });

test('a whole step is told by what the loss did', () => {
  const trace = { ...STATE.trace, loss: 0.25 };
  const first = { trace: { ...STATE.trace, loss: 0.5 } };
  assert.equal(said({ ...at(1), trace }, first), 'Step 1 is done: the loss went from 0.5 to 0.25.');
});

test('going elsewhere says where one is, and the loss there', () => {
  const trace = { ...STATE.trace, loss: 0.25 };
  assert.equal(said({ ...at(7), trace }), 'Before step 8: loss 0.25.');
});

test('another rate is told with the old one, and from which step', () => {
  assert.equal(said({ history: history({ learning_rate: 0.9 }) }), 'The learning rate is 0.9; it was 0.5.');
  const changes = [{ at_step: 24, learning_rate: 0.9 }];
  assert.equal(
    said({ history: history({ changes }) }, at(24)),
    'From step 24 on the learning rate is 0.9; it was 0.5.',
  );
});

test('going to a step where another rate holds is no change of the rate', () => {
  const changes = [{ at_step: 24, learning_rate: 0.9 }];
  assert.match(said(at(30), { history: history({ changes }) }), /^Before step 31/);
});

test('a weight set by hand is told with its name, both values and the loss', () => {
  const value = STATE.now.parameters[1].weights[0][1];
  const edits = [{ ...WEIGHT, at_step: 0, value: 0.75 }];
  const words = said({ history: history({ edits }), trace: { ...STATE.trace, loss: 0.125 } });
  assert.match(
    words,
    /^Weight from hidden unit 2 to output unit 1 is 0\.75; it was .+\. The loss is 0\.125\.$/,
  );
  assert.ok(words.includes(String(Number(Number(value).toPrecision(4))).replace('-', '−')));
});

test('another set-up on the way is told with its step', () => {
  const turns = [{ at_step: 5, experiment: STATE.experiment }];
  assert.equal(said({ history: history({ turns }) }, at(5)), 'From step 5 on, with another set-up.');
});

test('another experiment is told by its network and loss', () => {
  const other = stateOf([3, 4, 2], {}, { seed: 9 });
  const words = said({
    history: other.history,
    experiment: other.experiment,
    trace: { ...other.trace, loss: 0.25 },
  });
  assert.equal(words, 'A network of 3-4-2 at step 0: loss 0.25.');
});

test('branches are told as they are made, switched, renamed and deleted', () => {
  const changes = [{ at_step: 24, learning_rate: 0.9 }];
  const made = branch(1, { origin: { by: 'rate', at: 24, of: 0 }, history: history({ changes }) });
  const two = { ...at(24), branches: [branch(0), made], branch: 1, history: made.history };
  assert.equal(
    said({ ...two, ...at(24) }, { ...at(24), branches: [branch(0)] }),
    'A new branch, η 0.9, from step 24; main stays as it was.',
  );
  assert.equal(said({ branch: 0 }, two), 'Branch main, step 24.');
  assert.equal(
    said({ branches: [branch(0), { ...made, name: 'faster' }] }, two),
    'The branch is called faster.',
  );
  assert.equal(said({ branches: [made] }, two), 'Branch main is deleted.');
});

test('undo and redo name what they undo, before all else', () => {
  const rate = { history: history({ learning_rate: 0.9 }) };
  assert.equal(
    said({ ...rate, undoable: [], redoable: ['learning rate'] }, { undoable: ['learning rate'] }),
    'Undone: learning rate.',
  );
  assert.equal(
    said({ undoable: ['learning rate'], redoable: [] }, { redoable: ['learning rate'] }),
    'Done again: learning rate.',
  );
  assert.equal(said({ undoable: ['learning rate'] }), '', 'a change that can be undone is told as itself');
});

test('what is pinned is told with its value and gradient, once they are there', () => {
  /** @type {State['pinned']} */
  const pinned = { kind: 'parameter', place: WEIGHT };
  const explanation = /** @type {any} */ ({ value: 0.4, gradient: 0.08217 });
  assert.equal(said({ pinned }), '');
  assert.equal(
    said({ explanation }, { pinned }),
    'Pinned: weight from hidden unit 2 to output unit 1, 0.4. Its gradient is +0.08217.',
  );
  assert.equal(
    said({ explanation: { ...explanation } }, { pinned, explanation }),
    '',
    'it was pinned before',
  );
  assert.equal(said({ pinned: { kind: 'loss' } }), 'Pinned: the loss.');
  assert.equal(said({ pinned: { kind: 'unit', layer: 0, unit: 1 } }), 'Pinned: hidden unit 2.');
  assert.equal(said({ pinned: { kind: 'unit', layer: -1, unit: 0 } }), 'Pinned: input 1.');
  assert.equal(said({ pinned: null }, { pinned }), 'No number is pinned.');
});

test('training is told as it begins, goes on and stops', () => {
  assert.equal(said({ isTraining: true }), 'Training from step 0, learning rate 0.5.');
  const under = { isTraining: true, trace: null, history: history({ losses: [0.5, 0.25, 0.125] }) };
  assert.equal(said(at(3), under), 'Step 3: loss 0.125.');
  const trace = { ...STATE.trace, loss: 0.0625 };
  assert.equal(said({ trace }, { ...at(3), trace: null }), 'Stopped at step 3: loss 0.0625.');
});

test('a check of all gradients says how far the worst is off', () => {
  const check = /** @type {any} */ ({ worst: 2e-10 });
  assert.equal(said({ check }), 'Every gradient is checked; the largest relative error is 2·10⁻¹⁰.');
});

test('a trace that is made again where one is already is not told', () => {
  assert.equal(said({ trace: { ...STATE.trace } }), '');
});
