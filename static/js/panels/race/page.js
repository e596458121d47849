/** The page about a race: undo, its address, the keys, what is shared, what went wrong, and what is said aloud. */

import { byId, element } from '../../dom.js';
import { count, number } from '../../lib/format.js';
import { msg, t } from '../../lib/i18n.js';
import { toHash } from '../../lib/race/course.js';
import { ranked, sceneOf } from '../../lib/race/scene.js';
import { outcomeWord } from '../../lib/race/words.js';
import { mountAddress } from '../address.js';
import { copy } from '../copying.js';
import { mountKeyTable, openKeys } from '../key-table.js';
import { closing, item, mountMenu, projectorChoice } from '../menu.js';
import { isProjected, setProjected } from '../projector.js';
import { mountUndo } from '../undo.js';
import { press, waited } from '../waiting.js';

/** @typedef {import('../../race-state.js').State} State */
/** @typedef {import('../../actions/racing.js').Race} Race */
/** @typedef {import('./transport.js').Transport} Transport */

/** Milliseconds of rest before something is said: what is dragged is said where it ends. */
const QUIET = 400;

/** @param {Race} race @param {Transport} transport */
export function mountRacePage(race, transport) {
  mountUndo(race.store, {
    undo: () => race.undo(),
    redo: () => race.redo(),
    names: () => ({ undo: t('Undo'), redo: t('Redo') }),
  });
  mountAddress(race.store, {
    address: () => toHash(race.store.get()),
    isThere: ({ walked }) => walked !== null,
    isAtRest: ({ isPlaying, isDragged }) => !isPlaying && !isDragged,
  });
  mountMenu(async () => (close) => fillMenu(race, close));
  mountKeys(race, transport);
  mountBanner(race);
  mountAnnouncer(race);
}

/** @param {Race} race @param {() => void} close */
function fillMenu(race, close) {
  const then = closing(close);
  const projector = projectorChoice(then);
  const link = () => location.origin + location.pathname + toHash(race.store.get());
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

/** What the keys do. @param {Race} race @param {Transport} transport @returns {import('../key-table.js').Binding[]} */
function bindings(race, { presses, toggle }) {
  const stepping = (/** @type {() => unknown} */ action) => () => {
    race.setPlaying(false);
    action();
  };
  return [
    { keys: ['ArrowRight'], shown: '→', does: msg('one step forward'), action: stepping(presses.forward) },
    { keys: ['ArrowLeft'], shown: '←', does: msg('one step back'), action: stepping(presses.back) },
    { keys: ['Home'], shown: 'Home', does: msg('to the start'), action: stepping(presses.first) },
    { keys: ['End'], shown: 'End', does: msg('to the end'), action: stepping(presses.last) },
    { keys: [' '], shown: msg('Space'), does: msg('play and pause'), action: toggle },
    {
      keys: ['1', '2', '3', '4', '5', '6', '7', '8'],
      shown: '1 – 8',
      does: msg('choose a run'),
      action: (key) =>
        Number(key) <= race.store.get().course.runs.length && race.choose({ chosen: Number(key) - 1 }),
    },
    { keys: [], shown: 'Ctrl Z', does: msg('undo; with Shift, redo'), action: () => race.undo() },
    {
      keys: ['p', 'P', 'з', 'З'],
      shown: 'P',
      does: msg('projector: large and plain'),
      action: () => setProjected(!isProjected()),
    },
    { keys: ['?'], shown: '?', does: msg('this list'), action: openKeys },
  ];
}

/** @param {Race} race @param {Transport} transport */
function mountKeys(race, transport) {
  mountKeyTable(bindings(race, transport), {
    isReady: () => race.store.get().walked !== null,
    undo: () => race.undo(),
    redo: () => race.redo(),
  });
}

/** @param {Race} race */
function mountBanner(race) {
  const banner = byId('banner', HTMLElement);
  let shown = '';
  race.store.subscribe(({ trouble, waiting }) => {
    const name = JSON.stringify([trouble, waiting]);
    if (name === shown) return;
    shown = name;
    const close = () => press(t('Close'), () => race.complain(''));
    const parts = [
      ...(waiting ? waited(waiting) : []),
      ...(trouble ? [element('p', {}, trouble), close()] : []),
    ];
    banner.hidden = parts.length === 0;
    banner.replaceChildren(...parts);
  });
}

/** Says what came of each change, once it rests. @param {Race} race */
function mountAnnouncer(race) {
  const region = byId('announcer', HTMLElement);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let before = race.store.get();
  race.store.subscribe((state) => {
    const isNews =
      state.walked !== before.walked || state.step !== before.step || state.chosen !== before.chosen;
    const wasPlaying = before.isPlaying && !state.isPlaying;
    before = state;
    if (!isNews && !wasPlaying) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = race.store.get().isPlaying || race.store.get().isDragged ? '' : news(race.store.get());
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
