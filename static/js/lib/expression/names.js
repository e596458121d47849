/**
 * The names of the values in a formula, so that each can have its field, and nothing is asked in vain. What a formula
 * is the server decides; this only tells names from functions and numbers.
 */

const TOKEN =
  /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|(?<name>[A-Za-z_À-ÖØ-öø-ɏͰ-ϿЀ-ӿ][A-Za-z_À-ÖØ-öø-ɏͰ-ϿЀ-ӿ\d₀-₉]*)(?<call>\s*\()?/gi;

/** @param {string} text @returns {string[]} in the order they are written, each once */
export function namesIn(text) {
  const found = [...text.matchAll(TOKEN)].flatMap(({ groups }) =>
    groups?.name && groups.call === undefined ? [groups.name] : [],
  );
  return [...new Set(found)];
}
