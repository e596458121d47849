import { Refused, parameters, trace, train, whenWaiting } from '../../static/js/api.js';
import { assert, test } from './harness.js';

/** @typedef {() => Response | Promise<Response>} Reply */

const json =
  (/** @type {unknown} */ body, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });
const busy = json({ detail: [{ msg: 'Everyone is computing just now.' }] }, 503);
const broken = json({ detail: [{ msg: 'Something went wrong here.' }] }, 500);
/** @type {Reply} */
const offline = () => Promise.reject(new TypeError('Failed to fetch'));

/**
 * Let the server give these replies, one after another, and no time pass while something waits.
 * @param {Reply[]} replies
 * @param {(heard: {requests: {url: string, init: RequestInit}[], waits: number[], said: any[]}) => Promise<void>} body
 */
async function withReplies(replies, body) {
  const real = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
  /** @type {{requests: {url: string, init: RequestInit}[], waits: number[], said: any[]}} */
  const heard = { requests: [], waits: [], said: [] };
  const coming = [...replies];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
      heard.requests.push({ url, init });
      const reply = coming.shift();
      if (!reply) throw new Error('a request too many');
      return reply();
    }
  );
  globalThis.setTimeout = /** @type {any} */ (
    (/** @type {() => void} */ done, /** @type {number} */ milliseconds) => {
      heard.waits.push(milliseconds / 1000);
      queueMicrotask(done);
    }
  );
  whenWaiting((waiting) => heard.said.push(waiting));
  try {
    await body(heard);
  } finally {
    Object.assign(globalThis, real);
    whenWaiting(() => {});
  }
}

const wanted = () => new AbortController().signal;

test('a request is posted as JSON, and its answer returned', () =>
  withReplies([json({ loss: 0.5 }), json({ steps: [] }), json({ count: 3 })], async ({ requests, said }) => {
    assert.deepEqual(/** @type {any} */ (await trace({ a: 'δ' }, wanted())), { loss: 0.5 });
    assert.deepEqual(/** @type {any} */ (await train({}, wanted())), { steps: [] });
    assert.deepEqual(/** @type {any} */ (await parameters({}, wanted())), { count: 3 });
    assert.deepEqual(
      requests.map(({ url }) => url),
      ['/api/trace', '/api/train', '/api/parameters'],
    );
    const [{ init }] = requests;
    assert.deepEqual([init.method, init.body], ['POST', '{"a":"δ"}']);
    assert.equal(new Headers(init.headers).get('content-type'), 'application/json');
    assert.deepEqual(said, []);
  }));

for (const [how, reply, kind] of /** @type {[string, Reply, string][]} */ ([
  ['is busy', busy, 'busy'],
  ['is not there', offline, 'offline'],
  ['is broken', broken, 'offline'],
])) {
  test(`a server that ${how} is asked again until it answers, and it is said so meanwhile`, () =>
    withReplies([reply, reply, json({ loss: 1 })], async ({ requests, waits, said }) => {
      assert.deepEqual(/** @type {any} */ (await trace({ a: 1 }, wanted())), { loss: 1 });
      assert.deepEqual(
        requests.map(({ init }) => init.body),
        ['{"a":1}', '{"a":1}', '{"a":1}'],
      );
      assert.deepEqual(said, [{ kind, seconds: waits[0] }, { kind, seconds: waits[1] }, null]);
    }));
}

for (const code of [408, 425, 429])
  test(`who answers ${code} is asked again, as one that is busy`, () =>
    withReplies([json('Too many requests', code), json({ loss: 1 })], async ({ requests, said }) => {
      assert.deepEqual(/** @type {any} */ (await trace({ a: 1 }, wanted())), { loss: 1 });
      assert.equal(requests.length, 2);
      assert.deepEqual(said, [{ kind: 'busy', seconds: 1 }, null]);
    }));

for (const [what, body] of /** @type {[string, unknown][]} */ ([
  ['a page', '<html>Forbidden</html>'],
  ['nothing', ''],
  ['other JSON', '{"error": "no"}'],
  ['no object', 'null'],
  ['a list of others', '{"detail": ["no"]}'],
  ['an empty list', '{"detail": []}'],
]))
  test(`a refusal by what stands before the server, with ${what}, is one in words`, () =>
    withReplies([() => new Response(/** @type {string} */ (body), { status: 403 })], async ({ requests }) => {
      const refused = await assert.rejects(
        () => trace({}, wanted()),
        /^Something between this page and its server refused the request \(code 403\)\.$/,
      );
      assert.equal(/** @type {Refused} */ (refused).field, null);
      assert.equal(requests.length, 1);
    }));

test('each wait is twice as long as the one before, up to a quarter of a minute', () =>
  withReplies([...Array(7).fill(busy), json({})], async ({ waits }) => {
    await trace({}, wanted());
    assert.deepEqual(waits, [1, 2, 4, 8, 15, 15, 15]);
  }));

test('the next request begins with a short wait again', () =>
  withReplies([busy, busy, json({}), offline, json({})], async ({ waits }) => {
    await trace({}, wanted());
    await trace({}, wanted());
    assert.deepEqual(waits, [1, 2, 1]);
  }));

test('a refusal is an error with all that the server says, and is not tried again', () =>
  withReplies(
    [json({ detail: [{ msg: 'The rate is too large.' }, { msg: 'And so is the network.' }] }, 422)],
    async ({ requests }) => {
      const error = await assert.rejects(() => trace({}, wanted()));
      assert.ok(error instanceof Refused);
      assert.equal(/** @type {Error} */ (error).message, 'The rate is too large. And so is the network.');
      assert.equal(requests.length, 1);
    },
  ));

test('a refusal after a wait is a refusal', () =>
  withReplies([busy, json({ detail: [{ msg: 'No.' }] }, 413)], async () => {
    assert.ok((await assert.rejects(() => train({}, wanted()), /^No\.$/)) instanceof Refused);
  }));

test('a request that is given up while it is under way ends with the reason, and is not tried again', () => {
  const control = new AbortController();
  /** @type {Reply} */
  const aborted = () => {
    control.abort(new Error('enough'));
    return Promise.reject(control.signal.reason);
  };
  return withReplies([aborted], async ({ requests, waits }) => {
    await assert.rejects(() => trace({}, control.signal), /enough/);
    assert.deepEqual([requests.length, waits.length], [1, 0]);
    assert.equal(requests[0].init.signal, control.signal);
  });
});

test('a request that is given up while it waits ends at once, and is not tried again', () =>
  withReplies([busy], async ({ requests }) => {
    globalThis.setTimeout = /** @type {any} */ (() => 0); // the wait never ends by itself
    const control = new AbortController();
    const answer = trace({}, control.signal);
    while (requests.length === 0) await null;
    for (let turn = 0; turn < 20; turn += 1) await null;
    control.abort(new Error('enough'));
    await assert.rejects(() => answer, /enough/);
    assert.equal(requests.length, 1);
  }));
