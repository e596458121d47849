/**
 * A prediction: made before the answer is seen, and compared with what happened once the instrument shows it.
 *
 * What is told speaks of the moment at which it was told: the option that happened then is kept, and so are the
 * numbers of then, whatever the instrument shows later.
 */

import { byId, element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { areMet, outcomeOf } from './conditions.js';
import { fillFacts, partOf, takeFacts } from './told.js';

/** @typedef {import('./conditions.js').Facts} Facts */
/** @typedef {import('./progress.js').Prediction} Prediction */

/** @param {import('./blocks.js').Block} block @param {import('./blocks.js').Page} page */
export function mountPredict({ name, when = [], outcome = [], facts: told = [] }, page) {
  const view = viewOf(name);
  /** @type {Facts} */
  let now = {};
  const kept = () => {
    const made = page.done().predictions[name];
    return made && fits(made, view.options.length) ? made : undefined;
  };
  const keep = (
    /** @type {Prediction} */ made,
    /** @type {import('./reporting.js').Said | undefined} */ said = undefined,
  ) => page.keep('predictions', name, made, said);
  /** The outcome, once the state on screen decides it. */
  const look = () => {
    const made = kept();
    if (!made || isKnown(made) || !areMet(when, now)) return;
    const happened = outcomeOf(outcome, now);
    if (happened === null) return;
    const { choice } = made;
    keep(
      { choice, outcome: happened, facts: takeFacts(told, now) },
      choice === null ? undefined : { success: choice === happened, response: String(choice) },
    );
  };
  const make = (/** @type {number | null} */ choice) => {
    keep({ choice, outcome: null });
    look();
    view.show(kept());
    // The button that was pressed is gone: what comes next has the focus.
    view.focus(isKnown(kept()));
  };
  view.options.forEach((one) => one.addEventListener('change', () => view.show(kept())));
  view.commit.addEventListener('click', () => make(Number(view.chosen()?.value)));
  view.skip.addEventListener('click', () => make(null));
  view.show(kept());
  page.facts((facts) => {
    now = facts;
    look();
    view.show(kept());
  });
}

/** Whether it is known what happened. @param {Prediction | undefined} made */
const isKnown = (made) => typeof made?.outcome === 'number';

/** Whether what is kept is of this question: it may have had more options once. @param {Prediction} made @param {number} count */
function fits({ choice, outcome = null }, count) {
  return [choice, outcome].every((one) => one === null || (one >= 1 && one <= count));
}

/** @param {string} name */
function viewOf(name) {
  const section = byId(`q-${name}`, HTMLElement);
  const options = /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll('input[type="radio"]')]);
  const commit = /** @type {HTMLButtonElement} */ (partOf(name, 'commit'));
  const skip = /** @type {HTMLButtonElement} */ (partOf(name, 'skip'));
  const waiting = partOf(name, 'waiting');
  const outcome = partOf(name, 'outcome');
  const chosen = () => options.find((one) => one.checked);
  /** What was decided last: nothing is written twice. @type {string | null} */
  let shown = null;
  /** @param {Prediction | undefined} made */
  const show = (made) => {
    if (made?.choice) options[made.choice - 1].checked = true;
    for (const one of options) one.disabled = made !== undefined;
    commit.disabled = made !== undefined || !chosen();
    const state = JSON.stringify(made ?? null);
    if (state === shown) return;
    shown = state;
    for (const button of [commit, skip]) button.hidden = made !== undefined;
    const isSeen = isKnown(made);
    waiting.textContent = made && !isSeen ? t('Now let it happen, and see.') : '';
    outcome.classList.toggle('is-shown', isSeen);
    section.classList.toggle('is-done', isSeen);
    if (made && isSeen) tell(name, options, made);
  };
  return {
    ...{ options, commit, skip, chosen, show },
    focus: (/** @type {boolean} */ isSeen) => {
      const target = isSeen ? outcome : waiting;
      target.tabIndex = -1;
      target.focus();
    },
  };
}

/** What was predicted, what happened, and what is told of it. @param {string} name @param {HTMLInputElement[]} options @param {Prediction} made */
function tell(name, options, { choice, outcome, facts = {} }) {
  const words = options.map((one) => one.nextElementSibling?.textContent ?? '');
  partOf(name, 'said').textContent = choice === null ? t('nothing, on purpose') : words[choice - 1];
  partOf(name, 'happened').textContent = words[Number(outcome) - 1];
  const parts = [...partOf(name, 'outcome').querySelectorAll('[data-told]')];
  const own = parts.find((part) => part.getAttribute('data-told') === String(outcome));
  for (const part of parts)
    /** @type {HTMLElement} */ (part).hidden =
      part !== (own ?? parts.find((one) => !one.getAttribute('data-told')));
  fillFacts(name, facts);
  options.forEach((one, index) => mark(one, index + 1, choice, outcome));
}

/** A sign at the option that happened, and at one that was chosen and did not. @param {HTMLInputElement} option @param {number} number @param {number | null} choice @param {number | null | undefined} outcome */
function mark(option, number, choice, outcome) {
  const label = /** @type {HTMLElement} */ (option.parentElement);
  label.querySelector('.option-mark')?.remove();
  const [sign, words] =
    number === outcome
      ? ['✓', t('this happened')]
      : number === choice
        ? ['✗', t('this did not happen')]
        : ['', ''];
  label.classList.toggle('is-happened', number === outcome);
  if (!sign) return;
  label.append(
    element(
      'span',
      { class: 'option-mark' },
      element('span', { 'aria-hidden': 'true' }, sign),
      element('span', { class: 'visually-hidden' }, words),
    ),
  );
}
