import { describe, expect, it } from 'vitest';
import { CancelledError, InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const onError = [job('note', 'error')];

type Steps = Parameters<typeof chain>[0];

async function holding(steps: Steps = [job('give', 'a'), job('hold'), job('note', 'last')]) {
  const instance = await scripted();
  const handle = await instance.client.enqueueChain(chain(steps, { id: 'c', onError }));
  const run = await instance.held.run(1);
  return { instance, client: instance.client, held: instance.held, handle, run };
}

describe('a chain that is cancelled', () => {
  it('cancels its current step; nothing more of it runs, no onError', async () => {
    const { instance, client, handle, run } = await holding();
    expect(await client.cancel('c')).toBe(true);
    expect(await handle.get()).toEqual({
      id: 'c',
      status: 'cancelled',
      jobId: 'c:1',
      prevJobs: ['c:0'],
    });
    await expect(handle.result()).rejects.toThrow(CancelledError);
    run.finish('too late');
    await instance.clock.advance(60_000);
    expect(run.ctx.signal.reason).toBeInstanceOf(CancelledError);
    expect(instance.notes).toEqual([]);
    expect((await client.getJob('c:1')).status).toBe('cancelled');
    expect(await client.cancel('c')).toBe(false);
  });

  it('runs nothing when no worker had seen it', async () => {
    const instance = await new Scripted().connect();
    const handle = await instance.client.enqueueChain(chain([job('give'), job('give')]));
    expect(await instance.client.cancel(handle.id)).toBe(true);
    await instance.runner.start();
    await instance.quiet();
    expect(instance.starts).toEqual([]);
    expect((await handle.get()).status).toBe('cancelled');
  });

  it('by one of its steps is cancelled as a whole', async () => {
    const { instance, client, handle } = await holding();
    await client.cancel('c:1');
    expect((await handle.get()).status).toBe('cancelled');
    await instance.clock.advance(60_000);
    expect(instance.notes).toEqual([]);
  });

  it('by the deletion of a step ends as well', async () => {
    const { instance, client, handle } = await holding();
    await client.deleteJob('c:1');
    expect((await handle.get()).status).toBe('cancelled');
    await expect(handle.result()).rejects.toThrow(CancelledError);
    await instance.clock.advance(60_000);
    expect(instance.notes).toEqual([]);
  });

  it('while a group of it runs cancels the jobs of that', async () => {
    const inner = group([job('hold', 1), job('hold', 2)], {
      onError: [job('note', 'group error')],
      onComplete: [job('note', 'group complete')],
    });
    const { instance, client, held } = await holding([job('give', 'a'), inner, job('note')]);
    await held.run(2);
    expect(await client.cancel('c')).toBe(true);
    await instance.clock.advance(1_000);
    expect(await client.getGroup('c:1')).toMatchObject({
      status: 'cancelled',
      jobStatus: { 'c:1:0': 'cancelled', 'c:1:1': 'cancelled' },
    });
    expect(instance.notes).toEqual([['group complete', [undefined, undefined]]]);
    expect((await client.getChain('c')).status).toBe('cancelled');
  });

  it('goes on when its step is retried', async () => {
    const { client, held, handle, instance } = await holding();
    await client.cancel('c');
    await client.retry('c:1');
    expect(await handle.get()).toMatchObject({ status: 'processing', jobId: 'c:1' });
    (await held.run(2)).finish('after all');
    await handle.result();
    expect(instance.notes).toEqual([['last', 'after all']]);
  });
});

describe('a chain that failed', () => {
  it('goes on where it stopped when its step is retried', async () => {
    const { client, held, handle, instance, run } = await holding();
    run.fail(new Error('no'));
    await instance.quiet();
    await client.retry('c:1');
    expect(await handle.get()).toEqual({
      id: 'c',
      status: 'processing',
      jobId: 'c:1',
      prevJobs: ['c:0'],
    });
    const { ctx, finish } = await held.run(2);
    expect(ctx.prevJobResult).toBe('a');
    finish('after all');
    await handle.result();
    expect(instance.notes).toEqual([
      ['error', 'a'],
      ['last', 'after all'],
    ]);
  });

  it('calls onError once ever', async () => {
    const { client, held, instance, run } = await holding();
    run.fail(new Error('no'));
    await instance.quiet();
    await client.retry('c:1');
    (await held.run(2)).fail(new Error('no'));
    await instance.clock.advance(1_000);
    expect(instance.notes).toEqual([['error', 'a']]);
    expect((await client.getChain('c')).status).toBe('failed');
  });

  it('goes on when it is retried by its own id, through a group', async () => {
    const inner = group([job('hold', 1), job('give', 2)]);
    const { client, held, handle, instance, run } = await holding([
      job('give', 'a'),
      inner,
      job('note', 'last'),
    ]);
    run.fail(new Error('no'));
    await instance.quiet();
    expect((await handle.get()).status).toBe('failed');
    await client.retry('c');
    expect((await handle.get()).status).toBe('processing');
    (await held.run(2)).finish('yes');
    await handle.result();
    expect(instance.notes).toContainEqual(['last', ['yes', 2]]);
    await expect(client.retry('c')).rejects.toThrow(InvalidStateError);
  });
});

it('a chain is deleted with its steps, and runs anew under its id', async () => {
  const { client, held, instance, run } = await holding();
  run.finish('first life');
  await instance.quiet();
  await client.deleteJob('c');
  for (const id of ['c', 'c:0', 'c:1', 'c:2'])
    await expect(client.getResult(id)).rejects.toThrow(NotFoundError);
  const spec = chain([job('give', 'b'), job('hold'), job('note', 'anew')], { id: 'c' });
  const handle = await client.enqueueChain(spec);
  expect(handle.duplicate).toBe(false);
  (await held.run(2)).finish('second life');
  await handle.result();
  expect(instance.notes).toEqual([
    ['last', 'first life'],
    ['anew', 'second life'],
  ]);
});
