import { describe, expect, it } from 'vitest';
import { CancelledError, NotFoundError } from '../../lib/core/errors.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { atEveryCall, DEATHS } from '../support/faults/mishap.js';
import { Site } from '../support/faults/site.js';

/** A group that a worker has seen, which is not there any more, so that only its clients can end it. */
async function seenGroup() {
  const site = new Site();
  const { client } = await site.machine({ role: 'producer' }).connect();
  const later = job('work', undefined, { delay: 60_000 });
  const worker = await site
    .machine()
    .task('work', () => {})
    .start();
  await client.enqueueGroup(group([later, later], { id: 'g', onComplete: [later] }));
  await site.settle();
  await worker.close();
  const dying = await site.machine({ role: 'producer' }).connect();
  return { site, client, dying };
}

describe('where no worker comes by, a group ends', () => {
  it.each(['cancel', 'deleteJob'] as const)('with the %s of its last member', async (act) => {
    const { site, client } = await seenGroup();
    await client[act]('g:0');
    await client[act]('g:1');
    expect((await client.getGroup('g')).status).toBe('failed');
    expect(await site.stores.broker.find(['g:complete:0'])).toMatchObject([{ kind: 'job' }]);
  });

  it.each([
    ['of its last member', 'g:1', 'failed'],
    ['of the whole', 'g', 'cancelled'],
  ])(
    'with the cancel %s, which is repeated, wherever the client of the first one dies',
    async (_, id, status) => {
      await atEveryCall(DEATHS, async (mishap) => {
        const { site, client, dying } = await seenGroup();
        await client.cancel('g:0');
        mishap.awaits(dying);
        void dying.client.cancel(id).catch(() => {});
        await site.settle();
        await client.cancel(id);
        expect(await client.getGroup('g')).toMatchObject({
          status,
          jobStatus: { 'g:0': 'cancelled', 'g:1': 'cancelled' },
        });
        const left = await site.stores.broker.find(['g', 'g:0', 'g:1', 'g:complete:0']);
        expect(left.map((message) => message?.id)).toEqual([
          undefined,
          undefined,
          undefined,
          'g:complete:0',
        ]);
      });
    },
  );
});

/** Word that what is to be deleted is deleted. */
function notFound(error: unknown): undefined {
  if (!(error instanceof NotFoundError)) throw error;
  return undefined;
}

describe('a job that was deleted', () => {
  /** It waits, with a message as a broker that lost its memory of the deletion would bring it back. */
  async function waiting() {
    const site = new Site();
    const runs: unknown[] = [];
    const client = await site.machine({ role: 'producer' }).connect();
    const worker = site.machine().task('work', (payload) => runs.push(payload));
    await client.client.enqueue('work', 'old', { id: 'own' });
    const [stored] = await site.stores.broker.find(['own']);
    const comesBack = async (): Promise<void> => {
      if (stored) await site.stores.broker.enqueue([{ ...stored, dueAt: undefined, fresh: false }]);
      await site.settle();
    };
    return { site, runs, client, worker, comesBack };
  }

  it('does not come back, whatever is delivered again', async () => {
    const { runs, client, worker, comesBack } = await waiting();
    await client.client.deleteJob('own');
    await worker.start();
    await comesBack();
    expect(runs).toEqual([]);
    await expect(client.client.getJob('own')).rejects.toThrow(NotFoundError);
  });

  it('leaves its id to the next one, which runs in its own right', async () => {
    const { site, runs, client, worker, comesBack } = await waiting();
    await client.client.deleteJob('own');
    const again = await client.client.enqueue('work', 'new', { id: 'own' });
    expect(again.duplicate).toBe(false);
    await worker.start();
    await site.settle();
    await comesBack();
    expect(runs).toEqual(['new']);
  });

  it('stays so wherever its client dies, once the deletion is repeated', async () => {
    await atEveryCall(DEATHS, async (mishap) => {
      const { site, runs, client, worker, comesBack } = await waiting();
      const dying = await site.machine({ role: 'producer' }).connect();
      mishap.awaits(dying);
      void dying.client.deleteJob('own').catch(() => {});
      await site.settle();
      await client.client.deleteJob('own').catch(notFound);
      await worker.start();
      await comesBack();
      expect(runs).toEqual([]);
      await expect(client.client.getJob('own')).rejects.toThrow(NotFoundError);
    });
  });

  it('takes nothing of the next one with it, however late its deletion ends', async () => {
    const { site, runs, client, worker } = await waiting();
    const slow = await site.machine({ role: 'producer' }).connect();
    const late = new Gate();
    slow.broker.next('remove', late.again);
    await slow.client.deleteJob('own');
    await client.client.enqueue('work', 'new', { id: 'own' });
    late.open();
    await site.settle();
    await worker.start();
    await site.settle();
    expect(runs).toEqual(['new']);
  });

  it('stops its handler, whose outcome goes nowhere', async () => {
    const site = new Site();
    const handler = new HeldHandler();
    const client = await site.machine({ role: 'producer' }).connect();
    await site.machine().task('work', handler.handle).start();
    const { id } = await client.client.enqueue('work');
    const run = await handler.run(1);
    await client.client.deleteJob(id);
    await site.settle();
    expect(run.ctx.signal.reason).toBeInstanceOf(CancelledError);
    run.finish('too late');
    await site.lapse();
    await expect(client.client.getJob(id)).rejects.toThrow(NotFoundError);
    expect(handler.runs).toHaveLength(1);
  });
});

it('a group ends although a member is deleted whose worker died before it told the group', async () => {
  const site = new Site();
  const ends: string[] = [];
  const machine = (): Machine =>
    site
      .machine()
      .task('work', () => 'done')
      .task('end', (_: never, ctx) => ends.push(ctx.id));
  const dying = await machine().start();
  dying.results.next('mark', unanswered);
  await dying.client.enqueueGroup(group([job('work')], { id: 'g', onComplete: [job('end')] }));
  await site.settle();
  dying.crash();
  const other = await machine().start();
  await other.client.deleteJob('g:0');
  await site.settle();
  expect((await other.client.getGroup('g')).status).not.toBe('processing');
  expect(ends).toEqual(['g:complete:0']);
});

it('word of a cancel that comes late does not stop a retry that has begun meanwhile', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const client = await site.machine({ role: 'producer' }).connect();
  await site.machine().task('work', handler.handle).start();
  const { id } = await client.client.enqueue('work');
  await handler.run(1);
  const late = new Gate();
  client.broker.next('broadcast', late.again);
  await client.client.cancel(id);
  await client.client.retry(id);
  const run = await handler.run(2);
  late.open();
  await site.settle();
  expect(run.ctx.signal.aborted).toBe(false);
  run.finish('yes');
  await site.settle();
  expect(await client.client.getResult(id)).toBe('yes');
});

it('a late removal of what was cancelled leaves its retry alone', async () => {
  const site = new Site();
  const client = await site.machine({ role: 'producer' }).connect();
  const { id } = await client.client.enqueue('work');
  const late = new Gate();
  client.broker.next('remove', late.again);
  await client.client.cancel(id);
  await client.client.retry(id);
  late.open();
  await site.settle();
  await site
    .machine()
    .task('work', () => 'yes')
    .start();
  await site.settle();
  expect(await client.client.getResult(id)).toBe('yes');
});
