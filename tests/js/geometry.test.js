import { layOut, overlap, passes, placeLabels, pointOn } from '../../static/js/lib/geometry.js';
import { assert, filled, test } from './harness.js';
import { narrow, random } from './made-up.js';

/** @typedef {import('../../static/js/lib/geometry.js').Box} Box */
/** @typedef {import('../../static/js/lib/geometry.js').Layout} Layout */

/** What can be set up in the lab: up to eight units in a layer, up to four hidden layers, and pictures of 64 points. */
const SIZES = [
  [1, 1],
  [2, 1],
  [2, 2, 2],
  [1, 8, 1],
  [2, 4, 1],
  [6, 3, 1],
  [2, 6, 6, 1],
  [3, 1, 3],
  [2, 8, 8, 8, 8, 1],
  [8, 8],
  [2, 2, 2, 2, 2, 2],
  [16, 3, 1],
];
/** Below this width the lab has its networks from top to bottom. */
const NARROW = 560;
const WIDTHS = Array.from({ length: 19 }, (_, index) => 320 + 60 * index);
/** From the lowest a window can make the picture to the highest. */
const HEIGHTS = [176, 250, 352, 480, 576];

/** @type {Layout[]} */
const LAYOUTS = SIZES.flatMap((sizes) =>
  WIDTHS.flatMap((width) => [
    layOut(sizes, width, narrow(sizes).height, true),
    ...(width < NARROW ? [] : HEIGHTS.map((height) => layOut(sizes, width, height, false))),
  ]),
);

/** @param {Layout} layout */
const named = ({ columns, width, height, isUpright }) =>
  `${columns.map(({ length }) => length).join('-')} in ${width} × ${height}${isUpright ? ', upright' : ''}`;

test('every unit stands inside the figure, whole, at every size', () => {
  for (const layout of LAYOUTS) {
    for (const { x, y } of filled(layout.columns.flat())) {
      const room = Math.min(x, layout.width - x, y, layout.height - y);
      assert.ok(room >= layout.radius, `${named(layout)}: ${room} for ${layout.radius}`);
    }
  }
});

test('no two units overlap, at any size', () => {
  for (const layout of LAYOUTS) {
    const units = layout.columns.flat();
    units.forEach((one, index) => {
      for (const other of units.slice(index + 1)) {
        const distance = Math.hypot(one.x - other.x, one.y - other.y);
        assert.ok(distance >= 2 * layout.radius, `${named(layout)}: ${distance} for ${2 * layout.radius}`);
      }
    });
  }
});

test('targets and loss stand inside the figure, behind the outputs', () => {
  for (const layout of LAYOUTS) {
    const along = (/** @type {{x: number, y: number}} */ point) => (layout.isUpright ? point.y : point.x);
    const outputs = layout.columns[layout.columns.length - 1];
    layout.targets.forEach((target, unit) =>
      assert.ok(along(target) > along(outputs[unit]) + layout.radius, named(layout)),
    );
    for (const { x, y } of [...layout.targets, layout.loss]) {
      assert.ok(x > 0 && x < layout.width && y > 0 && y < layout.height, named(layout));
    }
    assert.ok(along(layout.loss) > along(layout.targets[0]), named(layout));
  }
});

test('layers follow one another from left to right, or from top to bottom', () => {
  for (const { columns, isUpright } of LAYOUTS) {
    const depths = columns.map((column) => new Set(column.map(({ x, y }) => (isUpright ? y : x))));
    assert.ok(depths.every(({ size }) => size === 1));
    const order = depths.map((set) => [...set][0]);
    assert.ok(order.every((depth, index) => index === 0 || depth > order[index - 1]));
  }
});

