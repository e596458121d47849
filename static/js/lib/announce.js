/**
 * Every action answered in words: what became of it, with its numbers, in one short sentence. A sentence is made
 * from the state before and the state after, so whatever the way an action was asked for, it is answered.
 *
 * To answer another kind of action, add a row to `ANSWERS`; the first that has something to say is heard.
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 * @typedef {(before: State, after: State) => string} Answer  empty: nothing to say
 */

import { allBranches, branchName } from './branches.js';
import { number } from './format.js';
import { rateAt, valueAt } from './history.js';
import { t } from './i18n.js';
import { parameterName, unitName } from './names.js';
import { spoken, tell } from './narration.js';
import { sceneOf } from './told/scene.js';
import { placeOf } from './told/update.js';
import { currentZone, measured, zoneName } from './zones.js';

const stepOf = (/** @type {State} */ { now }) => now?.step ?? 0;
/** @param {State} state @param {number} id */
const nameOf = (state, id) => {
  const one = allBranches(state).find((branch) => branch.id === id);
  return one ? branchName(one) : '';
};

/** What was undone, or done again. @param {State} before @param {State} after */
export function undone(before, after) {
  const [less, more] = [
    after.undoable.length - before.undoable.length,
    after.redoable.length - before.redoable.length,
  ];
  if (less === -1 && more === 1) return t('Undone: {what}.', { what: after.redoable.at(-1) ?? '' });
  if (less === 1 && more === -1) return t('Done again: {what}.', { what: after.undoable.at(-1) ?? '' });
  return '';
}

/** @param {State} before @param {State} after */
function branches(before, after) {
  const [many, few] = [after.branches.length, before.branches.length];
  const step = stepOf(after);
  if (many > few)
    return few === 0
      ? ''
      : t('A new branch, {name}, from step {step}; {other} stays as it was.', {
          ...{ name: nameOf(after, after.branch), other: nameOf(before, before.branch), step },
        });
  if (many < few) {
    const gone = before.branches.find(({ id }) => !after.branches.some((one) => one.id === id));
    return gone ? t('Branch {name} is deleted.', { name: nameOf(before, gone.id) }) : '';
  }
  if (before.branch !== after.branch)
    return t('Branch {name}, step {step}.', { name: nameOf(after, after.branch), step });
  const renamed = after.branches.find(({ name }, index) => name !== before.branches[index].name);
  return renamed ? t('The branch is called {name}.', { name: nameOf(after, renamed.id) }) : '';
}

/** @param {State} before @param {State} after */
function opened(before, after) {
  const [first, other] = [before.history.experiment, after.history.experiment];
  if (first === other || !after.trace) return '';
  return t('A network of {topology} at step {step}: loss {loss}.', {
    topology: sceneOf(after).sizes.join('-'),
    step: stepOf(after),
    loss: number(after.trace.loss),
  });
}

/** @param {State} before @param {State} after */
function rate(before, after) {
  const step = stepOf(after);
  if (step !== stepOf(before)) return '';
  const [old, now] = [rateAt(before.history, step), rateAt(after.history, step)];
  if (old === now) return '';
  const values = { before: number(old), after: number(now), step };
  return step === 0
    ? t('The learning rate is {after}; it was {before}.', values)
    : t('From step {step} on the learning rate is {after}; it was {before}.', values);
}

/** The verdict on another rate, when it has been tried: said where it differs. @param {State} before @param {State} after */
function crossed(before, after) {
  if (before.asides.rates === after.asides.rates) return '';
  const [old, own] = [triedOf(before), triedOf(after)];
  const zone = own === null || own.rate === null ? null : currentZone(after, own.rate);
  if (own === null || zone === null || old === null || old.rate === own.rate || old.verdict === zone)
    return '';
  return t('Zone: {zone}.', { zone: zoneName(zone) });
}

/** What was tried last at the moment on screen. @param {State} state */
function triedOf(state) {
  const { answer, isFresh } = measured(state, 'rates');
  return isFresh ? (/** @type {import('./zones.js').Rates | null} */ (answer)?.own ?? null) : null;
}

/** @param {State} before @param {State} after */
function byHand(before, after) {
  const [edit, old] = [after.history.edits.at(-1), before.history.edits.at(-1)];
  if (!edit || edit === old || edit.at_step !== stepOf(after) || !before.now) return '';
  const other = after.history.edits.at(-2);
  const isOther = other && other.at_step === edit.at_step && !before.history.edits.includes(other);
  if (isOther)
    return t('{first} is {a}, and {second} is {b}. The loss is {loss}.', {
      first: parameterName(sceneOf(after), other),
      a: number(other.value),
      second: parameterName(sceneOf(after), edit),
      b: number(edit.value),
      loss: number(after.trace?.loss ?? null),
    });
  return t('{parameter} is {after}; it was {before}. The loss is {loss}.', {
    parameter: parameterName(sceneOf(after), edit),
    before: number(valueAt(before.now.parameters, edit)),
    after: number(edit.value),
    loss: number(after.trace?.loss ?? null),
  });
}

