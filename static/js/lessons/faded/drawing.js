/** A picture that a pure function described, as SVG nodes. */

const SVG = 'http://www.w3.org/2000/svg';

/** @param {import('../../views/faded/network.js').Shape} shape @returns {Element} */
export function drawing({ tag, attributes, children }) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.map((one) => (typeof one === 'string' ? one : drawing(one))));
  return made;
}
