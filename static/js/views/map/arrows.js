/** Arrows of the map: where the loss falls fastest, in the plane; the longer the steeper. */

/** Sides of an arrow's head, as shares of its length. */
const HEAD = 0.32;
const WING = 0.2;

/** @param {import('./slice.js').Made} made @param {string} colour */
export function arrowsOf({ landscape }, colour) {
  const { gradients, y } = landscape;
  if (!gradients || !y) return [];
  const columns = gradients.x;
  const rows = gradients.y ?? [];
  const [wide, high] = [spacing(columns), spacing(rows)];
  const arrows = rows.flatMap((up, row) =>
    columns.flatMap((across, column) => {
      const [dx, dy] = [gradients.dx[row][column], gradients.dy?.[row][column] ?? null];
      return dx === null || dy === null ? [] : [{ across, up, right: -dx / wide, above: -dy / high }];
    }),
  );
  const steepest = Math.max(...arrows.map(({ right, above }) => Math.hypot(right, above)), 0);
  if (steepest === 0) return [];
  /** @type {(number | null)[]} */
  const xs = [];
  /** @type {(number | null)[]} */
  const ys = [];
  for (const { across, up, right, above } of arrows) {
    const size = Math.hypot(right, above);
    if (size === 0) continue;
    // In cells of the grid; the cube root keeps those of a flat valley to be seen.
    const length = (0.85 * Math.cbrt(size / steepest)) / size;
    const draw = (/** @type {number} */ along, /** @type {number} */ beside) => {
      xs.push(across + length * wide * (along * right - beside * above));
      ys.push(up + length * high * (along * above + beside * right));
    };
    draw(-0.5, 0);
    draw(0.5, 0);
    draw(0.5 - HEAD, WING);
    xs.push(null);
    ys.push(null);
    draw(0.5, 0);
    draw(0.5 - HEAD, -WING);
    xs.push(null);
    ys.push(null);
  }
  return [
    { x: xs, y: ys, mode: 'lines', hoverinfo: 'skip', opacity: 0.75, line: { color: colour, width: 1.2 } },
  ];
}

/** @param {number[]} values */
const spacing = (values) => (values.length > 1 ? values[1] - values[0] : 1);
