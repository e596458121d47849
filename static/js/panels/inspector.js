/** The inspector: the current operation in words, as a formula, with its numbers, and its result. */

import { byId, element, formula, marked } from '../dom.js';
import { count, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { factor, row as mathRow, times, value } from '../lib/mathml.js';
import { spoken, tell } from '../lib/narration.js';
import { currentRate, store } from '../state.js';

/** Milliseconds between two announcements while it plays. */
const QUIET = 1000;

/** @param {import('../state.js').State} state @returns {import('../lib/narration.js').Scene} */
function sceneOf({ experiment, trace }) {
  const { network, loss, reduction } = /** @type {import('../state.js').Experiment} */ (experiment);
  return {
    activations: network.layers.map((layer) => layer.activation),
    sizes: [network.inputs, ...network.layers.map((layer) => layer.units)],
    loss,
    reduction: reduction ?? 'mean',
    examples: trace?.inputs.length ?? 1,
  };
}

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
    state.task === 'train'
      ? t(
          'Forward, loss, backward, update: that is one step, and training is [[nothing but many of them]]. To look inside this one, choose Step above.',
        )
      : t(
          'Forward, loss, backward: [[every number]] of one step, all of the same moment, just before the weights move. Press → to walk through it, one operation at a time.',
        );
  return {
    place,
    result: [`L = ${number(trace.loss)}`],
    speech: t('{place}. Loss {loss}.', { place, loss: number(trace.loss) }),
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
    speech: place,
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
  return {
    place,
    speech: '',
    result: [],
    body: [
      prose(
        t(
          'Forward, backward, update, over and over: [[the same operations]] you can step through, only faster. Pause to look at any of them.',
        ),
      ),
      facts(
        t('updates so far'),
        count(state.now?.step ?? 0),
        t('loss of the last step'),
        number(losses.at(-1) ?? null),
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
      element('td', {}, formula(mathRow(value(row.left), times, factor(row.right)))),
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
    speech: spoken(told),
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

/** What has to be scrolled to be read can be scrolled by keyboard too. @param {Element} line */
function reachable(line) {
  if (line.scrollWidth <= line.clientWidth) return;
  line.setAttribute('tabindex', '0');
  line.setAttribute('role', 'region');
  line.setAttribute('aria-label', t('Formula'));
}

export function mountInspector() {
  const panel = byId('inspector', HTMLElement);
  const place = byId('inspector-place', HTMLElement);
  const body = byId('inspector-body', HTMLElement);
  const label = byId('sheet-label', HTMLElement);
  const result = byId('sheet-result', HTMLElement);
  const announce = announcer();
  let shown = '';
  store.subscribe((state) => {
    panel.classList.toggle('stale', state.isStale);
    const made = contents(state);
    if (!made) return;
    const name = `${made.place} ${state.cursor} ${made.body.map((part) => part.textContent).join()}`;
    if (name === shown) return;
    shown = name;
    place.textContent = made.place;
    label.textContent = made.place;
    result.replaceChildren(...made.result);
    body.replaceChildren(...made.body);
    for (const line of body.querySelectorAll('.formula-line')) reachable(line);
    announce(made.speech, state.isPlaying || state.isTraining);
  });
}

/** Says things politely: at once when asked for, at most one a second in play. */
function announcer() {
  const region = byId('announcer', HTMLElement);
  let last = 0;
  let isFirst = true;
  return (/** @type {string} */ speech, /** @type {boolean} */ isPlaying) => {
    // What one sees on opening the page is read anyway.
    if (isFirst || speech === '' || (isPlaying && performance.now() - last < QUIET)) {
      isFirst = false;
      return;
    }
    last = performance.now();
    region.textContent = speech;
  };
}
