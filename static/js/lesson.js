/** The beginning of a lesson: its text is there already; the instruments are mounted when they come into view. */

import { showTable, whenWaiting } from './actions/lessons.js';
import { byId } from './dom.js';
import { createFormat, setFormat } from './lib/format.js';
import { createTranslator, setTranslator } from './lib/i18n.js';
import { mountNumber, mountTask } from './lessons/blocks.js';
import { mountPredict } from './lessons/predict.js';
import { countDone, doneIn, load, save, withDone } from './lessons/progress.js';
import { beginReporting, hereIs } from './lessons/reporting.js';
import { store } from './lesson-state.js';
import { setPage } from './mount.js';
import { mountProjector } from './panels/projector.js';
import { waited } from './panels/waiting.js';
import { grantWishes } from './panels/wishes.js';

/**
 * What draws each instrument: a lesson loads those that it has.
 * @type {Record<string, () => Promise<{mountInstrument: (place: HTMLElement, settings: any, tell: (facts: any) => void, page: {index: number, plotly: string, catalog: any, more: string, lesson: string, own: import('./mount.js').Page}) => void}>>}
 */
const INSTRUMENTS = {
  pixels: () => import('./lessons/pixels.js'),
  neuron: () => import('./lessons/neuron.js'),
  network: () => import('./lessons/network.js'),
  losses: () => import('./lessons/losses.js'),
  slope: () => import('./lessons/slope.js'),
  race: () => import('./lessons/race.js'),
  expression: () => import('./lessons/expression.js'),
  faded: () => import('./lessons/faded.js'),
  lab: () => import('./lessons/lab.js'),
  symmetry: () => import('./lessons/symmetry.js'),
  sabotage: () => import('./lessons/sabotage.js'),
};
/** What each kind of block does. @type {Record<string, (block: any, page: any) => void>} */
const BLOCKS = { predict: mountPredict, task: mountTask, number: mountNumber };

const { messages, lesson, embedded, blocks, parts, plotly, catalog, more } = JSON.parse(
  byId('start', HTMLElement).textContent ?? '',
);
const language = document.documentElement.lang;
setTranslator(createTranslator(messages, language));
setFormat(createFormat(language));

const own = { store, showTable };
setPage(own);
const { hide } = grantWishes(parts);
mountProjector();
for (const link of document.querySelectorAll('a[data-language]'))
  /** @type {HTMLAnchorElement} */ (link).search = location.search;

let progress = { ...load(), last: lesson };
save(progress);

/** What there is to do, as far as it is shown. */
const things = blocks
  .filter((/** @type {any} */ { kind, name }) => kind in BLOCKS && !hide.includes(name))
  .map((/** @type {any} */ { name }) => name);
const report = embedded
  ? beginReporting(
      byId('main', HTMLElement),
      hereIs('lesson'),
      () => countDone(progress, lesson, things) === things.length,
    )
  : () => {};

/** A place where an instrument's facts are told, and heard of. */
function channel() {
  /** @type {Set<(facts: any) => void>} */
  const listeners = new Set();
  return {
    tell: (/** @type {any} */ facts) => listeners.forEach((listener) => listener(facts)),
    hear: (/** @type {(facts: any) => void} */ listener) => listeners.add(listener),
  };
}

/** Milliseconds after which what could not be loaded is asked for again. */
const AGAIN = 1000;

/** @param {HTMLElement} place @param {string} name @param {(load: any) => void} mount */
function whenSeen(place, name, mount) {
  const load = () =>
    INSTRUMENTS[name]().then(
      (loaded) => mount(loaded.mountInstrument),
      () => setTimeout(load, AGAIN),
    );
  const watch = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      watch.disconnect();
      load();
    },
    { rootMargin: '50%' },
  );
  watch.observe(place);
}

const places = [...document.querySelectorAll('[data-instrument]')];
let current = channel();
for (const [index, block] of blocks.entries()) {
  if (block.kind === 'instrument') {
    const place = /** @type {HTMLElement} */ (places.shift());
    const told = channel();
    current = told;
    // Authors of lessons see there what a condition can ask for.
    told.hear((facts) => place.setAttribute('data-facts', JSON.stringify(facts)));
    whenSeen(place, block.name, (mount) =>
      mount(place, block, told.tell, { index, plotly, catalog, more, lesson, own }),
    );
    continue;
  }
  if (hide.includes(block.name)) {
    byId(`q-${block.name}`, HTMLElement).hidden = true;
    continue;
  }
  BLOCKS[block.kind]?.(block, {
    facts: current.hear,
    done: () => doneIn(progress, lesson),
    keep: (
      /** @type {'tasks'} */ kind,
      /** @type {string} */ name,
      /** @type {any} */ what,
      /** @type {import('./lessons/reporting.js').Said | undefined} */ said,
    ) => {
      progress = withDone({ ...load(), ...progress }, lesson, kind, name, what);
      save(progress);
      report(kind, name, said);
    },
  });
}

const banner = byId('banner', HTMLElement);
whenWaiting((waiting) => {
  banner.hidden = waiting === null;
  banner.replaceChildren(...(waiting ? waited(waiting) : []));
});
