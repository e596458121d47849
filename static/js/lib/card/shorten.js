/** Long rows of numbers shortened: the first, the last, those about the one that matters, and gaps between them. */

/**
 * Which of `count` things to show, in order; a gap is null.
 * @param {number} count
 * @param {number} used  the one that matters
 * @param {number} most  no more than these are shown whole
 * @returns {(number | null)[]}
 */
export function shortened(count, used, most) {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const about = Math.max(0, Math.floor((most - 3) / 2));
  const wanted = new Set([0, count - 1]);
  for (let index = used - about; index <= used + about; index += 1) {
    if (index >= 0 && index < count) wanted.add(index);
  }
  const sorted = [...wanted].sort((one, other) => one - other);
  return sorted.flatMap((index, at) => {
    const before = sorted[at - 1] ?? -1;
    if (index - before === 2) return [index - 1, index];
    return index - before > 2 ? [null, index] : [index];
  });
}
