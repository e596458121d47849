/** The weights of a start as a small picture: one row of bars for each hidden unit, the middle between the third and the fourth. */

/** @typedef {{x: number, y: number, width: number, height: number, isNegative: boolean}} Bar */

export const WIDTH = 96;
export const HEIGHT = 64;
const BAR = 10;
const STEP = 15;
const FIRST = 4.5;
/** The least height at which a bar is still seen. */
const LEAST = 1;

/** Bars in pixels of the picture. @param {{weights: (number | null)[]}[]} units @returns {Bar[]} */
export function barsOf(units) {
  const row = HEIGHT / units.length;
  const most = Math.max(...units.flatMap(({ weights }) => weights.map((one) => Math.abs(one ?? 0))), 1e-12);
  return units.flatMap(({ weights }, index) =>
    weights.map((one, at) => {
      const weight = one ?? 0;
      const height = Math.max((Math.abs(weight) / most) * (row / 2 - 2), LEAST);
      const zero = row * (index + 0.5);
      return {
        ...{ x: FIRST + at * STEP + (at > 2 ? 2 : 0), width: BAR, height },
        y: weight < 0 ? zero : zero - height,
        isNegative: weight < 0,
      };
    }),
  );
}
