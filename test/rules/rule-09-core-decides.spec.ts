import { expect, it } from 'vitest';
import type { TasqueueAdmin } from '../../lib/core/admin/tasqueue-admin.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import type { JobOptions } from '../../lib/core/spec/job-spec.js';
import { deferred } from '../support/engine/instance.js';
import { Site } from '../support/faults/site.js';

/** What befalls a member, and how it then stands; `end` is called once the group must have ended. */
interface Case {
  readonly options?: JobOptions;
  readonly task?: string;
  befalls(site: Site, id: string, admin: TasqueueAdmin): Promise<void>;
  readonly status: 'failed' | 'cancelled';
  /** In what the record says of it. */
  readonly why: readonly RegExp[];
}

const CASES: Record<string, Case> = {
  'whose workers die again and again': {
    task: 'kill',
    async befalls(site) {
      await site
        .machine()
        .task('other', () => {}, { queue: 'elsewhere' })
        .start();
      for (let death = 0; death < 3; death += 1) {
        const dying = site.machine();
        await dying.task('kill', () => deferred().promise).start();
        await site.clock.advance(5_000);
        dying.crash();
        await site.clock.advance(100_000);
      }
    },
    status: 'failed',
    why: [/died 3 times/],
  },
  'that has expired': {
    options: { expiresAt: new Date('2024-07-01T12:00:01Z') },
    befalls: async (site) => site.clock.advance(2_000),
    status: 'failed',
    why: [/expired/],
  },
  'that nobody knows': {
    task: 'nobody knows it',
    befalls: async () => {},
    status: 'failed',
    why: [/no handler for task/],
  },
  'that cannot be read': {
    options: { delay: 60_000 },
    async befalls(site, id) {
      const { clock, stores } = site;
      const other = await site
        .machine()
        .task('other', () => {})
        .start();
      await clock.advance(30_000);
      await other.close();
      const [stored] = await stores.broker.find([id]);
      if (stored === undefined) throw new Error('the member does not wait');
      await stores.broker.remove([stored]);
      const body = Buffer.from([1, 1, 2, 3]);
      await stores.broker.enqueue([{ ...stored, fresh: false, body }]);
    },
    status: 'failed',
    why: [/not a Tasqueue message/],
  },
  'that is cleared from its queue': {
    options: { queue: 'cleared' },
    befalls: async (_, __, admin) => void (await admin.clear('cleared')),
    status: 'cancelled',
    why: [],
  },
};

it.each(Object.entries(CASES))('a member %s ends, and its group with it', async (_, scene) => {
  const site = new Site();
  const ends: unknown[] = [];
  const { task = 'work', options = {}, befalls, status, why } = scene;
  const { client, admin } = await site.machine({ role: 'producer' }).connect();
  const late = job('work', undefined, { delay: 1_000_000 });
  const handle = await client.enqueueGroup(
    group([job(task, undefined, options), late], { onComplete: [job('end')] }),
  );
  await befalls(site, handle.jobIds[0] ?? '', admin);
  await site
    .machine()
    .task('work', () => 'done')
    .task('kill', () => 'never')
    .task('end', (__: never, ctx) => ends.push(ctx.prevJobResult))
    .start();
  await site.clock.advance(1_100_000);
  const { status: whole, jobStatus } = await handle.get();
  expect([whole, ...Object.values(jobStatus)]).toEqual(['failed', status, 'successful']);
  expect(ends).toEqual([[undefined, 'done']]);
  const failed = (await admin.failed()).items.map(({ prevError }) => prevError);
  expect(failed).toEqual(why.map((reason): unknown => expect.stringMatching(reason)));
});

it.each([0, 1_000, 2_000, 3_000, 4_000, 4_900])(
  'a job goes to the worker that knows it, though one that does not has waited longer (%i ms)',
  async (later) => {
    const site = new Site();
    const { client } = await site.machine({ role: 'producer' }).connect();
    await site
      .machine()
      .task('other', () => {})
      .start();
    await site.clock.advance(later);
    await site
      .machine()
      .task('work', () => 'done')
      .start();
    await site.clock.advance(59_950 - later);
    const { id } = await client.enqueue('work');
    await site.clock.advance(60_000);
    expect(await client.getJob(id)).toMatchObject({ status: 'successful' });
  },
);

it('a job that nobody knows is put back while others live, from the start of a worker on', async () => {
  const site = new Site();
  const { client } = await site.machine({ role: 'producer' }).connect();
  await site
    .machine()
    .task('work', () => {}, { queue: 'elsewhere' })
    .start();
  const { id } = await client.enqueue('nobody knows it');
  await site
    .machine()
    .task('other', () => {})
    .start();
  await site.settle();
  expect(await client.getJob(id)).toMatchObject({ status: 'retrying' });
});
