import { number } from '../../static/js/lib/format.js';
import { layOut } from '../../static/js/lib/geometry.js';
import { layerName } from '../../static/js/lib/names.js';
import { weightNow } from '../../static/js/lib/picture/slice.js';
import * as theNetwork from '../../static/js/views/network.js';
import { hovers, lettering, markersOf, numbersIn, segments } from './figures.js';
import { assert, filled, test } from './harness.js';
import { EMPTY, WIDE, frozen, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('network');
const { figure, select } = kept('network', theNetwork);

/** @typedef {import('../../static/js/lib/picture/slice.js').Slice} Slice */
/** @typedef {import('../../static/js/lib/view.js').Frame} Frame */
/** @typedef {Parameters<typeof stateOf>[2]} Options */

const SIZES = [2, 3, 2];
const END = stateOf(SIZES).trace.operations?.length ?? 0;
/** Every moment of a step: each cursor, the whole, and training. @type {[string, object][]} */
const MOMENTS = [
  ...Array.from(
    { length: END + 1 },
    (_, cursor) =>
      /** @type {[string, object]} */ ([`after ${cursor} operations`, { cursor, isWhole: false }]),
  ),
  ['whole', {}],
  ['in training', { isTraining: true }],
];

/** @param {number[]} sizes @param {object} [change] @param {Options} [options] */
const sliceOf = (sizes, change, options) =>
  /** @type {Slice} */ (select(frozen(stateOf(sizes, change, options))));

/** @param {Slice} slice @param {Frame} frame */
const layoutOf = ({ sizes }, { width, height, isNarrow }) => layOut(sizes, width, height, isNarrow);

/** What is written besides the names of layers. @param {Slice} slice @param {Frame} frame */
function body(slice, frame) {
  const titles = new Set([
    'inputs',
    'target',
    ...slice.activations.map((activation, layer) => `${layerName(slice, layer)} · ${activation}`),
  ]);
  return lettering(figure(slice, frame)).filter(({ plain }) => !titles.has(plain));
}

/** What is written in the circle of a unit. @param {Slice} slice @param {Frame} frame @param {number} column @param {number} unit */
function inUnit(slice, frame, column, unit) {
  const { x, y } = layoutOf(slice, frame).columns[column][unit];
  return lettering(figure(slice, frame))
    .filter((one) => one.x === x && one.y === y)
    .map(({ plain }) => plain);
}

test('where nothing was opened there is nothing to draw', () => assert.equal(select(EMPTY), null));

test('the picture follows one example of the batch, and the last if there are not so many', () => {
  const state = stateOf(SIZES, {}, { examples: 3 });
  for (const [example, row] of [
    [0, 0],
    [2, 2],
    [9, 2],
  ]) {
    const slice = /** @type {Slice} */ (select({ ...state, example }));
    assert.deepEqual([slice.inputs, slice.targets], [state.trace.inputs[row], state.trace.targets[row]]);
  }
});

for (const [frameName, frame] of /** @type {[string, Frame][]} */ ([
  ['wide', WIDE],
  ['narrow', narrow(SIZES)],
])) {
  test(`in a ${frameName} figure a unit shows its output once it is known, and a dash until then`, () => {
    for (const [, change] of MOMENTS.slice(0, -1)) {
      const slice = sliceOf(SIZES, change);
      SIZES.slice(1).forEach((units, layer) => {
        for (let unit = 0; unit < units; unit += 1) {
          const [text, ...more] = inUnit(slice, frame, layer + 1, unit);
          const value = slice.known.get(`a ${layer} ${unit}`);
          const rounded = value === undefined || value === null ? '' : number(Math.round(value * 100) / 100);
          assert.ok(value === undefined ? text === '—' : [number(value), rounded].includes(text), text);
          assert.equal(more.length, 0);
        }
      });
    }
  });
}

for (const [sizes, frame] of /** @type {[number[], Frame][]} */ ([
  [SIZES, WIDE],
  [SIZES, narrow(SIZES)],
  [[2, 2, 2], WIDE],
  [[2, 2, 2], narrow([2, 2, 2])],
  [[2, 1], WIDE],
  [[2, 8, 1], WIDE],
  [[2, 6, 6, 1], narrow([2, 6, 6, 1])],
])) {
  const name = `${sizes.join('-')} in ${frame.width} pixels`;

  test(`${name}: every number on the screen is one that is known then, to four digits`, () => {
    const end = stateOf(sizes).trace.operations?.length ?? 0;
    const changes = [...Array(end + 1).keys()].map((cursor) => ({ cursor, isWhole: false }));
    let count = 0;
    for (const change of [...changes, {}, { isTraining: true }]) {
      const slice = sliceOf(sizes, change, { examples: 2 });
      const own = [
        ...slice.parameters.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]),
        ...(slice.inputs ?? []),
        ...(slice.targets ?? []),
        ...slice.known.values(),
      ];
      const { radius } = layoutOf(slice, frame);
      const allowed = new Set(own.flatMap((value) => [number(value), number(value, { sign: true })]));
      // In a small circle there is room for two places only, in a very small one for one.
      const places = radius < 22 ? 10 : 100;
      if (radius < 24)
        for (const value of own) allowed.add(number(Math.round(Number(value) * places) / places));
      const written = body(slice, frame).flatMap(({ plain }) => numbersIn(plain));
      const strange = written.filter((one) => !allowed.has(one));
      assert.deepEqual(strange, [], JSON.stringify(change));
      count += written.length;
    }
    assert.ok(count > changes.length, 'numbers were on the screen');
  });

  test(`${name}: a number that is not known yet is nowhere, not even where the pointer rests`, () => {
    const operations = stateOf(sizes).trace.operations ?? [];
    for (let cursor = 0; cursor < operations.length; cursor += 1) {
      const slice = sliceOf(sizes, { cursor, isWhole: false });
      const made = figure(slice, frame);
      const written = new Set(
        lettering(made)
          .flatMap(({ plain }) => numbersIn(plain))
          .map((one) => one.replace(/^[+−]/, '')),
      );
      const said = hovers(made).join('\n');
      for (const { value } of filled(operations.slice(cursor))) {
        const size = Math.abs(Number(value));
        assert.ok(!written.has(number(size)) && !said.includes(String(size)), `${value} at ${cursor}`);
      }
    }
  });
}

