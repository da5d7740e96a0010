import { describe, expect, it } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld, type World } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const give = (count: number) => numbers(count).map((n) => job('give', n));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The same world, with its calls counted. */
function counted(world: World) {
  const ofResults = { put: 0, get: 0, plan: 0, mark: 0, dispatched: 0, release: 0 };
  const calls = { enqueue: 0, work: 0, beat: 0, ...ofResults };
  const broker = overriding(world.broker, {
    enqueue: async (messages) => {
      calls.enqueue += 1;
      return world.broker.enqueue(messages);
    },
    work: async (request) => {
      calls.work += 1;
      return world.broker.work(request);
    },
    beat: async (session) => {
      calls.beat += 1;
      return world.broker.beat(session);
    },
  });
  const results = overriding(world.results, {
    put: async (writes) => {
      calls.put += 1;
      return world.results.put(writes);
    },
    get: async (ids) => {
      calls.get += 1;
      return world.results.get(ids);
    },
    plan: async (plans) => {
      calls.plan += 1;
      return world.results.plan(plans);
    },
    mark: async (marks) => {
      calls.mark += 1;
      return world.results.mark(marks);
    },
    dispatched: async (plans) => {
      calls.dispatched += 1;
      return world.results.dispatched(plans);
    },
    release: async (ids) => {
      calls.release += 1;
      return world.results.release(ids);
    },
  });
  const since = () => {
    const seen = { ...calls };
    for (const key of Object.keys(calls)) Reflect.set(calls, key, 0);
    return seen;
  };
  return { world: { ...world, broker, results }, since };
}

async function counting(options = {}) {
  const { world, since } = counted(memoryWorld());
  const instance = new Scripted(world, options);
  await instance.connect();
  return { instance, client: instance.client, clock: world.clock, since };
}

describe('what happens in one turn travels in one call', () => {
  it('enqueues', async () => {
    const { client, since } = await counting();
    await Promise.all(numbers(200).map(async (n) => client.enqueue('give', n)));
    expect(since()).toMatchObject({ enqueue: 1, put: 0, get: 0 });
    await client.enqueueMany(numbers(200).map((n) => job('give', n)));
    expect(since()).toMatchObject({ enqueue: 1 });
    await client.enqueue('give', 1);
    expect(since()).toMatchObject({ enqueue: 1 });
  });

  it('claims, outcomes and settlements: no call per job', async () => {
    const { instance, client, clock, since } = await counting({
      queues: { [QUEUE]: { concurrency: 100 } },
    });
    await client.enqueueMany(numbers(1_000).map((n) => job('give', n)));
    await instance.runner.start();
    since();
    await clock.advance(0);
    expect(instance.starts).toHaveLength(1_000);
    const { work, put, get } = since();
    expect(work).toBeLessThan(30);
    expect(put).toBeLessThan(30);
    expect(get).toBe(0);
  });

  it.each([
    ['chains', (client: Scripted['client']) => client.enqueueChain(chain(give(10)))],
    [
      'groups',
      (client: Scripted['client']) =>
        client.enqueueGroup(group(give(10), { onSuccess: [job('give', 'after')] })),
    ],
  ])('the plans, looks, marks and successors of many %s', async (_, enqueue) => {
    const { instance, client, clock, since } = await counting();
    await Promise.all(numbers(100).map(() => enqueue(client)));
    await instance.runner.start();
    since();
    await clock.advance(0);
    expect(instance.starts.length).toBeGreaterThanOrEqual(1_000);
    for (const calls of Object.values(since())) expect(calls).toBeLessThan(60);
  });

  it('the outcome of one job and the claim of the next', async () => {
    const { instance, client, since, clock } = await counting({
      readAhead: 0,
      queues: { [QUEUE]: { concurrency: 1 } },
    });
    await client.enqueueMany(numbers(20).map((n) => job('give', n)));
    await instance.runner.start();
    since();
    await clock.advance(0);
    // One claim each, which settles the one before; and one more that finds nothing and waits.
    expect(since().work).toBeLessThanOrEqual(23);
    expect(instance.starts).toHaveLength(20);
  });

  it('one heartbeat keeps all jobs of a process, a third of the lease apart', async () => {
    const { instance, client, clock, since } = await counting({
      queues: { [QUEUE]: { concurrency: 50 } },
    });
    await instance.runner.start();
    await client.enqueueMany(numbers(50).map((n) => job('hold', n)));
    await clock.advance(500);
    since();
    await clock.advance(60_000);
    expect(since()).toMatchObject({ beat: 6, put: 0 });
    expect(instance.held.active).toBe(50);
  });

  it('an idle worker asks the broker no more than once in some seconds', async () => {
    const { instance, clock, since } = await counting();
    await instance.runner.start();
    await clock.advance(1_000);
    since();
    await clock.advance(60_000);
    expect(since().work).toBeLessThanOrEqual(13);
  });
});
