import { describe, expect, it } from 'vitest';
import { ResultsUnavailableError, TimeoutError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding, silence } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

type State = 'up' | 'down' | 'silent';

/** A worker whose results store can be taken away while everything else works. */
async function working(options = {}) {
  const world = memoryWorld();
  const results: { state: State } = { state: 'up' };
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    if (results.state === 'down') throw new ResultsUnavailableError('down');
    return results.state === 'silent' ? silence() : call();
  };
  const store = overriding(world.results, {
    get: async (ids) => guarded(async () => world.results.get(ids)),
    put: async (writes) => guarded(async () => world.results.put(writes)),
    plan: async (plans) => guarded(async () => world.results.plan(plans)),
    mark: async (marks) => guarded(async () => world.results.mark(marks)),
    release: async (ids) => guarded(async () => world.results.release(ids)),
  });
  const worker = new Scripted({ ...world, results: store }, options);
  await worker.start();
  const producer = await new Scripted(world, { role: 'producer' }).connect();
  return { worker, producer, client: producer.client, results, world, clock: world.clock };
}

describe.each(['down', 'silent'] as const)('while the results are %s', (state) => {
  it('handlers run on, up to a bound of outcomes that nobody has confirmed', async () => {
    const { worker, client, results, producer, clock } = await working();
    results.state = state;
    await client.enqueueMany(numbers(10_000).map((n) => job('give', n)));
    await clock.advance(5_000);
    const started = worker.starts.length;
    expect(started).toBeGreaterThanOrEqual(2_048);
    expect(started).toBeLessThan(2_048 + 512);
    await clock.advance(120_000);
    expect(worker.starts).toHaveLength(started);
    // It lives, and keeps what it has claimed.
    expect(await producer.admin.workers()).toHaveLength(1);

    results.state = 'up';
    await clock.advance(30_000);
    expect(worker.starts).toEqual(numbers(10_000));
    expect(await producer.admin.stats(QUEUE)).toMatchObject({ queued: 0, successful: 10_000 });
  });

  it('an outcome is kept until it can be recorded, and its job does not run again', async () => {
    const { worker, client, results, clock } = await working();
    const handle = await client.enqueue('hold', null, { onSuccess: [job('note', 'next')] });
    const run = await worker.held.run(1);
    await clock.advance(400);
    results.state = state;
    run.finish('done');
    await clock.advance(90_000);
    expect((await handle.get()).status).toBe('processing');
    results.state = 'up';
    await clock.advance(15_000);
    expect(await handle.get()).toMatchObject({ status: 'successful', attempt: 1 });
    expect(await client.getResult(handle.id)).toBe('done');
    expect(worker.notes).toEqual([['next', 'done']]);
    expect(worker.starts).toEqual([null, 'next']);
  });

  it('ctx.save() and ctx.progress() say so, and the handler may go on', async () => {
    const { worker, client, results, clock } = await working();
    const handle = await client.enqueue('hold');
    const { ctx, finish } = await worker.held.run(1);
    results.state = state;
    const [saved, told] = [outcomeOf(ctx.save(1)), outcomeOf(ctx.progress(1))];
    await clock.advance(25_000);
    expect(saved.error).toBeInstanceOf(ResultsUnavailableError);
    expect(told.error).toBeInstanceOf(ResultsUnavailableError);
    expect(ctx.signal.aborted).toBe(false);
    results.state = 'up';
    finish('done');
    await clock.advance(5_000);
    expect(await handle.get()).toMatchObject({ status: 'successful', attempt: 1 });
  });

  it('who waits for a result bears with it, up to his timeout', async () => {
    const { results, worker, clock } = await working();
    const handle = await worker.client.enqueue('hold');
    const run = await worker.held.run(1);
    results.state = state;
    const [patient, hasty] = [60_000, 15_000].map((timeout) =>
      outcomeOf(handle.result({ timeout })),
    );
    await clock.advance(15_000);
    expect(hasty?.error).toBeInstanceOf(TimeoutError);
    expect(hasty?.error).toMatchObject({ cause: expect.any(ResultsUnavailableError) });
    expect(patient?.settled).toBe(false);
    results.state = 'up';
    run.finish('done');
    await clock.advance(15_000);
    expect(patient?.value).toBe('done');
  });

  it('a chain stands still, and goes on afterwards', async () => {
    const { worker, client, results, clock } = await working();
    const steps = [job('hold', 1), job('note', 2), job('give', 3)];
    const handle = await client.enqueueChain(chain(steps));
    const run = await worker.held.run(1);
    results.state = state;
    run.finish('first');
    await clock.advance(60_000);
    results.state = 'up';
    await clock.advance(30_000);
    expect(worker.notes).toEqual([[2, 'first']]);
    expect((await handle.get()).status).toBe('successful');
  });

  it('a job that has to look before it runs waits, and runs once', async () => {
    const { worker, client, results, clock } = await working();
    results.state = state;
    const handle = await client.enqueue('give', 1, { id: 'w' });
    await clock.advance(60_000);
    expect(worker.starts).toEqual([]);
    results.state = 'up';
    await clock.advance(30_000);
    expect(worker.starts).toEqual([1]);
    expect(await handle.result()).toBe(1);
  });

  it('a stop ends in bounded time; what was not recorded runs again elsewhere', async () => {
    const { worker, client, results, world, clock } = await working({ shutdownTimeout: 1_000 });
    const handle = await client.enqueue('hold');
    const run = await worker.held.run(1);
    results.state = state;
    run.finish('lost');
    const stopped = outcomeOf(worker.runner.stop());
    await clock.advance(30_000);
    expect(stopped.settled).toBe(true);
    const other = await new Scripted(world).start();
    await clock.advance(60_000);
    (await other.held.run(1)).finish('again');
    expect(await handle.result()).toBe('again');
    expect((await handle.get()).attempt).toBe(2);
  });
});
