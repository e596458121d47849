/** The course: which race, which surface, where it starts and how long it goes. */

import { byId, element } from '../../dom.js';
import { t } from '../../lib/i18n.js';
import { raceOf, startSetting } from '../../lib/race/course.js';
import { settingOf } from '../../lib/setting.js';
import { field, forgetRefused, menu, numeric, told } from '../setup/controls.js';
import { refill } from '../setup/patch.js';

/** @typedef {import('../../race-state.js').State} State */
/** @typedef {import('../../actions/racing.js').Race} Race */

const OWN = '';

/** Steps of − and + of the number of updates. */
const STEPS = /** @type {[number, number]} */ ([10, 500]);

/** @param {Race} race */
export function mountCourse(race) {
  const panel = byId('course', HTMLElement);
  const races = byId('race-choice', HTMLElement);
  const again = () => {
    const state = race.store.get();
    refill(races, choice(race, state));
    refill(panel, contents(race, state, again));
    showSummary(state);
  };
  /** @type {unknown} */
  let shown;
  race.store.subscribe((state) => {
    if (state.course === shown || state.course.runs.length === 0) return;
    shown = state.course;
    again();
  });
}

/** The race that was chosen last: its words go on to hold while only start and runs are changed. @type {State['catalog']['races'][number] | undefined} */
let last;

/** @param {Race} race @param {State} state */
function choice(race, { catalog, course }) {
  const known = raceOf(catalog, course);
  if (known || last?.surface !== course.surface) last = known;
  const rows = told(catalog.races);
  const own = known ? [] : [{ name: OWN, label: t('A race of your own') }];
  const select = menu('race-name', [...own, ...rows], known?.name ?? OWN, (name) => {
    if (name === OWN) return;
    forgetRefused();
    race.openRace(name);
  });
  const words = last
    ? t(last.look_for)
    : t('Change whatever you like: the surface, the start, the runs. All of it is computed anew at once.');
  return [
    element('label', { for: 'race-name' }, t('Race')),
    select,
    element('p', { class: 'look-for', id: 'look-for' }, words),
  ];
}

/** @param {Race} race @param {State} state @param {() => void} again */
function contents(race, { catalog, course }, again) {
  const surface = catalog.surfaces.find(({ name }) => name === course.surface);
  if (!surface) return [];
  const axes = surface.axes.map((axis, index) =>
    numeric({
      id: `start-${axis}`,
      label: t('start {axis}', { axis }),
      setting: startSetting(surface, index),
      value: course.start[index],
      take: (value) =>
        race.setStart(race.store.get().course.start.map((one, at) => (at === index ? value : one))),
      again,
    }),
  );
  const steps = numeric({
    id: 'steps',
    label: t('steps'),
    setting: settingOf({
      ...{ name: 'steps', label: '', minimum: 1, maximum: catalog.limits.walk_steps },
      ...{ integer: true, slider: STEPS, default: 60 },
    }),
    value: course.steps,
    take: (value) => race.setSteps(value),
    again,
  });
  const surfaces = menu('surface', told(catalog.surfaces), course.surface, (name) => {
    forgetRefused();
    race.setSurface(name);
  });
  return [
    element('h2', {}, t('The course')),
    field(t('surface'), surfaces),
    ...[...axes, steps].map(withFewStops),
  ];
}

/** Where there is a slider, its arrows are the keyboard's − and +. @param {HTMLElement} row */
export function withFewStops(row) {
  if (row.querySelector('input[type="range"]'))
    for (const button of row.querySelectorAll('.stepper')) button.setAttribute('tabindex', '-1');
  return row;
}

/** @param {State} state */
function showSummary({ catalog, course }) {
  const surface = catalog.surfaces.find(({ name }) => name === course.surface);
  if (!surface) return;
  byId('summary', HTMLElement).textContent = t(surface.label);
}
