/** The cards of a unit, of an input and of the loss. */

import * as actions from '../actions.js';
import { element, formula } from '../dom.js';
import { count, number } from '../lib/format.js';
import { revivalOfOne } from '../lib/health-words.js';
import { t } from '../lib/i18n.js';
import { isKnownAt, unitFacts } from '../lib/card/subject.js';
import { parameterKey, parameterSymbol, symbolsOf } from '../lib/card/symbols.js';
import { gradient, operator, power, row, name } from '../lib/mathml.js';
import { parameterName, unitName } from '../lib/names.js';
import { tell } from '../lib/narration.js';
import { resultKey, key } from '../lib/walk.js';
import { askButton, aside, fact, facts, figure, notYet, prose, toldLines } from './card-parts.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 * @typedef {{layer: number, unit: number}} Unit
 */

/** More connections than these are not listed: the menu has all of them. */
const MOST_LISTED = 100;

/** @param {State} state @param {Unit} unit */
export function unitValues(state, { layer, unit }) {
  const own = unitFacts(state, { layer, unit });
  if (!own) return [];
  const symbols = symbolsOf(sceneOf(state));
  const term = (/** @type {string} */ kind) => key(kind, layer, unit);
  const a = symbols.a(layer, unit);
  const isKnown = isKnownAt(state);
  const now = (/** @type {string} */ kind, /** @type {number | null | undefined} */ value) =>
    isKnown(term(kind)) ? value : undefined;
  if (layer < 0)
    return [
      facts(fact([t('value'), ' ', a], figure(own.a, { term: term('a') }))),
      aside(t('An input is given: the network does not change it, so it has no gradient here.')),
    ];
  const slope = row(power(name('f'), operator('′')), operator('('), symbols.z(layer, unit), operator(')'));
  return [
    facts(
      fact([t('weighted sum'), ' ', symbols.z(layer, unit)], figure(now('z', own.z), { term: term('z') })),
      fact([t('output'), ' ', a], figure(now('a', own.a), { term: term('a') })),
      fact([t('slope'), ' ', slope], figure(now('delta', own.derivative), { term: term('derivative') })),
      fact([gradient(a)], figure(now('da', own.da), { sign: true, term: term('da') })),
      fact(
        [t('error'), ' ', symbols.delta(layer, unit)],
        figure(now('delta', own.delta), { sign: true, term: term('delta') }),
      ),
    ),
    ...(isKnown(term('delta')) ? [] : [notYet()]),
    ...health(state, { layer, unit }),
  ];
}

/** How the unit is, over all the data, where that was looked at. @param {State} state @param {Unit} unit */
function health({ survey }, { layer, unit }) {
  const own = survey?.layers[layer]?.units[unit];
  if (!own) return [];
  const values = { slope: number(own.slope), share: `${number(100 * own.active, { digits: 3 })} %` };
  switch (own.state) {
    case 'saturated':
      return [
        aside(
          t(
            'Saturated: for nearly all examples it is at a flat end of its function, its slope {slope} on average, and hardly any error comes through.',
            values,
          ),
        ),
      ];
    case 'dead':
      return [
        aside(
          t('Dead: its slope is 0 for every training example, so no gradient reaches the weights into it.'),
        ),
        aside(revivalOfOne(own.revival)),
      ];
    case 'alike':
      return [
        aside(
          t(
            'Alike: another unit of its layer has the same weights, in and out, and gets the same gradients.',
          ),
        ),
      ];
    default:
      return [
        aside(
          t(
            'Over all the data its slope is {slope} on average, and not 0 for {share} of the examples.',
            values,
          ),
        ),
      ];
  }
}

/** Each operation of the unit in this step, in words and formulas. @param {State} state @param {Unit} unit */
export function unitOperations(state, { layer, unit }) {
  const scene = sceneOf(state);
  const wanted = new Set(['z', 'a', 'da', 'delta'].map((kind) => key(kind, layer, unit)));
  const found = (state.trace?.operations ?? []).filter((one) => wanted.has(resultKey(one)));
  if (found.length === 0)
    return [aside(t('This network is too large to be walked through operation by operation.'))];
  return found.map((one) => {
    const told = tell(one, scene);
    return element('section', { class: 'ask-operation' }, element('h3', {}, told.place), ...toldLines(told));
  });
}

/** A parameter as a button with its value and its gradient. @param {State} state @param {Place} place @param {string} words */
function connection(state, place, words) {
  const own = state.trace?.layers[place.layer];
  const parameters = state.now?.parameters[place.layer];
  const [value, slope] =
    place.input === 'bias'
      ? [parameters?.biases[place.unit], own?.db[place.unit]]
      : [parameters?.weights[place.unit][place.input], own?.dW[place.unit][place.input]];
  const symbol = parameterSymbol(symbolsOf(sceneOf(state)), place);
  const button = askButton(
    { kind: 'parameter', place },
    parameterName(sceneOf(state), place),
    parameterKey(place),
    formula(symbol),
    ' ',
    words,
  );
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    element('td', {}, figure(value)),
    element('td', {}, figure(slope, { sign: true })),
  );
}

