import { layOut, overlap, placeLabels, uprightHeight } from '../../static/js/lib/geometry.js';
import * as theNetwork from '../../static/js/views/network.js';
import { hovers, lettering, segments } from './figures.js';
import { assert, filled, test } from './harness.js';
import { CATALOG } from './made-up-catalog.js';
import { COLOURS, WIDE, narrow, operation, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('grid');
const { describe, figure, select } = kept('network', theNetwork);

const SIZES = [64, 16, 10];
const LAYOUTS = /** @type {[string, ReturnType<typeof layOut>][]} */ ([
  ['wide', layOut(SIZES, 820, 480, false, { imageSide: 8 })],
  ['upright', layOut(SIZES, 330, uprightHeight(SIZES), true, { imageSide: 8 })],
  ['wide, without a picture', layOut([40, 5, 2], 820, 480, false)],
  ['upright, without a picture', layOut([256, 5, 2], 330, uprightHeight([256, 5, 2]), true)],
]);

for (const [name, layout] of LAYOUTS) {
  const { grid, columns, width, height, radius } = layout;
  const box = grid?.box ?? { x: 0, y: 0, width: 0, height: 0 };

  test(`${name}: many inputs are cells of a grid inside the figure`, () => {
    assert.ok(grid);
    assert.equal(columns[0], grid?.cells);
    assert.ok(box.x - box.width / 2 >= 0 && box.x + box.width / 2 <= width);
    assert.ok(box.y - box.height / 2 >= 20 && box.y + box.height / 2 <= height);
    for (const { x, y } of filled(columns[0])) {
      assert.ok(Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2);
    }
    assert.equal(new Set(columns[0].map(({ x, y }) => `${x} ${y}`)).size, columns[0].length);
  });

  test(`${name}: no unit stands on the grid, and units keep their size`, () => {
    for (const { x, y } of filled(columns.slice(1).flat()))
      assert.ok(!overlap({ x, y, width: 2 * radius, height: 2 * radius }, box));
    assert.ok(radius >= 7);
  });
}

test('a picture has its own rows and columns', () => {
  const { cells, size } = /** @type {NonNullable<ReturnType<typeof layOut>['grid']>} */ (LAYOUTS[0][1].grid);
  assert.close(cells[1].x - cells[0].x, size, 1e-9);
  assert.close(cells[8].y - cells[0].y, size, 1e-9);
  assert.equal(cells[8].x, cells[0].x);
});

test('sixteen inputs are circles still', () => assert.equal(layOut([16, 3, 1], 820, 480, false).grid, null));

test('a label of a connection does not cover the grid', () => {
  const layout = LAYOUTS[0][1];
  const [point] = placeLabels(layout, [layout.edges[5]], () => ({ width: 60, height: 17 }));
  assert.ok(
    point &&
      !overlap({ ...point, width: 60, height: 17 }, layout.grid?.box ?? { x: 0, y: 0, width: 0, height: 0 }),
  );
});

/** A picture of 6 × 6 pixels. */
const SMALL = [36, 5, 3];

/** @param {Parameters<typeof stateOf>[1]} change */
function shown(change) {
  const state = stateOf(SMALL, { catalog: CATALOG, ...change });
  const slice = select({
    ...state,
    experiment: { ...state.experiment, data: { dataset: 'pictures', side: 6 } },
  });
  return /** @type {NonNullable<typeof slice>} */ (slice);
}

for (const [name, frame] of /** @type {[string, typeof WIDE][]} */ ([
  ['wide', WIDE],
  ['narrow', { ...narrow(SMALL), height: uprightHeight(SMALL) }],
])) {
  test(`${name}: a pixel says its value in full, and there is no hover for each of a thousand connections`, () => {
    const slice = shown({});
    const said = [...new Set(hovers(figure(slice, frame)))]; // a connection says its own all along its line
    for (const value of filled(slice.inputs ?? []))
      assert.ok(said.some((text) => text.includes(`x = ${`${value}`.replace('-', '−')}`)));
    assert.ok(said.length < 36 + 5 + 3 + 5 * 3 + 20, `${said.length} hovers`);
  });

  test(`${name}: the heading says how many inputs there are`, () => {
    assert.ok(lettering(figure(shown({}), frame)).some(({ plain }) => plain === '36 inputs'));
    assert.match(describe(shown({})), /36-5-3/);
  });

  test(`${name}: a weight's operation draws its connection from its cell, and marks the cell`, () => {
    const state = stateOf(SMALL);
    const operations = [operation('dW', { layer: 0, unit: 3, input: 21, value: 0.5 })];
    const slice = shown({ isWhole: false, cursor: 1, trace: { ...state.trace, operations } });
    const drawn = figure(slice, frame);
    const { columns } = layOut(SMALL, frame.width, frame.height, frame.isNarrow, { imageSide: 6 });
    const lit = segments(drawn).filter(({ line }) => line.color === COLOURS.mark);
    assert.equal(lit.length, 1);
    assert.deepEqual([lit[0].from, lit[0].to], [columns[0][21], columns[1][3]]);
    const cell = /** @type {any[]} */ (drawn.data).find(
      ({ marker }) => marker?.line?.color === COLOURS.markEdge,
    );
    assert.deepEqual([cell.x, cell.y], [[columns[0][21].x], [columns[0][21].y]]);
  });

  test(`${name}: the sum of a unit draws all of its connections`, () => {
    const state = stateOf(SMALL);
    const operations = [operation('z', { layer: 0, unit: 0, value: 0.5 })];
    const slice = shown({ isWhole: false, cursor: 1, trace: { ...state.trace, operations } });
    const lit = segments(figure(slice, frame)).filter(({ line }) => line.color === COLOURS.mark);
    assert.equal(lit.length, 36);
  });
}

test('while it trains, the grid is empty', () => {
  const cells = /** @type {any[]} */ (figure(shown({ isTraining: true, trace: null }), WIDE).data).find(
    ({ x, marker }) => marker?.symbol === 'square' && x.length === 36,
  );
  assert.equal(cells.marker.color, COLOURS.soft);
});

test('ink on paper goes from 0 to 1; other numbers from orange through the ground to blue, as far on both sides', () => {
  const cells = (/** @type {any} */ change) =>
    /** @type {any[]} */ (figure(/** @type {any} */ ({ ...shown({}), ...change }), WIDE).data).find(
      ({ marker }) => marker?.colorscale,
    ).marker;
  const inputs = Array.from({ length: 36 }, (_, index) => index / 50 - 0.2);
  const image = cells({ inputs, imageSide: 6, paper: 0 });
  assert.deepEqual([image.cmin, image.cmax, image.color], [0, 1, inputs]);
  assert.deepEqual(image.colorscale, [
    [0, COLOURS.panel],
    [1, COLOURS.ink],
  ]);
  assert.deepEqual(cells({ inputs, imageSide: 6, paper: 1 }).colorscale, [
    [0, COLOURS.ink],
    [1, COLOURS.panel],
  ]);
  const numbers = cells({ inputs, imageSide: null });
  const most = Math.max(...inputs.map(Math.abs));
  assert.deepEqual([numbers.cmin, numbers.cmax], [-most, most]);
  assert.deepEqual(numbers.colorscale, [
    [0, COLOURS.negative],
    [0.5, COLOURS.panel],
    [1, COLOURS.positive],
  ]);
});
