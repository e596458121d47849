import { sceneOf } from '../../static/js/lib/race/scene.js';
import * as theCurve from '../../static/js/views/race/curve.js';
import * as theRaceFlat from '../../static/js/views/race/flat.js';
import * as theRaceLine from '../../static/js/views/race/line.js';
import * as theMap from '../../static/js/views/race/map.js';
import { WIDE } from './made-up.js';
import { lineState, raceState, walk } from './made-up-race.js';
import { assert, filled, test } from './harness.js';
import { pictures } from './pictures.js';

const kept = await pictures('race-figures');
const map = kept('map', theMap);
const curve = kept('curve', theCurve);
const { placesOf: flatPlaces } = kept('race/flat', theRaceFlat);
const { placesOf: linePlaces } = kept('race/line', theRaceLine);

/** @typedef {NonNullable<ReturnType<typeof sceneOf>>} Scene */

const PHONE = { ...WIDE, width: 330, height: 430, isNarrow: true };

/** @param {Parameters<typeof raceState>[0]} [change] */
const scene = (change) => /** @type {Scene} */ (sceneOf(raceState(change)));
const line = () => /** @type {Scene} */ (sceneOf(lineState()));

/** The discs, by their numbers. @param {import('../../static/js/lib/view.js').Figure} figure */
const discs = ({ marks = [] }) => marks.filter(({ text, radius }) => radius > 0 && /^\d$/.test(text ?? ''));

/** Every corner of a figure's strokes, in whole pixels. @param {import('../../static/js/lib/view.js').Figure} figure */
const corners = ({ strokes = [] }) =>
  new Set(
    strokes.flatMap(({ pieces }) =>
      pieces.flatMap((piece) =>
        piece.flatMap((x, index) =>
          index % 2 === 0 ? [`${x.toFixed(1)} ${piece[index + 1].toFixed(1)}`] : [],
        ),
      ),
    ),
  );

test('each run goes through the places the engine says, up to the step on screen', () => {
  for (const step of [1, 3, 4]) {
    const shown = scene({ step, hasArrows: false });
    const { pixel } = flatPlaces(shown, WIDE);
    const seen = corners(map.figure(shown, WIDE));
    for (const { walk: one } of filled(shown.runners))
      one.points.forEach(([x, y], at) => {
        const { x: across, y: up } = pixel(Number(x), Number(y));
        assert.equal(seen.has(`${across.toFixed(1)} ${up.toFixed(1)}`), at <= step, `${at} at step ${step}`);
      });
  }
});

test('what is to come is drawn in pale, or not at all where it is to be predicted', () => {
  const shares = (/** @type {boolean} */ hasFuture) =>
    curve.figure(scene({ hasFuture }), WIDE).data.map((one) => /** @type {any} */ (one).opacity);
  assert.deepEqual(shares(true), [0.4, 0.4]);
  assert.deepEqual(shares(false), [0, 0]);
});

test('a limit that a lesson lets be found is not told', () => {
  assert.ok(map.describe(scene()).includes('2/λ'));
  assert.ok(!map.describe(scene({ hasLimit: false })).includes('2/λ'));
});

test('each run has its number where it is, and none covers another', () => {
  const found = discs(map.figure(scene(), WIDE));
  assert.deepEqual(found.map(({ text }) => text).sort(), ['1', '2']);
  const state = raceState();
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const same = Array.from({ length: 8 }, () => walked.answer.runs[0]);
  const course = { ...state.course, runs: same.map(() => state.course.runs[0]) };
  const crowd = /** @type {Scene} */ (
    sceneOf({ ...state, course, walked: { course, answer: { ...walked.answer, runs: same } } })
  );
  for (const figure of [map.figure(crowd, WIDE), map.figure(crowd, PHONE), curve.figure(crowd, WIDE)]) {
    const all = discs(figure);
    assert.equal(all.length, 8);
    for (const one of filled(all))
      for (const other of filled(all))
        if (one !== other)
          assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 1.5);
  }
});

