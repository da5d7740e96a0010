import { expect, it } from 'vitest';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

it('a retry whose record takes long to come begins once, and keeps its lease', async () => {
  const world = memoryWorld();
  const { clock } = world;
  const results = overriding(world.results, {
    get: async (ids) => {
      await new Promise<void>((resolve) => void clock.timer(500, resolve));
      return world.results.get(ids);
    },
  });
  const worker = new Scripted({ ...world, results }, { queues: { q: { concurrency: 2 } } });
  await worker.start();
  // While anything runs, runs that last are looked for.
  await worker.client.enqueue('hold', 'other', { queue: 'q' });
  const { id } = await worker.client.enqueue('hold', 'this', {
    queue: 'q',
    maxRetries: 1,
    backoff: 1_000,
  });
  (await worker.held.run(2)).fail(new Error('once'));
  await clock.advance(2_000);
  const { ctx, finish } = await worker.held.run(3);
  expect(ctx.attempt).toBe(2);
  finish();
  await clock.advance(5_000);
  expect(worker.starts).toEqual(['other', 'this', 'this']);
  expect(worker.lines.filter(({ level }) => level !== 'info')).toMatchObject([
    { fields: { jobId: id } },
  ]);
  const [record] = await world.results.get([id]);
  expect(record?.record).toMatchObject({ status: 'successful', run: 2, attempt: 2 });
});
