import { describe, expect, it } from 'vitest';
import { JobFailedError, NotFoundError } from '../../../lib/core/errors.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const after = {
  onSuccess: [job('note', 'success')],
  onError: [job('note', 'error')],
  onComplete: [job('note', 'complete')],
};

describe('a group', () => {
  it('runs its jobs side by side, and gives their results in member order', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(group(['a', 'b', 'c'].map((p) => job('hold', p))));
    await held.run(3);
    for (const run of held.runs.toReversed()) {
      run.finish(`result of ${String(run.payload)}`);
      await instance.quiet();
    }
    const results = ['result of a', 'result of b', 'result of c'];
    expect(await handle.result()).toEqual(results);
    expect(await client.getResult(handle.id)).toEqual(results);
  });

  it('tells how it stands, and how each job does', async () => {
    const instance = await scripted();
    const { client, held, clock } = instance;
    const members = [
      job('hold', 'a'),
      job('fail', 'b', { maxRetries: 1, backoff: 1_000 }),
      job('give', 'c', { delay: 5_000, id: 'own' }),
      job('give', 'd'),
    ];
    const handle = await client.enqueueGroup(group(members, { id: 'g' }));
    expect(handle.id).toBe('g');
    const jobIds = ['g:0', 'g:1', 'own', 'g:3'];
    await held.run(1);
    await clock.advance(300);
    expect(await handle.get()).toEqual({
      id: 'g',
      status: 'processing',
      jobIds,
      jobStatus: { 'g:0': 'processing', 'g:1': 'retrying', own: 'scheduled', 'g:3': 'successful' },
    });
    held.finishAll();
    await clock.advance(5_000);
    expect(await handle.get()).toEqual({
      id: 'g',
      status: 'failed',
      jobIds,
      jobStatus: { 'g:0': 'successful', 'g:1': 'failed', own: 'successful', 'g:3': 'successful' },
    });
  });

  it('tells how it stands before any worker has seen it', async () => {
    const instance = await new Scripted().connect();
    const { client } = instance;
    const { id } = await client.enqueueGroup(group([job('give', 1), job('give', 2)]));
    expect(await client.getGroup(id)).toMatchObject({
      status: 'processing',
      jobStatus: { [`${id}:0`]: 'queued', [`${id}:1`]: 'queued' },
    });
    expect(await client.getJob(`${id}:0`)).toMatchObject({ groupId: id, payload: 1 });
  });

  it('fails once every job has ended and one did not succeed; not before', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(group([job('fail', 'no'), job('hold')], after));
    await instance.quiet();
    expect((await handle.get()).status).toBe('processing');
    expect(instance.notes).toEqual([]);
    held.finishAll('held');
    await instance.quiet();
    expect((await handle.get()).status).toBe('failed');
    await expect(handle.result()).rejects.toThrow(JobFailedError);
    await expect(handle.result()).rejects.toMatchObject({
      jobId: `${handle.id}:0`,
      message: 'no',
      errors: [{ message: 'no' }],
    });
    expect(await client.getResult(handle.id)).toEqual([undefined, 'held']);
  });

  it('calls back with the results once, as its end demands', async () => {
    const instance = await scripted();
    const jobs = [job('give', 1), job('note', 'member'), job('give', null)];
    await instance.client.enqueueGroup(group(jobs, after));
    await instance.quiet();
    expect(instance.notes.slice(1)).toEqual([
      ['success', [1, undefined, null]],
      ['complete', [1, undefined, null]],
    ]);
  });

  it('calls back with undefined for the unsuccessful', async () => {
    const instance = await scripted();
    await instance.client.enqueueGroup(group([job('give', 1), job('fail', 'no')], after));
    await instance.quiet();
    await instance.clock.advance(60_000);
    expect(instance.notes).toEqual([
      ['error', [1, undefined]],
      ['complete', [1, undefined]],
    ]);
  });

  it('calls back with undefined for one that saved something and then failed', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(group([job('give', 1), job('hold')], after));
    const run = await held.run(1);
    await run.ctx.save('saved in vain');
    run.fail(new Error('no'));
    await instance.quiet();
    expect(instance.notes).toContainEqual(['complete', [1, undefined]]);
    expect(await client.getResult(handle.id)).toEqual([1, undefined]);
  });

  it('ends without anybody asking for its status', async () => {
    const instance = await scripted();
    await instance.client.enqueueGroup(group([job('give', 1)], { onSuccess: after.onSuccess }));
    await instance.quiet();
    expect(instance.notes).toEqual([['success', [1]]]);
  });

  it('without jobs is successful at once, with no worker at all', async () => {
    const instance = await new Scripted().connect();
    const handle = await instance.client.enqueueGroup(group([], { id: 'g', ...after }));
    expect(await handle.get()).toEqual({
      id: 'g',
      status: 'successful',
      jobIds: [],
      jobStatus: {},
    });
    expect(await handle.result()).toEqual([]);
    await instance.runner.start();
    await instance.quiet();
    expect(instance.notes).toEqual([
      ['success', []],
      ['complete', []],
    ]);
  });

  it('hands large results on', async () => {
    const instance = await scripted();
    const large = 'x'.repeat(50_000);
    const jobs = [job('give', large), job('give', large), job('give', 'small')];
    await instance.client.enqueueGroup(group(jobs, { id: 'g', onSuccess: after.onSuccess }));
    await instance.quiet();
    expect(instance.notes).toEqual([['success', [large, large, 'small']]]);
    const { prevJobResult } = await instance.client.getJob('g:success:0');
    expect(prevJobResult).toEqual([large, large, 'small']);
  });

  it('ends although the id of a member is a job of somebody else', async () => {
    const instance = await new Scripted().connect();
    await instance.client.enqueue('give', 'not of the group', { id: 'taken', delay: 1_000 });
    const members = [job('give', 1), job('give', 2, { id: 'taken' })];
    const handle = await instance.client.enqueueGroup(group(members, after));
    await instance.runner.start();
    await instance.clock.advance(10_000);
    expect(await handle.get()).toMatchObject({ status: 'failed', jobStatus: { taken: 'failed' } });
    expect(instance.notes).toContainEqual(['complete', [1, undefined]]);
    expect(await instance.client.getJob('taken')).toMatchObject({
      status: 'successful',
      payload: 'not of the group',
    });
  });

  it('is not found under an id that is none of a group', async () => {
    const { client } = await scripted();
    const { id } = await client.enqueue('give', 1, { delay: 1_000 });
    await expect(client.getGroup(id)).rejects.toThrow(NotFoundError);
    await expect(client.getGroup('nobody')).rejects.toThrow(NotFoundError);
  });

  it('has a thousand members without anybody noticing', async () => {
    const instance = await scripted();
    const members = Array.from({ length: 1_000 }, (_, n) => job('give', n));
    const handle = await instance.client.enqueueGroup(group(members, after));
    await instance.quiet();
    expect(await handle.result()).toEqual(members.map(({ payload }) => payload));
    expect(instance.notes).toHaveLength(2);
  });
});
