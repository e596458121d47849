/** The instrument that is the lab itself: the parts that a lesson asks for, on one experiment or a choice of some. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { factsOf } from '../lib/lab-facts.js';
import { t } from '../lib/i18n.js';
import { keep, kept } from '../kept.js';
import { expectMessages, later } from '../later.js';
import { setPage } from '../mount.js';
import { mountAnnouncer } from '../panels/announcer.js';
import { mountBanner } from '../panels/banner.js';
import { mountTransport } from '../panels/transport.js';
import { store } from '../state.js';
import { fromText, toText } from '../url.js';

/** @typedef {{presets: string[], parts: string[], task: import('../state.js').Task}} Settings */
/** @typedef {{name: string, label: string, experiment: any, example?: number}} Preset */

/** Each part is loaded when a lesson has it. @type {Record<string, () => Promise<(plotly: string) => void>>} */
const PARTS = {
  setup: async () => {
    const [{ mountSummary }, { mountUndoing }] = await Promise.all([
      import('../panels/summary.js'),
      import('../panels/page.js'),
    ]);
    return () => {
      mountSummary();
      mountUndoing();
    };
  },
  network: async () => {
    const [{ mountNetwork }, { mountExample }] = await Promise.all([
      import('../panels/network.js'),
      import('../panels/summary.js'),
    ]);
    return (plotly) => {
      mountNetwork(plotly);
      mountExample();
    };
  },
  transport: async () => mountTransport,
  inspector: async () => (await import('../panels/inspector.js')).mountInspector,
  card: async () => (await import('../panels/card.js')).mountCard,
  boundary: async () => (await import('../panels/train.js')).mountBoundary,
  train: async () => (await import('../panels/train.js')).mountLoss,
  measures: async () => (await import('../panels/train.js')).mountMeasures,
  branches: async () => (await import('../panels/branches.js')).mountBranches,
  health: async () => (await import('../panels/health.js')).mountHealth,
  landscape: async () => (await import('../panels/map.js')).mountMap,
  sharpness: async () => (await import('../panels/steps.js')).mountSharpness,
  rates: async () => (await import('../panels/steps.js')).mountRates,
  slope: async () => (await import('../panels/steps.js')).mountSlope,
  votes: async () => (await import('../panels/inside.js')).mountVotes,
  check: async () => (await import('../panels/inside.js')).mountCheck,
  strip: async () => (await import('../panels/inside.js')).mountStrip,
  rate: async () => {
    const [{ mountRate }, { mountZones }] = await Promise.all([
      import('../panels/rate.js'),
      import('../panels/zones.js'),
    ]);
    return () => {
      mountRate();
      mountZones();
    };
  },
};

/** Parts that show what is asked besides the moment on screen. */
const ASKING = ['rate', 'rates', 'slope', 'landscape', 'sharpness'];

/** Milliseconds after which what could not be loaded is asked for again. */
const AGAIN = 1000;

/** All that some parts need; where the server is away, when it is back. @param {string[]} parts */
async function loaded(parts) {
  const isAsking = parts.some((part) => ASKING.includes(part));
  const load = () =>
    Promise.all([
      Promise.all(parts.map((part) => PARTS[part]())),
      isAsking ? import('../actions/asides.js') : null,
    ]);
  for (;;) {
    const found = await later(load).catch(() => null);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

/** @param {HTMLElement} place @param {Settings} settings @param {(facts: import('./conditions.js').Facts) => void} tell @param {{plotly: string, catalog: any, more: string, lesson: string, own: import('../mount.js').Page}} page */
export async function mountInstrument(
  place,
  { presets, parts, task },
  tell,
  { plotly, catalog, more, lesson, own },
) {
  expectMessages(more);
  const [mounts, asides] = await loaded(parts);
  const template = /** @type {HTMLTemplateElement} */ (place.querySelector('template'));
  template.replaceWith(template.content);
  // Its figures show the lab's state; what else the lesson has, its own.
  setPage({ store, showTable: actions.showTable });
  actions.begin(catalog);
  actions.choose({ task });
  mountBanner('lab-banner', false);
  mountAnnouncer();
  for (const mountPart of mounts) mountPart(plotly);
  setPage(own);
  asides?.beginAsides();
  const chosen = presets.map((name) =>
    catalog.presets.find((/** @type {Preset} */ one) => one.name === name),
  );
  mountChoice(chosen, task);
  store.subscribe((state) => {
    // Before there is a first moment a press would have nothing to act on, and be lost.
    place.inert = state.now === null;
    place.dataset.task = state.task;
    tell(factsOf(state));
  });
  await begin(lesson, chosen, task);
  keepOn(lesson);
}

/** Open what the tab has kept of this lesson, if it still fits; else the lesson's first experiment. @param {string} lesson @param {Preset[]} presets @param {Settings['task']} task */
async function begin(lesson, presets, task) {
  const found = fromText(kept(lesson) ?? '');
  const isOurs = found !== 'unreadable' && presets.some(({ name }) => name === found.link.preset);
  if (isOurs) await actions.openLink(found.link, found.ignored);
  if (store.get().now === null) await open(presets[0], task, true);
}

/** Keep the experiment for a reload and the other language: when the page goes, or might. @param {string} lesson */
function keepOn(lesson) {
  const keepNow = () => {
    if (store.get().now !== null) keep(toText(store.get()), lesson);
  };
  addEventListener('pagehide', keepNow);
  document.addEventListener('visibilitychange', () => document.hidden && keepNow());
}

/** @param {Preset} preset @param {Settings['task']} task @param {boolean} isFirst */
function open({ name, experiment, example = 0 }, task, isFirst) {
  return actions.open(experiment, { preset: name, task, example, isFirst, isWhole: task !== 'step' });
}

/** @param {Preset[]} presets @param {Settings['task']} task */
function mountChoice(presets, task) {
  if (presets.length < 2) return;
  const select = byId('lesson-preset', HTMLSelectElement);
  select.append(...presets.map(({ name, label }) => element('option', { value: name }, t(label))));
  select.addEventListener('change', () => {
    const preset = presets.find(({ name }) => name === select.value);
    if (preset) open(preset, task, false);
  });
  store.subscribe(({ preset, isStale }) => {
    // Until what was chosen is there, the choice stays: arrow keys go on from it.
    if (!isStale && presets.some(({ name }) => name === preset)) select.value = preset;
  });
}
