import { expect, it } from 'vitest';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

async function listening() {
  const instance = new Instance(memoryWorld())
    .task('t', () => 1)
    .task('fails', () => {
      throw new Error('no');
    });
  await instance.start();
  const told: string[] = [];
  instance.tasqueue.events.subscribe(({ name, jobId }) => void told.push(`${name} ${jobId}`));
  const { client, admin, world } = instance;
  return { client, admin, clock: world.clock, told };
}

it('tells of a deletion as such, and not of a cancellation', async () => {
  const { client, told } = await listening();
  await client.enqueue('t', undefined, { id: 'a', delay: 5_000 });
  await client.deleteJob('a');
  expect(told).toEqual(['enqueued a', 'deleted a']);
});

it('tells of every accepted job: members, follow-ups, retries', async () => {
  const { client, clock, told } = await listening();
  await client.enqueueGroup(group([job('t')], { id: 'g', onSuccess: [job('t')] }));
  await clock.advance(10);
  await client.enqueue('fails', undefined, { id: 'f' });
  await clock.advance(10);
  await client.retry('f');
  await clock.advance(10);
  const enqueued = told.filter((line) => line.startsWith('enqueued'));
  expect(enqueued).toEqual(['enqueued g:0', 'enqueued g:success:0', 'enqueued f', 'enqueued f']);
});

it('shows a retry that is due and waits as queued, in the queue as in the job', async () => {
  const { client, clock, admin } = await listening();
  await client.enqueue('fails', undefined, { id: 'f', maxRetries: 1, backoff: 5_000 });
  await clock.advance(100);
  expect((await client.getJob('f')).status).toBe('retrying');
  await admin.pause('tasqueue:tasks');
  await clock.advance(10_000);
  expect((await client.getJob('f')).status).toBe('queued');
  expect((await admin.stats('tasqueue:tasks')).queued).toBe(1);
});
