import { describe, expect, it } from 'vitest';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler, type HeldRun } from '../support/engine/held-handler.js';
import { memoryWorld } from '../support/engine/instance.js';
import { replyLost, silent, unanswered } from '../support/faults/fates.js';
import { RewindableResults } from '../support/faults/rewindable-results.js';
import { Site } from '../support/faults/site.js';

const RETRY = { maxRetries: 3, backoff: 120_000 };

/** A member of a group that runs, while somebody records it as cancelled and dies before anything else. */
async function cancelledUnderWay() {
  const site = new Site();
  const handler = new HeldHandler();
  const client = await site.machine({ role: 'producer' }).connect();
  const worker = await site
    .machine()
    .task('work', handler.handle, RETRY)
    .task('after', () => 'told')
    .start();
  const handle = await worker.client.enqueueGroup(
    group([job('work')], { id: 'g', onComplete: [job('after', undefined, { id: 'after' })] }),
  );
  const run = await handler.run(1);
  client.results.next('put', silent);
  void client.client.cancel('g:0').catch(() => {});
  await site.settle();
  client.crash();
  return { site, worker, handle, run };
}

it('an outcome that was recorded meanwhile is followed, whatever the handler brought', async () => {
  const { site, worker, handle, run } = await cancelledUnderWay();
  run.finish('too late');
  await site.settle();
  expect(await worker.client.getJob('g:0')).toMatchObject({ status: 'cancelled' });
  expect(await handle.get()).toMatchObject({ status: 'failed', jobStatus: { 'g:0': 'cancelled' } });
  expect(await worker.client.getResult('after')).toBe('told');
  expect(await site.stores.broker.find(['g:0'])).toEqual([undefined]);
});

it('a job with an outcome is not put back, though its handler asks for a retry', async () => {
  const { site, worker, run } = await cancelledUnderWay();
  run.fail(new Error('again, please'));
  await site.settle();
  expect(await worker.client.getJob('g:0')).toMatchObject({ status: 'cancelled' });
  expect(await site.stores.broker.find(['g:0'])).toEqual([undefined]);
});

it('a retry on record waits out its delay, whoever gets the job before', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const first = await site.machine().task('work', handler.handle, RETRY).start();
  const { id } = await first.client.enqueue('work');
  first.broker.next('work', unanswered, ({ settle }) => settle.length > 0);
  (await handler.run(1)).fail(new Error('no'));
  await site.settle();
  first.crash();
  const second = await site.machine().task('work', handler.handle, RETRY).start();
  await site.lapse();
  expect(await second.client.getJob(id)).toMatchObject({ status: 'retrying' });
  await site.clock.advance(40_000);
  expect(handler.runs).toHaveLength(1);
  await site.clock.advance(10_000);
  expect(handler.runs).toHaveLength(2);
});

it('an outcome whose confirmation was lost stands, and is not brought about again', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const worker = await site.machine().task('work', handler.handle).start();
  const { id } = await worker.client.enqueue('work');
  const run = await handler.run(1);
  worker.results.next('put', replyLost);
  run.finish('once');
  await site.lapse();
  expect(await worker.client.getResult(id)).toBe('once');
  expect(handler.runs).toHaveLength(1);
  expect(site.witness.of(id)).toHaveLength(1);
  expect(await site.stores.broker.find([id])).toEqual([undefined]);
});

it.each([
  ['that it runs', async () => {}],
  ['its progress', async (ctx: { progress(value: unknown): Promise<void> }) => ctx.progress(50)],
])('an outcome is recorded although the confirmation of %s was lost', async (_, note) => {
  const site = new Site();
  const handler = new HeldHandler();
  const worker = await site.machine().task('work', handler.handle).start();
  const { id } = await worker.client.enqueue('work');
  const run = await handler.run(1);
  worker.results.next('put', replyLost);
  await note(run.ctx).catch(() => {});
  await site.clock.advance(200);
  run.finish('once');
  await site.lapse();
  expect(await worker.client.getJob(id)).toMatchObject({ status: 'successful', attempt: 1 });
  expect(handler.runs).toHaveLength(1);
});

it.each([
  ['as it ends', async (run: HeldRun) => run.finish('fenced out')],
  ['as it tells of its progress', async (run: HeldRun) => run.ctx.progress(50)],
])('a job whose record another run has taken is left to it, and comes back: %s', async (_, act) => {
  const site = new Site();
  const handler = new HeldHandler();
  const worker = await site.machine().task('work', handler.handle).start();
  const { id } = await worker.client.enqueue('work');
  const run = await handler.run(1);
  await site.clock.advance(300);
  const [mine] = await site.stores.results.get([id]);
  if (mine?.record.kind !== 'job') throw new Error('no record');
  const taken = { ...mine.record, run: mine.record.run + 1 };
  await site.stores.results.put([{ record: taken, expect: mine.revision }]);
  await act(run).catch(() => {});
  await site.clock.advance(900);
  expect(handler.runs).toHaveLength(1);
  await site.clock.advance(200);
  handler.runs[1]?.finish('right');
  await site.settle();
  expect(await worker.client.getResult(id)).toBe('right');
});

describe('a job of which the results have forgotten', () => {
  async function forgetful() {
    const stores = memoryWorld();
    const results = new RewindableResults(stores.clock);
    const site = new Site({ ...stores, results: results.store });
    const handler = new HeldHandler();
    const worker = await site.machine().task('work', handler.handle).start();
    return { site, handler, worker, results };
  }

  it('the run comes back, and runs again', async () => {
    const { site, handler, worker, results } = await forgetful();
    const { id } = await worker.client.enqueue('work');
    const run = await handler.run(1);
    await site.clock.advance(300);
    await results.rewind();
    run.finish('of nobody’s run');
    await site.clock.advance(2_000);
    expect(handler.runs).toHaveLength(2);
    handler.runs[1]?.finish('right');
    await site.settle();
    expect(await worker.client.getResult(id)).toBe('right');
  });

  it('the retry by hand comes back, and runs again', async () => {
    const { site, handler, worker, results } = await forgetful();
    const { id } = await worker.client.enqueue('work');
    (await handler.run(1)).fail(new Error('no'));
    await site.settle();
    await worker.client.retry(id);
    const run = await handler.run(2);
    // The store is back where the job had failed.
    await results.rewind(1);
    run.finish('of nobody’s run');
    await site.clock.advance(2_000);
    handler.runs[2]?.finish('right');
    await site.settle();
    expect(await worker.client.getResult(id)).toBe('right');
  });
});
