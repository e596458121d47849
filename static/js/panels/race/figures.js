/** The two figures of a race: the surface, on which the start can be dragged, and the values, which a click reads. */

import * as actions from '../../actions/racing.js';
import { byId } from '../../dom.js';
import { t } from '../../lib/i18n.js';
import { sceneOf } from '../../lib/race/scene.js';
import { mount } from '../../mount.js';
import { store } from '../../race-state.js';
import * as curve from '../../views/race/curve.js';
import * as map from '../../views/race/map.js';
import { mountRadios } from '../radios.js';
import { hasWebGl } from '../web-gl.js';
import { mountStart } from './start.js';

const QUARTER = 30;

/** @param {string} plotly */
export function mountFigures(plotly) {
  const figure = byId('race-map', HTMLElement);
  const plot = byId('race-map-plot', HTMLElement);
  mount(figure, map, plotly);
  mount(byId('race-curve', HTMLElement), curve, plotly);
  mountForms();
  mountStart(plot);
  mountCurve();
  store.subscribe((state) => {
    const scene = sceneOf(state);
    figure.classList.toggle('is-empty', !scene?.isThere);
    figure.classList.toggle('stale', scene?.isThere === true && !scene.isFresh && !state.isDragged);
    byId('race-curve', HTMLElement).classList.toggle('stale', scene?.isFresh === false && !state.isDragged);
    plot.classList.toggle('is-place', scene?.isThere === true && !scene.isSolid);
  });
}

function mountForms() {
  const canTurn = hasWebGl();
  const note = byId('race-note', HTMLElement);
  mountRadios(
    store,
    'race-form',
    (form) => actions.choose({ isSolid: form === 'solid' }),
    ({ isSolid }) => (isSolid ? 'solid' : 'flat'),
  );
  for (const [id, sign] of /** @type {const} */ ([
    ['race-left', -1],
    ['race-right', 1],
  ]))
    byId(id, HTMLButtonElement).addEventListener('click', () =>
      actions.choose({ azimuth: (store.get().azimuth + sign * QUARTER) % 360 }),
    );
  const arrows = byId('race-arrows', HTMLInputElement);
  arrows.addEventListener('change', () => actions.choose({ hasArrows: arrows.checked }));
  store.subscribe((state) => {
    if (state.isSolid && !canTurn) {
      actions.choose({ isSolid: false });
      note.hidden = false;
      note.textContent = t(
        'This browser cannot draw in three dimensions (it has no WebGL), so the surface is shown from above.',
      );
      return;
    }
    const scene = sceneOf(state);
    const isLine = scene?.surface.variables === 1;
    byId('race-forms', HTMLElement).hidden = isLine;
    byId('race-turning', HTMLElement).hidden = !scene?.isSolid;
    // What remembers nothing has one arrow alone: the step that is drawn anyway.
    byId('race-arrows-switch', HTMLElement).hidden = isLine || scene?.isSolid === true;
    arrows.checked = state.hasArrows;
  });
}

/** A press on the curve goes to that step, and a drag along it through the steps. */
function mountCurve() {
  const plot = byId('race-curve-plot', HTMLElement);
  const box = byId('race-logarithmic', HTMLInputElement);
  const label = byId('race-logarithmic-switch', HTMLElement);
  box.addEventListener('change', () => actions.choose({ isLogarithmic: box.checked }));
  store.subscribe((state) => {
    const scene = sceneOf(state);
    const isPossible = scene?.isThere === true && curve.canBeLogarithmic(scene);
    box.disabled = !isPossible;
    box.checked = state.isLogarithmic && isPossible;
    label.title = isPossible || !scene?.isThere ? '' : t('Some values are below 0: they have no logarithm.');
    label.classList.toggle('is-disabled', !isPossible);
  });
  let isHeld = false;
  const read = (/** @type {PointerEvent} */ event) => {
    const scene = sceneOf(store.get());
    if (!scene?.isThere) return;
    const { left, width } = plot.getBoundingClientRect();
    const pixel = (event.clientX - left) / (width / plot.clientWidth);
    const step = curve.placesOf(scene, { width: plot.clientWidth, height: plot.clientHeight }).step(pixel);
    if (step !== null) actions.toStep(step);
  };
  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    isHeld = event.pointerType !== 'touch';
    actions.setPlaying(false);
    read(event);
  });
  plot.addEventListener('pointermove', (event) => isHeld && read(event));
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
    plot.addEventListener(end, () => {
      isHeld = false;
    });
}
