/** What the chosen run's last step is made of: the gradient, what is remembered, what it is divided by, what moves. */

import { byId, element } from '../../dom.js';
import { full, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { sceneOf } from '../../lib/race/scene.js';
import { ruleOf } from '../../lib/race/words.js';
import { refill } from '../setup/patch.js';

/** @typedef {import('../../lib/race/scene.js').Scene} Scene */
/** @typedef {import('../../actions/racing.js').Race} Race */

/** @param {Race} race */
export function mountParts(race) {
  const body = byId('parts', HTMLElement);
  const note = byId('parts-note', HTMLElement);
  race.store.subscribe((state) => {
    const scene = sceneOf(state);
    const runner = scene?.isFresh ? scene.runners[scene.chosen] : undefined;
    if (!scene || !runner) return;
    const hasStep = scene.step > 0 && scene.step <= runner.at;
    note.textContent = wordsOf(scene, hasStep);
    body.hidden = !hasStep;
    if (hasStep) refill(body, partsOf(scene, runner.at));
  });
}

/** @param {Scene} scene @param {boolean} hasStep */
function wordsOf({ runners, chosen, step }, hasStep) {
  const { index, name } = runners[chosen];
  const values = { run: index + 1, name, step };
  if (step === 0)
    return t('Run {run}, {name}: it has made no step yet. Go forward to see what one is made of.', values);
  if (!hasStep) return t('Run {run}, {name}: it flew away before step {step}.', values);
  return t('Run {run}, {name}: how step {step} was made.', values);
}

/** @param {Scene} scene @param {number} at */
export function partsOf({ runners, chosen, surface }, at) {
  const { walk } = runners[chosen];
  const rule = ruleOf(walk.optimizer);
  const { axes } = surface;
  const before = at - 1;
  const part = (
    /** @type {string} */ words,
    /** @type {string} */ sign,
    /** @type {(number | null)[]} */ numbers,
  ) => partOf(words, sign, axes, numbers);
  return [
    part(t('where it was'), 'w', walk.points[before]),
    part(t('the gradient there'), 'g', walk.gradients[before]),
    ...(walk.remembered
      ? [part(t('what it remembers'), rule.remembered ?? '', walk.remembered[before])]
      : []),
    ...(walk.divisors ? [part(t('what it is divided by'), rule.divisor ?? '', walk.divisors[before])] : []),
    part(t('the step'), rule.move, walk.moves[before]),
    part(t('where it is'), 'w', walk.points[at]),
  ];
}

/** @param {string} words @param {string} sign @param {string[]} axes @param {(number | null)[]} numbers */
function partOf(words, sign, axes, numbers) {
  const values = numbers.map((one, index) =>
    element(
      'span',
      { class: 'part-value', title: full(one) },
      element('span', { class: 'part-axis' }, axes[index]),
      ' ',
      element('span', {}, number(one)),
    ),
  );
  return element(
    'div',
    { class: 'part' },
    element('dt', {}, words, ' ', element('span', { class: 'part-sign' }, sign)),
    element('dd', {}, ...values),
  );
}
