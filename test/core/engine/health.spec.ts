import { describe, expect, it } from 'vitest';
import { BrokerUnavailableError, ResultsUnavailableError } from '../../../lib/core/errors.js';
import type { HealthLimits } from '../../../lib/core/health/diagnosis.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding, silence } from '../../support/engine/overriding.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const LIMITS: HealthLimits = { timeoutMs: 1_000, maxStalenessMs: 30_000 };
const MINUTE_MS = 60_000;

const examined = (instance: Instance, limits: Partial<HealthLimits> = {}) =>
  instance.tasqueue.examine({ ...LIMITS, ...limits });

const refusal = async (): Promise<never> => {
  throw new BrokerUnavailableError('connect ECONNREFUSED 10.0.0.7:6379');
};

it('is up where the stores answer and the workers fetch', async () => {
  expect(await examined(await scripted(), { maxPending: 0 })).toEqual({
    status: 'up',
    problems: [],
    broker: 'up',
    results: 'up',
    workers: 'running',
    silentMs: 0,
    abandoned: 0,
    pending: 0,
  });
});

describe('is down in bounded time', () => {
  const { broker, results } = memoryWorld();
  const gone = async (): Promise<never> => {
    throw new ResultsUnavailableError('connect ECONNREFUSED 10.0.0.7:6379');
  };
  const BROKEN = {
    'a broker that refuses': {
      stores: { broker: overriding(broker, { ping: refusal }), results },
      problem: "the broker 'memory' cannot be reached",
    },
    'a broker that never answers': {
      stores: { broker: overriding(broker, { ping: silence }), results },
      problem: "the broker 'memory' did not answer within 1000 ms",
    },
    'results that refuse': {
      stores: { broker, results: overriding(results, { ping: gone }) },
      problem: "the results store 'memory' cannot be reached",
    },
    'results that never answer': {
      stores: { broker, results: overriding(results, { ping: silence }) },
      problem: "the results store 'memory' did not answer within 1000 ms",
    },
  };

  it.each(Object.entries(BROKEN))('with %s', async (_, { stores, problem }) => {
    const world = { ...memoryWorld(), ...stores };
    const instance = await new Instance(world, { role: 'producer' }).connect();
    const told = outcomeOf(examined(instance));
    await world.clock.advance(LIMITS.timeoutMs);

    expect(told.value).toMatchObject({ status: 'down', problems: [problem] });
  });

  it('before the stores are connected', async () => {
    const instance = new Instance(memoryWorld());
    const told = outcomeOf(examined(instance));
    await instance.world.clock.advance(LIMITS.timeoutMs);

    expect(told.value).toMatchObject({ status: 'down', broker: 'down', results: 'down' });
  });

  it('once it is closed', async () => {
    const instance = await scripted();
    await instance.close();

    expect(await examined(instance)).toMatchObject({ status: 'down', workers: 'stopped' });
  });

  it('when the workers of a lazy app could not be started', async () => {
    const world = memoryWorld();
    const lame = { ...world, broker: overriding(world.broker, { open: refusal }) };
    const instance = await new Instance(lame, { onStartup: 'lazy' })
      .task('t', () => undefined)
      .start();
    await world.clock.advance(0);

    expect(await examined(instance)).toMatchObject({
      status: 'down',
      broker: 'up',
      problems: ['the workers could not be started: see the log for why'],
    });
  });
});

