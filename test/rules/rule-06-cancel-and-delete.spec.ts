import { describe, expect, it } from 'vitest';
import { CancelledError, NotFoundError } from '../../lib/core/errors.js';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { atEveryCall, DEATHS } from '../support/faults/mishap.js';
import { Site } from '../support/faults/site.js';

it.each(['cancel', 'deleteJob'] as const)(
  'a group ends with the %s of its last member, though no worker comes by',
  async (act) => {
    const site = new Site();
    const { client } = await site.machine({ role: 'producer' }).connect();
    const delayed = job('work', undefined, { delay: 60_000 });
    const worker = await site
      .machine()
      .task('work', () => {})
      .start();
    await client.enqueueGroup(group([delayed, delayed], { id: 'g', onComplete: [delayed] }));
    await site.settle();
    await worker.close();
    await client[act]('g:0');
    await client[act]('g:1');
    expect((await client.getGroup('g')).status).toBe('failed');
    expect(await site.stores.broker.find(['g:complete:0'])).toMatchObject([{ kind: 'job' }]);
  },
);

const LATER = { delay: 60_000 };
const later = job('work', undefined, LATER);
const DONE = { onComplete: [job('end')] };

const PLANS: readonly [string, (client: Machine['client']) => Promise<unknown>][] = [
  ['group', (client) => client.enqueueGroup(group([later, later], { id: 'p', ...DONE }))],
  [
    'chain',
    (client) => client.enqueueChain(chain([group([later, later], DONE), later], { id: 'p' })),
  ],
];

describe.each([
  ['that a worker has seen', true, (): Site => new Site()],
  ['that no worker has seen', false, (): Site => Site.modest({ atomicEnqueue: false })],
])('what is cancelled or deleted, and %s:', (_, seen, aSite) => {
  describe.each(PLANS)('a %s', (__, enqueue) => {
    /** It waits, for two clients and a worker to come. */
    async function waiting() {
      const site = aSite();
      const ran: string[] = [];
      const run = (____: never, ctx: { id: string }): number => ran.push(ctx.id);
      const machine = (): Machine => site.machine().task('work', run).task('end', run);
      const { client } = await machine().connect();
      await enqueue(client);
      const worker = await machine().connect();
      if (seen) {
        await worker.runner.start();
        await site.settle();
        await worker.runner.stop();
      }
      const dying = await site.machine({ role: 'producer' }).connect();
      return { site, ran, client, dying, worker };
    }

    it.each(['cancel', 'deleteJob'] as const)(
      'is finished by the next %s, wherever the client of the first one dies',
      async (act) => {
        await atEveryCall(DEATHS, async (mishap) => {
          const { site, ran, client, dying, worker } = await waiting();
          mishap.awaits(dying);
          void dying.client[act]('p').catch(() => {});
          await site.settle();
          await client[act]('p').catch(notFound);
          await worker.runner.start();
          await site.clock.advance(120_000);
          // The callback of a group that was cancelled runs, and nothing else.
          expect(ran.filter((id) => !id.includes(':complete:'))).toEqual([]);
          expect(ran.length).toBeLessThanOrEqual(1);
        });
      },
    );

    it.each(['cancel', 'deleteJob'] as const)(
      'ends, wherever the client of its %s dies',
      async (act) => {
        await atEveryCall(DEATHS, async (mishap) => {
          const { site, ran, client, dying, worker } = await waiting();
          mishap.awaits(dying);
          void dying.client[act]('p').catch(() => {});
          await site.settle();
          await worker.runner.start();
          await site.clock.advance(200_000);
          const message = await client
            .getGroup('p')
            .catch(() => client.getChain('p').catch(notFound));
          expect(message?.status).not.toBe('processing');
          expect(new Set(ran).size).toBe(ran.length);
        });
      },
    );
  });
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
