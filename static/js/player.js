/**
 * What goes by itself: walking through operations, and training.
 *
 * Training comes in chunks: while one plays, the next is fetched. A change of the rate drops what was fetched
 * ahead and asks again from the step on screen.
 * @typedef {import('./state.js').Moment} Moment
 * @typedef {import('./lib/wire.js').TrainAnswer} TrainAnswer
 */

import * as actions from './actions.js';
import { arrive, nextBreak } from './lib/history.js';
import { trainQuery } from './lib/queries.js';
import { store } from './state.js';

/** Pictures a second while it trains. */
const FRAMES = 32;
/** Seconds of training that are asked for together. */
const CHUNK_SECONDS = 0.4;
const MOST_CHUNK_STEPS = 2000;
/** Milliseconds behind which the clock is set anew: nobody wants an hour's training in a minute after a pause. */
const LATEST = 500;

/** The number of the walk that goes on: an older one, still waiting for an answer, ends when it has it. */
let walk = 0;

export function togglePlay() {
  const { task, isPlaying, isTraining } = store.get();
  if (isPlaying || isTraining) actions.pauseAll();
  else actions.whenThere(task === 'step' ? startWalking : startTraining);
}

async function startWalking() {
  walk += 1;
  const own = walk;
  actions.setPlaying({ isPlaying: true });
  while (store.get().isPlaying && own === walk) {
    await actions.forward();
    await pause(1 / store.get().walkSpeed);
  }
}

/** @param {number} seconds */
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * Losses with those of a chunk up to a moment. What is known beyond stays: the run is exact and comes there again.
 * @param {(number | null)[]} losses @param {TrainAnswer} chunk @param {number} step
 */
function lossesUpTo(losses, chunk, step) {
  const all = losses.slice();
  const [first] = chunk.steps;
  for (let index = 0; index < chunk.steps.length && first + index <= step; index += 1)
    all[first + index] = chunk.losses[index];
  return all;
}

async function startTraining() {
  const signal = actions.claim();
  actions.setPlaying({ isTraining: true });
  try {
    while (store.get().isTraining && !signal.aborted) await trainUntilChanged(signal);
  } catch (error) {
    if (signal.aborted) return;
    actions.setPlaying({ isTraining: false });
    if (!(error instanceof actions.Refused)) throw error;
    actions.refuse(error.message);
  }
}

/**
 * Train with the rate and the speed as they are, until one of them changes or it is over.
 * @param {AbortSignal} outer
 */
async function trainUntilChanged(outer) {
  const stop = new AbortController();
  outer.addEventListener('abort', () => stop.abort());
  const { history, trainSpeed, now, branch } = store.get();
  const isOver = () => {
    const state = store.get();
    return (
      outer.aborted ||
      !state.isTraining ||
      state.trainSpeed !== trainSpeed ||
      state.history.changes !== history.changes ||
      state.history.learning_rate !== history.learning_rate ||
      state.branch !== branch
    );
  };
  const steps = Math.min(MOST_CHUNK_STEPS, Math.max(1, Math.round(trainSpeed * CHUNK_SECONDS)));
  const every = Math.max(1, Math.round(trainSpeed / FRAMES));
  const ask = (/** @type {Moment} */ from) => {
    const state = store.get();
    const to = nextBreak(state.history, from.step, from.step + steps);
    const answer = actions.train(trainQuery(state, from, to - from.step, every), stop.signal);
    answer.catch(() => {}); // an answer that is dropped may fail unheard; one that is awaited is not
    return answer;
  };
  const clock = { due: performance.now() };
  let coming = ask(/** @type {Moment} */ (now));
  while (!isOver()) {
    const chunk = await coming;
    if (isOver()) break;
    if (chunk.stopped === null) coming = ask(arrive(store.get().history, chunk.state));
    await play(chunk, trainSpeed, clock, isOver);
    if (!isOver() && chunk.diverged_at !== null) actions.diverged(chunk.diverged_at);
  }
  stop.abort();
}

/**
 * Show the frames of a chunk when they are due; where drawing cannot keep up, some are passed over.
 * @param {TrainAnswer} chunk
 * @param {number} speed
 * @param {{due: number}} clock
 * @param {() => boolean} isOver
 */
async function play(chunk, speed, clock, isOver) {
  const frames = chunk.frames.slice(1);
  let before = chunk.frames[0].step;
  /** Where the run went unseen: what it left is kept all the same. @type {Moment[]} */
  let passed = [];
  if (performance.now() - clock.due > LATEST) clock.due = performance.now();
  for (const [index, frame] of frames.entries()) {
    clock.due += ((frame.step - before) / speed) * 1000;
    before = frame.step;
    const isLate = performance.now() - clock.due > 1000 / FRAMES;
    const { step, parameters, optimizer_state, survey } = frame;
    const moment = arrive(store.get().history, { step, parameters, optimizer_state });
    if (isLate && index < frames.length - 1) {
      passed.push(moment);
      continue;
    }
    await pause(Math.max(0, clock.due - performance.now()) / 1000);
    if (isOver()) return;
    actions.showFrame(moment, lossesUpTo(store.get().history.losses, chunk, step), survey, passed);
    passed = [];
  }
}
