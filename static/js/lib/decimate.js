/** Thinning a long curve for the screen without losing its peaks. */

/**
 * Keep the lowest and the highest point of each stretch; short curves stay as they are.
 * @param {(number | null)[]} values  value of step `index`
 * @param {number} most  about how many points to keep
 * @returns {number[]}  the indices kept, in order
 */
export function decimate(values, most) {
  if (values.length <= most) return values.map((_, index) => index);
  const stretch = Math.ceil((2 * values.length) / most);
  const kept = new Set([0, values.length - 1]);
  for (let start = 0; start < values.length; start += stretch) {
    let low = start;
    let high = start;
    for (let index = start; index < Math.min(start + stretch, values.length); index += 1) {
      if (worth(values[index]) < worth(values[low])) low = index;
      if (worth(values[index]) > worth(values[high])) high = index;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((one, other) => one - other);
}

/** @param {number | null} value  null is what no longer fits into a number */
function worth(value) {
  return value ?? Infinity;
}
