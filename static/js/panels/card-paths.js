/** All paths from the parameter to the loss, adding up to its gradient, and what three methods cost. */

import * as actions from '../actions.js';
import { element, formula } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { costs, large, pathRows } from '../lib/card/paths.js';
import { parameterFacts } from '../lib/card/subject.js';
import { gradientKey, parameterSymbol, symbolsOf } from '../lib/card/symbols.js';
import { factor, gradient, row, times, value } from '../lib/mathml.js';
import { aside, figure, heading, prose } from './card-parts.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../lib/card/paths.js').PathRow} PathRow
 */

/** @param {State} state @param {Place} place */
export function pathsSection(state, place) {
  const { explanation } = state;
  const own = parameterFacts(state, place);
  if (!explanation || !own) return [];
  const { path_count, paths } = explanation;
  const values = { count: large(path_count), listed: paths.length };
  const intro =
    path_count === 1
      ? t('There is [[one path]] from here to the loss: its product is the gradient.')
      : paths.length === path_count
        ? t('There are [[{count} paths]] from here to the loss; together they are the gradient.', values)
        : t('There are [[{count} paths]] from here to the loss; these {listed} are the largest.', values);
  return [prose(intro), listing(state, place), ...costSection(state)];
}

/** @param {State} state @param {Place} place */
function listing(state, place) {
  const explanation = /** @type {import('../lib/wire.js').ExplainAnswer} */ (state.explanation);
  const own = /** @type {import('../lib/card/subject.js').Facts} */ (parameterFacts(state, place));
  const symbols = symbolsOf(sceneOf(state));
  const { rest, penalty_gradient: penalty, gradient: whole } = explanation;
  const rows = pathRows(explanation, place, sceneOf(state)).map((one, index) =>
    pathItem(one, index, own.examples > 1),
  );
  const ends = [
    ...(rest.count > 0
      ? [ending(t('{count} more, together', { count: large(rest.count) }), rest.contribution)]
      : []),
    ...(penalty ? [ending(t('penalty'), penalty)] : []),
  ];
  const total = element(
    'li',
    { class: 'ask-total' },
    formula(gradient(parameterSymbol(symbols, place))),
    figure(whole, { sign: true, term: gradientKey(place), kind: 'ask-sum' }),
  );
  const head = element(
    'div',
    { class: 'ask-paths-head', 'aria-hidden': 'true' },
    element('span', {}, t('path')),
    element('span', {}, t('adds')),
    element('span', {}, t('so far')),
  );
  const list = element('ol', { class: 'ask-paths', 'aria-label': t('Paths, the largest first') }, ...rows);
  walkable(list);
  return element(
    'div',
    {},
    head,
    element('div', { class: 'ask-paths-scroll' }, list),
    element('ul', { class: 'ask-ends' }, ...ends, total),
  );
}

/** @param {PathRow} one @param {number} index @param {boolean} hasBatch */
function pathItem(one, index, hasBatch) {
  const product = row(
    ...one.derivatives.flatMap((derivative, at) => (at ? [times, factor(derivative)] : [value(derivative)])),
  );
  const bar = element('span', { class: `ask-bar ${(one.contribution ?? 0) < 0 ? 'is-negative' : ''}` });
  bar.style.setProperty('--share', String(one.share));
  const example = hasBatch
    ? [
        element(
          'span',
          { class: 'ask-path-example' },
          t('example {number}', { number: number(one.example + 1) }),
        ),
      ]
    : [];
  const button = element(
    'button',
    {
      type: 'button',
      class: 'ask-path',
      'data-path': String(index),
      'data-keep': `path ${index}`,
      'aria-pressed': 'false',
      tabindex: index === 0 ? '0' : '-1',
    },
    element('span', { class: 'ask-path-units' }, one.units, ...example),
    figure(one.contribution, { sign: true, kind: 'ask-adds' }),
    figure(one.total, { sign: true, kind: 'ask-sofar' }),
    element('span', { class: 'ask-path-product' }, formula(product)),
    bar,
  );
  return element('li', {}, button);
}

/** @param {string} words @param {number | null} contribution */
function ending(words, contribution) {
  return element('li', {}, element('span', {}, words), figure(contribution, { sign: true }));
}

/**
 * One tab stop for the whole list; arrows go along it. What is pointed at or focused is lit, and stays lit when chosen.
 * @param {HTMLElement} list
 */
function walkable(list) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll('.ask-path')]);
  /** @type {number | null} */
  let chosen = null;
  buttons.forEach((button, index) => {
    button.addEventListener('pointerenter', () => actions.light(index));
    button.addEventListener('focus', () => actions.light(index));
    button.addEventListener('click', () => {
      chosen = chosen === index ? null : index;
      actions.light(chosen);
    });
    button.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const next = buttons[index + step];
      if (!next) return;
      button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  });
  list.addEventListener('pointerleave', () => actions.light(chosen));
  list.addEventListener('focusout', (event) => {
    const target = event.relatedTarget;
    if (!(target instanceof Node && list.contains(target))) actions.light(chosen);
  });
}

/** What it costs to find all gradients, by three methods. @param {State} state */
function costSection(state) {
  const explanation = /** @type {import('../lib/wire.js').ExplainAnswer} */ (state.explanation);
  const rows = costs(explanation).map(({ label, now, deeper, times: by, share, shareDeeper }) => {
    const bars = [share, shareDeeper].map((length, index) => {
      const bar = element('span', { class: index ? 'ask-cost-bar is-deeper' : 'ask-cost-bar' });
      bar.style.setProperty('--share', String(length));
      return bar;
    });
    const whole = (/** @type {number} */ count) =>
      element('td', { title: Number.isSafeInteger(count) ? String(count) : '' }, large(count));
    return element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        label,
        element('span', { class: 'ask-cost-bars', 'aria-hidden': 'true' }, ...bars),
      ),
      whole(now),
      whole(deeper),
      element('td', {}, t('× {times}', { times: number(by, { digits: 2 }) })),
    );
  });
  const columns = [t('method'), t('now'), t('one layer more'), t('growth')];
  return [
    heading(t('Multiplications for all gradients')),
    element(
      'div',
      { class: 'ask-scroll', 'aria-label': t('Multiplications for all gradients') },
      element(
        'table',
        { class: 'ask-costs' },
        element(
          'thead',
          {},
          element('tr', {}, ...columns.map((one) => element('th', { scope: 'col' }, one))),
        ),
        element('tbody', {}, ...rows),
      ),
    ),
    aside(
      t(
        'Paths meet in units, and backpropagation adds them up where they meet: each δ is made once and serves every path through it, so one sweep back is enough. The bars are logarithmic, the lighter one is with a layer more.',
      ),
    ),
  ];
}

/** Show which path is lit. @param {HTMLElement} body @param {number | null} path */
export function showPath(body, path) {
  for (const button of body.querySelectorAll('.ask-path')) {
    const isLit = button instanceof HTMLElement && button.dataset.path === String(path);
    button.setAttribute('aria-pressed', String(isLit));
  }
}
