/**
 * The address is the experiment: everything that is needed to compute the same numbers again.
 *
 * After the `#` stands the version of the format, a dot, and JSON in base64url. Seeds and the logs of changes are
 * enough: training is exact, so the state need not travel. The same JSON is what a file of an experiment holds.
 * Older versions stay readable; what cannot be understood is left out, and said.
 *
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Experiment} Experiment
 * @typedef {import('./state.js').Pinned} Pinned
 * @typedef {import('./state.js').Origin} Origin
 * @typedef {Pick<import('./state.js').History, 'changes' | 'edits' | 'turns'> & {id: number, name: string,
 *   origin: Origin | null, experiment?: Experiment, rate: number, step: number, reach?: number}} Run  without experiment: the preset's;
 *   `reach`: the last step that is known, where that is beyond the one on screen
 * @typedef {{preset: string, runs: Run[], branch: number, cursor: number, whole: boolean, example: number,
 *   task: import('./state.js').Task, pinned: Pinned | null, logarithmic: boolean, map: MapLink | null}} Link
 * @typedef {{plane: import('./state.js').Plane, centre: number | null, solid: boolean}} MapLink  centre: of which step
 *   the map stays, null: it follows the one on screen; no map: that which is shown at first
 */

import { allBranches } from './lib/branches.js';
import { lastStep } from './lib/history.js';
import { isObject, readLink } from './lib/link.js';

const VERSION = 2;
/** Longer addresses are cut off on their way by some programs; such an experiment travels as a file. */
export const LONGEST_ADDRESS = 8000;

/** @param {string} text */
function encode(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** @param {string} text */
function decode(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(binary, (char) => char.charCodeAt(0)),
  );
}

/** The part of an address, after the #, of an experiment that is too long for one and is kept by the browser instead. */
export const KEPT = '#kept';

/** What is on screen as a link holds it. @param {State} state @returns {Link} */
export function toLink(state) {
  const { preset, catalog, cursor, isWhole, example, task, branch, pinned, isLogarithmic } = state;
  const own = JSON.stringify(catalog?.presets.find((row) => row.name === preset)?.experiment);
  const runs = allBranches(state).map(({ id, name, origin, history, step }) => {
    const { experiment, learning_rate, changes, edits, turns } = history;
    const isPreset = experiment === null || JSON.stringify(experiment) === own;
    const written = isPreset ? {} : { experiment };
    const reach = lastStep(history);
    const beyond = reach > step ? { reach } : {};
    return { id, name, origin, ...written, rate: learning_rate, changes, edits, turns, step, ...beyond };
  });
  return {
    ...{ preset, runs, branch, cursor, whole: isWhole, example, task, pinned },
    logarithmic: isLogarithmic,
    map: mapLink(state),
  };
}

/** The map as a link holds it: the axes that it has, where they were not chosen. @param {State} state @returns {MapLink | null} */
function mapLink({ plane, centre, isSolid, asides, task }) {
  const shown = task === 'inside' ? asides.map?.answer?.axes : null;
  const whole =
    plane.kind === 'parameters'
      ? { ...plane, x: plane.x ?? shown?.x ?? null, y: plane.y ?? shown?.y ?? null }
      : plane;
  const isFirst = whole.kind === 'parameters' && !whole.x && !whole.y && centre === null && !isSolid;
  return isFirst ? null : { plane: /** @type {any} */ (whole), centre: centre?.step ?? null, solid: isSolid };
}

/** The part of an address after the #. @param {State} state */
export function toHash(state) {
  return `#${VERSION}.${encode(JSON.stringify(toLink(state)))}`;
}

/** Whether an address is not cut off on its way. @param {string} address */
export const fits = (address) => address.length <= LONGEST_ADDRESS;

/** The experiment as the text of a file. @param {State} state */
export function toText(state) {
  return `${JSON.stringify({ backstep: VERSION, ...toLink(state) }, null, 1)}\n`;
}

/**
 * What an address asks for: null if it asks for nothing, 'unreadable' if it cannot be understood at all.
 * @param {string} hash
 * @returns {{link: Link, ignored: string[]} | null | 'unreadable'}
 */
export function fromHash(hash) {
  if (hash.length < 2) return null;
  const [version, text] = hash.slice(1).split('.', 2);
  if (!text) return 'unreadable';
  try {
    return readLink(Number(version), JSON.parse(decode(text))) ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/**
 * What some text asks for, as it was copied: a link, the part after its #, or an experiment in JSON.
 * Null if it does not look like any of these.
 * @param {string} text
 */
export function fromPasted(text) {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return fromText(trimmed);
  const found = /#\d+\.\S+$/.exec(trimmed);
  return found && !/\s/.test(trimmed) ? fromHash(found[0]) : null;
}

/** What a file of an experiment asks for. @param {string} text @returns {{link: Link, ignored: string[]} | 'unreadable'} */
export function fromText(text) {
  try {
    const content = JSON.parse(text);
    if (!isObject(content)) return 'unreadable';
    const { backstep, ...link } = content;
    return readLink(backstep, link) ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
}
