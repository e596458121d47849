import { factsOf } from '../../static/js/lib/lab-facts.js';
import { INITIAL } from '../../static/js/state.js';
import { assert, test } from './harness.js';
import { distinct, historyOf, stateOf, surveyOf } from './made-up.js';

test('before anything is there no fact is known, but for what is chosen', () => {
  const facts = factsOf(INITIAL);
  for (const name of ['step', 'reached', 'loss', 'accuracy', 'rate', 'changes', 'branches', 'phase', 'ill'])
    assert.equal(facts[name], null, name);
  assert.equal(facts.pinned, 'nothing');
  assert.equal(facts.plane, 'parameters');
});

test('the facts are those of the moment on screen', () => {
  const made = stateOf([2, 2, 1]);
  const facts = factsOf(made);
  assert.equal(facts.step, made.now?.step);
  assert.equal(facts.loss, made.trace?.loss);
  assert.equal(facts.branches, made.branches.length);
  assert.equal(facts.layers, made.experiment?.network.layers.length);
  assert.equal(facts.diverged, 0);
});

test('the phase is that of the operation that was made last', () => {
  const made = stateOf([2, 2, 1]);
  const operations = made.trace?.operations ?? [];
  assert.equal(factsOf({ ...made, isWhole: true }).phase, 'whole');
  assert.equal(factsOf({ ...made, isWhole: false, cursor: 0 }).phase, 'before');
  assert.equal(
    factsOf({ ...made, isWhole: false, cursor: operations.length }).phase,
    operations.at(-1)?.phase ?? null,
  );
});

test('what is asked about is told with its layer; a bias is no weight', () => {
  const made = stateOf([2, 2, 1]);
  const told = (/** @type {any} */ pinned) => {
    const facts = factsOf({ ...made, pinned });
    return [facts.pinned, facts.pinned_layer];
  };
  assert.deepEqual(told(null), ['nothing', 0]);
  assert.deepEqual(told({ kind: 'loss' }), ['loss', 0]);
  assert.deepEqual(told({ kind: 'unit', layer: -1, unit: 0 }), ['unit', 0]);
  assert.deepEqual(told({ kind: 'unit', layer: 1, unit: 0 }), ['unit', 2]);
  const place = { layer: 0, unit: 1, input: 0 };
  assert.deepEqual(told({ kind: 'parameter', place }), ['weight', 1]);
  assert.deepEqual(told({ kind: 'parameter', place: { ...place, layer: 1 } }), ['weight', 2]);
  assert.deepEqual(told({ kind: 'parameter', place: { ...place, input: 'bias' } }), ['bias', 1]);
});

test('the gradients of weights are counted as they come, and the layer of the first is told', () => {
  const made = stateOf([2, 2, 1]);
  const last = Number(made.trace?.layers.length) - 1;
  const operation = (/** @type {string} */ kind, /** @type {number} */ layer) => ({ kind, layer });
  const operations = [operation('z', 0), operation('delta', last), operation('dW', last), operation('dW', 0)];
  const told = (/** @type {any} */ change, /** @type {any} */ trace = { operations }) => {
    const facts = factsOf({
      ...made,
      isWhole: false,
      trace: /** @type {any} */ ({ ...made.trace, ...trace }),
      ...change,
    });
    return [facts.gradients, facts.first_gradient];
  };
  assert.deepEqual(told({ cursor: 2 }), [0, 'none']);
  assert.deepEqual(told({ cursor: 3 }), [1, 'last']);
  assert.deepEqual(told({ cursor: 4 }), [2, 'last']);
  assert.deepEqual(told({ cursor: 0, isWhole: true }), [2, 'last']);
  assert.deepEqual(told({ cursor: 4 }, { operations: [...operations].reverse() }), [2, 'first']);
  assert.deepEqual(told({ cursor: 4 }, { operations: null }), [null, null]);
});

test('weights have moved when an update is on screen, or a step was made', () => {
  const made = stateOf([2, 2, 1]);
  const at = (/** @type {any} */ step, /** @type {number} */ cursor) =>
    factsOf({ ...made, isWhole: false, cursor, now: /** @type {any} */ ({ ...made.now, step }) }).moved;
  const operations = made.trace?.operations ?? [];
  const first = operations.findIndex(({ phase }) => phase === 'update');
  assert.ok(first > 0);
  assert.deepEqual([at(0, 0), at(0, first), at(0, first + 1), at(1, 0)], [0, 0, 1, 1]);
});

/** @param {(number | null)[]} norms @param {'plateau' | 'still' | 'learnt' | null} [state] */
function withGradients(norms, state = null) {
  const survey = surveyOf([2, 2, 2, 1], distinct(3));
  survey.layers.forEach((layer, index) => Object.assign(layer, { gradient_norm: norms[index] }));
  survey.network.state = state;
  return { ...stateOf([2, 2, 2, 1]), survey };
}

