/**
 * What goes by itself: walking through operations, and training.
 *
 * Training comes in chunks: while one plays, the next is fetched. A change of the rate drops what was fetched
 * ahead and asks again from the step on screen.
 * @typedef {import('./state.js').Moment} Moment
 * @typedef {import('./lib/wire.js').TrainAnswer} TrainAnswer
 */

import * as actions from './actions.js';
import { trainQuery } from './lib/queries.js';
import { store } from './state.js';

/** Pictures a second while it trains. */
const FRAMES = 20;
/** Seconds of training that are asked for together. */
const CHUNK_SECONDS = 0.4;
const MOST_CHUNK_STEPS = 2000;

/** The number of the walk that goes on: an older one, still waiting for an answer, ends when it has it. */
let walk = 0;

export function togglePlay() {
  const { task, isPlaying, isTraining } = store.get();
  if (isPlaying || isTraining) actions.pauseAll();
  else if (task === 'train') startTraining();
  else startWalking();
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

/** Losses up to a moment. @param {(number | null)[]} losses @param {TrainAnswer} chunk @param {number} step */
function lossesUpTo(losses, chunk, step) {
  const all = losses.slice(0, chunk.steps[0] ?? losses.length);
  chunk.steps.forEach((at, index) => {
    if (at <= step) all[at] = chunk.losses[index];
  });
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
  const { history, trainSpeed, now } = store.get();
  const isOver = () => {
    const state = store.get();
    return (
      outer.aborted ||
      !state.isTraining ||
      state.trainSpeed !== trainSpeed ||
      state.history.changes !== history.changes ||
      state.history.learning_rate !== history.learning_rate
    );
  };
  const steps = Math.min(MOST_CHUNK_STEPS, Math.max(1, Math.round(trainSpeed * CHUNK_SECONDS)));
  const every = Math.max(1, Math.round(trainSpeed / FRAMES));
  const ask = (/** @type {Moment} */ from) => {
    const answer = actions.train(trainQuery(store.get(), from, steps, every), stop.signal);
    answer.catch(() => {}); // an answer that is dropped may fail unheard; one that is awaited is not
    return answer;
  };
  let coming = ask(/** @type {Moment} */ (now));
  while (!isOver()) {
    const chunk = await coming;
    if (isOver()) break;
    if (chunk.stopped === null) coming = ask(chunk.state);
    await play(chunk, trainSpeed, isOver);
    if (!isOver() && chunk.diverged_at !== null) actions.diverged(chunk.diverged_at);
  }
  stop.abort();
}

/**
 * @param {TrainAnswer} chunk
 * @param {number} speed
 * @param {() => boolean} isOver
 */
async function play(chunk, speed, isOver) {
  let before = chunk.frames[0];
  for (const frame of chunk.frames.slice(1)) {
    await pause((frame.step - before.step) / speed);
    if (isOver()) return;
    const { step, parameters, optimizer_state } = frame;
    actions.showFrame(
      { step, parameters, optimizer_state },
      lossesUpTo(store.get().history.losses, chunk, step),
    );
    before = frame;
  }
}
