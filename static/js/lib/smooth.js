/** A noisy curve, made calm: what is drawn is still a mean of numbers that were computed. */

/**
 * The mean of each value and those before it, `width` of them (fewer at the beginning); null where one of them is.
 * @param {(number | null)[]} values @param {number} width
 * @returns {(number | null)[]}
 */
export function movingMean(values, width) {
  let sum = 0;
  let missing = 0;
  return Array.from(values, (value, index) => {
    if (index >= width) {
      const left = values[index - width];
      if (left == null) missing -= 1;
      else sum -= left;
    }
    if (value == null) missing += 1;
    else sum += value;
    return missing > 0 ? null : sum / Math.min(width, index + 1);
  });
}
