import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEEP_NONE } from '../../lib/testing/conformance/results/time-travel.js';
import { ClosedError, TasqueueError } from '../../lib/core/errors.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { storesSites } from '../hostile/support/stores.js';
import { belongings, expectNothingLeft, inTime, numbers, ROUNDS, storm } from './support/storm.js';

const LONG_MS = 120_000;

describe.each(storesSites())('ten calls at once, fifty times, on $name', (site) => {
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it(
    'start and stop the workers',
    async () => {
      const before = belongings();
      const random = numbers(1);
      const instance = new LiveInstance(site.open());
      instance.task('give', (payload) => payload);
      await instance.connect();
      const { runner, client } = instance;
      const calls = [() => runner.start(), () => runner.stop()];
      for (let round = 0; round < ROUNDS; round += 1) {
        expect(await storm(calls, random)).toEqual([]);
        if (round % 10 !== 0) continue;
        await inTime(runner.start());
        expect(await (await client.enqueue('give', round)).result()).toBe(round);
        expect(site.name === 'memory' || (await site.connections()) > 0).toBe(true);
      }
      await inTime(runner.stop());
      expect(runner.status).toMatchObject({ running: false, slots: {} });
      expect(await instance.admin.workers()).toEqual([]);
      await inTime(instance.close());
      await expectNothingLeft(before, site.connections);
    },
    LONG_MS,
  );

  it(
    'connect, start, stop and close an instance',
    async () => {
      const before = belongings();
      const random = numbers(2);
      for (let round = 0; round < ROUNDS; round += 1) {
        const { tasqueue, runner, client } = new LiveInstance(site.open('instances')).task(
          'give',
          () => 1,
        );
        tasqueue.register([]);
        const refused = await storm(
          [
            () => tasqueue.connect(),
            () => tasqueue.start(),
            () => tasqueue.stop(),
            () => tasqueue.close(),
            () => runner.start(),
            () => runner.stop(),
          ],
          random,
        );
        expect(refused.filter((error) => !(error instanceof TasqueueError))).toEqual([]);
        await inTime(tasqueue.close());
        await expect(client.getJob('x')).rejects.toThrow(ClosedError);
      }
      await expectNothingLeft(before, site.connections);
    },
    LONG_MS,
  );

  it(
    'connect and close the stores',
    async () => {
      const before = belongings();
      const random = numbers(3);
      const { broker, results } = site.open();
      const pair = async (): Promise<void> => {
        await broker.connect();
        await results.connect({ retention: KEEP_NONE });
        await Promise.all([broker.ping(), results.ping()]);
        await Promise.all([broker.close(), results.close()]);
      };
      const one = async (): Promise<void> => {
        await broker.connect();
        await broker.close();
      };
      for (let round = 0; round < ROUNDS; round += 1)
        expect(await storm([pair, pair, one], random)).toEqual([]);
      await inTime(pair());
      await expectNothingLeft(before, site.connections);
    },
    LONG_MS,
  );
});
