/** The health of the network: which units learn nothing, which layers hardly or too much, and by what rule. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { ILLNESSES, SIGNS, deadSince, findings, gradients } from '../lib/findings.js';
import { count, number } from '../lib/format.js';
import { gradientWords, networkWords, ruleWords, unitWords, unreachableWords } from '../lib/health-words.js';
import { t, tn } from '../lib/i18n.js';
import { unitName } from '../lib/names.js';
import { store } from '../state.js';
import { calmly } from './calm.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../lib/findings.js').Illness} Illness */
/** @typedef {import('../lib/findings.js').Finding} Finding */
/** @typedef {import('../lib/findings.js').Gradient} Gradient */

/** More units of a kind than these are counted, not named. */
const MOST_NAMED = 6;

export function mountHealth() {
  const list = byId('health-list', HTMLElement);
  const rules = byId('health-rules', HTMLElement);
  let shown = '';
  const show = (/** @type {State} */ state) => {
    if (state.task === 'step') return;
    const { survey, experiment, catalog, history, now, isTraining } = state;
    const found = findings(survey);
    const layers = gradients(survey);
    // While it trains, numbers that change thirty times a second are not read: digits are few, names stay away.
    const digits = isTraining ? 2 : 3;
    const network = survey?.network ?? null;
    const norms = layers.map(({ norm, state: own }) => [number(norm, { digits }), own]);
    const text = JSON.stringify([
      found,
      norms,
      networkWords(network),
      network?.unreachable,
      isTraining,
      now?.step,
    ]);
    if (text === shown || !experiment || !catalog) return;
    shown = text;
    const scene = {
      activations: experiment.network.layers.map(({ activation }) => activation),
      readings: history.readings,
      step: now?.step ?? 0,
    };
    list.replaceChildren(
      networkRow(network),
      ...unreachableRows(network),
      ...ILLNESSES.map((illness) =>
        unitsRow(
          illness,
          found.filter((one) => one.state === illness),
          scene,
          survey !== null,
          isTraining,
        ),
      ),
      gradientRow(layers, digits, catalog.health),
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

/** @typedef {{activations: string[], readings: import('../state.js').Reading[], step: number}} Scene */

/** @param {Illness} illness @param {Finding[]} found @param {Scene} scene @param {boolean} isKnown @param {boolean} isTraining */
function unitsRow(illness, found, scene, isKnown, isTraining) {
  const sign = element('span', { class: 'health-sign', 'aria-hidden': 'true' }, SIGNS[illness]);
  const value = !isKnown ? '—' : found.length === 0 ? t('none') : count(found.length);
  const row = element(
    'div',
    { class: found.length > 0 ? 'health-row is-ill' : 'health-row' },
    element('dt', {}, ...(found.length > 0 ? [sign] : []), labelOf(illness)),
    element('dd', {}, value),
  );
  if (found.length > 0) row.append(element('dd', { class: 'health-more' }, unitWords(found).join(' ')));
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

/** @param {Finding} finding @param {Scene} scene */
function unitButton({ layer, unit, slope, state }, scene) {
  const since = state === 'dead' ? deadSince(scene.readings, scene.step, { layer, unit }) : null;
  const more =
    since === null
      ? t('slope {slope}', { slope: number(slope, { digits: 2 }) })
      : t('seen dead since step {step}', { step: count(since) });
  const button = element(
    'button',
    { type: 'button', class: 'button health-unit' },
    unitName(scene, layer, unit),
    ' ',
    element('span', { class: 'quiet' }, more),
  );
  button.addEventListener('click', () => actions.pin({ kind: 'unit', layer, unit }));
  return button;
}

/** How the network as a whole stands. @param {import('../lib/wire.js').NetworkHealthAnswer | null} network */
function networkRow(network) {
  const found = networkWords(network);
  const isIll = network?.state === 'plateau';
  return element(
    'div',
    { class: isIll ? 'health-row is-ill' : 'health-row' },
    element('dt', {}, t('the network as a whole')),
    element('dd', {}, found?.value ?? '—'),
    ...(found?.words ? [element('dd', { class: 'health-more' }, found.words)] : []),
  );
}

/** Targets that the output never gives; nothing where there are none. @param {import('../lib/wire.js').NetworkHealthAnswer | null} network */
function unreachableRows(network) {
  const words = unreachableWords(network?.unreachable ?? null);
  if (words === null) return [];
  return [
    element(
      'div',
      { class: 'health-row is-ill' },
      element('dt', {}, t('targets out of reach')),
      element('dd', {}, count(network?.unreachable?.count ?? 0)),
      element('dd', { class: 'health-more' }, words),
    ),
  ];
}

/** @param {Gradient[]} layers @param {2 | 3} digits @param {import('../lib/wire.js').HealthRulesAnswer} rules */
function gradientRow(layers, digits, rules) {
  const numbers = layers.map((_, index) => String(index + 1)).join(' · ');
  const values = layers.flatMap(({ norm, state }, index) => {
    const text = number(norm, { digits });
    return [
      ...(index > 0 ? [' · '] : []),
      state === null ? text : element('mark', {}, `${text} ${state === 'vanishing' ? '↓' : '↑'}`),
    ];
  });
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
  for (const words of gradientWords(layers, rules))
    row.append(element('dd', { class: 'health-more' }, words));
  return row;
}