test('what flows back shows a dash until it is there', () => {
  const slice = sliceOf([2, 2, 2], { cursor: 0, isWhole: false });
  const texts = body(slice, WIDE).map(({ plain }) => plain);
  for (const label of ['∂L/∂a —', 'δ —', 'z —', 'loss\n—']) assert.ok(texts.includes(label), label);
});

test('a number that no longer fits shows as such, and not as a dash', () => {
  const state = stateOf([2, 2, 2]);
  const operations = (state.trace.operations ?? []).map((one) => ({ ...one, value: null }));
  const texts = body(
    /** @type {Slice} */ (select({ ...state, trace: { ...state.trace, operations } })),
    WIDE,
  ).map(({ plain }) => plain);
  for (const label of ['δ ∞', 'loss\n∞']) assert.ok(texts.includes(label), label);
  assert.ok(texts.every((text) => !text.includes('—')));
});

for (const frame of [WIDE, narrow(SIZES)]) {
  test(`in ${frame.width} pixels a negative weight is dashed and orange, any other solid and blue, and width grows with size`, () => {
    for (const [, change] of MOMENTS) {
      const slice = sliceOf(SIZES, change);
      const drawn = segments(figure(slice, frame));
      const seen = layoutOf(slice, frame).edges.map((edge) => {
        const own = drawn.filter(
          ({ from, to, line }) =>
            from.x === edge.from.x &&
            from.y === edge.from.y &&
            to.x === edge.to.x &&
            to.y === edge.to.y &&
            line.color !== 'mark',
        );
        assert.equal(own.length, 1);
        const { before, after } = weightNow(slice, edge);
        return { weight: Number(after ?? before), line: own[0].line };
      });
      for (const { weight, line } of filled(seen))
        assert.deepEqual(
          [line.color, line.dash === 'solid'],
          weight < 0 ? ['orange', false] : ['blue', true],
        );
      seen.sort((one, other) => Math.abs(one.weight) - Math.abs(other.weight));
      // What is lit is a little wider than its size alone would have it.
      assert.ok(
        seen.every(({ line }, index) => index === 0 || line.width >= seen[index - 1].line.width - 0.75),
      );
      assert.ok(seen[seen.length - 1].line.width > seen[0].line.width);
    }
  });
}

