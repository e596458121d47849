/**
 * The card: any number of the picture asked where it comes from. It opens beside the words, on a phone in the sheet;
 * everything in it is of one training step and one example. It is no dialog: the rest goes on working.
 *
 * A new section gets a row in SECTIONS.
 */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { valueAt } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { exists, momentOf, titleOf } from '../lib/card/subject.js';
import { anyExample, isLitBy, parameterSymbol, symbolsOf } from '../lib/card/symbols.js';
import { store } from '../state.js';
import { chainSection, valueSection } from './card-parameter.js';
import { notationsSection } from './card-notations.js';
import { aside, fact, facts, figure, reachable } from './card-parts.js';
import { pathsSection, showPath } from './card-paths.js';
import { mountTry } from './card-try.js';
import {
  lossExamples,
  lossOperations,
  lossValues,
  unitConnections,
  unitOperations,
  unitValues,
} from './card-unit.js';
import { mountWhich } from './card-which.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Pinned} Pinned
 * @typedef {{id: string, words: () => string, content: (state: State, pinned: any) => Node[]}} Section
 */

/** @type {Record<Pinned['kind'], Section[]>} */
const SECTIONS = {
  parameter: [
    { id: 'value', words: () => t('Value'), content: (state, { place }) => valueSection(state, place) },
    {
      id: 'notations',
      words: () => t('Notations'),
      content: (state, { place }) => notationsSection(state, place),
    },
    { id: 'chain', words: () => t('Chain'), content: (state, { place }) => chainSection(state, place) },
    { id: 'paths', words: () => t('Paths'), content: (state, { place }) => pathsSection(state, place) },
    { id: 'proof', words: () => t('Proof'), content: () => [] },
  ],
  unit: [
    { id: 'value', words: () => t('Value'), content: unitValues },
    { id: 'operations', words: () => t('Operations'), content: unitOperations },
    { id: 'connections', words: () => t('Connections'), content: unitConnections },
  ],
  loss: [
    { id: 'value', words: () => t('Value'), content: lossValues },
    { id: 'operations', words: () => t('Operations'), content: lossOperations },
    { id: 'examples', words: () => t('Examples'), content: lossExamples },
  ],
};

/** The sections of what is asked about. @param {State} state @param {Pinned} pinned */
function sectionsOf({ trace }, pinned) {
  const all = SECTIONS[pinned.kind];
  if (pinned.kind === 'unit' && pinned.layer < 0) return all.filter(({ id }) => id !== 'operations');
  // The loss of a single example has said all of it at once.
  if (pinned.kind === 'loss' && (trace?.example_losses.length ?? 1) < 2) return all.slice(0, 1);
  return all;
}

/** While it trains only the value itself is known. @param {State} state @param {Pinned} pinned */
function inTraining(state, pinned) {
  const rest = aside(t('It trains: pause, and all the rest is here, of the step it has come to.'));
  if (pinned.kind === 'unit' || !state.now) return [rest];
  if (pinned.kind === 'loss')
    return [facts(fact([t('loss of the last step')], figure(state.history.losses.at(-1)))), rest];
  const symbol = parameterSymbol(symbolsOf(sceneOf(state)), pinned.place);
  return [
    facts(
      fact([t('value'), ' ', symbol], figure(valueAt(state.now.parameters, pinned.place))),
      fact([t('gradient')], figure(undefined)),
    ),
    rest,
  ];
}

/** @param {EventTarget | null} target */
function termOf(target) {
  const found = target instanceof Element ? target.closest('[data-term]') : null;
  return found?.getAttribute('data-term') ?? null;
}

/** What is pointed at, focused or touched in the card lights up everywhere. @param {HTMLElement} card */
function mountPointing(card) {
  card.addEventListener('pointerover', (event) => actions.point(termOf(event.target)));
  card.addEventListener('pointerleave', () => actions.point(null));
  card.addEventListener('focusin', (event) => actions.point(termOf(event.target)));
  card.addEventListener('focusout', () => actions.point(null));
}

/** @param {HTMLElement} card @param {string | null} lit */
function showLit(card, lit) {
  for (const one of card.querySelectorAll('[data-term]')) {
    const term = one.getAttribute('data-term') ?? '';
    // Pointing at the number of one example lights the symbol that stands for all of them too.
    const isLit = lit !== null && (isLitBy(term, lit) || term === anyExample(lit));
    one.classList.toggle('is-lit', isLit);
  }
}

