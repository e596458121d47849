/** Making and finding elements; formulas and marked sentences as nodes. No HTML is ever parsed from text. */

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`#${id} is not a ${kind.name}`);
  return found;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** @param {import('./lib/mathml.js').Maths | string} tree @returns {Node | string} */
function node(tree) {
  // MathML drops a space at either end of its words.
  if (typeof tree === 'string') return tree.replace(/^ | $/g, '\u00a0');
  const made = document.createElementNS(MATHML, tree.tag);
  for (const [name, value] of Object.entries(tree.attributes)) made.setAttribute(name, value);
  made.append(...tree.children.map(node));
  return made;
}

/**
 * A formula.
 * @param {import('./lib/mathml.js').Maths} tree
 * @param {'block' | 'inline'} [display]
 */
export function formula(tree, display = 'inline') {
  const math = document.createElementNS(MATHML, 'math');
  if (display === 'block') math.setAttribute('display', 'block');
  math.append(node(tree));
  return math;
}

/**
 * A sentence whose words between [[ and ]] are marked.
 * @param {string} sentence
 * @returns {(Node | string)[]}
 */
export function marked(sentence) {
  return sentence.split(/\[\[|\]\]/).map((part, index) => (index % 2 ? element('mark', {}, part) : part));
}
