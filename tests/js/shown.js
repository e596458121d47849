/**
 * What the pages show of a step, for the tests in Python that work it out: trees of MathML, texts, and the page's own
 * elements, all as plain values.
 */

import { alignedLatex } from '../../static/js/lib/card/latex.js';
import { numpyLines, pythonText, torchLines } from '../../static/js/lib/card/code.js';
import { matrixNotation, sumNotation } from '../../static/js/lib/card/notations.js';
import { parameterFacts } from '../../static/js/lib/card/subject.js';
import { symbolsOf } from '../../static/js/lib/card/symbols.js';
import { tell } from '../../static/js/lib/narration.js';
import { sceneOf } from '../../static/js/lib/told/scene.js';
import { notationsSection } from '../../static/js/panels/card-notations.js';
import { chainSection, valueSection } from '../../static/js/panels/card-parameter.js';
import { pathsSection } from '../../static/js/panels/card-paths.js';
import { toldLines } from '../../static/js/panels/card-parts.js';
import { unitConnections, unitValues } from '../../static/js/panels/card-unit.js';
import { INITIAL } from '../../static/js/state.js';

/** @typedef {import('../../static/js/state.js').State} State */
/** @typedef {{tag: string, attributes: Record<string, string>, children: (Tree | string)[]}} Tree */

/** An element of the page as a plain value. @param {Node} node @returns {Tree | string} */
export function treeOf(node) {
  if (!(node instanceof Element)) return node.textContent ?? '';
  return {
    tag: node.localName,
    attributes: { class: node.getAttribute('class') ?? '' },
    children: [...node.childNodes].map(treeOf),
  };
}

/** A formula without the names of its numbers. @param {Tree} tree @returns {any} */
const bare = ({ tag, attributes, children }) => ({
  tag,
  attributes: { class: attributes.class ?? '' },
  children: children.map((one) => (typeof one === 'string' ? one : bare(one))),
});

/** @param {any} step @returns {State} */
function stateOf({ experiment, trace, example, explanation = null }) {
  return /** @type {any} */ ({
    ...INITIAL,
    ...{ experiment, trace, example, explanation, isWhole: true },
    now: { step: 0, parameters: experiment.parameters },
    history: { ...INITIAL.history, experiment, learning_rate: experiment.optimizer.learning_rate },
  });
}

/** What is told of each operation. @param {any} step */
export function toldOf(step) {
  const scene = sceneOf(stateOf(step));
  return step.trace.operations.map((/** @type {any} */ one) => {
    const told = tell(one, scene);
    const { sentence, lines, rows, rest, result } = told;
    return {
      sentence,
      lines: lines.map(bare),
      rows: rows.length,
      rest,
      result: { ...result, name: bare(result.name) },
      shown: told.rows.length > 0 ? toldLines(told).map(treeOf) : [],
    };
  });
}

/** What the card shows of a parameter. @param {any} step @param {any} place @param {any} explanation */
export function cardOf(step, place, explanation) {
  const state = stateOf({ ...step, explanation });
  const symbols = symbolsOf(sceneOf(state));
  const own = /** @type {any} */ (parameterFacts(state, place));
  const sum = sumNotation(own, symbols);
  const matrix = matrixNotation(own, step.trace, symbols);
  const text = (/** @type {import('../../static/js/lib/card/code.js').CodeLine[]} */ lines) =>
    lines.map(({ code, result }) =>
      [code, result].map((pieces) => pieces.map(({ text: piece }) => piece).join('')),
    );
  const section = (/** @type {Node[]} */ nodes) => nodes.map(treeOf);
  return {
    latex: alignedLatex([...sum.lines, sum.end, ...matrix]),
    numpy: text(numpyLines(own, symbols)),
    torch: text(torchLines(own, symbols)),
    python: pythonText(own, step.trace, symbols, 'a title'),
    notations: section(notationsSection(state, place)),
    values: section(valueSection(state, place)),
    chain: section(chainSection(state, place)),
    paths: section(pathsSection(state, place)),
    unit: section([...unitValues(state, place), ...unitConnections(state, place)]),
  };
}

/** All of it, from JSON to JSON: many small objects take a browser's driver minutes. @param {string} steps */
export const shownOf = (steps) =>
  JSON.stringify(
    JSON.parse(steps).map((/** @type {any} */ step) => ({
      told: toldOf(step),
      cards: step.cards.map((/** @type {any} */ { place, explanation }) => cardOf(step, place, explanation)),
    })),
  );
