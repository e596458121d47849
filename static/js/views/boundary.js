/**
 * What the network answers: over the plane of two inputs, along one, or for a few of its examples.
 *
 * @typedef {import('../lib/view.js').Frame} Frame
 * @typedef {import('../lib/view.js').Figure} Figure
 * @typedef {import('../lib/answers.js').Example} Example
 * @typedef {import('../lib/answers.js').Answer} Answer
 * @typedef {{kind: 'plane' | 'line' | 'examples', examples: Example[], answers: Map<number, Answer>,
 *   survey: import('../state.js').Survey | null, groups: number, middle: number, isTraining: boolean, step: number,
 *   rows: Map<number, number>, followed: number | null, columns: number, paper: number | null, inputNames: string[], branch: number | null,
 *   hasThreshold: boolean, others: {id: number, responses: import('../lib/wire.js').ResponsesAnswer}[]}} Slice
 *   `hasThreshold`: some layer jumps, and so does the whole;
 *   `branch` is null where there is only one; `others` are those it is compared with, each as it was left;
 *   `rows` are the rows of the batch by example, `followed` is an example, `columns` those of a picture
 */

import { answersOf, examplesOf, groupCount, groupName, middleOf } from '../lib/answers.js';
import { lastThreshold } from '../lib/curve.js';
import { count, number } from '../lib/format.js';
import { t, tn } from '../lib/i18n.js';
import { followed } from '../lib/queries.js';
import { examplesFigure } from './boundary/examples.js';
import { isCut, lineFigure } from './boundary/line.js';
import { planeFigure, valueRange } from './boundary/plane.js';
import { pickOf, wrong } from './boundary/points.js';

export const name = 'boundary';

/** @param {import('../state.js').State} state @returns {Slice | null} */
export function select(state) {
  const { dataset, now, experiment, survey, trace, task, isTraining } = state;
  if (!dataset || !now || !experiment || task === 'step') return null;
  const middle = middleOf(state);
  const inputs = dataset.inputs[0]?.length ?? 0;
  const indices = trace?.indices ?? [];
  return {
    kind: inputs === 2 ? 'plane' : inputs === 1 ? 'line' : 'examples',
    examples: examplesOf(dataset, middle),
    answers: answersOf(state, middle),
    survey,
    groups: groupCount(state),
    middle,
    isTraining,
    step: now.step,
    rows: new Map(indices.map((index, row) => [index, row])),
    followed: indices[followed(state, now.step)] ?? null,
    columns: dataset.image_side ?? inputs,
    paper: paperOf(state),
    inputNames: inputNames(inputs),
    branch: state.branches.length > 1 ? state.branch : null,
    others: othersOf(state),
    hasThreshold: lastThreshold(experiment.network.layers) >= 0,
  };
}

/** What an input is where a picture has nothing on it; null where nobody knows. @param {import('../state.js').State} state */
const paperOf = ({ catalog, experiment }) =>
  catalog?.datasets.find((row) => row.name === experiment?.data.dataset)?.paper ?? null;

/** The other branches' answers, of those that are compared. @param {import('../state.js').State} state */
function othersOf({ branches, branch, hidden, dataset, experiment }) {
  const isHere = (/** @type {import('../state.js').Branch} */ one) => {
    const own = one.history.experiment;
    return JSON.stringify([own?.data, own?.loss]) === JSON.stringify([experiment?.data, experiment?.loss]);
  };
  if (!dataset) return [];
  return branches.flatMap((one) => {
    const responses = one.survey?.responses;
    const isCompared = one.id !== branch && !hidden.includes(one.id) && isHere(one);
    return responses && isCompared ? [{ id: one.id, responses }] : [];
  });
}

/** @param {number} inputs */
const inputNames = (inputs) =>
  inputs === 1 ? ['x'] : Array.from({ length: inputs }, (_, index) => `x${subscript(index + 1)}`);

/** @param {number} value */
const subscript = (value) => String(value).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit)));

/** @param {Slice} slice @param {Frame} frame @returns {Figure} */
export function figure(slice, frame) {
  if (slice.kind === 'plane') return planeFigure(slice, frame);
  return slice.kind === 'line' ? lineFigure(slice, frame) : examplesFigure(slice, frame);
}

/** @param {Slice} slice @param {import('../lib/view.js').Facts} [facts] */
export function describe(slice, facts) {
  return [answerWords(slice), someWords(slice, facts)].filter(Boolean).join(' ');
}

/** How many of the examples are drawn, where there is no room for all. @param {Slice} slice @param {import('../lib/view.js').Facts} [facts] */
function someWords({ kind, examples }, facts) {
  if (kind !== 'examples' || !facts || Number(facts.drawn) >= examples.length) return '';
  return t('Drawn are {drawn} of the {count} examples.', {
    drawn: count(Number(facts.drawn)),
    count: count(examples.length),
  });
}

/** @param {Slice} slice */
function answerWords(slice) {
  const { survey } = slice;
  if (!survey) return t('There is too much data to answer for all of it at every moment.');
  const { train, test } = survey;
  if (slice.groups === 0) return `${lossWords(survey)} ${shapeWords(slice)}`.trim();
  if (train.right === null) return t('The outputs have grown beyond what a number can hold.');
  const own = { right: count(train.right), count: count(train.count) };
  const score =
    test && test.right !== null
      ? t('{right} of {count} right, and {testRight} of the {testCount} held out.', {
          ...own,
          testRight: count(test.right),
          testCount: count(test.count),
        })
      : t('{right} of {count} right.', own);
  return [score, undecidedWords((train.undecided ?? 0) + (test?.undecided ?? 0)), shapeWords(slice)]
    .filter((one) => one !== '')
    .join(' ');
}

