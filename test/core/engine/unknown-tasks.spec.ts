import { describe, expect, it } from 'vitest';
import { UnknownTaskError } from '../../../lib/core/errors.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { defineTask } from '../../../lib/core/spec/define-task.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';
import { scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';
const MINUTE = 60_000;

describe('a task that nobody here handles, at enqueue', () => {
  it('is refused by its name, with a guess at what was meant', async () => {
    const { client, admin } = await scripted();
    const refused = client.enqueue('giv', 1);
    await expect(refused).rejects.toThrow(UnknownTaskError);
    await expect(refused).rejects.toThrow("did you mean 'give'?");
    const typo = job('noet');
    await expect(client.enqueueMany([job('give'), typo])).rejects.toThrow("'note'");
    await expect(client.enqueueGroup(group([job('give'), typo]))).rejects.toThrow(UnknownTaskError);
    await expect(client.enqueueChain(chain([job('give'), typo]))).rejects.toThrow(UnknownTaskError);
    await expect(client.enqueue('give', 1, { onError: [typo] })).rejects.toThrow(UnknownTaskError);
    await expect(client.enqueue('noet', 1, { schedule: '* * * * *' })).rejects.toThrow(
      UnknownTaskError,
    );
    expect((await admin.stats(QUEUE)).queued).toBe(0);
  });

  it('is accepted by its definition, by an alias, by a producer, and where that is allowed', async () => {
    const world = memoryWorld();
    const strict = new Instance(world).task('new', () => 1, { aliases: ['old'] });
    await strict.connect();
    await strict.client.enqueue(defineTask('elsewhere'));
    await strict.client.enqueue('old');
    for (const options of [{ role: 'producer' }, { unknownTasks: 'allow' }] as const) {
      const instance = await new Instance(world, options).connect();
      await instance.client.enqueue('anything');
    }
    const refusing = new Instance(world, { role: 'producer', unknownTasks: 'refuse' });
    await refusing.connect();
    await expect(refusing.client.enqueue('anything')).rejects.toThrow(UnknownTaskError);
    expect((await strict.admin.stats(QUEUE)).queued).toBe(4);
  });

  it('runs by its old name where a handler has that alias', async () => {
    const world = memoryWorld();
    const producer = await new Instance(world, { role: 'producer' }).connect();
    const worker = new Instance(world).task('new', (p) => p, { aliases: ['old'] });
    await worker.start();
    expect(await (await producer.client.enqueue('old', 1)).result()).toBe(1);
  });
});

describe('a task that nobody here handles, at a worker', () => {
  async function worldOf(...tasks: string[]) {
    const world = memoryWorld();
    const producer = await new Instance(world, { role: 'producer' }).connect();
    const starts: string[] = [];
    const worker = (task: string) =>
      new Instance(world).task(task, () => void starts.push(task), { queue: QUEUE }).start();
    const workers = [];
    for (const task of tasks) workers.push(await worker(task));
    return { producer, client: producer.client, starts, worker, workers, clock: world.clock };
  }

  it('fails its job when there is no other worker, with the reason', async () => {
    const { client, producer, clock } = await worldOf('known');
    const handle = await client.enqueue('unknown', { n: 1 });
    await clock.advance(0);
    await expect(handle.result()).rejects.toThrow("no handler for task 'unknown'");
    expect(await handle.get()).toMatchObject({ status: 'failed', attempt: 0, retried: 0 });
    const { items } = await producer.admin.failed();
    expect(items).toMatchObject([{ id: handle.id, task: 'unknown', payload: { n: 1 } }]);
  });

  it('is put back with a delay while others live, until one that knows it comes by', async () => {
    const { client, clock, starts, worker } = await worldOf('known', 'other');
    const handle = await client.enqueue('unknown');
    await clock.advance(10);
    expect(await handle.get()).toMatchObject({ status: 'retrying', attempt: 0, retried: 0 });
    expect((await handle.get()).eta?.getTime()).toBeGreaterThan(clock.now() + 1_000);
    await clock.advance(MINUTE);
    expect((await handle.get()).status).toBe('retrying');
    await worker('unknown');
    await clock.advance(5 * MINUTE);
    expect(starts).toEqual(['unknown']);
    expect(await handle.get()).toMatchObject({ status: 'successful', attempt: 1, retried: 0 });
  });

  it('is put back for a worker that has come just now', async () => {
    const { client, clock, worker } = await worldOf('known');
    await clock.advance(1);
    await worker('other');
    const handle = await client.enqueue('unknown');
    await clock.advance(1);
    expect((await handle.get()).status).toBe('retrying');
  });

  it('is in the failed list in the end, however many workers do not know it', async () => {
    const { client, clock, producer } = await worldOf('known', 'other', 'third');
    const handle = await client.enqueue('unknown');
    await clock.advance(30 * MINUTE);
    expect(await handle.get()).toMatchObject({ status: 'failed', errors: [expect.anything()] });
    expect((await producer.admin.failed()).items).toHaveLength(1);
  });

  it('fails once the others have gone', async () => {
    const { client, clock, workers } = await worldOf('known', 'other');
    const handle = await client.enqueue('unknown');
    await clock.advance(1);
    await workers[1]?.close();
    await clock.advance(MINUTE);
    expect((await handle.get()).status).toBe('failed');
  });

  it('fails a group that waits for it', async () => {
    const { client, clock } = await worldOf('known');
    const handle = await client.enqueueGroup(group([job('known'), job('unknown')]));
    await clock.advance(1);
    expect((await handle.get()).status).toBe('failed');
  });
});
