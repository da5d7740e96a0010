import { job } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { openApp, QUEUE } from './app.js';
import type { StoresWorld } from './stores-world.js';
import { Witness } from './witness.js';

const ONE_AT_A_TIME = { queues: { [QUEUE]: { concurrency: 1 } } };

export function processes(open: () => StoresWorld): void {
  describe('several processes', () => {
    it('share a queue', async () => {
      const world = open();
      const witnesses = [new Witness(), new Witness()] as const;
      const [one] = await Promise.all(witnesses.map((witness) => openApp(world, witness)));
      const names = Array.from({ length: 40 }, (_, index) => `h${index}`);
      await one?.client.enqueueMany(names.map((name) => job('hold', name)));
      const running = () => witnesses.flatMap((witness) => witness.of('hold'));
      await Witness.eventually(() => expect(running()).toHaveLength(40));
      for (const witness of witnesses) {
        expect(witness.of('hold')).toHaveLength(20);
        for (const name of names) witness.free(name);
      }
      await Witness.eventually(async () =>
        expect(await one?.admin.stats(QUEUE)).toMatchObject({ successful: 40, processing: 0 }),
      );
    });

    it('hand on what one of them has not started when it closes', async () => {
      const world = open();
      const [leaver, stayer] = [new Witness(), new Witness()];
      const leaving = await openApp(world, leaver, ONE_AT_A_TIME);
      const handles = await leaving.client.enqueueMany([job('hold', 'long'), job('give', 'next')]);
      await Witness.eventually(() => expect(leaver.of('hold')).toEqual(['long']));
      const { client } = await openApp(world, stayer, ONE_AT_A_TIME);
      await Witness.eventually(() => expect(stayer.of('give')).toEqual(['next']));
      const closing = leaving.close();
      leaver.free('long');
      await closing;
      const [long] = handles;
      expect(await client.getJob(long.id)).toMatchObject({ status: 'successful', attempt: 1 });
    });
  });
}
