/** What went wrong: what happened, what is kept and what to do. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { count, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { store } from '../state.js';
import { press, waited } from './waiting.js';

const dismiss = () => press(t('Close'), actions.dismiss);

/** @param {import('../state.js').Trouble} trouble */
function troubled(trouble) {
  if (trouble.kind !== 'diverged') return [element('p', {}, trouble.message), dismiss()];
  const { at, rate, best, isRising } = trouble;
  const values = { step: count(at), rate: number(rate), best: count(best) };
  const what = isRising
    ? t(
        'It diverged at step {step}: with a learning rate of {rate} every step since step {best} landed higher than the one before, until the numbers no longer fitted into a double. Everything up to there is kept.',
        values,
      )
    : t(
        'It diverged at step {step}, with a learning rate of {rate}: the numbers no longer fit into a double. Everything up to there is kept; the loss was lowest at step {best}.',
        values,
      );
  const label = t('Back to step {step}, half the rate: {rate}', {
    step: count(best),
    rate: number(rate / 2),
  });
  return [element('p', {}, what), press(label, () => actions.recover(), 'button-strong'), dismiss()];
}

/** @param {string} [id] @param {boolean} [tellsWaiting]  a page that says itself that the server is away says it once */
export function mountBanner(id = 'banner', tellsWaiting = true) {
  const banner = byId(id, HTMLElement);
  let shown = '';
  store.subscribe(({ trouble, waiting: asked }) => {
    const waiting = tellsWaiting ? asked : null;
    const name = JSON.stringify([trouble, waiting]);
    if (name === shown) return;
    shown = name;
    const parts = [...(waiting ? waited(waiting) : []), ...(trouble ? troubled(trouble) : [])];
    banner.hidden = parts.length === 0;
    banner.replaceChildren(...parts);
  });
}
