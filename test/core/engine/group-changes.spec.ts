import { describe, expect, it } from 'vitest';
import { CancelledError, InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const after = {
  onSuccess: [job('note', 'success')],
  onError: [job('note', 'error')],
  onComplete: [job('note', 'complete')],
};

describe('a group of which one job', () => {
  it('is cancelled ends as failed once the others have ended', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(
      group([job('hold'), job('hold')], { id: 'g', ...after }),
    );
    await held.run(2);
    expect(await client.cancel('g:0')).toBe(true);
    expect((await handle.get()).status).toBe('processing');
    held.finishAll('held');
    await instance.quiet();
    expect(await handle.get()).toMatchObject({
      status: 'failed',
      jobStatus: { 'g:0': 'cancelled', 'g:1': 'successful' },
    });
    expect(instance.notes).toEqual([
      ['error', [undefined, 'held']],
      ['complete', [undefined, 'held']],
    ]);
  });

  it('is deleted counts that as cancelled, and ends', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(
      group([job('hold'), job('hold')], { id: 'g', ...after }),
    );
    await held.run(2);
    await client.deleteJob('g:0');
    held.finishAll('held');
    await instance.quiet();
    expect(await handle.get()).toMatchObject({
      status: 'failed',
      jobStatus: { 'g:0': 'cancelled', 'g:1': 'successful' },
    });
    expect(instance.notes).toContainEqual(['complete', [undefined, 'held']]);
  });

  it.each(['cancel', 'deleteJob'] as const)(
    'and all others go by %s before any worker has seen it ends at once',
    async (end) => {
      const instance = await new Scripted().connect();
      const { client } = instance;
      const handle = await client.enqueueGroup(
        group([job('give'), job('give')], { id: 'g', ...after }),
      );
      await client[end]('g:0');
      expect(await handle.get()).toMatchObject({
        status: 'processing',
        jobStatus: { 'g:0': 'cancelled', 'g:1': 'queued' },
      });
      await client[end]('g:1');
      expect((await handle.get()).status).toBe('failed');
      await instance.runner.start();
      await instance.quiet();
      expect(instance.starts).toEqual(['error', 'complete']);
    },
  );

  it('is retried is open again, and may become successful: each callback comes once ever', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(
      group([job('hold'), job('give', 1)], { id: 'g', ...after }),
    );
    for (const count of [1, 2]) {
      (await held.run(count)).fail(new Error('no'));
      await instance.quiet();
      expect((await handle.get()).status).toBe('failed');
      await client.retry('g:0');
      expect((await handle.get()).status).toBe('processing');
    }
    (await held.run(3)).finish('at last');
    expect(await handle.result()).toEqual(['at last', 1]);
    await instance.quiet();
    expect(instance.notes).toEqual([
      ['error', [undefined, 1]],
      ['complete', [undefined, 1]],
      ['success', ['at last', 1]],
    ]);
  });
});

it('a late message of a member that succeeded and was deleted changes nothing', async () => {
  const instance = await scripted();
  const { client, held, world } = instance;
  const handle = await client.enqueueGroup(group([job('hold', 1), job('hold', 2)], { id: 'g' }));
  const [late] = await world.broker.find(['g:0']);
  (await held.run(1)).finish('one');
  await instance.quiet();
  await client.deleteJob('g:0');
  await world.broker.enqueue([{ ...late!, fresh: false }]);
  await instance.clock.advance(1_000);
  (await held.run(2)).finish('two');
  expect(await handle.result()).toEqual([undefined, 'two']);
  expect(held.runs).toHaveLength(2);
});

