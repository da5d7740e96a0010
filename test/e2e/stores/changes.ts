import { CancelledError, group, job, NotFoundError } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { openApp } from './app.js';
import type { StoresWorld } from './stores-world.js';
import { Witness } from './witness.js';

const PRODUCER = { role: 'producer', unknownTasks: 'allow' } as const;

export function changes(open: () => StoresWorld): void {
  describe('changes from outside', () => {
    it('cancel what waits and what runs, in another process too', async () => {
      const world = open();
      const witness = new Witness();
      await openApp(world, witness);
      const { client } = await openApp(world, witness, PRODUCER);
      const waiting = await client.enqueue('give', 'never', { delay: 60_000 });
      const running = await client.enqueue('hold', 'held');
      await Witness.eventually(() => expect(witness.of('hold')).toEqual(['held']));

      expect(await client.cancel(waiting.id)).toBe(true);
      expect(await client.cancel(running.id)).toBe(true);
      await expect(waiting.result()).rejects.toThrow(CancelledError);
      await expect(running.result()).rejects.toThrow(CancelledError);
      expect(await client.cancel(running.id)).toBe(false);
      expect(await running.get()).toMatchObject({ status: 'cancelled' });
    });

    it('cancel a group with all its members', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const spec = group([job('hold', 'a'), job('give', 'b', { delay: 60_000 })], {
        onComplete: [job('give', 'complete')],
      });
      const handle = await client.enqueueGroup(spec);
      await Witness.eventually(() => expect(witness.of('hold')).toEqual(['a']));
      expect(await client.cancel(handle.id)).toBe(true);
      await expect(handle.result()).rejects.toThrow(CancelledError);
      await Witness.eventually(() => expect(witness.of('give')).toEqual(['complete']));
    });

    it('delete a job for good, and free its id', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const waiting = await client.enqueue('give', 1, { id: 'mine', delay: 60_000 });
      await client.deleteJob('mine');
      await expect(waiting.get()).rejects.toThrow(NotFoundError);
      const again = await client.enqueue('give', 2, { id: 'mine' });
      expect([again.duplicate, await again.result()]).toEqual([false, 2]);
      await client.deleteJob('mine');
      await expect(client.getResult('mine')).rejects.toThrow(NotFoundError);
      expect(witness.of('give')).toEqual([2]);
    });

    it('run a failed job again by hand, and its group with it', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const handle = await client.enqueueGroup(
        group([job('give', 'fine'), job('stumble', 1)], { onSuccess: [job('give', 'all well')] }),
      );
      await expect(handle.result()).rejects.toThrow('stumbled 1');
      const [, failed = ''] = handle.jobIds;
      await client.retry(failed);
      await Witness.eventually(async () =>
        expect(await handle.get()).toMatchObject({ status: 'successful' }),
      );
      await Witness.eventually(() => expect(witness.of('give')).toContain('all well'));
      expect(await client.getJob(failed)).toMatchObject({ status: 'successful', attempt: 2 });
    });
  });
}
