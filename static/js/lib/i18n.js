// @ts-check
/**
 * The words of the interface. A message's English text is its name: `t('Learning rate')`; a value goes where its
 * name stands in braces: `t('Step {number}', { number })`; a count has two texts: `tn('{count} step', '{count} steps', n)`.
 * `python -m app.messages` collects these calls, so a message is one plain string in single quotes.
 */

import { createFormat } from './format.js';

/** @typedef {Record<string, string | string[]>} Messages  a translation, or its plural forms, by English text */
/** @typedef {Record<string, string | number>} Values  numbers are written as the language writes them */
/** @typedef {ReturnType<typeof createTranslator>} Translator */

/** The plural forms in a catalog's order. A fraction (“other” in Russian: 0,5 шага) takes the form of few. */
const FORMS = new Map([
  ['en', ['one', 'other']],
  ['ru', ['one', 'few', 'many']],
]);
const FORM_OF_FRACTIONS = 1;

/**
 * @param {Messages} messages @param {string} language
 */
export function createTranslator(messages, language) {
  const format = createFormat(language);
  const rules = new Intl.PluralRules(language);
  const englishRules = new Intl.PluralRules('en');
  const forms = FORMS.get(language) ?? [];

  /** @param {string | number} value */
  const written = (value) => {
    if (typeof value === 'string') return value;
    return Number.isInteger(value) ? format.count(value) : format.number(value);
  };

  /** @param {string} text @param {Values} values */
  const filled = (text, values) =>
    text.replace(/\{(\w+)\}/g, (_, name) => {
      if (!Object.hasOwn(values, name)) throw new Error(`no value for {${name}} in “${text}”`);
      return written(/** @type {string | number} */ (values[name]));
    });

  /** @param {string} message @returns {string[]} */
  const translations = (message) =>
    Object.hasOwn(messages, message) ? [messages[message] ?? []].flat() : [];

  return {
    language,
    messages,

    /** @param {string} message @param {Values} [values] */
    t(message, values = {}) {
      return filled(translations(message)[0] || message, values);
    },

    /** @param {string} one @param {string} many @param {number} count @param {Values} [values] besides `count` */
    tn(one, many, count, values = {}) {
      const form = forms.indexOf(rules.select(count));
      const translated = translations(one)[form < 0 ? FORM_OF_FRACTIONS : form];
      const english = englishRules.select(count) === 'one' ? one : many;
      return filled(translated || english, { ...values, count });
    },
  };
}

let current = createTranslator({}, 'en');

/** More translations, of what was loaded later. @param {Messages} more */
export function addMessages(more) {
  current = createTranslator({ ...current.messages, ...more }, current.language);
}

/** What `t` and `tn` use from now on. @param {Translator} translator */
export function setTranslator(translator) {
  current = translator;
}

/** @type {Translator['t']} */
export const t = (message, values) => current.t(message, values);

/** @type {Translator['tn']} */
export const tn = (one, many, count, values) => current.tn(one, many, count, values);

/**
 * Marks a message of a table, so that it is collected; `t` translates it where it is shown.
 * @template {string} Text
 * @param {Text} text
 */
export const msg = (text) => text;
