import { describe, expect, it } from 'vitest';
import { InvalidOptionsError, JobFailedError, NotFoundError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const onError = [job('note', 'error')];

describe('a chain', () => {
  it('hands each step the result of the one before', async () => {
    const instance = await scripted();
    const steps = [job('note', 1), job('give', 'two'), job('note', 3), job('note', 4)];
    const handle = await instance.client.enqueueChain(chain(steps));
    expect(await handle.result()).toBeUndefined();
    // A step that saves nothing hands undefined on.
    expect(instance.notes).toEqual([
      [1, undefined],
      [3, 'two'],
      [4, undefined],
    ]);
  });

  it.each([
    ['null', null],
    ['a large value', 'x'.repeat(200_000)],
  ])('hands on %s', async (_, value) => {
    const instance = await scripted();
    const handle = await instance.client.enqueueChain(chain([job('give', value), job('note', 2)]));
    await handle.result();
    expect(instance.notes).toEqual([[2, value]]);
    expect((await instance.client.getJob(`${handle.id}:1`)).prevJobResult).toEqual(value);
  });

  it('gives the result of its last step', async () => {
    const { client } = await scripted();
    const handle = await client.enqueueChain(chain([job('give', 1), job('give', 'last')]));
    expect(await handle.result()).toBe('last');
    expect(await client.getResult(handle.id)).toBe('last');
  });

  it('tells its current step and those before it', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const steps = [job('hold'), job('hold', null, { id: 'own' }), job('hold')];
    const handle = await client.enqueueChain(chain(steps, { id: 'c' }));
    const stands = { id: 'c', status: 'processing' };
    expect(await handle.get()).toEqual({ ...stands, jobId: 'c:0', prevJobs: [] });
    expect(await client.getResult('c')).toBeUndefined();
    await expect(client.getJob('own')).rejects.toThrow(NotFoundError);
    (await held.run(1)).finish();
    await held.run(2);
    expect(await handle.get()).toEqual({ ...stands, jobId: 'own', prevJobs: ['c:0'] });
    expect(await client.getJob('own')).toMatchObject({ chainId: 'c', groupId: undefined });
    (await held.run(2)).finish();
    (await held.run(3)).finish();
    await instance.quiet();
    expect(await handle.get()).toEqual({
      id: 'c',
      status: 'successful',
      jobId: 'c:2',
      prevJobs: ['c:0', 'own'],
    });
  });

  it('tells how it stands before any worker has seen it', async () => {
    const { client } = await new Scripted().connect();
    const { id } = await client.enqueueChain(chain([job('give', 1), job('give', 2)]));
    const waiting = { status: 'processing', jobId: `${id}:0`, prevJobs: [] };
    expect(await client.getChain(id)).toEqual({ id, ...waiting });
    await expect(client.getGroup(id)).rejects.toThrow(NotFoundError);
    await expect(client.getJob(id)).rejects.toThrow(NotFoundError);
  });

  it('counts the delay of a step from its release', async () => {
    const instance = await scripted();
    const { client, held, clock } = instance;
    const start = clock.now();
    const steps = [job('hold', 1, { delay: 1_000 }), job('hold', 2, { delay: 5_000 })];
    const { id } = await client.enqueueChain(chain(steps));
    await clock.advance(1_000);
    const first = await held.run(1);
    await clock.advance(7_000);
    first.finish();
    await instance.quiet();
    expect(await client.getJob(`${id}:1`)).toMatchObject({
      status: 'scheduled',
      enqueuedAt: new Date(start + 8_000),
      eta: new Date(start + 13_000),
    });
    await clock.advance(4_999);
    expect(held.runs).toHaveLength(1);
    await clock.advance(1);
    expect(held.runs).toHaveLength(2);
  });

  it('ends with a step that fails: later ones never run, onError gets the last result', async () => {
    const instance = await scripted();
    const steps = [job('give', 'a'), job('give', 'b'), job('fail', 'no'), job('note', 'never')];
    const handle = await instance.client.enqueueChain(chain(steps, { id: 'c', onError }));
    await expect(handle.result()).rejects.toThrow(JobFailedError);
    await expect(handle.result()).rejects.toMatchObject({ message: 'no', jobId: 'c:2' });
    await instance.clock.advance(60_000);
    expect(instance.notes).toEqual([['error', 'b']]);
    expect(await handle.get()).toEqual({
      id: 'c',
      status: 'failed',
      jobId: 'c:2',
      prevJobs: ['c:0', 'c:1'],
    });
    expect(await instance.client.getResult('c')).toBeUndefined();
    await expect(instance.client.getJob('c:3')).rejects.toThrow(NotFoundError);
  });

  it('whose first step fails gives onError nothing', async () => {
    const instance = await scripted();
    await instance.client.enqueueChain(chain([job('fail', 'no'), job('give')], { onError }));
    await instance.quiet();
    expect(instance.notes).toEqual([['error', undefined]]);
  });

  it('goes on once a step has succeeded in a retry', async () => {
    const instance = await scripted();
    const { client, held, clock } = instance;
    const steps = [job('hold', 1, { maxRetries: 1, backoff: 1_000 }), job('note', 2)];
    const handle = await client.enqueueChain(chain(steps, { onError }));
    (await held.run(1)).fail(new Error('no'));
    await clock.advance(500);
    expect((await handle.get()).status).toBe('processing');
    await clock.advance(500);
    (await held.run(2)).finish('yes');
    await handle.result();
    expect(instance.notes).toEqual([[2, 'yes']]);
  });

  it('of one step, or of none, is refused', () => {
    expect(() => chain([job('give')])).toThrow(InvalidOptionsError);
    expect(() => chain([])).toThrow(InvalidOptionsError);
  });

  it('runs the follow-ups of its steps too', async () => {
    const instance = await scripted();
    const first = job('give', 'a', { onSuccess: [job('note', 'beside')] });
    await instance.client.enqueueChain(chain([first, job('note', 'next')]));
    await instance.quiet();
    expect(instance.notes).toHaveLength(2);
    expect(instance.notes).toContainEqual(['beside', 'a']);
    expect(instance.notes).toContainEqual(['next', 'a']);
  });
});

