/**
 * Reading what a link or a file says: each part is looked at by itself, and what does not make sense is left out
 * and named, so that the rest can still be opened.
 *
 * @typedef {import('../url.js').Link} Link
 * @typedef {import('../url.js').Run} Run
 * @typedef {(value: any) => boolean} Check
 */

import { t } from './i18n.js';

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is number} */
const isWhole = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
const isText = (/** @type {unknown} */ value) => typeof value === 'string';
const isNumber = (/** @type {unknown} */ value) => typeof value === 'number' && Number.isFinite(value);
const isBoolean = (/** @type {unknown} */ value) => typeof value === 'boolean';

/** @param {Check} check @returns {Check} */
const listOf = (check) => (value) => Array.isArray(value) && value.every(check);

/** @param {Record<string, Check>} checks @returns {Check} */
const objectOf = (checks) => (value) =>
  isObject(value) && Object.entries(checks).every(([name, check]) => check(value[name]));

/** @param {...Check} checks @returns {Check} */
const either =
  (...checks) =>
  (value) =>
    checks.some((check) => check(value));

/** @param {...unknown} values @returns {Check} */
const oneOf =
  (...values) =>
  (value) =>
    values.includes(value);

/** @param {Check} check @returns {Check} */
const optional = (check) => either(oneOf(undefined), check);

const isNumbers = listOf(isNumber);
/** What the lab itself reads of an experiment; the server looks at the rest. */
const isExperiment = objectOf({
  network: objectOf({
    inputs: isWhole,
    layers: listOf(objectOf({ units: isWhole, activation: isText })),
  }),
  optimizer: objectOf({ name: isText, learning_rate: isNumber }),
  data: isObject,
  loss: isText,
  batch: objectOf({ size: either(oneOf(null), isWhole) }),
  initializer: optional(isObject),
  parameters: optional(listOf(objectOf({ weights: listOf(isNumbers), biases: isNumbers }))),
});
const place = { layer: isWhole, unit: isWhole, input: either(isWhole, oneOf('bias')) };
const isPlaceOrNone = either(oneOf(null), objectOf(place));
const isPinned = either(
  oneOf(null),
  objectOf({ kind: oneOf('parameter'), place: objectOf(place) }),
  objectOf({ kind: oneOf('unit'), layer: (value) => value === -1 || isWhole(value), unit: isWhole }),
  objectOf({ kind: oneOf('loss') }),
);
const isRange = (/** @type {any} */ value) => isNumbers(value) && value.length === 2 && value[0] < value[1];
const ranges = { x_range: optional(isRange), y_range: optional(isRange) };
const isMap = either(
  oneOf(null),
  objectOf({
    plane: either(
      objectOf({ kind: oneOf('parameters'), x: isPlaceOrNone, y: isPlaceOrNone, ...ranges }),
      objectOf({
        kind: oneOf('random'),
        seed: isWhole,
        normalization: oneOf('filter', 'layer', 'none'),
        radius: (value) => isNumber(value) && value > 0,
      }),
      objectOf({ kind: oneOf('pca'), ...ranges }),
    ),
    centre: either(oneOf(null), isWhole),
    solid: isBoolean,
  }),
);
const isChanges = listOf(objectOf({ at_step: isWhole, learning_rate: isNumber }));
const isEdits = listOf(objectOf({ ...place, at_step: isWhole, value: isNumber }));
const isTurns = listOf(objectOf({ at_step: isWhole, experiment: isExperiment }));
const isOrigin = either(
  oneOf(null),
  objectOf({ by: oneOf('rate', 'weight', 'setup', 'seed', 'here'), at: isWhole, of: isWhole }),
);
const isRun = objectOf({
  id: isWhole,
  experiment: optional(isExperiment),
  rate: isNumber,
  step: isWhole,
});

/** What a run may lack, what it then is, and what is said of it. */
const RUN_PARTS = () =>
  /** @type {[string, Check, any, string][]} */ ([
    ['name', isText, '', t('the name of a branch')],
    ['origin', isOrigin, null, t('where a branch comes from')],
    ['changes', isChanges, [], t('changes of the learning rate')],
    ['edits', isEdits, [], t('weights set by hand')],
    ['turns', isTurns, [], t('changes of the set-up')],
  ]);

const PARTS = () =>
  /** @type {[string, Check, any, string][]} */ ([
    ['cursor', isWhole, 0, t('the place in the step')],
    ['whole', isBoolean, true, t('the place in the step')],
    ['example', isWhole, 0, t('the followed example')],
    ['task', oneOf('step', 'train', 'inside'), 'step', t('the task')],
    ['pinned', isPinned, null, t('the pinned number')],
    ['logarithmic', isBoolean, false, t('the scale of the loss')],
    ['map', isMap, null, t('the map')],
  ]);

/**
 * Each part as it is, or as it is when left out; what was there and made no sense is named.
 * @param {Record<string, any>} given
 * @param {[string, Check, any, string][]} parts
 * @param {string[]} ignored
 */
function sorted(given, parts, ignored) {
  return Object.fromEntries(
    parts.map(([name, check, fallback, word]) => {
      if (check(given[name])) return [name, given[name]];
      if (given[name] !== undefined) ignored.push(word);
      return [name, fallback];
    }),
  );
}

/** @param {Record<string, any>} given @param {string[]} ignored @returns {Run} */
function run(given, ignored) {
  const { id, experiment, rate, step } = given;
  const written = experiment === undefined ? {} : { experiment };
  const { reach } = given;
  const isBeyond = isWhole(reach) && reach > step;
  if (reach !== undefined && !isBeyond) ignored.push(t('how far a run went'));
  const beyond = isBeyond ? { reach } : {};
  return /** @type {any} */ ({
    id,
    ...written,
    rate,
    step,
    ...beyond,
    ...sorted(given, RUN_PARTS(), ignored),
  });
}

/** A link of the first version: one run, nothing pinned. @param {Record<string, any>} link */
function fromFirst({ preset, experiment, rate, changes, step, cursor, whole, example, task }) {
  const written = experiment === undefined ? {} : { experiment };
  const only = { id: 0, name: '', origin: null, ...written, rate, changes, edits: [], turns: [], step };
  return { preset, runs: [only], branch: 0, cursor, whole, example, task, pinned: null, logarithmic: false };
}

/**
 * The link that some content is, and what of it is ignored; null where not even a run can be made out.
 * @param {unknown} version
 * @param {any} content
 * @returns {{link: Link, ignored: string[]} | null}
 */
export function readLink(version, content) {
  if (!isObject(content) || (version !== 1 && version !== 2)) return null;
  const given = version === 1 ? fromFirst(content) : content;
  if (!isText(given.preset) || !Array.isArray(given.runs)) return null;
  /** @type {string[]} */
  const ignored = [];
  const good = given.runs.filter(isRun);
  const runs = good.filter((one, index) => good.findIndex(({ id }) => id === one.id) === index);
  if (runs.length === 0) return null;
  if (runs.length < given.runs.length) ignored.push(t('a branch'));
  const branch = runs.some(({ id }) => id === given.branch) ? given.branch : runs[0].id;
  const rest = sorted(given, PARTS(), ignored);
  const link = { preset: given.preset, runs: runs.map((one) => run(one, ignored)), branch, ...rest };
  return { link: /** @type {any} */ (link), ignored: [...new Set(ignored)] };
}