/** What comes into a unit, its bias, and where its output goes. @param {State} state @param {Unit} unit */
export function unitConnections(state, { layer, unit }) {
  const { experiment } = state;
  if (!experiment) return [];
  const { layers, inputs } = experiment.network;
  const scene = sceneOf(state);
  const coming = layer < 0 ? 0 : layer === 0 ? inputs : layers[layer - 1].units;
  const going = layers[layer + 1]?.units ?? 0;
  const ins = Array.from({ length: coming }, (_, input) =>
    connection(state, { layer, unit, input }, t('from {unit}', { unit: unitName(scene, layer - 1, input) })),
  );
  const bias = layer < 0 ? [] : [connection(state, { layer, unit, input: 'bias' }, t('bias'))];
  const outs = Array.from({ length: going }, (_, to) =>
    connection(
      state,
      { layer: layer + 1, unit: to, input: unit },
      t('to {unit}', { unit: unitName(scene, layer + 1, to) }),
    ),
  );
  return [...listOf(t('What comes in'), [...bias, ...ins]), ...listOf(t('Where the output goes'), outs)];
}

/** @param {string} words @param {HTMLElement[]} rows */
function listOf(words, rows) {
  if (rows.length === 0) return [];
  const left = rows.length - MOST_LISTED;
  const head = [words, t('value'), '∂L/∂w'].map((one) => element('th', { scope: 'col' }, one));
  return [
    element(
      'div',
      { class: 'ask-scroll', 'aria-label': words },
      element(
        'table',
        { class: 'ask-connections' },
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...rows.slice(0, MOST_LISTED)),
      ),
    ),
    ...(left > 0 ? [aside(t('The first {count}; the menu below has all.', { count: MOST_LISTED }))] : []),
  ];
}

/** @param {State} state */
export function lossValues(state) {
  const { trace } = state;
  if (!trace) return [];
  const many = trace.example_losses.length > 1;
  return [
    facts(
      fact([t('loss of the data')], figure(trace.data_loss)),
      fact([t('penalty')], figure(trace.penalty)),
      fact([t('loss'), ' ', name('L')], figure(trace.loss, { term: key('batch_loss') })),
      fact([t('loss after the update')], figure(trace.updated_loss)),
    ),
    ...(many ? [] : lossOperations(state)),
  ];
}

/** @param {State} state */
export function lossOperations(state) {
  const scene = sceneOf(state);
  const found = (state.trace?.operations ?? []).filter(({ phase }) => phase === 'loss');
  return found.map((one) => {
    const told = tell(one, scene);
    return element('section', { class: 'ask-operation' }, ...toldLines(told));
  });
}

/** Each example's loss, with a button that follows it. @param {State} state */
export function lossExamples(state) {
  const { trace, example } = state;
  if (!trace) return [];
  const rows = trace.example_losses.map((loss, index) => {
    const isFollowed = index === example;
    const button = element(
      'button',
      {
        type: 'button',
        class: 'ask-button',
        'aria-pressed': String(isFollowed),
        'data-keep': `example ${index}`,
      },
      t('example {number}', { number: count(index + 1) }),
    );
    button.addEventListener('click', () => actions.setExample(index));
    const targets = trace.targets[index].map((one) => number(one)).join('; ');
    const outputs = trace.layers[trace.layers.length - 1].a[index].map((one) => number(one)).join('; ');
    return element(
      'tr',
      isFollowed ? { class: 'is-followed' } : {},
      element('th', { scope: 'row' }, button),
      element('td', {}, outputs),
      element('td', {}, targets),
      element('td', { class: 'sum' }, figure(loss)),
    );
  });
  const columns = [t('follow'), t('output'), t('target'), t('loss')];
  return [
    prose(
      t('The loss of the batch is made of its examples’. Choose one, and [[every number]] here is of it.'),
    ),
    element(
      'div',
      { class: 'ask-scroll', 'aria-label': t('Loss of each example') },
      element(
        'table',
        { class: 'ask-connections' },
        element(
          'thead',
          {},
          element('tr', {}, ...columns.map((one) => element('th', { scope: 'col' }, one))),
        ),
        element('tbody', {}, ...rows.slice(0, 200)),
      ),
    ),
    ...(rows.length > 200 ? [aside(t('The first {count} rows.', { count: 200 }))] : []),
  ];
}
