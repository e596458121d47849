/** The contents page: one live figure, what was done in each lesson, and where to go on. */

import { Race } from './actions/racing.js';
import { byId } from './dom.js';
import { createFormat, setFormat } from './lib/format.js';
import { createTranslator, setTranslator, t } from './lib/i18n.js';
import { clear, countDone, load, next } from './lessons/progress.js';
import { mount } from './mount.js';
import { mountStart } from './panels/race/start.js';
import { say } from './panels/toast.js';
import * as map from './views/race/map.js';

const { catalog, messages, plotly, lessons } = JSON.parse(byId('start', HTMLElement).textContent ?? '');
const language = document.documentElement.lang;
setTranslator(createTranslator(messages, language));
setFormat(createFormat(language));

function showProgress() {
  const progress = load();
  for (const { slug, things } of lessons) {
    const row = document.querySelector(`[data-lesson="${slug}"]`);
    const done = countDone(progress, slug, things);
    const mark = /** @type {HTMLElement} */ (row?.querySelector('.lesson-done'));
    mark.hidden = done === 0;
    mark.textContent = t('{done} of {all} done', { done, all: things.length });
    row?.classList.toggle('is-done', done === things.length);
  }
  const going = next(progress, lessons);
  const words = byId('continue-words', HTMLElement);
  const link = byId('continue', HTMLAnchorElement);
  if (going) {
    link.href = `/${language}/lessons/${going.slug}`;
    words.textContent = t('Continue where I was');
  }
  const isEmpty = Object.keys(progress.lessons).length === 0;
  for (const id of ['progress-save', 'progress-clear']) byId(id, HTMLButtonElement).disabled = isEmpty;
}

function saveProgress() {
  const text = JSON.stringify(load(), null, 1);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: 'backstep-progress.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  say(t('Saved as {name}.', { name: link.download }));
}

byId('progress-save', HTMLButtonElement).addEventListener('click', saveProgress);
byId('progress-clear', HTMLButtonElement).addEventListener('click', () => {
  clear();
  showProgress();
  say(t('Forgotten.'));
});
showProgress();
addEventListener('pageshow', showProgress);

const race = new Race(catalog);
const plot = byId('race-map-plot', HTMLElement);
const page = { store: race.store, showTable: race.showTable.bind(race) };
mount(byId('race-map', HTMLElement), { ...map, table: undefined }, plotly, { page });
mountStart(race, plot);
race.openRace('momentum');