/** That rounding alone decides some answers; nothing where there are none. @param {number} times */
const undecidedWords = (times) =>
  times === 0
    ? ''
    : tn(
        '{count} is undecided: rounding alone would tell which answer it is.',
        '{count} are undecided: rounding alone would tell which answer each is.',
        times,
      );

/** @param {import('../state.js').Survey} survey */
function lossWords({ train, test }) {
  const loss = number(train.loss);
  return test
    ? t('Loss {loss}, on the examples held out {test}.', { loss, test: number(test.loss) })
    : t('Loss {loss} on all examples.', { loss });
}

/** What the drawing means. @param {Slice} slice */
function shapeWords(slice) {
  const { kind, groups, middle, survey } = slice;
  const responses = survey?.responses;
  if (kind === 'examples') return slice.isTraining ? t('The answers stand here when it pauses.') : '';
  if (!responses) return '';
  if (kind === 'line') return lineWords(slice, responses);
  // What no number can hold has no colour, and no line.
  if (responses.outputs.some(({ low, high }) => low === null || high === null)) return '';
  if (groups > 2 || responses.winners) return t('Each colour is where that class has the largest output.');
  if (groups === 0) return valueWords(slice, responses);
  const [{ low, high }] = responses.outputs;
  if (low !== null && low === high && low === middle) return levelWords(middle);
  if (low !== null && low > middle) return sideWords(groups, middle, 1);
  if (high !== null && high <= middle) return sideWords(groups, middle, 0);
  const line =
    middle === 0 ? t('The line is where the answer is 0.') : t('The line is where the answer is one half.');
  return slice.others.length === 0
    ? line
    : `${line} ${t('Other branches, each in its colour, are drawn as they were left.')}`;
}

/** @param {Slice} slice @param {import('../lib/wire.js').ResponsesAnswer} responses */
function lineWords(slice, { curve }) {
  const outputs = curve?.[0]?.length ?? 0;
  if (outputs === 0) return t('Each point is an example and its target.');
  const words =
    outputs > 1
      ? t('The lines are what its outputs answer; each point is an example and its first target.')
      : t('The line is what it answers; each point is an example and its target.');
  return isCut(slice) ? `${words} ${t('It goes on above or below the picture.')}` : words;
}

/** @param {Slice} slice @param {import('../lib/wire.js').ResponsesAnswer} responses */
function valueWords({ examples }, { outputs }) {
  const [{ low, high }] = outputs;
  const [least, most] = valueRange(examples);
  const words =
    outputs.length > 1
      ? t('Colour is the first output there, and its target at each point.')
      : t('Colour is what it answers there, and the target at each point.');
  const isBeyond = (low ?? least) < least || (high ?? most) > most;
  const ends = { low: number(least), high: number(most) };
  return isBeyond
    ? `${words} ${t('What is below {low} or above {high} has the colour of that end.', ends)}`
    : words;
}

/** One answer everywhere, that of the middle. @param {number} middle */
const levelWords = (middle) =>
  middle === 0
    ? t('But for rounding, the answer is 0 everywhere: there is no line.')
    : t('But for rounding, the answer is one half everywhere: there is no line.');

/** @param {number} _groups @param {number} middle @param {0 | 1} side */
function sideWords(_groups, middle, side) {
  if (middle === 0)
    return side === 1 ? t('The answer is above 0 everywhere.') : t('The answer is below 0 everywhere.');
  return side === 1
    ? t('The answer is more than one half everywhere.')
    : t('The answer is less than one half everywhere.');
}

/** @param {Slice} slice @returns {import('../lib/view.js').Table} */
export function table(slice) {
  const { examples, inputNames: names, kind } = slice;
  const inputs = kind === 'examples' ? [] : names;
  return {
    columns: [t('example'), ...inputs, ...answerColumns(slice), t('used for')],
    rows: examples.map((example) => {
      const isOpen = slice.answers.get(example.index)?.isUndecided;
      const mark = wrong(slice, example) ? ` ✗ ${t('wrong')}` : isOpen ? ` ? ${t('undecided')}` : '';
      return {
        cells: [
          `${count(example.index + 1)}${mark}`,
          ...(kind === 'examples' ? [] : example.inputs),
          ...answerCells(slice, example),
          example.isTest ? t('test') : t('training'),
        ],
        pick: pickOf(slice, example) ?? undefined,
      };
    }),
  };
}

/** Of several classes, which it is, which is answered, and that one's output; else every target and output. @param {Slice} slice */
function answerColumns({ examples, groups }) {
  if (groups > 2) return [t('class'), t('answer'), t('output')];
  const outputs = examples[0]?.targets.length ?? 0;
  const numbered = (/** @type {string} */ word) =>
    Array.from({ length: outputs }, (_, index) => (outputs === 1 ? word : `${word} ${index + 1}`));
  return [...numbered(t('target')), ...numbered(t('output'))];
}

/** @param {Slice} slice @param {Example} example @returns {(string | number | null)[]} */
function answerCells({ answers, groups, middle }, { index, group, targets }) {
  const answer = answers.get(index);
  if (groups <= 2) return [...targets, ...(answer?.outputs ?? targets.map(() => '—'))];
  const own = groupName(group, middle);
  if (!answer || answer.group === null) return [own, '—', '—'];
  return [own, groupName(answer.group, middle), answer.outputs[answer.group]];
}
