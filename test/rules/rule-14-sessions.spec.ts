import { describe, expect, it } from 'vitest';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, refused, replyLost, silent } from '../support/faults/fates.js';
import { LEASE_MS, Site } from '../support/faults/site.js';

const QUEUE = 'tasqueue:tasks';
const ONE_AT_A_TIME = { queues: { [QUEUE]: { concurrency: 1 } } };

/** A job that a worker runs, and another worker at its side. */
async function twoWorkers(options = {}) {
  const site = new Site();
  const handler = new HeldHandler();
  const worker = await site.machine(options).task('work', handler.handle).start();
  const { id } = await worker.client.enqueue('work');
  const run = await handler.run(1);
  const other = await site.machine(ONE_AT_A_TIME).task('work', handler.handle).start();
  await site.clock.advance(2 * LEASE_MS);
  return { site, handler, worker, other, id, run };
}

describe('nobody is declared dead', () => {
  it('by a session that has not been there for a full lease', async () => {
    const site = new Site();
    const handler = new HeldHandler();
    const worker = await site.machine().task('work', handler.handle).start();
    await worker.client.enqueue('work');
    await handler.run(1);
    worker.cutOff();
    await site.clock.advance(LEASE_MS + 1_000);
    await site.machine().task('work', handler.handle).start();
    await site.clock.advance(LEASE_MS - 5_000);
    expect(handler.runs).toHaveLength(1);
    worker.reconnect();
    await site.clock.advance(LEASE_MS);
    expect(handler.runs).toHaveLength(1);
    expect(handler.runs[0]?.ctx.signal.aborted).toBe(false);
  });

  it('straight after all were cut off alike', async () => {
    const { site, handler, worker, other, id, run } = await twoWorkers();
    worker.cutOff();
    other.cutOff();
    await site.clock.advance(2 * LEASE_MS);
    other.reconnect();
    await site.clock.advance(LEASE_MS / 2);
    worker.reconnect();
    await site.clock.advance(LEASE_MS);
    expect(handler.runs).toHaveLength(1);
    run.finish('done');
    await site.settle();
    expect(await worker.client.getResult(id)).toBe('done');
  });
});

describe('a worker that wakes up beyond its lease reclaims before it sends anything', () => {
  /** What it asks of its stores when it wakes up in the middle of something. */
  async function wakesUp(
    { site, worker }: Pick<Awaited<ReturnType<typeof twoWorkers>>, 'site' | 'worker'>,
    act: () => void,
    afterMs = 2.5 * LEASE_MS,
  ): Promise<string[]> {
    await site.settle();
    worker.freeze();
    await site.clock.advance(afterMs);
    const before = worker.calls.length;
    act();
    worker.thaw();
    await site.clock.advance(5_000);
    return worker.calls.slice(before);
  }

  it('with an outcome in its hands', async () => {
    const { site, handler, worker, run, id } = await twoWorkers();
    const asked = await wakesUp({ site, worker }, () => run.finish('late'));
    expect(asked[0]).toBe('reclaim');
    expect(asked).not.toContain('put');
    handler.runs[1]?.finish('right');
    await site.settle();
    expect(await worker.client.getResult(id)).toBe('right');
  });

  it('while it tells how far a job has come', async () => {
    const { site, handler, worker, run, id } = await twoWorkers();
    const asked = await wakesUp({ site, worker }, () => {
      run.ctx.progress(50).catch(() => {});
    });
    expect(asked[0]).toBe('reclaim');
    expect(asked).not.toContain('put');
    handler.runs[1]?.finish('right');
    await site.settle();
    expect(await worker.client.getResult(id)).toBe('right');
  });

  it('while it is about to begin a job', async () => {
    const site = new Site();
    const handler = new HeldHandler();
    // Shorter than it waits for an answer.
    const options = { lease: 4_000 };
    const worker = await site.machine(options).task('work', handler.handle).start();
    const { client } = await site.machine({ role: 'producer' }).connect();
    const looks = new Gate();
    worker.results.next('get', looks.after);
    await client.enqueue('work', undefined, { id: 'own' });
    await looks.reached;
    await site.machine(options).task('work', handler.handle).start();
    // The answer that it waited for is there before that of its reclaim.
    const reclaims = new Gate();
    worker.broker.next('reclaim', reclaims.before);
    const asked = await wakesUp({ site, worker }, () => looks.open(), 9_000);
    expect(asked).not.toContain('put');
    expect(handler.runs.map(({ ctx }) => ctx.attempt)).toEqual([2]);
    reclaims.open();
    await site.clock.advance(5_000);
    expect(handler.runs).toHaveLength(1);
  });
});

describe('after a connection loss', () => {
  it('what runs stays, what was read ahead goes back', async () => {
    const { site, handler, worker, other, id, run } = await twoWorkers({
      ...ONE_AT_A_TIME,
      readAhead: 2,
    });
    // The other is at work as well: nobody waits for what is read ahead.
    await other.client.enqueue('work');
    const mine = await handler.run(2);
    const ahead = await other.client.enqueue('work');
    worker.broker.cut();
    await site.clock.advance(12_000);
    worker.broker.join();
    await site.clock.advance(5_000);
    mine.finish();
    await site.settle();
    expect(handler.runs.map(({ ctx }) => ctx.id)).toContain(ahead.id);
    expect(run.ctx.signal.aborted).toBe(false);
    run.finish('done');
    await site.settle();
    expect(await worker.client.getJob(id)).toMatchObject({ status: 'successful', attempt: 1 });
  });

  it('an outcome that was not confirmed is settled in the new session', async () => {
    const { site, handler, worker, id, run } = await twoWorkers();
    worker.broker.next('work', silent, ({ settle }) => settle.length > 0);
    run.finish('done');
    await site.clock.advance(30_000);
    expect(await worker.client.getResult(id)).toBe('done');
    expect(await site.stores.broker.find([id])).toEqual([undefined]);
    expect(handler.runs).toHaveLength(1);
    expect(worker.calls).toContain('reclaim');
  });

  it.each([
    ['is lost', replyLost],
    ['never comes', silent],
  ])('what runs stays although the answer to its reclaim %s', async (_, fate) => {
    const { site, handler, worker, id, run } = await twoWorkers();
    worker.broker.next('reclaim', fate);
    worker.broker.cut();
    await site.clock.advance(12_000);
    worker.broker.join();
    await site.clock.advance(20_000);
    expect(run.ctx.signal.aborted).toBe(false);
    run.finish('done');
    await site.lapse();
    expect(await worker.client.getJob(id)).toMatchObject({ status: 'successful', crashes: 0 });
    expect(handler.runs).toHaveLength(1);
  });

  it('a job that an older call brings while the session is renewed is not run twice', async () => {
    const { site, handler, worker, other, run } = await twoWorkers();
    await other.close();
    const renewal = new Gate();
    worker.broker.next('reclaim', renewal.before);
    worker.broker.next('work', refused, ({ settle }) => settle.length > 0);
    run.finish('done');
    await renewal.reached;
    // Its waiting call is still there, and gets a job.
    await worker.client.enqueue('work');
    await site.settle();
    renewal.open();
    await site.clock.advance(5_000);
    expect(handler.runs).toHaveLength(2);
  });
});
