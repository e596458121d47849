/** The instrument of the faded example: one whole pass as lines, some of them left out, and the network beside them. */

import { beginFaded, drawFirst, drawOthers, setLevel } from '../actions/faded.js';
import { element } from '../dom.js';
import { factsOf } from '../lib/faded/sheet.js';
import { progressOf, sectionsOf } from '../lib/faded/words.js';
import { t } from '../lib/i18n.js';
import { store } from '../lesson-state.js';
import { field, menu } from '../panels/setup/controls.js';
import { reachable } from '../panels/reachable.js';
import { refill } from '../panels/setup/patch.js';
import { describe, picture, selectAt } from '../views/faded/network.js';
import { sectionOf } from './faded/lines.js';
import { drawing } from './faded/drawing.js';

/** @typedef {import('../lib/faded/sheet.js').Sheet} Sheet */
/** @typedef {import('../lib/faded/sheet.js').Level} Level */

/** Longer than a narrow screen. */
const FORMULA = '.faded-formula';

/**
 * @param {HTMLElement} place
 * @param {{blanks?: Level, seed?: number[]}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number}} page
 */
export function mountInstrument(place, { blanks = 'nine', seed = [0] }, tell, { index }) {
  const select = selectAt(index);
  const controls = element('div', { class: 'faded-controls' });
  const progress = element('p', { class: 'faded-progress', role: 'status' }, t('It is being computed.'));
  const sheet = element('div', { class: 'faded-sheet' });
  const shown = element('div', { class: 'faded-plot' });
  const caption = element('figcaption');
  const figure = element('figure', { class: 'faded-figure' }, shown, caption);
  place.classList.add('lesson-faded');
  place.append(
    element('h2', { class: 'faded-heading' }, t('A whole pass, number by number')),
    controls,
    progress,
    element('div', { class: 'faded-columns' }, figure, sheet),
  );
  store.subscribe((state) => {
    const asked = state.faded[index];
    if (!asked) return;
    refill(controls, controlsOf(index, asked));
    const facts = factsOf(asked);
    tell(facts);
    place.classList.toggle('is-waiting', asked.isWaiting);
    const now = select(state);
    if (!now?.pass) return;
    if (!asked.isWaiting) progress.textContent = progressOf(now, countsOf(facts));
    shown.replaceChildren(drawing(picture(now)));
    caption.textContent = describe(now);
    refill(
      sheet,
      sectionsOf(now.pass.lines).map((section) => sectionOf(index, now, section)),
    );
    reachable(sheet, FORMULA);
  });
  new ResizeObserver(() => reachable(sheet, FORMULA)).observe(sheet);
  beginFaded(index, seed[0], blanks);
}

/** @param {ReturnType<typeof factsOf>} facts */
function countsOf({ filled, blanks, left, shown }) {
  const counts = { filled, blanks, left, shown };
  return /** @type {Record<keyof typeof counts, number>} */ (counts);
}

/** @param {number} index @param {Sheet} sheet */
function controlsOf(index, { level, seed, first }) {
  const rows = [
    { name: 'nine', label: t('nine') },
    { name: 'five', label: t('five, on the way back') },
    { name: 'none', label: t('none: all worked out') },
  ];
  const button = (
    /** @type {string} */ name,
    /** @type {string} */ words,
    /** @type {boolean} */ isOff,
    /** @type {() => void} */ act,
  ) => {
    const made = element(
      'button',
      {
        ...{ class: 'button', type: 'button', id: `faded-${index}-${name}` },
        ...(isOff ? { disabled: '' } : {}),
      },
      words,
    );
    made.addEventListener('click', act);
    return made;
  };
  return [
    field(
      t('Blanks'),
      menu(`faded-${index}-level`, rows, level, (name) => setLevel(index, /** @type {Level} */ (name))),
    ),
    button('others', t('Other numbers'), false, () => drawOthers(index)),
    button('first', t('The first numbers again'), seed === first, () => drawFirst(index)),
  ];
}
