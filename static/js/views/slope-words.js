/**
 * The loss along one parameter in words and numbers: what the coming step does, and where all parameters land.
 *
 * @typedef {import('../lib/view.js').Table} Table
 * @typedef {import('./slope.js').Slice} Slice
 * @typedef {import('./slope.js').Drawn} Drawn
 * @typedef {import('./slope.js').Beyond} Beyond
 */

import { count, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { isOnPicture } from './slope-levels.js';

/** A step so much shorter than the line cannot be seen on it. */
const TINY = 0.004;

/** @param {Slice} slice @returns {string} */
export function describe(slice) {
  if (slice.line === null) return beyondWords(slice);
  const { isPinned, isFresh } = slice;
  return [
    moves(slice),
    jumps(slice),
    all(slice),
    isPinned || !isFresh
      ? ''
      : t('This is the weight with the steepest slope; click a line of the network for another.'),
  ]
    .filter(Boolean)
    .join(' ');
}

/** @param {Beyond} slice */
function beyondWords({ beyond, isFresh, at }) {
  const step = count(at);
  if (!isFresh) return t('As it was at step {step}.', { step });
  return beyond === 'loss'
    ? t('Here the loss has grown beyond what a number can hold.')
    : t('Step {step}: a gradient has grown beyond what a number can hold.', { step });
}

/** @param {Drawn} slice */
function moves(slice) {
  const { line, step, rate, isExact } = slice;
  if (!isExact) return t('With η = {rate}: it is being computed.', { rate: number(rate) });
  const change = step.value - /** @type {number} */ (line.value);
  const values = {
    ...{ rate: number(rate), change: number(change, { sign: true }), value: number(step.value) },
    ...{ before: number(line.loss), after: number(step.loss) },
  };
  if (step.isOff)
    return t('One step of {rate} moves it by {change}, to {value}: far beyond this line.', values);
  const isSame = values.before === values.after && step.loss !== null;
  const moved = isSame
    ? t('One step of {rate} moves it by {change}, to {value}; alone it hardly moves the loss.', values)
    : t(
        'One step of {rate} moves it by {change}, to {value}; alone it takes the loss from {before} to {after}.',
        values,
      );
  if (step.loss !== null && !isOnPicture(slice, step)) return `${moved} ${t('That is above the picture.')}`;
  const isTiny = Math.abs(change) < TINY * (line.range[1] - line.range[0]);
  return isTiny ? `${moved} ${t('That is too little to be seen here.')}` : moved;
}

/** Did it jump over? @param {Drawn} slice */
function jumps({ step, ghosts, line }) {
  if (step.hasJumped === null) return '';
  const later = ghosts.findIndex(({ has_jumped: hasJumped }) => hasJumped);
  if (step.hasJumped)
    return t('It jumps over a minimum of this line: the slope turns from {before} to {after}.', {
      before: number(line.gradient, { sign: true }),
      after: number(line.step.gradient, { sign: true }),
    });
  return later >= 0
    ? t('It does not jump over a minimum; step {number} from here would.', { number: later + 2 })
    : t('It does not jump over a minimum.');
}

/** @param {Drawn} slice */
function all(slice) {
  const { together, isExact } = slice;
  if (!isExact || together.loss === null) return '';
  const values = { loss: number(together.loss) };
  return isOnPicture(slice, together)
    ? t('When all parameters move together, the loss becomes {loss} (the diamond, off this line).', values)
    : t('When all parameters move together, the loss becomes {loss}, off this picture.', values);
}

/** The slope, as the head of the figure has it. @param {Slice} slice */
export const slopeWords = ({ line }) =>
  line === null ? '' : t('slope {slope}', { slope: number(line.gradient, { sign: true }) });

/** @param {Slice} slice @returns {Table} */
export function table(slice) {
  const columns = [t('where'), t('value'), t('loss'), t('slope'), t('jumped over')];
  return { columns, rows: slice.line === null ? [] : rowsOf(slice) };
}

/** @param {Drawn} slice @returns {Table['rows']} */
function rowsOf({ line, step, ghosts, together, isExact }) {
  const jumped = (/** @type {boolean | null} */ has) => (has === null ? '—' : has ? t('yes') : t('no'));
  return [
    { cells: [t('now'), line.value, line.loss, line.gradient, '—'] },
    {
      cells: isExact
        ? [t('after this step'), step.value, step.loss, line.step.gradient, jumped(step.hasJumped)]
        : [t('after this step'), '—', '—', '—', '—'],
    },
    ...ghosts.map((one, index) => ({
      cells: [
        t('step {number} from here', { number: index + 2 }),
        one.value,
        one.loss,
        one.gradient,
        jumped(one.has_jumped),
      ],
    })),
    {
      cells: [t('all together'), ...(isExact ? [together.value, together.loss] : ['—', '—']), '—', '—'],
    },
    { cells: [t('lowest on this line'), line.minimum.value, line.minimum.loss, '—', '—'] },
    ...line.values.map((value, index) => ({ cells: [number(value), value, line.losses[index], '—', '—'] })),
  ];
}
