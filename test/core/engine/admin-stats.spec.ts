import { describe, expect, it } from 'vitest';
import { Instance } from '../../support/engine/instance.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';

describe('stats', () => {
  it('count the jobs of a queue by what becomes of them', async () => {
    const instance = await scripted({ queues: { [QUEUE]: { concurrency: 2 } } });
    const { client, admin, held, clock } = instance;
    const start = clock.now();
    await client.enqueue('give', 1);
    await client.enqueue('fail', 1);
    await client.enqueue('fail', 1, { maxRetries: 1, backoff: 60_000 });
    await client.enqueue('give', 1, { delay: 60_000 });
    await instance.quiet();
    const { id } = await client.enqueue('hold', 'cancelled');
    await held.run(1);
    await client.cancel(id);
    await instance.quiet();
    await client.enqueue('hold', 'runs');
    await client.enqueue('hold', 'runs too');
    await clock.advance(500);
    await client.enqueue('give', 'waits');
    await clock.advance(500);
    await client.enqueue('give', 'waits too');
    expect(await admin.stats(QUEUE)).toEqual({
      queued: 2,
      scheduled: 1,
      retrying: 1,
      processing: 2,
      successful: 1,
      failed: 1,
      cancelled: 1,
      oldestQueuedAt: new Date(start + 500),
      paused: false,
      workers: 1,
    });
  });

  it('of an unknown queue are all zero', async () => {
    const { admin } = await scripted();
    const { workers, paused, oldestQueuedAt, ...counts } = await admin.stats('unheard of');
    expect([workers, paused, oldestQueuedAt]).toEqual([0, false, undefined]);
    expect(new Set(Object.values(counts))).toEqual(new Set([0]));
  });

  it('count live workers, and tell of the pause', async () => {
    const instance = await scripted();
    const other = new Scripted(instance.world, { queues: [QUEUE, 'more'] });
    await other.start();
    await instance.admin.pause(QUEUE);
    expect(await instance.admin.stats(QUEUE)).toMatchObject({ workers: 2, paused: true });
    expect(await instance.admin.stats('more')).toMatchObject({ workers: 1, paused: false });
    await other.close();
    expect(await instance.admin.stats(QUEUE)).toMatchObject({ workers: 1 });
  });
});

describe('queues', () => {
  it('are those that hold a job, are paused or are worked on', async () => {
    const instance = await scripted();
    await instance.client.enqueue('give', 1, { queue: 'waiting' });
    await instance.client.enqueue('give', 1, { queue: 'delayed', delay: 1_000 });
    await instance.admin.pause('paused');
    expect(await instance.admin.queues()).toEqual(['delayed', 'paused', QUEUE, 'waiting']);
  });
});

describe('workers', () => {
  it('are the live processes, with their queues and what they hold', async () => {
    const instance = await scripted();
    const { admin, clock } = instance;
    const startedAt = new Date(clock.now());
    await instance.client.enqueue('hold');
    await instance.held.run(1);
    const producer = await new Instance(instance.world, { role: 'producer' }).connect();
    expect(await producer.admin.workers()).toEqual([
      {
        id: expect.any(String),
        host: 'test',
        pid: 1,
        queues: [QUEUE],
        startedAt,
        beatAt: startedAt,
        held: 1,
      },
    ]);
    await clock.advance(12_000);
    const [worker] = await admin.workers();
    expect(worker?.beatAt.getTime()).toBeGreaterThanOrEqual(startedAt.getTime() + 10_000);
    instance.held.finishAll();
    await instance.runner.stop();
    expect(await admin.workers()).toEqual([]);
  });
});
