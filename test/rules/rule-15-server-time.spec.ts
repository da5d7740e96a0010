import { describe, expect, it } from 'vitest';
import { job } from '../../lib/core/spec/job.js';
import { chain } from '../../lib/core/spec/chain.js';
import { unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

const HOUR_MS = 3_600_000;
const NOON_AT = Date.UTC(2024, 6, 1, 12);

/** When it ran, and under which id; by server time, ms after noon. */
interface Ran {
  readonly id: string;
  readonly afterMs: number;
}

/** A client and a worker whose clocks are wrong, and what has run. */
async function wrongClocks(clientAheadMs: number, workerAheadMs: number) {
  const site = new Site();
  const ran: Ran[] = [];
  const work = (_: never, ctx: { id: string }): void =>
    void ran.push({ id: ctx.id, afterMs: site.clock.now() - NOON_AT });
  const machine = (aheadMs: number): Machine =>
    site
      .machine({ aheadMs })
      .task('work', work)
      .task(
        'flaky',
        (payload: never, ctx) => {
          work(payload, ctx);
          if (ctx.attempt === 1) throw new Error('again');
        },
        { maxRetries: 1, backoff: 60_000 },
      );
  const { client } = await site.machine({ role: 'producer', aheadMs: clientAheadMs }).connect();
  const worker = await machine(workerAheadMs).start();
  return { site, ran, client, worker, machine };
}

describe.each([
  ['an hour ahead', HOUR_MS],
  ['an hour behind', -HOUR_MS],
])('with all clocks but the server’s %s', (_, aheadMs) => {
  it('a delay counts from when the server accepts the job', async () => {
    const { site, ran, client } = await wrongClocks(aheadMs, aheadMs);
    await client.enqueue('work', undefined, { id: 'a', delay: 60_000 });
    await client.enqueueChain(
      chain([job('work'), job('work', undefined, { delay: 60_000 })], { id: 'c' }),
    );
    await site.clock.advance(120_000);
    expect(ran).toEqual([
      { id: 'c:0', afterMs: 0 },
      { id: 'a', afterMs: 60_000 },
      { id: 'c:1', afterMs: 60_000 },
    ]);
  });

  it('a job is due at its instant', async () => {
    const { site, ran, client } = await wrongClocks(aheadMs, aheadMs);
    await client.enqueue('work', undefined, { id: 'a', eta: new Date(NOON_AT + 60_000) });
    await site.clock.advance(120_000);
    expect(ran).toEqual([{ id: 'a', afterMs: 60_000 }]);
  });

  it('a retry is due after its backoff, whoever gets the job', async () => {
    const { site, ran, client } = await wrongClocks(aheadMs, aheadMs);
    await client.enqueue('flaky', undefined, { id: 'a' });
    await site.clock.advance(120_000);
    expect(ran).toEqual([
      { id: 'a', afterMs: 0 },
      { id: 'a', afterMs: 60_000 },
    ]);
  });

  it('a retry on record is due after its backoff, though the broker delivers it before', async () => {
    const { site, ran, client, worker, machine } = await wrongClocks(aheadMs, aheadMs);
    worker.broker.next('work', unanswered, ({ settle }) => settle.length > 0);
    await client.enqueue('flaky', undefined, { id: 'a' });
    await site.settle();
    worker.crash();
    await machine(-aheadMs).start();
    await site.clock.advance(120_000);
    expect(ran.map(({ id }) => id)).toEqual(['a', 'a']);
    expect(ran[1]?.afterMs).toBeGreaterThanOrEqual(60_000);
    expect(ran[1]?.afterMs).toBeLessThan(90_000);
  });

  it('a job expires at its instant, not before', async () => {
    const { site, ran, client } = await wrongClocks(aheadMs, aheadMs);
    const expiresAt = new Date(NOON_AT + 60_000);
    await client.enqueue('work', undefined, { id: 'in time', delay: 59_000, expiresAt });
    await client.enqueue('work', undefined, { id: 'too late', delay: 61_000, expiresAt });
    await site.clock.advance(120_000);
    expect(ran).toEqual([{ id: 'in time', afterMs: 59_000 }]);
    expect((await client.getJob('too late')).status).toBe('failed');
  });

  it('a schedule has its slots, each by its name', async () => {
    const { site, ran, client } = await wrongClocks(aheadMs, aheadMs);
    await client.enqueue('work', undefined, { id: 's', schedule: '*/5 * * * *' });
    await site.clock.advance(11 * 60_000);
    expect(ran).toEqual([
      { id: 's:2024-07-01T12:05:00.000Z', afterMs: 300_000 },
      { id: 's:2024-07-01T12:10:00.000Z', afterMs: 600_000 },
    ]);
  });

  it('a slot is the same to workers whose clocks differ', async () => {
    const { site, ran, client, worker, machine } = await wrongClocks(aheadMs, aheadMs);
    await client.enqueue('work', undefined, { id: 's', schedule: '*/5 * * * *' });
    worker.broker.next('work', unanswered, ({ settle }) =>
      settle.some(({ kind }) => kind === 'retry'),
    );
    await site.clock.advance(300_000);
    worker.crash();
    await machine(-aheadMs).start();
    await site.clock.advance(299_000);
    expect(ran).toEqual([{ id: 's:2024-07-01T12:05:00.000Z', afterMs: 300_000 }]);
  });

  it('an instant on record is the server’s', async () => {
    const { site, client } = await wrongClocks(aheadMs, aheadMs);
    await client.enqueue('work', undefined, { id: 'ended' });
    await client.enqueue('work', undefined, { id: 'cancelled', delay: 60_000 });
    await site.settle();
    await client.cancel('cancelled');
    const now = new Date(site.clock.now());
    expect(await client.getJob('ended')).toMatchObject({ processedAt: now, finishedAt: now });
    expect(await client.getJob('cancelled')).toMatchObject({ finishedAt: now });
  });
});

it('a schedule that is not worked on for a while runs its latest slot, once', async () => {
  const { site, ran, client, worker, machine } = await wrongClocks(0, 0);
  await client.enqueue('work', undefined, { id: 's', schedule: '*/5 * * * *' });
  await worker.close();
  await site.clock.advance(23 * 60_000);
  await machine(0).start();
  await site.clock.advance(60_000);
  expect(ran).toEqual([{ id: 's:2024-07-01T12:20:00.000Z', afterMs: 23 * 60_000 }]);
});

it('a slot that could not be sent at first keeps its name', async () => {
  const { site, ran, client, worker } = await wrongClocks(0, 0);
  await client.enqueue('work', undefined, { id: 's', schedule: '*/5 * * * *' });
  worker.broker.next('enqueue', unanswered);
  await site.clock.advance(330_000);
  expect(ran.map(({ id }) => id)).toEqual(['s:2024-07-01T12:05:00.000Z']);
});

it('a clock that jumps while a handler runs changes no instant on record', async () => {
  const site = new Site();
  const machine = site.machine();
  machine.task(
    'jumpy',
    () => {
      machine.clock.aheadMs -= HOUR_MS;
      throw new Error('again');
    },
    { maxRetries: 1, backoff: 60_000 },
  );
  await machine.start();
  const handle = await machine.client.enqueue('jumpy', undefined);
  await site.clock.advance(0);
  const { eta } = await handle.get();
  expect(eta?.getTime()).toBe(site.clock.now() + 60_000);
});