test('the units of a layer stand in order, evenly and about one middle line', () => {
  for (const layout of LAYOUTS) {
    const middles = layout.columns.map((column) => {
      const places = column.map(({ x, y }) => (layout.isUpright ? x : y));
      const gaps = places.slice(1).map((place, index) => place - places[index]);
      assert.ok(
        gaps.every((gap) => gap > 0 && Math.abs(gap - gaps[0]) < 1e-6),
        named(layout),
      );
      return places.reduce((sum, place) => sum + place, 0) / places.length;
    });
    assert.close(
      middles,
      middles.map(() => middles[0]),
      1e-9,
      named(layout),
    );
  }
});

test('there is one edge for each weight, from the unit it comes from to the one it goes to', () => {
  for (const { columns, edges } of LAYOUTS) {
    const weights = columns
      .slice(1)
      .reduce((sum, units, layer) => sum + units.length * columns[layer].length, 0);
    assert.equal(edges.length, weights);
    assert.equal(new Set(edges.map(({ layer, unit, input }) => `${layer} ${unit} ${input}`)).size, weights);
    for (const { layer, unit, input, from, to } of filled(edges)) {
      assert.equal(from, columns[layer][input]);
      assert.equal(to, columns[layer + 1][unit]);
    }
  }
});

test('a point on an edge is as far along as asked', () => {
  const edge = { layer: 0, unit: 0, input: 0, from: { x: 10, y: 0 }, to: { x: 30, y: -40 } };
  assert.deepEqual(
    [0, 0.25, 1].map((share) => pointOn(edge, share)),
    [
      { x: 10, y: 0 },
      { x: 15, y: -10 },
      { x: 30, y: -40 },
    ],
  );
});

/** @type {[string, Box, boolean][]} */
const BOXES = [
  ['in a corner overlaps', { x: 8, y: 4, width: 10, height: 6 }, true],
  ['within it overlaps', { x: 1, y: 0, width: 2, height: 2 }, true],
  ['across it overlaps', { x: 0, y: 0, width: 2, height: 50 }, true],
  ['beside it does not overlap', { x: 20, y: 0, width: 5, height: 5 }, false],
  ['above it does not overlap', { x: 0, y: 20, width: 50, height: 5 }, false],
  ['that touches it does not overlap', { x: 10, y: 0, width: 10, height: 4 }, false],
];
for (const [where, other, expected] of BOXES) {
  test(`a box ${where}`, () => {
    const box = { x: 0, y: 0, width: 10, height: 4 };
    assert.equal(overlap(box, other), expected);
    assert.equal(overlap(other, box), expected);
  });
}

/** Whether one of many points of a segment lies inside a box. @param {import('../../static/js/lib/geometry.js').Edge} edge @param {Box} box */
function sampled(edge, { x, y, width, height }) {
  return Array.from({ length: 2001 }, (_, index) => pointOn(edge, index / 2000)).some(
    (point) => Math.abs(point.x - x) < width / 2 && Math.abs(point.y - y) < height / 2,
  );
}

test('an edge passes through a box just when some of its points lie inside', () => {
  const next = random(3);
  const place = () => ({ x: Math.floor(100 * next()), y: Math.floor(100 * next()) });
  const found = { through: 0, past: 0 };
  for (let round = 0; round < 3000; round += 1) {
    const from = place();
    const to = [place(), { ...place(), x: from.x }, { ...place(), y: from.y }][round % 3];
    const edge = { layer: 0, unit: 0, input: 0, from, to };
    const box = { ...place(), width: 1 + 40 * next(), height: 1 + 40 * next() };
    // Between two samples a corner can be missed: boxes are made a little smaller and larger than that gap.
    const step = Math.hypot(to.x - from.x, to.y - from.y) / 1000;
    const larger = { ...box, width: box.width + step, height: box.height + step };
    if (sampled(edge, box)) assert.ok(passes(edge, box), `${JSON.stringify([edge, box])} is passed by`);
    if (passes(edge, box)) assert.ok(sampled(edge, larger), `${JSON.stringify([edge, box])} is not met`);
    found[passes(edge, box) ? 'through' : 'past'] += 1;
  }
  assert.ok(found.through > 300 && found.past > 300, 'the tests were one-sided');
});

