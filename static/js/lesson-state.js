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
 * @typedef {{tables: Record<string, boolean>, slopes: Record<number, SlopeState | undefined>, losses: Record<number, LossesState | undefined>, neurons: Record<number, NeuronState | undefined>,
 *   networks: Record<number, NetworkState | undefined>,
 *   faded: Record<number, import('./lib/faded/sheet.js').Sheet | undefined>}} State
 */

import { createStore } from './lib/store.js';

/** @type {State} */
const INITIAL = { tables: {}, slopes: {}, losses: {}, neurons: {}, networks: {}, faded: {} };

export const store = createStore(INITIAL);