describe('a group as a step', () => {
  it('gets the result before it in each member, and gives its results in member order', async () => {
    const instance = await scripted();
    const inner = group([job('note', 'x'), job('give', 'y')], {
      onSuccess: [job('note', 'group callback')],
    });
    const steps = [job('give', 'a'), inner, job('note', 'last')];
    const handle = await instance.client.enqueueChain(chain(steps, { id: 'c' }));
    await handle.result();
    await instance.quiet();
    expect(instance.notes).toContainEqual(['x', 'a']);
    expect(instance.notes).toContainEqual(['group callback', [undefined, 'y']]);
    expect(instance.notes).toContainEqual(['last', [undefined, 'y']]);
    expect((await handle.get()).prevJobs).toEqual(['c:0', 'c:1']);
    expect(await instance.client.getGroup('c:1')).toMatchObject({
      status: 'successful',
      jobIds: ['c:1:0', 'c:1:1'],
    });
  });

  it('may be the first, the last, empty, and one after the other', async () => {
    const instance = await scripted();
    const steps = [group([]), group([job('note', 1)]), group([job('note', 2), job('give', 3)])];
    const handle = await instance.client.enqueueChain(chain(steps));
    expect(await handle.result()).toEqual([undefined, 3]);
    expect(instance.notes).toEqual([
      [1, []],
      [2, [undefined]],
    ]);
  });

  it('that fails ends the chain, once all its jobs have ended', async () => {
    const instance = await scripted();
    const { client, held } = instance;
    const steps = [job('give', 'a'), group([job('fail', 'no'), job('hold')]), job('note', 'never')];
    const handle = await client.enqueueChain(chain(steps, { id: 'c', onError }));
    await held.run(1);
    await instance.quiet();
    expect(await handle.get()).toMatchObject({ status: 'processing', jobId: 'c:1' });
    held.finishAll();
    await expect(handle.result()).rejects.toMatchObject({ message: 'no', jobId: 'c:1:0' });
    await instance.quiet();
    expect(instance.notes).toEqual([['error', 'a']]);
  });

  it('ends the chain although its id belongs to somebody else', async () => {
    const instance = await scripted();
    const { client } = instance;
    await client.enqueue('give', 'not of the chain', { id: 'taken' });
    const steps = [job('give', 1), group([job('give', 2)], { id: 'taken' }), job('note', 3)];
    const handle = await client.enqueueChain(chain(steps, { onError }));
    await instance.clock.advance(5_000);
    expect((await handle.get()).status).toBe('failed');
    expect(instance.notes).toEqual([['error', 1]]);
  });
});
