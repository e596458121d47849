/** The course: which race, which surface, where it starts and how long it goes. */

import * as actions from '../../actions/racing.js';
import { byId, element } from '../../dom.js';
import { t } from '../../lib/i18n.js';
import { raceOf, startSetting } from '../../lib/race/course.js';
import { axisNames } from '../../lib/race/words.js';
import { settingOf } from '../../lib/setting.js';
import { store } from '../../race-state.js';
import { field, forgetRefused, menu, numeric, told } from '../setup/controls.js';
import { refill } from '../setup/patch.js';

/** @typedef {import('../../race-state.js').State} State */

const OWN = '';

/** Steps of − and + of the number of updates. */
const STEPS = /** @type {[number, number]} */ ([10, 500]);

export function mountCourse() {
  const panel = byId('course', HTMLElement);
  const races = byId('race-choice', HTMLElement);
  const again = () => {
    const state = store.get();
    refill(races, choice(state));
    refill(panel, contents(state, again));
    showSummary(state);
  };
  /** @type {unknown} */
  let shown;
  store.subscribe((state) => {
    if (state.course === shown || state.course.runs.length === 0) return;
    shown = state.course;
    again();
  });
}

/** The race that was chosen last: its words go on to hold while only start and runs are changed. @type {State['catalog']['races'][number] | undefined} */
let last;

/** @param {State} state */
function choice({ catalog, course }) {
  const race = raceOf(catalog, course);
  if (race || last?.surface !== course.surface) last = race;
  const rows = told(catalog.races);
  const own = race ? [] : [{ name: OWN, label: t('A race of your own') }];
  const select = menu('race-name', [...own, ...rows], race?.name ?? OWN, (name) => {
    if (name === OWN) return;
    forgetRefused();
    actions.openRace(name);
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

/** @param {State} state @param {() => void} again */
function contents({ catalog, course }, again) {
  const surface = catalog.surfaces.find(({ name }) => name === course.surface);
  if (!surface) return [];
  const axes = axisNames(surface.variables).map((axis, index) =>
    numeric({
      id: `start-${axis}`,
      label: t('start {axis}', { axis }),
      setting: startSetting(surface, index),
      value: course.start[index],
      take: (value) =>
        actions.setStart(store.get().course.start.map((one, at) => (at === index ? value : one))),
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
    take: actions.setSteps,
    again,
  });
  const surfaces = menu('surface', told(catalog.surfaces), course.surface, (name) => {
    forgetRefused();
    actions.setSurface(name);
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
