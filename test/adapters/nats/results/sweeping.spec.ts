import { connect, type NatsConnection } from 'nats';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NatsResults } from '../../../../lib/adapters/nats/nats-results.js';
import type { JobRecord } from '../../../../lib/core/ports/record.js';
import { put, read, walk } from '../../../../lib/testing/conformance/results/asserting.js';
import { aJob, finished, idsOf } from '../../../../lib/testing/conformance/results/records.js';
import {
  HORIZON_MS,
  KEEP_NONE,
  MINUTE_MS,
} from '../../../../lib/testing/conformance/results/time-travel.js';
import { ManualClock } from '../../../../lib/testing/manual-clock.js';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { freshPrefix, OpenStores } from './store-for-tests.js';

const NOTHING = { successful: 0, failed: 0, cancelled: 0 };
const MEGABYTE = 2 ** 20;

let server: NatsServer;
let connection: NatsConnection;
let prefix: string;
let clock: ManualClock;
const stores = new OpenStores();

beforeAll(async () => {
  server = await NatsServer.start();
  connection = await connect({ servers: server.url });
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});
beforeEach(() => {
  prefix = freshPrefix();
  clock = new ManualClock();
});
afterEach(() => stores.close());

/** A process that has the store connected; retention keeps failed jobs alone. */
function open(): Promise<NatsResults> {
  return stores.open(server.url, { prefix, clock, retention: { ...KEEP_NONE, failed: {} } });
}

/** Of one kind of messages. Asked by hand: the driver never comes to an end with what was deleted. */
async function subjects(kind: string): Promise<number> {
  const stream = `${prefix}-results`;
  const body = JSON.stringify({ subjects_filter: `${stream}.${kind}.>` });
  const reply = await connection.request(`$JS.API.STREAM.INFO.${stream}`, body);
  const { state } = reply.json<{ state: { subjects?: Record<string, number> } }>();
  return Object.keys(state.subjects ?? {}).length;
}

function large(id: string, but: Partial<JobRecord> = {}): JobRecord {
  return aJob(id, { body: new Uint8Array(2 * MEGABYTE).fill(7), ...but });
}

describe('Sweeping', () => {
  it('shows in the lists of other processes', async () => {
    const one = await open();
    // For this one no time passes: it neither sweeps nor reads everything anew.
    const other = await stores.open(server.url, { prefix, clock: new ManualClock() });
    await one.connect({ retention: KEEP_NONE });
    await one.close();
    await put(one, finished('a', clock.now()));
    expect(await other.counts()).toEqual({ ...NOTHING, successful: 1 });

    await clock.advance(HORIZON_MS);
    await one.sweep();

    expect(await other.counts()).toEqual(NOTHING);
    expect(await other.counts('mail')).toEqual(NOTHING);
    expect(await walk(other, { status: 'successful' })).toEqual([]);
  });

  it('is the business of one process, and of the next once that has closed', async () => {
    const first = await open();
    const second = await stores.open(server.url, { prefix, clock, retention: KEEP_NONE });
    await put(first, finished('a', clock.now()));
    await first.sweep();
    await clock.advance(HORIZON_MS - MINUTE_MS);
    await first.sweep();
    await clock.advance(MINUTE_MS);

    await second.sweep();
    expect(await read(first, 'a')).toBeDefined();

    await first.close();
    await second.sweep();
    expect(await read(second, 'a')).toBeUndefined();
  });

  it('takes over from a process that is not heard of any more', async () => {
    const [first, second] = [await open(), await open()];
    await first.sweep();
    await put(first, finished('a', clock.now() - HORIZON_MS));

    await second.sweep();
    expect(await read(first, 'a')).toBeDefined();
    await clock.advance(0);
    // Moved by hand alone: the first one's timer has not fired.
    clock = new ManualClock(clock.now() + HORIZON_MS);
    const third = await open();
    await third.sweep();

    expect(await read(first, 'a')).toBeUndefined();
  });

  it('forgets thousands around those that stay, and nothing else', async () => {
    const results = await open();
    const ids = idsOf(3_000);
    const isKept = (index: number): boolean => index % 500 === 250;
    const records = ids.map((id, index) =>
      finished(id, clock.now(), { status: isKept(index) ? 'failed' : 'successful' }),
    );
    await results.put(records.map((record) => ({ record, expect: 0 })));
    await clock.advance(HORIZON_MS);
    await results.sweep();

    const found = await results.get(ids);
    const left = ids.filter((_, index) => found[index] !== undefined);
    expect(left).toEqual(ids.filter((_, index) => isKept(index)));
    expect(await results.counts()).toEqual({ ...NOTHING, failed: 6 });
    expect(await subjects('i')).toBe(6);
  });

  it('keeps what was written anew after it was looked at', async () => {
    const results = await open();
    const revision = await put(results, finished('a', clock.now()));
    await clock.advance(HORIZON_MS);
    const retried = aJob('a', { generation: 2 });
    const [, [reply]] = await Promise.all([
      results.sweep(),
      results.put([{ record: retried, expect: revision }]),
    ]);

    const found = await read(results, 'a');
    expect(found?.record.generation).toBe(reply?.stored ? 2 : undefined);
  });

  it('leaves no parts of large records behind, and none missing', async () => {
    const results = await open();
    const first = await put(results, large('a'));
    const second = await put(results, large('a', { run: 2 }), first);
    await put(results, large('b'));
    expect(await subjects('x')).toBe(9);

    await clock.advance(2 * MINUTE_MS);
    await results.sweep();
    expect(await subjects('x')).toBe(6);
    const { record } = (await read(results, 'b')) ?? {};
    expect(record?.kind === 'job' && Buffer.compare(record.body, large('b').body)).toBe(0);

    await put(results, finished('a', clock.now()), second);
    await clock.advance(2 * MINUTE_MS);
    await results.sweep();
    expect(await subjects('x')).toBe(3);
  });

  it('leaves nothing but what is needed once all has been forgotten', async () => {
    const results = await open();
    for (const id of idsOf(20)) await put(results, finished(id, clock.now()));
    await results.delete([{ id: 'deleted', generation: 1 }]);
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      await clock.advance(HORIZON_MS);
      await results.sweep();
    }

    expect(await subjects('i')).toBe(0);
    expect(await subjects('n')).toBe(0);
  });
});
