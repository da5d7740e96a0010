import { describe, expect, it } from 'vitest';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';

describe('a queue that is paused', () => {
  it('gives nothing out, in any process, until it is resumed', async () => {
    const first = await scripted();
    const second = new Scripted(first.world);
    await second.start();
    await first.admin.pause(QUEUE);
    for (const n of [1, 2, 3]) await second.client.enqueue('give', n);
    await first.client.enqueue('give', 'delayed', { delay: 1_000 });
    await first.clock.advance(60_000);
    expect([...first.starts, ...second.starts]).toEqual([]);
    expect(await second.admin.stats(QUEUE)).toMatchObject({ queued: 4, paused: true });
    await second.admin.resume(QUEUE);
    await first.quiet();
    expect([...first.starts, ...second.starts]).toHaveLength(4);
  });

  it('lets what runs go on, and has it recorded', async () => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('hold');
    const run = await instance.held.run(1);
    await instance.admin.pause(QUEUE);
    run.finish('done');
    expect(await handle.result()).toBe('done');
  });

  it('stays paused for workers that start later', async () => {
    const instance = await scripted();
    await instance.admin.pause(QUEUE);
    await instance.runner.stop();
    await instance.client.enqueue('give', 1);
    await instance.runner.start();
    await instance.clock.advance(10_000);
    expect(instance.starts).toEqual([]);
  });

  it('does not hold up other queues', async () => {
    const instance = new Scripted(undefined, { queues: [QUEUE, 'other'] });
    await instance.start();
    await instance.admin.pause(QUEUE);
    await instance.client.enqueue('give', 1, { queue: 'other' });
    await instance.quiet();
    expect(instance.starts).toEqual([1]);
  });

  it('may be paused before it holds anything, and paused and resumed twice', async () => {
    const instance = await scripted();
    for (const act of ['pause', 'pause', 'resume', 'resume'] as const)
      await instance.admin[act](QUEUE);
    await instance.client.enqueue('give', 1);
    await instance.quiet();
    expect(instance.starts).toEqual([1]);
  });
});