/** @param {State} before @param {State} after */
function setUp(before, after) {
  const turn = after.history.turns.at(-1);
  if (!turn || turn === before.history.turns.at(-1) || turn.at_step !== stepOf(after)) return '';
  return t('From step {step} on, with another set-up.', { step: turn.at_step });
}

/** @param {State} before @param {State} after */
function pinned(before, after) {
  const { pinned: asked, explanation } = after;
  if (asked === null) return before.pinned === null ? '' : t('No number is pinned.');
  const scene = sceneOf(after);
  if (asked.kind === 'parameter') {
    const isSame = before.pinned === asked && before.explanation !== null;
    if (!explanation || isSame) return '';
    return t('Pinned: {parameter}, {value}. Its gradient is {gradient}.', {
      parameter: parameterName(scene, asked.place),
      value: number(explanation.value),
      gradient: number(explanation.gradient, { sign: true }),
    });
  }
  if (before.pinned === asked) return '';
  if (asked.kind === 'loss') return t('Pinned: the loss.');
  return t('Pinned: {unit}.', { unit: unitName(scene, asked.layer, asked.unit) });
}

/** @param {State} before @param {State} after */
function checked(before, after) {
  if (!after.check || after.check === before.check) return '';
  const values = { error: number(after.check.worst) };
  return t('Every gradient is checked; the largest relative error is {error}.', values);
}

/** @param {State} before @param {State} after */
function paused(before, after) {
  // What is learnt at the pause is said when the trace is there.
  if (before.isTraining || !after.trace || before.trace || before.now?.step !== after.now?.step) return '';
  return t('Stopped at step {step}: loss {loss}.', { step: stepOf(after), loss: number(after.trace.loss) });
}

/** @param {State} before @param {State} after */
function started(before, after) {
  if (!after.isTraining || before.isTraining) return '';
  return t('Training from step {step}, learning rate {rate}.', {
    step: stepOf(after),
    rate: number(rateAt(after.history, stepOf(after))),
  });
}

/** While it trains: where it has come to. @param {State} before @param {State} after */
function training(before, after) {
  if (!after.isTraining || before.now === after.now) return '';
  const loss = after.history.losses[stepOf(after) - 1];
  return loss === undefined
    ? ''
    : t('Step {step}: loss {loss}.', { step: stepOf(after), loss: number(loss) });
}

/** What an update did to a parameter. @param {State} state @param {import('./wire.js').OperationAnswer} operation */
function moved(state, operation) {
  const { before, value, gradient } = operation;
  const values = {
    parameter: parameterName(sceneOf(state), placeOf(operation)),
    before: number(before),
    after: number(value),
    gradient: number(gradient, { sign: true }),
  };
  if (before === null || value === null || value === before)
    return t('{parameter} stays at {after}: its gradient is {gradient}.', values);
  return value < before
    ? t('{parameter} fell from {before} to {after}: its gradient was {gradient}.', values)
    : t('{parameter} rose from {before} to {after}: its gradient was {gradient}.', values);
}

/** A step of the walk, or where one has gone to. @param {State} before @param {State} after */
function walked(before, after) {
  const { trace, now, cursor, isWhole } = after;
  if (!trace || !now || after.isTraining) return '';
  const isSame = before.now === now && before.cursor === cursor && before.isWhole === isWhole;
  if (isSame && before.trace !== null && before.example === after.example) return '';
  const step = stepOf(after);
  const isNext = before.now !== null && step === stepOf(before) + 1 && before.trace !== null;
  if (isNext && (isWhole || cursor === 0))
    return t('Step {step} is done: the loss went from {before} to {after}.', {
      ...{ step, before: number(before.trace?.loss ?? null), after: number(trace.loss) },
    });
  if (isWhole) return t('Before step {step}: loss {loss}.', { step: step + 1, loss: number(trace.loss) });
  if (cursor === 0) return t('Before step {step}: nothing is computed yet.', { step: step + 1 });
  const operation = trace.operations?.[cursor - 1];
  if (!operation) return '';
  return operation.phase === 'update' ? moved(after, operation) : spoken(tell(operation, sceneOf(after)));
}

/** @type {Answer[]} */
const ANSWERS = [
  undone,
  started,
  branches,
  opened,
  rate,
  crossed,
  byHand,
  setUp,
  pinned,
  checked,
  paused,
  training,
  walked,
];

/** A sentence begins large. @param {string} text */
const asSentence = (text) => (text ? text[0].toLocaleUpperCase() + text.slice(1) : '');

/**
 * What is to be said of a change; empty if it needs no words.
 * @param {State} before
 * @param {State} after
 */
export function announce(before, after) {
  if (before.now === null || after.experiment === null) return '';
  for (const answer of ANSWERS) {
    const sentence = answer(before, after);
    if (sentence) return asSentence(sentence);
  }
  return '';
}
