/** One gradient in four notations in step: what is pointed at in one of them lights up in all, and in the picture. */

import { element, formula } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { numpyLines, pythonText, torchLines } from '../lib/card/code.js';
import { alignedLatex } from '../lib/card/latex.js';
import { factorKeys, matrixNotation, sumNotation } from '../lib/card/notations.js';
import { momentOf, parameterFacts, titleOf } from '../lib/card/subject.js';
import { enteringKey, gradientKey, ofExample, parameterSymbol, symbolsOf } from '../lib/card/symbols.js';
import { gradient } from '../lib/mathml.js';
import { unitName } from '../lib/names.js';
import { aside, figure, formulaLine, reachable } from './card-parts.js';
import { sceneOf } from '../lib/told/scene.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Place} Place
 * @typedef {import('../lib/card/subject.js').Facts} Facts
 * @typedef {import('../lib/card/symbols.js').Symbols} Symbols
 */

/** Which notation is shown; it stays from one number to the next. */
let shown = 'sum';

/** @param {State} state @param {Place} place */
export function notationsSection(state, place) {
  const own = parameterFacts(state, place);
  const { trace } = state;
  if (!own || !trace) return [];
  const scene = sceneOf(state);
  const symbols = symbolsOf(scene);
  const title = `Backstep · ${titleOf(scene, { kind: 'parameter', place })} · ${momentOf(state)}`;
  const sum = sumNotation(own, symbols);
  const matrix = matrixNotation(own, trace, symbols);
  const list = element(
    'div',
    { class: 'ask-notations', 'data-shown': shown },
    notation('sum', t('Sum'), ...sum.lines.map(formulaLine), ...table(own, sum.terms), formulaLine(sum.end)),
    notation('matrix', t('Matrix'), ...matrix.map(formulaLine)),
    notation('numpy', t('NumPy'), code(numpyLines(own, symbols))),
    notation('pytorch', t('PyTorch'), code(torchLines(own, symbols))),
  );
  const latex = () => alignedLatex([...sum.lines, sum.end, ...matrix]);
  return [
    legend(own, symbols, scene),
    choice(list),
    list,
    ...notes(own),
    copying([
      { words: t('Copy as LaTeX'), id: 'copy-latex', text: latex },
      { words: t('Copy as Python'), id: 'copy-python', text: () => pythonText(own, trace, symbols, title) },
    ]),
  ];
}

/** @param {string} kind @param {string} words @param {...Node} content */
function notation(kind, words, ...content) {
  return element('section', { class: `ask-notation is-${kind}` }, element('h3', {}, words), ...content);
}

/** What can be lit, as buttons: by pointer, by focus, by touch. @param {Facts} own @param {Symbols} symbols @param {import('../lib/told/parts.js').Scene} scene */
function legend(own, symbols, scene) {
  const { layer, unit, input } = own.place;
  const keys = factorKeys(own);
  const chips = [
    {
      symbol: symbols.delta(layer, unit),
      term: keys.delta,
      words: t('error of {unit}', { unit: unitName(scene, layer, unit) }),
    },
    ...(input === 'bias'
      ? []
      : [
          {
            symbol: symbols.a(layer - 1, input),
            term: enteringKey(layer, input),
            words: t('output of {unit}', { unit: unitName(scene, layer - 1, input) }),
          },
        ]),
    {
      symbol: gradient(parameterSymbol(symbols, own.place)),
      term: gradientKey(own.place),
      words: t('gradient'),
    },
  ];
  const buttons = chips.map(({ symbol, term, words }) =>
    element(
      'button',
      { type: 'button', class: 'ask-chip', 'data-term': term, 'data-keep': term },
      formula(symbol),
      element('span', { class: 'visually-hidden' }, ` · ${words}`),
    ),
  );
  return element(
    'div',
    { class: 'ask-legend', role: 'group', 'aria-label': t('Light up in every notation') },
    element('span', { 'aria-hidden': 'true' }, t('Light up')),
    ...buttons,
  );
}

