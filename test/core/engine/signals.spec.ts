import { describe, expect, it } from 'vitest';
import {
  CancelledError,
  LeaseLostError,
  ShutdownError,
  TimeoutError,
} from '../../../lib/core/errors.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

async function running(settings = {}) {
  const held = new HeldHandler();
  const world = memoryWorld();
  const instance = new Instance(world).task('work', held.handle, settings);
  await instance.start();
  const handle = await instance.client.enqueue('work');
  const { ctx } = await held.run(1);
  const heard: unknown[] = [];
  ctx.signal.addEventListener('abort', () => void heard.push(ctx.signal.reason));
  expect(ctx.signal.aborted).toBe(false);
  return { instance, world, held, handle, ctx, heard, clock: world.clock };
}

describe('the signal of a handler', () => {
  it('fires with a TimeoutError when the attempt takes too long', async () => {
    const { clock, heard } = await running({ timeout: 1_000 });
    await clock.advance(999);
    expect(heard).toEqual([]);
    await clock.advance(1);
    expect(heard).toEqual([expect.any(TimeoutError)]);
  });

  it('fires with a CancelledError when the job is cancelled, by any process', async () => {
    const { world, handle, clock, heard } = await running();
    const other = await new Instance(world, { role: 'producer' }).connect();
    expect(await other.client.cancel(handle.id)).toBe(true);
    await clock.advance(0);
    expect(heard).toEqual([expect.any(CancelledError)]);
  });

  it('fires with a CancelledError that says so when the job is deleted', async () => {
    const { instance, handle, clock, heard } = await running();
    await instance.client.deleteJob(handle.id);
    await clock.advance(0);
    expect(heard).toEqual([expect.any(CancelledError)]);
    expect(heard[0]).toMatchObject({ message: expect.stringContaining('deleted') });
  });

  it('fires with a ShutdownError once the grace of a stop is over', async () => {
    const { instance, clock, heard } = await running();
    const stopped = instance.runner.stop();
    await clock.advance(9_999);
    expect(heard).toEqual([]);
    await clock.advance(10_000);
    await stopped;
    expect(heard).toEqual([expect.any(ShutdownError)]);
  });

  it('fires with a LeaseLostError when another worker has taken the job over', async () => {
    const { instance, world, handle, clock, heard } = await running();
    // As after a pause of the process: its session is gone, and so is its claim.
    const [session] = await world.broker.inspect.sessions();
    await world.broker.leave(session!.session);
    const held = new HeldHandler();
    const other = new Instance(world).task('work', held.handle);
    await other.start();
    await held.run(1);
    await clock.advance(20_000);
    expect(heard).toEqual([expect.any(LeaseLostError)]);
    held.finishAll('of the other');
    expect(await handle.result()).toBe('of the other');
    expect(instance.lines).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('lost the lease') }),
    );
  });

  it('fires for a handler that looks at it only afterwards', async () => {
    const held = new HeldHandler();
    const world = memoryWorld();
    const instance = new Instance(world).task('work', held.handle, { timeout: 10 });
    await instance.start();
    await instance.client.enqueue('work');
    const { ctx } = await held.run(1);
    await world.clock.advance(10);
    expect(ctx.signal.aborted).toBe(true);
    expect(ctx.signal.reason).toBeInstanceOf(TimeoutError);
  });
});
