import { tellRun } from '../../static/js/lib/told/run.js';
import { assert, test } from './harness.js';
import { frozen, historyOf, stateOf } from './made-up.js';

const STATE = frozen(stateOf([2, 2, 1]));
const LOSSES = Array.from({ length: 100 }, (_, step) => 1 - step / 128);

/** @param {number} step @param {Partial<import('../../static/js/state.js').History>} [given] @param {object} [change] */
function told(step, given = {}, change = {}) {
  const history = historyOf({ ...STATE.history, losses: LOSSES, ...given });
  return tellRun({ ...STATE, now: { ...STATE.now, step }, history, ...change });
}

const CHANGES = [
  { at_step: 24, learning_rate: 0.9 },
  { at_step: 64, learning_rate: 0.1 },
];

test('before anything was done, training is said to be many steps', () => {
  assert.match(told(0), /nothing but many of them/);
});

test('a run without a change is told from its start', () => {
  assert.equal(
    told(64),
    'The run has gone [[from its first weights]] to step 64 without a change. In 64 steps the loss fell from 1 to 0.5.',
  );
});

test('the last change of the rate up to here is told, and what came of it', () => {
  assert.equal(
    told(32, { changes: CHANGES }),
    'At step 24 the [[learning rate]] was raised from 0.5 to 0.9. In 8 steps the loss fell from 0.8125 to 0.75.',
  );
  assert.match(
    told(65, { changes: CHANGES }),
    /^At step 64 the \[\[learning rate\]\] was lowered from 0\.9 to 0\.1\. In 1 step the loss/,
  );
  assert.match(told(10, { changes: CHANGES }), /^The run has gone/);
});

test('right at a change nothing has come of it yet', () => {
  assert.equal(
    told(24, { changes: CHANGES }),
    'At step 24 the [[learning rate]] was raised from 0.5 to 0.9.',
  );
});

test('a loss that rose is told as such, one that no longer fits too', () => {
  /** @type {(number | null)[]} */
  const losses = [...LOSSES];
  losses[30] = 2;
  assert.match(told(30, { losses, changes: CHANGES }), /the loss rose from 0\.8125 to 2\.$/);
  losses[31] = null;
  assert.match(told(31, { losses, changes: CHANGES }), /the loss rose from 0\.8125 to ∞\.$/);
});

test('a weight set by hand is told by its name', () => {
  const edits = [{ at_step: 40, layer: 1, unit: 0, input: /** @type {const} */ ('bias'), value: 3 }];
  assert.match(
    told(50, { edits, changes: CHANGES }),
    /^At step 40 the \[\[bias of output unit 1\]\] was set to 3 by hand\./,
  );
});

test('another set-up is told by its step', () => {
  assert.match(
    told(50, { turns: [{ at_step: 45, experiment: STATE.experiment }] }),
    /^At step 45 the \[\[set-up\]\]/,
  );
});

test('a branch by a weight tells the weight, one without a change where it left', () => {
  const origin = /** @type {const} */ ({ by: 'here', at: 20, of: 0 });
  const history = STATE.history;
  const branches = [
    { id: 0, name: '', origin: null, history, step: 0 },
    { id: 1, name: '', origin, history, step: 20 },
  ];
  assert.match(told(30, {}, { branches, branch: 1 }), /^At step 20 this branch left \[\[main\]\]\./);
  const edits = [{ at_step: 20, layer: 0, unit: 0, input: 0, value: 3 }];
  assert.match(told(30, { edits }, { branches, branch: 1 }), /^At step 20 the \[\[weight from input 1/);
});
