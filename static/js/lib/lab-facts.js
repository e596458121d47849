/**
 * What a lesson can ask of the lab: its state as a few facts, null where one is not known yet.
 *
 * @typedef {import('../state.js').State} State
 */

import { illnesses } from './findings.js';
import { lastStep, rateAt } from './history.js';
import { currentZone } from './zones.js';

/** @param {State} state @returns {Record<string, number | string | null>} */
export function factsOf(state) {
  const { now, trace, survey, history, preset, branches, pinned, plane, trouble, experiment } = state;
  const step = now?.step ?? null;
  const rate = step === null ? null : rateAt(history, step);
  return {
    preset: preset || null,
    step,
    reached: step === null ? null : Math.max(step, lastStep(history)),
    // While it trains there is no step laid open, but what all examples say is known.
    loss: survey?.train.loss ?? trace?.loss ?? null,
    accuracy: survey?.train.accuracy ?? null,
    rate,
    changes: step === null ? null : history.changes.length,
    branches: step === null ? null : branches.length,
    phase: phaseOf(state),
    pinned: pinned?.kind ?? 'nothing',
    plane: plane.kind,
    zone: rate === null ? null : currentZone(state, rate),
    ill: survey === null ? null : illnesses(survey),
    layers: experiment?.network.layers.length ?? null,
    optimizer: experiment?.optimizer.name ?? null,
    diverged: step === null ? null : Number(trouble?.kind === 'diverged'),
  };
}

/** The phase of the operation that was made last. @param {State} state */
function phaseOf({ trace, isWhole, cursor }) {
  if (trace === null) return null;
  if (isWhole) return 'whole';
  return cursor === 0 ? 'before' : (trace.operations?.[cursor - 1]?.phase ?? null);
}