test('an edge that only touches a box, or has no length, does not pass through', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  const edge = (/** @type {number[]} */ [a, b, c, d]) => ({
    layer: 0,
    unit: 0,
    input: 0,
    from: { x: a, y: b },
    to: { x: c, y: d },
  });
  assert.equal(passes(edge([6, -20, 6, 20]), box), false);
  assert.equal(passes(edge([-20, 0, -6, 0]), box), false);
  assert.equal(passes(edge([50, 50, 50, 50]), box), false);
  assert.equal(passes(edge([-20, 0, 20, 0]), box), true);
});

/** @param {Layout} layout @param {number} seed @returns {Box[]} */
function obstaclesIn({ width, height }, seed) {
  const next = random(seed);
  return Array.from({ length: 5 }, () => ({ x: width * next(), y: height * next(), width: 60, height: 18 }));
}

for (const isUpright of [false, true]) {
  const layouts = LAYOUTS.filter((layout) => layout.isUpright === isUpright);
  const how = isUpright ? 'upright' : 'lying';

  test(`in a network that is ${how}, no label covers another, a unit, or what else stands there`, () => {
    let placed = 0;
    layouts.forEach((layout, index) => {
      const next = random(index + 1);
      const sizes = new Map(
        layout.edges.map((edge) => [edge, { width: 40 + 80 * next(), height: next() < 0.5 ? 17 : 34 }]),
      );
      const sizeOf = (/** @type {typeof layout.edges[number]} */ edge) =>
        /** @type {{width: number, height: number}} */ (sizes.get(edge));
      const obstacles = obstaclesIn(layout, index);
      const points = placeLabels(layout, layout.edges, sizeOf, obstacles);
      assert.equal(points.length, layout.edges.length);
      const boxes = points.flatMap((point, at) => (point ? [{ ...point, ...sizeOf(layout.edges[at]) }] : []));
      const circles = layout.columns
        .flat()
        .map((point) => ({ ...point, width: 2 * layout.radius, height: 2 * layout.radius }));
      boxes.forEach((box, at) => {
        for (const other of [...boxes.slice(at + 1), ...circles, ...obstacles])
          assert.equal(overlap(box, other), false, named(layout));
      });
      placed += boxes.length;
    });
    assert.ok(placed > layouts.length, `only ${placed} labels found a place`);
  });

  test(`in a network that is ${how}, a label stands on its own edge, and inside the figure from side to side`, () => {
    for (const layout of filled(layouts)) {
      const size = { width: 50, height: 17 };
      placeLabels(layout, layout.edges, () => size).forEach((point, index) => {
        if (!point) return;
        assert.ok(passes(layout.edges[index], { ...point, ...size }), named(layout));
        assert.ok(point.x >= size.width / 2 && point.x <= layout.width - size.width / 2, named(layout));
      });
    }
  });
}

test('where there is room, every label has a place; where there is none, it has none', () => {
  const layout = layOut([2, 2, 2], 820, 480, false);
  assert.ok(
    placeLabels(layout, layout.edges, () => ({ width: 62, height: 34 })).every((point) => point !== null),
  );
  assert.ok(
    placeLabels(layout, layout.edges, () => ({ width: 400, height: 300 })).every((point) => point === null),
  );
});

test('a label goes where the fewest other edges pass', () => {
  const layout = layOut([2, 2], 820, 480, false);
  const [crossing] = layout.edges.filter(({ input, unit }) => input !== unit);
  const [point] = placeLabels(layout, [crossing], () => ({ width: 30, height: 17 }));
  const box = { .../** @type {{x: number, y: number}} */ (point), width: 30, height: 17 };
  assert.ok(layout.edges.every((edge) => edge === crossing || !passes(edge, box)));
});
