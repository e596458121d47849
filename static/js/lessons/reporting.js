/**
 * What an embedded lesson tells the page around it, by postMessage: how high it is, and what was done in it, in the
 * shape of xAPI's statements. Nothing says who did it: the page around knows that, or nobody. The README describes it.
 *
 * @typedef {{success: boolean, response: string}} Said
 * @typedef {'initialized' | 'answered' | 'completed'} Verb
 * @typedef {{lesson: string, title: string, language: string, origin: string}} Place
 *   `origin`: the server's; the lesson itself stands in a sandbox and has none
 */

const SOURCE = 'backstep';
const VERBS = 'http://adlnet.gov/expapi/verbs/';
const ACTIVITIES = 'http://adlnet.gov/expapi/activities/';

/**
 * A statement without an actor. @param {Verb} verb @param {Place} place @param {string | null} block  null: the lesson
 * @param {{success?: boolean, response?: string, completion?: boolean} | undefined} result @param {string} timestamp
 */
export function statementOf(verb, { lesson, title, language, origin }, block, result, timestamp) {
  const id = `${origin}/${language}/lessons/${lesson}`;
  const [kind, at, name] = block === null ? ['lesson', id, title] : ['question', `${id}#q-${block}`, block];
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

/** @param {object} message */
function send(message) {
  // Whoever frames a lesson may hear it: there is nothing in it about anybody.
  if (parent !== window) parent.postMessage({ source: SOURCE, ...message }, '*');
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
  /** @param {Verb} verb @param {string | null} block @param {object} [result] */
  const tell = (verb, block, result) =>
    send({ type: 'statement', statement: statementOf(verb, place, block, result, new Date().toISOString()) });
  let isTold = false;
  // No other page may stand in the frame, so no link leads to one: its words stay.
  for (const link of main.querySelectorAll('a[href^="/"]')) link.removeAttribute('href');
  tellHeight(main);
  tell('initialized', null);
  return (kind, name, said) => {
    if (kind === 'tasks') tell('completed', name, { success: true, completion: true });
    else if (said) tell('answered', name, said);
    if (isTold || !isWhole()) return;
    isTold = true;
    tell('completed', null, { completion: true });
  };
}
