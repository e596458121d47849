/** Copying text, and a word on whether it went. */

import { element } from '../dom.js';
import { t } from '../lib/i18n.js';
import { say } from './toast.js';

/** A browser that gives no access to the clipboard may still copy what is selected. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = /** @type {HTMLTextAreaElement} */ (
      element('textarea', { class: 'visually-hidden', readonly: '' })
    );
    field.value = text;
    document.body.append(field);
    const focused = document.activeElement;
    field.select();
    const isDone = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return isDone;
  }
}

/** @param {string} text @param {string} done @param {string} [failed] */
export async function copy(
  text,
  done,
  failed = t('The browser does not let this page copy. Save it as a file instead.'),
) {
  say((await copied(text)) ? done : failed);
}
