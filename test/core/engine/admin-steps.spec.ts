import { describe, expect, it } from 'vitest';
import { InvalidOptionsError, InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a bulk step', () => {
  it('acts on as many as it may, and goes on behind them', async () => {
    const { admin, client } = await new Scripted().connect();
    await client.enqueueMany(numbers(25).map((n) => job('give', n % 2 ? 'odd' : 'even')));
    const request = { action: 'cancel', state: 'queued', query: 'odd', limit: 5 } as const;
    const first = await admin.bulk(request);
    expect(first).toMatchObject({ done: 5, skipped: 0 });
    const second = await admin.bulk({ ...request, cursor: first.next });
    expect(second).toMatchObject({ done: 5, skipped: 0 });
    const third = await admin.bulk({ ...request, cursor: second.next });
    expect(third).toMatchObject({ done: 2, next: undefined });
    expect((await admin.stats(QUEUE)).cancelled).toBe(12);
  });

  it('skips what it is not for, and what is not there', async () => {
    const instance = await scripted();
    const { admin, client } = instance;
    const failed = await client.enqueue('fail', 1);
    const done = await client.enqueue('give', 1);
    await instance.quiet();
    const ids = [failed.id, done.id, 'nobody'];
    expect(await admin.bulk({ action: 'retry', ids })).toMatchObject({ done: 1, skipped: 2 });
    await instance.quiet();
    expect(await admin.bulk({ action: 'delete', ids })).toMatchObject({ done: 2, skipped: 1 });
  });

  it('wants to be told what is meant', async () => {
    const { admin } = await new Scripted().connect();
    await expect(admin.bulk({ action: 'delete' })).rejects.toThrow(InvalidOptionsError);
    await expect(admin.bulk({ action: 'delete', ids: ['a'], state: 'failed' })).rejects.toThrow(
      'one of the two',
    );
    await expect(admin.bulk({ action: 'delete', state: 'failed', limit: 501 })).rejects.toThrow(
      '1 to 500',
    );
  });
});

describe('failures', () => {
  it('are grouped by task and kind of error', async () => {
    const instance = await scripted();
    const { admin, client } = instance;
    for (const error of ['order 1 failed', 'order 22 failed', 'refused']) {
      await client.enqueue('fail', error);
      await instance.clock.advance(1_000);
    }
    const { groups } = await admin.failures();
    expect(groups.map(({ message, count }) => [message, count])).toEqual([
      ['refused', 1],
      ['order 22 failed', 2],
    ]);
    const [, orders] = groups;
    expect(orders && orders.lastAt > orders.firstAt).toBe(true);
    const found = await admin.search({ query: `fingerprint:${orders?.fingerprint}` });
    expect(found.items.map(({ payload }) => payload)).toEqual([
      'order 22 failed',
      'order 1 failed',
    ]);
    expect(found.items[0]?.id).toBe(orders?.jobId);
  });
});

describe('a job made due at once', () => {
  it('runs although it was scheduled for later', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('give', 'now', { delay: 60_000, id: 'x' });
    await instance.admin.runJobNow(id);
    await instance.quiet();
    expect(await instance.client.getJob(id)).toMatchObject({ status: 'successful', attempt: 1 });
    await instance.clock.advance(120_000);
    expect(instance.starts).toEqual(['now']);
  });

  it('makes its next attempt, with its retries used as before', async () => {
    const instance = await scripted();
    const options = { maxRetries: 1, backoff: 60_000 };
    const { id } = await instance.client.enqueue('fail', 'x', options);
    await instance.quiet();
    await instance.admin.runJobNow(id);
    await instance.quiet();
    expect(await instance.client.getJob(id)).toMatchObject({
      status: 'failed',
      attempt: 2,
      retried: 1,
    });
    await instance.clock.advance(120_000);
    expect(instance.starts).toHaveLength(2);
  });

  it('goes on with its group', async () => {
    const instance = await scripted();
    const members = [job('give', 1), job('give', 2, { delay: 60_000 })];
    await instance.client.enqueueGroup(group(members, { id: 'g' }));
    await instance.quiet();
    await instance.admin.runJobNow('g:1');
    await instance.quiet();
    expect((await instance.client.getGroup('g')).status).toBe('successful');
  });

  it('is refused for any other', async () => {
    const { admin, client } = await new Scripted().connect();
    const { id } = await client.enqueue('give', 1);
    await expect(admin.runJobNow(id)).rejects.toThrow(InvalidStateError);
    await expect(admin.runJobNow('nobody')).rejects.toThrow(NotFoundError);
  });
});

describe('a workflow', () => {
  it('shows a group with its members, their errors and its callbacks', async () => {
    const instance = await scripted();
    const { client, admin } = instance;
    const members = [job('give', 1), job('fail', 'x')];
    await client.enqueueGroup(
      group(members, { id: 'g', onError: [job('note', 2)], onSuccess: [job('note', 3)] }),
    );
    await instance.quiet();
    expect(await admin.workflow('g')).toMatchObject({
      kind: 'group',
      status: 'failed',
      of: 2,
      members: [
        { id: 'g:0', kind: 'job', status: 'successful', task: 'give' },
        { id: 'g:1', kind: 'job', status: 'failed', task: 'fail', error: 'x' },
      ],
      callbacks: [
        { on: 'success', task: 'note', status: 'waiting' },
        { on: 'error', task: 'note', status: 'successful' },
      ],
    });
    expect(await admin.retryFailed('g')).toBe(1);
    await instance.quiet();
    expect((await admin.job('g:1')).position).toEqual({ index: 2, of: 2 });
    const { attempts } = await admin.job('g:1');
    expect(attempts).toMatchObject([
      { attempt: 1, status: 'failed', error: 'x', worker: 'test:1' },
      { attempt: 2, status: 'failed', error: 'x', worker: 'test:1' },
    ]);
    expect(attempts.every(({ startedAt }) => startedAt instanceof Date)).toBe(true);
  });

  it('shows a chain with a group as a step, and what waits', async () => {
    const instance = await scripted();
    const { client, admin } = instance;
    const steps = [group([job('hold', 1), job('give', 2)]), job('give', 3)] as const;
    await client.enqueueChain(chain(steps, { id: 'c' }));
    await instance.clock.advance(1_000);
    expect(await admin.workflow('c')).toMatchObject({
      kind: 'chain',
      status: 'processing',
      members: [
        {
          kind: 'group',
          status: 'processing',
          members: [{ status: 'processing' }, { status: 'successful' }],
        },
        { kind: 'job', status: 'waiting', task: 'give' },
      ],
    });
    await expect(admin.workflow('nobody')).rejects.toThrow(NotFoundError);
    expect(await admin.retryFailed('c')).toBe(0);
  });
});

describe('concurrency set by an administrator', () => {
  it('reaches the workers of all processes that have the queue', async () => {
    const one = await scripted();
    const two = await new Scripted(one.world).start();
    await one.admin.setConcurrency(QUEUE, 7);
    await one.quiet();
    for (const { runner } of [one, two]) expect(runner.status.slots[QUEUE]?.concurrency).toBe(7);
    await one.admin.setConcurrency('of nobody', 7);
    await expect(one.admin.setConcurrency(QUEUE, 0)).rejects.toThrow(InvalidOptionsError);
  });
});