test('a run that has left the map is hollow at its edge, points to where it went, and is told', () => {
  const state = raceState();
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const [first] = walked.answer.runs;
  const ways = [
    [
      [-3, 1],
      [3, -9],
    ],
    [
      [-3, 1],
      [1e200, 1e300],
      [null, null],
    ],
  ];
  const runs = [first, ...ways.map((way) => walk(/** @type {number[][]} */ (way)))];
  runs[2].values[2] = null;
  const course = { ...state.course, runs: runs.map(() => state.course.runs[0]) };
  const shown = /** @type {Scene} */ (
    sceneOf({ ...state, course, chosen: 1, walked: { course, answer: { ...walked.answer, runs } } })
  );
  for (const frame of [WIDE, PHONE]) {
    const figure = map.figure(shown, frame);
    const box = flatPlaces(shown, frame);
    const [there, below, above] = discs(figure).sort((one, other) => Number(one.text) - Number(other.text));
    assert.ok(there.fill !== WIDE.colours.panel);
    for (const one of [below, above]) {
      assert.equal(one.fill, WIDE.colours.panel);
      assert.ok(one.x > box.x && one.x < box.x + box.width && one.y > box.y && one.y < box.y + box.height);
    }
    const near = (/** @type {number} */ one, /** @type {number} */ other) => Math.abs(one - other) < 30;
    assert.ok(near(below.y, box.y + box.height) && near(above.y, box.y));
    const tips = (figure.strokes ?? []).flatMap(({ pieces }) => pieces.map((piece) => piece.slice(2)));
    for (const [disc, side] of /** @type {const} */ ([
      [below, 1],
      [above, -1],
    ]))
      assert.ok(tips.some(([x, y]) => Math.hypot(x - disc.x, y - disc.y) < 24 && side * (y - disc.y) > 15));
    assert.ok([...corners(figure)].every((corner) => !/NaN|Infinity/.test(corner)));
  }
  assert.ok(
    map.describe(shown).includes('Off the picture, hollow at its edge: runs 2, 3.'),
    map.describe(shown),
  );
  assert.ok(!map.describe(scene()).includes('Off the picture'));
});

test('on a line one whose value is above all that is drawn is off the map, too', () => {
  const state = lineState();
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const runs = [walk([[-3], [-9]]), ...walked.answer.runs.slice(1)];
  const shown = /** @type {Scene} */ (
    sceneOf({ ...state, walked: { ...walked, answer: { ...walked.answer, runs } } })
  );
  assert.equal(discs(map.figure(shown, WIDE)).length, 2);
  assert.ok(map.describe(shown).includes('Off the picture, hollow at its edge: run 1.'), map.describe(shown));
});

test('on a line a disc that stands beside its run has a line to where the run is', () => {
  for (const shown of [line(), scene()]) {
    const { pixel } = shown.surface.variables === 1 ? linePlaces(shown, WIDE) : flatPlaces(shown, WIDE);
    const made = map.figure(shown, WIDE);
    for (const { walk: one, at, index } of filled(shown.runners)) {
      const [x, y] = [one.points[at][0], one.points[at][1] ?? one.values[at]];
      const own = pixel(Number(x), Number(y));
      const disc = /** @type {any} */ (discs(made).find(({ text }) => text === String(index + 1)));
      const isThere = Math.hypot(disc.x - own.x, disc.y - own.y) < 0.01;
      const leader = (made.strokes ?? []).some(({ pieces: [[fromX, fromY, toX, toY]] }) =>
        [fromX - own.x, fromY - own.y, toX - disc.x, toY - disc.y].every((far) => Math.abs(far) < 0.01),
      );
      assert.ok(isThere || leader, `run ${index + 1}`);
      assert.ok(
        isThere ||
          made.marks?.some(
            ({ x: across, y: up, radius }) => radius < 5 && Math.hypot(across - own.x, up - own.y) < 0.01,
          ),
        'and a dot there',
      );
    }
  }
});

test('in three dimensions the runs that are off the picture are named', () => {
  const state = raceState({ isSolid: true });
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const { runs } = walked.answer;
  const gone = { ...runs[0], points: runs[0].points.map(() => [90, 0]) };
  const shown = /** @type {Scene} */ (
    sceneOf({ ...state, walked: { ...walked, answer: { ...walked.answer, runs: [gone, runs[1]] } } })
  );
  assert.match(map.describe(shown), /Off the picture: run 1\./);
  assert.ok(!map.describe(scene({ isSolid: true })).includes('Off the picture'));
});

test('on a line what the caption calls off the picture is hollow, and nothing else, up to the edge', () => {
  const state = lineState();
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  for (const value of [0, 17, 18, 18.2, 18.3, 19]) {
    const run = walk([[-3], [2]]);
    run.values[1] = value;
    const shown = /** @type {Scene} */ (
      sceneOf({ ...state, walked: { ...walked, answer: { ...walked.answer, runs: [run] } } })
    );
    const [disc] = discs(map.figure(shown, WIDE));
    const isHollow = disc.fill === WIDE.colours.panel;
    assert.equal(isHollow, value > 18.24); // the grid's 16, and 14 % above it
    assert.equal(map.describe(shown).includes('Off the picture'), isHollow);
  }
});

