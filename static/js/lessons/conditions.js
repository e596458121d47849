/**
 * Whether an instrument is in a state that a lesson asks for.
 *
 * @typedef {Record<string, number | string | null>} Facts  null: not known yet
 * @typedef {{fact: string, relation: string, value: number | string}} Condition
 * @typedef {{option: number, conditions: Condition[]}} OutcomeRow  without conditions it always holds
 */

/** @param {Condition[]} conditions @param {Facts} facts */
export const areMet = (conditions, facts) =>
  conditions.length > 0 && conditions.every((one) => isMet(one, facts));

/** Whether something is known not to be so: what is not known yet is neither. @param {Condition[]} conditions @param {Facts} facts */
export const isRefused = (conditions, facts) =>
  conditions.some((one) => facts[one.fact] !== null && facts[one.fact] !== undefined && !isMet(one, facts));

/** The option that happened; null where the state decides for none, or for more than one. @param {OutcomeRow[]} rows @param {Facts} facts */
export function outcomeOf(rows, facts) {
  const met = rows.filter(({ conditions }) => conditions.every((one) => isMet(one, facts)));
  const options = new Set(met.map(({ option }) => option));
  return options.size === 1 ? met[0].option : null;
}

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
