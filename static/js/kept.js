/**
 * What the browser keeps for this tab: an experiment that is too long for an address, so that a reload and another
 * language find it again. Nothing of it leaves the browser, and it goes with the tab.
 */

const KEY = 'backstep.experiment';

/** @param {string} text @returns {boolean} whether it is kept: storage may be forbidden, or full */
export function keep(text) {
  try {
    sessionStorage.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | null} */
export function kept() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
