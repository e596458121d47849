// @ts-check
/**
 * Numbers as they are written on the screen, and read back from a field.
 * The server writes a number that no longer fits into a double as null; here that is called an overflow.
 */

/** @typedef {{ digits?: number, sign?: boolean, overflow?: string }} NumberOptions */
/** @typedef {ReturnType<typeof createFormat>} Format */

const SMALLEST = 1e-4; // below it, and from LARGEST on, a number is written as a power of ten
const LARGEST = 1e6;
const GROUPED_FROM = 10_000;
const MOST_DIGITS = 15; // a decimal of more may be no double's own
const NARROW_SPACE = '\u202f'; // does not break
const MINUS = '\u2212';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUPERSCRIPT_MINUS = '⁻';
const POINTS = new Map([
  ['en', '.'],
  ['ru', ','],
]);

/** @param {string} language */
export function createFormat(language) {
  const point = POINTS.get(language) ?? '.';

  /** @param {string} text of a number, as JavaScript writes it */
  const written = (text) => {
    const [mantissa = '', exponent] = text.split('e');
    const base = mantissa.replace('-', MINUS).replace('.', point);
    return exponent === undefined ? base : `${base}·10${raised(exponent)}`;
  };

  return {
    /** The decimal point and what keeps thousands apart, as Plotly wants them. */
    separators: point + NARROW_SPACE,

    /**
     * So many significant digits, without the zeros at their end.
     * @param {number | null} value @param {NumberOptions} [options] `sign`: a plus before what is positive
     */
    number(value, { digits = 4, sign = false, overflow = '∞' } = {}) {
      if (value === null || !Number.isFinite(value)) return overflow;
      const rounded = Number(value.toPrecision(digits));
      return `${sign && rounded > 0 ? '+' : ''}${written(plain(rounded))}`;
    },

    /** All digits of the double: reading them gives the same number. @param {number | null} value */
    full(value, { overflow = '∞' } = {}) {
      return value === null || !Number.isFinite(value) ? overflow : written(plain(value));
    },

    /** A whole number, its thousands apart. @param {number} value */
    count(value) {
      const digits = String(Math.abs(value));
      const grouped =
        Math.abs(value) < GROUPED_FROM ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, NARROW_SPACE);
      return value < 0 ? MINUS + grouped : grouped;
    },

    parse,
  };
}

/**
 * The number somebody typed, with a comma or a point, or NaN. It reads whatever is written here, too.
 * @param {string} text
 */
export function parse(text) {
  const ascii = text
    .trim()
    .replace(/(?<=\d)[\u00a0\u2009\u202f](?=\d)/g, '')
    .replace(/\s*[·×*]\s*10([⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, exponent) => `e${lowered(exponent)}`)
    .replace(/^([+−–-]?)10([⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, sign, exponent) => `${sign}1e${lowered(exponent)}`)
    .replace(/[−–]/g, '-')
    .replace(',', '.');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(ascii)) return NaN;
  const value = Number(ascii);
  return Number.isFinite(value) ? value : NaN;
}

/** @param {number} value */
function plain(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size < SMALLEST || size >= LARGEST ? value.toExponential() : String(value);
}

/** @param {string} exponent */
function raised(exponent) {
  return exponent
    .replace('+', '')
    .replace('-', SUPERSCRIPT_MINUS)
    .replace(/\d/g, (digit) => SUPERSCRIPTS.charAt(Number(digit)));
}

/** @param {string} exponent */
function lowered(exponent) {
  return exponent
    .replace('⁺', '+')
    .replace(SUPERSCRIPT_MINUS, '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
}

let current = createFormat('en');

/** What `number`, `full` and `count` use from now on. @param {Format} format */
export function setFormat(format) {
  current = format;
}

/** @type {Format['number']} */
export const number = (value, options) => current.number(value, options);

/** Some numbers with as few digits, from four on, as tell them apart. @param {number[]} values @returns {string[]} */
export function distinct(values) {
  const different = new Set(values).size;
  for (let digits = 4; ; digits += 1) {
    const texts = values.map((value) => number(value, { digits }));
    if (digits === MOST_DIGITS || new Set(texts).size >= different) return texts;
  }
}

/** @type {Format['full']} */
export const full = (value, options) => current.full(value, options);

/** @type {Format['count']} */
export const count = (value) => current.count(value);

/** The decimal point and what keeps thousands apart, for a figure's axes. */
export const separators = () => current.separators;

/** A power of ten alone, without the 1 before it. @param {string} text  of a number, as it is written here */
export const powerOfTen = (text) => text.replace(/^([+−]?)1·10/, '$110');
