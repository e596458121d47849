import { layOut } from '../../static/js/lib/expression/layout.js';
import * as theExpressionGeometry from '../../static/js/views/expression/geometry.js';
import { answerOf, chain, twice } from './made-up-formula.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('expression-layout');
const { heightFor, pixelsOf, pointOn } = kept('expression/geometry', theExpressionGeometry);

/** @param {import('../../static/js/lib/expression/layout.js').Layout} layout */
const cells = ({ places, edges }) => [...places, ...edges.flatMap(({ bends }) => bends)];

const FORMULAS = {
  chain: chain(),
  twice: twice(),
  square: answerOf(['x'], ['multiply', 0, 0]),
  one: answerOf(['x']),
  long: answerOf(['a'], ['exp', 0], ['sin', 1], ['cos', 2], ['add', 0, 3], ['multiply', 4, 1], ['add', 5, 0]),
  wide: answerOf(
    ['a'],
    ['b'],
    ['multiply', 0, 1],
    ['c'],
    ['d'],
    ['multiply', 3, 4],
    ['add', 2, 5],
    ['sin', 6],
  ),
  deep: answerOf(['x'], ...Array.from({ length: 20 }, (_, index) => ['sin', index])),
  numbers: answerOf(['x'], [2], ['power', 0, 1], ['multiply', 1, 2], ['add', 3, 1]),
};

for (const [name, { nodes }] of Object.entries(FORMULAS)) {
  const layout = layOut(nodes);
  test(`${name}: every edge leads on, and no two things of a layer stand on one place`, () => {
    assert.equal(layout.edges.length, nodes.flatMap(({ inputs }) => inputs).length);
    for (const { from, to, bends } of layout.edges) {
      const way = [layout.places[from], ...bends, layout.places[to]];
      way.slice(1).forEach((place, index) => assert.equal(place.along, way[index].along + 1));
    }
    const all = cells(layout);
    for (const [index, one] of filled(all.entries()))
      for (const other of all.slice(index + 1))
        if (one.along === other.along)
          assert.ok(Math.abs(one.across - other.across) > 0.5, JSON.stringify([one, other]));
    for (const { across } of filled(all)) assert.ok(across >= 0 && across <= layout.rows - 1 + 1e-9);
  });

  test(`${name}: on a laptop and on a phone everything is inside, and nodes keep apart`, () => {
    for (const [width, isNarrow] of /** @type {[number, boolean][]} */ ([
      [640, false],
      [326, true],
      [256, true],
    ])) {
      const height = heightFor(layout, isNarrow);
      const { points, radius } = pixelsOf(layout, { width, height, isNarrow });
      for (const { x, y } of filled(points)) assert.ok(x > 0 && x < width && y > 0 && y < height);
      points.forEach((one, index) =>
        points.slice(index + 1).forEach((other) => {
          assert.ok(
            Math.hypot(one.x - other.x, one.y - other.y) >= 1.6 * radius,
            JSON.stringify([one, other]),
          );
        }),
      );
    }
  });
}

test('a chain is a straight line, and what is given hangs beside it', () => {
  const { places } = layOut(chain().nodes);
  const [product, relu, second, difference, square] = [2, 3, 5, 7, 9].map((id) => places[id]);
  for (const one of [relu, second, difference, square]) assert.close(one.across, product.across, 0.01);
  assert.deepEqual(
    [product, relu, second, difference, square].map(({ along }) => along),
    [1, 2, 3, 4, 5],
  );
  for (const [given, operation] of [
    [4, second],
    [6, difference],
    [8, square],
  ]) {
    const own = places[/** @type {number} */ (given)];
    assert.equal(own.along, /** @type {any} */ (operation).along - 1);
    assert.ok(own.across > relu.across + 0.9);
  }
});

test('what goes into two products has each weight on its own side, so that no edges cross', () => {
  const { places } = layOut(twice().nodes);
  const [relu, a, first, b, second] = [1, 2, 3, 4, 5].map((id) => places[id].across);
  assert.ok(a < relu && relu < b && first < second);
});

test('a number is drawn wherever it is used, a name once', () => {
  const { nodes, edges } = layOut(FORMULAS.numbers.nodes);
  assert.equal(nodes.length, FORMULAS.numbers.nodes.length + 2);
  const numbers = nodes.filter(({ operation }) => operation === 'number');
  assert.equal(numbers.length, 3);
  for (const { id } of filled(numbers)) assert.equal(edges.filter(({ from }) => from === id).length, 1);
});

test('two edges between the same nodes part', () => {
  const { edges } = pixelsOf(layOut(FORMULAS.square.nodes), { width: 600, height: 200, isNarrow: false });
  const [one, other] = edges.map(({ way }) => pointOn(way, 0.5));
  assert.ok(Math.abs(one.y - other.y) > 20);
});

test('a point on a way lies at its share of the length', () => {
  const way = [
    { x: 0, y: 0 },
    { x: 30, y: 40 },
    { x: 30, y: 90 },
  ];
  assert.deepEqual(pointOn(way, 0.5), { x: 30, y: 40 });
  assert.deepEqual(pointOn(way, 0.75), { x: 30, y: 65 });
  assert.deepEqual(pointOn(way, 1), { x: 30, y: 90 });
});