test('which layer has the smallest gradient is asked of the gradients, and of none where two are as small', () => {
  assert.equal(factsOf(withGradients([1e-6, 1e-3, 1])).weakest, 'first');
  assert.equal(factsOf(withGradients([2.18e-6, 1.86e-6, 1])).weakest, 'middle');
  assert.equal(factsOf(withGradients([3e-6, 2e-6, 1e-6])).weakest, 'last');
  assert.equal(factsOf(withGradients([1e-6, 1e-6, 1])).weakest, null);
  assert.equal(factsOf(withGradients([null, 1, 1])).weakest, null);
});

test('how many layers hardly learn: those that are marked, and all where none learns', () => {
  const one = withGradients([1e-6, 1, 1]);
  one.survey.layers[0].state = 'vanishing';
  assert.equal(factsOf(one).vanishing, 1);
  assert.equal(factsOf(withGradients([1e-6, 1, 1])).vanishing, 0);
  assert.equal(factsOf(withGradients([1e-6, 1e-6, 1e-7], 'plateau')).vanishing, 3);
  assert.equal(factsOf(withGradients([1e-6, 1e-6, 1e-7], 'learnt')).vanishing, 0);
});

/** The lab after so many losses. @param {(number | null)[]} losses */
const withLosses = (losses) => {
  const made = stateOf([2, 2, 1]);
  const now = { ...made.now, step: losses.length - 1 };
  return { ...made, now, history: { ...made.history, losses } };
};

test('a curve is rough where it rises at many steps, and falls where its end is below its beginning', () => {
  const smooth = factsOf(withLosses(Array.from({ length: 201 }, (_, step) => 1 / (1 + step))));
  assert.equal(smooth.rises, 0);
  assert.ok(Number(smooth.fallen) < 0.1);
  const rough = factsOf(
    withLosses(Array.from({ length: 201 }, (_, step) => 1 - step / 400 + (step % 2) / 10)),
  );
  assert.close(Number(rough.rises), 0.5);
  assert.ok(Number(rough.fallen) > 0.4 && Number(rough.fallen) < 0.7);
  const level = factsOf(withLosses(Array.from({ length: 201 }, (_, step) => 1 + (step % 2) / 10)));
  assert.close(Number(level.fallen), 1, 0.01);
  assert.equal(factsOf(withLosses([1, 0.5, 0.2])).rises, null, 'too short to say');
  const falling = (/** @type {number} */ length) => Array.from({ length }, (_, step) => 1 / (1 + step));
  assert.equal(factsOf(withLosses(falling(19))).rises, null);
  assert.equal(factsOf(withLosses(falling(20))).rises, 0);
  assert.equal(factsOf(withLosses([...falling(20), null])).rises, null, 'not all of them are numbers');
});

test('a run has gone on after its last change only as far as it went', () => {
  const made = stateOf([2, 2, 1]);
  const losses = Array(61).fill(1);
  const at = (/** @type {number[]} */ steps) => {
    const changes = steps.map((at_step) => ({ at_step, learning_rate: 0.1 }));
    return factsOf({ ...made, history: historyOf({ losses, changes }) }).since_change;
  };
  assert.equal(at([]), null);
  assert.equal(at([60]), 0);
  assert.equal(at([10, 40]), 20);
});

test('what was trained counts from the last weight that was set by hand', () => {
  const made = stateOf([2, 2, 1]);
  const after = (/** @type {number[]} */ steps) => {
    const edits = steps.map((at_step) => ({ at_step, layer: 0, unit: 0, input: 0, value: 1 }));
    const now = { ...made.now, step: 30 };
    return factsOf({ ...made, now, history: historyOf({ losses: Array(61).fill(1), edits }) }).trained;
  };
  assert.deepEqual(
    [after([]), after([0]), after([10, 25]), after([30]), after([10, 45])],
    [30, 30, 5, 0, 20],
  );
});

/** A run of so many steps. @param {number} steps @param {any} [given] */
const runOf = (steps, given = {}) => historyOf({ losses: Array(steps + 1).fill(1), ...given });

/** The lab with runs side by side, the last of them on screen. @param {any[]} runs of origin and history */
function withRuns(runs) {
  const branches = runs.map(([origin, history], id) => ({ id, name: '', origin, history, step: 0 }));
  const branch = runs.length - 1;
  return { ...stateOf([2, 2, 1]), branches, branch, history: branches[branch].history };
}

