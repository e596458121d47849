/**
 * Puts views on the page: the one place that calls Plotly, which is loaded after the first paint.
 *
 * Figures that nobody sees are not drawn; those that are take turns, so that no frame has to wait for all of them.
 *
 * @typedef {import('./lib/view.js').Colours} Colours
 * @typedef {import('./lib/view.js').Pick} Pick
 * @typedef {{get: () => any, subscribe: (listener: (state: any) => void) => unknown}} Store
 */

import { presses, turnedByHand } from './hands.js';
import { separators } from './lib/format.js';
import { paint } from './paint.js';
import { mountTable } from './panels/table.js';
import { createSolid } from './solid.js';

/** Below this width a network runs from top to bottom. */
export const NARROW = 560;
/** Milliseconds of drawing after which the other figures wait for the next frame. */
const TURN = 8;
const CONFIG = {
  displayModeBar: false,
  responsive: false,
  doubleClick: false,
  scrollZoom: 'gl3d', // by Ctrl and two fingers: see hands.js
  showTips: false,
};

/** @type {Promise<any> | undefined} */
let plotly;

/** Plotly, asked for once; what nothing on the first view needs may wait for it, too. @param {string} url @returns {Promise<any>} */
export function loadPlotly(url) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve(/** @type {any} */ (globalThis).Plotly);
    script.onerror = () => reject(new Error(url));
    requestAnimationFrame(() => document.head.append(script));
  });
  return plotly;
}

/** @typedef {{store: Store, showTable: (figure: string, isShown: boolean) => void}} Page  whose figures these are */

/** @type {Page} */
let usual;

/** Say which state figures show, and who is told that a table of numbers is wanted. @param {Page} page */
export function setPage(page) {
  usual = page;
}

/** Figures that want to be drawn, in the order they asked. @type {Set<() => void>} */
const waiting = new Set();

/** @param {() => void} draw */
function inTurn(draw) {
  if (waiting.size === 0) requestAnimationFrame(drawSome);
  waiting.add(draw);
}

/** Whether all that asked to be drawn are. */
export const isDrawn = () => waiting.size === 0;

function drawSome() {
  const start = performance.now();
  for (const draw of [...waiting]) {
    waiting.delete(draw);
    draw();
    if (performance.now() - start > TURN) break;
  }
  if (waiting.size > 0) requestAnimationFrame(drawSome);
}

/** Colours and face as the style sheet has them, until the theme changes: reading them costs. @type {{colours: Colours, font: string} | null} */
let known = null;
addEventListener('themechange', () => {
  known = null;
});

/** @returns {{colours: Colours, font: string}} */
function theme() {
  known ??= readTheme();
  return known;
}

/** @returns {{colours: Colours, font: string}} */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    colours: {
      zones: {
        slow: read('zone-slow'),
        good: read('zone-good'),
        bounces: read('zone-bounces'),
        flies_away: read('zone-flies-away'),
      },
      paper: read('paper'),
      panel: read('panel'),
      soft: read('soft'),
      ink: read('ink'),
      muted: read('muted'),
      line: read('line'),
      positive: read('positive'),
      negative: read('negative'),
      back: read('back'),
      mark: read('mark'),
      markEdge: read('mark-edge'),
      branches: [0, 1, 2, 3, 4, 5, 6, 7].map((index) => read(`branch-${index}`)),
      map: [0, 1, 2, 3, 4].map((index) => read(`map-${index}`)),
    },
    font: read('sans'),
  };
}

/** @param {string} font @param {Colours} colours */
const common = (font, colours) => ({
  showlegend: false,
  separators: separators(),
  dragmode: false,
  hovermode: 'closest',
  hoverlabel: {
    bgcolor: colours.panel,
    bordercolor: colours.muted,
    font: { color: colours.ink, family: font, size: 14 },
    align: 'left',
  },
  paper_bgcolor: 'rgba(0,0,0,0)',
  plot_bgcolor: 'rgba(0,0,0,0)',
  font: { family: font, size: 14, color: colours.muted },
});

/**
 * Keep a figure as its view would have it, its caption and its table of numbers too.
 * @template Slice
 * @param {HTMLElement} figure  with a place for the plot and a caption
 * @param {import('./lib/view.js').View<Slice>} view
 * @param {string} plotlyUrl
 * @param {{heightOf?: (slice: Slice, isNarrow: boolean) => number | null, onPick?: (pick: Pick) => void,
 *   onPoint?: (pick: Pick | null) => void, onLost?: () => void, page?: Page}} [how]  `heightOf` null: as the style
 *   sheet has it; `onPick`: what a click chooses, `onPoint`: what is pointed at; `onLost`: the browser cannot draw in
 *   three dimensions any more; `page`: a state of its own
 */
