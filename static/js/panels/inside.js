/** What the task "look inside" has: the votes, the check of every gradient, the strip of gradients over time. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { steepest } from '../lib/places.js';
import { mount } from '../mount.js';
import { store } from '../state.js';
import { mountSteps } from './steps.js';
import * as check from '../views/check.js';
import * as strip from '../views/strip.js';
import * as votes from '../views/votes.js';
import { mountMap } from './map.js';

/** @typedef {import('../lib/view.js').Pick} Pick */

/** Milliseconds after which what does not come is called missing. */
const LATE = 800;

/** What a click on a figure, or on a row of its numbers, does. @param {Pick} pick */
function follow(pick) {
  if ('pin' in pick) actions.pin(pick.pin);
  else if ('example' in pick) actions.setExample(pick.example);
  else if ('step' in pick) actions.toStep(pick.step);
}

/**
 * A figure that can be empty: grey while it does not hold, a dash and what to do where it has nothing to show.
 * @template {{status: string}} Slice
 * @param {string} id
 * @param {import('../lib/view.js').View<Slice>} view
 * @param {string} plotly
 * @param {(slice: Slice) => boolean} isOffered  whether the button beside the dash can do anything now
 */
function place(id, view, plotly, isOffered) {
  const figure = byId(id, HTMLElement);
  const empty = figure.querySelector('.figure-empty');
  const button = empty?.querySelector('button');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const show = (
    /** @type {boolean} */ isEmpty,
    /** @type {boolean} */ isLate,
    /** @type {boolean} */ canDo,
  ) => {
    figure.classList.toggle('is-empty', isEmpty);
    figure.classList.toggle('is-late', isLate);
    empty?.toggleAttribute('hidden', !isEmpty);
    button?.toggleAttribute('hidden', !canDo);
  };
  store.subscribe((state) => {
    if (state.task !== 'inside') return;
    const slice = view.select(state);
    figure.classList.toggle('stale', state.isStale || slice === null);
    clearTimeout(timer);
    if (slice) show(slice.status !== 'ready', false, isOffered(slice));
    else timer = setTimeout(() => show(true, true, false), LATE);
  });
  mount(figure, view, plotly, { onPick: follow });
}

/** Ask about the weight that pulls hardest. */
function pinSteepest() {
  const { trace } = store.get();
  const place = trace && steepest(trace.layers);
  if (place) actions.pin({ kind: 'parameter', place });
}

/** @param {string} plotly */
export function mountInside(plotly) {
  mountMap(plotly);
  mountVotes(plotly);
  mountSteps(plotly);
  mountCheck(plotly);
  mountStrip(plotly);
}

/** @param {string} plotly */
export function mountVotes(plotly) {
  place('votes', votes, plotly, ({ status }) => status === 'none');
  byId('votes-pin', HTMLButtonElement).addEventListener('click', pinSteepest);
  const sorted = byId('votes-sorted', HTMLInputElement);
  sorted.addEventListener('change', () => actions.choose({ isSorted: sorted.checked }));
  store.subscribe(({ isSorted }) => {
    sorted.checked = isSorted;
  });
}

/** @param {string} plotly */
export function mountCheck(plotly) {
  place('check', check, plotly, ({ status }) => status === 'none');
  const all = byId('check-all', HTMLButtonElement);
  all.addEventListener('click', async () => {
    all.disabled = true; // it may take seconds
    await actions.checkAll();
    all.disabled = false;
  });
}

/** @param {string} plotly */
export function mountStrip(plotly) {
  mount(byId('strip', HTMLElement), strip, plotly, {
    onPick: follow,
    heightOf: (slice, isNarrow) => (isNarrow ? strip.narrowHeight(slice) : null),
  });
}
