import { describe, expect, it } from 'vitest';
import { encodeJobBody } from '../../../lib/core/message/job-body.js';
import { NO_TERMS } from '../../../lib/core/message/job-terms.js';
import { encodePlanBody } from '../../../lib/core/message/plan-body.js';
import type { Message } from '../../../lib/core/ports/broker.js';
import { Instance } from '../../support/engine/instance.js';
import { Scripted, scripted } from '../../support/engine/scripted.js';

const QUEUE = 'tasqueue:tasks';

const aJob = new Uint8Array(
  encodeJobBody({ task: 'give', payload: Uint8Array.of(0), enqueuedAt: 0, terms: NO_TERMS }),
);
const newer = (bytes: Uint8Array) => Uint8Array.of(9, ...bytes.subarray(1));

const aPlan = new Uint8Array(
  encodePlanBody({
    form: 'chain',
    steps: [],
    onError: [],
    enqueuedAt: 0,
    queue: QUEUE,
    sent: true,
  }),
);

const message = (body: Uint8Array, more: Partial<Message> = {}): Message => ({
  id: 'bad',
  generation: 1,
  kind: 'job',
  queue: QUEUE,
  priority: 0,
  fresh: false,
  body,
  ...more,
});

const cases: [string, Uint8Array][] = [
  ['nothing at all', new Uint8Array()],
  ['a zero', Uint8Array.of(0, 1, 2, 3)],
  ['a one', Uint8Array.of(1, 1, 2, 3)],
  ['a two', Uint8Array.of(2, 1, 2, 3)],
  ['random bytes', Uint8Array.from({ length: 300 }, (_, n) => (n * 7919) % 251)],
  ['a job that is cut off', aJob.subarray(0, aJob.length - 2)],
  ['a job of a newer release', newer(aJob)],
  ['a plan', aPlan],
];

describe('a message that cannot be read', () => {
  it.each(cases)(
    'goes to the failed list with its raw bytes and the reason: %s',
    async (_, bytes) => {
      const instance = await scripted();
      const { client, admin, world } = instance;
      await world.broker.enqueue([message(bytes)]);
      const after = await client.enqueue('give', 'next');
      expect(await after.result()).toBe('next');
      await instance.quiet();
      const { items } = await admin.failed();
      expect(items).toMatchObject([
        { id: 'bad', status: 'failed', queue: QUEUE, payload: bytes, errors: [expect.anything()] },
      ]);
      expect(items[0]?.prevError).toMatch(/message/);
      expect(await client.getJob('bad')).toEqual(items[0]);
      expect((await admin.stats(QUEUE)).queued).toBe(0);
    },
  );

  it.each(['plan', 'schedule'] as const)(
    'goes there as a %s too, and the worker goes on',
    async (kind) => {
      const instance = await scripted();
      const { client, admin, world } = instance;
      await world.broker.enqueue([message(Uint8Array.of(2, 0, 0, 7), { kind })]);
      await world.broker.enqueue([message(aJob, { kind, id: 'wrong' })]);
      expect(await (await client.enqueue('give', 'next')).result()).toBe('next');
      await instance.quiet();
      const { items } = await admin.failed();
      expect(items.map(({ id }) => id).toSorted()).toEqual(['bad', 'wrong']);
      expect(items.find(({ id }) => id === 'bad')?.payload).toEqual(Uint8Array.of(2, 0, 0, 7));
      expect(await admin.schedules()).toEqual([]);
    },
  );

  it('waits in the list as its raw bytes, and can be cancelled, deleted and cleared', async () => {
    const instance = await new Scripted().connect();
    const { client, admin, world } = instance;
    const ids = ['shown', 'cancelled', 'deleted', 'cleared'];
    await world.broker.enqueue(ids.map((id) => message(Uint8Array.of(1, 2, 3), { id })));
    const { items } = await admin.pending(QUEUE);
    expect(items.map(({ payload }) => payload)).toEqual(ids.map(() => Uint8Array.of(1, 2, 3)));
    expect(await client.cancel('cancelled')).toBe(true);
    await client.deleteJob('deleted');
    expect(await admin.clear(QUEUE)).toBe(2);
    expect((await admin.stats(QUEUE)).queued).toBe(0);
  });

  it('as a schedule to come hides no other schedule, and can be replaced and removed', async () => {
    const instance = await scripted();
    const { client, admin, world, clock } = instance;
    await client.enqueue('give', 1, { id: 'good', schedule: '0 0 * * *' });
    const dueAt = clock.now() + 3_600_000;
    await world.broker.enqueue([message(Uint8Array.of(1, 2, 3), { kind: 'schedule', dueAt })]);
    const schedules = await admin.schedules();
    expect(schedules.map(({ id, nextAt }) => [id, nextAt?.getTime()])).toEqual([
      ['bad', dueAt],
      ['good', Date.UTC(2024, 6, 2)],
    ]);
    expect(await client.getJob('bad')).toMatchObject({ status: 'scheduled' });
    const again = await client.enqueue('give', 1, { id: 'bad', schedule: '0 0 * * *' });
    expect(again.duplicate).toBe(true);
    expect((await admin.schedule('bad')).cron).toBe('0 0 * * *');
    await admin.removeSchedule('bad');
    expect(await admin.schedules()).toHaveLength(1);
  });

  it('fails again when it is retried by hand and still cannot be read', async () => {
    const instance = await scripted();
    await instance.world.broker.enqueue([message(Uint8Array.of(1, 2, 3))]);
    await instance.quiet();
    await instance.client.retry('bad');
    await instance.clock.advance(10_000);
    expect(await instance.client.getJob('bad')).toMatchObject({ status: 'failed' });
    expect((await instance.admin.stats(QUEUE)).queued).toBe(0);
  });

  it('is told by events and in the log', async () => {
    const instance = await scripted();
    const told: unknown[] = [];
    instance.tasqueue.events.subscribe(({ name, jobId }) => void told.push([name, jobId]));
    await instance.world.broker.enqueue([message(Uint8Array.of(1, 2, 3))]);
    await instance.quiet();
    expect(told).toEqual([['failed', 'bad']]);
    expect(instance.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });
});

describe('a message of a newer release', () => {
  it.each(['job', 'plan', 'schedule'] as const)(
    'is left to others while there are others: a %s',
    async (kind) => {
      const instance = await scripted();
      await new Instance(instance.world).task('other', () => 1).start();
      await instance.world.broker.enqueue([message(newer(aJob), { kind })]);
      await instance.clock.advance(60_000);
      expect((await instance.admin.failed()).items).toEqual([]);
      expect(await instance.world.broker.find(['bad'])).toMatchObject([{ id: 'bad' }]);
    },
  );
});

describe('a payload that cannot be read', () => {
  it('fails its job, unretried, and is shown as its raw bytes', async () => {
    const instance = await scripted();
    const encoded = Uint8Array.of(1, ...Buffer.from('{not json'));
    const body = encodeJobBody({ task: 'give', payload: encoded, enqueuedAt: 0, terms: NO_TERMS });
    await instance.world.broker.enqueue([message(new Uint8Array(body))]);
    await instance.quiet();
    expect(await instance.client.getJob('bad')).toMatchObject({
      status: 'failed',
      task: 'give',
      payload: encoded,
      prevError: expect.stringContaining('JSON'),
    });
  });
});
