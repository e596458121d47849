/** Features as they are written in mathematics: "x1^2" is x₁², "x1*x2" is x₁·x₂. */

/** @param {string} name  as the catalog has it */
export function featureName(name) {
  return name
    .replaceAll('x1', 'x₁')
    .replaceAll('x2', 'x₂')
    .replaceAll('^2', '²')
    .replaceAll('*', '·')
    .replace(/\((.*)\)/, ' $1');
}
