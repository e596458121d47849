/** The loss as sound: a tone that falls as the loss falls, while it trains, and a short one after each step. */

import { pitchOf } from '../lib/pitch.js';
import { store } from '../state.js';

const VOLUME = 0.06;
/** Seconds in which a tone comes, goes and glides to another pitch: without them it would crackle. */
const SOFT = 0.03;
/** Seconds that the tone of a single step sounds. */
const SHORT = 0.25;

/** @type {{context: AudioContext, oscillator: OscillatorNode, gain: GainNode} | null} */
let instrument = null;
let isOn = false;

function built() {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { type: 'triangle' });
  const gain = new GainNode(context, { gain: 0 });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start();
  return { context, oscillator, gain };
}

/** The loss of the moment on screen: while it trains, that of the step that led here. */
function lossNow() {
  const { trace, history, now } = store.get();
  return trace ? trace.loss : history.losses[(now?.step ?? 0) - 1];
}

/** @param {number | null} pitch @param {boolean} stays */
function sound(pitch, stays) {
  if (!instrument) return;
  const { context, oscillator, gain } = instrument;
  const { currentTime: now } = context;
  gain.gain.cancelScheduledValues(now);
  gain.gain.setTargetAtTime(pitch === null ? 0 : VOLUME, now, SOFT);
  if (pitch !== null) oscillator.frequency.setTargetAtTime(pitch, now, SOFT);
  if (!stays) gain.gain.setTargetAtTime(0, now + SHORT, SOFT);
}

let shown = store.get().now;
let wasTraining = false;
store.subscribe(({ now, isTraining }) => {
  const isOther = now !== shown;
  const isPaused = wasTraining && !isTraining;
  shown = now;
  wasTraining = isTraining;
  if (!isOn) return;
  if (isPaused) sound(null, true);
  else if (isOther) sound(pitchOf(lossNow()), isTraining);
});

/** Called by a press, since a browser makes no sound before one. @param {boolean} wanted */
export function playLoss(wanted) {
  isOn = wanted;
  instrument ??= wanted ? built() : null;
  if (wanted) instrument?.context.resume();
  sound(wanted ? pitchOf(lossNow()) : null, false);
}
