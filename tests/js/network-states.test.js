/** The picture of a network in the states of the lab: training, after updates, on a phone; and in words. */

import { full, number } from '../../static/js/lib/format.js';
import { layOut } from '../../static/js/lib/geometry.js';
import * as theNetwork from '../../static/js/views/network.js';
import { extent, hovers, lettering, numbersIn } from './figures.js';
import { assert, filled, test } from './harness.js';
import { WIDE, narrow, stateOf } from './made-up.js';
import { pictures } from './pictures.js';

const kept = await pictures('network-states');
const { describe, figure, select } = kept('network', theNetwork);

/** @typedef {import('../../static/js/lib/picture/slice.js').Slice} Slice */

/** @param {number[]} sizes @param {object} [change] @param {Parameters<typeof stateOf>[2]} [options] */
const sliceOf = (sizes, change, options) => /** @type {Slice} */ (select(stateOf(sizes, change, options)));

const SIZES = [2, 2, 2];
const STATE = stateOf(SIZES);
const OPERATIONS = STATE.trace.operations ?? [];
const END = OPERATIONS.length;
const FRAME = { ...WIDE, width: 1200, height: 576 };

/** @param {Slice} slice @param {import('../../static/js/lib/view.js').Frame} [frame] */
const texts = (slice, frame = FRAME) => lettering(figure(slice, frame)).map(({ plain }) => plain);

for (const frame of [WIDE, narrow(SIZES)]) {
  test(`while it trains, the picture in ${frame.width} pixels shows no numbers: they would be gone before they are read`, () => {
    const all = texts(sliceOf(SIZES, { isTraining: true }), frame);
    assert.deepEqual(all, ['inputs', 'hidden · tanh', 'output · sigmoid']);
  });
}

test('while it trains, the connections are those of the moment, and say so where the pointer rests', () => {
  const all = hovers(figure(sliceOf(SIZES, { isTraining: true }), FRAME)).join('\n');
  for (const { weights, biases } of STATE.now.parameters) {
    for (const value of [...weights.flat(), ...biases]) assert.ok(all.includes(`= ${full(value)}`));
  }
  for (const { value } of OPERATIONS) assert.ok(!all.includes(full(value)));
});

test('an update shows the old weight and the new one, and only those made so far', () => {
  const first = OPERATIONS.findIndex(({ phase }) => phase === 'update');
  for (let cursor = first; cursor <= END; cursor += 1) {
    const made = figure(sliceOf(SIZES, { cursor, isWhole: false }), FRAME);
    const all = lettering(made).map(({ plain }) => plain);
    const moved = OPERATIONS.slice(first, cursor).map(({ kind, layer, unit, input, value }) => {
      const { weights, biases } = STATE.now.parameters[Number(layer)];
      const before = kind === 'weight' ? weights[Number(unit)][Number(input)] : biases[Number(unit)];
      return `${kind === 'bias' ? 'bias ' : ''}${number(before)} → ${number(value)}`;
    });
    assert.deepEqual(all.filter((text) => text.includes('→')).sort(), moved.sort());
  }
});

test('shown whole, weights are those before the update, with their gradients', () => {
  const made = figure(sliceOf(SIZES), FRAME);
  const all = lettering(made).map(({ plain }) => plain);
  assert.ok(all.every((text) => !text.includes('→')));
  STATE.now.parameters.forEach(({ weights, biases }, layer) => {
    weights.forEach((row, unit) =>
      row.forEach((weight, input) => {
        const gradient = OPERATIONS.find(
          (one) => one.kind === 'dW' && one.layer === layer && one.unit === unit && one.input === input,
        );
        const text = `${number(weight)}\n∂ ${number(gradient?.value ?? null, { sign: true })}`;
        assert.ok(all.includes(text), text);
      }),
    );
    for (const bias of filled(biases)) assert.ok(all.includes(`bias ${number(bias)}`), `${bias}`);
  });
  const after = OPERATIONS.filter(({ phase }) => phase === 'update');
  for (const { value } of filled(after)) {
    assert.ok(all.every((text) => !numbersIn(text).includes(number(value))));
    assert.ok(hovers(made).every((text) => !text.includes(full(value))));
  }
});

test('where the pointer rests, all that is known of a unit or a weight is told in full', () => {
  const all = hovers(figure(sliceOf(SIZES, { cursor: END, isWhole: false }), FRAME)).join('\n');
  const elsewhere = ['example_loss', 'db', 'bias'];
  for (const { kind, value } of OPERATIONS.filter((one) => !elsewhere.includes(one.kind))) {
    assert.ok(all.includes(full(value)), `${kind} ${value}`);
  }
  for (const input of STATE.trace.inputs[0]) assert.ok(all.includes(`x = ${full(input)}`));
});

