/**
 * Opening what a link or a file holds: every run is computed again, to the last bit, and the one that was on screen
 * is shown.
 */

import { keep, lastStep } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { INITIAL, NO_HISTORY, store } from '../state.js';
import { datasetOf, startOf } from './changing.js';
import { compute, diverged, show, surveyOf } from './moments.js';
import { changing } from './undoing.js';

/**
 * @typedef {import('../state.js').Experiment} Experiment
 * @typedef {import('../state.js').Branch} Branch
 * @typedef {import('../url.js').Link} Link
 * @typedef {import('../url.js').Run} Run
 */

/** A link to more steps than these would compute for minutes before it showed anything. */
const FURTHEST = 200_000;

/**
 * A run as a link has it, without what its network lacks.
 * @param {Run} run
 * @param {Experiment} own  the preset's
 * @param {string[]} ignored
 */
function historyOf({ rate, changes, edits, turns, ...run }, own, ignored) {
  const experiment = run.experiment ?? own;
  const good = edits.filter((edit) => has(experiment, { kind: 'parameter', place: edit }));
  if (good.length < edits.length) ignored.push(t('weights set by hand'));
  return { ...NO_HISTORY, experiment, learning_rate: rate, changes, edits: good, turns };
}

/** Whether a network has what is pinned. @param {Experiment} experiment @param {Link['pinned']} pinned */
function has({ network }, pinned) {
  if (pinned === null || pinned.kind === 'loss') return true;
  const { layer, unit } = pinned.kind === 'unit' ? pinned : pinned.place;
  const sizes = [network.inputs, ...network.layers.map(({ units }) => units)];
  if (!(unit < (sizes[layer + 1] ?? 0))) return false;
  return pinned.kind === 'unit' || pinned.place.input === 'bias' || pinned.place.input < sizes[layer];
}

/**
 * Compute every run of a link again.
 * @param {Link} link
 * @param {Experiment} own
 * @param {string[]} ignored
 * @param {AbortSignal} signal
 */
async function computed(link, own, ignored, signal) {
  const made = [];
  for (const run of link.runs) {
    const history = historyOf(run, own, ignored);
    const start = await startOf(history, signal);
    const begun = { ...history, frames: [start] };
    const { history: past, moment, divergedAt } = await compute(begun, start, run.step, signal);
    const kept = { ...past, frames: keep(past.frames, [moment]) };
    const isBeyond = run.reach !== undefined && divergedAt === null;
    // One step more, since the last loss that is known is that before the next update.
    const left = isBeyond ? Number(run.reach) + 1 - moment.step : 0;
    const { history: whole } = await compute(kept, moment, left, signal);
    const survey = await surveyOf({ ...store.get(), history: whole, task: link.task }, moment, signal);
    made.push({ run, history: whole, moment, divergedAt, survey });
  }
  return made;
}

/** @typedef {Awaited<ReturnType<typeof computed>>[number]} Made */

/**
 * The map of a link: its axes where the network has them, and the moment it stays at.
 * @param {Link} link
 * @param {Made} shown
 * @param {Experiment} experiment
 * @param {string[]} ignored
 * @param {AbortSignal} signal
 */
async function mapOf({ map }, { history, moment }, experiment, ignored, signal) {
  const { plane, centre, isSolid } = INITIAL;
  if (map === null) return { plane, centre, isSolid };
  const axes = map.plane.kind === 'parameters' ? [map.plane.x, map.plane.y] : [];
  const isThere = axes.every((place) => place === null || has(experiment, { kind: 'parameter', place }));
  if (!isThere) ignored.push(t('the map'));
  const from = history.frames.findLast(({ step }) => step <= (map.centre ?? -1));
  const isKnown = map.centre !== null && from !== undefined && map.centre <= lastStep(history);
  if (map.centre !== null && !isKnown) ignored.push(t('the map'));
  const stays = isKnown && map.centre !== moment.step;
  const at = stays ? (await compute(history, from, Number(map.centre) - from.step, signal)).moment : moment;
  return { plane: isThere ? map.plane : plane, centre: isKnown ? at : null, isSolid: map.solid };
}

/** @param {Made} made @returns {Branch} */
function branchOf({ run: { id, name, origin }, history, moment, survey }) {
  return { id, name, origin, history, step: moment.step, survey };
}

/**
 * Open a link; returns whether it could be followed.
 * @param {Link} link
 * @param {string[]} ignored  what of it made no sense, in words
 */
export function openLink(link, ignored) {
  const preset = store.get().catalog?.presets.find((row) => row.name === link.preset);
  const own = /** @type {Experiment | undefined} */ (preset?.experiment);
  const steps = link.runs.reduce((sum, { step, reach }) => sum + (reach ?? step), 0);
  const isComplete = link.runs.every(({ experiment }) => experiment ?? own);
  if (!isComplete || steps > FURTHEST) return Promise.resolve(false);
  return changing(t('opening a link or file'), async (signal) => {
    const left = [...ignored];
    const made = await computed(link, /** @type {Experiment} */ (own), left, signal);
    const shown = made.find(({ run }) => run.id === link.branch) ?? made[0];
    const experiment = /** @type {Experiment} */ (shown.history.experiment);
    const dataset = await datasetOf(experiment, signal);
    const pinned = has(experiment, link.pinned) ? link.pinned : null;
    if (pinned !== link.pinned) left.push(t('the pinned number'));
    const map = await mapOf(link, shown, experiment, left, signal);
    if (signal.aborted) return;
    const change = {
      preset: preset ? link.preset : '',
      experiment,
      dataset,
      branches: made.map(branchOf),
      branch: shown.run.id,
      history: shown.history,
      example: link.example,
      cursor: 0,
      isWhole: true,
      task: link.task,
      isLogarithmic: link.logarithmic,
      ...map,
      axisAsked: null,
      pinned,
      path: null,
      trouble: left.length > 0 ? complaint(left) : null,
    };
    await show(shown.moment, change, signal);
    if (!signal.aborted) arrived(link, shown);
  });
}

/** The place in the step, and what is to be said of it. @param {Link} link @param {Made} shown */
function arrived(link, { divergedAt }) {
  const end = store.get().trace?.operations?.length ?? 0;
  if (!link.whole) store.set({ isWhole: false, cursor: Math.min(link.cursor, end) });
  if (divergedAt !== null) diverged(divergedAt);
}

/** @param {string[]} ignored @returns {import('../state.js').Trouble} */
function complaint(ignored) {
  const parts = [...new Set(ignored)].join(', ');
  return { kind: 'link', message: t('Part of the link made no sense and was left out: {parts}.', { parts }) };
}
