import { describe, expect, it } from 'vitest';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld, type World } from '../../support/engine/instance.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A producer with no worker anywhere, until `work` starts one that notes what it runs. */
async function producing(world: World = memoryWorld()) {
  const producer = await new Instance(world, { role: 'producer' }).connect();
  const seen: unknown[] = [];
  const work = async (settings = {}) => {
    const worker = new Instance(world).task('note', (p: unknown) => void seen.push(p), settings);
    await worker.start();
    await world.clock.advance(0);
    return worker;
  };
  return { client: producer.client, admin: producer.admin, clock: world.clock, seen, work };
}

describe('jobs of one queue', () => {
  it('start first in, first out', async () => {
    const { client, seen, work } = await producing();
    for (const n of numbers(300)) await client.enqueue('note', n);
    await work({ concurrency: 1 });
    expect(seen).toEqual(numbers(300));
  });

  it('start in the order of one enqueueMany, and of calls made in one turn', async () => {
    const { client, seen, work } = await producing();
    await Promise.all([client.enqueue('note', 0), client.enqueue('note', 1)]);
    await client.enqueueMany([job('note', 2), job('note', 3)]);
    await work();
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('start by priority, higher first, and within one first in, first out', async () => {
    const { client, seen, work } = await producing();
    for (const [n, priority] of [0, -1, 5, 0, 5, -1].entries())
      await client.enqueue('note', n, { priority });
    await work({ concurrency: 1 });
    expect(seen).toEqual([2, 4, 0, 3, 1, 5]);
  });

  it('that are delayed start when they are due, oldest first', async () => {
    const { client, clock, seen, work } = await producing();
    await work({ concurrency: 1 });
    const eta = (ms: number) => new Date(clock.now() + ms);
    await client.enqueue('note', 'c', { eta: eta(3_000) });
    await client.enqueue('note', 'b', { delay: 2_000 });
    await client.enqueue('note', 'a', { eta: eta(1_000) });
    await client.enqueue('note', 'past', { eta: eta(-1_000) });
    await clock.advance(0);
    expect(seen).toEqual(['past']);
    await clock.advance(999);
    expect(seen).toEqual(['past']);
    await clock.advance(2_001);
    expect(seen).toEqual(['past', 'a', 'b', 'c']);
  });

  it('10,000 due at once run oldest first, each once', async () => {
    const { client, clock, seen, work } = await producing();
    // Enqueued in no order at all: 7,919 is prime.
    const shuffled = numbers(10_000).map((n) => (n * 7_919) % 10_000);
    const base = clock.now() + 1_000;
    await client.enqueueMany(shuffled.map((n) => job('note', n, { eta: new Date(base + n) })));
    await clock.advance(60_000);
    await work({ concurrency: 1 });
    expect(seen).toEqual(numbers(10_000));
    await clock.advance(60_000);
    expect(seen).toHaveLength(10_000);
  });

  it('a thousand enqueued without a worker hold nobody up', async () => {
    const { client, admin, seen, work } = await producing();
    const handles = await Promise.all(numbers(1_000).map(async (n) => client.enqueue('note', n)));
    expect(new Set(handles.map(({ id }) => id)).size).toBe(1_000);
    expect((await admin.stats('tasqueue:tasks')).queued).toBe(1_000);
    await work();
    expect(seen).toEqual(numbers(1_000));
  });

  it('are shared out: two workers run each of them once', async () => {
    const world = memoryWorld();
    const { client, seen, work } = await producing(world);
    await work();
    await work();
    await client.enqueueMany(numbers(500).map((n) => job('note', n)));
    await world.clock.advance(1_000);
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(numbers(500));
  });
});
