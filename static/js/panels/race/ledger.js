/** The ledger: each step of the chosen run writes its own line, `w − η·∂L/∂w = w` with its numbers. */

import { element } from '../../dom.js';
import { count, full, number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { linesOf } from '../../lib/race/ledger.js';
import { sceneOf } from '../../lib/race/scene.js';
import { refill } from '../setup/patch.js';

/** Lines that are shown: who wants all of them has the table of the figure. */
const MOST = 12;

/** @param {import('../../actions/racing.js').Race} race @param {HTMLElement} place */
export function mountLedger(race, place) {
  race.store.subscribe((state) => {
    const scene = sceneOf(state);
    if (!scene?.isThere) return;
    place.setAttribute(
      'aria-label',
      t('Each step on a line: {surface}', { surface: t(scene.surface.label) }),
    );
    place.classList.toggle('stale', !scene.isFresh && !state.isDragged);
    refill(place, [tableOf(scene)]);
  });
}

/** @param {import('../../lib/race/scene.js').Scene} scene */
export function tableOf({ runners, chosen, surface, course }) {
  const { walk, at } = runners[chosen];
  const { axes } = surface;
  const rate = course.runs[chosen].learning_rate ?? null;
  const isLine = axes.length === 1;
  const head = isLine
    ? [t('step'), axes[0], `∂L/∂${axes[0]}`, 'η', t('new {name}', { name: axes[0] }), t('jumped over?')]
    : [t('step'), t('of'), t('value'), t('gradient'), 'η', t('new value')];
  const lines = linesOf(walk, at);
  const rows = lines
    .slice(0, MOST)
    .flatMap((line) =>
      axes.map((name, index) => [
        ...(index === 0
          ? [element('th', { scope: 'row', rowspan: String(axes.length) }, count(line.step))]
          : []),
        ...(isLine ? [] : [cell(name)]),
        valued(line.before[index]),
        valued(line.gradient[index], true),
        cell(number(rate)),
        valued(line.after[index]),
        ...(isLine ? [cell(line.hasJumped ? t('yes') : t('no'))] : []),
      ]),
    );
  const rest = lines.length - MOST;
  const caption = at === 0 ? t('No step has been made yet.') : t('The newest step is at the top.');
  const hidden =
    rest > 0 ? ` ${tn('{count} older one is not shown.', '{count} older ones are not shown.', rest)}` : '';
  return element(
    'table',
    { class: 'ledger-table' },
    element('caption', {}, caption + hidden),
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells))),
  );
}

/** @param {string} text */
const cell = (text) => element('td', {}, text);

/** @param {number | null} value @param {boolean} [sign] */
const valued = (value, sign = false) => element('td', { title: full(value) }, number(value, { sign }));
