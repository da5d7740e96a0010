import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EncodingError, PayloadTooLargeError } from '../../lib/core/errors.js';
import { encodeJobBody } from '../../lib/core/message/job-body.js';
import { NO_TERMS } from '../../lib/core/message/job-terms.js';
import { chain } from '../../lib/core/spec/chain.js';
import { job } from '../../lib/core/spec/job.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { storesSites } from './support/stores.js';

const KIB = 1_024;
const DEEP = 50_000;

/** As JSON of others has them: no key of these means anything to us. */
const EXOTIC = [
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"then":"function (resolve) { resolve(1) }"}',
  '{"then":{"call":{}},"catch":1,"finally":2}',
  '{"toString":1,"valueOf":"x","toJSON":"y","inspect":"z","Symbol(nodejs.util.inspect.custom)":1}',
  '{"hasOwnProperty":1,"length":-1,"0":"a"}',
  '{"$ref":"#","$type":"Function","_bsontype":"Code","!!js/function":"process.exit()"}',
  '"() => process.exit(7)"',
  '["\\u0000","\\ud800","\\u2028","</script>","${process.exit(7)}","{{constructor}}"]',
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
];

describe.each(storesSites())('hostile payloads on $name', (site) => {
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  async function echo() {
    const stores = site.open();
    const instance = new LiveInstance(stores, { maxPayloadBytes: 64 * KIB });
    instance
      .task('text', (payload) => JSON.stringify(payload))
      .task('echo', (payload) => payload)
      .task('previous', (_, { prevJobResult }) => JSON.stringify(prevJobResult));
    await instance.start();
    return { ...stores, instance, client: instance.client };
  }

  it.each(EXOTIC)('are data and nothing else, from payload to result: %#', async (text) => {
    const { broker, client } = await echo();
    const payload = Uint8Array.of(1, ...Buffer.from(text));
    const body = encodeJobBody({ task: 'echo', payload, enqueuedAt: 0, terms: NO_TERMS });
    const terms = { generation: 1, kind: 'job', queue: 'tasqueue:tasks', priority: 0 } as const;
    await broker.enqueue([{ id: 'raw', ...terms, fresh: false, body: new Uint8Array(body) }]);
    await expect
      .poll(() =>
        client.getJob('raw').then(
          ({ status }) => status,
          () => 'unknown',
        ),
      )
      .toMatch(/successful|failed/);
    const { status, payload: shown } = await client.getJob('raw');
    // What is nested too deeply to be written as JSON fails as a result, and is only read.
    expect(status).toBe(text.length > DEEP ? 'failed' : 'successful');
    const value: unknown = JSON.parse(text);
    expect(typeof shown).toBe(typeof value);
    expect({}).not.toHaveProperty('polluted');
  });

  it('keep the keys that mean something to JavaScript, from caller to handler to result', async () => {
    const { client } = await echo();
    for (const text of EXOTIC.slice(0, -1)) {
      const payload: unknown = JSON.parse(text);
      const handed = JSON.stringify(payload);
      expect(await (await client.enqueue('text', payload)).result()).toBe(handed);
      const handle = await client.enqueue('echo', payload);
      expect(JSON.stringify([await handle.result()])).toBe(`[${handed}]`);
      const steps = await client.enqueueChain(chain([job('echo', payload), job('previous')]));
      expect(await steps.result()).toBe(handed);
      expect(JSON.stringify((await handle.get()).payload)).toBe(handed);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  it('that are too large are refused before anything is sent', async () => {
    const { client, broker } = await echo();
    const large = 'x'.repeat(64 * KIB);
    for (const payload of [
      large,
      [large],
      { [large]: 1 },
      '漢'.repeat(22 * KIB),
      Buffer.from(`${large}x`),
    ])
      await expect(client.enqueue('echo', payload)).rejects.toThrow(PayloadTooLargeError);
    await expect(client.enqueue('echo', 1, { onSuccess: [job('echo', large)] })).rejects.toThrow(
      PayloadTooLargeError,
    );
    expect(await broker.inspect.counts('tasqueue:tasks')).toMatchObject({ waiting: 0, started: 0 });
    expect(await (await client.enqueue('text', 'x'.repeat(64 * KIB - 2))).result()).toHaveLength(
      64 * KIB,
    );
  });

  it('that do not survive the codec are refused, whatever they do when looked at', async () => {
    const { client } = await echo();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('caught');
        },
      },
    );
    const payloads: readonly unknown[] = [circle, 1n, () => 1, Symbol('x'), new Map(), trap];
    for (const payload of [
      ...payloads,
      {
        toJSON: () => {
          throw new Error('caught');
        },
      },
    ])
      await expect(client.enqueue('echo', payload)).rejects.toThrow(EncodingError);
  });

  it('within callbacks within callbacks are refused beyond 32 levels', async () => {
    const { client } = await echo();
    const within = (levels: number) => {
      let spec = job('echo', 0);
      for (let level = 0; level < levels; level += 1)
        spec = job('echo', level, { onSuccess: [spec] });
      return spec;
    };
    await expect(client.enqueue(within(33))).rejects.toThrow(EncodingError);
    const handle = await client.enqueue(within(32));
    let { id } = handle;
    for (let level = 0; level < 32; level += 1) id += ':success:0';
    await expect
      .poll(
        () =>
          client.getJob(id).then(
            ({ status }) => status,
            () => 'unknown',
          ),
        { timeout: 10_000 },
      )
      .toBe('successful');
  });

  it('within notices of others are not taken for news', async () => {
    const { broker, client, instance } = await echo();
    for (const topic of ['interrupt', 'events', '__proto__', ''])
      for (const body of [
        '',
        'null',
        '[]',
        '{"id":1}',
        '{"events":[{"__proto__":1}]}',
        '{"teller":1,"events":1}',
        '['.repeat(DEEP),
      ])
        await broker.broadcast({ topic, body });
    expect(await (await client.enqueue('text', 1)).result()).toBe('1');
    expect(instance.lines).toEqual([]);
  });
});
