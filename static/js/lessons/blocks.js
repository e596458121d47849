/** The blocks of a lesson come alive: predictions, tasks and questions, each told by what is really so. */

import { judge, numbersOf } from '../actions/lessons.js';
import { byId, element } from '../dom.js';
import { number, parse } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { areMet, isRefused } from './conditions.js';
import { fillFacts, partOf, takeFacts } from './told.js';

/**
 * @typedef {import('./progress.js').Done} Done
 * @typedef {import('./conditions.js').Condition} Condition
 * @typedef {import('./conditions.js').Facts} Facts
 * @typedef {{kind: string, name: string, when?: Condition[], outcome?: import('./conditions.js').OutcomeRow[],
 *   check?: Condition[], facts?: string[], question?: string}} Block  `facts`: those that stand in what is told
 * @typedef {{facts: (listener: (facts: Facts) => void) => void, done: () => Done,
 *   keep: (kind: 'tasks' | 'predictions' | 'numbers', name: string, what: any, said?: import('./reporting.js').Said) => void}} Page
 *   `facts`: hears the state of the instrument above; `said`: what was answered just now
 */

const SEEDS = 100_000;

/** @param {Block} block @param {Page} page */
export function mountTask({ name, check = [], facts: told = [] }, page) {
  const state = partOf(name, 'state');
  const show = () => {
    const kept = page.done().tasks[name];
    const isDone = kept !== undefined;
    byId(`q-${name}`, HTMLElement).classList.toggle('is-done', isDone);
    partOf(name, 'told').classList.toggle('is-shown', isDone);
    if (!isDone) return;
    state.textContent = t('Done.');
    fillFacts(name, kept === true ? {} : kept.facts);
  };
  show();
  // What was so from the beginning, nobody did.
  let isOpen = false;
  page.facts((facts) => {
    if (name in page.done().tasks) return;
    if (!areMet(check, facts)) {
      isOpen ||= isRefused(check, facts);
      return;
    }
    if (!isOpen) return;
    page.keep('tasks', name, told.length > 0 ? { facts: takeFacts(told, facts) } : true);
    show();
  });
}

/** @param {number | number[]} value */
const givenWords = (value) => {
  const written = [value].flat().map((one) => number(one));
  return written.join(written.some((one) => one.includes(',')) ? '; ' : ', ');
};

/** @param {Block} block @param {Page} page */
export function mountNumber({ name, question = '' }, page) {
  const section = byId(`q-${name}`, HTMLElement);
  const field = byId(`q-${name}-answer`, HTMLInputElement);
  const verdict = partOf(name, 'verdict');
  const check = /** @type {HTMLButtonElement} */ (partOf(name, 'check'));
  const kept = page.done().numbers[name];
  let { seed, tries, isRight } = kept ?? {
    seed: Math.floor(Math.random() * SEEDS),
    tries: 0,
    isRight: false,
  };
  const ask = async () => {
    const asked = seed;
    section.classList.add('is-waiting');
    check.disabled = true;
    const { given, tolerance } = await numbersOf(question, asked);
    if (asked !== seed) return; // still other numbers were asked for meanwhile
    for (const place of section.querySelectorAll('[data-given]')) {
      const value = given[/** @type {HTMLElement} */ (place).dataset.given ?? ''];
      place.textContent = givenWords(value);
    }
    field.title = t('Right within {tolerance}.', { tolerance: number(tolerance) });
    section.classList.remove('is-waiting');
    check.disabled = false;
  };
  const show = () => {
    section.classList.toggle('is-done', isRight);
    partOf(name, 'told').classList.toggle('is-shown', isRight);
  };
  const compare = async () => {
    if (check.disabled) return; // the numbers on screen are not those of this question yet
    const answer = parse(field.value);
    field.setAttribute('aria-invalid', String(Number.isNaN(answer)));
    if (Number.isNaN(answer)) {
      verdict.replaceChildren(
        element('p', {}, t('A number is wanted here, such as {example}.', { example: number(-1.5) })),
      );
      return;
    }
    const asked = seed;
    const found = await judge(question, seed, answer);
    if (asked !== seed) return; // other numbers were asked for meanwhile
    tries += 1;
    isRight = isRight || found.is_right;
    page.keep('numbers', name, { seed, tries, isRight }, { success: found.is_right, response: field.value });
    verdict.replaceChildren(...verdictOf(found));
    show();
  };
  // Not by submitting the form: where a lesson is embedded, a sandbox lets no form go, and tells no script of it.
  partOf(name, 'form').addEventListener('submit', (event) => event.preventDefault());
  check.addEventListener('click', compare);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    compare();
  });
  partOf(name, 'other').addEventListener('click', () => {
    seed = (seed + 1) % SEEDS;
    field.value = '';
    field.removeAttribute('aria-invalid');
    verdict.replaceChildren();
    ask();
    field.focus();
  });
  ask();
  show();
}

/** @param {import('../lib/wire.js').VerdictAnswer} verdict */
function verdictOf({ is_right: isRight, slips, lines }) {
  const words = isRight
    ? [element('p', { class: 'is-right' }, t('Right.'))]
    : slips.length > 0
      ? slips.map(({ label }) => element('p', { class: 'is-wrong' }, t(label)))
      : [element('p', { class: 'is-wrong' }, t('Not that. Begin with the first step, and compare:'))];
  return [
    ...words,
    wayOf(lines, isRight ? -1 : Math.min(...slips.map(({ line }) => line), lines.length - 1)),
  ];
}

/** The way to the answer, as far as it may be seen. @param {import('../lib/wire.js').WayAnswer[]} lines @param {number} marked  where the slip happened */
function wayOf(lines, marked) {
  return element(
    'ol',
    { class: 'lesson-way' },
    ...lines.map(({ label, sign, value }, index) =>
      element(
        'li',
        index === marked ? { class: 'is-marked' } : {},
        ...(label ? [element('span', { class: 'way-label' }, t(label))] : []),
        element('span', { class: 'way-sign' }, sign ? `${sign}\u00a0= ` : ''),
        element('strong', {}, value === null ? '?' : number(value)),
      ),
    ),
  );
}
