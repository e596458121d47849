/** The transport bar, the progress strip and the timeline. */

import * as actions from '../actions.js';
import { byId, element } from '../dom.js';
import { count, number } from '../lib/format.js';
import { lastStep as lastKnown } from '../lib/history.js';
import { t } from '../lib/i18n.js';
import { PHASES, phaseLengths } from '../lib/walk.js';
import { togglePlay } from '../player.js';
import { store } from '../state.js';

const WALK_SPEEDS = [0.5, 1, 2, 5];
const TRAIN_SPEEDS = [1, 5, 20, 100, 500, 2000];

/** @param {string} id @param {() => void} action */
function onClick(id, action) {
  byId(id, HTMLButtonElement).addEventListener('click', action);
}

/** First and last press mean the run's start and end when training. */
export const presses = {
  first: () => (isTraining() ? actions.toStep(0) : actions.toEnd('start')),
  last: () => (isTraining() ? actions.toStep(lastStep()) : actions.toEnd('end')),
  back: () => (isTraining() ? actions.trainStep(-1) : actions.back()),
  forward: () => (isTraining() ? actions.trainStep(1) : actions.forward()),
};

const isTraining = () => store.get().task !== 'step';
const lastStep = () => {
  const { history, now } = store.get();
  return Math.max(lastKnown(history), now?.step ?? 0);
};

export function mountTransport() {
  for (const [name, press] of Object.entries(presses)) {
    onClick(name, () => {
      actions.pauseAll();
      press();
    });
  }
  onClick('play', togglePlay);
  onClick('rewind', () => actions.rewind());
  mountSpeed();
  mountGranularity();
  mountProgress();
  const counter = byId('counter', HTMLElement);
  const play = byId('play', HTMLButtonElement);
  const label = byId('play-label', HTMLElement);
  store.subscribe((state) => {
    const isRunning = state.isPlaying || state.isTraining;
    play.classList.toggle('is-running', isRunning);
    label.textContent = isRunning ? t('Pause') : t('Play');
    play.title = label.textContent;
    counter.textContent = counted(state);
    const isAtStart = (state.now?.step ?? 0) === 0 && state.cursor === 0 && !state.isWhole;
    byId('back', HTMLButtonElement).disabled = state.task === 'step' ? isAtStart : state.now?.step === 0;
  });
}

/** @param {import('../state.js').State} state */
function counted({ task, trace, now, cursor, isWhole, history }) {
  const step = count((now?.step ?? 0) + (task === 'step' ? 1 : 0));
  if (task !== 'step') {
    const last = Math.max(lastKnown(history), now?.step ?? 0);
    return t('step {step} of {last}', { step, last: count(last) });
  }
  const end = trace?.operations?.length ?? 0;
  if (isWhole) return t('step {step} · all of {count}', { step, count: count(end) });
  return t('step {step} · {cursor} of {count}', { step, cursor: count(cursor), count: count(end) });
}

function mountSpeed() {
  const select = byId('speed', HTMLSelectElement);
  let shown = '';
  store.subscribe(({ task, walkSpeed, trainSpeed }) => {
    const isTrain = task !== 'step';
    if (shown !== String(isTrain)) {
      shown = String(isTrain);
      const speeds = isTrain ? TRAIN_SPEEDS : WALK_SPEEDS;
      select.replaceChildren(
        ...speeds.map((speed) =>
          element('option', { value: String(speed) }, t('{number} / s', { number: number(speed) })),
        ),
      );
    }
    select.value = String(isTrain ? trainSpeed : walkSpeed);
  });
  select.addEventListener('change', () => {
    const speed = Number(select.value);
    actions.choose(store.get().task === 'step' ? { walkSpeed: speed } : { trainSpeed: speed });
  });
}

function mountGranularity() {
  const inputs = [...document.querySelectorAll('input[name="granularity"]')].filter(
    (input) => input instanceof HTMLInputElement,
  );
  for (const input of inputs) {
    input.addEventListener('change', () => actions.choose({ granularity: /** @type {any} */ (input.value) }));
  }
  store.subscribe(({ granularity }) => {
    for (const input of inputs) input.checked = input.value === granularity;
  });
}

function mountProgress() {
  const slider = byId('progress', HTMLInputElement);
  const phases = byId('phases', HTMLElement);
  const words = { forward: t('forward'), loss: t('loss'), backward: t('backward'), update: t('update') };
  const names = PHASES.map((phase) => element('span', { class: `phase phase-${phase}` }, words[phase]));
  phases.append(...names);
  slider.addEventListener('input', () => actions.toCursor(slider.valueAsNumber));
  store.subscribe(({ trace, cursor, isWhole }) => {
    const operations = trace?.operations ?? [];
    if (operations.length === 0) return;
    slider.max = String(operations.length);
    slider.value = String(isWhole ? operations.length : cursor);
    slider.setAttribute(
      'aria-valuetext',
      isWhole
        ? t('all')
        : t('{cursor} of {count}', { cursor: count(cursor), count: count(operations.length) }),
    );
    const lengths = phaseLengths(operations);
    names.forEach((name, index) => {
      name.style.flexGrow = String(lengths[index]);
    });
    let share = 0;
    lengths.forEach((length, index) => {
      share += length / operations.length;
      slider.style.setProperty(`--end-${index}`, `${100 * share}%`);
    });
  });
}
