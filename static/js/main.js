/** The lab's beginning: reads what the page brought along, mounts everything, opens the experiment. */

import * as actions from './actions.js';
import { byId } from './dom.js';
import { createFormat, setFormat } from './lib/format.js';
import { createTranslator, setTranslator, t } from './lib/i18n.js';
import { kept } from './kept.js';
import { dress, expectMessages, later } from './later.js';
import { loadPlotly, setPage } from './mount.js';
import { mountAnnouncer } from './panels/announcer.js';
import { mountBanner } from './panels/banner.js';
import { mountInspector } from './panels/inspector.js';
import { mountKeys } from './panels/keys.js';
import { mountPage } from './panels/page.js';
import { mountProjector } from './panels/projector.js';
import { mountRate } from './panels/rate.js';
import { mountSharing } from './panels/sharing.js';
import { mountNetwork } from './panels/network.js';
import { mountEditing, mountExample, mountSummary } from './panels/summary.js';
import { mountTransport } from './panels/transport.js';
import { grantWishes } from './panels/wishes.js';
import { store } from './state.js';
import { KEPT, fromHash, fromText } from './url.js';

const { catalog, embedded, messages, more, parts, plotly } = JSON.parse(
  byId('start', HTMLElement).textContent ?? '',
);
const language = document.documentElement.lang;
setTranslator(createTranslator(messages, language));
setFormat(createFormat(language));
expectMessages(more);

/** @param {string} name */
const preset = (name) => catalog.presets.find((/** @type {{name: string}} */ row) => row.name === name);

/** @param {string} [complaint] */
async function openFirst(
  complaint = isKnown ? undefined : t('There is no example of the name that the link asks for.'),
) {
  const { name, experiment, example, task } = preset(isKnown && wishes.preset ? wishes.preset : 'worked');
  const more = name === 'worked' ? {} : { example, task };
  await actions.open(experiment, { preset: name, isFirst: true, ...more });
  if (complaint) actions.complainOfLink(complaint);
}

/** What the address asks for; what is too long for an address was kept by the browser. */
function asked() {
  const { hash } = location;
  if (document.getElementById(hash.slice(1))) return null; // a place on the page
  return hash === KEPT ? fromText(kept() ?? '') : fromHash(hash);
}

/** Begin with the worked example, if nothing is there yet, and say why. @param {string} why */
function failed(why) {
  if (store.get().now !== null) actions.complainOfLink(`${why} ${t('Nothing was changed.')}`);
  else openFirst(`${why} ${t('Here is the worked example instead.')}`);
}

/** Why the link could not be followed, in the server's words where it said it. */
function whyNot() {
  const { trouble } = store.get();
  const why = t('The link could not be followed.');
  return trouble?.kind === 'refused' ? `${why} ${trouble.message}` : why;
}

async function openAddress() {
  const wanted = asked();
  if (wanted === null) return store.get().now === null ? openFirst() : undefined;
  if (wanted !== 'unreadable') {
    if (!(await actions.openLink(wanted.link, wanted.ignored)) && store.get().trouble?.kind !== 'refused')
      failed(t('The link could not be followed.'));
    else if (store.get().now === null) failed(whyNot());
  } else if (location.hash === KEPT)
    failed(
      t('This experiment was too long for an address, and only the browser tab it was made in has kept it.'),
    );
  else failed(t('The link could not be read.'));
}

/** Milliseconds after which what could not be loaded is asked for again. */
const AGAIN = 1000;

/**
 * What only a task, or an asked number, needs is loaded when it is first wanted; where the server is not there, with
 * what happens after it.
 * @param {(state: import('./state.js').State) => boolean} isWanted
 * @param {() => Promise<() => void>} load  returns what puts it on the page
 */
function whenWanted(isWanted, load) {
  let isLoading = false;
  store.subscribe(async (state) => {
    if (isLoading || !isWanted(state)) return;
    isLoading = true;
    const put = await load().catch(() => null);
    if (put) put();
    else setTimeout(() => (isLoading = false), AGAIN);
  });
}

const wishes = grantWishes(parts);
const isKnown = wishes.preset === null || preset(wishes.preset) !== undefined;
setPage({ store, showTable: actions.showTable });
actions.begin(catalog);
mountProjector();
mountPage();
mountSharing();
mountSummary();
mountTransport();
mountInspector();
mountAnnouncer();
mountRate();
mountBanner();
mountKeys();
mountNetwork(plotly);
mountExample();
mountEditing();
whenWanted(
  ({ task }) => task !== 'step',
  async () => {
    const { mountTrain } = await later(() => import('./panels/train.js'));
    return () => mountTrain(plotly);
  },
);
whenWanted(
  ({ task }) => task !== 'step',
  async () => {
    await dress('train-side');
    const { mountBranches } = await later(() => import('./panels/branches.js'));
    const { mountHealth } = await later(() => import('./panels/health.js'));
    return () => {
      mountBranches();
      mountHealth();
    };
  },
);
whenWanted(
  ({ task }) => task === 'inside',
  async () => {
    await dress('inside', 'map', 'steps');
    const { mountInside } = await later(() => import('./panels/inside.js'));
    return () => mountInside(plotly);
  },
);
whenWanted(
  ({ pinned }) => pinned !== null,
  async () => {
    await dress('card', 'card-sections', 'inside');
    const { mountCard } = await later(() => import('./panels/card.js'));
    return () => mountCard(plotly);
  },
);
whenWanted(
  ({ trace }) => trace !== null,
  async () => {
    await loadPlotly(plotly).catch(() => {}); // after the first view; without figures they are words all the same
    await dress('steps');
    const { beginAsides } = await later(() => import('./actions/asides.js'));
    const { mountZones } = await later(() => import('./panels/zones.js'));
    return () => {
      beginAsides();
      mountZones();
    };
  },
);
if (embedded) import('./lessons/reporting.js').then(({ beginInstrument }) => beginInstrument());
addEventListener('hashchange', openAddress);
openAddress();
