import { describe, expect, it } from 'vitest';
import { JobContext } from '../../../lib/core/job-context.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const FIELDS = [
  'id task payload queue status maxRetries retried attempt crashes prevError priority headers',
  'enqueuedAt eta processedAt finishedAt expiresAt timeout schedule scheduleId prevJobResult',
  'onSuccessIds onErrorIds groupId chainId lastProgress logs errors',
].flatMap((line) => line.split(' '));

function shownBy(ctx: JobContext): Record<string, unknown> {
  return Object.fromEntries(FIELDS.map((field) => [field, Reflect.get(ctx, field)]));
}

async function held(settings = {}) {
  const handler = new HeldHandler();
  const world = memoryWorld();
  const instance = new Instance(world).task('work', handler.handle, settings);
  await instance.start();
  return { instance, handler, clock: world.clock };
}

describe('the context of a handler', () => {
  it('is a JobContext with the fields of the job', async () => {
    const { instance, handler, clock } = await held({ queue: 'q', maxRetries: 2, backoff: 1_000 });
    const options = { priority: 4, headers: { a: 'b' }, timeout: 9_000, delay: 100 };
    const handle = await instance.client.enqueue('work', { n: 1 }, options);
    await clock.advance(100);
    (await handler.run(1)).fail(new Error('first'));
    await clock.advance(1_500);
    const { ctx } = await handler.run(2);
    expect(ctx).toBeInstanceOf(JobContext);
    const shown = await handle.get();
    expect(shownBy(ctx)).toEqual(Object.fromEntries(FIELDS.map((f) => [f, Reflect.get(shown, f)])));
    expect(ctx).toMatchObject({ status: 'processing', attempt: 2, retried: 1, prevError: 'first' });
  });

  it('counts every start as an attempt, and only retries used as retried', async () => {
    const { instance, handler, clock } = await held({ maxRetries: 1, backoff: 1_000 });
    const handle = await instance.client.enqueue('work');
    (await handler.run(1)).fail(new Error('first'));
    await clock.advance(1_000);
    (await handler.run(2)).fail(new Error('second'));
    await clock.advance(0);
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 2, retried: 1 });
    await instance.client.retry(handle.id);
    expect((await handler.run(3)).ctx).toMatchObject({ attempt: 3, retried: 0 });
  });

  it('stores progress for all to see, and keeps it over attempts', async () => {
    const { instance, handler, clock } = await held({ maxRetries: 1, backoff: 1_000 });
    const handle = await instance.client.enqueue('work');
    const first = await handler.run(1);
    await first.ctx.progress({ done: 0.5 });
    expect(await handle.get()).toMatchObject({
      status: 'processing',
      attempt: 1,
      lastProgress: { done: 0.5 },
    });
    expect(first.ctx.lastProgress).toEqual({ done: 0.5 });
    first.fail(new Error('again'));
    await clock.advance(1_000);
    expect((await handler.run(2)).ctx.lastProgress).toEqual({ done: 0.5 });
    handler.finishAll(1);
    await handle.result();
    expect((await handle.get()).lastProgress).toEqual({ done: 0.5 });
  });

  it('tells when a saved value or a progress cannot be encoded, and goes on', async () => {
    const { instance, handler } = await held();
    const handle = await instance.client.enqueue('work');
    const { ctx, finish } = await handler.run(1);
    await expect(ctx.save({ big: 1n })).rejects.toThrow(/result\.big/);
    await expect(ctx.progress({ big: 1n })).rejects.toThrow(/progress\.big/);
    finish('fine');
    expect(await handle.result()).toBe('fine');
    expect((await handle.get()).lastProgress).toBeUndefined();
  });
});
