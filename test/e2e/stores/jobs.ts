import { JobFailedError, job } from 'nestjs-tasqueue';
import { describe, expect, it } from 'vitest';
import { openApp } from './app.js';
import type { StoresWorld } from './stores-world.js';
import { Witness } from './witness.js';

export function jobs(open: () => StoresWorld): void {
  describe('jobs', () => {
    it('run, and hand their results to those who wait for them', async () => {
      const { client } = await openApp(open(), new Witness());
      const payloads = [1, 'two', null, { three: [3, 'drei'] }, undefined, 'ü\u0000🦜'];
      const handles = await client.enqueueMany(payloads.map((payload) => job('give', payload)));
      expect(await Promise.all(handles.map((handle) => handle.result()))).toEqual(payloads);
      expect(await handles[3]?.get()).toMatchObject({
        task: 'give',
        status: 'successful',
        attempt: 1,
        payload: { three: [3, 'drei'] },
      });
    });

    it('run once each, however many there are', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const numbers = Array.from({ length: 1_000 }, (_, index) => index);
      const handles = await client.enqueueMany(numbers.map((number) => job('give', number)));
      await Promise.all(handles.map((handle) => handle.result()));
      expect(witness.of('give').toSorted((a, b) => Number(a) - Number(b))).toEqual(numbers);
    });

    it('run again after a failure as often as they may, and then fail', async () => {
      const { client } = await openApp(open(), new Witness());
      const twice = await client.enqueue('stumble', 2, { maxRetries: 3 });
      const tooOften = await client.enqueue('stumble', 9, { maxRetries: 2 });
      expect(await twice.result()).toBe(3);
      await expect(tooOften.result()).rejects.toThrow(JobFailedError);
      expect(await tooOften.get()).toMatchObject({
        status: 'failed',
        attempt: 3,
        retried: 2,
        prevError: 'stumbled 3',
      });
    });

    it('wait for their time, and no longer', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const enqueuedAt = Date.now();
      const handle = await client.enqueue('give', 'late', { delay: 300 });
      const far = await client.enqueue('give', 'far', { delay: 3_600_000 });
      expect(await handle.get()).toMatchObject({ status: 'scheduled' });
      await client.enqueue('give', 'early').then((early) => early.result());
      await handle.result();
      expect(Date.now() - enqueuedAt).toBeGreaterThanOrEqual(300);
      expect(witness.of('give')).toEqual(['early', 'late']);
      expect(await far.get()).toMatchObject({ status: 'scheduled' });
    });

    it('put themselves off without using a retry', async () => {
      const { client } = await openApp(open(), new Witness());
      const handle = await client.enqueue('later', 30);
      expect(await handle.result()).toBe('now');
      expect(await handle.get()).toMatchObject({ attempt: 2, retried: 0 });
    });

    it('go by priority, then by age', async () => {
      const world = open();
      const witness = new Witness();
      const producer = await openApp(world, witness, { role: 'producer', unknownTasks: 'allow' });
      const handles = await producer.client.enqueueMany([
        job('give', 'low', { priority: -1 }),
        job('give', 'first'),
        job('give', 'second'),
        job('give', 'high', { priority: 10 }),
      ]);
      await openApp(world, witness, { queues: { work: { concurrency: 1 } } });
      await Promise.all(handles.map((handle) => handle.result()));
      expect(witness.of('give')).toEqual(['high', 'first', 'second', 'low']);
    });

    it('keep an id of their own from being used twice', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const first = await client.enqueue('give', 1, { id: 'order:7 €' });
      const again = await client.enqueue('give', 2, { id: 'order:7 €' });
      expect([first.duplicate, again.duplicate]).toEqual([false, true]);
      expect(await again.result()).toBe(1);
      const third = await client.enqueue('give', 3, { id: 'order:7 €' });
      expect([third.duplicate, await third.result()]).toEqual([true, 1]);
      expect(witness.of('give')).toEqual([1]);
    });

    it('tell what they save, say and have done', async () => {
      const { client } = await openApp(open(), new Witness());
      const handle = await client.enqueue('talk', 'cheese');
      expect(await handle.result()).toEqual({ kept: 'cheese' });
      expect(await handle.get()).toMatchObject({
        logs: ['about cheese'],
        lastProgress: { done: 1 },
      });
    });

    it('are followed by what their outcome calls for', async () => {
      const witness = new Witness();
      const { client } = await openApp(open(), witness);
      const after = { onSuccess: [job('add', 2)], onError: [job('give', 'sorry')] };
      const well = await client.enqueue('add', 1, after);
      const badly = await client.enqueue('fail', 'no', after);
      await well.result();
      await expect(badly.result()).rejects.toThrow('no');
      const [next = ''] = (await well.get()).onSuccessIds;
      await Witness.eventually(async () => expect(await client.getResult(next)).toBe(3));
      await Witness.eventually(() => expect(witness.of('give')).toEqual(['sorry']));
    });
  });
}
