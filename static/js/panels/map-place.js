/** The two weights of the map as numbers: what a click on it does, by keyboard. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { number, parse } from '../lib/format.js';
import { valueAt } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { parameterName } from '../lib/names.js';
import { asFine, axesOf } from '../lib/plane.js';
import { sceneOf } from '../lib/told/scene.js';
import { store } from '../state.js';
import * as map from '../views/map.js';
import { spansOf } from '../views/map/slice.js';

/** Presses of − and + from one side of the map to the other. */
const PRESSES = 40;
/** What may be typed. */
const MOST = 1e6;

/** @typedef {'x' | 'y'} Axis */

/** How much − and + change. @param {Axis} axis */
function stepOf(axis) {
  const made = map.select(store.get())?.made;
  if (!made) return 0.1;
  const { across, up } = spansOf(made);
  const [low, high] = axis === 'x' ? across : up;
  return asFine((high - low) / PRESSES, high - low);
}

export function mountPlace() {
  const place = byId('map-place', HTMLElement);
  const problem = byId('map-problem', HTMLElement);
  const fields = { x: byId('map-x-value', HTMLInputElement), y: byId('map-y-value', HTMLInputElement) };
  const labels = { x: byId('map-x-label', HTMLElement), y: byId('map-y-label', HTMLElement) };
  /** The values that the fields were filled with. */
  let shown = '';
  for (const axis of /** @type {const} */ (['x', 'y']))
    for (const [name, sign] of /** @type {const} */ ([
      ['down', -1],
      ['up', 1],
    ]))
      byId(`map-${axis}-${name}`, HTMLButtonElement).addEventListener('click', () => {
        const value = parse(fields[axis].value);
        const step = stepOf(axis);
        if (!Number.isNaN(value))
          fields[axis].value = number(asFine(value + sign * step, step * PRESSES), { digits: 7 });
      });
  byId('map-values', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const axes = axesOf(store.get());
    if (!axes) return;
    const values = { x: parse(fields.x.value), y: parse(fields.y.value) };
    const isGood = (/** @type {number} */ value) => Math.abs(value) <= MOST;
    for (const axis of /** @type {const} */ (['x', 'y']))
      fields[axis].setAttribute('aria-invalid', String(!isGood(values[axis])));
    const isAll = isGood(values.x) && isGood(values.y);
    problem.textContent = isAll
      ? ''
      : t('A weight is a number between {low} and {high}, such as {example}.', {
          low: number(-MOST),
          high: number(MOST),
          example: number(0.5),
        });
    if (!isAll) return;
    // What was not touched stays what it is, to the last bit.
    const wanted = /** @type {const} */ (['x', 'y']).filter(
      (axis) => fields[axis].value !== fields[axis].dataset.shown,
    );
    actions.setParameters(wanted.map((axis) => ({ place: axes[axis], value: values[axis] })));
  });
  store.subscribe((state) => {
    place.hidden = state.plane.kind !== 'parameters';
    if (place.hidden || state.task !== 'inside' || !state.now || !state.experiment || state.isTraining)
      return;
    const axes = axesOf(state);
    if (!axes) return;
    const scene = sceneOf(state);
    const values = { x: valueAt(state.now.parameters, axes.x), y: valueAt(state.now.parameters, axes.y) };
    const text = JSON.stringify([axes, values]);
    if (text === shown) return;
    shown = text;
    for (const axis of /** @type {const} */ (['x', 'y'])) {
      labels[axis].textContent = parameterName(scene, axes[axis]);
      fields[axis].value = number(values[axis], { digits: 7 });
      fields[axis].dataset.shown = fields[axis].value;
    }
  });
}
