import { describe, expect, it } from 'vitest';
import type { TasqueueEvent } from '../../../lib/core/events.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

async function listening() {
  const instance = await scripted();
  const events: TasqueueEvent[] = [];
  const unsubscribe = instance.tasqueue.events.subscribe((event) => void events.push(event));
  const told = () => events.map(({ name, jobId, attempt }) => [name, jobId, attempt ?? 0]);
  return { instance, client: instance.client, events, told, unsubscribe, clock: instance.clock };
}

describe('events', () => {
  it('tell every transition of a job, in order', async () => {
    const { instance, client, events, told, clock } = await listening();
    const start = clock.now();
    await client.enqueue('hold', 'secret', { id: 'w', maxRetries: 1, backoff: 1_000 });
    const first = await instance.held.run(1);
    await clock.advance(30);
    first.fail(new Error('no'));
    await clock.advance(1_000);
    (await instance.held.run(2)).finish('also secret');
    await instance.quiet();
    await client.deleteJob('w');
    expect(told()).toEqual([
      ['enqueued', 'w', 0],
      ['processing', 'w', 1],
      ['retrying', 'w', 1],
      ['processing', 'w', 2],
      ['successful', 'w', 2],
      ['deleted', 'w', 0],
    ]);
    expect(events[2]).toEqual({
      name: 'retrying',
      jobId: 'w',
      task: 'hold',
      queue: 'tasqueue:tasks',
      at: new Date(start + 30),
      status: 'retrying',
      attempt: 1,
      durationMs: 30,
      error: 'no',
      origin: { host: 'test', pid: 1 },
      remote: false,
    });
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('tell of failure, cancellation, and of jobs handed back at a stop', async () => {
    const { instance, client, told, clock } = await listening();
    await client.enqueue('fail', 'no', { id: 'f' });
    await instance.quiet();
    await client.enqueue('hold', 1, { id: 'c' });
    await instance.held.run(1);
    await client.cancel('c');
    await client.enqueue('hold', 2, { id: 's' });
    await instance.held.run(2);
    const stopped = instance.runner.stop();
    await clock.advance(15_000);
    await stopped;
    const names = told().map(([name, id]) => `${String(name)} ${String(id)}`);
    expect(names).toEqual([
      'enqueued f',
      'processing f',
      'failed f',
      'enqueued c',
      'processing c',
      'cancelled c',
      'enqueued s',
      'processing s',
      'released s',
    ]);
  });

  it('name the task of each job that was enqueued, duplicates left out', async () => {
    const { client, events } = await listening();
    await client.enqueue('give', 0, { id: 'known', delay: 1_000 });
    events.length = 0;
    await client.enqueueMany([
      job('give', 1, { id: 'known' }),
      job('note', 2, { id: 'a', delay: 1_000 }),
      job('give', 3, { id: 'b', delay: 1_000 }),
    ]);
    expect(events.map(({ jobId, task }) => [jobId, task])).toEqual([
      ['a', 'note'],
      ['b', 'give'],
    ]);
  });

  it('stop when nobody listens any more; a listener that throws harms nobody', async () => {
    const { instance, client, events, unsubscribe } = await listening();
    instance.tasqueue.events.subscribe(() => {
      throw new Error('listener');
    });
    const handle = await client.enqueue('give', 1);
    expect(await handle.result()).toBe(1);
    const before = events.length;
    expect(before).toBeGreaterThan(0);
    unsubscribe();
    await (await client.enqueue('give', 1)).result();
    expect(events).toHaveLength(before);
    expect(instance.lines).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('listener') }),
    );
  });

  it('tell of members and callbacks as of any job', async () => {
    const { instance, client, told } = await listening();
    const spec = group([job('give', 1)], { id: 'g', onSuccess: [job('note', 2)] });
    await client.enqueueGroup(spec);
    await instance.quiet();
    const successful = told().filter(([name]) => name === 'successful');
    expect(successful.map(([, id]) => id)).toEqual(['g:0', 'g:success:0']);
  });

  it('are those of this process', async () => {
    const { instance, events } = await listening();
    const other = new Scripted(instance.world, { role: 'producer' });
    await other.connect();
    await other.client.enqueue('give', 1);
    await instance.quiet();
    expect(events.map(({ name }) => name)).toEqual(['processing', 'successful']);
  });
});