test('a drag changes nothing that Plotly draws of the map: the levels stay', () => {
  const before = map.figure(scene(), WIDE);
  const state = raceState();
  const moved = { ...state.course, start: [1, 1] };
  const after = map.figure(/** @type {Scene} */ (sceneOf({ ...state, course: moved })), WIDE);
  assert.deepEqual(JSON.stringify([before.data, before.layout]), JSON.stringify([after.data, after.layout]));
  assert.ok(JSON.stringify(before.marks) !== JSON.stringify(after.marks));
});

test('the start is where the race is to begin, also before the answer is there', () => {
  const state = raceState();
  const shown = /** @type {Scene} */ (sceneOf({ ...state, course: { ...state.course, start: [1, 1] } }));
  const at = flatPlaces(shown, WIDE).pixel(1, 1);
  assert.ok(map.figure(shown, WIDE).marks?.some(({ x, y }) => x === at.x && y === at.y));
});

test('what a step is made of is drawn for a run that remembers, and for no other', () => {
  const letters = (/** @type {Scene} */ shown) =>
    (map.figure(shown, WIDE).marks ?? []).flatMap(({ text }) => (/^−/.test(text ?? '') ? [text] : []));
  assert.deepEqual(letters(scene({ chosen: 1 })), ['−g', '−v']);
  assert.deepEqual(letters(scene({ chosen: 0 })), []);
  assert.deepEqual(letters(scene({ chosen: 1, step: 0 })), []);
  assert.deepEqual(letters(scene({ chosen: 1, hasArrows: false })), []);
  assert.ok(map.describe(scene({ chosen: 1 })).includes('run 2: downhill'));
  assert.ok(!map.describe(scene({ chosen: 0 })).includes('downhill'));
});

test('the caption says who is lowest, where, and the limit', () => {
  const words = map.describe(scene());
  assert.ok(words.includes('After step 4 of 4 run 2 is lowest: 0.0625 at (0.25, 0).'), words);
  assert.ok(words.includes('at the minimum (0, 0) up to the rate 2/λ\u00a0=\u00a01.'), words);
  assert.ok(map.describe(scene({ step: 0 })).includes('All begin at (−3, 1), where the value is 10.'));
});

test('the table has each run where it is: place, value, gradient, end', () => {
  const { columns, rows } = map.table(scene({ step: 2 }));
  assert.deepEqual(columns, ['run', 'x', 'y', 'value', '∂f/∂x', '∂f/∂y', 'how it ends']);
  assert.deepEqual(rows[0].cells, ['1: SGD, η\u00a00.5', -2, 0.6, 4.36, -4, 1.2, 'at step 4: on its way']);
});

test('on a line each step is a chord between the values of the function', () => {
  const shown = line();
  const { pixel } = linePlaces(shown, WIDE);
  const seen = corners(map.figure(shown, WIDE));
  for (const { walk: one } of filled(shown.runners))
    one.points.forEach(([x], at) => {
      const place = pixel(Number(x), Number(one.values[at]));
      assert.ok(seen.has(`${place.x.toFixed(1)} ${place.y.toFixed(1)}`));
    });
  assert.ok(map.describe(shown).includes('x\u00a0=\u00a0'));
  assert.deepEqual(map.table(shown).columns.length, 5);
});

test('a place that was drawn is found again under the pointer', () => {
  for (const frame of [WIDE, PHONE]) {
    const { pixel, place } = flatPlaces(scene(), frame);
    const found = place(pixel(1.5, -0.5));
    assert.close(Number(found?.x), 1.5);
    assert.close(Number(found?.y), -0.5);
    assert.equal(place({ x: 0, y: 0 }), null);
    assert.close(Number(linePlaces(line(), frame).place(linePlaces(line(), frame).pixel(2, 4))?.x), 2);
  }
});

test('what is far away is drawn in its direction, and not farther than a browser can', () => {
  const state = raceState();
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const far = walk(
    [
      [-3, 1],
      [2, 1],
      [3e300, 1],
      [-3e300, 1e300],
      [1e308, 1],
    ],
    { outcome: 'diverged', diverged_at: 2 },
  );
  const answer = { ...walked.answer, runs: [far, walked.answer.runs[1]] };
  const shown = /** @type {Scene} */ (sceneOf({ ...state, walked: { ...walked, answer } }));
  for (const figure of [map.figure(shown, WIDE), curve.figure(shown, WIDE)])
    for (const { pieces } of filled(figure.strokes ?? []))
      for (const number of filled(pieces.flat())) assert.ok(Math.abs(number) < 1e6, String(number));
  assert.ok(curve.describe(shown).includes('1 run has flown away.'));
});

