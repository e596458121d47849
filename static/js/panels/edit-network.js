/**
 * Editing the network on its picture: controls that stand where the layers are. They exist only while editing.
 *
 * Where the network runs from left to right they stand above it, each over its layer, and cover nothing; where it
 * runs from top to bottom they stand between the layers.
 */

import { byId, element } from '../dom.js';
import { MOST_HIDDEN, addLayer } from '../lib/experiment.js';
import { t } from '../lib/i18n.js';
import { NARROW } from '../mount.js';
import { store } from '../state.js';
import * as network from '../views/network.js';
import { stepper } from './setup/controls.js';
import { activationMenu, removeButton, unitSteppers } from './setup/network.js';
import { refill } from './setup/patch.js';
import { asked, change, whenWanted } from './setup/wanted.js';

/** @typedef {import('../state.js').Experiment} Experiment */
/** @typedef {import('../lib/geometry.js').Point} Point */

const PREFIX = 'edit-';
/** The widest that the controls of a layer become. */
const WIDEST = 168;
/** Controls narrower than this take no more than they must. */
const TIGHT = 124;
/** Space between the controls of one layer and the next. */
const GAP = 8;

let isEditing = false;
let isMounted = false;

/** From so much space between layers on, the button that adds one says it. */
const ROOM_FOR_WORDS = 110;

/** @param {Experiment} experiment @param {number} at @param {boolean} hasRoom */
function addButton({ network: { layers } }, at, hasRoom) {
  const isFull = layers.length > MOST_HIDDEN;
  const name =
    at === layers.length - 1
      ? t('Add a hidden layer before the output')
      : t('Add a hidden layer before hidden layer {number}', { number: at + 1 });
  const button = stepper(`${PREFIX}add-${at}`, hasRoom ? t('+ layer') : '+', name, isFull, () =>
    change((one) => addLayer(one, at)),
  );
  button.classList.add('edit-add');
  return button;
}

/** Controls of the layers in reading order: a layer can be added before each of them. @param {Experiment} experiment @param {boolean} hasRoom */
function groups(experiment, hasRoom) {
  const { catalog } = store.get();
  if (!catalog) return [];
  return experiment.network.layers.map((layer, index) => {
    const add = addButton(experiment, index, hasRoom);
    if (index === experiment.network.layers.length - 1) return { add, own: [] };
    const units = element('span', { class: 'edit-units' }, String(layer.units));
    return {
      add,
      own: [
        activationMenu(catalog, experiment, index, PREFIX),
        element(
          'span',
          { class: 'edit-buttons' },
          ...unitSteppers(experiment, index, PREFIX, units),
          removeButton(index, PREFIX),
        ),
      ],
    };
  });
}

/** From a layer to the next. @param {Point[][]} columns */
function gapOf(columns) {
  const [before, last] = columns.slice(-2);
  return last[0].x - Math.max(...before.map(({ x }) => x));
}

/** @param {HTMLElement} node @param {Record<string, number>} box  in pixels */
function place(node, box) {
  for (const [name, value] of Object.entries(box)) node.style.setProperty(name, `${Math.round(value)}px`);
  return node;
}

/** Over the layers, in a strip above the picture. @param {ReturnType<typeof groups>} made @param {Point[][]} columns */
function inStrip(made, columns) {
  const gap = gapOf(columns);
  const width = Math.min(WIDEST, gap - GAP);
  return made.flatMap(({ add, own }, layer) => {
    const { x } = columns[layer + 1][0];
    const between = element('span', { class: 'edit-between', id: `edit-between-${layer}` }, add);
    place(between, { 'margin-left': x - gap / 2 });
    if (own.length === 0) return [between];
    const group = element(
      'span',
      { class: `edit-layer${width < TIGHT ? ' is-tight' : ''}`, id: `edit-layer-${layer}` },
      ...own,
    );
    return [between, place(group, { 'margin-left': x - width / 2, width })];
  });
}

/** Between the layers, in lines across the picture. @param {ReturnType<typeof groups>} made @param {Point[][]} columns */
function inLines(made, columns) {
  return made.map(({ add, own }, layer) => {
    const line = element('span', { class: 'edit-line', id: `edit-line-${layer}` }, add, ...own);
    const above = Math.max(...columns[layer].map(({ y }) => y));
    return place(line, { top: (above + columns[layer + 1][0].y) / 2 });
  });
}

/** @param {HTMLElement} box @param {HTMLElement} plot */
function show(box, plot) {
  const { experiment } = asked();
  const [width, height] = [plot.clientWidth, plot.clientHeight];
  if (!isEditing || !experiment || width === 0) return;
  const { inputs, layers } = experiment.network;
  const sizes = [inputs, ...layers.map(({ units }) => units)];
  const slice = network.select(store.get());
  if (slice === null) return;
  const frame = { width, height, isNarrow: width < NARROW };
  const { columns, isUpright } = network.layoutOf({ ...slice, sizes }, frame);
  const made = groups(experiment, !isUpright && gapOf(columns) >= ROOM_FOR_WORDS);
  box.classList.toggle('is-upright', isUpright);
  refill(box, isUpright ? inLines(made, columns) : inStrip(made, columns));
}

/** @param {boolean} isOn */
export function setEditing(isOn) {
  const box = byId('network-edit', HTMLElement);
  const plot = byId('network-plot', HTMLElement);
  isEditing = isOn;
  box.hidden = !isOn;
  if (!isOn) box.replaceChildren();
  const again = () => show(box, plot);
  if (!isMounted) {
    isMounted = true;
    /** @type {Experiment | null} */
    let shown = null;
    let task = '';
    whenWanted(() => {
      const { experiment } = asked();
      if (experiment === shown && task === store.get().task) return;
      shown = experiment;
      task = store.get().task;
      again();
    });
    new ResizeObserver(again).observe(plot);
  }
  again();
}