test('in a batch the loss is said to be the example’s until that of the batch is known', () => {
  const state = stateOf(SIZES, {}, { examples: 3 });
  const operations = state.trace.operations ?? [];
  const example = operations.findIndex(({ kind }) => kind === 'example_loss');
  const at = (/** @type {number} */ cursor) =>
    texts(/** @type {Slice} */ (select({ ...state, cursor, isWhole: false }))).find((text) =>
      text.startsWith('loss'),
    );
  assert.deepEqual([example, example + 1, example + 2].map(at), [
    'loss\n—',
    `loss, this example\n${number(operations[example].value)}`,
    `loss\n${number(operations[example + 1].value)}`,
  ]);
});

/** What a phone shows; the picture of one that is 360 pixels wide has 302 of them. */
const PHONES = [
  [2, 2, 2],
  [2, 1],
  [2, 4, 1],
  [2, 6, 6, 1],
  [1, 8, 1],
  [6, 3, 1],
  [2, 3, 10],
  [2, 8, 8, 8, 8, 1],
];
const PHONE_WIDTHS = [302, 332, 360, 412, 559];

for (const sizes of PHONES) {
  test(`on a phone a ${sizes.join('-')} network runs from top to bottom, and all that is written stays inside`, () => {
    for (const width of PHONE_WIDTHS) {
      const frame = narrow(sizes, width);
      const layout = layOut(sizes, width, frame.height, true);
      const depths = layout.columns.map(([{ y }]) => y);
      assert.ok(depths.every((depth, index) => index === 0 || depth > depths[index - 1]));
      const end = stateOf(sizes).trace.operations?.length ?? 0;
      const cursors = [
        0,
        1,
        Math.floor(end / 3),
        Math.floor(end / 2),
        Math.floor((2 * end) / 3),
        end - 1,
        end,
      ];
      for (const change of [
        {},
        { isTraining: true },
        ...cursors.map((cursor) => ({ cursor, isWhole: false })),
      ]) {
        for (const one of filled(lettering(figure(sliceOf(sizes, change, { examples: 2 }), frame)))) {
          const { left, right, top, bottom } = extent(one);
          const room = Math.min(left, width - right, top, frame.height - bottom);
          assert.ok(
            room >= -1,
            `“${one.plain}” at ${width} ${JSON.stringify(change)} is ${-room} pixels outside`,
          );
        }
      }
    }
  });
}

for (const width of [560, 700, 820, 1100, 1400]) {
  test(`in ${width} pixels all that is written stays inside, whatever the height`, () => {
    for (const sizes of PHONES) {
      for (const height of [176, 352, 576]) {
        const frame = { ...WIDE, width, height };
        const end = stateOf(sizes).trace.operations?.length ?? 0;
        for (const change of [
          {},
          { isTraining: true },
          { cursor: 0, isWhole: false },
          { cursor: end, isWhole: false },
        ]) {
          for (const one of filled(lettering(figure(sliceOf(sizes, change, { examples: 2 }), frame)))) {
            const { left, right, top, bottom } = extent(one);
            const room = Math.min(left, width - right, top, height - bottom);
            assert.ok(
              room >= -1,
              `“${one.plain}” of ${sizes.join('-')} × ${height} ${JSON.stringify(change)} is ${-room} pixels outside`,
            );
          }
        }
      }
    }
  });
}

test('the figure’s own range is its size in pixels, y downwards', () => {
  const { layout } = figure(sliceOf(SIZES), WIDE);
  assert.deepEqual(
    [layout.xaxis.range, layout.yaxis.range],
    [
      [0, 820],
      [480, 0],
    ],
  );
});

/** The caption beside the wide picture. @param {Slice} slice */
const wordsOf = (slice) => describe(slice, figure(slice, WIDE).facts);

test('every state has its words: sentences that name the network or the operation', () => {
  const said = new Map();
  OPERATIONS.forEach((_, index) =>
    said.set(`operation ${index}`, wordsOf(sliceOf(SIZES, { cursor: index + 1, isWhole: false }))),
  );
  const special = [{ cursor: 0, isWhole: false }, {}, { isTraining: true }].map((change) =>
    wordsOf(sliceOf(SIZES, change)),
  );
  for (const words of [...said.values(), ...special]) {
    assert.match(
      words,
      /^[A-Z][^{}]*\. Blue, solid: positive weight; orange, dashed: negative; width: size\.( A small square at a unit is its bias\.)?$/,
    );
    assert.ok(!/undefined|null|NaN/.test(words), words);
  }
  for (const words of special) assert.match(words, /2-2-2/);
  assert.equal(new Set(special).size, 3);
  assert.match(String(said.get('operation 0')), /^Forward pass, hidden unit 1:/);
  assert.match(String(said.get(`operation ${END - 1}`)), /^Update, output unit 2:/);
  const loss = OPERATIONS.findIndex(({ phase }) => phase === 'loss');
  assert.match(String(said.get(`operation ${loss}`)), /^Loss:/);
});

test('while it trains, the words say how far it has come', () => {
  const words = describe(sliceOf(SIZES, { isTraining: true, now: { ...STATE.now, step: 12_345 } }));
  assert.match(words, /12\u202f345 updates/);
});
