/** The health of the network: which units learn nothing, which layers hardly or too much, and by what rule. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { ILLNESSES, SIGNS, findings, gradients } from '../lib/findings.js';
import { count, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { unitName } from '../lib/names.js';
import { store } from '../state.js';
import { calmly } from './calm.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../lib/findings.js').Illness} Illness */
/** @typedef {import('../lib/findings.js').Finding} Finding */

/** More units of a kind than these are counted, not named. */
const MOST_NAMED = 6;

export function mountHealth() {
  const list = byId('health-list', HTMLElement);
  const rules = byId('health-rules', HTMLElement);
  let shown = '';
  const show = (/** @type {State} */ state) => {
    if (state.task === 'step') return;
    const { survey, experiment, catalog } = state;
    const found = findings(survey);
    const layers = gradients(survey);
    // While it trains, numbers that change thirty times a second are not read: digits are few, names stay away.
    const digits = state.isTraining ? 2 : 3;
    const norms = layers.map(({ norm, state: own }) => ({ text: number(norm, { digits }), state: own }));
    const text = JSON.stringify([found, norms, state.isTraining, survey === null]);
    if (text === shown || !experiment || !catalog) return;
    shown = text;
    const scene = { activations: experiment.network.layers.map(({ activation }) => activation) };
    const isKnown = survey !== null;
    list.replaceChildren(
      ...ILLNESSES.map((illness) =>
        unitsRow(
          illness,
          found.filter((one) => one.state === illness),
          scene,
          isKnown,
          state.isTraining,
        ),
      ),
      gradientRow(norms),
    );
    if (rules.childElementCount === 0) rules.replaceChildren(...ruleWords(catalog.health));
  };
  store.subscribe(calmly(show));
}

/** @param {Illness} illness */
function labelOf(illness) {
  if (illness === 'saturated') return t('saturated units');
  return illness === 'dead' ? t('dead units') : t('units that are alike');
}

/** @param {Illness} illness @param {Finding[]} found @param {{activations: string[]}} scene @param {boolean} isKnown @param {boolean} isTraining */
function unitsRow(illness, found, scene, isKnown, isTraining) {
  const sign = element('span', { class: 'health-sign', 'aria-hidden': 'true' }, SIGNS[illness]);
  const value = !isKnown ? '—' : found.length === 0 ? t('none') : count(found.length);
  const row = element(
    'div',
    { class: found.length > 0 ? 'health-row is-ill' : 'health-row' },
    element('dt', {}, ...(found.length > 0 ? [sign] : []), labelOf(illness)),
    element('dd', {}, value),
  );
  if (found.length > 0) row.append(element('dd', { class: 'health-more' }, meaning(illness, found.length)));
  if (found.length > 0 && !isTraining)
    row.append(
      element(
        'dd',
        { class: 'health-units' },
        ...found.slice(0, MOST_NAMED).map((one) => unitButton(one, scene)),
      ),
    );
  return row;
}

/** @param {Finding} finding @param {{activations: string[]}} scene */
function unitButton({ layer, unit, slope }, scene) {
  const name = unitName(scene, layer, unit);
  const button = element(
    'button',
    { type: 'button', class: 'button health-unit' },
    name,
    ' ',
    element('span', { class: 'quiet' }, t('slope {slope}', { slope: number(slope, { digits: 2 }) })),
  );
  button.addEventListener('click', () => actions.pin({ kind: 'unit', layer, unit }));
  return button;
}

/** What an illness does. @param {Illness} illness @param {number} times */
function meaning(illness, times) {
  switch (illness) {
    case 'saturated':
      return tn(
        'It sits at an end of its function, where the curve is flat: hardly any gradient gets through.',
        'They sit at an end of their function, where the curve is flat: hardly any gradient gets through.',
        times,
      );
    case 'dead':
      return tn(
        'It gives 0 for every example and gets no gradient: it can never learn again by itself.',
        'They give 0 for every example and get no gradient: they can never learn again by themselves.',
        times,
      );
    default:
      return t('They have the same weights, so they get the same gradients and stay the same.');
  }
}

/** @param {{text: string, state: 'vanishing' | 'exploding' | null}[]} layers */
function gradientRow(layers) {
  const numbers = layers.map((_, index) => String(index + 1)).join(' · ');
  const values = layers.flatMap(({ text, state }, index) => [
    ...(index > 0 ? [' · '] : []),
    state === null ? text : element('mark', {}, `${text} ${state === 'vanishing' ? '↓' : '↑'}`),
  ]);
  const row = element(
    'div',
    { class: layers.some(({ state }) => state !== null) ? 'health-row is-ill' : 'health-row' },
    element(
      'dt',
      {},
      tn('gradient, layer {layers}', 'gradient, layer {layers}', layers.length, { layers: numbers }),
    ),
    element('dd', {}, ...(values.length > 0 ? values : ['—'])),
  );
  for (const [index, { state }] of layers.entries()) {
    if (state === null) continue;
    const layer = index + 1;
    const words =
      state === 'vanishing'
        ? t('↓ The gradient of layer {layer} vanishes: it stands still while another learns.', { layer })
        : t('↑ The gradient of layer {layer} explodes: one step throws its weights far away.', { layer });
    row.append(element('dd', { class: 'health-more' }, words));
  }
  return row;
}

/** The engine's own rules. @param {import('../lib/wire.js').HealthRulesAnswer} rules */
function ruleWords({ saturated_slope, saturated_share, exploding_norm, vanishing_share }) {
  const percent = (/** @type {number} */ share) => number(100 * share, { digits: 3 });
  return [
    t(
      'Saturated: for at least {share} % of the training examples the slope is under {slope} of the steepest.',
      {
        share: percent(saturated_share),
        slope: number(saturated_slope),
      },
    ),
    t(
      'Dead: the slope is 0 for all of them. Alike: another unit has the same weights, in and out, to the bit.',
    ),
    t(
      'Vanishing: the gradient’s length is under {share} of the longest layer’s. Exploding: it is over {norm}.',
      {
        share: number(vanishing_share),
        norm: count(exploding_norm),
      },
    ),
  ].map((words) => element('p', {}, words));
}
