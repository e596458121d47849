/** The instrument of a race: the page of races, cut down to what a lesson asks about, and each step on a line. */

import { Race, whenWaiting } from '../actions/racing.js';
import { byId, element } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { fittingStart, startSetting } from '../lib/race/course.js';
import { jumpsOf } from '../lib/race/ledger.js';
import { stridesOf, wayOf } from '../lib/race/path.js';
import { lowestOf, sceneOf } from '../lib/race/scene.js';
import { outcomeReason, outcomeWord, runName, verdictOf } from '../lib/race/words.js';
import { settingOf } from '../lib/setting.js';
import { mountFigures } from '../panels/race/figures.js';
import { mountLedger } from '../panels/race/ledger.js';
import { colourRate, take } from '../panels/race/runners.js';
import { createTransport, mountTransport } from '../panels/race/transport.js';
import { numeric } from '../panels/setup/controls.js';
import { refill } from '../panels/setup/patch.js';

/**
 * @typedef {{surface?: string, rates?: number[], optimizers?: string[], steps?: number[], start?: number[],
 *   shows?: string[], limit?: string}} Settings
 */

/** @typedef {import('../lib/race/scene.js').Scene} Scene */

const SPEED = 5;
/** Of even steps, fine enough for − and + alone to find where it begins to bounce and to fly away. */
const RATE = settingOf({
  ...{ name: 'learning_rate', label: '', default: 0.1, minimum: 0, maximum: 1e6 },
  slider: [0, 1.25],
});

/** @param {HTMLElement} place @param {Settings} settings @param {(facts: import('./conditions.js').Facts) => void} tell @param {{plotly: string, catalog: any}} page */
export function mountInstrument(place, settings, tell, { plotly, catalog }) {
  const { prefix = '' } = place.dataset;
  const template = /** @type {HTMLTemplateElement} */ (place.querySelector('template'));
  template.replaceWith(template.content);
  place.classList.add('lesson-race');
  const race = new Race(catalog);
  whenWaiting((waiting) => race.wait(waiting));
  const { shows = [] } = settings;
  mountFigures(race, plotly, prefix);
  mountTransport(race, createTransport(race), prefix);
  const controls = document.getElementById(`${prefix}race-controls`);
  if (controls) mountControls(race, controls, prefix, shows);
  if (shows.includes('ledger')) mountLedger(race, byId(`${prefix}race-ledger`, HTMLElement));
  const surface = surfaceOf(settings, catalog);
  byId(`${prefix}race-title`, HTMLElement).textContent = t(surface.label);
  mountOutcome(race, byId(`${prefix}race-outcome`, HTMLElement));
  race.store.subscribe((state) => tell(factsOf(state)));
  race.open(courseOf(settings, catalog), {
    step: 0,
    speed: SPEED,
    hasArrows: false,
    hasLimit: settings.limit !== 'hidden',
    hasFuture: false,
  });
}

/** @param {Settings} settings @param {import('../race-state.js').Catalog} catalog */
const surfaceOf = ({ surface = 'parabola' }, { surfaces }) =>
  surfaces.find(({ name }) => name === surface) ?? surfaces[0];

/** @param {Settings} settings @param {import('../race-state.js').Catalog} catalog @returns {import('../race-state.js').Course} */
function courseOf(settings, catalog) {
  const { rates = [0.1], optimizers = [], steps = [30], start } = settings;
  const surface = surfaceOf(settings, catalog);
  return {
    surface: surface.name,
    start: start ?? fittingStart(surface),
    runs: rates.map((rate, index) => {
      const name = optimizers[index] ?? 'sgd';
      return /** @type {import('../race-state.js').Run} */ ({ name, learning_rate: rate });
    }),
    steps: steps[0],
  };
}

/** The rate of each run, and the start, as numbers. @param {Race} race @param {HTMLElement} place @param {string} prefix @param {string[]} shows */
function mountControls(race, place, prefix, shows) {
  const again = () => {
    const rates = shows.includes('rate') ? ratesOf(race, prefix, again) : [];
    const starts = shows.includes('start') ? startsOf(race, prefix, again) : [];
    refill(place, [...rates, ...starts]);
  };
  /** @type {unknown[]} */
  let shown = [];
  race.store.subscribe(({ course, walked }) => {
    if (course === shown[0] && walked === shown[1]) return;
    shown = [course, walked];
    again();
  });
}

