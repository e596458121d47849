/**
 * The address is the experiment: everything that is needed to compute the same numbers again.
 *
 * After the `#` stands the version of the format, a dot, and JSON in base64url. Seeds and the log of changes
 * are enough: training is exact, so the state need not travel.
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Experiment} Experiment
 * @typedef {import('./state.js').Change} Change
 * @typedef {{preset: string, experiment?: Experiment, rate: number, changes: Change[], step: number,
 *   cursor: number, whole: boolean, example: number, task: 'step' | 'train'}} Link
 */

const VERSION = '1';

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

/**
 * The part of an address after the #.
 * @param {State} state
 */
export function toHash({ preset, experiment, catalog, history, now, cursor, isWhole, example, task }) {
  const row = catalog?.presets.find((one) => one.name === preset);
  const isPreset = JSON.stringify(row?.experiment) === JSON.stringify(experiment);
  /** @type {Link} */
  const link = {
    preset,
    ...(isPreset || !experiment ? {} : { experiment }),
    rate: history.learning_rate,
    changes: history.changes,
    step: now?.step ?? 0,
    cursor,
    whole: isWhole,
    example,
    task,
  };
  return `#${VERSION}.${encode(JSON.stringify(link))}`;
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is number} */
const isWholeNumber = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;

/** @param {any} link @returns {link is Link} */
function isLink(link) {
  return (
    isObject(link) &&
    typeof link.preset === 'string' &&
    (link.experiment === undefined ||
      (isObject(link.experiment) &&
        isObject(link.experiment.network) &&
        Array.isArray(link.experiment.network.layers) &&
        isObject(link.experiment.optimizer) &&
        isObject(link.experiment.data) &&
        typeof link.experiment.loss === 'string')) &&
    typeof link.rate === 'number' &&
    Array.isArray(link.changes) &&
    link.changes.every(
      (one) => isObject(one) && isWholeNumber(one.at_step) && typeof one.learning_rate === 'number',
    ) &&
    [link.step, link.cursor, link.example].every(isWholeNumber) &&
    typeof link.whole === 'boolean' &&
    (link.task === 'step' || link.task === 'train')
  );
}

/**
 * What an address asks for: null if it asks for nothing, 'unreadable' if it cannot be understood.
 * @param {string} hash
 * @returns {Link | null | 'unreadable'}
 */
export function fromHash(hash) {
  if (hash.length < 2) return null;
  const [version, text] = hash.slice(1).split('.', 2);
  if (version !== VERSION || !text) return 'unreadable';
  try {
    const link = JSON.parse(decode(text));
    return isLink(link) ? link : 'unreadable';
  } catch {
    return 'unreadable';
  }
}
