/** The lab's beginning: reads what the page brought along, mounts everything, opens the experiment. */

import * as actions from './actions.js';
import { byId } from './dom.js';
import { createFormat, setFormat } from './lib/format.js';
import { uprightHeight } from './lib/geometry.js';
import { createTranslator, setTranslator, t } from './lib/i18n.js';
import { mount } from './mount.js';
import { mountBanner } from './panels/banner.js';
import { mountInspector } from './panels/inspector.js';
import { mountKeys } from './panels/keys.js';
import { mountPage } from './panels/page.js';
import { mountRate } from './panels/rate.js';
import { mountSetup } from './panels/setup.js';
import { mountTransport } from './panels/transport.js';
import { store } from './state.js';
import { fromHash } from './url.js';
import { VIEWS } from './views/index.js';

const { catalog, messages, plotly } = JSON.parse(byId('start', HTMLElement).textContent ?? '');
const language = document.documentElement.lang;
setTranslator(createTranslator(messages, language));
setFormat(createFormat(language));

/** A link to a step beyond this would compute for minutes before it showed anything. */
const FURTHEST = 200_000;

/** @param {string} name */
const preset = (name) => catalog.presets.find((/** @type {{name: string}} */ row) => row.name === name);

/** @param {import('./url.js').Link} link */
async function openLink({ preset: name, experiment, rate, changes, step, cursor, whole, example, task }) {
  const chosen = experiment ?? preset(name)?.experiment;
  if (!chosen || !preset(name) || step > FURTHEST)
    return openFirst(
      t('The link names something this lab does not have; here is the worked example instead.'),
    );
  const history = { learning_rate: rate, changes, losses: [], frames: [] };
  await actions.open(chosen, { preset: name, example, task, steps: step, history });
  const { now, trace, trouble } = store.get();
  if (trouble || now === null)
    return openFirst(t('The link could not be followed; here is the worked example instead.'));
  if (!whole) actions.toCursor(Math.min(cursor, trace?.operations?.length ?? 0));
}

/** @param {string} [complaint] */
async function openFirst(complaint) {
  await actions.open(preset('worked').experiment, { preset: 'worked' });
  if (complaint) actions.complainOfLink(complaint);
}

function openAddress() {
  const link = fromHash(location.hash);
  if (link === null) return openFirst();
  if (link === 'unreadable')
    return openFirst(t('The link could not be read; here is the worked example instead.'));
  return openLink(link);
}

actions.begin(catalog);
mountPage();
mountSetup();
mountTransport();
mountInspector();
mountRate();
mountBanner();
mountKeys();
mount(
  byId('network-plot', HTMLElement).closest('figure') ?? document.body,
  VIEWS.network,
  plotly,
  (slice, isNarrow) => (isNarrow ? uprightHeight(slice.sizes) : null),
);
mount(byId('loss-plot', HTMLElement).closest('figure') ?? document.body, VIEWS.lossCurve, plotly);
addEventListener('hashchange', openAddress);
openAddress();
