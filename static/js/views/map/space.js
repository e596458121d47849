/**
 * A surface in three dimensions: from where it is looked at, and what stands at its axes.
 *
 * @typedef {import('../../lib/view.js').Frame} Frame
 */

import { colourScale } from './flat.js';

/** From where it is looked at: how far round, and how high. */
const FROM = 235;
const HEIGHT = 1.2;

/**
 * @param {Frame} frame
 * @param {{azimuth: number, distance: number, revision: string, x: object, y: object, z: object, annotations?: object[]}} given
 *   `revision`: while it is the same, what was turned by hand stays so; `x`, `y`, `z`: what else the axes are
 */
export function spaceOf({ colours, font }, { azimuth, distance, revision, annotations = [], ...axes }) {
  const turn = ((FROM + azimuth) * Math.PI) / 180;
  const axis = {
    gridcolor: colours.line,
    zeroline: false,
    showbackground: false,
    showspikes: false,
    color: colours.muted,
    tickfont: { size: 14, family: font, color: colours.muted },
  };
  return {
    margin: { l: 0, r: 0, t: 0, b: 0 },
    scene: {
      uirevision: revision,
      dragmode: 'turntable',
      aspectmode: 'manual',
      aspectratio: { x: 1.3, y: 1.3, z: 0.65 },
      annotations,
      camera: {
        eye: { x: distance * Math.cos(turn), y: distance * Math.sin(turn), z: HEIGHT },
        center: { x: 0, y: 0, z: -0.2 },
      },
      xaxis: { ...axis, ...axes.x },
      yaxis: { ...axis, ...axes.y },
      zaxis: { ...axis, ...axes.z },
    },
  };
}

/** @param {string} text @param {string} font */
export const spaceTitle = (text, font) => ({ text, font: { size: 14, family: font } });

/**
 * The surface itself, in the colours of the map, with its levels as lines.
 * @param {{x: any, y: any, z: (number | null)[][]}} grid
 * @param {{low: number, high: number, size: number}} levels
 * @param {Frame['colours']} colours
 */
export const surfaceOf = (grid, { low, high, size }, colours) => ({
  type: 'surface',
  ...grid,
  colorscale: colourScale(colours),
  cmin: low,
  cmax: high,
  hoverinfo: 'skip',
  showscale: false,
  opacity: 0.89,
  contours: { z: { show: true, start: low, end: high, size, color: colours.map[4], width: 1 } },
  lighting: { ambient: 0.85, diffuse: 0.35, specular: 0.05, roughness: 0.9 },
});
