/** The loss as a tone: ten times smaller is an octave lower, whatever the loss began at. */

/** The tone of a loss of 1, in Hz; a loss a hundred times larger or ten thousand times smaller can still be heard well. */
const HERTZ_OF_ONE = 440;
const LOWEST = 27.5;
const HIGHEST = 1760;

/** The frequency that a loss sounds as, in Hz; null where it has none: it is gone beyond all numbers. @param {number | null | undefined} loss */
export function pitchOf(loss) {
  if (loss === null || loss === undefined || Number.isNaN(loss)) return null;
  if (loss <= 0) return LOWEST;
  return Math.min(HIGHEST, Math.max(LOWEST, HERTZ_OF_ONE * 2 ** Math.log10(loss)));
}
