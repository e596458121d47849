/** The two figures of a race: the surface, on which the start can be dragged, and the values, which a click reads. */

import { byId } from '../../dom.js';
import { followed } from '../../hands.js';
import { t } from '../../lib/i18n.js';
import { sceneOf } from '../../lib/race/scene.js';
import { mount } from '../../mount.js';
import * as curve from '../../views/race/curve.js';
import * as map from '../../views/race/map.js';
import { mountRadios } from '../radios.js';
import { hasWebGl } from '../web-gl.js';
import { mountStart } from './start.js';

/** @typedef {import('../../actions/racing.js').Race} Race */

const QUARTER = 30;

/** @param {Race} race @param {string} plotly @param {string} [prefix]  of the ids of its elements */
export function mountFigures(race, plotly, prefix = '') {
  const figure = byId(`${prefix}race-map`, HTMLElement);
  const plot = byId(`${prefix}race-map-plot`, HTMLElement);
  const curveFigure = document.getElementById(`${prefix}race-curve`);
  const page = { store: race.store, showTable: race.showTable.bind(race) };
  mount(figure, map, plotly, { page, onLost: () => flattened(race, prefix) });
  mountStart(race, plot);
  if (curveFigure) {
    mount(curveFigure, curve, plotly, { page });
    mountCurve(race, byId(`${prefix}race-curve-plot`, HTMLElement));
  }
  race.store.subscribe((state) => {
    const scene = sceneOf(state);
    figure.classList.toggle('is-empty', !scene?.isThere);
    figure.classList.toggle('stale', scene?.isThere === true && !scene.isFresh && !state.isDragged);
    curveFigure?.classList.toggle('stale', scene?.isFresh === false && !state.isDragged);
    plot.classList.toggle('is-place', scene?.isThere === true && !scene.isSolid);
  });
}

/** What only the page of races has: three dimensions, arrows, a logarithmic scale. @param {Race} race */
export function mountLooks(race) {
  mountForms(race);
  mountScale(race);
}

/** @param {Race} race */
function mountForms(race) {
  const canTurn = hasWebGl();
  const note = byId('race-note', HTMLElement);
  mountRadios(
    race.store,
    'race-form',
    (form) => race.choose({ isSolid: form === 'solid' }),
    ({ isSolid }) => (isSolid ? 'solid' : 'flat'),
  );
  for (const [id, sign] of /** @type {const} */ ([
    ['race-left', -1],
    ['race-right', 1],
  ]))
    byId(id, HTMLButtonElement).addEventListener('click', () =>
      race.choose({ azimuth: (race.store.get().azimuth + sign * QUARTER) % 360 }),
    );
  const arrows = byId('race-arrows', HTMLInputElement);
  arrows.addEventListener('change', () => race.choose({ hasArrows: arrows.checked }));
  race.store.subscribe((state) => {
    if (state.isSolid && !canTurn) {
      race.choose({ isSolid: false });
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

/** The browser cannot draw in three dimensions any more. @param {Race} race @param {string} prefix */
function flattened(race, prefix) {
  const note = document.getElementById(`${prefix}race-note`);
  race.choose({ isSolid: false });
  if (!note) return;
  note.hidden = false;
  note.textContent = t(
    'The browser has stopped drawing in three dimensions, so the surface is shown from above.',
  );
}

/** Values whose lowest has no logarithm are drawn as they are. @param {Race} race */
function mountScale(race) {
  const box = byId('race-logarithmic', HTMLInputElement);
  const label = byId('race-logarithmic-switch', HTMLElement);
  box.addEventListener('change', () => race.choose({ isLogarithmic: box.checked }));
  race.store.subscribe((state) => {
    const scene = sceneOf(state);
    const isPossible = scene?.isThere === true && curve.canBeLogarithmic(scene);
    box.disabled = !isPossible;
    box.checked = state.isLogarithmic && isPossible;
    label.title = isPossible || !scene?.isThere ? '' : t('Some values are below 0: they have no logarithm.');
    label.classList.toggle('is-disabled', !isPossible);
  });
}

/** A press on the curve goes to that step, and a drag along it through the steps. @param {Race} race @param {HTMLElement} plot */
export function mountCurve(race, plot) {
  followed(plot, (event) => {
    race.setPlaying(false);
    const scene = sceneOf(race.store.get());
    if (!scene?.isThere) return;
    const { left, width } = plot.getBoundingClientRect();
    const pixel = (event.clientX - left) / (width / plot.clientWidth);
    const step = curve.placesOf(scene, { width: plot.clientWidth, height: plot.clientHeight }).step(pixel);
    if (step !== null) race.toStep(step);
  });
}
