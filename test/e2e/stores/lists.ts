import { job } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { openApp, QUEUE } from './app.js';
import type { StoresWorld } from './stores-world.js';
import { Witness } from './witness.js';

const PRODUCER = { role: 'producer', unknownTasks: 'allow' } as const;

export function lists(open: () => StoresWorld): void {
  describe('lists', () => {
    it('show what waits, what is scheduled, and counts that add up', async () => {
      const { client, admin } = await openApp(open(), new Witness(), PRODUCER);
      const names = Array.from({ length: 25 }, (_, index) => `w${index}`);
      await client.enqueueMany(names.map((name) => job('give', name, { queue: QUEUE })));
      await client.enqueue('give', 'later', { queue: QUEUE, delay: 60_000 });
      const seen: unknown[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const page = await admin.pending(QUEUE, { limit: 10, cursor });
        seen.push(...page.items.map(({ payload }) => payload));
        cursor = page.next;
      }
      expect(seen).toEqual(names);
      const scheduled = await admin.scheduled(QUEUE);
      expect(scheduled.items.map(({ payload }) => payload)).toEqual(['later']);
      expect(await admin.stats(QUEUE)).toMatchObject({ queued: 25, scheduled: 1, processing: 0 });
      expect(await admin.queues()).toContain(QUEUE);
      expect(await admin.clear(QUEUE)).toBeGreaterThanOrEqual(25);
      expect(await admin.stats(QUEUE)).toMatchObject({ queued: 0 });
    });

    it('show what ended, newest first, and take it away together', async () => {
      const { client, admin } = await openApp(open(), new Witness());
      for (const name of ['a', 'b', 'c'])
        await client.enqueue('give', name).then((handle) => handle.result());
      const failing = await client.enqueueMany([job('fail', 'x'), job('fail', 'y')]);
      for (const handle of failing) await expect(handle.result()).rejects.toThrow(/x|y/);
      const { items } = await admin.successful();
      expect(items.map(({ payload }) => payload)).toEqual(['c', 'b', 'a']);
      expect((await admin.failed()).items).toHaveLength(2);
      expect(await admin.stats(QUEUE)).toMatchObject({ successful: 3, failed: 2, workers: 1 });
      expect(await admin.deleteAll({ status: 'failed' })).toBe(2);
      expect((await admin.failed()).items).toEqual([]);
    });

    it('hold a queue that is paused, for all processes', async () => {
      const world = open();
      const witness = new Witness();
      const { client, admin } = await openApp(world, witness);
      await openApp(world, witness);
      await admin.pause(QUEUE);
      const handle = await client.enqueue('give', 'held back');
      expect(await admin.stats(QUEUE)).toMatchObject({ queued: 1, paused: true });
      expect(witness.of('give')).toEqual([]);
      await admin.resume(QUEUE);
      expect(await handle.result()).toBe('held back');
    });
  });
}
