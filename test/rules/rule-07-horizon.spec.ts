import { describe, expect, it } from 'vitest';
import { REDELIVERY_HORIZON_MS } from '../../lib/core/lease.js';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

/** As little as can be asked for. */
const RETENTION = {
  successful: { age: 1, count: 1 },
  failed: { age: 1, count: 1 },
  cancelled: { age: 1, count: 1 },
};
const WITHIN_HORIZON_MS = REDELIVERY_HORIZON_MS - 60_000;

/** A site with a worker, and a job whose message comes back whenever the test says so. */
async function forgetful(aheadMs = 0) {
  const site = new Site();
  const runs: unknown[] = [];
  const client = await site.machine({ role: 'producer', retention: RETENTION, aheadMs }).connect();
  const worker = await site
    .machine({ retention: RETENTION })
    .task('work', (payload) => runs.push(payload))
    .task('other', () => {})
    .start();
  await worker.client.enqueue('work', 'once', { id: 'own', delay: 1_000 });
  const [stored] = await site.stores.broker.find(['own']);
  /** Every write of a results store is an occasion to forget. */
  const timePasses = async (ms: number): Promise<void> => {
    await site.clock.advance(ms);
    for (let turn = 0; turn < 10; turn += 1) await worker.client.enqueue('other');
    await site.settle();
  };
  const comesBack = async (): Promise<void> => {
    if (stored) await site.stores.broker.enqueue([{ ...stored, dueAt: undefined, fresh: false }]);
    await site.settle();
  };
  return { site, runs, client, worker, timePasses, comesBack };
}

describe('whatever age and count say, within the horizon', () => {
  it('a job that has ended does not run again', async () => {
    const { runs, timePasses, comesBack } = await forgetful();
    await timePasses(1_000);
    expect(runs).toEqual(['once']);
    await timePasses(WITHIN_HORIZON_MS);
    await comesBack();
    expect(runs).toEqual(['once']);
  });

  it('a job that was cancelled does not run', async () => {
    const { runs, client, timePasses, comesBack } = await forgetful();
    await client.client.cancel('own');
    await timePasses(WITHIN_HORIZON_MS);
    await comesBack();
    expect(runs).toEqual([]);
  });

  it('nor if it was cancelled by a process whose clock is behind', async () => {
    const { runs, client, timePasses, comesBack } = await forgetful(-3_600_000);
    await client.client.cancel('own');
    await timePasses(WITHIN_HORIZON_MS);
    await comesBack();
    expect(runs).toEqual([]);
  });

  it('a job that was deleted does not run', async () => {
    const { runs, client, timePasses, comesBack } = await forgetful();
    await client.client.deleteJob('own');
    await timePasses(WITHIN_HORIZON_MS);
    await comesBack();
    expect(runs).toEqual([]);
  });

  it('an outcome that its worker could not settle is not brought about again', async () => {
    const site = new Site();
    let runs = 0;
    const machine = (): Machine =>
      site
        .machine({ retention: RETENTION })
        .task('work', () => ++runs)
        .task('other', () => {});
    const dying = await machine().start();
    dying.broker.next('work', unanswered, ({ settle }) => settle.length > 0);
    await dying.client.enqueue('work');
    await site.settle();
    dying.crash();
    const other = await machine().start();
    for (let turn = 0; turn < 10; turn += 1) await other.client.enqueue('other');
    await site.lapse();
    expect(runs).toBe(1);
  });
});

describe('however long it takes, its members stay until', () => {
  async function slow() {
    const site = new Site();
    const handler = new HeldHandler();
    const seen: unknown[] = [];
    const worker = await site
      .machine({ retention: RETENTION })
      .task('quick', () => 'quick')
      .task('slow', handler.handle)
      .task('end', (_: never, ctx) => seen.push(ctx.prevJobResult))
      .start();
    const timePasses = async (): Promise<void> => {
      await site.clock.advance(2 * REDELIVERY_HORIZON_MS);
      for (let turn = 0; turn < 20; turn += 1) await worker.client.enqueue('quick');
      await site.settle();
    };
    return { site, handler, seen, worker, timePasses };
  }

  it('their group has ended', async () => {
    const { site, handler, seen, worker, timePasses } = await slow();
    await worker.client.enqueueGroup(
      group([job('quick'), job('slow')], { id: 'g', onSuccess: [job('end')] }),
    );
    await timePasses();
    handler.runs[0]?.finish('slow');
    await site.settle();
    expect(seen).toEqual([['quick', 'slow']]);
  });

  it('their chain has ended, those of a group among its steps too', async () => {
    const { site, handler, worker, timePasses } = await slow();
    await worker.client.enqueueChain(
      chain([group([job('quick'), job('quick')]), job('slow')], { id: 'c' }),
    );
    await timePasses();
    expect(await worker.client.getResult('c:0')).toEqual(['quick', 'quick']);
    handler.runs[0]?.finish('slow');
    await site.settle();
    expect((await worker.client.getChain('c')).status).toBe('successful');
  });
});
