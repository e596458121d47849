/** The beginning of a lesson: its text is there already; the instruments are mounted when they come into view. */

import { showTable, whenWaiting } from './actions/lessons.js';
import { byId } from './dom.js';
import { createFormat, setFormat } from './lib/format.js';
import { createTranslator, setTranslator } from './lib/i18n.js';
import { mountNumber, mountPredict, mountTask } from './lessons/blocks.js';
import { doneIn, load, save, withDone } from './lessons/progress.js';
import { store } from './lesson-state.js';
import { setPage } from './mount.js';
import { waited } from './panels/waiting.js';

/**
 * What draws each instrument: a lesson loads those that it has.
 * @type {Record<string, () => Promise<{mountInstrument: (place: HTMLElement, settings: any, tell: (facts: any) => void, page: {index: number, plotly: string, catalog: any, more: string, own: import('./mount.js').Page}) => void}>>}
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

const { messages, lesson, blocks, plotly, catalog, more } = JSON.parse(
  byId('start', HTMLElement).textContent ?? '',
);
const language = document.documentElement.lang;
setTranslator(createTranslator(messages, language));
setFormat(createFormat(language));

const own = { store, showTable };
setPage(own);

let progress = { ...load(), last: lesson };
save(progress);

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
    whenSeen(place, block.name, (mount) =>
      mount(place, block, told.tell, { index, plotly, catalog, more, own }),
    );
    continue;
  }
  BLOCKS[block.kind]?.(block, {
    facts: current.hear,
    done: () => doneIn(progress, lesson),
    keep: (/** @type {'tasks'} */ kind, /** @type {string} */ name, /** @type {any} */ what) => {
      progress = withDone({ ...load(), ...progress }, lesson, kind, name, what);
      save(progress);
    },
  });
}

const banner = byId('banner', HTMLElement);
whenWaiting((waiting) => {
  banner.hidden = waiting === null;
  banner.replaceChildren(...(waiting ? waited(waiting) : []));
});
