import { describe, expect, it } from 'vitest';
import type { WorkRequest } from '../../../lib/core/ports/broker.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A worker whose handlers have been fast so far, and what it asks of its broker. */
async function fastWorker(options = {}, world = memoryWorld()) {
  const asked: WorkRequest[] = [];
  const broker = overriding(world.broker, {
    work: async (request) => {
      asked.push(request);
      return world.broker.work(request);
    },
  });
  const queues = { [QUEUE]: { concurrency: 2 } };
  const worker = new Scripted({ ...world, broker }, { queues, ...options });
  await worker.start();
  await worker.client.enqueueMany(numbers(50).map((n) => job('give', n)));
  await world.clock.advance(0);
  return { worker, world, asked, clock: world.clock };
}

const held = async ({ broker }: ReturnType<typeof memoryWorld>) =>
  (await broker.inspect.counts(QUEUE)).claimed;

describe('jobs read ahead', () => {
  it('are none as long as nothing is known of the handlers', async () => {
    const world = memoryWorld();
    const worker = new Scripted(world, { queues: { [QUEUE]: { concurrency: 2 } } });
    await worker.start();
    await worker.client.enqueueMany(numbers(10).map((n) => job('hold', n)));
    await world.clock.advance(0);
    expect(await held(world)).toBe(0);
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 8, processing: 2 });
  });

  it('are given back when a handler turns slow, and not asked for again meanwhile', async () => {
    const { worker, world, asked, clock } = await fastWorker();
    await worker.client.enqueueMany(numbers(10).map((n) => job('hold', n)));
    await clock.advance(0);
    expect(await held(world)).toBeGreaterThan(0);
    await clock.advance(20);
    expect(await held(world)).toBe(0);
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 8, processing: 2 });
    const calls = asked.length;
    await clock.advance(4_000);
    expect(asked).toHaveLength(calls);
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 8, processing: 2 });
  });

  it('keep their order when they are given back', async () => {
    const { worker, clock } = await fastWorker();
    await worker.client.enqueueMany(numbers(10).map((n) => job('hold', n)));
    await clock.advance(1_000);
    for (let count = 1; count <= 10; count += 1) (await worker.held.run(count)).finish();
    expect(worker.held.runs.map(({ payload }) => payload)).toEqual(numbers(10));
    await clock.advance(0);
    const { items } = await worker.admin.successful({ limit: 10 });
    expect(new Set(items.map(({ attempt }) => attempt))).toEqual(new Set([1]));
  });

  it('are given back when another worker has nothing to do', async () => {
    const { worker, world, clock } = await fastWorker({ readAhead: 10 });
    const other = new Scripted(world, { queues: { [QUEUE]: { concurrency: 5 } } });
    await other.start();
    await clock.advance(0);
    await worker.admin.pause(QUEUE);
    await worker.client.enqueueMany(numbers(6).map((n) => job('hold', n)));
    // The first to wait is given all of it, more than it can run.
    await worker.admin.resume(QUEUE);
    await clock.advance(10);
    expect(await held(world)).toBe(0);
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 0, processing: 6 });
  });

  it('are given back when their queue is paused here, and at a stop', async () => {
    const { worker, world, clock } = await fastWorker({ readAhead: 10 });
    await worker.client.enqueueMany(numbers(12).map((n) => job('hold', n)));
    await clock.advance(0);
    expect(await held(world)).toBe(10);
    worker.runner.pause(QUEUE);
    await clock.advance(0);
    expect(await held(world)).toBe(0);
    worker.runner.resume(QUEUE);
    await clock.advance(0);
    expect(await held(world)).toBe(10);
    const stopped = worker.runner.stop();
    await clock.advance(0);
    expect(await held(world)).toBe(0);
    worker.held.finishAll();
    await clock.advance(20_000);
    await stopped;
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 10, processing: 0 });
  });

  it('are not asked for again and again by number while handlers are slow', async () => {
    const { worker, asked, clock } = await fastWorker({ readAhead: 5 });
    await worker.client.enqueueMany(numbers(10).map((n) => job('hold', n)));
    await clock.advance(100);
    const calls = asked.length;
    await clock.advance(4_000);
    expect(asked).toHaveLength(calls);
    worker.held.finishAll();
    await clock.advance(0);
    expect(worker.held.runs.length).toBeGreaterThan(2);
  });

  it('are as many as asked for by number, and none by 0', async () => {
    for (const readAhead of [0, 3]) {
      const { worker, world, clock } = await fastWorker({ readAhead });
      await worker.client.enqueueMany(numbers(10).map((n) => job('hold', n)));
      await clock.advance(0);
      expect(await held(world)).toBe(readAhead);
    }
  });

  it.each(['cancel', 'deleteJob'] as const)('never start after %s', async (end) => {
    const { worker, world, clock } = await fastWorker({ readAhead: 10 });
    await worker.client.enqueueMany(['a', 'b', 'c', 'd'].map((id) => job('hold', id, { id })));
    await clock.advance(0);
    expect(await held(world)).toBe(2);
    await worker.client[end]('c');
    worker.held.finishAll();
    await clock.advance(1_000);
    worker.held.finishAll();
    await clock.advance(1_000);
    expect(worker.held.runs.map(({ payload }) => payload)).toEqual(['a', 'b', 'd']);
    expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 0, processing: 0 });
  });

  it('that never started count neither as attempts nor as crashes when their worker dies', async () => {
    const { worker, world, clock } = await fastWorker({ readAhead: 10, lease: 1_000 });
    await worker.client.enqueueMany(['a', 'b', 'c', 'd'].map((id) => job('hold', id, { id })));
    await clock.advance(0);
    expect(await held(world)).toBe(2);
    const [session] = await world.broker.inspect.sessions();
    const other = new Scripted(world, { lease: 1_000, queues: { [QUEUE]: { concurrency: 9 } } });
    await other.start();
    await world.broker.leave(session!.session);
    await clock.advance(0);
    expect(await other.client.getJob('d')).toMatchObject({ crashes: 0 });
    expect(other.held.runs.map(({ payload }) => payload)).toContain('d');
  });
});
