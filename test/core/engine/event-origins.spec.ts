import { expect, it } from 'vitest';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';
import { overriding } from '../../support/engine/overriding.js';

async function listening(broker: Partial<Broker> = {}) {
  const plain = memoryWorld();
  const instance = new Instance({ ...plain, broker: overriding(plain.broker, broker) })
    .task('t', () => 1)
    .task('grow', () => 'z'.repeat(600))
    .task('fails', () => {
      throw new Error('no');
    });
  await instance.start();
  const told: string[] = [];
  instance.tasqueue.events.subscribe(({ name, jobId }) => void told.push(`${name} ${jobId}`));
  const { client, admin, world, lines } = instance;
  return { client, admin, clock: world.clock, broker: world.broker, told, lines };
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

it.each([
  ['cancel', 'cancelled'],
  ['deleteJob', 'deleted'],
] as const)('tells of members that nobody has sent yet, once: %s', async (act, event) => {
  const producer = await new Instance(memoryWorld(), { role: 'producer' }).connect();
  const told: string[] = [];
  producer.tasqueue.events.subscribe(({ name, jobId }) => void told.push(`${name} ${jobId}`));
  const later = job('t', undefined, { id: 'own', delay: 60_000 });
  const broken = () => Promise.reject(new Error('no'));
  // The plan is accepted, its members are not: whoever expands it would send them.
  const { broker } = producer.world;
  const enqueue = broker.enqueue.bind(broker);
  Object.assign(broker, {
    enqueue: (messages: Parameters<Broker['enqueue']>[0]) =>
      messages[0]?.kind === 'plan' ? enqueue(messages) : broken(),
  });
  await producer.client.enqueueGroup(group([later], { id: 'g' }));
  await producer.client[act]('g');
  expect(told).toEqual([`${event} own`]);
});

it('tells of a follow-up that is too large to be sent, and logs its failure', async () => {
  const { client, clock, told, lines } = await listening({
    capabilities: { atomicEnqueue: true, maxBodyBytes: 2_000 },
  });
  const huge = job('t', 'x'.repeat(1_500), { id: 'huge' });
  const wide = { onSuccess: [huge], headers: { filler: 'y'.repeat(100) } };
  await client.enqueue('grow', undefined, { id: 'a', ...wide });
  await clock.advance(0);
  expect(told).toEqual(['enqueued a', 'processing a', 'successful a', 'failed huge']);
  expect(lines).toContainEqual({
    level: 'error',
    message: 'job failed',
    fields: expect.objectContaining({ jobId: 'huge', task: 't', queue: 'tasqueue:tasks' }),
  });
});

it('tells of a plan that cannot be read as of any failure, and logs it', async () => {
  const { broker, clock, told, lines } = await listening();
  await broker.enqueue([
    {
      id: 'plan',
      generation: 1,
      kind: 'plan',
      queue: 'tasqueue:tasks',
      priority: 0,
      fresh: false,
      body: Uint8Array.of(2, 0, 0, 7),
    },
  ]);
  await clock.advance(0);
  expect(told).toEqual(['failed plan']);
  expect(lines.filter(({ message }) => message === 'job failed')).toHaveLength(1);
});
