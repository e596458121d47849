/** The start of a race on its figure: dragged, or put where one clicks. */

import { asFine } from '../../lib/race/course.js';
import { sceneOf } from '../../lib/race/scene.js';
import { NARROW } from '../../mount.js';
import { placesOf as flatPlaces } from '../../views/race/flat.js';
import { placesOf as linePlaces } from '../../views/race/line.js';

/** @typedef {import('../../actions/racing.js').Race} Race */

/** Pixels about the start within which it is taken in the hand. */
const REACH = 24;

/** Where on the surface a pointer is, and where the start is drawn. @param {Race} race @param {HTMLElement} plot @param {{clientX: number, clientY: number}} event */
function pointed(race, plot, event) {
  const scene = sceneOf(race.store.get());
  if (!scene?.isThere || scene.isSolid) return null;
  const { left, top, width } = plot.getBoundingClientRect();
  const scale = width / plot.clientWidth; // a projector shows it larger than it is drawn
  const frame = { width: plot.clientWidth, height: plot.clientHeight, isNarrow: plot.clientWidth < NARROW };
  const pixel = { x: (event.clientX - left) / scale, y: (event.clientY - top) / scale };
  const { start } = scene.course;
  const { x_range: across, y_range: up, variables } = scene.surface;
  if (variables === 1) {
    const places = linePlaces(scene, frame);
    const place = places.place(pixel);
    const far = Math.abs(places.pixel(start[0], 0).x - pixel.x);
    return { start: place && [asFine(place.x, across)], far };
  }
  const places = flatPlaces(scene, frame);
  const place = places.place(pixel);
  const at = places.pixel(start[0], start[1]);
  const to = place && [asFine(place.x, across), asFine(place.y, /** @type {[number, number]} */ (up))];
  return { start: to, far: Math.hypot(at.x - pixel.x, at.y - pixel.y) };
}

/** The start is dragged, or put where one clicks. @param {Race} race @param {HTMLElement} plot */
export function mountStart(race, plot) {
  // A finger on the start moves it; anywhere else it moves the page.
  plot.addEventListener(
    'touchstart',
    (event) => {
      const at = pointed(race, plot, event.touches[0]);
      if (at && at.far <= REACH && event.cancelable) event.preventDefault();
    },
    { passive: false, capture: true },
  );
  /** @type {{x: number, y: number, isMoved: boolean} | null} */
  let press = null;
  plot.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      const at = pointed(race, plot, event);
      press = at ? { x: event.clientX, y: event.clientY, isMoved: false } : null;
      if (!at) return;
      // Plotly covers the page while a button is down: what happens then is to be heard here all the same.
      plot.setPointerCapture(event.pointerId);
      if (at.far > REACH) return;
      event.preventDefault();
      race.setDragged(true);
    },
    { capture: true },
  );
  plot.addEventListener('pointermove', (event) => {
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > 4) press.isMoved = true;
    const at = pointed(race, plot, event);
    plot.classList.toggle('is-grab', at !== null && at.far <= REACH);
    if (race.store.get().isDragged && at?.start) race.setStart(at.start);
  });
  const end = (/** @type {PointerEvent} */ event) => {
    const { isDragged } = race.store.get();
    race.setDragged(false);
    const at =
      press && !press.isMoved && !isDragged && event.type === 'pointerup' ? pointed(race, plot, event) : null;
    press = null;
    if (at?.start) race.setStart(at.start);
  };
  plot.addEventListener('pointerup', end);
  plot.addEventListener('pointercancel', end);
}
