/** The card of a weight or a bias: its value and where it goes, and the chain rule factor by factor. */

import { element, formula } from '../dom.js';
import { number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { factorsOf, isFused, termsOfNext } from '../lib/card/chain.js';
import { isKnownAt, parameterFacts, titleOf } from '../lib/card/subject.js';
import { gradientKey, parameterKey, parameterSymbol, symbolsOf } from '../lib/card/symbols.js';
import {
  digit,
  equals,
  factor,
  gradient,
  minus,
  name,
  parentheses,
  plus,
  row,
  sub,
  times,
  value,
} from '../lib/mathml.js';
import { penaltySymbol } from '../lib/card/notations.js';
import { tell } from '../lib/narration.js';
import { key } from '../lib/walk.js';
import { currentRate } from '../state.js';
import {
  askButton,
  aside,
  fact,
  facts,
  figure,
  formulaLine,
  heading,
  notYet,
  prose,
  toldLines,
} from './card-parts.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../lib/wire.js').OperationAnswer} Operation
 * @typedef {import('../lib/mathml.js').Maths} Maths
 */

/** Gradient and nudge are said to agree up to this relative error. */
const AGREES = 1e-6;

/** @param {State} state @param {Place} place */
export function valueSection(state, place) {
  const symbols = symbolsOf(sceneOf(state));
  const own = parameterFacts(state, place);
  if (!own) return [];
  const symbol = parameterSymbol(symbols, place);
  const { explanation } = state;
  const numerical = explanation?.numerical_gradient;
  const agrees = explanation && (explanation.relative_error ?? Infinity) < AGREES;
  const isKnown = isKnownAt(state);
  const isMade = isKnown(gradientKey(place));
  const isMoved = isKnown(parameterKey(place)) || own.isFrozen;
  const tick =
    agrees && isMade ? [element('span', { class: 'ask-tick', title: t('They agree.') }, ' ✓')] : [];
  return [
    facts(
      fact([t('value'), ' ', symbol], figure(own.value, { term: parameterKey(place) })),
      fact(
        [t('gradient'), ' ', gradient(symbol)],
        figure(isMade ? own.gradient : undefined, { sign: true, term: gradientKey(place) }),
      ),
      fact(
        [t('by nudging it ±{size}', { size: number(explanation?.nudge ?? 1e-5) })],
        figure(isMade ? numerical : undefined, { sign: true, kind: 'ask-nudged' }),
        ...tick,
      ),
      fact([t('next value'), ' ', ...rule(state, own, symbol)], figure(isMoved ? own.next : undefined)),
    ),
    ...(own.isFrozen ? [aside(t('This bias is frozen: it has a gradient, but no update moves it.'))] : []),
    ...(isMade && isMoved ? [] : [notYet()]),
    ...operations(state, place),
  ];
}

/** How the optimizer makes the next value. @param {State} state @param {{isFrozen: boolean}} own @param {import('../lib/mathml.js').Maths} symbol */
function rule(state, { isFrozen }, symbol) {
  const optimizer = state.experiment?.optimizer.name ?? 'sgd';
  if (isFrozen) return [];
  if (optimizer === 'sgd') return [row(symbol, minus, value(currentRate(state)), times, gradient(symbol))];
  const label = state.catalog?.optimizers.find((one) => one.name === optimizer)?.label ?? optimizer;
  return [t('by {optimizer}', { optimizer: t(label) })];
}

/** The operations that make the gradient and move the parameter, told. @param {State} state @param {Place} place */
function operations(state, { layer, unit, input }) {
  const [made, moved] = input === 'bias' ? ['db', 'bias'] : ['dW', 'weight'];
  const isOwn = (/** @type {Operation} */ one, /** @type {string} */ kind) =>
    one.kind === kind &&
    one.layer === layer &&
    one.unit === unit &&
    (input === 'bias' || one.input === input);
  const scene = sceneOf(state);
  return [
    { kind: made, words: t('How the gradient is made') },
    { kind: moved, words: t('How it moves') },
  ].flatMap(({ kind, words }) => {
    const found = state.trace?.operations?.find((one) => isOwn(one, kind));
    if (!found) return [];
    return [
      element(
        'details',
        { class: 'ask-told' },
        element('summary', { 'data-keep': kind }, words),
        ...toldLines(tell(found, scene)),
      ),
    ];
  });
}

