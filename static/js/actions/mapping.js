/** Asking for the map: the answer is kept with what it was asked for, and a refusal with its reason. */

import * as api from '../api.js';
import { mapContext, mapDeps, mapQuery } from '../lib/plane.js';
import { keepAsking } from './asides.js';

/**
 * @param {import('../state.js').State} state
 * @param {AbortSignal} signal
 * @returns {Promise<import('../lib/plane.js').Mapped>}
 */
async function askMap(state, signal) {
  const context = mapContext(state);
  try {
    const landscape = /** @type {any} */ (await api.landscape(mapQuery(state), signal));
    return { ...context, landscape, refusal: null };
  } catch (error) {
    if (!(error instanceof api.Refused)) throw error;
    return { ...context, landscape: null, refusal: error.message };
  }
}

/** Begin to ask for the map, whenever it is looked at. */
export function beginMap() {
  keepAsking('map', { isWanted: ({ task }) => task === 'inside', deps: mapDeps, ask: askMap });
}
