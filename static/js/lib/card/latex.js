/**
 * A formula as LaTeX, to be copied: the very tree that is on screen.
 * @typedef {import('../mathml.js').Maths} Maths
 */

/** @type {Record<string, string>} */
const SYMBOLS = {
  δ: '\\delta',
  η: '\\eta',
  σ: '\\sigma',
  '∂': '\\partial',
  '·': '\\cdot',
  '−': '-',
  '∑': '\\sum',
  '…': '\\dots',
  '⋯': '\\cdots',
  '⋮': '\\vdots',
  '⋱': '\\ddots',
  '←': '\\leftarrow',
  '′': '\\prime',
  '⊤': '\\top',
  '∞': '\\infty',
  '—': '\\text{---}',
  '[': '[',
  ']': ']',
};
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const FUNCTIONS = new Set(['max', 'min', 'ln', 'tanh']);

/** @param {string} text  of a number, as it is written on screen */
function figures(text) {
  return text
    .replaceAll('−', '-')
    .replace(/,(?=\d)/g, '{,}')
    .replaceAll('\u202f', '\\,')
    .replace('∞', '\\infty')
    .replace(/·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) => `\\cdot 10^{${lowered(power)}}`);
}

/** @param {string} power */
const lowered = (power) =>
  power.replace('⁻', '-').replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));

/** @param {Maths | string} tree @returns {string} */
function inner(tree) {
  return typeof tree === 'string' ? tree : toLatex(tree);
}

/** @param {Maths} tree */
const text = ({ children }) => children.map(inner).join('');

/** What is between brackets: a row of "[", a table, "]". @param {Maths} tree */
const isMatrix = ({ children }) =>
  children.length === 3 && typeof children[1] !== 'string' && children[1].tag === 'mtable';

/** @param {Maths} tree @returns {string} */
export function toLatex(tree) {
  const parts = tree.children.map(inner);
  switch (tree.tag) {
    case 'mfrac':
      return `\\frac{${parts[0]}}{${parts[1]}}`;
    case 'msqrt':
      return `\\sqrt{${parts.join(' ')}}`;
    case 'msub':
    case 'munder':
      return `${base(parts[0])}_{${parts[1]}}`;
    case 'msup':
      return parts[1] === '\\prime' ? `${base(parts[0])}'` : `${base(parts[0])}^{${parts[1]}}`;
    case 'msubsup':
      return `${base(parts[0])}_{${parts[1]}}^{${parts[2]}}`;
    case 'mtable':
      return `\\begin{bmatrix} ${parts.join(' \\\\ ')} \\end{bmatrix}`;
    case 'mtr':
      return parts.join(' & ');
    case 'mn':
      return figures(text(tree));
    case 'mtext':
      return `\\text{${text(tree)}}`;
    case 'mi':
      return identifier(text(tree));
    case 'mo':
      return SYMBOLS[text(tree)] ?? text(tree);
    default:
      return isMatrix(tree) ? parts[1] : parts.filter((part) => part !== '').join(' ');
  }
}

/** @param {string} name */
function identifier(name) {
  if (SYMBOLS[name]) return SYMBOLS[name];
  if (FUNCTIONS.has(name)) return `\\${name}`;
  return name.length > 1 ? `\\mathrm{${name}}` : name;
}

/** A base of more than one symbol is kept together. @param {string} part */
const base = (part) => (/^(\\?[A-Za-z]+|\\sum)$/.test(part) ? part : `{${part}}`);

/** Lines of a formula that go on from one another. @param {Maths[]} lines */
export function alignedLatex(lines) {
  const rows = lines.map((line) => toLatex(line).replace('=', '&='));
  return `\\begin{aligned}\n${rows.join(' \\\\\n')}\n\\end{aligned}`;
}
