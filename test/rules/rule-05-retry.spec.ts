import { describe, expect, it } from 'vitest';
import { BrokerUnavailableError, InvalidStateError } from '../../lib/core/errors.js';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { Gate, refused, replyLost, silent, unanswered } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { atEveryCall, DEATHS } from '../support/faults/mishap.js';
import { Site } from '../support/faults/site.js';

const flaky = job('flaky');
const ENDS = { id: 'p', onSuccess: [job('end')], onError: [job('end')], onComplete: [job('end')] };

/** A group of one, whose member has failed once; a client stands by to retry it. */
async function failed() {
  const site = new Site();
  const handler = new HeldHandler();
  const ends: string[] = [];
  const end = (_: never, ctx: { id: string }): number => ends.push(ctx.id);
  const client = await site.machine({ role: 'producer' }).connect();
  const worker = await site.machine().task('work', handler.handle).task('end', end).start();
  const handle = await worker.client.enqueueGroup(
    group([job('work', undefined, { onError: [job('end')], onSuccess: [job('end')] })], {
      id: 'g',
      onSuccess: [job('end')],
      onError: [job('end')],
    }),
  );
  (await handler.run(1)).fail(new Error('no'));
  await site.settle();
  expect((await handle.get()).status).toBe('failed');
  return { site, client, worker, handler, handle, ends };
}

describe('a job that is retried by hand', () => {
  it('runs again under the next generation, its group open meanwhile', async () => {
    const { site, client, handler, handle } = await failed();
    await client.client.retry('g:0');
    expect((await handle.get()).status).toBe('processing');
    await site.settle();
    handler.runs[1]?.finish('yes');
    await site.settle();
    expect((await handle.get()).status).toBe('successful');
    expect(site.witness.of('g:0')).toMatchObject([
      { generation: 1, status: 'failed' },
      { generation: 2, status: 'successful' },
    ]);
  });

  it('gives rise to each of its follow-ups once, however often it ends', async () => {
    const { site, client, handler, ends } = await failed();
    for (const run of [1, 2]) {
      await client.client.retry('g:0');
      await site.settle();
      handler.runs[run]?.fail(new Error('no'));
      await site.settle();
    }
    await client.client.retry('g:0');
    await site.settle();
    handler.runs[3]?.finish('yes');
    await site.settle();
    expect(ends.toSorted()).toEqual(['g:0:error:0', 'g:0:success:0', 'g:error:0', 'g:success:0']);
  });

  it.each([
    ['its message', 'broker', 'enqueue'],
    ['its record', 'results', 'put'],
    ['its group', 'results', 'mark'],
  ] as const)('runs although the confirmation of %s was lost', async (_, store, call) => {
    const { site, client, handler, handle } = await failed();
    if (store === 'broker') client.broker.next(call, replyLost);
    else client.results.next(call, replyLost);
    await client.client.retry('g:0').catch(() => {});
    await client.client.retry('g:0').catch(() => {});
    await site.settle();
    expect(handler.runs).toHaveLength(2);
    expect((await handle.get()).status).toBe('processing');
    handler.runs[1]?.finish('yes');
    await site.settle();
    expect((await handle.get()).status).toBe('successful');
  });

  it.each([
    ['its message was accepted', 'put', unanswered],
    ['its record was reopened', 'put', silent],
    ['its group was opened', 'mark', silent],
  ] as const)('runs although its client died when %s', async (_, call, fate) => {
    const { site, client, handler, handle } = await failed();
    client.results.next(call, fate);
    void client.client.retry('g:0').catch(() => {});
    await site.settle();
    client.crash();
    await site.settle();
    expect(handler.runs).toHaveLength(2);
    expect((await handle.get()).status).toBe('processing');
    handler.runs[1]?.finish('yes');
    await site.settle();
    expect((await handle.get()).status).toBe('successful');
  });

  it('is as it was when its message was refused', async () => {
    const { site, client, handler, handle } = await failed();
    client.broker.next('enqueue', refused);
    await expect(client.client.retry('g:0')).rejects.toThrow(BrokerUnavailableError);
    await site.settle();
    expect((await handle.get()).status).toBe('failed');
    expect((await client.client.getJob('g:0')).status).toBe('failed');
    expect(handler.runs).toHaveLength(1);
  });
});

it('the settlement of the failed run does not touch the message of the retry', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const client = await site.machine({ role: 'producer' }).connect();
  const worker = await site.machine().task('work', handler.handle).start();
  const { id } = await worker.client.enqueue('work');
  const late = new Gate();
  worker.broker.next('work', late.before, ({ settle }) => settle.length > 0);
  (await handler.run(1)).fail(new Error('no'));
  await late.reached;
  await client.client.retry(id);
  late.open();
  await site.settle();
  expect(handler.runs).toHaveLength(2);
  handler.runs[1]?.finish('yes');
  await site.settle();
  expect(await client.client.getResult(id)).toBe('yes');
});

it('a follow-up that was not sent yet when its job is retried is not lost', async () => {
  const site = new Site();
  const handler = new HeldHandler();
  const ends: string[] = [];
  const end = (_: never, ctx: { id: string }): number => ends.push(ctx.id);
  const dying = await site.machine().task('work', handler.handle).task('end', end).start();
  const { id } = await dying.client.enqueue('work', undefined, {
    id: 'own',
    onError: [job('end')],
  });
  dying.broker.next('enqueue', unanswered);
  (await handler.run(1)).fail(new Error('no'));
  await site.settle();
  dying.crash();
  const other = await site.machine().task('work', handler.handle).task('end', end).start();
  await other.client.retry(id);
  await site.lapse();
  handler.runs[1]?.finish('yes');
  await site.settle();
  expect(ends).toEqual(['own:error:0']);
});

describe('a retry is there as a whole or not at all, wherever its client dies:', () => {
  it.each([
    [
      'of a member',
      'p:0',
      (client: Machine['client']) => client.enqueueGroup(group([flaky], ENDS)),
    ],
    ['of a group', 'p', (client: Machine['client']) => client.enqueueGroup(group([flaky], ENDS))],
    [
      'of a chain',
      'p',
      (client: Machine['client']) =>
        client.enqueueChain(chain([job('end'), flaky], { id: 'p', onError: [job('end')] })),
    ],
  ])('%s', async (_, id, enqueue) => {
    await atEveryCall(DEATHS, async (mishap) => {
      const site = new Site();
      const { client } = await site.machine({ role: 'producer' }).connect();
      const runs: string[] = [];
      const run = (__: never, ctx: { id: string }): number => runs.push(ctx.id);
      await site
        .machine()
        .task('end', run)
        .task('flaky', (__: never, ctx) => {
          if (ctx.attempt === 1) throw new Error('no');
        })
        .start();
      await enqueue(client);
      await site.settle();
      const dying = await site.machine({ role: 'producer' }).connect();
      mishap.awaits(dying);
      void dying.client.retry(id).catch(() => {});
      await site.settle();
      const again = await client.retry(id).catch((error: unknown) => error);
      // Whoever has come too late is told that there is nothing to retry.
      expect([undefined, expect.any(InvalidStateError)]).toContainEqual(again);
      await site.lapse();
      const whole = await client.getGroup('p').catch(() => client.getChain('p'));
      expect(whole.status).toBe('successful');
      expect(new Set(runs).size).toBe(runs.length);
    });
  });
});