/** @type {Record<string, {unit: boolean, edges: 'in' | 'out' | 'own' | 'none', says: 'loss' | 'target' | 'bias' | 'nothing'}>} */
const TOUCHED = {
  z: { unit: true, edges: 'in', says: 'nothing' },
  a: { unit: true, edges: 'none', says: 'nothing' },
  example_loss: { unit: false, edges: 'none', says: 'loss' },
  batch_loss: { unit: false, edges: 'none', says: 'loss' },
  da_loss: { unit: true, edges: 'none', says: 'target' },
  delta_fused: { unit: true, edges: 'none', says: 'target' },
  delta_softmax: { unit: true, edges: 'none', says: 'nothing' },
  da: { unit: true, edges: 'out', says: 'nothing' },
  delta: { unit: true, edges: 'none', says: 'nothing' },
  dW: { unit: true, edges: 'own', says: 'nothing' },
  db: { unit: false, edges: 'none', says: 'bias' },
  weight: { unit: false, edges: 'own', says: 'nothing' },
  bias: { unit: false, edges: 'none', says: 'bias' },
};
const FRAME = { ...WIDE, width: 1200, height: 576 };

/** Steps in which each kind of operation comes. @type {Options[]} */
const WAYS = [{ examples: 2 }, { isFused: true }, { isSoftmax: true }];
const kinds = new Set(
  WAYS.flatMap((way) => stateOf(SIZES, {}, way).trace.operations ?? []).map(({ kind }) => kind),
);
test('each kind of operation comes in the made-up steps', () =>
  assert.deepEqual([...kinds].sort(), Object.keys(TOUCHED).sort()));

for (const [kind, expected] of Object.entries(TOUCHED)) {
  test(`while ${kind} is computed, what it touches is lit, and nothing else`, () => {
    for (const way of WAYS) {
      (stateOf(SIZES, {}, way).trace.operations ?? []).forEach((one, index) => {
        if (one.kind !== kind) return;
        const { layer, unit, input } = one;
        const slice = sliceOf(SIZES, { cursor: index + 1, isWhole: false }, way);
        const made = figure(slice, FRAME);
        const layout = layoutOf(slice, FRAME);
        const own = layer === null ? undefined : layout.columns[layer + 1][Number(unit)];
        assert.deepEqual(markersOf(made, 'mark'), expected.unit ? [own] : []);
        const lit = layout.edges.filter(
          (edge) =>
            ({
              in: edge.layer === layer && edge.unit === unit,
              out: edge.layer === Number(layer) + 1 && edge.input === unit,
              own: edge.layer === layer && edge.unit === unit && edge.input === input,
              none: false,
            })[expected.edges],
        );
        assert.deepEqual(
          segments(made)
            .filter(({ line }) => line.color === 'mark')
            .map(({ from, to }) => ({ from, to })),
          lit.map(({ from, to }) => ({ from, to })),
        );
        const all = lettering(made);
        assert.equal(
          all.some(({ plain, ground }) => plain.startsWith('loss') && ground === 'mark'),
          expected.says === 'loss',
        );
        const bold = all.filter(({ text }) => text.startsWith('<b>'));
        const target = layout.targets[Number(unit)];
        const boldTarget = bold.some(({ x, y }) => x === target?.x && y === target?.y);
        assert.equal(boldTarget, expected.says === 'target' || expected.says === 'loss');
        const biases = bold.filter(({ plain }) => plain.startsWith('bias'));
        assert.deepEqual(
          biases.map(({ x }) => x),
          expected.says === 'bias' ? [own?.x] : [],
        );
      });
    }
  });
}

test('shown whole, nothing is lit', () => {
  const made = figure(sliceOf(SIZES), WIDE);
  assert.deepEqual(markersOf(made, 'mark'), []);
  assert.ok(segments(made).every(({ line }) => line.color !== 'mark'));
});

test('the number of traces does not grow with the number of connections', () => {
  for (const sizes of [
    [2, 1],
    [2, 8, 1],
    [8, 8, 8, 8],
    [64, 4, 1],
  ]) {
    for (const change of [{}, { cursor: 1, isWhole: false }, { isTraining: true }]) {
      // Two signs, five widths, lit or not; the light; targets; halo, circles, places to rest at, and text.
      assert.ok(figure(sliceOf(sizes, change), WIDE).data.length <= 2 * 5 * 2 + 6);
    }
  }
});
