/**
 * What is asked about, and what is known of it: all of one training step and one example.
 *
 * @typedef {import('../../state.js').State} State
 * @typedef {import('../../state.js').Pinned} Pinned
 * @typedef {import('../../state.js').Place} Place
 * @typedef {import('../told/parts.js').Scene} Scene
 * @typedef {NonNullable<ReturnType<typeof parameterFacts>>} Facts
 */

import { count } from '../format.js';
import { valueAt } from '../history.js';
import { t } from '../i18n.js';
import { parameterName, unitName } from '../names.js';
import { known } from '../walk.js';

/** @param {Scene} scene @param {Pinned} pinned */
export function titleOf(scene, pinned) {
  switch (pinned.kind) {
    case 'parameter':
      return parameterName(scene, pinned.place);
    case 'unit':
      return unitName(scene, pinned.layer, pinned.unit);
    default:
      return t('loss');
  }
}

/** The example that is followed, in this batch. @param {State} state */
export const exampleOf = ({ trace, example }) => Math.min(example, (trace?.inputs.length ?? 1) - 1);

/** Of which moment the numbers are. @param {State} state */
export function momentOf(state) {
  const { now, trace, isTraining } = state;
  const step = t('training step {number}', { number: count((now?.step ?? 0) + 1) });
  if (isTraining || !trace) return step;
  const examples = trace.inputs.length;
  const example =
    examples > 1
      ? [t('example {number} of {count}', { number: count(exampleOf(state) + 1), count: count(examples) })]
      : [];
  return [step, ...example, t('before its update')].join(' · ');
}

/** Whether the network has what is asked about. @param {State} state @param {Pinned} pinned */
export function exists({ experiment }, pinned) {
  if (!experiment || pinned.kind === 'loss') return experiment !== null;
  const { network } = experiment;
  const sizes = [network.inputs, ...network.layers.map(({ units }) => units)];
  const { layer, unit } = pinned.kind === 'unit' ? pinned : pinned.place;
  if (unit >= (sizes[layer + 1] ?? 0)) return false;
  return pinned.kind === 'unit' || pinned.place.input === 'bias' || pinned.place.input < sizes[layer];
}

/** What a layer's units take in, a row an example. @param {import('../wire.js').TraceAnswer} trace @param {number} layer */
export const enteringOf = (trace, layer) => (layer === 0 ? trace.inputs : trace.layers[layer - 1].a);

/**
 * All there is to say of a parameter; null while there is no trace.
 * @param {State} state
 * @param {Place} place
 */
export function parameterFacts(state, place) {
  const { trace, now, explanation, experiment } = state;
  if (!trace || !now || !experiment) return null;
  const { layer, unit, input } = place;
  const own = trace.layers[layer];
  const entering = input === 'bias' ? null : enteringOf(trace, layer).map((row) => row[input]);
  return {
    place,
    isBias: input === 'bias',
    isFrozen: input === 'bias' && !experiment.network.layers[layer].bias,
    isLast: layer === trace.layers.length - 1,
    isMean: (experiment.reduction ?? 'mean') === 'mean',
    l1: experiment.l1 ?? 0,
    l2: experiment.l2 ?? 0,
    examples: trace.inputs.length,
    example: exampleOf(state),
    value: valueAt(now.parameters, place),
    gradient: input === 'bias' ? own.db[unit] : own.dW[unit][input],
    next: valueAt(trace.updated_parameters, place),
    deltas: own.delta.map((row) => row[unit]),
    entering,
    products: explanation?.example_gradients ?? null,
    penalty: explanation?.penalty_gradient ?? null,
  };
}

/**
 * Whether a number is computed at this place of the walk; all of the step is where it is shown whole.
 * @param {State} state
 * @returns {(term: string) => boolean}
 */
export function isKnownAt({ trace, isWhole, cursor }) {
  if (isWhole || !trace?.operations) return () => true;
  const numbers = known(trace.operations, cursor);
  return (term) => numbers.has(term);
}

/** What is known of a unit in the followed example; an input has its value alone. @param {State} state @param {{layer: number, unit: number}} unit */
export function unitFacts(state, { layer, unit }) {
  const { trace } = state;
  if (!trace) return null;
  const example = exampleOf(state);
  if (layer < 0) return { a: trace.inputs[example][unit] };
  const own = trace.layers[layer];
  return {
    z: own.z[example][unit],
    a: own.a[example][unit],
    derivative: own.derivative[example][unit],
    da: own.da[example][unit],
    delta: own.delta[example][unit],
  };
}
