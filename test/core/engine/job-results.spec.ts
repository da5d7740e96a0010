import { describe, expect, it } from 'vitest';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld, type Handler } from '../../support/engine/instance.js';

async function running(handler: Handler, settings = {}) {
  const instance = new Instance(memoryWorld()).task('work', handler, settings);
  await instance.start();
  return instance;
}

describe('the result of a job', () => {
  it('is what the handler returns', async () => {
    const instance = await running(() => ({ sum: 3 }));
    const handle = await instance.client.enqueue('work');
    expect(await handle.result()).toEqual({ sum: 3 });
    expect(await instance.client.getResult(handle.id)).toEqual({ sum: 3 });
  });

  it('is what it saved, when it returns nothing', async () => {
    const instance = await running(async (_: never, ctx) => ctx.save('saved'));
    const handle = await instance.client.enqueue('work');
    expect(await handle.result()).toBe('saved');
  });

  it('is what it returned, when it saved something else before', async () => {
    const instance = await running(async (_: never, ctx) => {
      await ctx.save('saved');
      return 'returned';
    });
    expect(await (await instance.client.enqueue('work')).result()).toBe('returned');
  });

  it('is null where null is returned, and that overrides what was saved', async () => {
    const instance = await running(async (_: never, ctx) => {
      await ctx.save('saved');
      return null;
    });
    const handle = await instance.client.enqueue('work');
    expect(await handle.result()).toBeNull();
    expect(await instance.client.getResult(handle.id)).toBeNull();
  });

  it('is undefined where nothing was saved or returned', async () => {
    const instance = await running(() => {});
    const handle = await instance.client.enqueue('work');
    expect(await handle.result()).toBeUndefined();
    expect(await instance.client.getResult(handle.id)).toBeUndefined();
  });

  it('comes as a Uint8Array where it was bytes', async () => {
    const instance = await running(() => Buffer.from([1, 2, 3]));
    const result = await (await instance.client.enqueue('work')).result();
    expect(result).toEqual(Uint8Array.of(1, 2, 3));
    expect(Buffer.isBuffer(result)).toBe(false);
  });

  it('can be read while the handler still runs, once save() has resolved', async () => {
    const saved = new HeldHandler();
    const instance = await running(async (payload, ctx) => {
      await ctx.save('early');
      return saved.handle(payload, ctx);
    });
    const { id } = await instance.client.enqueue('work');
    await saved.run(1);
    expect(await instance.client.getResult(id)).toBe('early');
  });

  it('starts empty in a retry', async () => {
    const held = new HeldHandler();
    const instance = await running(
      async (payload, ctx) => {
        if (ctx.attempt === 1) await ctx.save('of the first attempt');
        return held.handle(payload, ctx);
      },
      { maxRetries: 1, backoff: 1_000 },
    );
    const handle = await instance.client.enqueue('work');
    (await held.run(1)).fail(new Error('again'));
    await instance.world.clock.advance(1_500);
    await held.run(2);
    expect(await instance.client.getResult(handle.id)).toBeUndefined();
    held.finishAll();
    expect(await handle.result()).toBeUndefined();
  });

  it('starts empty between two attempts', async () => {
    const instance = await running(
      async (_: never, ctx) => {
        await ctx.save('of a failed attempt');
        throw new Error('again');
      },
      { maxRetries: 1, backoff: 1_000 },
    );
    const { id } = await instance.client.enqueue('work');
    await instance.world.clock.advance(500);
    expect(await instance.client.getJob(id)).toMatchObject({ status: 'retrying' });
    expect(await instance.client.getResult(id)).toBeUndefined();
  });

  it('starts empty when the job is retried by hand', async () => {
    const held = new HeldHandler();
    const instance = await running(async (payload, ctx) => {
      if (ctx.attempt === 1) await ctx.save('old');
      return held.handle(payload, ctx);
    });
    const { id } = await instance.client.enqueue('work');
    (await held.run(1)).fail(new Error('no'));
    await instance.world.clock.advance(0);
    await instance.client.retry(id);
    expect(await instance.client.getResult(id)).toBeUndefined();
    await held.run(2);
    expect(await instance.client.getResult(id)).toBeUndefined();
  });

  it('cannot be saved any more once the handler has ended', async () => {
    let late: (() => Promise<void>) | undefined;
    const instance = await running((_: never, ctx) => {
      late = async () => ctx.save('late');
      return 'in time';
    });
    const handle = await instance.client.enqueue('work');
    await handle.result();
    await expect(late?.()).rejects.toMatchObject({ code: 'TASQUEUE_INVALID_STATE' });
    expect(await handle.result()).toBe('in time');
  });
});
