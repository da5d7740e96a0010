import { describe, expect, it } from 'vitest';
import { PayloadTooLargeError } from '../../lib/core/errors.js';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

type Client = Machine['client'];

/** How an id comes to be somebody else's before a workflow uses it. */
const TAKEN: readonly [string, (site: Site, client: Client) => Promise<unknown>][] = [
  ['a job that waits', (_, client) => client.enqueue('later', undefined, { id: 'x', delay: 1e9 })],
  [
    'a job that has ended',
    async (site, client) => {
      await client.enqueue('work', undefined, { id: 'x' });
      await site.settle();
    },
  ],
  [
    'a schedule',
    (_, client) => client.enqueue('later', undefined, { id: 'x', schedule: '0 0 1 1 *' }),
  ],
  [
    'a group',
    (_, client) =>
      client.enqueueGroup(group([job('later', undefined, { delay: 1e9 })], { id: 'x' })),
  ],
];

/** With a worker that can do everything. */
async function staffed(site: Site) {
  const ends: unknown[] = [];
  const machine = await site
    .machine()
    .task('work', (payload: unknown) => payload ?? 'done')
    .task('later', () => {})
    .task('grow', () => 'x'.repeat(1_970))
    .task('huge', () => 'x'.repeat(120_000))
    .task('end', (_: never, ctx) => ends.push(ctx.id))
    .start();
  return { machine, client: machine.client, ends };
}

describe.each([
  ['takes messages together', (): Site => new Site()],
  ['takes them one by one', (): Site => Site.modest({ atomicEnqueue: false })],
])('where the broker %s, an id that is already that of', (_, aSite) => {
  describe.each(TAKEN)('%s', (__, take) => {
    it('fails the member of a group, and the group ends', async () => {
      const world = aSite();
      const { client, ends } = await staffed(world);
      await take(world, client);
      const handle = await client.enqueueGroup(
        group([job('work', undefined, { id: 'x' }), job('work')], {
          onError: [job('end', undefined, { id: 'end' })],
        }),
      );
      await world.settle();
      const { status, jobStatus } = await handle.get();
      expect([status, ...Object.values(jobStatus)]).toEqual(['failed', 'failed', 'successful']);
      expect(ends).toEqual(['end']);
    });

    it.each([
      ['step', job('work', undefined, { id: 'x' })],
      ['step that is a group', group([job('work')], { id: 'x' })],
    ])('fails the %s of a chain, and the chain ends', async (___, step) => {
      const world = aSite();
      const { client, ends } = await staffed(world);
      await take(world, client);
      const handle = await client.enqueueChain(
        chain([job('work'), step, job('end')], { onError: [job('end', undefined, { id: 'end' })] }),
      );
      await world.settle();
      expect((await handle.get()).status).toBe('failed');
      expect(ends).toEqual(['end']);
    });
  });
});

it('a step whose id is deleted while it is its turn ends its chain', async () => {
  const world = new Site();
  const { client, ends } = await staffed(world);
  await client.enqueue('later', undefined, { id: 'x', delay: 1e9 });
  const handle = await client.enqueueChain(
    chain([job('work', undefined, { delay: 1_000 }), job('work', undefined, { id: 'x' })], {
      onError: [job('end')],
    }),
  );
  await client.deleteJob('x');
  await world.clock.advance(2_000);
  expect((await handle.get()).status).not.toBe('processing');
  expect(ends).toEqual([]);
});

describe('what no broker will ever take', () => {
  const LIMIT = 2_000;

  it('is refused at once where its caller can hear of it', async () => {
    const { client } = await staffed(Site.modest({ atomicEnqueue: true, maxBodyBytes: LIMIT }));
    await expect(client.enqueue('work', 'x'.repeat(LIMIT))).rejects.toThrow(PayloadTooLargeError);
  });

  it.each([true, false])(
    'is recorded as a failed follow-up (atomic: %s)',
    async (atomicEnqueue) => {
      const world = Site.modest({ atomicEnqueue, maxBodyBytes: LIMIT });
      const { client } = await staffed(world);
      const { id } = await client.enqueue('grow', undefined, { onSuccess: [job('end')] });
      await world.settle();
      expect(await client.getJob(id)).toMatchObject({ status: 'successful' });
      expect(await client.getJob(`${id}:success:0`)).toMatchObject({
        status: 'failed',
        prevError: expect.stringMatching(/more than the broker takes/),
      });
    },
  );

  it.each([true, false])(
    'fails the step, and ends the chain (atomic: %s)',
    async (atomicEnqueue) => {
      const world = Site.modest({ atomicEnqueue, maxBodyBytes: LIMIT });
      const { client } = await staffed(world);
      const handle = await client.enqueueChain(
        chain([job('grow'), job('work'), job('work')], { onError: [job('end')] }),
      );
      await world.settle();
      expect((await handle.get()).status).toBe('failed');
      expect(await client.getJob(`${handle.id}:1`)).toMatchObject({ status: 'failed' });
      expect(await client.getJob(`${handle.id}:error:0`)).toMatchObject({ status: 'failed' });
    },
  );

  it.each([true, false])(
    'fails the step that is a group, and ends the chain (atomic: %s)',
    async (atomicEnqueue) => {
      const world = Site.modest({ atomicEnqueue, maxBodyBytes: LIMIT });
      const { client, ends } = await staffed(world);
      const handle = await client.enqueueChain(
        chain([job('grow'), group([job('end'), job('end')]), job('work')]),
      );
      await world.settle();
      expect((await handle.get()).status).toBe('failed');
      expect(await client.getGroup(`${handle.id}:1`)).toMatchObject({ status: 'failed' });
      expect(ends).toEqual([]);
    },
  );

  it('does not come of large results: they stay where they are', async () => {
    const world = Site.modest({ atomicEnqueue: true, maxBodyBytes: 100_000 });
    const { client } = await staffed(world);
    const handle = await client.enqueueChain(chain([job('huge'), job('work', 'small')]));
    await world.settle();
    expect((await handle.get()).status).toBe('successful');
    const { prevJobResult } = await client.getJob(`${handle.id}:1`);
    expect(prevJobResult).toBe('x'.repeat(120_000));
  });
});
