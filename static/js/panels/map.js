/** The map and its controls: which plane, from how near, from above or in space, and where the weights are put. */

import * as actions from '../actions.js';
import { beginMap } from '../actions/mapping.js';
import { byId } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { unzoomed } from '../lib/places.js';
import { asFine, zoomed } from '../lib/plane.js';
import { mount, NARROW } from '../mount.js';
import { store } from '../state.js';
import * as map from '../views/map.js';
import { boxOf } from '../views/map/flat.js';
import { spansOf, stopAt } from '../views/map/slice.js';
import { mountAxes } from './map-axes.js';
import { mountPlace } from './map-place.js';
import { mountRadios } from './radios.js';
import { hasWebGl } from './web-gl.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../views/map.js').Slice} Slice */

const NEARER = 0.6;
const QUARTER = 30;
const SEEDS = 1000;

/** A plane as it is when it is chosen. @param {State['plane']['kind']} kind @returns {State['plane']} */
function freshPlane(kind) {
  if (kind === 'random') return { kind, seed: 0, normalization: 'filter', radius: 1 };
  return kind === 'pca' ? { kind } : { kind, x: null, y: null };
}

const note = () => byId('map-note', HTMLElement);

/** Say something beside the map, or nothing more. @param {string} words */
function say(words) {
  note().hidden = words === '';
  note().textContent = words;
}

/** @param {string} plotly */
export function mountMap(plotly) {
  const figure = byId('map', HTMLElement);
  const plot = byId('map-plot', HTMLElement);
  mount(figure, map, plotly, {
    onPick: (pick) => 'step' in pick && goTo(pick),
    onPoint: (pick) => plot.classList.toggle('is-point', pick !== null),
    onLost: () => {
      actions.choose({ isSolid: false });
      say(t('The browser has stopped drawing in three dimensions, so the map is shown from above.'));
    },
  });
  mountKinds();
  mountForms();
  mountRandom();
  mountTools();
  mountAxes(say);
  mountPlace();
  mountClicks(plot);
  store.subscribe((state) => showState(figure, plot, state));
  beginMap();
}

/** @param {{step: number, branch?: number}} pick */
async function goTo({ step, branch }) {
  if (branch !== undefined && branch !== store.get().branch) await actions.switchTo(branch);
  actions.toStep(step);
}

/** @param {HTMLElement} figure @param {HTMLElement} plot @param {State} state */
function showState(figure, plot, state) {
  if (state.task !== 'inside') return;
  const slice = map.select(state);
  if (!slice) return;
  const isEmpty = slice.status !== 'ready';
  figure.classList.toggle('is-empty', isEmpty);
  figure.querySelector('.figure-empty')?.toggleAttribute('hidden', !isEmpty);
  // The map of where training began is still that: its caption says so. A map that another is coming for is grey.
  figure.classList.toggle('stale', !isEmpty && !slice.isFresh && !slice.isTraining);
  plot.classList.toggle('is-place', slice.kind === 'parameters' && !slice.isSolid);
}

function mountKinds() {
  const rows = {
    parameters: byId('map-axes', HTMLElement),
    random: byId('map-random', HTMLElement),
  };
  mountRadios(
    store,
    'map-kind',
    (kind) => {
      say('');
      actions.choose({ plane: freshPlane(/** @type {any} */ (kind)), axisAsked: null });
    },
    ({ plane }) => plane.kind,
  );
  store.subscribe(({ plane }) => {
    for (const [kind, row] of Object.entries(rows)) row.hidden = kind !== plane.kind;
  });
}

function mountForms() {
  const canTurn = hasWebGl();
  const turning = byId('map-turning', HTMLElement);
  const arrows = byId('map-arrows-switch', HTMLElement);
  mountRadios(
    store,
    'map-form',
    (form) => actions.choose({ isSolid: form === 'solid' }),
    ({ isSolid }) => (isSolid ? 'solid' : 'flat'),
  );
  for (const [id, sign] of /** @type {const} */ ([
    ['map-left', -1],
    ['map-right', 1],
  ]))
    byId(id, HTMLButtonElement).addEventListener('click', () =>
      actions.choose({ azimuth: (store.get().azimuth + sign * QUARTER) % 360 }),
    );
  store.subscribe(({ isSolid }) => {
    if (isSolid && !canTurn) {
      actions.choose({ isSolid: false });
      say(
        t('This browser cannot draw in three dimensions (it has no WebGL), so the map is shown from above.'),
      );
      return;
    }
    turning.hidden = !isSolid;
    arrows.hidden = isSolid;
  });
}

