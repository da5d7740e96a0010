import { describe, expect, it } from 'vitest';
import { CancelledError, InvalidStateError, NotFoundError } from '../../../lib/core/errors.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

/** What can still be found of a job that was the only one: nothing, once it is deleted. */
async function traces({ client, admin }: Scripted, id: string): Promise<unknown[]> {
  const queue = 'tasqueue:tasks';
  const found: unknown[] = [];
  for (const ask of [client.getJob(id), client.getResult(id), client.deleteJob(id)])
    await ask.then(
      (answer) => found.push(answer),
      (error: unknown) => error instanceof NotFoundError || found.push(error),
    );
  for (const list of [admin.pending(queue), admin.scheduled(queue), admin.successful()])
    found.push(...(await list).items);
  for (const list of [admin.failed(), admin.cancelled()]) found.push(...(await list).items);
  const { paused: _, workers: __, ...counts } = await admin.stats(queue);
  return [...found, ...Object.values(counts).filter(Boolean)];
}

describe('a deleted job', () => {
  it('that waited never runs', async () => {
    const instance = await new Scripted().connect();
    await instance.client.enqueue('give', 1, { id: 'w' });
    await instance.client.deleteJob('w');
    expect(await traces(instance, 'w')).toEqual([]);
    await instance.runner.start();
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual([]);
    expect(await traces(instance, 'w')).toEqual([]);
  });

  it('that was delayed never runs', async () => {
    const instance = await scripted();
    await instance.client.enqueue('give', 1, { id: 'w', delay: 1_000 });
    await instance.client.deleteJob('w');
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual([]);
    expect(await traces(instance, 'w')).toEqual([]);
  });

  it('that runs is aborted and its outcome discarded', async () => {
    const instance = await scripted();
    await instance.client.enqueue('hold', 1, { id: 'w' });
    const { ctx, finish } = await instance.held.run(1);
    await instance.clock.advance(400);
    await instance.client.deleteJob('w');
    await instance.quiet();
    expect(ctx.signal.aborted).toBe(true);
    await expect(ctx.save('late')).rejects.toThrow(CancelledError);
    finish('late');
    await instance.clock.advance(60_000);
    expect(await traces(instance, 'w')).toEqual([]);
  });

  it('that runs and had no record yet leaves none', async () => {
    const instance = await scripted();
    const { id } = await instance.client.enqueue('hold', 1);
    const { finish } = await instance.held.run(1);
    await instance.client.deleteJob(id);
    finish('late');
    await instance.clock.advance(60_000);
    expect(await traces(instance, id)).toEqual([]);
  });

  it('between two attempts has no further one', async () => {
    const instance = await scripted();
    await instance.client.enqueue('fail', 'no', { id: 'w', maxRetries: 3, backoff: 1_000 });
    await instance.quiet();
    await instance.client.deleteJob('w');
    await instance.clock.advance(60_000);
    expect(instance.starts).toEqual(['no']);
    expect(await traces(instance, 'w')).toEqual([]);
  });

  it.each(['give', 'fail', 'cancelled'])('that has ended (%s) is in no list', async (end) => {
    const instance = await scripted();
    await instance.client.enqueue(end === 'cancelled' ? 'hold' : end, 1, { id: 'w' });
    await instance.quiet();
    if (end === 'cancelled') await instance.client.cancel('w');
    await instance.client.deleteJob('w');
    await instance.quiet();
    expect(await traces(instance, 'w')).toEqual([]);
  });

  it('frees the slot of its handler', async () => {
    const instance = await scripted({ queues: { 'tasqueue:tasks': { concurrency: 1 } } });
    const { id } = await instance.client.enqueue('hold', 1);
    await instance.held.run(1);
    await instance.client.enqueue('give', 'next');
    await instance.client.deleteJob(id);
    await instance.quiet();
    expect(instance.starts).toEqual([1, 'next']);
  });
});

it('a deletion that was broken off can be repeated, and not be undone by a retry', async () => {
  const world = memoryWorld();
  let refusals = 1;
  const results = overriding(world.results, {
    delete: async (entries) => {
      if (refusals-- > 0) throw new Error('not now');
      return world.results.delete(entries);
    },
  });
  const instance = await new Scripted({ ...world, results }).connect();
  const { client } = instance;
  await client.enqueue('give', 1, { id: 'w' });
  await expect(client.deleteJob('w')).rejects.toThrow('not now');
  await expect(client.retry('w')).rejects.toThrow(InvalidStateError);

  await client.deleteJob('w');
  expect(await traces(instance, 'w')).toEqual([]);
});
