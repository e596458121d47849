/**
 * Races as values: made from the catalog, changed, and written into an address and read from one.
 *
 * The address is meant to be read and changed by hand:
 * `#surface=ravine&start=-3.5,0.8&steps=60&run=sgd,0.02&run=momentum,0.02,momentum:0.8`.
 *
 * @typedef {import('../../race-state.js').Course} Course
 * @typedef {import('../../race-state.js').Run} Run
 * @typedef {import('../../race-state.js').State} State
 * @typedef {State['catalog']} Catalog
 * @typedef {Catalog['surfaces'][number]} Surface
 */

import { problemOf, settingOf } from '../setting.js';
import { nextNice } from '../scale.js';

/** A race of the catalog, without its name and words. @param {Catalog['races'][number]} race @returns {Course} */
export const courseOf = ({ surface, start, runs, steps }) => ({
  ...{ surface, start, steps },
  runs: /** @type {Run[]} */ (runs),
});

/** @param {Surface} surface */
export const fittingStart = (surface) => [...surface.start];

/** @param {Course} one @param {Course} other */
export const isSame = (one, other) => JSON.stringify(courseOrder(one)) === JSON.stringify(courseOrder(other));

/** @param {Course} course */
const courseOrder = ({ surface, start, runs, steps }) => [
  ...[surface, start, steps],
  runs.map((run) => Object.entries(run).sort()),
];

/** The race of the catalog that this is; none, where it was changed. @param {Catalog} catalog @param {Course} course */
export const raceOf = ({ races }, course) => races.find((race) => isSame(courseOf(race), course));

/** One more run like another, with the next rate that none has yet. @param {Run} run @param {Run[]} runs @returns {Run} */
export function nextRun(run, runs) {
  const hasRate = (/** @type {number} */ rate) =>
    runs.some((one) => one.name === run.name && one.learning_rate === rate);
  let rate = nextNice(run.learning_rate || 1e-4, 1);
  while (hasRate(rate)) rate = nextNice(rate, 1);
  return { ...run, learning_rate: rate };
}

/** The same run by another optimizer: it keeps its rate where it had one of its own. @param {Catalog} catalog @param {string} name @returns {Run} */
export function freshRun({ optimizers }, name) {
  const settings = optimizers.find((row) => row.name === name)?.settings ?? [];
  const rate = settings.find((setting) => setting.name === 'learning_rate')?.default ?? 0.1;
  return /** @type {Run} */ ({ name, learning_rate: rate });
}

/** @param {Run} run */
const writtenRun = ({ name, learning_rate: rate, ...more }) =>
  [name, rate, ...Object.entries(more).map(([setting, value]) => `${setting}:${value}`)].join(',');

/** What is on screen as the part of an address after the #. @param {State} state */
export function toHash({ course, step, chosen, isSolid, isLogarithmic, hasArrows }) {
  const fields = new URLSearchParams();
  fields.set('surface', course.surface);
  fields.set('start', course.start.join(','));
  fields.set('steps', String(course.steps));
  for (const run of course.runs) fields.append('run', writtenRun(run));
  if (step < course.steps) fields.set('step', String(step));
  if (chosen > 0) fields.set('chosen', String(chosen + 1));
  if (isSolid) fields.set('view', '3d');
  if (isLogarithmic) fields.set('scale', 'log');
  if (!hasArrows) fields.set('arrows', 'off');
  // Commas and colons may stand in an address as they are, and can be read there.
  return `#${fields.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
}

/** What an address asks for. @param {string} hash @param {Catalog} catalog @returns {{course: Course, change: Partial<State>} | null} null: that is no race */
export function fromHash(hash, catalog) {
  const fields = new URLSearchParams(hash.slice(1));
  const surface = catalog.surfaces.find(({ name }) => name === fields.get('surface'));
  if (!surface) return null;
  const start = fields.has('start') ? numbersOf(fields.get('start') ?? '') : fittingStart(surface);
  const runs = fields.getAll('run').map((text) => runOf(text, catalog));
  const steps = Number(fields.get('steps') ?? 60);
  const isWhole = (/** @type {number} */ value, /** @type {number} */ most) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  const isFit = start.length === surface.variables && start.every(Number.isFinite);
  const isFull = runs.length >= 1 && runs.length <= catalog.limits.runs && !runs.includes(null);
  if (!isFit || !isFull || !isWhole(steps, catalog.limits.walk_steps)) return null;
  const step = Number(fields.get('step') ?? steps);
  const chosen = Number(fields.get('chosen') ?? 1);
  return {
    course: { surface: surface.name, start, steps, runs: /** @type {Run[]} */ (runs) },
    change: {
      step: isWhole(step, steps) || step === 0 ? step : steps,
      chosen: isWhole(chosen, runs.length) ? chosen - 1 : 0,
      isSolid: fields.get('view') === '3d' && surface.variables === 2,
      isLogarithmic: fields.get('scale') === 'log',
      hasArrows: fields.get('arrows') !== 'off',
    },
  };
}

/** @param {string} text */
const numbersOf = (text) => text.split(',').map((one) => (one.trim() === '' ? NaN : Number(one)));

/** @param {string} text @param {Catalog} catalog @returns {Run | null} */
function runOf(text, { optimizers }) {
  const [name, rate, ...more] = text.split(',');
  const settings = optimizers.find((row) => row.name === name)?.settings;
  if (!settings) return null;
  /** @type {[string, string | undefined][]} */
  const given = [
    ['learning_rate', rate],
    ...more.map((one) => /** @type {[string, string]} */ (one.split(':'))),
  ];
  const isAccepted = given.every(([setting, value]) => {
    const row = settings.find((one) => one.name === setting);
    return row !== undefined && value !== undefined && value !== '' && problemOf(row, Number(value)) === null;
  });
  if (!isAccepted) return null;
  return /** @type {Run} */ ({
    name,
    ...Object.fromEntries(given.map(([setting, value]) => [setting, Number(value)])),
  });
}

/** What a coordinate of the start may be, and its slider. @param {Surface} surface @param {number} axis */
export function startSetting(surface, axis) {
  const range = axis === 0 ? surface.x_range : surface.y_range;
  return settingOf({ name: 'start', label: '', slider: range, default: surface.start[axis] });
}

/** A place as fine as one can point, on a span. @param {number} value @param {[number, number]} span */
export function asFine(value, [low, high]) {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(high - low)));
  return Number(value.toFixed(digits));
}
