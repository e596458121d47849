/**
 * Stored pictures: what the views return in the states of the tests, kept in `tests/js/pictures/*.json`.
 *
 *     const { describe, figure } = (await pictures('votes'))('votes', votes);
 *
 * Every call of a function of a view that a test makes must return what is stored for it: each number to six digits,
 * so no mark, width, place, colour or word changes unseen. `python -m tests.pictures` writes the files anew; whoever
 * does so reads what has changed. Of each function the first picture is stored whole, of the others what differs.
 *
 * @typedef {Record<string, unknown>} Lines  paths and their values: of lists of objects, a column for each key
 * @typedef {Record<string, Lines>} Stored  by the function, the test that calls it, and which call of that test it is
 */

import { AssertionFailure, assert, last, running } from './harness.js';

/** Calls of one function by one test: these are stored; of the others, one sum for all. */
const MOST = 3;
/** Letters of a list; a longer one is stored as its length, its ends and a sum. */
const LONGEST = 160;
/** Letters of a picture that is not the first. */
const MOST_LETTERS = 600;
const DIGITS = 6;
/** What is smaller is what rounding has left of 0. */
const NOTHING = 1e-9;
const GONE = '— gone';
/** These choose what is drawn; the pictures show it. */
const LEFT_OUT = ['select'];

/** Each file that was begun, as it is to be stored. @type {Map<string, Stored>} */
const written = new Map();
const isWriting = () => 'isWritingPictures' in globalThis;

/** Every file that was begun, as text. */
export const texts = () => Object.fromEntries([...written].map(([name, stored]) => [name, textOf(stored)]));

/**
 * The pictures in a file.
 * @param {string} name of the file
 * @returns {Promise<<Functions extends Record<string, any>>(part: string, functions: Functions) => Functions>}
 *   makes copies of functions that look each picture up; `part` is written before their names
 */
export async function pictures(name) {
  const stored = isWriting() ? null : await (await fetch(`/tests/js/pictures/${name}.json`)).json();
  const gallery = createGallery(stored);
  written.set(name, gallery.made);
  last(`every picture in ${name}.json is one of these tests’`, () => gallery.end());
  return (part, functions) => /** @type {any} */ (gallery.watched(part, functions));
}

/** @param {Stored | null} stored null: they are made anew @param {() => string} [test] the one that runs */
export function createGallery(stored, test = running) {
  /** @type {Stored} */
  const made = {};
  /** @type {Record<string, number>} */
  const calls = {};
  /** @type {Record<string, Lines>} The first of each function. */
  const firsts = {};
  /** @type {Record<string, string>} Sums of what is too much to be stored. */
  const sums = {};

  /** @param {string} of the function @param {unknown} value */
  function look(of, value) {
    const call = `${of}: ${test() || 'before the tests'}`;
    const number = (calls[call] = (calls[call] ?? 0) + 1);
    const lines = linesOf(value);
    if (number > MOST) {
      sums[call] = sumOf(`${sums[call] ?? ''}${JSON.stringify(lines)}`);
      return;
    }
    const key = number === 1 ? call : `${call} (${number})`;
    const first = (firsts[of] ??= lines);
    made[key] = lines === first ? lines : gathered(differences(first, lines));
    if (stored) compare(stored, key, made[key]);
  }

  /**
   * Copies of functions whose values are looked up; what returns a view returns one that is watched, too.
   * @param {string} part @param {Record<string, any>} functions @returns {Record<string, any>}
   */
  function watched(part, functions) {
    const copies = Object.entries(functions).map(([name, one]) => {
      if (typeof one !== 'function' || LEFT_OUT.includes(name)) return [name, one];
      return [name, (/** @type {unknown[]} */ ...given) => seen(`${part}.${name}`, one(...given))];
    });
    return Object.fromEntries(copies);
  }

  /** @param {string} of @param {any} value */
  function seen(of, value) {
    if (isRecord(value) && typeof value.select === 'function') return watched(of, value);
    look(of, value);
    return value;
  }

  return {
    made,
    watched,
    /** All sums are right, and nothing is stored that was not made. */
    end() {
      for (const [call, sum] of Object.entries(sums)) {
        made[`${call} (more)`] = { sum };
        if (stored) compare(stored, `${call} (more)`, { sum });
      }
      if (stored) assert.deepEqual(Object.keys(stored).sort(), Object.keys(made).sort());
      else assert.ok(Object.keys(made).length);
    },
  };
}

