import { describe, expect, it } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { scripted } from '../../support/engine/scripted.js';

const note = (name: string, options = {}) => job('note', name, options);

describe('an id that is enqueued anew after its deletion', () => {
  it('has follow-ups of its own, though those of its first life have run', async () => {
    const instance = await scripted();
    const { client, admin } = instance;
    for (const life of ['first', 'second', 'third']) {
      const spec = job('give', life, { id: 'w', onSuccess: [note('after')] });
      const handle = await client.enqueue(spec);
      await handle.result();
      await instance.quiet();
      expect(instance.notes.at(-1)).toEqual(['after', life]);
      await client.deleteJob('w');
    }
    expect((await admin.successful()).items).toHaveLength(3);
  });

  it('keeps its follow-ups over retries by hand: each comes once in a life', async () => {
    const instance = await scripted();
    const { client } = instance;
    for (const life of [1, 2]) {
      await client.enqueue('fail', life, { id: 'w', onError: [note('after')] });
      await instance.quiet();
      for (let retry = 0; retry < 2; retry += 1) {
        await client.retry('w');
        await instance.quiet();
      }
      expect(instance.notes).toHaveLength(life);
      await client.deleteJob('w');
    }
  });

  it('as a group has members and callbacks of its own, whatever became of the first ones', async () => {
    const instance = await scripted();
    const { client } = instance;
    const spec = group([job('fail', 'no'), job('give', 1)], { id: 'g', onError: [note('after')] });
    await client.enqueueGroup(spec);
    await instance.quiet();
    await client.retry('g:0');
    await instance.quiet();
    await client.deleteJob('g');
    const handle = await client.enqueueGroup(spec);
    await instance.quiet();
    expect((await handle.get()).status).toBe('failed');
    expect(instance.notes).toHaveLength(2);
    expect(instance.starts.filter((payload) => payload === 'no')).toHaveLength(3);
  });

  it('may be that of a member, a step, or a group among steps', async () => {
    const instance = await scripted();
    const { client } = instance;
    for (const id of ['a', 'b', 'c', 'd']) {
      await client.enqueue('give', 'old', { id });
      await instance.quiet();
      await client.deleteJob(id);
    }
    const ofGroup = await client.enqueueGroup(group([job('give', 1, { id: 'a' }), job('give', 2)]));
    expect(await ofGroup.result()).toEqual([1, 2]);
    const inner = group([job('give', 3, { id: 'b' })], { id: 'c' });
    const steps = [inner, job('give', 4, { id: 'd' })];
    const ofChain = await client.enqueueChain(chain(steps, { onError: [note('error')] }));
    expect(await ofChain.result()).toBe(4);
    expect(await client.getResult('b')).toBe(3);
  });

  it('may be that of a callback', async () => {
    const instance = await scripted();
    await instance.client.enqueue('give', 'old', { id: 'next' });
    await instance.quiet();
    await instance.client.deleteJob('next');
    await instance.client.enqueue('give', 'new', { onSuccess: [note('after', { id: 'next' })] });
    await instance.quiet();
    expect(instance.notes).toEqual([['after', 'new']]);
  });
});
