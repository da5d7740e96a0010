import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { job } from '../../../lib/core/spec/job.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

async function working(settings: object, options = {}) {
  const held = new HeldHandler();
  const world = memoryWorld();
  const instance = new Instance(world, options).task('work', held.handle, {
    queue: 'q',
    ...settings,
  });
  await instance.start();
  const quiet = async () => world.clock.advance(0);
  return { instance, client: instance.client, runner: instance.runner, held, world, quiet };
}

describe('concurrency', () => {
  it('is never exceeded, and never left unused', async () => {
    const { client, held, quiet } = await working({ concurrency: 3 });
    await client.enqueueMany(numbers(20).map((n) => job('work', n)));
    for (let ended = 0; ended < 20; ended += 1) {
      await quiet();
      expect(held.active).toBe(Math.min(3, 20 - ended));
      held.runs[ended]?.finish();
    }
    await quiet();
    expect(held.mostActive).toBe(3);
    expect(held.runs.map(({ payload }) => payload)).toEqual(numbers(20));
  });

  it('is that of the queue, whatever the task', async () => {
    const [a, b] = [new HeldHandler(), new HeldHandler()];
    const instance = new Instance(memoryWorld())
      .task('a', a.handle, { queue: 'q', concurrency: 2 })
      .task('b', b.handle, { queue: 'q' });
    await instance.start();
    await instance.client.enqueueMany(numbers(6).map((n) => job(n % 2 === 0 ? 'a' : 'b', n)));
    await instance.world.clock.advance(0);
    expect(a.active + b.active).toBe(2);
  });

  it('is counted for each queue by itself', async () => {
    const [a, b] = [new HeldHandler(), new HeldHandler()];
    const instance = new Instance(memoryWorld())
      .task('a', a.handle, { queue: 'qa', concurrency: 1 })
      .task('b', b.handle, { queue: 'qb', concurrency: 2 });
    await instance.start();
    await instance.client.enqueueMany(numbers(8).map((n) => job(n % 2 === 0 ? 'a' : 'b', n)));
    await instance.world.clock.advance(0);
    expect([a.active, b.active]).toEqual([1, 2]);
  });

  it('is by default the number of CPUs', async () => {
    const { client, held, quiet } = await working({});
    await client.enqueueMany(numbers(10).map((n) => job('work', n)));
    await quiet();
    expect(held.active).toBe(4);
  });

  it('is what the options say of a queue, and only their queues are worked on', async () => {
    const options = { queues: { q: { concurrency: 1 }, extra: {} } };
    const { client, runner, held, quiet } = await working({ concurrency: 3 }, options);
    await client.enqueueMany(numbers(3).map((n) => job('work', n)));
    await client.enqueue('work', 'extra', { queue: 'extra' });
    await client.enqueue('work', 'elsewhere', { queue: 'elsewhere' });
    await quiet();
    expect(held.runs.map(({ payload }) => payload)).toEqual([0, 'extra']);
    expect(runner.status.slots).toMatchObject({ q: { concurrency: 1 }, extra: { concurrency: 4 } });
    expect(Object.keys(runner.status.slots)).toEqual(['q', 'extra']);
  });

  it('may be raised: more start at once', async () => {
    const { client, runner, held, quiet } = await working({ concurrency: 1 });
    await client.enqueueMany(numbers(10).map((n) => job('work', n)));
    await quiet();
    runner.setConcurrency('q', 4);
    await quiet();
    expect(held.active).toBe(4);
  });

  it('may be lowered: what runs goes on, and no more starts until there is room', async () => {
    const { client, runner, held, quiet } = await working({ concurrency: 4 });
    await client.enqueueMany(numbers(10).map((n) => job('work', n)));
    await quiet();
    runner.setConcurrency('q', 2);
    for (const [index, active] of [3, 2, 2, 2].entries()) {
      held.runs[index]?.finish();
      await quiet();
      expect(held.active).toBe(active);
    }
  });

  it('holds while it is changed in the midst of things', async () => {
    const { client, runner, held, quiet } = await working({ concurrency: 5 });
    await client.enqueueMany(numbers(200).map((n) => job('work', n)));
    let ended = 0;
    for (const concurrency of [5, 1, 8, 2, 3, 10, 1, 6]) {
      const before = held.active;
      runner.setConcurrency('q', concurrency);
      await quiet();
      expect(held.active).toBe(Math.max(concurrency, before));
      for (let n = 0; n < 12; n += 1) {
        held.runs[ended]?.finish();
        ended += 1;
        await quiet();
      }
      expect(held.active).toBe(concurrency);
    }
  });

  it('stays as it was set when the workers are stopped and started', async () => {
    const { runner } = await working({ concurrency: 1 });
    runner.setConcurrency('q', 7);
    await runner.stop();
    await runner.start();
    expect(runner.status.slots).toMatchObject({ q: { concurrency: 7 } });
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('of %s is refused', async (concurrency) => {
    const { runner } = await working({});
    expect(() => runner.setConcurrency('q', concurrency)).toThrow(InvalidOptionsError);
    expect(() => new Instance(memoryWorld(), { queues: { q: { concurrency } } })).toThrow(
      InvalidOptionsError,
    );
  });

  it('of a queue that this process does not work on is refused, by name', async () => {
    const { runner } = await working({});
    for (const call of [
      () => runner.setConcurrency('other', 1),
      () => runner.pause('other'),
      () => runner.resume('other'),
    ])
      expect(call).toThrow(/'q'.*'other'/);
  });
});
