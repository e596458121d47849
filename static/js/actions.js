/**
 * Everything that can be done: the only writers of the store (with `state.js`), the only callers of `api.js`.
 * Each file of `actions/` has one subject; whoever does something imports it from here.
 */

import * as api from './api.js';
import { abandon } from './actions/asking.js';

export { whenThere } from './actions/asking.js';

export {
  begin,
  branchHere,
  complainOfLink,
  dismiss,
  open,
  otherSeed,
  recover,
  refuse,
  removeBranch,
  renameBranch,
  rewind,
  setParameter,
  setParameters,
  setRate,
  switchTo,
  turn,
} from './actions/changing.js';
export { checkAll } from './actions/checking.js';
export { openLink } from './actions/linking.js';
export { choose, light, pin, point, showTable } from './actions/looking.js';
export { diverged, showFrame, toStep } from './actions/moments.js';
export { redo, undo } from './actions/undoing.js';
export {
  back,
  forward,
  pauseAll,
  setExample,
  setPlaying,
  toCursor,
  toEnd,
  trainStep,
} from './actions/walking.js';
export { Refused } from './api.js';

/** Ask for a run; only the player calls this. @param {object} body @param {AbortSignal} signal */
export const train = (body, signal) => api.train(body, signal);

/** Begin something that goes by itself: what was under way is given up. */
export const claim = abandon;
