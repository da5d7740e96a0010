import { describe, expect, it } from 'vitest';
import { LeaseLostError, NotFoundError } from '../../lib/core/errors.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate } from '../support/faults/fates.js';
import { Site } from '../support/faults/site.js';

/** An outcome on its way from a worker that froze; meanwhile its lease has lapsed, and another runs the job. */
async function lateOutcome(runsForMs: number) {
  const site = new Site();
  const handler = new HeldHandler();
  const frozen = await site.machine().task('work', handler.handle).start();
  const other = site.machine().task('work', handler.handle);
  const { id } = await frozen.client.enqueue('work');
  const run = await handler.run(1);
  await site.clock.advance(runsForMs);
  const late = new Gate();
  frozen.results.next('put', late.before);
  run.finish('late');
  await late.reached;
  frozen.freeze();
  await other.start();
  await site.lapse();
  expect(handler.runs).toHaveLength(2);
  const arrive = async (): Promise<void> => {
    late.open();
    await site.settle();
  };
  return { site, handler, other, id, arrive };
}

describe.each([
  ['that has left a record', 1_000],
  ['too short to leave a record', 0],
])('the late outcome of a run %s', (_, runsForMs) => {
  it('is refused while another run goes on', async () => {
    const { site, handler, other, id, arrive } = await lateOutcome(runsForMs);
    await arrive();
    expect(await other.client.getJob(id)).toMatchObject({ status: 'processing', attempt: 2 });
    handler.runs[1]?.finish('right');
    await site.settle();
    expect(await other.client.getResult(id)).toBe('right');
    expect(site.witness.of(id)).toHaveLength(1);
  });

  it('is refused after another run has ended', async () => {
    const { site, handler, other, id, arrive } = await lateOutcome(runsForMs);
    handler.runs[1]?.finish('right');
    await site.settle();
    await arrive();
    expect(await other.client.getResult(id)).toBe('right');
    expect(site.witness.of(id)).toHaveLength(1);
  });

  it('is refused after the job was retried by hand', async () => {
    const { site, handler, other, id, arrive } = await lateOutcome(runsForMs);
    handler.runs[1]?.fail(new Error('no'));
    await site.settle();
    await other.client.retry(id);
    await site.settle();
    await arrive();
    expect(await other.client.getJob(id)).toMatchObject({ status: 'processing', attempt: 3 });
    handler.runs[2]?.finish('right');
    await site.settle();
    expect(await other.client.getResult(id)).toBe('right');
    expect(site.witness.of(id)).toMatchObject([
      { generation: 1, status: 'failed' },
      { generation: 2, status: 'successful' },
    ]);
  });

  it('is refused after the job was deleted', async () => {
    const { other, id, arrive } = await lateOutcome(runsForMs);
    await other.client.deleteJob(id);
    await arrive();
    await expect(other.client.getJob(id)).rejects.toThrow(NotFoundError);
  });
});

it('a settlement counts for the claim that it was made of, not for a later one of the same session', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const machine = await site
    .machine()
    .task('work', handler.handle, { maxRetries: 2, backoff: 1_000 })
    .start();
  const { id } = await machine.client.enqueue('work');
  const stale = new Gate();
  machine.broker.next('work', stale.again, ({ settle }) => settle.length > 0);
  (await handler.run(1)).fail(new Error('no'));
  await site.clock.advance(1_500);
  expect(handler.runs).toHaveLength(2);
  stale.open();
  await site.clock.advance(5_000);
  expect(handler.runs).toHaveLength(2);
  handler.runs[1]?.finish('right');
  await site.settle();
  expect(await machine.client.getResult(id)).toBe('right');
  expect(await site.stores.broker.find([id])).toEqual([undefined]);
});

it('a lost lease stops the signal of the handler that still runs', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const frozen = await site.machine().task('work', handler.handle).start();
  await frozen.client.enqueue('work');
  const { ctx } = await handler.run(1);
  frozen.freeze();
  await site.machine().task('work', handler.handle).start();
  await site.lapse();
  expect(ctx.signal.aborted).toBe(false);
  frozen.thaw();
  await site.clock.advance(1_000);
  expect(ctx.signal.reason).toBeInstanceOf(LeaseLostError);
  expect(handler.runs).toHaveLength(2);
});
