/**
 * Made-up answers about the learning rate whose every number has a closed form: those of a parabola.
 *
 * Of L = λw²/2 the loss after a step is L·(1 − ηλ)²: lowest at 1/λ, half of that is gained from (1 − √½)/λ to
 * (1 + √½)/λ, and from 2/λ on it is more than before.
 */

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
    zones: {
      slow_to: (1 - Math.SQRT1_2) / BEND,
      good_to: (1 + Math.SQRT1_2) / BEND,
      bounces_to: 2 / BEND,
    },
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