/** @param {Race} race @param {string} prefix @param {() => void} again */
function ratesOf(race, prefix, again) {
  const { course, catalog, hasLimit } = race.store.get();
  const scene = sceneOf(race.store.get());
  return course.runs.map((run, index) => {
    const row = numeric({
      id: `${prefix}rate-${index}`,
      label: course.runs.length === 1 ? t('Learning rate η') : `${index + 1}: ${runName(catalog, run)}`,
      setting: RATE,
      value: run.learning_rate ?? 0,
      take: (value) => take(race, index, 'learning_rate', value),
      again,
    });
    // Where the limit is to be found, the colours would tell it.
    if (hasLimit && scene) colourRate(row, RATE, scene, index);
    return row;
  });
}

/** @param {Race} race @param {string} prefix @param {() => void} again */
function startsOf(race, prefix, again) {
  const { course, catalog } = race.store.get();
  const surface = catalog.surfaces.find(({ name }) => name === course.surface);
  if (!surface) return [];
  return surface.axes.map((axis, index) =>
    numeric({
      id: `${prefix}start-${index}`,
      label: t('start {axis}', { axis }),
      setting: startSetting(surface, index),
      value: course.start[index],
      take: (value) =>
        race.setStart(race.store.get().course.start.map((one, at) => (at === index ? value : one))),
      again,
    }),
  );
}

/** The runs with their rates and values, and how they end once the last step is seen. @param {Race} race @param {HTMLElement} place */
function mountOutcome(race, place) {
  race.store.subscribe((state) => {
    const scene = sceneOf(state);
    if (!scene?.isThere) return;
    const rows = scene.runners.map((runner) => rowOf(scene, runner));
    const trouble = state.trouble
      ? [element('p', { class: 'note problem', role: 'alert' }, state.trouble)]
      : [];
    refill(place, [...rows, ...trouble, element('p', { class: 'note' }, endOf(scene))]);
  });
}

/** @param {Scene} scene @param {import('../lib/race/scene.js').Runner} runner */
function rowOf({ isFresh, step, course }, { index, name, walk, at, colour }) {
  const isAtEnd = isFresh && step >= course.steps;
  return element(
    'p',
    { class: 'race-row' },
    element('span', { class: 'runner-disc', style: `--run: var(--branch-${colour})` }, `${index + 1}`),
    element('span', { class: 'race-row-name' }, name),
    element('span', { class: 'race-row-value' }, isFresh ? number(walk.values[at]) : '—'),
    element('strong', {}, isAtEnd ? outcomeWord(walk, step, course.steps) : '—'),
  );
}

/** @param {Scene} scene */
function endOf({ isFresh, runners, step, course }) {
  if (!isFresh || step < course.steps) return t('How it ends is told when the last step has been seen.');
  if (runners.length > 1) return t('That is the end.');
  return `${outcomeReason(runners[0].walk)} ${verdictOf(runners[0].walk)}`;
}

const FACTS = /** @type {const} */ ([
  ...['step', 'lowest', 'outcome', 'rate', 'off_limit', 'start', 'at', 'off', 'value', 'jumps'],
  ...['growing', 'strides', 'way', 'start_y'],
]);

/** Of the step on screen, but for the outcome, which is there when the end was seen. @param {import('../race-state.js').State} state @returns {import('./conditions.js').Facts} */
function factsOf(state) {
  const scene = sceneOf(state);
  if (!scene?.isFresh) return Object.fromEntries(FACTS.map((name) => [name, null]));
  const { walk, at } = scene.runners[scene.chosen];
  const { minima } = scene.surface;
  const rate = scene.course.runs[scene.chosen].learning_rate ?? null;
  return {
    step: scene.step,
    lowest: lowestOf(scene.runners),
    outcome: scene.step >= scene.course.steps ? walk.outcome : 'unseen',
    rate,
    off_limit: rate === null || scene.limit === null ? null : Math.abs(rate - scene.limit),
    start: scene.course.start[0],
    start_y: scene.course.start[1] ?? null,
    at: walk.points[at][0],
    off: distanceTo(minima, walk.points[at]),
    value: walk.values[at],
    jumps: jumpsOf(walk, at),
    growing: Number(walk.is_growing),
    strides: stridesOf(walk, at),
    way: wayOf(walk, at, minima),
  };
}

/** How far a point is from the nearest minimum; null where there is none. @param {number[][]} minima @param {(number | null)[]} point */
function distanceTo(minima, point) {
  if (minima.length === 0 || point.includes(null)) return null;
  return Math.min(
    ...minima.map((one) => Math.hypot(...one.map((value, index) => value - Number(point[index])))),
  );
}
