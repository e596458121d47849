/**
 * Places of parameters: all of them in order, and the one to look at first.
 *
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../state.js').LayerParameters} LayerParameters
 */

/** @param {Place | null} one @param {Place | null} other */
export const isSamePlace = (one, other) =>
  one !== null &&
  other !== null &&
  one.layer === other.layer &&
  one.unit === other.unit &&
  one.input === other.input;

/**
 * Every parameter in the order of the flattened ones: a layer's weights row by row, then its biases.
 * @param {LayerParameters[]} parameters
 * @returns {Place[]}
 */
export function placesOf(parameters) {
  return parameters.flatMap(({ weights, biases }, layer) => [
    ...weights.flatMap((row, unit) => row.map((_, input) => ({ layer, unit, input }))),
    ...biases.map((_, unit) => ({ layer, unit, input: /** @type {const} */ ('bias') })),
  ]);
}

/**
 * The parameter whose gradient is largest: a good one to look at first.
 * @param {{dW: (number | null)[][], db: (number | null)[]}[]} layers  of a trace
 * @returns {Place | null}
 */
export function steepest(layers) {
  let best = /** @type {Place | null} */ (null);
  let most = -1;
  layers.forEach(({ dW }, layer) =>
    dW.forEach((row, unit) =>
      row.forEach((gradient, input) => {
        if (gradient === null || Math.abs(gradient) <= most) return;
        most = Math.abs(gradient);
        best = { layer, unit, input };
      }),
    ),
  );
  return best;
}

/** A plane seen whole again. @param {import('../state.js').Plane} plane @returns {import('../state.js').Plane} */
export function unzoomed(plane) {
  if (plane.kind === 'random') return { ...plane, radius: 1 };
  const { x_range: _, y_range: __, ...rest } = plane;
  return /** @type {import('../state.js').Plane} */ (rest);
}