test('a fork is a branch that another rate began, as far as it went on, beside the run it left', () => {
  const forked = (/** @type {any[]} */ ...runs) => factsOf(withRuns(runs)).forked;
  const main = [null, runOf(60)];
  assert.equal(forked(main), 0);
  assert.equal(forked(main, [{ by: 'rate', at: 10, of: 0 }, runOf(10)]), 0);
  assert.equal(forked(main, [{ by: 'rate', at: 10, of: 0 }, runOf(29)]), 19);
  assert.equal(forked(main, [{ by: 'seed', at: 0, of: 0 }, runOf(60)]), 0);
  assert.equal(forked(main, [{ by: 'here', at: 10, of: 0 }, runOf(60)]), 0);
  assert.equal(forked(main, [{ by: 'rate', at: 10, of: 7 }, runOf(60)]), 0, 'the run that it left is gone');
  assert.equal(
    forked(main, [{ by: 'rate', at: 10, of: 0 }, runOf(40)], [{ by: 'rate', at: 5, of: 0 }, runOf(6)]),
    30,
  );
});

test('two optimizers are compared where nothing else parts two runs, at the last step that both reached', () => {
  const plain = stateOf([2, 2, 1]).experiment;
  const adam = { ...plain, optimizer: { name: 'adam', learning_rate: 0.5 } };
  const losses = (/** @type {number} */ end, /** @type {number} */ steps) => [...Array(steps).fill(1), end];
  const compared = (
    /** @type {any} */ given,
    /** @type {any} */ origin = {},
    /** @type {any} */ first = {},
  ) => {
    const main = historyOf({ experiment: plain, losses: losses(0.5, 60), ...first });
    const other = historyOf({ experiment: adam, losses: losses(0.2, 60), ...given });
    const facts = factsOf(
      withRuns([
        [null, main],
        [{ by: 'setup', at: 0, of: 0, ...origin }, other],
      ]),
    );
    return [facts.compared, facts.against];
  };
  const unknown = [null, null];
  assert.deepEqual(compared({}), [60, 0.4]);
  assert.deepEqual(compared({ losses: losses(0.2, 59) }), [59, 0.2]);
  assert.deepEqual(compared({ losses: losses(0.2, 80) }), [60, 2]);
  assert.deepEqual(compared({ experiment: plain }), unknown, 'the same optimizer');
  assert.deepEqual(compared({ learning_rate: 0.01 }), unknown, 'another rate');
  assert.deepEqual(compared({ experiment: { ...adam, l2: 0.1 } }), unknown, 'another penalty');
  assert.deepEqual(compared({ changes: [{ at_step: 5, learning_rate: 1 }] }), unknown, 'another rate later');
  assert.deepEqual(compared({}, {}, { changes: [{ at_step: 5, learning_rate: 1 }] }), unknown);
  const edits = [{ at_step: 0, layer: 0, unit: 0, input: 0, value: 1 }];
  assert.deepEqual(compared({ edits }), unknown, 'another weight');
  assert.deepEqual(compared({ edits }, {}, { edits }), [60, 0.4]);
  assert.deepEqual(compared({}, { by: 'here' }), unknown);
  assert.deepEqual(compared({}, { of: 9 }), unknown);
  const turns = [{ at_step: 20, experiment: adam }];
  assert.deepEqual(compared({ experiment: plain, turns }, { at: 20 }), [40, 0.4]);
  assert.deepEqual(factsOf(withRuns([[null, runOf(60)]])).compared, null);
});

test('the examples are those of the preset as long as nothing in them was changed', () => {
  const made = stateOf([2, 2, 1]);
  const catalog = /** @type {any} */ ({ presets: [{ name: 'mine', experiment: made.experiment }] });
  const told = (/** @type {any} */ data, preset = 'mine') =>
    factsOf({ ...made, catalog, preset, experiment: { ...made.experiment, data } }).same_data;
  assert.equal(told({ ...made.experiment.data }), 1);
  assert.equal(told({ ...made.experiment.data, noise: 0 }), 0);
  assert.equal(told(made.experiment.data, 'unknown'), null);
});

test('the task stays the same while the inputs of own data are scaled, and is another with another loss', () => {
  const made = stateOf([2, 2, 1]);
  const own = { ...made.experiment, data: { inputs: [[1, 2]], targets: [[1]] } };
  const catalog = /** @type {any} */ ({ presets: [{ name: 'mine', experiment: own }] });
  const told = (/** @type {any} */ change) => {
    const facts = factsOf({ ...made, catalog, preset: 'mine', experiment: { ...own, ...change } });
    return [facts.same_task, facts.same_network];
  };
  assert.deepEqual(told({}), [1, 1]);
  assert.deepEqual(told({ data: { inputs: [[0.1, 0.2]], targets: [[1]] } }), [1, 1]);
  assert.deepEqual(told({ data: { inputs: [[1, 2]], targets: [[2]] } }), [0, 1]);
  assert.deepEqual(told({ loss: 'another' }), [0, 1]);
  assert.deepEqual(told({ reduction: 'sum' }), [0, 1]);
  assert.deepEqual(told({ test_fraction: 0.2 }), [0, 1]);
  assert.deepEqual(told({ network: { ...own.network, layers: [] } }), [1, 0]);
});
