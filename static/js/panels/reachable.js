/** What has to be scrolled to be read can be scrolled by keyboard too. */

import { t } from '../lib/i18n.js';

/** @param {Element} body @param {string} lines  the selector of those that may be longer than there is room */
export function reachable(body, lines) {
  for (const [index, line] of body.querySelectorAll(lines).entries()) {
    if (line.scrollWidth <= line.clientWidth) continue;
    line.setAttribute('tabindex', '0');
    line.setAttribute('role', 'region');
    line.setAttribute('aria-label', t('Formula, line {line}', { line: index + 1 }));
  }
}