function mountRandom() {
  const normalization = byId('map-normalization', HTMLSelectElement);
  const words = byId('map-seed-words', HTMLElement);
  /** @param {object} change */
  const choose = (change) => {
    const { plane } = store.get();
    if (plane.kind === 'random') actions.choose({ plane: { ...plane, ...change } });
  };
  normalization.addEventListener('change', () => choose({ normalization: normalization.value }));
  byId('map-seed', HTMLButtonElement).addEventListener('click', () => {
    const { plane } = store.get();
    if (plane.kind === 'random') choose({ seed: (plane.seed + 1) % SEEDS });
  });
  store.subscribe(({ plane }) => {
    if (plane.kind !== 'random') return;
    normalization.value = plane.normalization;
    words.textContent = t('seed {seed}', { seed: String(plane.seed) });
  });
}

function mountTools() {
  const following = byId('map-following', HTMLInputElement);
  const arrows = byId('map-arrows', HTMLInputElement);
  following.addEventListener('change', () =>
    actions.choose({ centre: following.checked ? null : store.get().now }),
  );
  arrows.addEventListener('change', () => actions.choose({ hasArrows: arrows.checked }));
  const zoom = (/** @type {number} */ factor) => {
    const slice = map.select(store.get());
    if (!slice?.made || slice.status !== 'ready') return;
    const here = stopAt(slice, slice.step);
    const about = here && here.x !== null && here.y !== null ? { x: here.x, y: here.y } : null;
    actions.choose({ plane: zoomed(slice.made.mapped, factor, about) });
  };
  byId('map-in', HTMLButtonElement).addEventListener('click', () => zoom(NEARER));
  byId('map-out', HTMLButtonElement).addEventListener('click', () => zoom(1 / NEARER));
  byId('map-whole', HTMLButtonElement).addEventListener('click', () =>
    actions.choose({ plane: unzoomed(store.get().plane) }),
  );
  store.subscribe(({ centre, hasArrows }) => {
    following.checked = centre === null;
    arrows.checked = hasArrows;
  });
}

/** A click on the map puts the two weights there; on a point of the path it goes to that moment. @param {HTMLElement} plot */
function mountClicks(plot) {
  let isOnPoint = false;
  plot.addEventListener('pointerdown', () => {
    isOnPoint = plot.classList.contains('is-point');
  });
  plot.addEventListener('click', (event) => {
    const slice = map.select(store.get());
    if (isOnPoint || !slice?.made || slice.status !== 'ready' || slice.isSolid) return;
    const place = placeOf(plot, slice, event);
    if (!place) return;
    const { plane, axes } = slice.made.mapped;
    if (plane.kind !== 'parameters' || !axes) {
      say(whyNot(slice));
      return;
    }
    say('');
    actions.setParameters([
      { place: axes.x, value: place.x },
      { place: axes.y, value: place.y },
    ]);
  });
}

/** Where on the plane a click is, as fine as one can point. @param {HTMLElement} plot @param {Slice} slice @param {MouseEvent} event */
function placeOf(plot, slice, event) {
  if (!slice.made) return null;
  const { left, top, width } = plot.getBoundingClientRect();
  const scale = width / plot.clientWidth; // a projector shows it larger than it is drawn
  const frame = { width: plot.clientWidth, height: plot.clientHeight, isNarrow: plot.clientWidth < NARROW };
  const pixel = { x: (event.clientX - left) / scale, y: (event.clientY - top) / scale };
  const place = boxOf(slice.made, frame).place(pixel);
  if (!place) return null;
  const { across, up } = spansOf(slice.made);
  return { x: asFine(place.x, across[1] - across[0]), y: asFine(place.y, up[1] - up[0]) };
}

/** @param {Slice} slice */
const whyNot = ({ parameters }) =>
  t(
    'Each place of this plane is all {count} parameters at once. To put weights somewhere by a click, choose two of them.',
    {
      count: number(parameters),
    },
  );
