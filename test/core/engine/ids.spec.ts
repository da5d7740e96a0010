import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { HeldHandler } from '../../support/engine/held-handler.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';

async function setUp(options = {}) {
  const held = new HeldHandler();
  const world = memoryWorld();
  const instance = new Instance(world, options).task('work', held.handle, { queue: 'q' });
  await instance.connect();
  return { instance, client: instance.client, held, clock: world.clock };
}

type Client = Instance['client'];

const pair = () => [job('work', 'x'), job('work', 'y')];
const kinds: Record<string, (client: Client) => Promise<{ id: string; duplicate: boolean }>> = {
  'a job': async (client) => client.enqueue('work', 'new', { id: 'mine' }),
  'one of many jobs': async (client) =>
    (await client.enqueueMany([job('work', 'new', { id: 'mine' })]))[0],
  'a group': async (client) => client.enqueueGroup(group(pair(), { id: 'mine' })),
  'a chain': async (client) => client.enqueueChain(chain(pair(), { id: 'mine' })),
  'a schedule': async (client) => client.enqueue('work', 0, { id: 'mine', schedule: '0 0 1 1 *' }),
};
const names = Object.keys(kinds);

describe('an id that is known', () => {
  it.each(names.flatMap((first) => names.map((second) => [first, second] as const)))(
    'as %s is not overwritten by %s',
    async (first, second) => {
      const { client, instance } = await setUp();
      expect((await kinds[first]!(client)).duplicate).toBe(false);
      const before = await everything(instance);
      const handle = await kinds[second]!(client);
      expect(handle).toMatchObject({ id: 'mine', duplicate: true });
      expect(await everything(instance)).toEqual(before);
    },
  );

  it.each(names)('as a job that runs is not overwritten by %s', async (second) => {
    const { client, instance, held, clock } = await setUp();
    await instance.runner.start();
    await client.enqueue('work', 'old', { id: 'mine' });
    await held.run(1);
    await clock.advance(300);
    expect((await kinds[second]!(client)).duplicate).toBe(true);
    await clock.advance(1_000);
    expect(held.runs).toHaveLength(1);
  });

  it.each(names.filter((name) => name !== 'a schedule'))(
    'by %s that ends while the same is enqueued again is told as a duplicate',
    async (name) => {
      const world = memoryWorld();
      const worker = await new Instance(world).task('work', () => 1, { queue: 'q' }).connect();
      // The look at the results comes too early, and the broker's acceptance too late.
      const broker = overriding(world.broker, {
        enqueue: async (messages) => {
          const isFirst = (await worker.admin.queues()).length === 0;
          if (!isFirst) {
            await worker.runner.start();
            await world.clock.advance(0);
          }
          return world.broker.enqueue(messages);
        },
      });
      const instance = new Instance({ ...world, broker }).task('work', () => 1, { queue: 'q' });
      const { client } = await instance.connect();
      expect((await kinds[name]!(client)).duplicate).toBe(false);
      await world.clock.advance(1);
      expect((await kinds[name]!(client)).duplicate).toBe(true);
    },
  );

  it.each(names)('as a job that has ended is not overwritten by %s', async (second) => {
    const { client, instance, held, clock } = await setUp();
    await instance.runner.start();
    const { id } = await client.enqueue('work', 'old', { id: 'mine' });
    (await held.run(1)).finish('done');
    await clock.advance(0);
    const handle = await kinds[second]!(client);
    expect(handle.duplicate).toBe(true);
    await clock.advance(1_000);
    expect(held.runs).toHaveLength(1);
    expect(await client.getJob(id)).toMatchObject({ status: 'successful', payload: 'old' });
  });

  it.each(['a job', 'a group', 'a chain'])(
    'as a group that has ended is not overwritten by %s',
    async (second) => {
      const { client, instance, held, clock } = await setUp();
      await instance.runner.start();
      await client.enqueueGroup(group([job('work')], { id: 'mine' }));
      (await held.run(1)).finish('done');
      await clock.advance(0);
      expect((await kinds[second]!(client)).duplicate).toBe(true);
      await clock.advance(1_000);
      expect(held.runs).toHaveLength(1);
      expect((await client.getGroup('mine')).status).toBe('successful');
    },
  );

  it('stands for the existing job: its state and its result', async () => {
    const { client, instance, held } = await setUp();
    await client.enqueue('work', 'old', { id: 'mine' });
    const handle = await client.enqueue('work', 'new', { id: 'mine' });
    expect(await handle.get()).toMatchObject({ payload: 'old' });
    await instance.runner.start();
    (await held.run(1)).finish('of the old');
    expect(await handle.result()).toBe('of the old');
  });

  it.each(['waits', 'runs', 'has ended'])(
    'stands for the existing group, and names its jobs, when that %s',
    async (state) => {
      const { client, instance, held, clock } = await setUp();
      const first = await client.enqueueGroup(group(pair(), { id: 'mine' }));
      if (state !== 'waits') {
        await instance.runner.start();
        await held.run(2);
      }
      if (state === 'has ended') held.finishAll();
      await clock.advance(0);
      const again = await client.enqueueGroup(group([job('work', 'new')], { id: 'mine' }));
      expect(again).toMatchObject({ duplicate: true, jobIds: first.jobIds });
      expect(again.jobIds).toHaveLength(2);
    },
  );

  it('counts once within one enqueueMany', async () => {
    const { client, instance } = await setUp();
    const twice = [job('work', 1, { id: 'mine' }), job('work', 2), job('work', 3, { id: 'mine' })];
    const handles = await client.enqueueMany(twice);
    expect(handles.map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
    expect((await client.getJob('mine')).payload).toBe(1);
    expect((await instance.admin.stats('q')).queued).toBe(2);
  });
});

describe('an id is free again', () => {
  it.each(names)('for %s, once its job was deleted', async (second) => {
    const { client } = await setUp();
    await client.enqueue('work', 'old', { id: 'mine' });
    await client.deleteJob('mine');
    expect((await kinds[second]!(client)).duplicate).toBe(false);
  });

  it('and its new job runs, however often it is deleted', async () => {
    const { client, instance, held, clock } = await setUp();
    await instance.runner.start();
    for (const count of [1, 2, 3]) {
      const handle = await client.enqueue('work', count, { id: 'mine' });
      expect(handle.duplicate).toBe(false);
      expect((await held.run(count)).payload).toBe(count);
      held.finishAll(count);
      expect(await handle.result()).toBe(count);
      await client.deleteJob('mine');
      await clock.advance(0);
    }
  });

  it('once its job is past its retention', async () => {
    const { client, instance, held, clock } = await setUp({
      retention: { successful: { age: 0 } },
    });
    await instance.runner.start();
    const handle = await client.enqueue('work', 'old', { id: 'mine' });
    (await held.run(1)).finish();
    await handle.result();
    await clock.advance(2 * 3_600_000);
    await expect(client.getJob('mine')).rejects.toThrow(NotFoundError);
    expect((await client.enqueue('work', 'new', { id: 'mine' })).duplicate).toBe(false);
    expect((await held.run(2)).payload).toBe('new');
  });
});

/** All that waits, as the admin lists show it. */
async function everything({ admin }: Instance): Promise<unknown> {
  const stats = await admin.stats('q');
  const { items: pending } = await admin.pending('q');
  return { stats, pending, schedules: (await admin.schedules()).map(({ id }) => id) };
}
