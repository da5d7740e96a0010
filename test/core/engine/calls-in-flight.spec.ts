import { expect, it } from 'vitest';
import { ManualClock } from '../../../lib/testing/manual-clock.js';
import type { WorkReply, WorkRequest } from '../../../lib/core/ports/broker.js';
import { deferred, memoryWorld } from '../../support/engine/instance.js';
import { RewindableResults } from '../../support/faults/rewindable-results.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const oneSlot = { readAhead: 5, queues: { [QUEUE]: { concurrency: 1 } } };

type Work = (request: WorkRequest) => Promise<WorkReply>;

/** A worker whose calls to its broker meet with `fate`, given the real call. */
async function workerWith(fate: (work: Work) => Work, options = {}) {
  const world = memoryWorld();
  const work = fate(async (request) => world.broker.work(request));
  const broker = overriding(world.broker, { work });
  const worker = new Scripted({ ...world, broker }, options);
  await worker.start();
  return { world, worker, clock: world.clock };
}

it('a job whose delivery arrives during a stop goes to the next worker as its first attempt', async () => {
  const gate = deferred();
  const { world, worker, clock } = await workerWith((work) => async (request) => {
    const reply = await work(request);
    if (reply.deliveries.length > 0) await gate.promise;
    return reply;
  });
  const { id } = await worker.client.enqueue('give', 1);
  await clock.advance(0);
  const stopped = worker.runner.stop();
  await clock.advance(10);
  gate.resolve();
  await clock.advance(0);
  await stopped;
  const next = new Scripted(world);
  await next.start();
  await clock.advance(1_000);
  expect([worker.starts, next.starts]).toEqual([[], [1]]);
  expect(await next.client.getJob(id)).toMatchObject({ status: 'successful', attempt: 1 });
});

it('a job that is gone by the very answer that delivers it does not run', async () => {
  const world = memoryWorld();
  const other = await new Scripted(world, { role: 'producer' }).connect();
  const broker = overriding(world.broker, {
    work: async (request) => {
      const reply = await world.broker.work(request);
      const gone: string[] = [];
      for (const { id, receipt } of reply.deliveries)
        if (await other.client.cancel(id)) gone.push(receipt);
      return { ...reply, gone: [...reply.gone, ...gone] };
    },
  });
  const worker = new Scripted({ ...world, broker });
  await worker.start();
  const { id } = await worker.client.enqueue('give', 1);
  await world.clock.advance(60_000);
  expect(worker.starts).toEqual([]);
  expect((await worker.client.getJob(id)).status).toBe('cancelled');
});

it('a start that was told in a lost call is told again', async () => {
  let lost = 0;
  const { worker, clock } = await workerWith(
    (work) => async (request) => {
      if (request.started.length === 0 || lost > 0) return work(request);
      lost += 1;
      throw new Error('the connection broke');
    },
    oneSlot,
  );
  for (const n of [1, 2, 3]) await worker.client.enqueue('hold', n);
  await worker.quiet();
  (await worker.held.run(1)).finish();
  await worker.held.run(2);
  await clock.advance(5_000);
  expect(lost).toBe(1);
  expect(await worker.admin.stats(QUEUE)).toMatchObject({ queued: 1, processing: 1 });
});

it.each([
  ['kept', 1],
  ['lost with the end of its log', 2],
] as const)(
  'an outcome that the store has %s is settled by what is on record',
  async (fate, runs) => {
    const clock = new ManualClock();
    const rewindable = new RewindableResults(clock);
    const world = { ...memoryWorld(clock), results: rewindable.store };
    let breakdowns = 0;
    const work: Work = async (request) => {
      const acks = request.settle.some(({ kind }) => kind === 'ack');
      if (!acks || breakdowns > 0) return world.broker.work(request);
      breakdowns += 1;
      if (fate !== 'kept') await rewindable.rewind();
      throw new Error('the connection broke');
    };
    const worker = new Scripted({ ...world, broker: overriding(world.broker, { work }) });
    await worker.start();
    const { id } = await worker.client.enqueue('give', 1);
    await clock.advance(60_000);
    expect(breakdowns).toBe(1);
    expect(worker.starts).toHaveLength(runs);
    expect(await worker.client.getJob(id)).toMatchObject({ status: 'successful' });
    expect(await worker.admin.stats(QUEUE)).toMatchObject({
      queued: 0,
      scheduled: 0,
      processing: 0,
    });
  },
);
