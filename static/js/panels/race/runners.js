/** The runs: each with its number, where it is and how it ends; the chosen one with all that it can be changed in. */

import { byId, element } from '../../dom.js';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { freshRun } from '../../lib/race/course.js';
import { hasFlown, sceneOf, styleOf } from '../../lib/race/scene.js';
import { outcomeReason, outcomeWord, placeName, runName, verdictOf } from '../../lib/race/words.js';
import { sliderOf } from '../../lib/setting.js';
import { bandsOf, limitOf, limitWords, markOf, trackOf } from '../../lib/zones.js';
import { field, menu, numeric, told } from '../setup/controls.js';
import { refill } from '../setup/patch.js';
import { withFewStops } from './course.js';

/** @typedef {import('../../race-state.js').Run} Run */
/** @typedef {import('../../lib/race/scene.js').Scene} Scene */
/** @typedef {import('../../actions/racing.js').Race} Race */

/** @param {Race} race */
export function mountRunners(race) {
  const list = byId('runners', HTMLElement);
  const add = byId('runner-add', HTMLButtonElement);
  const full = byId('runner-full', HTMLElement);
  add.addEventListener('click', () => race.addRun());
  const again = () => {
    const scene = sceneOf(race.store.get());
    if (scene) refill(list, runnersOf(race, scene, again));
  };
  race.store.subscribe(({ course, catalog }) => {
    if (course.runs.length === 0) return;
    const isFull = course.runs.length >= catalog.limits.runs;
    add.disabled = isFull;
    full.hidden = !isFull;
    full.textContent = isFull
      ? t('{count} runs are as many as can be told apart.', { count: catalog.limits.runs })
      : '';
    again();
  });
}

/** @param {Race} race @param {Scene} scene @param {() => void} again */
function runnersOf(race, scene, again) {
  const { course, chosen } = race.store.get();
  return course.runs.map((run, index) => {
    const isChosen = index === chosen;
    const body = isChosen ? [bodyOf(race, scene, run, index, again)] : [];
    return element(
      'li',
      { class: `runner${isChosen ? ' is-chosen' : ''}`, id: `runner-${index}` },
      headOf(race, scene, run, index),
      ...body,
    );
  });
}

/** @param {Race} race @param {Scene} scene @param {Run} run @param {number} index */
function headOf(race, scene, run, index) {
  const { catalog, chosen } = race.store.get();
  const runner = scene.isFresh ? scene.runners[index] : undefined;
  const value = runner ? number(runner.walk.values[runner.at]) : '—';
  const attributes = {
    type: 'button',
    class: 'runner-head',
    id: `runner-choose-${index}`,
    'aria-pressed': String(index === chosen),
  };
  const button = element(
    'button',
    attributes,
    element(
      'span',
      { class: 'runner-disc', style: `--run: var(--branch-${styleOf(index).colour})` },
      `${index + 1}`,
    ),
    element('span', { class: 'runner-name' }, runName(catalog, run)),
    element('span', { class: 'runner-value' }, value),
    element(
      'span',
      { class: `runner-outcome is-${runner?.walk.outcome ?? 'unknown'}` },
      runner ? outcomeWord(runner.walk, scene.step, scene.course.steps) : '—',
    ),
  );
  button.addEventListener('click', () => race.choose({ chosen: index }));
  return button;
}

/** @param {Race} race @param {Scene} scene @param {Run} run @param {number} index @param {() => void} again */
function bodyOf(race, scene, run, index, again) {
  const { catalog, course } = race.store.get();
  const settings = catalog.optimizers.find(({ name }) => name === run.name)?.settings ?? [];
  const limit = limitOf({ critical_learning_rate: scene.limit }, run);
  const rows = settings.map((setting) => {
    const row = numeric({
      id: `run-${setting.name}`,
      label: setting.name === 'learning_rate' ? t('Learning rate η') : t(setting.label),
      setting,
      value: /** @type {Record<string, any>} */ (run)[setting.name] ?? setting.default,
      take: (value) => take(race, index, setting.name, value),
      again,
    });
    if (setting.name === 'learning_rate') colourRate(row, setting, scene, index);
    return withFewStops(row);
  });
  const optimizers = menu('run-optimizer', told(catalog.optimizers), run.name, (name) =>
    race.setRun(race.store.get().chosen, freshRun(catalog, name), ''),
  );
  return element(
    'div',
    { class: 'runner-body', id: 'runner-body' },
    element('p', { class: 'note', id: 'runner-told' }, toldOf(scene, index)),
    field(t('Optimizer'), optimizers),
    ...rows,
    element(
      'p',
      { class: 'note', id: 'runner-verdict' },
      scene.isFresh ? verdictOf(scene.runners[index].walk) : '—',
    ),
    element('p', { class: 'note', id: 'runner-limit' }, limitNote(limit, scene)),
    ...(course.runs.length > 1 ? [removing(race, index)] : []),
  );
}

/** @param {Race} race @param {number} index @param {string} name @param {number} value */
export function take(race, index, name, value) {
  const run = race.store.get().course.runs[index];
  race.setRun(index, /** @type {Run} */ ({ ...run, [name]: value }), name);
}

/** @param {Race} race @param {number} index */
function removing(race, index) {
  const button = element(
    'button',
    { type: 'button', class: 'button', id: 'runner-remove' },
    t('Remove run {run}', { run: index + 1 }),
  );
  button.addEventListener('click', () => race.removeRun(race.store.get().chosen));
  return button;
}

/** Where it is and what its end means. @param {Scene} scene @param {number} index */
function toldOf({ isFresh, runners, step, course, surface }, index) {
  const runner = runners[index];
  if (!isFresh || !runner) return '—';
  const { walk, at } = runner;
  const where = hasFlown(runner)
    ? ''
    : t('After step {step} it is at {place}.', { step, place: placeName(walk.points[at], surface) });
  return step < course.steps ? where || outcomeReason(walk) : `${where} ${outcomeReason(walk)}`.trim();
}

/** @param {ReturnType<typeof limitOf>} limit @param {Scene} scene */
function limitNote(limit, { isFresh, surface, limitAt }) {
  if (!isFresh) return '—';
  if (limit.rate === null) return t('There is no limit 2/λ here.');
  const values = { limit: limitWords(limit.formula, limit.rate) };
  if (!limit.isOwn)
    return t('Its steps are divided by what it has met: no formula gives a limit of its rate.');
  return surface.minima.length > 0
    ? t('Its limit is {limit}: beyond it, it cannot stay at the minimum {place}.', {
        ...values,
        place: placeName(limitAt, surface),
      })
    : t('Where it starts its limit is {limit}.', values);
}

/**
 * Colour the slider of a rate by what every rate would do, and mark the limit where it is the optimizer's own.
 * @param {HTMLElement} row
 * @param {import('../../lib/setting.js').Setting} setting
 * @param {Scene} scene
 * @param {number} index  of the run
 */
export function colourRate(row, setting, scene, index) {
  const scale = sliderOf(setting);
  const runner = scene.runners[index];
  if (!scale || !runner) return;
  const share = (/** @type {number} */ rate) =>
    Math.min(1, Math.max(0, (scale.position(rate) - scale.low) / (scale.high - scale.low)));
  const { rate, isOwn } = limitOf({ critical_learning_rate: scene.limit }, scene.course.runs[index]);
  const marks = isOwn && rate !== null ? [markOf(share(rate))] : [];
  const track = [...marks, trackOf(bandsOf(runner.walk.rates), share)].join(', ');
  row.querySelector('input[type="range"]')?.setAttribute('style', `--track: ${track}`);
}
