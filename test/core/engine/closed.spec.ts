import { describe, expect, it } from 'vitest';
import { ClosedError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const jobs = [job('give', 1), job('give', 2)];

const calls: Record<string, (instance: Scripted) => Promise<unknown>> = {
  enqueue: async ({ client }) => client.enqueue('give', 1),
  'enqueue with an own id': async ({ client }) => client.enqueue('give', 1, { id: 'w' }),
  'enqueue of a schedule': async ({ client }) =>
    client.enqueue('give', 1, { schedule: '* * * * *' }),
  enqueueMany: async ({ client }) => client.enqueueMany(jobs),
  enqueueGroup: async ({ client }) => client.enqueueGroup(group(jobs)),
  'enqueueGroup without jobs': async ({ client }) => client.enqueueGroup(group([])),
  enqueueChain: async ({ client }) => client.enqueueChain(chain(jobs, { id: 'c' })),
  getJob: async ({ client }) => client.getJob('w'),
  getGroup: async ({ client }) => client.getGroup('w'),
  getChain: async ({ client }) => client.getChain('w'),
  getResult: async ({ client }) => client.getResult('w'),
  deleteJob: async ({ client }) => client.deleteJob('w'),
  cancel: async ({ client }) => client.cancel('w'),
  retry: async ({ client }) => client.retry('w'),
  queues: async ({ admin }) => admin.queues(),
  stats: async ({ admin }) => admin.stats('q'),
  pending: async ({ admin }) => admin.pending('q'),
  scheduled: async ({ admin }) => admin.scheduled('q'),
  successful: async ({ admin }) => admin.successful(),
  failed: async ({ admin }) => admin.failed(),
  cancelled: async ({ admin }) => admin.cancelled(),
  pause: async ({ admin }) => admin.pause('q'),
  resume: async ({ admin }) => admin.resume('q'),
  clear: async ({ admin }) => admin.clear('q'),
  schedules: async ({ admin }) => admin.schedules(),
  runNow: async ({ admin }) => admin.runNow('w'),
  retryAll: async ({ admin }) => admin.retryAll(),
  deleteAll: async ({ admin }) => admin.deleteAll(),
  workers: async ({ admin }) => admin.workers(),
  'runner.start': async ({ runner }) => runner.start(),
};

describe('after close', () => {
  it.each(Object.entries(calls))('%s rejects with ClosedError', async (_, call) => {
    const instance = await scripted();
    await instance.close();
    await expect(call(instance)).rejects.toThrow(ClosedError);
  });

  it('handles reject with ClosedError', async () => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('give', 1);
    await handle.result();
    await instance.close();
    await expect(handle.get()).rejects.toThrow(ClosedError);
    await expect(handle.result()).rejects.toThrow(ClosedError);
  });

  it('handles of groups and chains reject with ClosedError', async () => {
    const instance = await scripted();
    const handles = [
      await instance.client.enqueueGroup(group(jobs)),
      await instance.client.enqueueChain(chain(jobs)),
    ];
    await instance.close();
    for (const handle of handles) {
      await expect(handle.get()).rejects.toThrow(ClosedError);
      await expect(handle.result()).rejects.toThrow(ClosedError);
    }
  });

  it('nothing is left: no timer, no session, no listener', async () => {
    const instance = await scripted();
    const { client, world, clock } = instance;
    await client.enqueue('give', 1, { delay: 1_000 });
    await client.enqueue('hold');
    await instance.held.run(1);
    await instance.close();
    expect(clock.armed).toBe(0);
    expect(await world.broker.inspect.sessions()).toEqual([]);
    expect(instance.runner.status).toMatchObject({ running: false, slots: {} });
  });

  it('close again, and stop, do nothing', async () => {
    const instance = await scripted();
    await Promise.all([instance.close(), instance.close()]);
    await instance.close();
    await instance.runner.stop();
    await instance.tasqueue.stop();
    await instance.tasqueue.start();
    await instance.tasqueue.connect();
    expect(instance.runner.status.running).toBe(false);
  });
});

it('an instance that was never connected can be closed', async () => {
  const instance = await scripted();
  const never = new Scripted(instance.world);
  const waiting = outcomeOf(never.client.getJob('w'));
  await never.close();
  expect(waiting.error).toBeInstanceOf(ClosedError);
  await expect(never.client.getJob('w')).rejects.toThrow(ClosedError);
});

it('two hundred instances that come and go leave nothing behind', async () => {
  const world = memoryWorld();
  for (let cycle = 0; cycle < 200; cycle += 1) {
    const instance = new Scripted(world);
    await instance.start();
    const handle = await instance.client.enqueue('give', cycle);
    expect(await handle.result()).toBe(cycle);
    await instance.close();
  }
  expect(world.clock.armed).toBe(0);
  expect(await world.broker.inspect.sessions()).toEqual([]);
  expect((await world.results.counts()).successful).toBe(200);
});
