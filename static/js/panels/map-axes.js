/** Which two parameters the map is of: two menus, or two weights clicked on the network itself. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { sizeOf } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { parameterName } from '../lib/names.js';
import { isSamePlace, placesOf } from '../lib/places.js';
import { axesOf, bySteepness } from '../lib/plane.js';
import { sceneOf } from '../lib/told/scene.js';
import { store } from '../state.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../state.js').Place} Place */

/** Of a network with more parameters than these the menus hold only the steepest, so many. */
const MOST = 400;
const STEEPEST = 100;

/** @param {Place} place */
const written = ({ layer, unit, input }) => `${layer} ${unit} ${input}`;

/** @param {string} text @returns {Place} */
function read(text) {
  const [layer, unit, input] = text.split(' ');
  return { layer: Number(layer), unit: Number(unit), input: input === 'bias' ? 'bias' : Number(input) };
}

/** @param {State} state @param {Place[]} chosen */
function offered({ now, trace }, chosen) {
  if (!now) return [];
  if (sizeOf(now.parameters) <= MOST) return placesOf(now.parameters);
  const steep = trace ? bySteepness(trace.layers).slice(0, STEEPEST) : [];
  const others = chosen.filter((place) => !steep.some((one) => isSamePlace(one, place)));
  return [...others, ...steep];
}

/** @param {(words: string) => void} say */
export function mountAxes(say) {
  const menus = { x: byId('map-x', HTMLSelectElement), y: byId('map-y', HTMLSelectElement) };
  const button = byId('map-choose', HTMLButtonElement);
  let made = '';
  for (const name of /** @type {const} */ (['x', 'y']))
    menus[name].addEventListener('change', () => choose(name, read(menus[name].value)));
  button.addEventListener('click', () => {
    const isAsked = store.get().axisAsked === null;
    actions.choose({ axisAsked: isAsked ? 'x' : null });
    if (isAsked) byId('network-plot', HTMLElement).scrollIntoView({ block: 'nearest' });
  });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && store.get().axisAsked !== null) actions.choose({ axisAsked: null });
  });
  /** @type {State['axisAsked']} */
  let asked = null;
  store.subscribe((state) => {
    button.setAttribute('aria-pressed', String(state.axisAsked !== null));
    button.hidden = state.plane.kind !== 'parameters';
    if (state.axisAsked !== asked) say(wordsOf(state.axisAsked));
    asked = state.axisAsked;
    if (state.task !== 'inside' || state.plane.kind !== 'parameters' || !state.experiment || !state.trace)
      return;
    const axes = axesOf(state);
    if (!axes) return;
    const places = offered(state, [axes.x, axes.y]);
    const scene = sceneOf(state);
    const text = places.map(written).join();
    if (text !== made) {
      made = text;
      const options = () =>
        places.map((place) => element('option', { value: written(place) }, parameterName(scene, place)));
      menus.x.replaceChildren(...options());
      menus.y.replaceChildren(...options());
    }
    menus.x.value = written(axes.x);
    menus.y.value = written(axes.y);
  });
}

/** Where one becomes what the other was, they change places. @param {'x' | 'y'} name @param {Place} place */
function choose(name, place) {
  const axes = axesOf(store.get());
  if (!axes) return;
  const other = name === 'x' ? 'y' : 'x';
  const isTaken = isSamePlace(axes[other], place);
  const chosen = { ...axes, [name]: place, ...(isTaken ? { [other]: axes[name] } : {}) };
  actions.choose({ plane: { kind: 'parameters', ...chosen }, axisAsked: null });
}

/** @param {State['axisAsked']} asked */
function wordsOf(asked) {
  if (asked === 'x') return t('Click a weight or a bias in the network: it goes across the map.');
  return asked === 'y' ? t('And another one: it goes up the map.') : '';
}