/** @param {string} plotly */
export function mountCard(plotly) {
  const card = byId('card', HTMLElement);
  const [title, body] = [byId('card-title', HTMLElement), byId('card-body', HTMLElement)];
  const proof = byId('card-proof', HTMLElement);
  const attempt = byId('card-try', HTMLElement);
  const moment = byId('card-moment', HTMLElement);
  const showWhich = mountWhich();
  const showTry = mountTry();
  const tabs = mountTabs();
  const opening = mountOpening(card, title);
  mountPointing(card);
  body.addEventListener('toggle', () => reachable(body), true); // what was folded may have to be scrolled
  new ResizeObserver(() => reachable(body)).observe(body); // and what had room in a wider window
  let shown = /** @type {unknown[]} */ ([]);
  let lit = /** @type {string | null} */ (null);

  /** @param {State} state */
  const show = (state) => {
    const { pinned, now, trace, isTraining } = state;
    const isOpen = pinned !== null && now !== null && exists(state, pinned);
    opening(isOpen ? pinned : null);
    if (!isOpen) {
      shown = [];
      return;
    }
    card.classList.toggle('stale', state.isStale);
    title.textContent = titleOf(sceneOf(state), pinned);
    moment.textContent = momentOf(state);
    showWhich(state, pinned);
    const section = tabs.show(sectionsOf(state, pinned));
    const isLive = isTraining || trace === null;
    tabs.hide(isLive);
    attempt.hidden = isLive || section.id !== 'value' || pinned.kind !== 'parameter';
    proof.hidden = isLive || section.id !== 'proof';
    if (!proof.hidden) loadProof(plotly);
    showTry(state);
    const parts = [
      pinned,
      section.id,
      isLive ? now : trace,
      state.explanation,
      state.survey,
      state.history.changes,
      section.id === 'value' && (state.isWhole || state.cursor),
    ];
    const isSame = parts.length === shown.length && parts.every((part, index) => part === shown[index]);
    if (!isSame) {
      shown = parts;
      fill(body, isLive ? inTraining(state, pinned) : section.content(state, pinned), section.id);
      showLit(card, state.lit);
      showPath(body, state.path);
    }
    if (lit !== state.lit) showLit(card, state.lit);
    lit = state.lit;
    showPath(body, state.path);
  };
  tabs.onChange(() => {
    actions.light(null);
    show(store.get());
  });
  store.subscribe(show);
}

/** The proof has a figure of its own: it is loaded when it is looked at. @param {string} plotly */
const loadProof = async (plotly) => (await import('./proof.js')).mountProof(plotly);

/** Put another content into the body; what had the focus keeps it. @param {HTMLElement} body @param {Node[]} content @param {string} section */
function fill(body, content, section) {
  const active = document.activeElement;
  const kept = active instanceof HTMLElement && body.contains(active) ? active.dataset.keep : undefined;
  const open = [...body.querySelectorAll('details[open] > summary')].map((one) =>
    one instanceof HTMLElement ? one.dataset.keep : '',
  );
  const isEmpty = content.length === 0 && section !== 'proof';
  body.replaceChildren(...(isEmpty ? [aside('—')] : content));
  for (const summary of body.querySelectorAll('details > summary')) {
    if (summary instanceof HTMLElement && open.includes(summary.dataset.keep))
      summary.parentElement?.setAttribute('open', '');
  }
  reachable(body);
  if (kept === undefined) return;
  for (const one of body.querySelectorAll('[data-keep]')) {
    if (one instanceof HTMLElement && one.dataset.keep === kept) one.focus({ preventScroll: true });
  }
}

/** The sections, one at a time; the chosen one stays from number to number. */
function mountTabs() {
  const list = byId('card-tabs', HTMLElement);
  let chosen = 'value';
  let made = '';
  let changed = () => {};
  return {
    /** @param {() => void} listener */
    onChange(listener) {
      changed = listener;
    },
    /** @param {boolean} isHidden */
    hide(isHidden) {
      list.hidden = isHidden;
    },
    /** @param {Section[]} sections */
    show(sections) {
      const section = sections.find(({ id }) => id === chosen) ?? sections[0];
      const name = sections.map(({ id }) => id).join();
      if (name !== made) {
        made = name;
        list.replaceChildren(
          element('legend', { class: 'visually-hidden' }, t('What to see of it')),
          ...sections.map(({ id, words }) => tab(id, words(), () => changeTo(id))),
        );
      }
      for (const radio of list.querySelectorAll('input')) radio.checked = radio.value === section.id;
      return section;
    },
  };
  /** @param {string} id */
  function changeTo(id) {
    chosen = id;
    changed();
  }
}

/** @param {string} id @param {string} words @param {() => void} onChoose */
function tab(id, words, onChoose) {
  const radio = element('input', { type: 'radio', name: 'card-section', value: id });
  radio.addEventListener('change', onChoose);
  return element('label', {}, radio, element('span', {}, words));
}

/**
 * Opening and closing: the card comes into sight, by keyboard it takes the focus, and gives it back in the end.
 * @param {HTMLElement} card
 * @param {HTMLElement} title
 */
function mountOpening(card, title) {
  /** @type {Element | null} */
  let opener = null;
  /** @type {Pinned | null} */
  let before = null;
  let isFirst = true;
  const close = () => {
    const hadFocus = card.contains(document.activeElement);
    actions.pin(null);
    if (hadFocus && opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  byId('card-close', HTMLButtonElement).addEventListener('click', close);
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || before === null || document.querySelector('dialog[open]')) return;
    if (event.defaultPrevented) return;
    close();
  });
  return (/** @type {Pinned | null} */ pinned) => {
    card.hidden = pinned === null;
    if (pinned !== null && pinned !== before) {
      const active = document.activeElement;
      const isAsked = active instanceof Element && active.closest('.numbers, #card-body') !== null;
      if (before === null) opener = isAsked ? active : null;
      if (before === null) openSheet();
      if (isAsked) title.focus({ preventScroll: true });
      const isLink = isFirst && !isAsked && active === document.body;
      if (!isLink || before !== null) requestAnimationFrame(() => bringIntoSight(card));
    }
    before = pinned;
    isFirst = false;
  };
}

/** @param {HTMLElement} card */
function bringIntoSight(card) {
  const { top, bottom } = card.getBoundingClientRect();
  const isSeen = top >= 0 && Math.min(bottom, top + 240) <= innerHeight;
  if (!isSeen) card.scrollIntoView({ block: 'start', behavior: 'instant' });
}

/** On a phone the card is in the sheet. */
function openSheet() {
  const handle = document.getElementById('sheet');
  if (!handle) return;
  if (handle.offsetParent !== null && handle.getAttribute('aria-expanded') === 'false') handle.click();
}
