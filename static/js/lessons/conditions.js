/**
 * Whether an instrument is in a state that a lesson asks for.
 *
 * @typedef {Record<string, number | string | null>} Facts  null: not known yet
 * @typedef {{fact: string, relation: string, value: number | string}} Condition
 */

/** @param {Condition[]} conditions @param {Facts} facts */
export const areMet = (conditions, facts) =>
  conditions.length > 0 && conditions.every((one) => isMet(one, facts));

/** @param {Condition} condition @param {Facts} facts */
function isMet({ fact, relation, value }, facts) {
  const now = facts[fact];
  if (now === null || now === undefined) return false;
  switch (relation) {
    case '=':
      return now === value;
    case '<':
      return now < value;
    case '>':
      return now > value;
    case '<=':
      return now <= value;
    default:
      return now >= value;
  }
}
