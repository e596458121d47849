/** The views: to add one, write its file and name it here. */

import * as lossCurve from './loss-curve.js';
import * as network from './network.js';

export const VIEWS = { network, lossCurve };
