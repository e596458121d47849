/** What is said of the health of a network: each sentence in the states it is for, and in those next to them. */

import { deadSince, findings, gradients, illnesses } from '../../static/js/lib/findings.js';
import {
  gradientWords,
  layerWords,
  networkWords,
  revivalOfOne,
  ruleWords,
  unitWords,
  unreachableWords,
} from '../../static/js/lib/health-words.js';
import { withReading } from '../../static/js/lib/history.js';
import { assert, test } from './harness.js';
import { distinct, historyOf, surveyOf } from './made-up.js';

const RULES = {
  saturated_slope: 0.1,
  saturated_share: 0.9,
  exploding_norm: 1000,
  vanishing_share: 0.001,
  flat_gradient: 0.01,
  nothing_learnt: 0.01,
  all_learnt: 0.01,
  usual_rate: 0.1,
};

/** @param {import('../../static/js/lib/findings.js').Illness} state @param {('layers' | 'penalty' | null)[]} revivals */
const units = (state, revivals) =>
  revivals.map((revival, unit) => ({ layer: 0, unit, state, slope: 0, active: 0, revival }));

test('of dead units it is told how many may come back, and by what', () => {
  const mixed = unitWords(units('dead', ['layers', null, 'layers', 'penalty']));
  assert.equal(mixed.length, 4);
  assert.match(mixed[1], /^2 may come back by themselves/);
  assert.match(mixed[2], /^1 may come back: the penalty/);
  assert.match(mixed[3], /1 stays dead/);
  assert.equal(unitWords(units('dead', [null, null])).length, 2);
});

test('the only dead unit is told as one, here and on its card', () => {
  for (const revival of /** @type {('layers' | 'penalty' | null)[]} */ (['layers', 'penalty', null]))
    assert.equal(unitWords(units('dead', [revival]))[1], revivalOfOne(revival));
  assert.match(revivalOfOne('layers'), /may come back by itself/);
  assert.match(revivalOfOne(null), /stays dead/);
});

test('no dead unit is said never to learn again, nor to give 0', () => {
  for (const revival of /** @type {('layers' | 'penalty' | null)[]} */ (['layers', 'penalty', null]))
    assert.ok(!/never|gives? 0/.test(unitWords(units('dead', [revival, revival])).join(' ')));
});

/** @param {number | null} norm @param {number | null} relative @param {'vanishing' | 'exploding' | null} state */
const gradient = (norm, relative, state) => ({ norm, relative, state });

test('a layer that hardly learns is told by what its gradient promises', () => {
  const all = [gradient(1e-6, 5e-4, 'vanishing'), gradient(1, 0.5, null)];
  assert.match(layerWords(all[0], 0, all, RULES) ?? '', /Layer 1 hardly learns.* 0\.05 % of/);
  assert.equal(layerWords(all[1], 1, all, RULES), null);
});

test('layers that hardly learn are told together, a layer without any gradient by itself', () => {
  const all = [
    gradient(0, 0, 'vanishing'),
    gradient(1e-6, 5e-4, 'vanishing'),
    gradient(1e-5, 8e-3, 'vanishing'),
    gradient(1, 0.5, null),
  ];
  const told = gradientWords(all, RULES);
  assert.equal(told.length, 2);
  assert.match(told[0], /Layers 2, 3 hardly learn.* more than 0\.8 % of/);
  assert.match(told[1], /Layer 1 gets no gradient at all/);
  assert.equal(gradientWords(all.slice(2), RULES).length, 1);
  assert.match(gradientWords(all.slice(2), RULES)[0], /^↓ Layer 1 hardly learns/);
  assert.deepEqual(gradientWords(all.slice(3), RULES), []);
});

test('a layer that could learn but for the rate of another is told by how much shorter its gradient is', () => {
  const all = [gradient(4e3, 3, 'exploding'), gradient(2, 0.01, 'vanishing')];
  assert.match(layerWords(all[1], 1, all, RULES) ?? '', /Layer 2 gets a gradient 2000 times shorter/);
  const none = [gradient(0, null, 'vanishing'), gradient(1, null, null)];
  assert.match(layerWords(none[0], 0, none, RULES) ?? '', /no gradient at all/);
});