/** @param {HTMLElement} list */
function choice(list) {
  const kinds = [
    ['sum', t('Sum')],
    ['matrix', t('Matrix')],
    ['numpy', t('NumPy')],
    ['pytorch', t('PyTorch')],
    ['all', t('All')],
  ];
  const labels = kinds.map(([kind, words]) => {
    const radio = /** @type {HTMLInputElement} */ (
      element('input', { type: 'radio', name: 'ask-notation', value: kind, 'data-keep': `notation ${kind}` })
    );
    radio.checked = kind === shown;
    radio.addEventListener('change', () => {
      shown = kind;
      list.dataset.shown = kind;
      reachable(list.parentElement ?? list);
    });
    return element('label', {}, radio, element('span', {}, words));
  });
  const legend = element('legend', { class: 'visually-hidden' }, t('Notation'));
  return element('fieldset', { class: 'ask-choice' }, legend, ...labels);
}

/** A sum too long for a line. @param {Facts} own @param {import('../lib/card/notations.js').Term[]} terms */
function table(own, terms) {
  if (terms.length === 0) return [];
  const keys = factorKeys(own);
  const rows = terms.map((term) => {
    if (term === null) return element('tr', {}, element('td', { colspan: '3' }, '⋮'));
    const { example, left, right, product } = term;
    const delta = figure(left, { sign: true, term: ofExample(keys.delta, example) });
    const parts = own.isBias
      ? [delta]
      : [delta, ' · ', figure(right, { term: ofExample(keys.entering, example) })];
    return element(
      'tr',
      example === own.example ? { class: 'is-followed' } : {},
      element('th', { scope: 'row' }, t('example {number}', { number: number(example + 1) })),
      element('td', {}, ...parts),
      element('td', { class: 'sum' }, figure(product ?? undefined, { sign: true })),
    );
  });
  const penalty = own.penalty
    ? [
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, t('penalty')),
          element('td'),
          element('td', { class: 'sum' }, figure(own.penalty, { sign: true })),
        ),
      ]
    : [];
  return [
    element(
      'div',
      { class: 'ask-scroll', 'aria-label': t('The card’s sum, term by term') },
      element('table', { class: 'ask-terms' }, element('tbody', {}, ...rows, ...penalty)),
    ),
  ];
}

/** @param {import('../lib/card/code.js').CodeLine[]} lines */
function code(lines) {
  const pieces = (/** @type {import('../lib/card/code.js').Piece[]} */ parts) =>
    parts.map(({ text, term }) => (term ? element('span', { 'data-term': term }, text) : text));
  return element(
    'div',
    { class: 'ask-code', translate: 'no' },
    ...lines.map((line) =>
      element(
        'p',
        {},
        element('code', {}, ...pieces(line.code)),
        ...(line.result.length > 0
          ? [element('code', { class: 'ask-result' }, '→ ', ...pieces(line.result))]
          : []),
      ),
    ),
  );
}

/** @param {Facts} own */
function notes(own) {
  const notes = [t('Formulas count from 1, Python from 0.')];
  if (own.examples > 1 && own.isMean) notes.push(t('Each δ holds the mean’s division already.'));
  return [aside(notes.join(' '))];
}

/** @param {{words: string, id: string, text: () => string}[]} offers */
function copying(offers) {
  const status = element('p', { class: 'ask-status', role: 'status' });
  const buttons = offers.map(({ words, id, text }) => {
    const button = element('button', { type: 'button', class: 'button', id, 'data-keep': id }, words);
    button.addEventListener('click', () => copy(text(), status));
    return button;
  });
  return element('div', { class: 'ask-copy' }, ...buttons, status);
}

/** Copy a text, or show it where it can be copied by hand. @param {string} text @param {HTMLElement} status */
async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = t('Copied.');
  } catch {
    const area = /** @type {HTMLTextAreaElement} */ (
      element('textarea', { class: 'ask-byhand', readonly: '', rows: '6', 'aria-label': t('Text to copy') })
    );
    area.value = text;
    status.replaceChildren(t('The browser does not let a page copy here; the text is selected:'), area);
    area.select();
  }
}
