/**
 * What the browser keeps for this tab: an experiment that is too long for an address, and the one in each lesson, so
 * that a reload and another language find it again. Nothing of it leaves the browser, and it goes with the tab.
 */

const LONG = 'backstep.experiment';
const IN_LESSONS = 'backstep.experiment.';

/** @param {string} text @param {string} [lesson]  none: it is the lab's @returns {boolean} whether it is kept: storage may be forbidden, or full */
export function keep(text, lesson) {
  try {
    sessionStorage.setItem(lesson ? IN_LESSONS + lesson : LONG, text);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} [lesson] @returns {string | null} */
export function kept(lesson) {
  try {
    return sessionStorage.getItem(lesson ? IN_LESSONS + lesson : LONG);
  } catch {
    return null;
  }
}

/** Keep nothing of the lessons any longer. */
export function forgetLessons() {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(IN_LESSONS)) sessionStorage.removeItem(key);
  } catch {
    // there is nothing to forget
  }
}
