/** The menus of the card: which unit, and which of its numbers; so every number can be asked by keyboard too. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { unitName } from '../lib/names.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Pinned} Pinned
 */

/** @param {string} value @param {string} words */
const option = (value, words) => element('option', { value }, words);

/** Which unit a pinned number is of. @param {Pinned} pinned */
function unitOf(pinned) {
  if (pinned.kind === 'loss') return 'loss';
  const { layer, unit } = pinned.kind === 'unit' ? pinned : pinned.place;
  return `${layer} ${unit}`;
}

/** Which of its numbers it is. @param {Pinned} pinned */
const numberOf = (pinned) => (pinned.kind === 'parameter' ? String(pinned.place.input) : 'unit');

/** @param {number[]} sizes @param {import('../lib/told/parts.js').Scene} scene */
function units(sizes, scene) {
  const all = sizes.flatMap((size, index) =>
    Array.from({ length: size }, (_, unit) =>
      option(`${index - 1} ${unit}`, unitName(scene, index - 1, unit)),
    ),
  );
  return [option('loss', t('loss')), ...all];
}

/** @param {string} chosen @param {number[]} sizes @param {import('../lib/told/parts.js').Scene} scene */
function numbers(chosen, sizes, scene) {
  if (chosen === 'loss') return [option('unit', t('all of it'))];
  const [layer] = chosen.split(' ').map(Number);
  if (layer < 0) return [option('unit', t('its value'))];
  const weights = Array.from({ length: sizes[layer] }, (_, input) =>
    option(String(input), t('weight from {unit}', { unit: unitName(scene, layer - 1, input) })),
  );
  return [option('unit', t('output and error')), option('bias', t('bias')), ...weights];
}

/** @param {string} chosen @param {string} number @returns {Pinned} */
function pinnedBy(chosen, number) {
  if (chosen === 'loss') return { kind: 'loss' };
  const [layer, unit] = chosen.split(' ').map(Number);
  if (number === 'unit') return { kind: 'unit', layer, unit };
  return { kind: 'parameter', place: { layer, unit, input: number === 'bias' ? 'bias' : Number(number) } };
}

export function mountWhich() {
  const unit = byId('card-unit', HTMLSelectElement);
  const which = byId('card-number', HTMLSelectElement);
  let made = '';
  unit.addEventListener('change', () => actions.pin(pinnedBy(unit.value, 'unit')));
  which.addEventListener('change', () => actions.pin(pinnedBy(unit.value, which.value)));
  /** @param {State} state @param {Pinned} pinned */
  return (state, pinned) => {
    const scene = sceneOf(state);
    const { sizes } = scene;
    const chosen = unitOf(pinned);
    const name = JSON.stringify([sizes, chosen.split(' ')[0]]);
    if (made !== name) {
      made = name;
      unit.replaceChildren(...units(sizes, scene));
      which.replaceChildren(...numbers(chosen, sizes, scene));
    }
    unit.value = chosen;
    which.value = numberOf(pinned);
  };
}
