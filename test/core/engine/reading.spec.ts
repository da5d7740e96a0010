import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

describe('reading by id', () => {
  it.each(['getJob', 'getGroup', 'getChain', 'getResult', 'cancel', 'retry', 'deleteJob'] as const)(
    '%s of an unknown id rejects with NotFoundError',
    async (method) => {
      const { client } = await scripted();
      await expect(client[method]('nobody')).rejects.toThrow(NotFoundError);
    },
  );

  it('getResult is undefined while there is none', async () => {
    const { client } = await new Scripted().connect();
    const { id } = await client.enqueue('give', 1);
    const groupHandle = await client.enqueueGroup(group([job('give', 1), job('give', 2)]));
    const chainHandle = await client.enqueueChain(chain([job('give', 1), job('give', 2)]));
    expect(await client.getResult(id)).toBeUndefined();
    expect(await client.getResult(groupHandle.id)).toEqual([undefined, undefined]);
    expect(await client.getResult(chainHandle.id)).toBeUndefined();
  });

  it('an ended id is forgotten by retention: then it is unknown', async () => {
    const instance = await scripted({ retention: { successful: { age: 0, count: 0 } } });
    const handle = await instance.client.enqueue('give', 1);
    await handle.result();
    await instance.clock.advance(3_600_000);
    await expect(handle.get()).rejects.toThrow(NotFoundError);
    await expect(handle.result()).rejects.toThrow(NotFoundError);
  });

  it('a job that ends between two looks is found all the same', async () => {
    const instance = await scripted();
    const { client, world } = instance;
    const { id } = await client.enqueue('hold', 1);
    await instance.held.run(1);
    // It is in the broker alone when the first look has found nothing in the results.
    const { find } = world.broker;
    world.broker.find = async (ids) => {
      world.broker.find = find;
      instance.held.finishAll('ended meanwhile');
      await instance.quiet();
      return world.broker.find(ids);
    };
    expect(await client.getJob(id)).toMatchObject({ status: 'successful' });
  });
});

it('the state of a group costs as many calls for a thousand open members as for one', async () => {
  const world = memoryWorld();
  const calls = { find: 0, get: 0 };
  const broker = overriding(world.broker, {
    find: async (ids) => {
      calls.find += 1;
      return world.broker.find(ids);
    },
  });
  const results = overriding(world.results, {
    get: async (ids) => {
      calls.get += 1;
      return world.results.get(ids);
    },
  });
  const { client } = await new Scripted({ ...world, broker, results }).connect();
  const members = Array.from({ length: 1_000 }, () => job('give'));
  const { id } = await client.enqueueGroup(group(members));
  Object.assign(calls, { find: 0, get: 0 });
  expect(Object.keys((await client.getGroup(id)).jobStatus)).toHaveLength(1_000);
  expect(calls).toEqual({ find: 2, get: 2 });
});
