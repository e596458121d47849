/** What a banner says while an answer has to be waited for, and what can be pressed in it. */

import { element } from '../dom.js';
import { count } from '../lib/format.js';
import { t } from '../lib/i18n.js';

/** @param {string} label @param {() => void} action @param {string} [className] */
export function press(label, action, className = '') {
  const made = element('button', { type: 'button', class: `button ${className}` }, label);
  made.addEventListener('click', action);
  return made;
}

/** @param {NonNullable<import('../state.js').State['waiting']>} waiting */
export function waited({ kind, seconds }) {
  const again = count(seconds);
  const sentence =
    kind === 'busy'
      ? t('Everyone is computing just now; trying again in {seconds} s. Nothing is lost.', { seconds: again })
      : t('The server does not answer; trying again in {seconds} s. What is loaded goes on working.', {
          seconds: again,
        });
  return [element('p', {}, sentence)];
}
