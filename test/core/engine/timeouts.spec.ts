import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../../lib/core/errors.js';
import type { StandardResult, StandardSchemaV1 } from '../../../lib/core/spec/standard-schema.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { deferred, Instance, memoryWorld } from '../../support/engine/instance.js';

async function running(settings = {}) {
  const held = new HeldHandler();
  const world = memoryWorld();
  const instance = new Instance(world).task('work', held.handle, { timeout: 1_000, ...settings });
  await instance.start();
  return { instance, held, clock: world.clock };
}

describe('an attempt that takes longer than its timeout', () => {
  it('fails, and is retried as any failure is', async () => {
    const { instance, held, clock } = await running({ maxRetries: 1, backoff: 100 });
    const handle = await instance.client.enqueue('work');
    await clock.advance(1_000);
    expect(await handle.get()).toMatchObject({
      status: 'retrying',
      retried: 1,
      prevError: 'the attempt took longer than its 1000 ms',
    });
    await clock.advance(100);
    (await held.run(2)).finish('second');
    expect(await handle.result()).toBe('second');
  });

  it('frees its slot, though the handler goes on; such handlers are counted', async () => {
    const { instance, held, clock } = await running({ concurrency: 1 });
    await instance.client.enqueue('work', 'stuck');
    await instance.client.enqueue('work', 'next');
    await clock.advance(999);
    expect(held.runs).toHaveLength(1);
    await clock.advance(1);
    expect((await held.run(2)).payload).toBe('next');
    expect(instance.runner.status).toMatchObject({
      abandoned: 1,
      slots: { 'tasqueue:tasks': { busy: 1, concurrency: 1 } },
    });
    held.finishAll();
    await clock.advance(0);
    expect(instance.runner.status.abandoned).toBe(0);
  });

  it.each(['finish', 'fail'] as const)(
    'changes nothing any more when its handler comes to a late %s',
    async (end) => {
      const { instance, held, clock } = await running({ maxRetries: 1, backoff: 100 });
      const handle = await instance.client.enqueue('work');
      const late = await held.run(1);
      await clock.advance(1_100);
      const second = await held.run(2);

      await expect(late.ctx.save('late')).rejects.toThrow(TimeoutError);
      await expect(late.ctx.progress('late')).rejects.toThrow(TimeoutError);
      late.ctx.log('late');
      late[end](new Error('late'));
      await clock.advance(300);
      const shown = await handle.get();
      expect(shown).toMatchObject({ status: 'processing', attempt: 2, logs: [] });
      expect(shown.lastProgress).toBeUndefined();
      expect(await instance.client.getResult(handle.id)).toBeUndefined();

      second.finish('second');
      expect(await handle.result()).toBe('second');
      expect((await handle.get()).errors).toHaveLength(1);
    },
  );

  it('counts anew for each attempt, and says so on the job', async () => {
    const { instance, held, clock } = await running({ maxRetries: 1, backoff: 10 });
    const handle = await instance.client.enqueue('work', null, { timeout: 400 });
    expect((await handle.get()).timeout).toBe(400);
    await clock.advance(410);
    await held.run(2);
    await clock.advance(399);
    expect((await handle.get()).status).toBe('processing');
    await clock.advance(1);
    expect((await handle.get()).status).toBe('failed');
  });

  it('leaves no timer behind when the handler is in time', async () => {
    const { instance, held, clock } = await running({ timeout: 60_000 });
    const runOnce = async (count: number): Promise<number> => {
      await instance.client.enqueue('work');
      (await held.run(count)).finish(1);
      await clock.advance(200);
      return clock.armed;
    };
    const before = await runOnce(1);
    expect(await runOnce(2)).toBe(before);
  });

  it('while its result is checked has failed, whatever the schema says in the end', async () => {
    const checked = deferred<StandardResult<unknown>>();
    const result: StandardSchemaV1 = {
      '~standard': { version: 1, vendor: 'test', validate: () => checked.promise },
    };
    const { instance, held, clock } = await running({ result });
    const handle = await instance.client.enqueue('work');
    (await held.run(1)).finish('done');
    await clock.advance(1_000);
    expect(instance.runner.status.abandoned).toBe(1);
    checked.resolve({ value: 'fits' });
    await clock.advance(0);
    expect(instance.runner.status.abandoned).toBe(0);
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 1 });
    expect(await instance.client.getResult(handle.id)).toBeUndefined();
  });

  it('also where a schema holds it up', async () => {
    const world = memoryWorld();
    const stuck = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: async (): Promise<never> => new Promise(() => {}),
      },
    };
    const worker = new Instance(world).task('slow', () => 1, { payload: stuck, timeout: 1_000 });
    await worker.start();
    const producer = await new Instance(world, { role: 'producer' }).connect();
    const { id } = await producer.client.enqueue('slow');
    await world.clock.advance(1_000);
    expect(await producer.client.getJob(id)).toMatchObject({ status: 'failed' });
    expect(worker.runner.status.slots['tasqueue:tasks']?.busy).toBe(0);
  });
});
