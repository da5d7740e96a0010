import { describe, expect, it } from 'vitest';
import { openApp } from './app.js';
import type { StoresWorld } from './stores-world.js';
import { Witness } from './witness.js';

const EVERY_SECOND = '* * * * * *';

export function schedules(open: () => StoresWorld): void {
  describe('schedules', () => {
    it('run each slot once, on any number of workers, until they are removed', async () => {
      const world = open();
      const witness = new Witness();
      const { client, admin } = await openApp(world, witness);
      await openApp(world, witness);
      const handle = await client.enqueue('give', 'tick', { id: 'ticker', schedule: EVERY_SECOND });
      expect(await client.getJob('ticker')).toMatchObject({ status: 'scheduled' });
      await Witness.eventually(() => expect(witness.of('give').length).toBeGreaterThanOrEqual(3));
      await admin.removeSchedule(handle.id);
      expect(await admin.schedules()).toEqual([]);

      await Witness.eventually(async () => {
        const { items } = await admin.successful({ limit: 100 });
        expect(items.length).toBe(witness.of('give').length);
      });
      const { items } = await admin.successful({ limit: 100 });
      expect(items.map(({ scheduleId }) => scheduleId)).toEqual(items.map(() => 'ticker'));
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    });

    it('stand still while they are paused, and run by hand', async () => {
      const witness = new Witness();
      const { client, admin } = await openApp(open(), witness);
      await client.enqueue('give', 'yearly', { id: 'yearly', schedule: '0 0 1 1 *' });
      await admin.pauseSchedule('yearly');
      const runId = await admin.runNow('yearly');
      await Witness.eventually(async () =>
        expect(await client.getJob(runId)).toMatchObject({ status: 'successful' }),
      );
      expect(await admin.schedule('yearly')).toMatchObject({ id: 'yearly', paused: true });
    });
  });
}
