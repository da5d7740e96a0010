import { describe, expect, it } from 'vitest';
import { CancelledError, NotFoundError } from '../../lib/core/errors.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, silent, unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

/** A group of two that waits, and a client that will die in the middle of its next call. */
async function waitingGroup() {
  const site = new Site();
  const handler = new HeldHandler();
  const ends: string[] = [];
  const dying = await site.machine({ role: 'producer' }).connect();
  const client = await site.machine({ role: 'producer' }).connect();
  const worker = site
    .machine()
    .task('work', handler.handle)
    .task('end', (_: never, ctx) => ends.push(ctx.id));
  await client.client.enqueueGroup(
    group([job('work'), job('work')], { id: 'g', onComplete: [job('end')] }),
  );
  return { site, handler, ends, dying, client, worker };
}

/** The machine dies once this call, the `count`-th of its kind, has had its effect. */
async function diesAfter(
  machine: Machine,
  call: 'put' | 'mark' | 'remove' | 'delete' | 'enqueue' | 'dispatched' | 'broadcast',
  act: () => Promise<unknown>,
): Promise<void> {
  if (call === 'remove' || call === 'enqueue' || call === 'broadcast')
    machine.broker.next(call, silent);
  else machine.results.next(call, silent);
  void act().catch(() => {});
  await machine.world.clock.advance(0);
  machine.crash();
}

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

describe('a cancel whose client died', () => {
  it.each(['put', 'broadcast', 'mark', 'remove'] as const)(
    'after %s is finished by the next one',
    async (call) => {
      const { site, handler, ends, dying, client, worker } = await waitingGroup();
      await client.client.cancel('g:1');
      await diesAfter(dying, call, () => dying.client.cancel('g:0'));
      expect(await client.client.cancel('g:0')).toBe(false);
      expect(await site.stores.broker.find(['g:0'])).toEqual([undefined]);
      await worker.start();
      await site.settle();
      expect(await client.client.getGroup('g')).toMatchObject({
        status: 'failed',
        jobStatus: { 'g:0': 'cancelled', 'g:1': 'cancelled' },
      });
      expect(ends).toEqual(['g:complete:0']);
      expect(handler.runs).toEqual([]);
    },
  );

  it.each(['put', 'broadcast', 'mark'] as const)(
    'after %s is finished by whoever gets the job',
    async (call) => {
      const { site, handler, ends, dying, client, worker } = await waitingGroup();
      await client.client.cancel('g:1');
      await diesAfter(dying, call, () => dying.client.cancel('g:0'));
      await worker.start();
      await site.settle();
      expect((await client.client.getGroup('g')).status).toBe('failed');
      expect(ends).toEqual(['g:complete:0']);
      expect(handler.runs).toEqual([]);
    },
  );
});

describe('a cancel of a whole group whose client died', () => {
  it.each(['mark', 'put', 'broadcast', 'remove', 'enqueue', 'dispatched'] as const)(
    'after the first %s is finished by the next one',
    async (call) => {
      const { site, handler, ends, dying, client, worker } = await waitingGroup();
      await diesAfter(dying, call, () => dying.client.cancel('g'));
      await client.client.cancel('g');
      await worker.start();
      await site.settle();
      expect(await client.client.getGroup('g')).toMatchObject({
        status: 'cancelled',
        jobStatus: { 'g:0': 'cancelled', 'g:1': 'cancelled' },
      });
      expect(ends).toEqual(['g:complete:0']);
      expect(handler.runs).toEqual([]);
      const left = await site.stores.broker.find(['g', 'g:0', 'g:1']);
      expect(left.filter((message) => message !== undefined)).toEqual([]);
    },
  );
});

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

  it.each(['put', 'broadcast', 'remove', 'delete'] as const)(
    'stays so when its client dies after %s, and the deletion is repeated',
    async (call) => {
      const { site, runs, client, worker, comesBack } = await waiting();
      const dying = await site.machine({ role: 'producer' }).connect();
      await diesAfter(dying, call, () => dying.client.deleteJob('own'));
      await client.client.deleteJob('own').catch(() => {});
      await worker.start();
      await comesBack();
      expect(runs).toEqual([]);
      await expect(client.client.getJob('own')).rejects.toThrow(NotFoundError);
    },
  );

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

it('no member of a cancelled group runs, though a worker was about to send them', async () => {
  const { site, handler, client, worker } = await waitingGroup();
  const expands = new Gate();
  worker.results.next('plan', expands.after);
  await worker.start();
  await expands.reached;
  await client.client.cancel('g');
  expands.open();
  await site.settle();
  expect(handler.runs).toEqual([]);
  expect((await client.client.getGroup('g')).status).toBe('cancelled');
});
