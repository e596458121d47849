/**
 * Puts views on the page: the one place that calls Plotly, which is loaded after the first paint.
 *
 * @typedef {import('./lib/view.js').Colours} Colours
 * @typedef {import('./state.js').State} State
 */

import { separators } from './lib/format.js';
import { store } from './state.js';

/** Below this width a network runs from top to bottom. */
const NARROW = 560;
const CONFIG = {
  displayModeBar: false,
  responsive: false,
  doubleClick: false,
  scrollZoom: false,
  showTips: false,
};

/** @type {Promise<any> | undefined} */
let plotly;

/** @param {string} url @returns {Promise<any>} */
function loadPlotly(url) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve(/** @type {any} */ (globalThis).Plotly);
    script.onerror = () => reject(new Error(url));
    requestAnimationFrame(() => document.head.append(script));
  });
  return plotly;
}

/** @returns {{colours: Colours, font: string}} */
function theme() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    colours: {
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
    },
    font: read('sans'),
  };
}

/**
 * Keep a figure as its view would have it, and its caption too; draws at most once a frame, and only on change.
 * @template Slice
 * @param {HTMLElement} figure  with a place for the plot and a caption
 * @param {import('./lib/view.js').View<Slice>} view
 * @param {string} plotlyUrl
 * @param {(slice: Slice, isNarrow: boolean) => number | null} [heightOf]  null: as the style sheet has it
 */
export function mount(figure, view, plotlyUrl, heightOf = () => null) {
  const plot = /** @type {HTMLElement} */ (figure.querySelector('.figure-plot'));
  const caption = /** @type {HTMLElement} */ (figure.querySelector('figcaption'));
  plot.setAttribute('aria-hidden', 'true'); // the caption and the tables say it in words
  let drawn = '';
  let isWaiting = false;
  /** @type {any} */
  let library = null;

  const draw = () => {
    isWaiting = false;
    const slice = view.select(store.get());
    if (slice === null) return;
    const words = view.describe(slice);
    if (caption.textContent !== words) caption.textContent = words;
    const width = plot.clientWidth;
    if (!library || width === 0) return;
    const isNarrow = width < NARROW;
    const wanted = heightOf(slice, isNarrow);
    plot.style.height = wanted === null ? '' : `${wanted}px`;
    const { colours, font } = theme();
    const { data, layout } = view.figure(slice, {
      width,
      height: plot.clientHeight,
      isNarrow,
      colours,
      font,
    });
    const complete = {
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
      width,
      height: plot.clientHeight,
      ...layout,
    };
    const text = JSON.stringify([data, complete]);
    if (text === drawn) return;
    drawn = text;
    plot.querySelector('.figure-wait')?.remove();
    library.react(plot, data, complete, CONFIG);
  };
  const ask = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(draw);
  };

  store.subscribe(ask);
  addEventListener('themechange', ask);
  new ResizeObserver(ask).observe(plot);
  loadPlotly(plotlyUrl).then(
    (loaded) => {
      library = loaded;
      ask();
    },
    () => figure.classList.add('figure-failed'),
  );
}
