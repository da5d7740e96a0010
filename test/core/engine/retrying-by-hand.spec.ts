import { describe, expect, it } from 'vitest';
import { InvalidStateError } from '../../../lib/core/errors.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

describe('retry', () => {
  it('runs a failed job again: retried starts over, errors are kept', async () => {
    const instance = await scripted();
    const { client, held, clock } = instance;
    const options = { maxRetries: 1, priority: 3, headers: { a: 'b' } };
    const handle = await client.enqueue('hold', 'p', { ...options, backoff: 10 });
    (await held.run(1)).fail(new Error('one'));
    await clock.advance(10);
    (await held.run(2)).fail(new Error('two'));
    await instance.quiet();
    await instance.admin.pause('tasqueue:tasks');
    await client.retry(handle.id);
    expect(await handle.get()).toMatchObject({
      ...options,
      status: 'queued',
      payload: 'p',
      retried: 0,
      attempt: 2,
      finishedAt: undefined,
      errors: [{ message: 'one' }, { message: 'two' }],
      prevError: 'two',
    });
    await instance.admin.resume('tasqueue:tasks');
    (await held.run(3)).fail(new Error('three'));
    await clock.advance(10);
    (await held.run(4)).finish('four');
    expect(await handle.result()).toBe('four');
    expect(await handle.get()).toMatchObject({ attempt: 4, retried: 1 });
  });

  it('runs a cancelled job again, started or not', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const started = await client.enqueue('hold', 1);
    await held.run(1);
    const waiting = await client.enqueue('give', 2, { delay: 60_000 });
    for (const { id } of [started, waiting]) {
      await client.cancel(id);
      await client.retry(id);
    }
    expect(await waiting.result()).toBe(2);
    expect((await waiting.get()).attempt).toBe(1);
    (await held.run(2)).finish('again');
    expect(await started.result()).toBe('again');
  });

  it('takes a job out of the list of failures', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('fail', 'no');
    await instance.quiet();
    await instance.admin.pause('tasqueue:tasks');
    await instance.client.retry(id);
    expect((await instance.admin.failed()).items).toEqual([]);
    const { items } = await instance.admin.pending('tasqueue:tasks');
    expect(items).toMatchObject([{ id, attempt: 1, errors: [{ message: 'no' }] }]);
  });

  it('is told by handle.result(), which waits anew', async () => {
    const instance = await scripted();
    const handle = await instance.client.enqueue('hold');
    (await instance.held.run(1)).fail(new Error('no'));
    await expect(handle.result()).rejects.toThrow('no');
    await instance.client.retry(handle.id);
    const result = handle.result();
    (await instance.held.run(2)).finish('yes');
    expect(await result).toBe('yes');
  });

  it.each(['queued', 'scheduled', 'processing', 'retrying', 'successful'])(
    'of a %s job is refused',
    async (status) => {
      const instance = await scripted();
      const { client } = instance;
      if (status === 'queued') await instance.admin.pause('tasqueue:tasks');
      const task = { processing: 'hold', retrying: 'fail' }[status] ?? 'give';
      const delay = status === 'scheduled' ? 60_000 : 0;
      const { id } = await client.enqueue(task, 1, { delay, maxRetries: 1 });
      await instance.clock.advance(300);
      expect((await client.getJob(id)).status).toBe(status);
      const refused = client.retry(id);
      await expect(refused).rejects.toThrow(InvalidStateError);
      await expect(refused).rejects.toThrow(status);
    },
  );

  it('of a schedule is refused', async () => {
    const { client } = await scripted();
    const { id } = await client.enqueue('give', 1, { schedule: '0 0 * * *' });
    await expect(client.retry(id)).rejects.toThrow(InvalidStateError);
    await expect(client.retry(id)).rejects.toThrow('schedule');
  });

  it('twice at once runs the job once', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('fail', 'no');
    await instance.quiet();
    await Promise.allSettled([instance.client.retry(id), instance.client.retry(id)]);
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual(['no', 'no']);
    expect(await instance.client.getJob(id)).toMatchObject({ status: 'failed', attempt: 2 });
  });

  it('works without a worker: the job waits, and shows it', async () => {
    const instance = await new Scripted().connect();
    const { id } = await instance.client.enqueue('give', 1);
    await instance.client.cancel(id);
    await instance.client.retry(id);
    expect((await instance.client.getJob(id)).status).toBe('queued');
    expect((await instance.admin.stats('tasqueue:tasks')).queued).toBe(1);
  });
});
