import { hasWebGl } from './panels/web-gl.js';

/** Taken back more often than this, within so many milliseconds, it is given up. */
const MOST_LOSSES = 3;
const SOON = 60_000;

/**
 * Figures in three dimensions: a page has few places for them, so one is made when it is first seen and given back
 * when it is not seen any more. From where it was looked at is kept for the next time.
 *
 * What a browser draws it with it may take back, where others need it or its driver failed: then the figure is made
 * anew, a few times.
 *
 * @param {HTMLElement} plot
 * @param {(isForGood: boolean) => void} onLost
 */
export function createSolid(plot, onLost) {
  let isThere = false;
  /** When it was taken back. @type {number[]} */
  let losses = [];
  // Kept from Plotly, which would wait for ever for the same one to come back.
  plot.addEventListener(
    'webglcontextlost',
    (event) => {
      event.stopPropagation();
      const now = performance.now();
      losses = [...losses.filter((time) => now - time < SOON), now];
      if (isThere) onLost(losses.length > MOST_LOSSES || !hasWebGl());
    },
    { capture: true },
  );
  /** @type {{revision: unknown, camera: object} | null} */
  let kept = null;
  return {
    isThere: () => isThere,
    /**
     * Give back what a figure in three dimensions holds, if there is one; whether there was.
     * @param {any} library
     */
    free(library) {
      if (!isThere) return false;
      const scene = /** @type {any} */ (plot).layout?.scene;
      if (scene?.camera) kept = { revision: scene.uirevision, camera: scene.camera };
      library.purge(plot);
      isThere = false;
      return true;
    },
    /** To be called when it was drawn. Plotly's own waiting for a lost one would outlive the figure, and fail. */
    drawn() {
      const plotted = /** @type {any} */ (plot)._fullLayout?.scene?._scene?.glplot;
      if (plotted) plotted.oncontextloss = () => {};
    },
    /** A layout as it is looked at again, where it is made anew. @param {Record<string, any>} layout */
    seen(layout) {
      const isSame = !isThere && kept?.revision === layout.scene.uirevision;
      isThere = true;
      return isSame ? { ...layout, scene: { ...layout.scene, camera: kept?.camera } } : layout;
    },
  };
}
