import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JobContext } from '../../../lib/core/job-context.js';
import type { CallbackKind } from '../../../lib/core/task-entry.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld, type Handler } from '../../support/engine/instance.js';

/** Callbacks that note what they are told, and throw all the same. */
function noting() {
  const told: unknown[][] = [];
  const note =
    (kind: CallbackKind) =>
    (ctx: JobContext, error?: Error): never => {
      told.push([kind, ctx.id, ctx.status, ctx.attempt, ...(error ? [error.message] : [])]);
      throw new Error(`the ${kind} callback threw`);
    };
  const callbacks = {
    processing: [note('processing')],
    success: [note('success')],
    retrying: [note('retrying')],
    failed: [note('failed')],
  };
  return { told, callbacks };
}

async function running(handler: Handler, settings = {}) {
  const { told, callbacks } = noting();
  const world = memoryWorld();
  const instance = new Instance(world).task('work', handler, { callbacks, ...settings });
  await instance.start();
  return { instance, told, clock: world.clock };
}

describe('callbacks on a task', () => {
  it('are told of each transition once; what they throw is logged and changes nothing', async () => {
    const fail = (_: never, ctx: JobContext) => {
      if (ctx.attempt < 3) throw new Error(`no ${ctx.attempt}`);
      return 'fine';
    };
    const { instance, told, clock } = await running(fail, { maxRetries: 2, backoff: 10 });
    const handle = await instance.client.enqueue('work', null, { id: 'w' });
    await clock.advance(1_000);
    expect(await handle.result()).toBe('fine');
    expect(told).toEqual([
      ['processing', 'w', 'processing', 1],
      ['retrying', 'w', 'retrying', 1, 'no 1'],
      ['processing', 'w', 'processing', 2],
      ['retrying', 'w', 'retrying', 2, 'no 2'],
      ['processing', 'w', 'processing', 3],
      ['success', 'w', 'successful', 3],
    ]);
    const logged = instance.lines.filter(({ message }) => message.includes('callback'));
    expect(logged).toHaveLength(6);
  });

  it('are told of a failure for good, with its error', async () => {
    const { instance, told, clock } = await running(() => {
      throw new Error('broken');
    });
    await instance.client.enqueue('work', null, { id: 'w' });
    await clock.advance(0);
    expect(told.at(-1)).toEqual(['failed', 'w', 'failed', 1, 'broken']);
  });

  it('see the job as its transition left it', async () => {
    const seen: unknown[] = [];
    const look = (ctx: JobContext) => {
      seen.push([ctx.eta?.getTime(), ctx.finishedAt?.getTime(), ctx.prevError]);
    };
    const callbacks = { processing: [], success: [], retrying: [look], failed: [look] };
    const fail = () => {
      throw new Error('no');
    };
    const { instance, clock } = await running(fail, { callbacks, maxRetries: 1, backoff: 500 });
    const start = clock.now();
    await instance.client.enqueue('work');
    await clock.advance(1_000);
    expect(seen).toEqual([
      [start + 500, undefined, 'no'],
      [undefined, start + 500, 'no'],
    ]);
  });

  it('are told of the failure of a job whose handler was never called', async () => {
    const { told, callbacks } = noting();
    const world = memoryWorld();
    const worker = new Instance(world).task('work', () => 1, {
      callbacks,
      payload: z.object({ n: z.number() }),
    });
    const producer = await new Instance(world, { role: 'producer' }).connect();
    const expiresAt = new Date(world.clock.now());
    await producer.client.enqueue('work', { n: 1 }, { id: 'expired', expiresAt });
    await producer.client.enqueue('work', { n: 'one' }, { id: 'invalid' });
    await world.clock.advance(1);
    await worker.start();
    await world.clock.advance(0);
    expect(told).toEqual([
      ['failed', 'expired', 'failed', 0, expect.stringContaining('expired')],
      ['failed', 'invalid', 'failed', 1, expect.stringContaining('payload')],
    ]);
  });

  it('are not told of a job that is cancelled or handed back', async () => {
    const held = new HeldHandler();
    const { instance, told, clock } = await running(held.handle, { maxRetries: 3 });
    await instance.client.enqueue('work', null, { id: 'a' });
    await instance.client.enqueue('work', null, { id: 'b' });
    await held.run(2);
    await instance.client.cancel('a');
    const stopped = instance.runner.stop();
    await clock.advance(60_000);
    await stopped;
    expect(told.map(([kind]) => kind)).toEqual(['processing', 'processing']);
  });
});
