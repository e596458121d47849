/**
 * Figures in three dimensions: a page has few places for them, so one is made when it is first seen and given back
 * when it is not seen any more. From where it was looked at is kept for the next time.
 *
 * @param {HTMLElement} plot
 */
export function createSolid(plot) {
  let isThere = false;
  /** @type {{revision: unknown, camera: object} | null} */
  let kept = null;
  return {
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
    /** A layout as it is looked at again, where it is made anew. @param {Record<string, any>} layout */
    seen(layout) {
      const isSame = !isThere && kept?.revision === layout.scene.uirevision;
      isThere = true;
      return isSame ? { ...layout, scene: { ...layout.scene, camera: kept?.camera } } : layout;
    },
  };
}
