/** The beginning of the page of races: reads what the page brought along, mounts everything, opens a race. */

import { Race, whenWaiting } from './actions/racing.js';
import { byId } from './dom.js';
import { createFormat, setFormat } from './lib/format.js';
import { createTranslator, setTranslator, t } from './lib/i18n.js';
import { fromHash } from './lib/race/course.js';
import { mountProjector } from './panels/projector.js';
import { mountCourse } from './panels/race/course.js';
import { mountFigures, mountLooks } from './panels/race/figures.js';
import { mountRacePage } from './panels/race/page.js';
import { mountParts } from './panels/race/parts.js';
import { mountRunners } from './panels/race/runners.js';
import { createTransport, mountTransport } from './panels/race/transport.js';
import { grantWishes } from './panels/wishes.js';

const { catalog, embedded, messages, parts, plotly } = JSON.parse(
  byId('start', HTMLElement).textContent ?? '',
);
const language = document.documentElement.lang;
setTranslator(createTranslator(messages, language));
setFormat(createFormat(language));

const race = new Race(catalog);
whenWaiting((waiting) => race.wait(waiting));

function openAddress() {
  const { hash } = location;
  const isFirst = race.store.get().course.runs.length === 0;
  if (hash.length < 2 || document.getElementById(hash.slice(1))) {
    if (!isFirst) return;
    race.openRace(first.name);
    if (wishes.preset !== null && wishes.preset !== first.name)
      race.complain(
        `${t('There is no race of the name that the link asks for.')} ${t('Here is the first race instead.')}`,
      );
    return;
  }
  const asked = fromHash(hash, catalog);
  if (asked) {
    race.open(asked.course, asked.change);
    return;
  }
  if (isFirst) race.openRace(first.name);
  const rest = isFirst ? t('Here is the first race instead.') : t('Nothing was changed.');
  race.complain(`${t('The link could not be read.')} ${rest}`);
}

const wishes = grantWishes(parts);
const first =
  catalog.races.find((/** @type {{name: string}} */ row) => row.name === wishes.preset) ?? catalog.races[0];
const transport = createTransport(race);
mountProjector();
mountRacePage(race, transport);
mountTransport(race, transport);
mountCourse(race);
mountRunners(race);
mountParts(race);
mountFigures(race, plotly);
mountLooks(race);
if (embedded) import('./lessons/reporting.js').then(({ beginInstrument }) => beginInstrument());
addEventListener('hashchange', openAddress);
openAddress();
