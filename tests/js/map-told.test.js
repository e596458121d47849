/** What the map says of itself: against what it draws. */

import * as theMap from '../../static/js/views/map.js';
import { assert, test } from './harness.js';
import { WIDE } from './made-up.js';
import { answered, seen, walked } from './made-up-map.js';
import { pictures } from './pictures.js';

const kept = await pictures('map-told');
const { describe, figure } = kept('map', theMap);
/** @param {import('../../static/js/state.js').State} state @returns {any[]} */
const drawn = (state) => figure(seen(state), WIDE).data;

test('a map that is the same everywhere has no levels, no scale, and says so', () => {
  const row = [0.25, 0.25, 0.25 * (1 + 1e-15)];
  for (const [loss, told] of /** @type {[number[], string][]} */ ([
    [row, '0.25'],
    [[0, 0, 0], '0'],
  ])) {
    const state = answered(walked(3), { loss: [loss, loss, loss] });
    const [levels] = drawn(state);
    assert.deepEqual([levels.showscale, levels.line.width], [false, 0]);
    assert.equal(levels.colorbar.ticktext.length, 1);
    assert.ok(describe(seen(state)).includes(`The loss is the same everywhere on this map, ${told}:`));
  }
  const nearly = answered(walked(3), { loss: [row, row, [0.25, 0.25, 0.25 * (1 + 1e-9)]] });
  assert.deepEqual([drawn(nearly)[0].showscale, drawn(nearly)[0].line.width], [true, 0.5]);
  assert.ok(!describe(seen(nearly)).includes('same everywhere'));
});

test('no two losses at the scale of colours are written alike, however near they are', () => {
  for (const span of [10, 1, 1e-3, 1e-6, 1e-9]) {
    const row = [0.25, 0.25 * (1 + span), 0.25];
    const { ticktext } = drawn(answered(walked(3), { loss: [row, row, row] }))[0].colorbar;
    assert.ok(ticktext.length > 1, String(span));
    assert.equal(new Set(ticktext).size, ticktext.length, String(span));
  }
});

test('losses below what the scale can hold are one colour, which says that it is for them, too', () => {
  const whole = drawn(answered(walked(3), { loss: [[0, 1, 10]] }))[0].colorbar;
  assert.equal(whole.ticktext[0], '≤\u00a01·10⁻⁸');
  const above = drawn(answered(walked(3), { loss: [[0.1, 1, 10]] }))[0].colorbar;
  assert.deepEqual(above.ticktext, ['0.1', '0.2', '0.5', '1', '2', '5', '10']);
});

const RANDOM = /** @type {const} */ ({ kind: 'random', seed: 1, normalization: 'filter', radius: 1 });

test('the caption of a random plane says which numbers move, from what the engine counted', () => {
  const layer = (/** @type {number} */ value) => [{ weights: [[value, value]], biases: [0] }];
  const words = (/** @type {object} */ moving, /** @type {number} */ second = 1) =>
    describe(seen(answered(walked(3, { plane: RANDOM }), { moving, directions: [layer(1), layer(second)] })));
  const angles = 'The loss along two random directions at right angles: they move';
  assert.ok(words({ weights: 12, biases: 0 }).startsWith(`${angles} 12 weights, and leave every bias`));
  assert.ok(words({ weights: 12, biases: 1 }).startsWith(`${angles} 12 weights and 1 bias.`));
  assert.match(
    words({ weights: 1, biases: 0 }, 0),
    /one random direction: it moves 1 weight, and there is no/,
  );
  assert.match(words({ weights: 0, biases: 0 }, 0), /all weights are 0, so nothing moves/);
});

test('rings and threads are told of where there are some on the map, and moments beyond it are counted', () => {
  const ring = /The larger the ring/;
  const path = (/** @type {number[]} */ x, /** @type {number[]} */ gaps) => ({
    x,
    y: x.map(() => 0),
    loss: x.map(() => 0.1),
    slice_loss: gaps.map((gap) => 0.1 + gap),
    distance: x.map(() => 1),
  });
  const words = (/** @type {object} */ made, isSolid = false) =>
    describe(seen(answered(walked(3, { isSolid }), { path: made })));
  assert.match(words(path([0, 0, 0, 0], [0, 9, 0, 0])), ring);
  assert.ok(!ring.test(words(path([0, 0, 0, 0], [0, 0, 0, 0]))));
  const out = words(path([0, 7, 0, 9], [0, 9, 0, 0]));
  assert.ok(!ring.test(out));
  assert.match(out, /2 moments of the path lie beyond the edges of this map\./);
  assert.ok(!/beyond the edges/.test(words(path([0, 1, 2, -2], [0, 0, 0, 0]))));
  assert.match(words(path([0, 0, 0, 0], [0, 9, 0, 0]), true), /a thread leads from each/);
  assert.ok(!/thread/.test(words(path([0, 7, 0, 0], [0, 9, 0, 0]), true)));
});

test('a long path is told to have threads from some of its points, since the others have none', () => {
  const state = answered(walked(40, { isSolid: true }), { x: [-20, 0, 20], y: [-20, 0, 20] });
  assert.match(describe(seen(state)), /from some of them a thread leads/);
});

test('the caption says how far the moment on screen is off a map of another', () => {
  const state = walked(3);
  const stays = answered({ ...state, centre: state.history.frames[1] });
  const words = describe(seen(stays));
  assert.match(words, /The map is that of step 1\./);
  assert.match(
    words,
    /At step 3 the true loss is 0\.25; the map below it says 0\.5, and the network is 3 off the plane/,
  );
});

test('the caption of the plane of the path says how much of it the plane holds, and how much of a random walk', () => {
  const state = answered(walked(3, { plane: { kind: 'pca' } }), {
    explained_variance: [0.84, 0.155],
    random_walk_variance: [0.612, 0.153],
  });
  assert.match(
    describe(seen(state)),
    /holds 99\.5\s% of the variance of the path over 13 parameters; of a random walk/,
  );
  assert.match(describe(seen(state)), /random walk with as many moments it would hold about 7[67]\s%/);
  const { xaxis } = figure(seen(state), WIDE).layout;
  assert.match(xaxis.title.text, /first direction of the path, 84\s% of its variance/);
});