test('an exploding gradient is told by how far a step would go at a usual rate', () => {
  const all = [gradient(5230, 3, 'exploding')];
  assert.match(
    layerWords(all[0], 0, all, RULES) ?? '',
    /at a rate of 0\.1, one step would move its weights by 523/,
  );
  const lost = [gradient(null, null, 'exploding')];
  assert.match(layerWords(lost[0], 0, lost, RULES) ?? '', /beyond what a number can hold/);
});

/** @param {'learnt' | 'plateau' | 'still' | null} state @param {number | null} [loss] */
const network = (state, loss = 0.6931) => ({
  state,
  data_loss: loss,
  least_loss: 0,
  constant_loss: 0.6931,
  unreachable: null,
});

test('how the network stands is told with the losses it is judged by', () => {
  assert.match(
    networkWords(network('plateau'))?.words ?? '',
    /0\.6931, is no better than the 0\.6931 of one answer/,
  );
  assert.match(networkWords(network('learnt', 0.002))?.words ?? '', /0\.002, is next to the lowest/);
  assert.match(networkWords(network('still', 0.35))?.words ?? '', /at a loss of 0\.35\. Whether/);
  assert.equal(networkWords(network(null, 0.5))?.words, null);
  assert.equal(networkWords(network(null, null)), null);
  assert.equal(networkWords(null), null);
});

/** @param {number | null} lowest @param {number | null} highest @param {number} farthest */
const beyond = (lowest, highest, farthest) => ({ count: 3, total: 8, lowest, highest, farthest });

test('targets that the output never gives are told with its range', () => {
  assert.match(
    unreachableWords(beyond(0, 1, -1)) ?? '',
    /between 0 and 1\. Of the targets \(8\), 3 lie beyond, the farthest at −1/,
  );
  assert.match(
    unreachableWords(beyond(0, null, -2)) ?? '',
    /cannot go below 0\. Of the targets \(8\), 3 do, the farthest to −2/,
  );
  assert.match(unreachableWords(beyond(0, 1, 0)) ?? '', /always add up to 1; .* add up to 0/);
  assert.equal(unreachableWords(null), null);
});

test('the rules are told with the numbers that judge', () => {
  const words = ruleWords(RULES).join(' ');
  for (const part of ['90 %', '0.1 of', '0.001', '1 %', '1000', '99 %'])
    assert.ok(words.includes(part), `${part}: ${words}`);
});

test('what ails a network is counted: units, layers, a plateau, targets out of reach', () => {
  const survey = surveyOf([2, 2, 1], distinct(2));
  assert.equal(illnesses(survey), 0);
  survey.layers[0].units[1].state = 'dead';
  survey.layers[1].state = 'exploding';
  assert.equal(illnesses(survey), 2);
  survey.network.state = 'still';
  assert.equal(illnesses(survey), 2);
  survey.network.state = 'plateau';
  survey.network.unreachable = beyond(0, 1, -1);
  assert.equal(illnesses(survey), 4);
  assert.equal(gradients(survey)[1].state, 'exploding');
  assert.equal(findings(survey)[0].unit, 1);
});

test('since when a unit is dead: without a break, as far as it was looked at', () => {
  let history = historyOf();
  const look = (/** @type {number} */ step, /** @type {boolean} */ isDead) => {
    const survey = surveyOf([2, 2, 1], distinct(2));
    if (isDead) survey.layers[0].units[1].state = 'dead';
    history = withReading(history, step, survey);
  };
  for (const [step, isDead] of /** @type {[number, boolean][]} */ ([
    [0, true],
    [5, false],
    [10, true],
    [15, true],
    [20, true],
  ]))
    look(step, isDead);
  const since = (/** @type {number} */ step, /** @type {number} */ unit) =>
    deadSince(history.readings, step, { layer: 0, unit });
  assert.equal(since(20, 1), 10);
  assert.equal(since(15, 1), 10);
  assert.equal(since(5, 1), null);
  assert.equal(since(0, 1), 0);
  assert.equal(since(20, 0), null);
});
