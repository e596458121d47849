/**
 * What an embedded page tells the page around it, by postMessage: how high a lesson is, and what was done in it, in the
 * shape of xAPI's statements. Nothing says who did it: the page around knows that, or nobody. The README describes it.
 *
 * @typedef {{success: boolean, response: string}} Said
 * @typedef {'initialized' | 'answered' | 'completed'} Verb
 * @typedef {'lesson' | 'simulation'} Kind  of activity: xAPI's name of an instrument is simulation
 * @typedef {{kind: Kind, id: string, title: string, language: string}} Place  `id`: its address outside of a frame
 */

import { byId } from '../dom.js';

const SOURCE = 'backstep';
const VERBS = 'http://adlnet.gov/expapi/verbs/';
const ACTIVITIES = 'http://adlnet.gov/expapi/activities/';

/**
 * A statement without an actor. @param {Verb} verb @param {Place} place @param {string | null} block  null: the whole
 * @param {{success?: boolean, response?: string, completion?: boolean} | undefined} result @param {string} timestamp
 */
export function statementOf(verb, { kind: whole, id, title, language }, block, result, timestamp) {
  const [kind, at, name] = block === null ? [whole, id, title] : ['question', `${id}#q-${block}`, block];
  return {
    verb: { id: VERBS + verb, display: { 'en-US': verb } },
    object: {
      objectType: 'Activity',
      id: at,
      definition: { type: ACTIVITIES + kind, name: { [language]: name } },
    },
    ...(result ? { result } : {}),
    context: {
      language,
      ...(block === null ? {} : { contextActivities: { parent: [{ objectType: 'Activity', id }] } }),
    },
    timestamp,
  };
}

/** Where we are. @param {Kind} kind @returns {Place} */
export const hereIs = (kind) => ({
  kind,
  id: location.href.replace(/[?#].*/s, '').replace('/embed/', '/'),
  title: document.querySelector('h1')?.textContent ?? '',
  language: document.documentElement.lang,
});

/** @param {object} message */
function send(message) {
  // Whoever frames a lesson may hear it: there is nothing in it about anybody.
  if (parent !== window) parent.postMessage({ source: SOURCE, ...message }, '*');
}

/** @param {Place} place @param {Verb} verb @param {string | null} block @param {object} [result] */
const tell = (place, verb, block, result) =>
  send({ type: 'statement', statement: statementOf(verb, place, block, result, new Date().toISOString()) });

/** No other page may stand in the frame, so no link leads to one: its words stay. @param {HTMLElement} main */
function stay(main) {
  for (const link of main.querySelectorAll('a[href^="/"]')) link.removeAttribute('href');
}

/** An instrument says that it is there. It scrolls in its frame: its controls stay in view, so its height is no news. */
export function beginInstrument() {
  stay(byId('main', HTMLElement));
  tell(hereIs('simulation'), 'initialized', null);
}

/** Tells the height of the page whenever it changes. @param {HTMLElement} main */
function tellHeight(main) {
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(main.getBoundingClientRect().bottom + scrollY);
    if (height === told) return;
    told = height;
    send({ type: 'height', height });
  }).observe(main);
}

/**
 * Begin to report; what it returns is told of everything that is done.
 * @param {HTMLElement} main @param {Place} place @param {() => boolean} isWhole  whether all of the lesson is done
 * @returns {(kind: 'tasks' | 'predictions' | 'numbers', name: string, said?: Said) => void}
 */
export function beginReporting(main, place, isWhole) {
  let isTold = false;
  stay(main);
  tellHeight(main);
  tell(place, 'initialized', null);
  return (kind, name, said) => {
    if (kind === 'tasks') tell(place, 'completed', name, { success: true, completion: true });
    else if (said) tell(place, 'answered', name, said);
    if (isTold || !isWhole()) return;
    isTold = true;
    tell(place, 'completed', null, { completion: true });
  };
}
