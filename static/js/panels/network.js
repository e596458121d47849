/** The picture of the network: what is clicked on it is asked about. */

import * as actions from '../actions.js';
import { byId } from '../dom.js';
import { uprightHeight } from '../lib/geometry.js';
import { mount } from '../mount.js';
import * as network from '../views/network.js';

/** @param {string} plotly */
export function mountNetwork(plotly) {
  const picture = byId('network-plot', HTMLElement);
  mount(picture.closest('figure') ?? document.body, network, plotly, {
    heightOf: (slice, isNarrow) => (isNarrow && !slice.isPicture ? uprightHeight(slice.sizes) : null),
    onPick: (pick) => 'pin' in pick && actions.pin(pick.pin),
    onPoint: (pick) => {
      picture.classList.toggle('is-pointing', pick !== null);
      actions.point(pick && 'pin' in pick ? (pick.term ?? null) : null);
    },
  });
}
