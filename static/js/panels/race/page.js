/** The page about a race: undo, its address, the keys, what is shared, what went wrong, and what is said aloud. */

import * as actions from '../../actions/racing.js';
import { byId, element } from '../../dom.js';
import { count, number } from '../../lib/format.js';
import { msg, t } from '../../lib/i18n.js';
import { toHash } from '../../lib/race/course.js';
import { ranked, sceneOf } from '../../lib/race/scene.js';
import { outcomeWord } from '../../lib/race/words.js';
import { store } from '../../race-state.js';
import { mountAddress } from '../address.js';
import { copy } from '../copying.js';
import { mountKeyTable, openKeys } from '../key-table.js';
import { closing, item, mountMenu, projectorChoice } from '../menu.js';
import { isProjected, setProjected } from '../projector.js';
import { mountUndo } from '../undo.js';
import { press, waited } from '../waiting.js';
import { presses, togglePlay } from './transport.js';

/** @typedef {import('../../race-state.js').State} State */

/** Milliseconds of rest before something is said: what is dragged is said where it ends. */
const QUIET = 400;

export function mountRacePage() {
  mountUndo(store, {
    undo: actions.undo,
    redo: actions.redo,
    names: () => ({ undo: t('Undo'), redo: t('Redo') }),
  });
  mountAddress(store, {
    address: () => toHash(store.get()),
    isThere: ({ walked }) => walked !== null,
    isAtRest: ({ isPlaying, isDragged }) => !isPlaying && !isDragged,
  });
  mountMenu(async () => fillMenu);
  mountKeys();
  mountBanner();
  mountAnnouncer();
}

/** @param {() => void} close */
function fillMenu(close) {
  const then = closing(close);
  const projector = projectorChoice(then);
  const link = () => location.origin + location.pathname + toHash(store.get());
  byId('share-menu', HTMLElement).append(
    item(
      t('Copy link'),
      then(() => copy(link(), t('The link is copied: it opens the same race.'))),
      'share-link',
    ),
    projector,
    item(
      t('Print'),
      then(() => print()),
      'share-print',
    ),
  );
}

/** @param {() => unknown} action */
const stepping = (action) => () => {
  actions.setPlaying(false);
  action();
};

/** @type {import('../key-table.js').Binding[]} */
const BINDINGS = [
  { keys: ['ArrowRight'], shown: '→', does: msg('one step forward'), action: stepping(presses.forward) },
  { keys: ['ArrowLeft'], shown: '←', does: msg('one step back'), action: stepping(presses.back) },
  { keys: ['Home'], shown: 'Home', does: msg('to the start'), action: stepping(presses.first) },
  { keys: ['End'], shown: 'End', does: msg('to the end'), action: stepping(presses.last) },
  { keys: [' '], shown: msg('Space'), does: msg('play and pause'), action: togglePlay },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8'],
    shown: '1 – 8',
    does: msg('choose a run'),
    action: (key) =>
      Number(key) <= store.get().course.runs.length && actions.choose({ chosen: Number(key) - 1 }),
  },
  { keys: [], shown: 'Ctrl Z', does: msg('undo; with Shift, redo'), action: actions.undo },
  {
    keys: ['p', 'P', 'з', 'З'],
    shown: 'P',
    does: msg('projector: large and plain'),
    action: () => setProjected(!isProjected()),
  },
  { keys: ['?'], shown: '?', does: msg('this list'), action: openKeys },
];

function mountKeys() {
  mountKeyTable(BINDINGS, {
    isReady: () => store.get().walked !== null,
    undo: actions.undo,
    redo: actions.redo,
  });
}

function mountBanner() {
  const banner = byId('banner', HTMLElement);
  let shown = '';
  store.subscribe(({ trouble, waiting }) => {
    const name = JSON.stringify([trouble, waiting]);
    if (name === shown) return;
    shown = name;
    const close = () => press(t('Close'), () => actions.complain(''));
    const parts = [
      ...(waiting ? waited(waiting) : []),
      ...(trouble ? [element('p', {}, trouble), close()] : []),
    ];
    banner.hidden = parts.length === 0;
    banner.replaceChildren(...parts);
  });
}

/** Says what came of each change, once it rests. */
function mountAnnouncer() {
  const region = byId('announcer', HTMLElement);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let before = store.get();
  store.subscribe((state) => {
    const isNews =
      state.walked !== before.walked || state.step !== before.step || state.chosen !== before.chosen;
    const wasPlaying = before.isPlaying && !state.isPlaying;
    before = state;
    if (!isNews && !wasPlaying) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = store.get().isPlaying || store.get().isDragged ? '' : news(store.get());
      if (words) region.textContent = words;
    }, QUIET);
  });
}

/** @param {State} state */
function news(state) {
  const scene = sceneOf(state);
  if (!scene?.isFresh) return '';
  const runs = ranked(scene.runners).map((runner) =>
    t('run {run}, {name}: {value}, {outcome}', {
      run: runner.index + 1,
      name: runner.name,
      value: number(runner.walk.values[runner.at]),
      outcome: outcomeWord(runner.walk, scene.step, state.course.steps),
    }),
  );
  return `${t('Step {step} of {last}.', { step: count(scene.step), last: count(state.course.steps) })} ${runs.join('; ')}.`;
}
