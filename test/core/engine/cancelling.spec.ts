import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../lib/core/errors.js';
import { job } from '../../../lib/core/spec/job.js';
import { deferred, memoryWorld } from '../../support/engine/instance.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

describe('cancel', () => {
  it('keeps a waiting job from running', async () => {
    const instance = await new Scripted().connect();
    const handle = await instance.client.enqueue('give', 1);
    expect(await instance.client.cancel(handle.id)).toBe(true);
    expect((await instance.admin.stats('tasqueue:tasks')).queued).toBe(0);
    await instance.runner.start();
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual([]);
    await expect(handle.result()).rejects.toThrow(CancelledError);
    const { items } = await instance.admin.cancelled();
    expect(items.map(({ id }) => id)).toEqual([handle.id]);
  });

  it('keeps a scheduled job from running', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('give', 1, { delay: 1_000 });
    expect(await instance.client.cancel(id)).toBe(true);
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual([]);
    expect((await instance.client.getJob(id)).status).toBe('cancelled');
  });

  it('keeps a job from its retry', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('fail', 'no', { maxRetries: 3, backoff: 1_000 });
    await instance.quiet();
    expect(await instance.client.cancel(id)).toBe(true);
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual(['no']);
    expect((await instance.client.getJob(id)).status).toBe('cancelled');
  });

  it.each(['finish', 'fail'] as const)(
    'stops a running job at once: no retry, no onError, whatever its late %s',
    async (end) => {
      const instance = await scripted();
      const options = { maxRetries: 3, onError: [job('note', 1)], onSuccess: [job('note', 2)] };
      const { id } = await instance.client.enqueue('hold', null, options);
      const run = await instance.held.run(1);
      expect(await instance.client.cancel(id)).toBe(true);
      expect((await instance.client.getJob(id)).status).toBe('cancelled');
      run[end](new Error('late'));
      await instance.clock.advance(60_000);
      expect(await instance.client.getJob(id)).toMatchObject({ status: 'cancelled', errors: [] });
      expect(instance.starts).toEqual([null]);
    },
  );

  it('frees the slot of a handler that pays no heed', async () => {
    const instance = await scripted({ queues: { 'tasqueue:tasks': { concurrency: 1 } } });
    const { id } = await instance.client.enqueue('hold', 1);
    await instance.held.run(1);
    await instance.client.enqueue('give', 'next');
    await instance.client.cancel(id);
    await instance.quiet();
    expect(instance.starts).toEqual([1, 'next']);
  });

  it('keeps a handler from starting whose payload is still being checked', async () => {
    const checked = deferred<{ value: unknown }>();
    const validate = async () => checked.promise;
    const payload = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    let starts = 0;
    const world = memoryWorld();
    const count = () => {
      starts += 1;
    };
    const worker = new Scripted(world).task('checked', count, { payload });
    await worker.start();
    const producer = await new Scripted(world, { role: 'producer' }).connect();
    const { id } = await producer.client.enqueue('checked', 1);
    await world.clock.advance(0);
    expect(await producer.client.cancel(id)).toBe(true);
    checked.resolve({ value: 1 });
    await world.clock.advance(1_000);
    expect(starts).toBe(0);
    expect(worker.runner.status).toMatchObject({ abandoned: 0 });
  });

  it('reaches a job that runs in another process', async () => {
    const instance = await scripted();
    const producer = await new Scripted(instance.world, { role: 'producer' }).connect();
    const { id } = await producer.client.enqueue('hold');
    const { ctx } = await instance.held.run(1);
    expect(await producer.client.cancel(id)).toBe(true);
    await instance.quiet();
    expect(ctx.signal.reason).toBeInstanceOf(CancelledError);
    expect(instance.runner.status.slots['tasqueue:tasks']?.busy).toBe(0);
  });

  it.each(['give', 'fail', 'hold'])('is false for a job that has ended (%s)', async (task) => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue(task, 1);
    await instance.quiet();
    if (task === 'hold') await instance.client.cancel(id);
    const before = await instance.client.getJob(id);
    expect(await instance.client.cancel(id)).toBe(false);
    expect(await instance.client.getJob(id)).toEqual(before);
  });

  it('of a success that is recorded first comes too late: the success stands', async () => {
    const instance = await scripted();
    const { client, held, world } = instance;
    const handle = await client.enqueue('hold', null, { onSuccess: [job('note', 'next')] });
    const run = await held.run(1);
    // The cancellation has looked at the job when the success is recorded.
    const { put } = world.results;
    let raced = false;
    world.results.put = async (writes) => {
      if (!raced && writes.some(({ record }) => record.status === 'cancelled')) {
        raced = true;
        run.finish('made it');
        await instance.quiet();
      }
      return put.call(world.results, writes);
    };
    expect(await client.cancel(handle.id)).toBe(false);
    expect(await handle.result()).toBe('made it');
    expect(instance.notes).toEqual([['next', 'made it']]);
  });

  it('of many at once gives each caller one answer', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('hold');
    await instance.held.run(1);
    const answers = await Promise.all([1, 2, 3, 4].map(async () => instance.client.cancel(id)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
});
