/**
 * A pass with blanks in it, as it stands on the screen: which numbers are known, which blank is the next, how far one is.
 *
 * @typedef {import('../wire.js').PassAnswer} PassAnswer
 * @typedef {import('../wire.js').PassLine} PassLine
 * @typedef {'nine' | 'five' | 'none'} Level
 * @typedef {'old' | 'updated'} Weights  which output weights the error comes back through
 * @typedef {{status: 'open' | 'right' | 'shown', text: string, value: number | null,
 *   said: 'nothing' | 'no number' | 'wrong' | 'slip', slips: string[], hasFormula: boolean, isAsking: boolean}} Blank
 *   `said`: of what was last typed; `slips`: what it came from, in words; `value` null: not answered yet
 * @typedef {{seed: number, first: number, level: Level, weights: Weights, isCompared: boolean, isWaiting: boolean,
 *   pass: PassAnswer | null, blanks: Record<string, Blank>, slips: number, focused: string | null}} Sheet
 *   `first`: the seed the lesson begins with; `isWaiting`: other lines are on their way; `slips`: how many were named
 */

/** Units by layer, as the names of lines call them. */
export const UNITS = [
  ['x1', 'x2'],
  ['h1', 'h2'],
  ['o1', 'o2'],
];

/** @type {Blank} */
export const EMPTY = {
  ...{ status: 'open', text: '', value: null, said: 'nothing', slips: [] },
  ...{ hasFormula: false, isAsking: false },
};

/** @param {Pick<Sheet, 'blanks'>} sheet @param {string} name @returns {Blank} */
export const blankOf = ({ blanks }, name) => blanks[name] ?? EMPTY;

/** Whether a line is one that the mistake of updating too early changes, and the mistake is on screen. @param {Sheet} sheet @param {string} name */
export const isMistaken = ({ weights, pass }, name) => weights === 'updated' && name in (pass?.updated ?? {});

/** Whether a line has a field: a blank, unless the mistake is being looked at there. @param {Sheet} sheet @param {string} name */
export const isBlank = (sheet, name) =>
  (sheet.pass?.blanks.includes(name) ?? false) && !isMistaken(sheet, name);

/** Whether a blank is still to be filled in. @param {Sheet} sheet @param {string} name */
export const isOpen = (sheet, name) => isBlank(sheet, name) && blankOf(sheet, name).status === 'open';

/** The number of a line; null: not known yet. @param {Sheet} sheet @param {string} name @returns {number | null} */
export function valueOf(sheet, name) {
  const { pass } = sheet;
  if (!pass) return null;
  if (isMistaken(sheet, name)) return pass.updated[name];
  if (isBlank(sheet, name)) return blankOf(sheet, name).value;
  return pass.lines.find((line) => line.name === name)?.value ?? null;
}

/** The line that is marked: the blank one is at, else the first that is open; null: all are filled in. @param {Sheet} sheet @returns {PassLine | null} */
export function currentOf(sheet) {
  const open = (sheet.pass?.lines ?? []).filter(({ name }) => isOpen(sheet, name));
  return open.find(({ name }) => name === sheet.focused) ?? open[0] ?? null;
}

/** @typedef {'filled' | 'blanks' | 'left' | 'level' | 'shown' | 'slips' | 'weights' | 'gradient_drift' | 'loss_drift'} Fact */

/** What tasks may ask about; null: not known yet. @param {Sheet} sheet @returns {Record<Fact, number | string | null>} */
export function factsOf(sheet) {
  const { pass, isWaiting, level, slips, weights } = sheet;
  if (!pass || isWaiting)
    return {
      ...{ filled: null, blanks: null, left: null, level: null },
      ...{ shown: null, slips: null, weights: null, gradient_drift: null, loss_drift: null },
    };
  const of = (/** @type {Blank['status']} */ status) =>
    pass.blanks.filter((name) => blankOf(sheet, name).status === status).length;
  return {
    ...{ filled: of('right'), blanks: pass.blanks.length, left: of('open') },
    ...{ level, shown: of('shown'), slips, weights },
    ...{ gradient_drift: driftOf(pass, 'dW'), loss_drift: driftOf(pass, 'loss_after') },
  };
}

/** By what part, at most, updating too early changes the known numbers of a kind. @param {PassAnswer} pass @param {PassLine['kind']} kind */
function driftOf({ lines, updated }, kind) {
  const drifts = lines.flatMap(({ name, kind: its, value }) =>
    its === kind && name in updated && value ? [Math.abs(updated[name] / value - 1)] : [],
  );
  return drifts.length > 0 ? Math.max(...drifts) : null;
}