describe('the fetch loop', () => {
  it('that stands still is noticed although the broker answers pings', async () => {
    const world = memoryWorld();
    const stuck = { ...world, broker: overriding(world.broker, { work: silence }) };
    const instance = await new Scripted(stuck).start();

    await world.clock.advance(LIMITS.maxStalenessMs);
    expect(await examined(instance)).toMatchObject({ status: 'up' });
    await world.clock.advance(5_000);
    expect(await examined(instance)).toMatchObject({
      status: 'down',
      broker: 'up',
      problems: ['the workers have free slots and have got no answer from the broker for 35000 ms'],
    });
  });

  it('that fails over and over is noticed although the session is renewed each time', async () => {
    const world = memoryWorld();
    const failing = { ...world, broker: overriding(world.broker, { work: refusal }) };
    const instance = await new Scripted(failing).start();
    await world.clock.advance(MINUTE_MS);

    expect(await examined(instance)).toMatchObject({ status: 'down', broker: 'up' });
  });

  it('is as fresh as ever while it waits for jobs', async () => {
    const instance = await scripted();
    for (let minute = 0; minute < 5; minute++) {
      await instance.clock.advance(MINUTE_MS);
      expect(await examined(instance, { maxStalenessMs: 5_000 })).toMatchObject({ status: 'up' });
    }
  });

  it('owes nothing while every slot is taken, nor at once when one is free again', async () => {
    const instance = new Scripted(memoryWorld(), {
      queues: { 'tasqueue:tasks': { concurrency: 1 } },
    });
    await instance.start();
    await instance.client.enqueue('hold', 1);
    const run = await instance.held.run(1);
    await instance.clock.advance(10 * MINUTE_MS);
    expect(await examined(instance)).toMatchObject({ status: 'up', silentMs: 0 });

    run.finish();
    await Promise.resolve();
    expect(await examined(instance)).toMatchObject({ status: 'up' });
    await instance.quiet();
    expect(await examined(instance)).toMatchObject({ status: 'up' });
  });

  it('owes nothing while its queues are paused in this process', async () => {
    const instance = await scripted();
    instance.runner.pause('tasqueue:tasks');
    await instance.clock.advance(10 * MINUTE_MS);

    expect(await examined(instance)).toMatchObject({ status: 'up', silentMs: 0 });
  });

  it('that somebody has stopped is no problem', async () => {
    const instance = await scripted();
    await instance.runner.stop();

    expect(await examined(instance)).toMatchObject({ status: 'up', workers: 'stopped' });
  });

  it('counts handlers that were abandoned at their timeout', async () => {
    const instance = await scripted();
    await instance.client.enqueue('hold', 1, { timeout: 100 });
    const run = await instance.held.run(1);
    await instance.clock.advance(100);
    expect(await examined(instance)).toMatchObject({ status: 'up', abandoned: 1 });

    run.finish();
    await instance.quiet();
    expect(await examined(instance)).toMatchObject({ abandoned: 0 });
  });
});

describe('a backlog', () => {
  const jobs = (count: number, queue: string) =>
    Array.from({ length: count }, () => job('t', undefined, { queue }));

  async function backlogged() {
    const world = memoryWorld();
    const options = { role: 'producer', unknownTasks: 'allow' } as const;
    const producer = await new Instance(world, options).connect();
    await producer.client.enqueueMany([...jobs(3, 'mail'), ...jobs(5, 'math')]);
    return { world, producer };
  }

  it('is more waiting jobs in one queue than there should be, and degrades', async () => {
    const { producer } = await backlogged();

    expect(await examined(producer, { maxPending: 5 })).toMatchObject({ status: 'up', pending: 5 });
    expect(await examined(producer, { maxPending: 4 })).toMatchObject({
      status: 'degraded',
      problems: ["5 jobs wait in queue 'math', more than 4"],
      pending: 5,
    });
  });

  it('is counted on request only', async () => {
    const { producer } = await backlogged();

    expect(await examined(producer)).toMatchObject({ status: 'up', pending: undefined });
  });

  it('of queues that others work on is none of a worker', async () => {
    const { world } = await backlogged();
    const worker = new Instance(world, { queues: ['mail'] }).task('t', () => undefined);
    await worker.connect();
    worker.runner.pause('mail');
    await worker.runner.start();

    expect(await examined(worker, { maxPending: 3 })).toMatchObject({ status: 'up', pending: 3 });
  });

  it('that cannot be counted in time is told, and of a broker that is down it is not', async () => {
    const { world } = await backlogged();
    const inspect = overriding(world.broker.inspect, { counts: silence });
    const uncounted = { ...world, broker: overriding(world.broker, { inspect }) };
    const instance = await new Instance(uncounted, { role: 'producer' }).connect();
    const told = outcomeOf(examined(instance, { maxPending: 1 }));
    await world.clock.advance(LIMITS.timeoutMs);
    expect(told.value).toMatchObject({
      status: 'degraded',
      problems: ['the waiting jobs could not be counted within 1000 ms'],
    });

    const dead = { ...world, broker: overriding(uncounted.broker, { inspect, ping: refusal }) };
    const other = await new Instance(dead, { role: 'producer' }).connect();
    const last = outcomeOf(examined(other, { maxPending: 1 }));
    await world.clock.advance(LIMITS.timeoutMs);
    expect(last.value).toMatchObject({
      status: 'down',
      problems: ["the broker 'memory' cannot be reached"],
    });
  });
});
