/**
 * How the loss of every start fell: one line each, with its number; the chosen one is thick.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('../../lesson-state.js').SymmetryState} SymmetryState
 * @typedef {SymmetryState & {place: number}} Slice
 */

import { count, number } from '../../lib/format.js';
import { t, tn } from '../../lib/i18n.js';
import { axisEnd } from '../../lib/scale.js';

const MARGIN = { l: 44, r: 16, t: 12, b: 46 };
/** What the axis holds at least, so that the plateau looks like one from the first. */
const LEAST_END = 2000;
const DASHES = ['solid', '7px,3px', '2px,3px'];
/** Where a line has its number: a little before its end. */
const LEVELS = 8;

/** The losses at a place of the lesson. @param {number} place @returns {View} */
export const lossesOf = (place) => ({
  name: `symmetry-losses-${place}`,
  select: (state) => sliceOf(state, place),
  figure,
  describe,
  table,
});

/** The start that is looked at. @param {Slice} slice */
export const chosenRun = ({ runs, chosen }) => (runs && chosen !== null ? runs[chosen] : null);

/** @param {any} state @param {number} place @returns {Slice | null} */
export function sliceOf(state, place) {
  const found = /** @type {import('../../lesson-state.js').State} */ (state).symmetries[place];
  return found ? { ...found, place } : null;
}

/** @param {Slice} slice @param {Frame} frame */
function figure({ runs, chosen }, { colours }) {
  if (!runs) return { data: [], layout: {}, shape: 'none' };
  const end = axisEnd(Math.max(LEAST_END, ...runs.map(({ state }) => state.step)));
  const most = Math.max(...runs.flatMap(({ losses }) => losses.map((one) => one ?? 0)), 1);
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true };
  const title = (/** @type {string} */ text) => ({ text, standoff: 6, font: { size: 14 } });
  const order = runs
    .map((_, index) => index)
    .sort((one, other) => Number(one === chosen) - Number(other === chosen));
  return {
    data: order.map((index) => ({
      ...{ x: runs[index].steps, y: runs[index].losses, mode: 'lines', hoverinfo: 'skip' },
      line: {
        color: colours.branches[index],
        width: index === chosen ? 3.6 : 1.6,
        dash: DASHES[index % DASHES.length],
      },
    })),
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: [0, end], title: title(t('sweeps')) },
      yaxis: { ...axis, range: [0, 1.06 * most], title: title(t('loss')) },
      annotations: runs.flatMap((run, index) => numberOf(run, index, most, colours)),
    },
    shape: 'curves',
  };
}

/** The number of a line that has begun to fall, where it does; each has a level of its own. @param {import('../../lesson-state.js').SymmetryRun} run @param {number} index @param {number} most @param {Frame['colours']} colours */
function numberOf({ steps, losses, finding }, index, most, colours) {
  if (finding.outcome === 'stuck') return [];
  const level = (0.06 + (0.3 * index) / LEVELS) * most;
  const at = losses.findLastIndex((loss) => (loss ?? 0) > level);
  const [before, after] = [losses[at], losses[at + 1]];
  if (before == null || after == null) return [];
  // On the line itself, between the two sweeps that it is drawn through.
  const x = steps[at] + ((steps[at + 1] - steps[at]) * (before - level)) / (before - after);
  return [
    {
      ...{ x, y: level, text: count(index + 1), showarrow: false },
      font: { size: 14, color: colours.branches[index] },
      bgcolor: colours.panel,
      borderpad: 1,
    },
  ];
}

/** @param {Slice} slice */
function describe({ runs, patterns }) {
  if (!runs) return t('It is being computed.');
  const solved = runs.filter(({ finding }) => finding.right === patterns);
  const step = Math.max(...runs.map(({ state }) => state.step));
  if (step === 0) return t('No sweep yet: every start has its small weights, and none has learned anything.');
  const last = runs.map(({ finding }) => finding.loss ?? Infinity);
  return [
    tn('After {count} sweep', 'After {count} sweeps', step) + ':',
    t('{solved} of {starts} starts have all patterns right; the largest loss is {high}.', {
      solved: count(solved.length),
      starts: count(runs.length),
      high: number(Math.max(...last), { digits: 2 }),
    }),
  ].join(' ');
}

/** @param {Slice} slice */
function table({ runs }) {
  return {
    columns: [t('number'), t('sweeps'), t('loss'), t('patterns right')],
    rows: (runs ?? []).map(({ state, finding }, index) => ({
      cells: [count(index + 1), count(state.step), finding.loss, count(finding.right)],
    })),
  };
}
