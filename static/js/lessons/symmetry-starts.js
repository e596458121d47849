/** The starts of 1986 to choose from: each with its number, a small picture of its weights, and how it stands. */

import { chooseStart } from '../actions/symmetry.js';
import { element } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { HEIGHT, WIDTH, barsOf } from '../views/symmetry/small.js';
import { standing } from '../views/symmetry/words.js';

/** @typedef {import('../views/symmetry/losses.js').Slice} Slice */

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} tag @param {Record<string, string | number>} attributes */
function drawn(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/** @param {number} index @param {number} starts */
export function startsOf(index, starts) {
  const cards = Array.from({ length: starts }, (_, start) => cardOf(index, start));
  const fieldset = element(
    'fieldset',
    { class: 'symmetry-starts' },
    element('legend', {}, t('Look at start')),
    ...cards.map(({ label }) => label),
  );
  return {
    fieldset,
    /** @param {Slice} slice */
    show: (slice) => cards.forEach((card, start) => show(card, slice, start)),
  };
}

/** @param {number} index @param {number} start */
function cardOf(index, start) {
  const input = /** @type {HTMLInputElement} */ (
    element('input', { type: 'radio', name: `symmetry-${index}-start`, value: String(start) })
  );
  input.addEventListener('change', () => chooseStart(index, start));
  const picture = drawn('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    'aria-hidden': 'true',
    class: 'symmetry-small',
  });
  const line = element('span', { class: `symmetry-line branch-${start}`, 'aria-hidden': 'true' });
  const state = element('span', { class: 'symmetry-state' }, '—');
  const head = element('span', { class: 'symmetry-number' }, count(start + 1));
  const label = element(
    'label',
    { class: 'symmetry-start' },
    input,
    element(
      'span',
      { class: 'symmetry-card' },
      element('span', { class: 'symmetry-head' }, head, line),
      picture,
      state,
    ),
  );
  return { input, label, picture, state };
}

/** @param {ReturnType<typeof cardOf>} card @param {Slice} slice @param {number} start */
function show({ input, label, picture, state }, { runs, chosen, patterns }, start) {
  input.checked = start === chosen;
  const run = runs?.[start];
  label.classList.toggle('is-solved', run !== undefined && run.finding.right === patterns);
  const words = run ? standing(run, patterns) : '—';
  if (state.textContent !== words) state.textContent = words;
  const middle = drawn('line', { x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT, class: 'symmetry-middle' });
  const bars = barsOf(run?.finding.units ?? []).map(({ isNegative, ...box }) =>
    drawn('rect', { ...box, class: isNegative ? 'is-negative' : 'is-positive' }),
  );
  picture.replaceChildren(middle, ...bars);
}
