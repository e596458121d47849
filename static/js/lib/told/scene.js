/**
 * What a telling has to know of the experiment: the network, the loss, how many examples there are.
 *
 * @typedef {import('../../state.js').State} State
 */

/** @param {Pick<State, 'experiment' | 'trace'>} state @returns {import('./parts.js').Scene} */
export function sceneOf({ experiment, trace }) {
  const { network, loss, reduction, data } = /** @type {import('../../state.js').Experiment} */ (experiment);
  return {
    activations: network.layers.map((layer) => layer.activation),
    sizes: [network.inputs, ...network.layers.map((layer) => layer.units)],
    loss,
    reduction: reduction ?? 'mean',
    examples: trace?.inputs.length ?? 1,
    features: data.features ?? null,
  };
}
