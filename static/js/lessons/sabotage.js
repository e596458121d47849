/** The instrument of sabotage: one mistake is planted in the backward pass; the gradient check helps to find it. */

import { beginSabotage, checkGuess, otherCase, suspect } from '../actions/sabotage.js';
import { element } from '../dom.js';

import { t, tn } from '../lib/i18n.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { refill } from '../panels/setup/patch.js';
import { layerName, networkOf } from '../views/sabotage/network.js';
import { figureOf } from './parts.js';
import { evidenceOf } from './sabotage-evidence.js';

/** @typedef {import('../views/sabotage/network.js').Slice} Slice */

/**
 * @param {HTMLElement} place
 * @param {{bugs?: string}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, { bugs = 'all' }, tell, { index, plotly }) {
  const view = networkOf(index);
  const figure = figureOf(t('What the gradient check says'));
  const layers = element('fieldset', { class: 'pixels-choice sabotage-choice' });
  const evidence = element('div', { class: 'sabotage-evidence' });
  const kinds = element('fieldset', { class: 'pixels-choice sabotage-choice' });
  const verdict = element('div', { class: 'lesson-verdict', role: 'status' });
  const buttons = buttonsOf(index);
  place.classList.add('lesson-sabotage');
  place.append(figure, layers, evidence, kinds, buttons.row, verdict);
  store.subscribe((state) => {
    const slice = view.select(state);
    if (!slice) return;
    refill(layers, layersOf(slice));
    refill(evidence, shownOf(slice));
    refill(kinds, kindsOf(slice));
    refill(verdict, verdictOf(slice));
    buttons.show(slice);
    tell(factsOf(slice));
  });
  beginSabotage(index, bugs);
  mount(figure, view, plotly);
}

/** @param {number} index */
function buttonsOf(index) {
  const check = element(
    'button',
    { type: 'button', class: 'button button-strong', 'data-part': 'check' },
    t('Check'),
  );
  const other = element(
    'button',
    { type: 'button', class: 'button', 'data-part': 'other' },
    t('Other numbers'),
  );
  check.addEventListener('click', () => checkGuess(index));
  other.addEventListener('click', () => otherCase(index));
  const score = element('span', { class: 'symmetry-at' });
  return {
    row: element('div', { class: 'lesson-actions' }, check, other, score),
    /** @param {Slice} slice */
    show: ({ layer, bug, kinds }) => {
      check.toggleAttribute('disabled', layer === null || bug === null);
      const words = kinds.length > 0 ? tn('{count} kind found', '{count} kinds found', kinds.length) : '';
      if (score.textContent !== words) score.textContent = words;
    },
  };
}

/** @param {string} name @param {string} value @param {string} label @param {boolean} isChosen @param {() => void} take */
function radio(name, value, label, isChosen, take) {
  const input = /** @type {HTMLInputElement} */ (
    element('input', { type: 'radio', name, value, id: `${name}-${value}` })
  );
  input.checked = isChosen;
  input.addEventListener('change', take);
  return element('label', {}, input, element('span', {}, label));
}

/** @param {Slice} slice */
const layersOf = ({ found, layer, place }) => [
  element('legend', {}, t('Where is it? Look at a layer')),
  ...(found?.layers ?? []).map((_, index) =>
    radio(
      `sabotage-${place}-layer`,
      String(index),
      layerName(/** @type {NonNullable<typeof found>} */ (found), index),
      index === layer,
      () => suspect(place, { layer: index }),
    ),
  ),
];

/** @param {Slice} slice */
const kindsOf = ({ found, bug, place }) => [
  element('legend', {}, t('What is it?')),
  ...(found?.bugs ?? []).map(({ name, label }) =>
    radio(`sabotage-${place}-bug`, name, t(label), name === bug, () => suspect(place, { bug: name })),
  ),
];

/** @param {Slice} slice */
function shownOf({ found, layer, place }) {
  if (!found) return [element('p', { class: 'note' }, t('It is being computed.'))];
  if (layer === null)
    return [element('p', { class: 'note' }, t('Choose a layer, and its numbers are shown here.'))];
  return evidenceOf(found, layer, place);
}

/** @param {Slice} slice */
function verdictOf({ verdict, tries }) {
  if (!verdict) return [];
  const tried = element('p', { class: 'note' }, t('tries: {count}', { count: tries }));
  if (verdict.is_right)
    return [
      element('p', { class: 'is-right' }, t('Found: {mistake}.', { mistake: t(String(verdict.label)) })),
      element('p', {}, t(String(verdict.description))),
      tried,
    ];
  const said = verdict.layer_is_right
    ? t('The layer is right, the mistake is another one.')
    : verdict.bug_is_right
      ? t('The mistake is right, but it is in another layer.')
      : t('Neither the layer nor the mistake is right.');
  return [
    element('p', { class: 'is-wrong' }, said),
    ...(verdict.hint ? [element('p', {}, t(verdict.hint))] : []),
    tried,
  ];
}

/** @param {Slice} slice @returns {import('./conditions.js').Facts} */
function factsOf({ found, isFound, isLayerFound, tries, kinds }) {
  if (!found) return { found: null, layer_found: null, tries: null, kinds_found: null };
  return { found: Number(isFound), layer_found: Number(isLayerFound), tries, kinds_found: kinds.length };
}