/** @param {Stored} stored @param {string} key @param {Lines} lines */
function compare(stored, key, lines) {
  const wanted = stored[key] ?? {};
  const isSame = (/** @type {string} */ path) => JSON.stringify(wanted[path]) === JSON.stringify(lines[path]);
  const others = [...new Set([...Object.keys(wanted), ...Object.keys(lines)])].filter(
    (path) => !isSame(path),
  );
  if (others.length === 0) return;
  const said = others
    .slice(0, 6)
    .map((path) => `${path}: stored ${JSON.stringify(wanted[path])}, made ${JSON.stringify(lines[path])}`);
  throw new AssertionFailure(
    `${key} is not as stored in ${others.length} lines (meant so? python -m tests.pictures):\n${said.join('\n')}`,
  );
}

/** As they are, or, where they are too many to be read, a sum for each part of the picture. @param {Lines} lines @returns {Lines} */
function gathered(lines) {
  if (JSON.stringify(lines).length <= MOST_LETTERS) return lines;
  /** @type {Record<string, [string, unknown][]>} */
  const parts = {};
  for (const [path, value] of Object.entries(lines)) {
    const part = path.split(/[.[]/)[0];
    (parts[part] ??= []).push([path, value]);
  }
  const sums = Object.entries(parts).map(([part, rows]) => [
    part,
    `${rows.length} lines #${sumOf(JSON.stringify(rows))}`,
  ]);
  return Object.fromEntries(sums);
}

/** What differs from the first. @param {Lines} first @param {Lines} lines @returns {Lines} */
function differences(first, lines) {
  const gone = Object.keys(first).filter((path) => !(path in lines));
  const changed = Object.entries(lines).filter(
    ([path, value]) => JSON.stringify(first[path]) !== JSON.stringify(value),
  );
  return Object.fromEntries([...changed, ...gone.map((path) => [path, GONE])]);
}

/** @param {unknown} value @returns {Lines} */
export function linesOf(value) {
  /** @type {Lines} */
  const lines = {};
  for (const [path, leaf] of leavesOf(value, '')) lines[path || 'it'] = leaf;
  return lines;
}

/** @param {any} value @param {string} path @returns {[string, unknown][]} */
function leavesOf(value, path) {
  if (value === undefined || typeof value === 'function') return [];
  if (typeof value !== 'object' || value === null) return [[path, plain(value)]];
  if (value instanceof Map || value instanceof Set) return leavesOf([...value], path);
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return listed(Array.from(/** @type {any} */ (value)), path);
  const inner = Object.entries(value).flatMap(([key, one]) => leavesOf(one, path ? `${path}.${key}` : key));
  return inner.length ? inner : [[path, '{}']];
}

const isRecord = (/** @type {any} */ one) =>
  typeof one === 'object' && one !== null && !Array.isArray(one) && !ArrayBuffer.isView(one);

/** Traces one after another; of other lists of objects, each key's values. @param {any[]} list @param {string} path @returns {[string, unknown][]} */
function listed(list, path) {
  if (!list.some(isRecord)) return [[path, short(list.map(plain))]];
  const rows = list.map((one) => (isRecord(one) ? linesOf(one) : { it: plain(one) }));
  if (path === 'data')
    return rows.flatMap((row, index) =>
      Object.entries(row).map(
        ([key, leaf]) => /** @type {[string, unknown]} */ ([`${path}[${index}].${key}`, leaf]),
      ),
    );
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return keys.map((key) => [`${path}[].${key}`, short(rows.map((row) => row[key] ?? null))]);
}

/** @param {any} value @returns {unknown} */
function plain(value) {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return String(value);
    return Math.abs(value) < NOTHING ? 0 : Number(value.toPrecision(DIGITS));
  }
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(/** @type {any} */ (value)).map(plain);
  return isRecord(value) ? linesOf(value) : (value ?? null);
}

/** A list that can be read: all the same, or short, or its ends and its sum. @param {unknown[]} list @returns {unknown} */
function short(list) {
  const text = JSON.stringify(list);
  const first = JSON.stringify(list[0]);
  if (list.length > 2 && first.length <= LONGEST && list.every((one) => JSON.stringify(one) === first))
    return `${list.length} × ${first}`;
  if (text.length <= LONGEST) return list;
  const end = JSON.stringify(list.at(-1));
  return `${list.length}: ${first.slice(0, 40)} … ${end.slice(-40)} #${sumOf(text)}`;
}

/** A sum of a text: FNV-1a. @param {string} text */
function sumOf(text) {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, '0');
}

/** One value a line, for who reads what has changed. @param {Stored} stored */
function textOf(stored) {
  const pictures = Object.entries(stored).map(([key, lines]) => {
    const rows = Object.entries(lines).map(
      ([path, value]) => `  ${JSON.stringify(path)}: ${JSON.stringify(value)}`,
    );
    return `${JSON.stringify(key)}: {${rows.length ? `\n${rows.join(',\n')}\n` : ''}}`;
  });
  return `{\n${pictures.join(',\n')}\n}\n`;
}
