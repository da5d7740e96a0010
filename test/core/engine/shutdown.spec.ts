import { describe, expect, it } from 'vitest';
import { ShutdownError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { job } from '../../../lib/core/spec/job.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';

describe('a stop', () => {
  it('lets running handlers end within shutdownTimeout, and claims nothing more', async () => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('hold');
    const run = await instance.held.run(1);
    const stopped = outcomeOf(instance.runner.stop());
    await instance.client.enqueue('give', 'too late');
    await instance.clock.advance(9_000);
    expect(stopped.settled).toBe(false);
    expect(run.ctx.signal.aborted).toBe(false);
    run.finish('in time');
    await instance.quiet();
    expect(stopped.settled).toBe(true);
    expect(await handle.get()).toMatchObject({ status: 'successful' });
    expect(await instance.client.getResult(handle.id)).toBe('in time');
    expect(instance.starts).toEqual([undefined]);
  });

  it('aborts the rest, and puts their jobs back as they were: neither success nor failure', async () => {
    const instance = await scripted({ shutdownTimeout: 2_000 });
    const { client, held, clock } = instance;
    const options = { maxRetries: 2, backoff: 10, onError: [job('note', 1)] };
    const handle = await client.enqueue('hold', 'p', options);
    (await held.run(1)).fail(new Error('no'));
    await clock.advance(10);
    const run = await held.run(2);
    await run.ctx.save('half done');
    await run.ctx.progress(0.5);
    const stopped = instance.runner.stop();
    await clock.advance(2_000);
    await stopped;
    expect(run.ctx.signal.reason).toBeInstanceOf(ShutdownError);
    expect(await handle.get()).toMatchObject({
      status: 'queued',
      retried: 1,
      attempt: 2,
      errors: [{ message: 'no' }],
      lastProgress: 0.5,
    });
    expect(await client.getResult(handle.id)).toBeUndefined();
    expect((await instance.admin.stats(QUEUE)).queued).toBe(1);
    expect((await instance.admin.failed()).items).toEqual([]);
  });

  it.each(['returns', 'throws', 'pays no heed'])(
    'puts back the job of a handler that %s when its signal fires',
    async (how) => {
      const world = (await scripted()).world;
      const instance = new Scripted(world, { queues: ['q'], shutdownTimeout: 1_000 });
      const starts: number[] = [];
      instance.task(
        'heed',
        async (_: never, ctx) =>
          new Promise((resolve, reject) => {
            starts.push(ctx.attempt);
            ctx.signal.addEventListener('abort', () => {
              if (how === 'throws') reject(new Error('aborted'));
              if (how === 'returns') resolve('cut short');
            });
          }),
        { queue: 'q' },
      );
      await instance.start();
      const handle = await instance.client.enqueue('heed');
      await instance.quiet();
      const stopped = instance.runner.stop();
      await world.clock.advance(1_500);
      await stopped;
      // What ends well in spite of the signal has ended well.
      expect((await handle.get()).status).toBe(how === 'returns' ? 'successful' : 'queued');
      expect(starts).toEqual([1]);
    },
  );

  it('hands jobs back in front of their queue, for others at once', async () => {
    const first = await scripted({ queues: { [QUEUE]: { concurrency: 1 } }, shutdownTimeout: 0 });
    await first.client.enqueueMany(['a', 'b', 'c'].map((name) => job('hold', name)));
    await first.held.run(1);
    const stopped = first.runner.stop();
    await first.clock.advance(1);
    await stopped;
    const second = new Scripted(first.world, { queues: { [QUEUE]: { concurrency: 1 } } });
    await second.start();
    for (const count of [1, 2, 3]) (await second.held.run(count)).finish();
    expect(second.held.runs.map(({ payload }) => payload)).toEqual(['a', 'b', 'c']);
    expect(second.held.runs[0]?.ctx).toMatchObject({ attempt: 2, retried: 0, crashes: 0 });
  });

  it('counts as no crash, however often it strikes the same job', async () => {
    const instance = await scripted({ shutdownTimeout: 0, maxCrashes: 1 });
    const handle = await instance.client.enqueue('hold');
    for (let restart = 1; restart <= 6; restart += 1) {
      await instance.held.run(restart);
      const stopped = instance.runner.stop();
      await instance.clock.advance(10);
      await stopped;
      await instance.runner.start();
    }
    const run = await instance.held.run(7);
    expect(run.ctx).toMatchObject({ attempt: 7, retried: 0, crashes: 0 });
    run.finish('at last');
    expect(await handle.result()).toBe('at last');
  });

  it('keeps the late handler of an aborted job from changing anything', async () => {
    const instance = await scripted({ shutdownTimeout: 0 });
    const handle = await instance.client.enqueue('hold');
    const first = await instance.held.run(1);
    const stopped = instance.runner.stop();
    await instance.clock.advance(10);
    await stopped;
    await instance.runner.start();
    const second = await instance.held.run(2);
    await expect(first.ctx.save('late')).rejects.toThrow(ShutdownError);
    first.finish('late');
    await instance.clock.advance(500);
    expect((await handle.get()).status).toBe('processing');
    second.finish('second');
    expect(await handle.result()).toBe('second');
  });

  it('lets what has ended bring about what follows', async () => {
    const instance = await scripted();
    const steps = [job('hold', 1), job('give', 2)];
    const handle = await instance.client.enqueueChain(chain(steps));
    const run = await instance.held.run(1);
    const stopped = instance.runner.stop();
    await instance.quiet();
    run.finish('first');
    await stopped;
    expect(await handle.get()).toMatchObject({
      status: 'processing',
      prevJobs: [`${handle.id}:0`],
    });
    expect((await instance.client.getJob(`${handle.id}:1`)).status).toBe('queued');
  });
});
