import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../../lib/core/errors.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { wrong } from '../../support/wrong.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('clear', () => {
  it('deletes what waits, is delayed or waits for its retry, and says how many', async () => {
    const instance = await scripted();
    const { client, admin } = instance;
    await client.enqueue('hold', 'runs');
    await client.enqueue('fail', 'retries', { maxRetries: 1, backoff: 60_000 });
    await client.enqueue('give', 'done');
    await instance.quiet();
    await admin.pause(QUEUE);
    await client.enqueueMany(numbers(500).map((n) => job('give', n)));
    await client.enqueue('give', 'delayed', { delay: 60_000 });
    await client.enqueue('give', 'elsewhere', { queue: 'other' });
    expect(await admin.clear(QUEUE)).toBe(502);
    expect(await admin.stats(QUEUE)).toMatchObject({
      queued: 0,
      scheduled: 0,
      retrying: 0,
      processing: 1,
      successful: 1,
      cancelled: 0,
    });
    expect((await admin.stats('other')).queued).toBe(1);
    await admin.resume(QUEUE);
    instance.held.finishAll();
    await instance.clock.advance(120_000);
    expect(instance.starts).toEqual(['runs', 'retries', 'done']);
  });

  it('of an empty queue deletes nothing', async () => {
    const { admin } = await scripted();
    expect(await admin.clear(QUEUE)).toBe(0);
    expect(await admin.clear('unheard of')).toBe(0);
  });

  it('ends the groups whose jobs it deletes, and leaves their callbacks to run', async () => {
    const instance = await new Scripted().connect();
    const { client, admin } = instance;
    const spec = group([job('give', 1), job('give', 2)], { onComplete: [job('note', 'complete')] });
    const { id } = await client.enqueueGroup(spec);
    expect(await admin.clear(QUEUE)).toBe(2);
    expect((await client.getGroup(id)).status).toBe('failed');
    await instance.runner.start();
    await instance.quiet();
    expect(instance.notes).toEqual([['complete', [undefined, undefined]]]);
  });
});

/** Failures and cancellations of two tasks on two queues. */
async function ended() {
  const instance = await scripted({ queues: [QUEUE, 'other'] });
  const { client, clock } = instance;
  instance.task('unused', () => 1);
  await client.enqueueMany(numbers(250).map((n) => job('fail', n)));
  await client.enqueue('fail', 'elsewhere', { queue: 'other' });
  await client.enqueue('hold', 'cancelled', { id: 'c' });
  await client.enqueue('give', 'fine');
  await instance.held.run(1);
  await client.cancel('c');
  await clock.advance(1_000);
  const later = new Date(clock.now());
  await clock.advance(1_000);
  await client.enqueue('fail', 'late');
  await instance.quiet();
  return { instance, admin: instance.admin, later };
}

describe('retryAll', () => {
  it.each([
    ['all that failed', {}, 252],
    ['of a queue', { queue: 'other' }, 1],
    ['of a task', { task: 'fail' }, 252],
    ['of a task without failures', { task: 'give' }, 0],
    ['of a status', { status: 'cancelled' as const }, 1],
    ['of all at once', { queue: QUEUE, task: 'fail', status: 'failed' as const }, 251],
  ])('retries %s, each once, and says how many', async (_, filter, count) => {
    const { instance, admin } = await ended();
    const before = instance.starts.length;
    await admin.pause(QUEUE);
    await admin.pause('other');
    expect(await admin.retryAll(filter)).toBe(count);
    await admin.resume(QUEUE);
    await admin.resume('other');
    await instance.quiet();
    expect(instance.starts).toHaveLength(before + count);
  });

  it('takes those that ended before an instant', async () => {
    const { admin, later } = await ended();
    expect(await admin.retryAll({ before: later })).toBe(251);
    expect(await admin.retryAll({ before: new Date(0) })).toBe(0);
  });

  it('ends although what it retries fails again at once', async () => {
    const { instance, admin } = await ended();
    expect(await admin.retryAll()).toBe(252);
    await instance.quiet();
    expect((await admin.stats(QUEUE)).failed).toBe(251);
  });

  it.each([{ status: 'successful' }, { status: 'queued' }, { queues: 'x' }, { before: 'now' }])(
    'refuses %j',
    async (filter) => {
      const { admin } = await scripted();
      await expect(admin.retryAll(wrong(filter))).rejects.toThrow(InvalidOptionsError);
    },
  );
});

describe('deleteAll', () => {
  it.each([
    ['all that has ended', {}, 254],
    ['of a status', { status: 'successful' as const }, 1],
    ['of a queue', { queue: 'other' }, 1],
    ['of a task', { task: 'hold' }, 1],
  ])('deletes %s, and says how many', async (_, filter, count) => {
    const { instance, admin } = await ended();
    await instance.client.enqueue('give', 'waits', { delay: 60_000, id: 'waits' });
    expect(await admin.deleteAll(filter)).toBe(count);
    expect(await admin.deleteAll(filter)).toBe(0);
    expect(await instance.client.getJob('waits')).toMatchObject({ status: 'scheduled' });
  });

  it('takes those that ended before an instant', async () => {
    const { admin, later } = await ended();
    expect(await admin.deleteAll({ before: later })).toBe(253);
    expect((await admin.failed()).items.map(({ payload }) => payload)).toEqual(['late']);
  });

  it.each([{ status: 'processing' }, { status: 'queued' }, { tasks: 'x' }])(
    'refuses %j: it is for what has ended',
    async (filter) => {
      const { admin } = await scripted();
      await expect(admin.deleteAll(wrong(filter))).rejects.toThrow(InvalidOptionsError);
    },
  );
});