describe('a group that is cancelled', () => {
  it('cancels what has not ended, fires onComplete alone, and says so', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const members = [job('give', 1), job('hold'), job('give', 2, { delay: 60_000 })];
    const handle = await client.enqueueGroup(group(members, { id: 'g', ...after }));
    const { ctx } = await held.run(1);
    await instance.quiet();
    expect(await client.cancel('g')).toBe(true);
    expect(await handle.get()).toMatchObject({
      status: 'cancelled',
      jobStatus: { 'g:0': 'successful', 'g:1': 'cancelled', 'g:2': 'cancelled' },
    });
    await expect(handle.result()).rejects.toThrow(CancelledError);
    await instance.clock.advance(120_000);
    expect(ctx.signal.reason).toBeInstanceOf(CancelledError);
    expect(instance.notes).toEqual([['complete', [1, undefined, undefined]]]);
    expect(await client.cancel('g')).toBe(false);
  });

  it('runs none of its jobs when no worker had seen it', async () => {
    const instance = await new Scripted().connect();
    const { client } = instance;
    const { id } = await client.enqueueGroup(group([job('give', 1), job('give', 2)], after));
    expect(await client.cancel(id)).toBe(true);
    expect((await client.getGroup(id)).status).toBe('cancelled');
    await instance.runner.start();
    await instance.quiet();
    expect(instance.starts).toEqual(['complete']);
    expect((await client.getGroup(id)).status).toBe('cancelled');
  });

  it('is open again when one of its jobs is retried, and can be cancelled again', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const handle = await client.enqueueGroup(
      group([job('hold'), job('hold')], { id: 'g', ...after }),
    );
    await held.run(2);
    await client.cancel('g');
    await client.retry('g:0');
    expect(await handle.get()).toMatchObject({
      status: 'processing',
      jobStatus: { 'g:0': 'queued', 'g:1': 'cancelled' },
    });
    expect(await client.cancel('g')).toBe(true);
    expect((await handle.get()).status).toBe('cancelled');
    await client.retry('g:0');
    await client.retry('g:1');
    await held.run(4);
    held.finishAll('at last');
    expect(await handle.result()).toEqual(['at last', 'at last']);
    await instance.quiet();
    expect(instance.notes).toEqual([
      ['complete', [undefined, undefined]],
      ['success', ['at last', 'at last']],
    ]);
  });
});

describe("a group that names somebody else's job among its own", () => {
  async function foreign() {
    const instance = await scripted();
    const { client } = instance;
    await client.enqueue('hold', 'not of the group', { id: 'taken' });
    const run = await instance.held.run(1);
    const members = [job('give', 1, { delay: 60_000 }), job('give', 2, { id: 'taken' })];
    const { id } = await client.enqueueGroup(group(members));
    await instance.quiet();
    return { instance, client, run, id };
  }

  it.each(['cancel', 'deleteJob'] as const)('leaves that job alone in %s', async (act) => {
    const { instance, client, run, id } = await foreign();
    await client[act](id);
    await instance.clock.advance(1_000);
    run.finish('untouched');
    await instance.quiet();
    expect(await client.getResult('taken')).toBe('untouched');
  });

  it('leaves that job alone in retry', async () => {
    const { instance, client, run, id } = await foreign();
    await instance.clock.advance(60_000);
    expect((await client.getGroup(id)).status).toBe('failed');
    run.fail(new Error('no'));
    await instance.quiet();
    await expect(client.retry(id)).rejects.toThrow(InvalidStateError);
    expect((await client.getJob('taken')).status).toBe('failed');
  });
});

describe('a group by its id', () => {
  it('is retried: what failed of it runs again', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const members = [job('give', 1), job('hold'), job('hold')];
    const handle = await client.enqueueGroup(group(members, after));
    await held.run(2);
    for (const run of held.runs) run.fail(new Error('no'));
    await instance.quiet();
    await client.retry(handle.id);
    await held.run(4);
    held.finishAll('again');
    expect(await handle.result()).toEqual([1, 'again', 'again']);
    await expect(client.retry(handle.id)).rejects.toThrow(InvalidStateError);
  });

  it('is deleted with its jobs; its id is free again', async () => {
    const instance = await scripted();
    const { client } = instance;
    const spec = group([job('give', 1), job('hold')], { id: 'g' });
    const handle = await client.enqueueGroup(spec);
    await instance.held.run(1);
    await instance.quiet();
    await client.deleteJob('g');
    for (const id of ['g', 'g:0', 'g:1'])
      await expect(client.getResult(id)).rejects.toThrow(NotFoundError);
    await expect(handle.result()).rejects.toThrow(NotFoundError);
    expect((await client.enqueueGroup(spec)).duplicate).toBe(false);
    await instance.held.run(2);
    await instance.quiet();
    instance.held.finishAll(2);
    expect(await handle.result()).toEqual([1, 2]);
  });
});