export function mount(
  figure,
  view,
  plotlyUrl,
  { heightOf = () => null, onPick, onPoint, onLost, page = usual } = {},
) {
  const plot = /** @type {HTMLElement} */ (figure.querySelector('.figure-plot'));
  const caption = /** @type {HTMLElement} */ (figure.querySelector('figcaption'));
  plot.setAttribute('aria-hidden', 'true'); // the caption and the tables say it in words
  const table = view.table
    ? mountTable(figure, (isShown) => page.showTable(view.name, isShown), onPick)
    : null;
  let drawn = '';
  /** What is said of the figure as it was last drawn. @type {import('./lib/view.js').Facts | undefined} */
  let told;
  let isSeen = false;
  let size = { width: 0, height: 0, scale: 1 };
  /** @type {number | null} */
  let given = null;
  /** @type {any} */
  let library = null;
  // A press on a plot that is redrawn before the button is let go is a click that Plotly loses.
  let isPressed = false;

  // Measured when it changes, not when it is drawn: asking for a size makes the page lay itself out.
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = plot;
    size = { width, height, scale: width > 0 ? plot.getBoundingClientRect().width / width : 1 };
    plot.style.setProperty('--drawn', `${size.height}px`); // for who shows it larger than it is drawn
  };
  const { isSwipe } = presses(plot);
  const listen = listener(plot, isSwipe, onPick, onPoint);
  const solid = createSolid(plot, lost);
  turnedByHand(plot, solid.isThere);
  /** @type {string | undefined} */
  let shape;
  const free = () => {
    if (solid.free(library)) drawn = '';
  };
  /** The browser took back what a figure in three dimensions is drawn with. @param {boolean} isForGood */
  function lost(isForGood) {
    free();
    if (isForGood) onLost?.();
    else ask();
  }
  const draw = () => {
    const state = page.store.get();
    const slice = view.select(state);
    if (slice === null || !isSeen) free();
    if (slice === null) return;
    const tell = (/** @type {import('./lib/view.js').Facts | undefined} */ facts) => {
      const words = view.describe(slice, facts);
      if (caption.textContent !== words) caption.textContent = words;
    };
    const canDraw = library && size.width > 0 && isSeen && !isPressed;
    if (!canDraw) tell(told);
    const isTable = state.tables[view.name] ?? false;
    table?.show(isTable, isTable && view.table ? view.table(slice) : null);
    if (!canDraw) return;
    const isNarrow = size.width < NARROW;
    const wanted = heightOf(slice, isNarrow);
    if (wanted !== given) {
      given = wanted;
      plot.style.height = wanted === null ? '' : `${wanted}px`;
      measure();
    }
    const { width, height } = size;
    const { colours, font } = theme();
    const made = view.figure(slice, { width, height, isNarrow, colours, font });
    const { data, layout, tiles, strokes, marks, facts } = made;
    told = facts;
    tell(facts);
    const complete = { ...common(font, colours), width, height, ...layout };
    if (!made.isSolid) free();
    if (made.shape !== shape && drawn !== '') {
      library.purge(plot);
      drawn = '';
    }
    shape = made.shape;
    const text = JSON.stringify([data, complete]);
    if (text !== drawn) {
      const isFirst = drawn === '';
      drawn = text;
      plot.querySelector('.figure-wait')?.remove();
      library.react(plot, data, made.isSolid ? solid.seen(complete) : complete, CONFIG);
      if (made.isSolid) solid.drawn();
      if (isFirst) listen();
    }
    // After it: a plot that is made anew empties its place.
    if (tiles) paint(plot, size, { tiles, strokes, marks, font });
  };
  const ask = () => inTurn(draw);
  if (onPick) {
    const letGo = () => {
      if (!isPressed) return;
      isPressed = false;
      ask();
    };
    plot.addEventListener('pointerdown', () => {
      isPressed = true;
    });
    // After the click itself, which follows in the same breath.
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(letGo));
  }

  page.store.subscribe(ask);
  addEventListener('themechange', ask);
  new ResizeObserver(() => {
    measure();
    ask();
  }).observe(plot);
  new IntersectionObserver(
    ([entry]) => {
      isSeen = entry.isIntersecting;
      if (isSeen) ask();
      else free();
    },
    { rootMargin: '50%' },
  ).observe(plot);
  addEventListener('beforeprint', () => {
    isSeen = true;
    measure();
    draw();
  });
  loadPlotly(plotlyUrl).then(
    (loaded) => {
      library = loaded;
      ask();
    },
    () => figure.classList.add('figure-failed'),
  );
}

/**
 * Hear clicks, and what is pointed at; what it returns hears a plot that Plotly has made anew.
 * @param {any} plot
 * @param {() => boolean} isSwipe
 * @param {((pick: Pick) => void) | undefined} onPick
 * @param {((pick: Pick | null) => void) | undefined} onPoint
 */
function listener(plot, isSwipe, onPick, onPoint) {
  const pickOf = (/** @type {any} */ event) =>
    event.annotation?.name ? JSON.parse(event.annotation.name) : event.points?.[0]?.customdata;
  /** What is pointed at, and what was when the button went down. @type {Pick | null} */
  let pointed = null;
  /** @type {Pick | null} */
  let pressed = null;
  const choose = (/** @type {any} */ event) => {
    const pick = pickOf(event);
    pressed = null;
    if (pick && !isSwipe()) onPick?.(pick);
  };
  // Plotly forgets what it pointed at, and so the click, where the plot changed under a resting pointer.
  plot.addEventListener('pointerdown', () => {
    pressed = pointed;
  });
  plot.addEventListener('click', () => {
    if (pressed) onPick?.(pressed);
    pressed = null;
  });
  return () => {
    plot.on('plotly_hover', (/** @type {any} */ event) => {
      pointed = pickOf(event) ?? null;
      onPoint?.(pointed);
    });
    plot.on('plotly_unhover', () => {
      pointed = null;
      onPoint?.(null);
    });
    if (!onPick) return;
    plot.on('plotly_click', choose);
    plot.on('plotly_clickannotation', choose);
  };
}
