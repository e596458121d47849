/**
 * What a link asks for besides what it shows: a preset to begin with, parts that are left out, controls that are
 * fixed. `?preset=xor&hide=setup,share&lock=rate`. The same words are in `app/links.py`, for who makes such links.
 *
 * @typedef {{preset: string | null, hide: string[], lock: string[]}} Wishes
 */

/** @param {string} search  of an address @returns {Wishes} */
export function wishesOf(search) {
  const query = new URLSearchParams(search);
  const list = (/** @type {string} */ name) =>
    query
      .getAll(name)
      .flatMap((text) => text.split(','))
      .filter((one) => one !== '');
  return { preset: query.get('preset'), hide: list('hide'), lock: list('lock') };
}

/** @type {string[]} */
let locked = [];

/** Which controls stay as they are from now on. @param {string[]} names */
export function setLocked(names) {
  locked = names;
}

/** Whether a control stays as it is: by its id, or by what stands after the instrument in it (`neuron-0-w1`: `w1`). @param {string} id */
export const isLocked = (id) => locked.some((name) => id === name || id.endsWith(`-${name}`));
