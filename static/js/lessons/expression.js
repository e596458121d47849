/** The instrument of a formula: its field, its values, its graph, and a walk through it, forward and back. */

import { beginExpression, setValue, toStep } from '../actions/expressions.js';
import { element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { namesIn } from '../lib/expression/names.js';
import { settingOf } from '../lib/setting.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { numeric } from '../panels/setup/controls.js';
import { refill } from '../panels/setup/patch.js';
import { graphAt, heightOf } from '../views/expression/graph.js';
import { factsOf } from './expression-facts.js';
import { mountField } from './expression-field.js';
import { mountWalk } from './expression-walk.js';
import { figureOf } from './parts.js';

/** @typedef {import('./expression-facts.js').First} Preset */

/** Formulas that a lesson can begin with. @type {Record<string, Preset>} */
const PRESETS = {
  chain: {
    text: '(relu(x*w_in)*w_out - y)^2',
    values: { x: 1.5, w_in: 0.8, w_out: 0.5, y: 1 },
    watched: 'w_in',
  },
  twice: {
    text: 'relu(w*x)*v1 + relu(w*x)*v2',
    values: { w: 0.75, x: 2, v1: 0.5, v2: -0.2 },
    watched: 'w',
  },
  own: { text: 'w*x + b', values: { w: 0.5, x: 2, b: -0.3 }, watched: null },
};

/**
 * @param {HTMLElement} place
 * @param {{formula?: string}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, { formula = 'chain' }, tell, { index, plotly }) {
  const preset = PRESETS[formula];
  const view = graphAt(index);
  const values = element('div', { class: 'formula-values', role: 'group', 'aria-label': t('Values') });
  const figure = figureOf(t('The graph'));
  const again = element(
    'button',
    { class: 'button', type: 'button', id: `expression-${index}-again`, hidden: '' },
    t('The first formula again'),
  );
  again.addEventListener('click', () => {
    beginExpression(index, preset);
    field.show(preset.text);
  });
  const field = mountField(index, preset.text, formula === 'own');
  const walk = mountWalk(index);
  place.classList.add('lesson-expression');
  // Above the caption, whose length changes: the buttons stay under the finger.
  figure.querySelector('figcaption')?.before(walk);
  place.append(field.element, values, figure, again);
  const keepGrey = greyOf(place);
  const stepsSeen = beginSeeing();
  const showValues = () => refill(values, valuesOf(index, showValues));
  store.subscribe((state) => {
    const slice = view.select(state);
    if (!slice) return;
    showValues();
    keepGrey(slice);
    again.hidden = slice.text === preset.text && hasFirstValues(slice.values, preset);
    tell(factsOf(slice, preset, stepsSeen(slice)));
  });
  beginExpression(index, preset);
  mount(figure, view, plotly, { heightOf });
  mountKeys(index, place);
}

/** Milliseconds after which what is being computed is shown as not holding; a quick answer needs no flicker. */
const LATE = 250;

/** What no longer holds is grey until it does again. @param {HTMLElement} place */
function greyOf(place) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const turn = (/** @type {boolean} */ isGrey) => place.classList.toggle('is-grey', isGrey);
  return (/** @type {import('../lesson-state.js').ExpressionState} */ { isStale, problem }) => {
    place.classList.toggle('is-stale', isStale);
    clearTimeout(timer);
    if (!isStale) turn(false);
    else if (problem) turn(true);
    else timer = setTimeout(() => turn(true), LATE);
  };
}

/** Which steps of the walk through a formula were on screen. */
function beginSeeing() {
  /** @type {Set<number>} */
  const seen = new Set();
  let seenOf = '';
  return (/** @type {import('../lesson-state.js').ExpressionState} */ { text, found, isStale, step }) => {
    if (text !== seenOf) seen.clear();
    seenOf = text;
    if (found && !isStale) seen.add(step);
    return seen;
  };
}

/** @param {Record<string, number>} values @param {Preset} preset */
const hasFirstValues = (values, preset) =>
  Object.entries(preset.values).every(([name, value]) => values[name] === value);

/** A field for each name in the formula. @param {number} index @param {() => void} again */
function valuesOf(index, again) {
  const state = store.get().expressions[index];
  if (!state) return [];
  return namesIn(state.text).map((name) =>
    numeric({
      id: `expression-${index}-value-${name}`,
      label: name,
      setting: settingOf({ name, label: '', default: 1 }),
      value: state.values[name],
      take: (value) => setValue(index, name, value),
      again,
    }),
  );
}

/** The arrow keys walk, wherever in the instrument nothing is typed. @param {number} index @param {HTMLElement} place */
function mountKeys(index, place) {
  place.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = store.get().expressions[index]?.step ?? 0;
    const target = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: Infinity }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    toStep(index, target);
  });
}
