import { describe, expect, it } from 'vitest';
import { InvalidStateError } from '../../../lib/core/errors.js';
import { Instance } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';

describe('the runner', () => {
  it('is started by hand where autoStart is off', async () => {
    const instance = await scripted({ autoStart: false });
    const handle = await instance.client.enqueue('give', 1);
    await instance.clock.advance(10_000);
    expect(instance.starts).toEqual([]);
    expect(instance.runner.status).toMatchObject({ running: false, slots: {}, abandoned: 0 });
    await instance.runner.start();
    expect(await handle.result()).toBe(1);
    expect(instance.runner.status.running).toBe(true);
  });

  it('starts, stops and starts again', async () => {
    const instance = await scripted();
    for (const n of [1, 2, 3]) {
      const handle = await instance.client.enqueue('give', n);
      expect(await handle.result()).toBe(n);
      await instance.runner.stop();
      const waits = await instance.client.enqueue('give', n);
      await instance.clock.advance(60_000);
      expect((await waits.get()).status).toBe('queued');
      await instance.runner.start();
      expect(await waits.result()).toBe(n);
    }
  });

  it('refuses to start in a producer', async () => {
    const instance = await new Scripted(undefined, { role: 'producer' }).connect();
    await instance.tasqueue.start();
    expect(instance.runner.status.running).toBe(false);
    await expect(instance.runner.start()).rejects.toThrow(InvalidStateError);
    expect(await instance.world.broker.inspect.sessions()).toEqual([]);
  });

  it('pauses a queue in this process only, also over a restart', async () => {
    const first = await scripted();
    const second = new Scripted(first.world);
    await second.start();
    first.runner.pause(QUEUE);
    for (const n of [1, 2, 3, 4, 5]) await first.client.enqueue('give', n);
    await first.quiet();
    expect([first.starts.length, second.starts.length]).toEqual([0, 5]);
    await first.runner.stop();
    await first.runner.start();
    await second.runner.stop();
    await first.client.enqueue('give', 6);
    await first.clock.advance(10_000);
    expect(first.starts).toEqual([]);
    first.runner.resume(QUEUE);
    await first.quiet();
    expect(first.starts).toEqual([6]);
  });

  it('lets what runs go on while its queue is paused', async () => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('hold');
    const run = await instance.held.run(1);
    instance.runner.pause(QUEUE);
    run.finish('done');
    expect(await handle.result()).toBe('done');
  });

  it('can be told to start and stop ten times at once, fifty times over', async () => {
    const instance = await scripted({ autoStart: false });
    const { runner, clock, world } = instance;
    let seed = 7;
    const chance = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 50; round += 1) {
      const calls = Array.from({ length: 10 }, async () =>
        chance() < 0.5 ? runner.start() : runner.stop(),
      );
      const settled = Promise.allSettled(calls);
      const outcome = outcomeOf(settled);
      for (let turn = 0; turn < 20 && !outcome.settled; turn += 1) await clock.advance(1_000);
      expect(outcome.settled).toBe(true);
      for (const { status } of await settled) expect(status).toBe('fulfilled');
      const { running } = runner.status;
      expect(await world.broker.inspect.sessions()).toHaveLength(running ? 1 : 0);
    }
    await runner.stop();
    expect(await world.broker.inspect.sessions()).toEqual([]);
    await runner.start();
    const handle = await instance.client.enqueue('give', 'alive');
    expect(await handle.result()).toBe('alive');
  });

  it('stops at once when it is stopped while it starts, however old the process', async () => {
    const instance = await scripted({ autoStart: false });
    await instance.clock.advance(3_600_000);
    const started = instance.runner.start();
    const stopped = outcomeOf(instance.runner.stop());
    await instance.quiet();
    expect(stopped.settled).toBe(true);
    await started;
    expect(instance.lines).toEqual([]);
    expect(await instance.world.broker.inspect.sessions()).toEqual([]);
  });

  it('can be started again after a start that failed', async () => {
    const fine = await scripted({ autoStart: false });
    let broken = true;
    const broker = overriding(fine.world.broker, {
      open: async (info) => {
        if (broken) throw new Error('not now');
        return fine.world.broker.open(info);
      },
    });
    const instance = new Scripted({ ...fine.world, broker }, { autoStart: false });
    await instance.connect();
    await expect(instance.runner.start()).rejects.toThrow('not now');
    expect(instance.runner.status.running).toBe(false);
    broken = false;
    await instance.runner.start();
    const handle = await instance.client.enqueue('give', 1);
    expect(await handle.result()).toBe(1);
  });

  it('works on the queues of its tasks, each once', async () => {
    const instance = new Instance((await scripted()).world)
      .task('a', () => 1, { queue: 'x' })
      .task('b', () => 1, { queue: 'x' })
      .task('c', () => 1);
    await instance.start();
    expect(Object.keys(instance.runner.status.slots)).toEqual(['x', QUEUE]);
  });
});
