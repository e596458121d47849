/**
 * A small test runner for the browser. A file `x.test.js` imports `test` and `assert` and the module it tests;
 * `tests/browser/test_javascript.py` opens it, calls `run` and reports each test by its name.
 */

/** @typedef {{ name: string, passed: boolean, message: string }} Result */
/** @typedef {() => void | Promise<void>} Body */

export class AssertionFailure extends Error {
  name = 'AssertionFailure';
}

// How often something was asserted: a test that asserts nothing cannot fail, so it does not pass.
let asserted = 0;
const NOTHING_ASSERTED = { passed: false, message: 'This test asserted nothing.' };

/** A list of tests that can be run: one for each file, and more of them where the tester itself is tested. */
export function createSuite() {
  /** @type {{ name: string, body: Body, isLast: boolean }[]} */
  const tests = [];
  let now = '';
  /** @param {string} name @param {Body} body @param {boolean} isLast */
  function add(name, body, isLast) {
    if (tests.some((other) => other.name === name)) throw new Error(`two tests are called “${name}”`);
    tests.push({ name, body, isLast });
  }
  return {
    /** @param {string} name a sentence @param {Body} body throws, or rejects, if the sentence is not true */
    test: (name, body) => add(name, body, false),
    /** One that runs after all others. @param {string} name @param {Body} body */
    last: (name, body) => add(name, body, true),
    /** The name of the test that runs. */
    running: () => now,
    /** Runs the tests one after another. @returns {Promise<Result[]>} */
    async run() {
      const results = [];
      const first = tests.filter(({ isLast }) => !isLast);
      for (const { name, body } of [...first, ...tests.filter(({ isLast }) => isLast)]) {
        now = name;
        const before = asserted;
        const found = await outcome(body);
        results.push({ name, ...(found.passed && asserted === before ? NOTHING_ASSERTED : found) });
      }
      return results;
    },
  };
}

/** @param {Body} body */
async function outcome(body) {
  try {
    await body();
    return { passed: true, message: '' };
  } catch (error) {
    return { passed: false, message: described(error) };
  }
}

/** @param {unknown} error */
function described(error) {
  return error instanceof Error ? (error.stack ?? String(error)) : `thrown: ${shown(error)}`;
}

const file = createSuite();
export const test = file.test;
export const last = file.last;
export const running = file.running;
export const run = file.run;

export const assert = {
  /** @param {unknown} value */
  ok(value, message = 'expected something true') {
    asserted += 1;
    if (!value) fail(`${message}, but got ${shown(value)}`);
  },

  /** The same by `Object.is`: NaN equals NaN, and −0 is not 0. @param {unknown} actual @param {unknown} expected */
  equal(actual, expected, message = '') {
    asserted += 1;
    if (!Object.is(actual, expected)) fail(compared(actual, expected, message));
  },

  /** The same in content. @param {unknown} actual @param {unknown} expected */
  deepEqual(actual, expected, message = '') {
    asserted += 1;
    const path = difference(actual, expected, '');
    if (path !== null) fail(compared(actual, expected, `${message} differs at ${path || 'the top'}`.trim()));
  },

  /**
   * Two numbers, or arrays of them, that agree up to `tolerance`, relative where the numbers are beyond 1.
   * @param {unknown} actual @param {unknown} expected
   */
  close(actual, expected, tolerance = 1e-9, message = '') {
    asserted += 1;
    if (!isClose(actual, expected, tolerance))
      fail(compared(actual, expected, `${message} not within ${tolerance}`.trim()));
  },

  /** @param {string} text @param {RegExp} pattern */
  match(text, pattern, message = '') {
    asserted += 1;
    if (!pattern.test(text)) fail(compared(text, pattern, message));
  },

  /** @param {() => unknown} body @param {RegExp} [pattern] of the error's message @returns {unknown} the error */
  throws(body, pattern) {
    asserted += 1;
    try {
      body();
    } catch (error) {
      return matching(error, pattern);
    }
    return fail('expected an error, but none was thrown');
  },

  /** @param {() => Promise<unknown>} body @param {RegExp} [pattern] @returns {Promise<unknown>} the error */
  async rejects(body, pattern) {
    asserted += 1;
    try {
      await body();
    } catch (error) {
      return matching(error, pattern);
    }
    return fail('expected an error, but none came');
  },
};

/**
 * What there is to go through, which fails if there is nothing: what is asserted of each of nothing always holds.
 * @template Thing @param {Iterable<Thing>} things @returns {Thing[]}
 */
export function filled(things) {
  const all = [...things];
  if (all.length === 0) fail('there is nothing here to go through');
  return all;
}

/** @param {string} message @returns {never} */
function fail(message) {
  throw new AssertionFailure(message);
}

/** @param {unknown} error @param {RegExp} [pattern] */
function matching(error, pattern) {
  const message = error instanceof Error ? error.message : String(error);
  if (pattern && !pattern.test(message)) fail(compared(message, pattern, 'another error than expected'));
  return error;
}

/** @param {unknown} actual @param {unknown} expected @param {string} message */
function compared(actual, expected, message) {
  return `${message ? `${message}: ` : ''}expected ${shown(expected)}, but got ${shown(actual)}`;
}

/** @param {unknown} value @returns {string} */
function shown(value) {
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol' || value instanceof RegExp)
    return String(value);
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name} ${shown(Array.from(/** @type {any} */ (value)))}`;
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name} ${shown([...value])}`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value instanceof Error) return String(value);
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${shown(inner)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

/**
 * Where two values begin to differ, as a path such as `.layers[1].W`; null if they are the same.
 * @param {any} a @param {any} b @param {string} path @returns {string | null}
 */
function difference(a, b, path) {
  if (Object.is(a, b)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return path;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return path;
  if (a instanceof Map || a instanceof Set) return difference([...a], [...b], path);
  if (a instanceof Date || a instanceof RegExp) return String(a) === String(b) ? null : path;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const step = Array.isArray(a) || ArrayBuffer.isView(a) ? `${path}[${key}]` : `${path}.${key}`;
    const inner = key in a && key in b ? difference(a[key], b[key], step) : step;
    if (inner !== null) return inner;
  }
  return null;
}

/** @param {any} actual @param {any} expected @param {number} tolerance @returns {boolean} */
function isClose(actual, expected, tolerance) {
  if (typeof actual === 'number' && typeof expected === 'number') {
    if (Object.is(actual, expected)) return true;
    return (
      Number.isFinite(expected) && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected))
    );
  }
  const both = [actual, expected];
  if (!both.every((value) => Array.isArray(value) || ArrayBuffer.isView(value))) return false;
  const [left, right] = [Array.from(actual), Array.from(expected)];
  return left.length === right.length && left.every((value, i) => isClose(value, right[i], tolerance));
}
