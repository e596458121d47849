/**
 * A curve and how steep it is at one place: the tangent, and a secant to a place nearby that comes near to it.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 * @typedef {import('../../lib/view.js').View<Slice>} View
 * @typedef {import('../../lesson-state.js').SlopeState} SlopeState
 * @typedef {SlopeState & {place: number}} Slice
 */

import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

const MARGIN = { l: 52, r: 14, t: 12, b: 42 };
/** The tangent goes so far to both sides, as a share of the curve. */
const REACH = 0.16;
const ROOM = 0.12;

/** The curve at a place of the lesson. @param {number} place @returns {View} */
export const slopeAt = (place) => ({
  name: `slopes-${place}`,
  select: (state) => {
    const found = /** @type {import('../../lesson-state.js').State} */ (state).slopes[place];
    return found ? { ...found, place } : null;
  },
  figure,
  describe,
  table,
});

/** @param {NonNullable<SlopeState['curve']>} curve @returns {{across: [number, number], up: [number, number]}} */
export function spansOf({ x, values }) {
  const known = values.filter((one) => one !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return { across: [x[0], x[x.length - 1]], up: [low - ROOM * (high - low), high + ROOM * (high - low)] };
}

/** Where on the plot a place is across, and back. @param {Slice} slice @param {{width: number}} frame */
export function placesOf({ curve }, { width }) {
  if (!curve) return null;
  const [low, high] = spansOf(curve).across;
  const inner = width - MARGIN.l - MARGIN.r;
  return {
    /** @param {number} x */
    pixel: (x) => MARGIN.l + ((x - low) / (high - low)) * inner,
    /** @param {number} pixel */
    place: (pixel) => Math.min(Math.max(low + ((pixel - MARGIN.l) / inner) * (high - low), low), high),
  };
}

/** @param {Slice} slice @param {Frame} frame */
function figure({ curve, found, at, nudge }, { colours }) {
  if (!curve) return { data: [], layout: {}, shape: 'none' };
  const { across, up } = spansOf(curve);
  const reach = REACH * (across[1] - across[0]);
  const axis = { gridcolor: colours.line, zeroline: false, fixedrange: true };
  const title = (/** @type {string} */ text) => ({ text, standoff: 6, font: { size: 14 } });
  const line = (
    /** @type {number[]} */ x,
    /** @type {number} */ from,
    /** @type {number} */ value,
    /** @type {number} */ slope,
  ) => ({
    ...{ x, y: x.map((one) => value + slope * (one - from)) },
    ...{ mode: 'lines', hoverinfo: 'skip' },
  });
  return {
    data: [
      {
        x: curve.x,
        y: curve.values,
        mode: 'lines',
        hoverinfo: 'skip',
        line: { color: colours.muted, width: 2.4 },
      },
      ...(found &&
      found.value !== null &&
      found.slope !== null &&
      found.secant !== null &&
      found.nudged_value !== null
        ? [
            {
              ...line([at - reach, at + reach + nudge], at, found.value, found.secant),
              line: { color: colours.negative, width: 2, dash: '7px,4px' },
            },
            {
              ...line([at - reach, at + reach], at, found.value, found.slope),
              line: { color: colours.positive, width: 3 },
            },
            {
              x: [at + nudge],
              y: [found.nudged_value],
              mode: 'markers',
              hoverinfo: 'skip',
              marker: {
                size: 10,
                opacity: 1,
                color: colours.negative,
                line: { width: 2, color: colours.panel },
              },
            },
            {
              x: [at],
              y: [found.value],
              mode: 'markers',
              hoverinfo: 'skip',
              marker: {
                size: 17,
                opacity: 1,
                color: colours.panel,
                line: { width: 3.2, color: colours.ink },
              },
            },
          ]
        : []),
    ],
    layout: {
      margin: MARGIN,
      xaxis: { ...axis, range: across, title: title('w') },
      yaxis: { ...axis, range: up, title: title(t('loss')) },
    },
    shape: 'curve',
  };
}

/** @param {import('../../lib/wire.js').TangentAnswer['kind']} kind */
export function kindName(kind) {
  switch (kind) {
    case 'rising':
      return t('it rises');
    case 'falling':
      return t('it falls');
    case 'minimum':
      return t('a minimum');
    case 'maximum':
      return t('a maximum');
    default:
      return t('an inflection');
  }
}

/** @param {Slice} slice */
function describe({ found, at, nudge }) {
  if (!found) return t('It is being computed.');
  return t(
    'At {at} the tangent (solid) has the slope {slope}: {kind}. The secant (dashed), to a place {nudge} away, has {secant}.',
    {
      at: number(at),
      slope: number(found.slope, { sign: true }),
      kind: kindName(found.kind),
      nudge: number(nudge),
      secant: number(found.secant, { sign: true }),
    },
  );
}

/** @param {Slice} slice */
function table({ found, at, nudge }) {
  return {
    columns: [t('where'), 'w', t('loss'), t('slope')],
    rows: found
      ? [
          { cells: [t('here'), at, found.value, found.slope] },
          { cells: [t('nearby'), number(at + nudge), found.nudged_value, found.secant] },
        ]
      : [],
  };
}
