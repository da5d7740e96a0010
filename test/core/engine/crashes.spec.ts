import { describe, expect, it } from 'vitest';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld, type World } from '../../support/engine/instance.js';
import { overriding, silence } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const LEASE = 3_000;

/** A worker that can be killed: from then on no call of its comes through, nor any answer. */
async function mortal(world: World, options = {}) {
  let dead = false;
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    const reply = dead ? await silence() : await call();
    return dead ? silence() : reply;
  };
  const broker = overriding(world.broker, {
    work: async (request) => guarded(async () => world.broker.work(request)),
    beat: async (session) => guarded(async () => world.broker.beat(session)),
    reclaim: async (request) => guarded(async () => world.broker.reclaim(request)),
    leave: async (session) => guarded(async () => world.broker.leave(session)),
  });
  const results = overriding(world.results, {
    put: async (writes) => guarded(async () => world.results.put(writes)),
  });
  const worker = new Scripted({ ...world, broker, results }, { lease: LEASE, ...options });
  await worker.start();
  const kill = () => {
    dead = true;
  };
  return { worker, kill };
}

describe('a job whose worker dies', () => {
  it('runs again in another after the lease: an attempt and a crash more, no retry', async () => {
    const world = memoryWorld();
    const first = await mortal(world);
    const handle = await first.worker.client.enqueue('hold');
    await first.worker.held.run(1);
    await world.clock.advance(400);
    const second = await mortal(world);
    first.kill();
    await world.clock.advance(LEASE * 3);
    const { ctx, finish } = await second.worker.held.run(1);
    expect(ctx).toMatchObject({ attempt: 2, retried: 0, crashes: 1 });
    finish('survived');
    expect(await second.worker.client.getResult(handle.id)).toBeUndefined();
    await world.clock.advance(0);
    expect(await second.worker.client.getJob(handle.id)).toMatchObject({
      status: 'successful',
      attempt: 2,
      crashes: 1,
      errors: [],
    });
  });

  it('fails after maxCrashes, apart from maxRetries, each time after a longer delay', async () => {
    const world = memoryWorld();
    const watcher = new Scripted(world, { lease: LEASE, queues: ['elsewhere'] });
    await watcher.start();
    const { client } = watcher;
    const spec = {
      id: 'poison',
      maxRetries: 50,
      onError: [job('give', 'after', { queue: 'elsewhere' })],
    };
    await client.enqueue('hold', null, spec);
    const startedAt: number[] = [];
    for (let crash = 1; crash <= 3; crash += 1) {
      const { worker, kill } = await mortal(world);
      for (let turn = 0; turn < 60 && worker.held.runs.length === 0; turn += 1)
        await world.clock.advance(500);
      expect(worker.held.runs).toHaveLength(1);
      startedAt.push(world.clock.elapsed());
      kill();
      await world.clock.advance(LEASE * 3);
    }
    await mortal(world);
    await world.clock.advance(60_000);
    expect(await client.getJob('poison')).toMatchObject({
      status: 'failed',
      attempt: 3,
      retried: 0,
      crashes: 3,
      prevError: expect.stringContaining('died 3 times'),
    });
    expect(watcher.starts).toEqual(['after']);
  });

  it('takes no innocent with it: what was read ahead counts no crash', async () => {
    const world = memoryWorld();
    const first = await mortal(world, {
      readAhead: 50,
      queues: { 'tasqueue:tasks': { concurrency: 1 } },
    });
    await first.worker.client.enqueueMany(
      ['poison', 'b', 'c'].map((id) => job('hold', id, { id })),
    );
    await first.worker.held.run(1);
    first.kill();
    const second = await mortal(world);
    await world.clock.advance(LEASE * 3);
    await second.worker.held.run(3);
    const crashes = second.worker.held.runs.map(({ ctx }) => `${ctx.id} ${ctx.crashes}`);
    expect(crashes.toSorted()).toEqual(['b 0', 'c 0', 'poison 1']);
  });

  it('does not keep its group from ending', async () => {
    const world = memoryWorld();
    const first = await mortal(world, { maxCrashes: 1 });
    const handle = await first.worker.client.enqueueGroup(group([job('hold'), job('give', 1)]));
    await first.worker.held.run(1);
    first.kill();
    const second = await mortal(world, { maxCrashes: 1 });
    await world.clock.advance(LEASE * 4);
    expect((await second.worker.client.getGroup(handle.id)).status).toBe('failed');
    expect(second.worker.held.runs).toHaveLength(0);
  });
});
