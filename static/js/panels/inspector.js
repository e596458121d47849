/** The inspector: the current operation in words, as a formula, with its numbers, and its result. */

import { byId, element, formula, marked } from '../dom.js';
import { count, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { tell } from '../lib/narration.js';
import { tellRun } from '../lib/told/run.js';
import { sceneOf } from '../lib/told/scene.js';
import { currentRate, store } from '../state.js';
import { reachable } from './reachable.js';

/** @param {string[]} pairs  name, value, name, value … */
function facts(...pairs) {
  const list = element('dl', { class: 'facts' });
  for (let index = 0; index < pairs.length; index += 2) {
    list.append(element('div', {}, element('dt', {}, pairs[index]), element('dd', {}, pairs[index + 1])));
  }
  return list;
}

/** @param {string} sentence */
const prose = (sentence) => element('p', { class: 'told' }, ...marked(sentence));

/** @param {import('../state.js').State} state */
function whole(state) {
  const { trace, now } = state;
  if (!trace || !now) return null;
  const place = t('Training step {number}, whole', { number: count(now.step + 1) });
  const sentence =
    state.task !== 'step'
      ? tellRun(state)
      : t(
          'Forward, loss, backward: [[every number]] of one step, all of the same moment, just before the weights move. Press → to walk through it, one operation at a time.',
        );
  return {
    place,
    result: [`L = ${number(trace.loss)}`],
    body: [
      prose(sentence),
      facts(
        t('loss now'),
        number(trace.loss),
        t('loss after the update'),
        number(trace.updated_loss),
        t('learning rate η'),
        number(currentRate(state)),
        t('updates so far'),
        count(now.step),
      ),
    ],
  };
}

/** @param {import('../state.js').State} state */
function nothingYet({ now }) {
  const step = count((now?.step ?? 0) + 1);
  const place = t('Training step {number}, before it', { number: step });
  return {
    place,
    result: [],
    body: [
      prose(
        t(
          'Nothing is computed yet: there are [[inputs, weights and biases]], and a target to hit. Press → and the numbers begin to flow.',
        ),
      ),
    ],
  };
}

/** @param {import('../state.js').State} state */
function training(state) {
  const place = t('Training');
  const { losses } = state.history;
  const step = state.now?.step ?? 0;
  return {
    place,
    result: [],
    body: [
      prose(
        t(
          'Forward, backward, update, over and over: [[the same operations]] you can step through, only faster. Pause to look at any of them.',
        ),
      ),
      facts(
        t('updates so far'),
        count(step),
        t('loss of the last step'),
        step > 0 ? number(losses[step - 1] ?? null) : '—',
      ),
    ],
  };
}

/** @param {import('../lib/narration.js').Told} told */
function table(told) {
  const rows = told.rows.map((row) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, formula(row.label)),
      element('td', {}, formula(row.numbers)),
      element('td', { class: 'sum' }, number(row.product, { sign: true })),
    ),
  );
  if (told.rest) {
    const label = tn('{count} more', '{count} more', told.rest.count);
    rows.push(
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, label),
        element('td'),
        element('td', { class: 'sum' }, number(told.rest.value, { sign: true })),
      ),
    );
  }
  return element(
    'div',
    { class: 'sum-table', tabindex: '0', role: 'region', 'aria-label': t('The sum, term by term') },
    element('table', {}, element('tbody', {}, ...rows)),
  );
}

/** @param {import('../state.js').State} state */
function operation(state) {
  const { trace, cursor } = state;
  const current = /** @type {import('../lib/wire.js').OperationAnswer} */ (trace?.operations?.[cursor - 1]);
  const told = tell(current, sceneOf(state));
  const lines = told.lines.map((line) => element('div', { class: 'formula-line' }, formula(line, 'block')));
  if (told.rows.length > 0) lines.splice(1, 0, table(told));
  return {
    place: told.place,
    result: [formula(told.result.name), ` = ${number(told.result.value)}`],
    body: [prose(told.sentence), element('div', { class: 'lines' }, ...lines)],
  };
}

/** @param {import('../state.js').State} state */
function contents(state) {
  if (state.isTraining) return training(state);
  if (!state.trace) return null;
  if (state.isWhole) return whole(state);
  return state.cursor === 0 ? nothingYet(state) : operation(state);
}

export function mountInspector() {
  const panel = byId('inspector', HTMLElement);
  const place = byId('inspector-place', HTMLElement);
  const body = byId('inspector-body', HTMLElement);
  // The handle of the sheet that it is on a phone; in a lesson it is none.
  const label = document.getElementById('sheet-label');
  const result = document.getElementById('sheet-result');
  let shown = '';
  new ResizeObserver(() => reachable(body, '.formula-line')).observe(body); // what had room may have to be scrolled in a narrower window
  store.subscribe((state) => {
    panel.classList.toggle('stale', state.isStale);
    const made = contents(state);
    if (!made) return;
    const name = `${made.place} ${state.cursor} ${made.body.map((part) => part.textContent).join()}`;
    if (name === shown) return;
    shown = name;
    place.textContent = made.place;
    if (label) label.textContent = made.place;
    result?.replaceChildren(...made.result);
    body.replaceChildren(...made.body);
    reachable(body, '.formula-line');
  });
}

export { sceneOf };
