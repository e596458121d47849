/**
 * Small pictures behind a plot: what each unit answers, and the plane of answers. A canvas of its own, since many
 * times a second a picture is far cheaper than a figure.
 */

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/** @param {import('./lib/view.js').Picture} picture */
function draft({ columns, rows, pixels }) {
  pen.canvas.width = columns;
  pen.canvas.height = rows;
  pen.putImageData(new ImageData(new Uint8ClampedArray(pixels), columns, rows), 0, 0);
  return pen.canvas;
}

/**
 * Paint the tiles and over them the lines, and nothing else, behind what Plotly draws.
 * @param {HTMLElement} plot
 * @param {{width: number, height: number, scale: number}} size  of the plot, and how much larger it is shown
 * @param {{tiles: import('./lib/view.js').Tile[], strokes?: import('./lib/view.js').Stroke[],
 *   marks?: import('./lib/view.js').Mark[], font: string}} what
 */
export function paint(plot, size, { tiles, strokes = [], marks = [], font }) {
  const canvas = canvasOf(plot);
  const scale = devicePixelRatio * size.scale;
  const width = Math.round(size.width * scale);
  const height = Math.round(size.height * scale);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  brush.setTransform(scale, 0, 0, scale, 0, 0);
  brush.clearRect(0, 0, width, height);
  brush.imageSmoothingQuality = 'high';
  for (const { x, y, width: wide, height: high, isRound, isSharp, picture } of tiles) {
    brush.save();
    brush.beginPath();
    if (isRound) brush.arc(x + wide / 2, y + high / 2, wide / 2, 0, 2 * Math.PI);
    else brush.rect(x, y, wide, high);
    brush.clip();
    brush.imageSmoothingEnabled = !isSharp;
    brush.drawImage(draft(picture), x, y, wide, high);
    brush.restore();
  }
  for (const stroke of strokes) line(brush, stroke);
  for (const mark of marks) disc(brush, mark, font);
}

/** @param {CanvasRenderingContext2D} brush @param {import('./lib/view.js').Mark} mark @param {string} font */
function disc(brush, { x, y, radius, fill, edge, width, text, ink }, font) {
  Object.assign(brush, { fillStyle: fill, strokeStyle: edge, lineWidth: width });
  if (radius > 0) {
    brush.beginPath();
    brush.arc(x, y, radius, 0, 2 * Math.PI);
    brush.fill();
    if (width > 0) brush.stroke();
  }
  if (!text) return;
  Object.assign(brush, {
    ...{ fillStyle: ink, font: `700 14px ${font}`, textAlign: 'center', textBaseline: 'middle' },
  });
  brush.lineJoin = 'round';
  if (radius === 0) brush.strokeText(text, x, y + 0.5);
  brush.fillText(text, x, y + 0.5);
}

/** @param {CanvasRenderingContext2D} brush @param {import('./lib/view.js').Stroke} stroke */
function line(brush, { pieces, colour, width, dash = [], opacity = 1, box }) {
  brush.save();
  if (box) {
    brush.beginPath();
    brush.rect(box.x, box.y, box.width, box.height);
    brush.clip();
  }
  brush.beginPath();
  for (const [x, y, ...rest] of pieces) {
    brush.moveTo(x, y);
    for (let at = 0; at < rest.length; at += 2) brush.lineTo(rest[at], rest[at + 1]);
  }
  Object.assign(brush, { strokeStyle: colour, lineWidth: width, globalAlpha: opacity, lineJoin: 'round' });
  brush.setLineDash(dash);
  brush.stroke();
  brush.restore();
}

/** @param {HTMLElement} plot @returns {HTMLCanvasElement} */
function canvasOf(plot) {
  const there = plot.querySelector('.figure-tiles');
  if (there instanceof HTMLCanvasElement) return there;
  const canvas = document.createElement('canvas');
  canvas.className = 'figure-tiles';
  plot.prepend(canvas);
  return canvas;
}
