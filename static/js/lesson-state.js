/**
 * What a lesson's instruments show: each has its own part of the state, by its place in the lesson.
 *
 * @typedef {import('./lib/wire.js').LayerTrace} LayerTrace
 * @typedef {{weights: [number, number], bias: number, activation: string}} Neuron
 * @typedef {{name: string, inputs: [number, number][], targets: number[]}} Points
 * @typedef {{neuron: Neuron, points: Points, chosen: number, layer: LayerTrace | null,
 *   response: {activation: string, z: number[], a: (number | null)[]} | null}} NeuronState
 *   `layer` null: not computed yet; `response`: the activation's curve
 * @typedef {{parameters: {weights: number[][], biases: number[]}[], points: Points, chosen: number, unit: number,
 *   layers: LayerTrace[] | null, grid: {x: number[], a: (number | null)[][]} | null}} NetworkState
 *   `unit`: the neuron whose knobs are shown; `grid`: what the network answers over the plane
 * @typedef {{name: string, predictions: number[], losses: (number | null)[],
 *   here: {loss: number | null, slope: number | null}}} LossCurve
 * @typedef {{prediction: number, target: number, curves: LossCurve[] | null}} LossesState
 * @typedef {{surface: string, at: number, nudge: number, curve: {x: number[], values: (number | null)[]} | null,
 *   found: import('./lib/wire.js').TangentAnswer | null}} SlopeState
 * @typedef {{text: string, values: Record<string, number>, step: number, isStale: boolean,
 *   found: import('./lib/wire.js').ExpressionAnswer | null,
 *   problem: import('./lib/expression/problems.js').Problem | null}} ExpressionState
 *   `found`: the graph, of an earlier formula where it is stale; `step`: steps of the walk that are made
 * @typedef {{seed: number, state: import('./lib/wire.js').StateAnswer, steps: number[], losses: (number | null)[],
 *   isSettled: boolean, finding: import('./lib/wire.js').FindingAnswer}} SymmetryRun  `losses` at `steps`, a part of all
 * @typedef {{seeds: number[], patterns: number, runs: SymmetryRun[] | null, chosen: number | null, isPlaying: boolean}} SymmetryState
 * @typedef {{seed: number, bugs: string, found: import('./lib/wire.js').SabotageAnswer | null, layer: number | null,
 *   bug: string | null, verdict: import('./lib/wire.js').SabotageVerdictAnswer | null, isLayerFound: boolean,
 *   isFound: boolean, tries: number, kinds: string[]}} SabotageState
 *   `verdict`: of the guess as it stands; `kinds`: mistakes that were found, of all cases
 * @typedef {{tables: Record<string, boolean>, slopes: Record<number, SlopeState | undefined>, losses: Record<number, LossesState | undefined>, neurons: Record<number, NeuronState | undefined>,
 *   networks: Record<number, NetworkState | undefined>,
 *   expressions: Record<number, ExpressionState | undefined>,
 *   symmetries: Record<number, SymmetryState | undefined>, sabotages: Record<number, SabotageState | undefined>}} State
 */

import { createStore } from './lib/store.js';

/** @type {State} */
const INITIAL = {
  tables: {},
  slopes: {},
  losses: {},
  neurons: {},
  networks: {},
  expressions: {},
  symmetries: {},
  sabotages: {},
};

export const store = createStore(INITIAL);