test('in three dimensions the runs lie on the surface, and what left it leaves a gap', () => {
  const shown = scene({ isSolid: true });
  const { data, isSolid } = map.figure(shown, WIDE);
  assert.ok(isSolid);
  const lines = /** @type {any[]} */ (data).filter(
    ({ type, mode }) => type === 'scatter3d' && mode.startsWith('lines'),
  );
  assert.deepEqual(
    lines.map(({ x }) => x),
    shown.runners.map(({ walk: one }) => one.points.map(([x]) => x)),
  );
  assert.equal(line().isSolid, false);
});

test('the curve has every value of every run, and a press on it finds its step', () => {
  const shown = scene({ step: 2 });
  const { data } = curve.figure(shown, WIDE);
  assert.deepEqual(
    /** @type {any[]} */ (data).map(({ y }) => y),
    shown.runners.map(({ walk: one }) => one.values),
  );
  const places = curve.placesOf(shown, WIDE);
  for (const step of [0, 1, 3, 4]) assert.equal(places.step(places.across(step)), step);
  assert.equal(places.step(-50), null);
  assert.ok(
    curve
      .describe(shown)
      .startsWith('At the start the value is 10; after step 2 it is lowest in run 2, 1.25'),
  );
  assert.equal(curve.table(shown).rows.length, 3);
});

test('a logarithmic scale is there only for what has logarithms, and 0 is at its lower edge', () => {
  assert.ok(curve.canBeLogarithmic(scene()));
  const state = raceState({ isLogarithmic: true });
  const walked = /** @type {NonNullable<typeof state.walked>} */ (state.walked);
  const zero = walk([
    [-3, 1],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  const shown = /** @type {Scene} */ (
    sceneOf({
      ...state,
      walked: { ...walked, answer: { ...walked.answer, runs: [zero, walked.answer.runs[1]] } },
    })
  );
  const { data, layout } = curve.figure(shown, WIDE);
  assert.equal(layout.yaxis.type, 'log');
  assert.close(/** @type {any} */ (data[0]).y[1], 10 ** layout.yaxis.range[0]);
  const edges = (/** @type {any} */ one) => one.annotations.map((/** @type {any} */ { text }) => text);
  assert.deepEqual(edges(layout), ['0']);
  assert.match(curve.describe(shown), /A value of exactly 0 stands at the lower edge\./);
  assert.deepEqual(edges(curve.figure(scene({ isLogarithmic: true }), WIDE).layout), []);
  assert.ok(!curve.describe(scene({ isLogarithmic: true })).includes('edge'));
  const { runs } = walked.answer;
  const tiny = { ...runs[0], values: [10, 1, 1e-3, 1e-9, 1e-40] };
  const deep = /** @type {Scene} */ (
    sceneOf({ ...state, walked: { ...walked, answer: { ...walked.answer, runs: [tiny, runs[1]] } } })
  );
  assert.deepEqual(edges(curve.figure(deep, WIDE).layout), ['≤\u00a010⁻¹¹']);
  assert.match(curve.describe(deep), /lower than the scale stands at its lower edge/);
  const below = /** @type {Scene} */ ({
    ...scene({ isLogarithmic: true }),
    levels: { ...scene().levels, least: -1 },
  });
  assert.ok(!curve.canBeLogarithmic(below));
  assert.equal(curve.figure(below, WIDE).layout.yaxis.type, 'linear');
});

test('before the surface is there nothing is drawn', () => {
  const shown = scene({ ground: null });
  assert.deepEqual(map.figure(shown, WIDE).data, []);
  assert.deepEqual(curve.figure(shown, WIDE).data, []);
  assert.equal(map.describe(shown), 'The surface is on its way.');
});

test('in three dimensions each run lies a little above the surface, with its number at its end', () => {
  const shown = scene({ isSolid: true, step: 3 });
  const data = /** @type {any[]} */ (map.figure(shown, WIDE).data);
  const [surface, ...rest] = data;
  const heads = rest.pop();
  assert.equal(surface.type, 'surface');
  assert.equal(rest.length, shown.runners.length);
  for (const [index, { walk: one, at }] of filled(shown.runners.entries())) {
    const points = one.points.slice(0, at + 1);
    assert.deepEqual(
      rest[index].x,
      points.map(([x]) => x),
    );
    assert.deepEqual(
      rest[index].y,
      points.map(([, y]) => y),
    );
    const height = Number(shown.levels?.height(one.values[at]));
    assert.ok(rest[index].z.at(-1) > height && rest[index].z.at(-1) < height + 0.1, 'it is not hidden');
  }
  assert.deepEqual(heads.text, ['start', '1', '2']);
  assert.deepEqual(heads.x, [-3, ...shown.runners.map(({ walk: one, at }) => one.points[at][0])]);
  const began = /** @type {any[]} */ (map.figure(scene({ isSolid: true, step: 0 }), WIDE).data).at(-1);
  assert.deepEqual(began.text, ['start'], 'where they begin they have no numbers yet');
});
