/** Opening what somebody brings: a file, or a link or an experiment as text. What cannot be read changes nothing. */

import * as actions from '../actions.js';
import { t } from '../lib/i18n.js';
import { store } from '../state.js';
import { fromPasted, fromText } from '../url.js';
import { say } from './toast.js';

/** Bytes beyond which a file is no experiment of ours. */
const LARGEST = 20_000_000;

/** @typedef {{link: import('../url.js').Link, ignored: string[]}} Asked */

/** @param {string} why */
const complain = (why) => actions.complainOfLink(`${why} ${t('Nothing was changed.')}`);

/** @param {Asked} asked @param {string} done  what is said when it is open */
async function open({ link, ignored }, done) {
  if (await actions.openLink(link, ignored)) return store.get().trouble === null && say(done);
  if (store.get().trouble?.kind !== 'refused')
    complain(t('It names an example this lab does not have, or a run longer than it can compute again.'));
}

/** @param {File} file */
export async function receiveFile(file) {
  const asked = file.size > LARGEST ? 'unreadable' : fromText(await file.text());
  if (asked === 'unreadable') complain(t('{name} is not an experiment of this lab.', { name: file.name }));
  else await open(asked, t('{name} is open.', { name: file.name }));
}

/** What does not even look like a link or an experiment is none of our business. @param {string} text */
export async function receiveText(text) {
  const asked = fromPasted(text);
  if (asked === 'unreadable') complain(t('That link or experiment could not be read.'));
  else if (asked !== null) await open(asked, t('The experiment is open.'));
}
