/**
 * Made-up answers about the learning rate whose every number has a closed form: those of a parabola.
 *
 * Of L = λw²/2 the loss after a step is L·(1 − ηλ)²: lowest at 1/λ, and from 2/λ on it is more than before.
 */

import { frozen, stateOf } from './made-up.js';

export const BEND = 2;
const LOSS = 2;

/** The loss after a step with each rate, from 0.0001 to 100. */
export function parabola() {
  const rates = Array.from({ length: 121 }, (_, index) => 10 ** (-4 + (6 * index) / 120));
  return {
    rates,
    losses: rates.map((rate) => LOSS * (1 - BEND * rate) ** 2),
    loss: LOSS,
    best_rate: 1 / BEND,
    best_loss: 0,
    direction: /** @type {const} */ ('gradient'),
    slope: -2 * BEND * LOSS,
  };
}

/**
 * What rates do in 20 steps on the parabola: half is gained where |1 − ηλ|⁴⁰ = ½, and from 2/λ on the loss rises.
 * @param {number} [rate]  in force
 * @returns {import('../../static/js/lib/wire.js').RatesAnswer}
 */
export function verdicts(rate = 0.3) {
  const rates = Array.from({ length: 25 }, (_, index) => 10 ** (-4 + index / 4));
  const lossAt = (/** @type {number} */ one) => LOSS * (1 - BEND * one) ** 40;
  const best = rates.reduce((one, other) => (lossAt(other) < lossAt(one) ? other : one));
  /** @param {number} one */
  const verdict = (one) => {
    if (lossAt(one) > LOSS) return 'flies_away';
    if (LOSS - lossAt(one) >= (LOSS - lossAt(best)) / 2) return 'good';
    return one < best ? 'slow' : 'bounces';
  };
  return {
    ...{
      loss: LOSS,
      rates,
      losses: rates.map(lossAt),
      verdicts: rates.map(verdict),
      settled: false,
      steps: 20,
    },
    newly_dead: rates.map(() => 0),
    ...{ best_rate: best, best_loss: lossAt(best), recommended_rate: best, recommended_loss: lossAt(best) },
    own: { rate, loss: lossAt(rate), newly_dead: 0, verdict: verdict(rate) },
    ...{ sharpness: BEND, limit: 2 / BEND },
  };
}

/** Along the parameter of the parabola, from w = √2: updates with a rate. @param {number} rate */
export function slopeOf(rate) {
  const value = Math.sqrt((2 * LOSS) / BEND);
  const loss = (/** @type {number} */ w) => (BEND * w * w) / 2;
  const range = /** @type {[number, number]} */ ([value - 2.5, value + 2.5]);
  const values = Array.from({ length: 81 }, (_, index) => range[0] + (5 * index) / 80);
  const ghosts = Array.from({ length: 6 }, (_, index) => {
    const [before, after] = [index, index + 1].map((power) => value * (1 - BEND * rate) ** power);
    const isOff = after < range[0] || after > range[1];
    return {
      value: after,
      loss: loss(after),
      gradient: BEND * after,
      has_jumped: before * after < 0,
      is_off: isOff,
    };
  });
  return {
    ...{ value, loss: loss(value), gradient: BEND * value, range, values, losses: values.map(loss) },
    ...{
      step: ghosts[0],
      ghosts,
      together: { value: ghosts[0].value, loss: 1.5 },
      minimum: { value: 0, loss: 0 },
    },
  };
}

export const CURVE = frozen(parabola());

/** The lab with the answers about its moment, for a rate that was tried. @param {object} [change] @param {object} [curve] @param {import('../../static/js/lib/zones.js').Rates} [rates] */
export function stateWith(change = {}, curve = CURVE, rates = verdicts()) {
  const state = stateOf([2, 2, 1]);
  const deps = [state.now, state.experiment];
  const bent = { sharpness: BEND, critical_learning_rate: 2 / BEND };
  const asides = {
    stepSizes: { deps, answer: curve },
    curvature: { deps, answer: bent },
    rates: { deps: [...deps, rates.own.rate], answer: rates },
  };
  return /** @type {import('../../static/js/state.js').State} */ ({ ...state, asides, ...change });
}

/** With another rate, which was tried. @param {number} rate @param {object} [change] @param {object} [curve] */
export function withRate(rate, change = {}, curve = CURVE) {
  const state = stateWith({}, curve, verdicts(rate));
  return { ...state, history: { ...state.history, learning_rate: rate }, ...change };
}

/** Verdicts that were made up. @param {(import('../../static/js/lib/zones.js').Zone | null)[]} zones @param {object} [more] */
export const judged = (zones, more = {}) =>
  /** @type {import('../../static/js/lib/zones.js').Rates} */ ({
    ...verdicts(),
    ...{ rates: zones.map((_, index) => 10 ** index), verdicts: zones },
    ...more,
  });
