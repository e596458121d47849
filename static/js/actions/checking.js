/** The gradient check of all parameters: asked for on purpose, since it takes two forward passes for each. */

import * as api from '../api.js';
import { traceQuery } from '../lib/queries.js';
import { store } from '../state.js';
import { asking } from './asking.js';

/** Check every gradient of the moment on screen by nudging; what is found belongs to that moment alone. */
export function checkAll() {
  return asking(async (signal) => {
    const state = store.get();
    if (!state.now) return;
    const { gradient_check } = await api.trace(
      { ...traceQuery(state, state.now), example: undefined, check: true },
      signal,
    );
    if (!signal.aborted) store.set({ check: gradient_check });
  });
}