/** @param {State} state @param {Place} place */
export function chainSection(state, place) {
  const { explanation, trace } = state;
  const own = parameterFacts(state, place);
  if (!explanation || !own || !trace) return [];
  const symbols = symbolsOf(sceneOf(state));
  const factors = factorsOf(explanation, place, symbols);
  const whole = gradient(parameterSymbol(symbols, place));
  const vote = explanation.example_gradients[explanation.example];
  const isAlone = own.examples === 1;
  return [
    prose(
      isFused(explanation)
        ? t('The last activation and the loss are differentiated together: [[two factors]].')
        : t('From the loss back to the parameter, each step answers for one factor: [[multiply them]].'),
    ),
    formulaLine(
      row(
        partOf(whole, own),
        equals,
        ...factors.flatMap(({ symbol }, index) => (index ? [times, symbol] : [symbol])),
        ...(isAlone && own.penalty ? [plus, penaltySymbol(own, symbols)] : []),
      ),
    ),
    element(
      'div',
      { class: 'ask-factors' },
      ...factors.flatMap((one, index) => factorCard(state, one, index)),
    ),
    formulaLine(
      row(
        equals,
        ...factors.flatMap((one, index) => (index ? [times, factor(one.value)] : [value(one.value)])),
        ...(isAlone && own.penalty ? [plus, factor(own.penalty)] : []),
        equals,
        value(isAlone ? own.gradient : vote, { sign: true, strong: true }),
      ),
    ),
    ...(isAlone ? [] : [aside(shareOf(own))]),
    ...nextLayer(state, place),
  ];
}

/** Of the gradient of a batch, the part of the followed example. @param {Maths} whole @param {import('../lib/card/subject.js').Facts} own */
const partOf = (whole, { examples, example }) =>
  examples === 1 ? whole : sub(parentheses(whole), row(name('n'), equals, digit(example + 1)));

/** What one example's product is to the gradient of the batch. @param {import('../lib/card/subject.js').Facts} own */
function shareOf(own) {
  const values = { gradient: number(own.gradient, { sign: true }) };
  const all = own.penalty
    ? tn(
        'This is the part of the followed example; with the penalty the {count} example’s gradient is {gradient}.',
        'This is the part of the followed example; with those of all {count} examples and the penalty the gradient is {gradient}.',
        own.examples,
        values,
      )
    : tn(
        'This is the part of the followed example; the {count} example’s gradient is {gradient}.',
        'This is the part of the followed example; with those of all {count} examples the gradient is {gradient}.',
        own.examples,
        values,
      );
  return own.isMean ? `${all} ${t('The mean’s division is in each of them already.')}` : all;
}

/** @param {State} state @param {import('../lib/card/chain.js').Factor} one @param {number} index */
function factorCard(state, one, index) {
  const content = [
    element('span', { class: 'ask-factor-symbol' }, formula(one.symbol)),
    figure(one.value, { sign: one.isError }),
    element('span', { class: 'ask-factor-words' }, one.words),
  ];
  const card = one.opens
    ? askButton(one.opens, titleOf(sceneOf(state), one.opens), one.term, ...content)
    : element('div', { class: 'ask-button ask-constant' }, ...content);
  return index ? [element('span', { class: 'ask-times', 'aria-hidden': 'true' }, '·'), card] : [card];
}

/** Where ∂L/∂a comes from: for a hidden unit the next layer, term by term; for an output the loss. @param {State} state @param {Place} place */
function nextLayer(state, place) {
  const explanation = /** @type {import('../lib/wire.js').ExplainAnswer} */ (state.explanation);
  const scene = sceneOf(state);
  const symbols = symbolsOf(scene);
  const { layer, unit } = place;
  const terms = termsOfNext(explanation, place, symbols);
  const da = state.trace?.layers[layer].da[explanation.example][unit];
  if (terms.length === 0) return fromLoss(state, place);
  const lines = terms.map(({ opens, delta, weight, left, right, product }) => {
    const ask = (
      /** @type {'unit' | 'weight'} */ kind,
      /** @type {typeof delta} */ part,
      /** @type {number | null} */ value,
    ) =>
      askButton(
        opens[kind],
        titleOf(scene, opens[kind]),
        part.term,
        formula(part.symbol),
        ' ',
        figure(value, { sign: true }),
      );
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, ask('unit', delta, left)),
      element('td', { class: 'ask-times' }, '·'),
      element('td', {}, ask('weight', weight, right)),
      element('td', { class: 'sum' }, figure(product, { sign: true })),
    );
  });
  const together = element('span', { class: 'visually-hidden' }, t('all of it'));
  const last = element(
    'tr',
    {},
    element('th', { scope: 'row', colspan: '3' }, formula(gradient(symbols.a(layer, unit))), together),
    element('td', { class: 'sum' }, figure(da, { sign: true, term: key('da', layer, unit) })),
  );
  return [
    heading(t('The first factor is a sum')),
    prose(
      tn(
        'The unit acts on the loss through [[{count} unit]] of the next layer: its error times the weight to it.',
        'The unit acts on the loss through [[{count} units]] of the next layer: the error of each, times the weight to it, all added up.',
        terms.length,
      ),
    ),
    element(
      'div',
      { class: 'ask-scroll', 'aria-label': t('The card’s sum, term by term') },
      element('table', { class: 'ask-terms' }, element('tbody', {}, ...lines), element('tfoot', {}, last)),
    ),
  ];
}

/** The error of an output is read off the loss. @param {State} state @param {Place} place */
function fromLoss(state, { layer, unit }) {
  const kinds = new Set(['da_loss', 'delta_fused']);
  const found = state.trace?.operations?.find(
    (one) => kinds.has(one.kind) && one.layer === layer && one.unit === unit,
  );
  if (!found) return [];
  const told = tell(found, sceneOf(state));
  return [heading(t('The first factor comes from the loss')), ...toldLines(told)];
}
