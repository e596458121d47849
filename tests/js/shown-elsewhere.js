/** What is shown of mathematics outside a step: the whole pass by hand, formulas as graphs, races, sums, limits. */

import { toldOf } from '../../static/js/lib/expression/told.js';
import { stepsOf } from '../../static/js/lib/expression/walk.js';
import { pieces, write } from '../../static/js/lib/faded/formulas.js';
import { valueOf } from '../../static/js/lib/faded/sheet.js';
import { ruleOf } from '../../static/js/lib/race/words.js';
import { edgeOf, limitOf } from '../../static/js/lib/zones.js';
import { sumsOf } from '../../static/js/lessons/network.js';
import { sumOf } from '../../static/js/lessons/neuron.js';
import { tableOf } from '../../static/js/panels/race/ledger.js';
import { partsOf } from '../../static/js/panels/race/parts.js';
import { treeOf } from './shown.js';

/** Each line of a pass without blanks, as the page writes it. @param {any} pass @param {'old' | 'updated'} weights */
function fadedOf(pass, weights) {
  /** @type {import('../../static/js/lib/faded/sheet.js').Sheet} */
  const sheet = {
    ...{ seed: 0, first: 0, level: 'none', weights, isCompared: false, isWaiting: false },
    ...{ pass, blanks: {}, slips: 0, focused: null },
  };
  return pass.lines.map((/** @type {any} */ line) => {
    const { symbol, formula, numbers } = write(sheet, line);
    const parts = [pieces([symbol]), pieces(formula), pieces(numbers)];
    return { name: line.name, value: valueOf(sheet, line.name), parts };
  });
}

/** Each step of a walk through a formula, in words. @param {any} answer */
const expressionOf = (answer) =>
  stepsOf(answer).map(({ phase, node }, index) => ({ phase, node, words: toldOf(answer, index + 1) }));

/** The last step of a run, taken apart, and the ledger. @param {any} race */
function raceOf({ answer, axes, rate }) {
  const { name: label, ...walk } = { name: 'a run', ...answer };
  const runner = { index: 0, name: label, walk, at: walk.points.length - 1 };
  const scene = /** @type {any} */ ({
    ...{ runners: [runner], chosen: 0, surface: { axes } },
    course: { runs: [{ learning_rate: rate }] },
  });
  const parts = partsOf(scene, runner.at).map((part) => ({
    sign: part.querySelector('.part-sign')?.textContent,
    numbers: [...part.querySelectorAll('.part-value')].map((one) => one.lastElementChild?.textContent),
  }));
  return { rule: ruleOf(walk.optimizer), parts, ledger: treeOf(tableOf(scene)) };
}

/** @param {Element[]} paragraphs */
const textsOf = (paragraphs) => paragraphs.map((one) => one.textContent);

/** From JSON to JSON. @param {string} asked */
export function shownOf(asked) {
  const { passes, formulas, races, neurons, networks, limits } = JSON.parse(asked);
  return JSON.stringify({
    passes: passes.map((/** @type {any} */ one) => [fadedOf(one, 'old'), fadedOf(one, 'updated')]),
    formulas: formulas.map(expressionOf),
    races: races.map(raceOf),
    neurons: neurons.map((/** @type {any} */ one) => textsOf(sumOf(one))),
    networks: networks.map((/** @type {any} */ one) => textsOf(sumsOf(one))),
    limits: limits.map((/** @type {any} */ { bend, optimizer, rate }) => ({
      ...limitOf({ critical_learning_rate: 2 / bend }, optimizer),
      edge: edgeOf(rate, optimizer),
    })),
  });
}
