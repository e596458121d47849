/**
 * What is asked about in the picture of a network: the names and picks its parts bear, what is pinned, what is
 * pointed at, and the route of the path that is lit.
 *
 * @typedef {import('../view.js').Pick} Ask
 * @typedef {import('../view.js').Pinned} Pinned
 * @typedef {import('./slice.js').Marks} Marks
 */

import { key } from '../walk.js';

/** @param {number} layer @param {number} unit @param {string} [kind] which number of it @returns {Ask} */
export const unitPick = (layer, unit, kind = 'a') => ({
  pin: { kind: 'unit', layer, unit },
  term: key(kind, layer, unit),
});

/** @param {number} layer @param {number} unit @returns {Ask} */
export const biasPick = (layer, unit) => ({
  pin: { kind: 'parameter', place: { layer, unit, input: 'bias' } },
  term: key('bias', layer, unit),
});

/** @param {{layer: number, unit: number, input: number}} edge @returns {Ask} */
export const edgePick = ({ layer, unit, input }) => ({
  pin: { kind: 'parameter', place: { layer, unit, input } },
  term: key('weight', layer, unit, input),
});

/** @returns {Ask} */
export const lossPick = () => ({ pin: { kind: 'loss' }, term: key('batch_loss') });

/** The number a line about a unit tells. @param {string} text @param {number} layer @param {number} unit @returns {Ask} */
export function linePick(text, layer, unit) {
  if (text.startsWith('∂L/∂a')) return unitPick(layer, unit, 'da');
  if (text.startsWith('δ')) return unitPick(layer, unit, 'delta');
  if (text.startsWith('z ')) return unitPick(layer, unit, 'z');
  return biasPick(layer, unit);
}

const ON_WEIGHTS = new Set(['weight', 'dW']);
const ON_BIASES = new Set(['bias', 'db']);

/**
 * Which connections and units a path takes, from the pinned parameter to the loss.
 * @param {Pick<import('../../state.js').State, 'pinned' | 'path' | 'explanation'>} state
 */
export function routeOf({ pinned, path, explanation }) {
  const found = path === null ? null : explanation?.paths[path];
  if (!found || pinned?.kind !== 'parameter') return null;
  const { layer, input } = pinned.place;
  const first = input === 'bias' ? [] : [`${layer} ${found.units[0]} ${input}`];
  const rest = found.units
    .slice(1)
    .map((unit, depth) => `${layer + depth + 1} ${unit} ${found.units[depth]}`);
  return {
    edges: [...first, ...rest],
    units: [
      ...(input === 'bias' ? [] : [`${layer - 1} ${input}`]),
      ...found.units.map((unit, depth) => `${layer + depth} ${unit}`),
    ],
  };
}

/**
 * The marks of the current operation and of what is pointed at; a path that is lit stands alone.
 * @param {Marks} marks
 * @param {{lit: string | null, route: ReturnType<typeof routeOf>}} slice
 * @returns {Marks}
 */
export function withAsked(marks, { lit, route }) {
  if (route)
    return { ...marks, units: new Set(route.units), edges: new Set(route.edges), bias: '', isLoss: true };
  if (lit === null) return marks;
  const [kind, ...rest] = lit.split(' @')[0].split(' ');
  const place = rest.join(' ');
  if (kind === 'batch_loss') return { ...marks, isLoss: true };
  if (ON_WEIGHTS.has(kind)) return { ...marks, edges: new Set([...marks.edges, place]) };
  if (ON_BIASES.has(kind)) return { ...marks, bias: place, units: new Set([...marks.units, place]) };
  return { ...marks, units: new Set([...marks.units, place]) };
}

/** The pinned connection and the pinned unit, as marks name them. @param {Pinned | null} pinned */
export function pinnedMark(pinned) {
  if (pinned?.kind === 'unit') return { edge: '', unit: `${pinned.layer} ${pinned.unit}` };
  if (pinned?.kind !== 'parameter') return { edge: '', unit: '' };
  const { layer, unit, input } = pinned.place;
  return input === 'bias'
    ? { edge: '', unit: `${layer} ${unit}` }
    : { edge: `${layer} ${unit} ${input}`, unit: '' };
}
