import { describe, expect, it } from 'vitest';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import type { Machine } from '../../support/faults/machine.js';
import { atEveryCall, DEATHS, FAILURES } from '../../support/faults/mishap.js';
import { Site } from '../../support/faults/site.js';

const END = { onSuccess: [job('work')], onComplete: [job('work')] };

/** What is enqueued, and all that has to come of it, each with one outcome. */
const SCENES: readonly [string, (client: Machine['client']) => Promise<unknown>, string[]][] = [
  [
    'a job and what follows from it',
    (client) => client.enqueue('work', undefined, { id: 'j', onSuccess: [job('work')] }),
    ['j', 'j:success:0'],
  ],
  [
    'a job that is retried',
    (client) => client.enqueue('flaky', undefined, { id: 'j', onSuccess: [job('work')] }),
    ['j', 'j:success:0'],
  ],
  [
    'a group and its callbacks',
    (client) => client.enqueueGroup(group([job('work'), job('work')], { id: 'g', ...END })),
    ['g:0', 'g:1', 'g:complete:0', 'g:success:0'],
  ],
  [
    'a chain with a group among its steps',
    (client) =>
      client.enqueueChain(
        chain([job('work'), group([job('work'), job('work')], END), job('work')], { id: 'c' }),
      ),
    ['c:0', 'c:1:0', 'c:1:1', 'c:1:complete:0', 'c:1:success:0', 'c:2'],
  ],
  [
    'a chain that fails',
    (client) =>
      client.enqueueChain(
        chain([job('work'), job('fail'), job('work')], { id: 'c', onError: [job('work')] }),
      ),
    ['c:0', 'c:1', 'c:error:0'],
  ],
];

/** A worker that can do everything. */
function aWorker(site: Site): Machine {
  return site
    .machine()
    .task('work', (_: never, ctx) => ctx.id)
    .task('fail', () => {
      throw new Error('no');
    })
    .task(
      'flaky',
      (_: never, ctx) => {
        if (ctx.attempt === 1) throw new Error('again');
      },
      { maxRetries: 3, backoff: 1_000 },
    );
}

describe.each([
  ['takes messages together', (): Site => new Site()],
  ['takes them one by one', (): Site => Site.modest({ atomicEnqueue: false })],
])('where the broker %s', (_, aSite) => {
  it.each(SCENES)('%s come to one end, wherever a worker dies', async (__, enqueue, outcomes) => {
    await atEveryCall(DEATHS, async (mishap) => {
      const site = aSite();
      const { client } = await aWorker(site).connect();
      await enqueue(client);
      const dying = aWorker(site);
      mishap.awaits(dying);
      dying.start().catch(() => {});
      await site.clock.advance(1_500);
      mishap.over();
      await aWorker(site).start();
      await site.lapse();
      expect(site.witness.outcomes.map(({ id }) => id).toSorted()).toEqual(outcomes);
    });
  });

  it.each(SCENES)('%s come to one end, whatever call fails', async (__, enqueue, outcomes) => {
    await atEveryCall(FAILURES, async (mishap) => {
      const site = aSite();
      const { client } = await aWorker(site).connect();
      const worker = await aWorker(site).start();
      mishap.awaits(worker);
      await enqueue(client);
      await site.clock.advance(1_500);
      mishap.over();
      await site.lapse();
      expect(site.witness.outcomes.map(({ id }) => id).toSorted()).toEqual(outcomes);
      const left = await site.stores.broker.find(outcomes);
      expect(left.filter((message) => message !== undefined)).toEqual([]);
    });
  });
});

describe('a schedule has each of its slots once', () => {
  const SLOTS = ['s:2024-07-01T12:05:00.000Z', 's:2024-07-01T12:10:00.000Z'];

  it('wherever a worker dies', async () => {
    await atEveryCall(DEATHS, async (mishap) => {
      const site = new Site();
      const { client } = await aWorker(site).connect();
      const dying = await aWorker(site).start();
      await client.enqueue('work', undefined, { id: 's', schedule: '*/5 * * * *' });
      await site.clock.advance(299_000);
      mishap.awaits(dying);
      await site.clock.advance(2_000);
      mishap.over();
      await aWorker(site).start();
      await site.clock.advance(350_000);
      expect(site.witness.outcomes.map(({ id }) => id)).toEqual(SLOTS);
    });
  });

  it('whatever call fails', async () => {
    await atEveryCall(FAILURES, async (mishap) => {
      const site = new Site();
      const { client } = await aWorker(site).connect();
      const worker = await aWorker(site).start();
      await client.enqueue('work', undefined, { id: 's', schedule: '*/5 * * * *' });
      await site.clock.advance(299_000);
      mishap.awaits(worker);
      await site.clock.advance(2_000);
      mishap.over();
      await site.clock.advance(350_000);
      expect(site.witness.outcomes.map(({ id }) => id)).toEqual(SLOTS);
    });
  });
});

describe('a job that a shutdown interrupts is run by another worker', () => {
  it.each([
    ['wherever its worker dies meanwhile', DEATHS],
    ['whatever call of it fails meanwhile', FAILURES],
  ])('%s', async (_, kinds) => {
    await atEveryCall(kinds, async (mishap) => {
      const site = new Site();
      const { client } = await aWorker(site).connect();
      const leaving = await site
        .machine({ shutdownTimeout: 1_000 })
        .task('work', () => new Promise(() => {}))
        .start();
      await client.enqueue('work', undefined, { id: 'long' });
      await site.settle();
      mishap.awaits(leaving);
      await client.enqueue('work', undefined, { id: 'too' });
      void leaving.close();
      await site.clock.advance(30_000);
      mishap.over();
      await aWorker(site).start();
      await site.lapse();
      const outcomes = site.witness.outcomes.map(({ id, status }) => `${id}: ${status}`);
      expect(outcomes.toSorted()).toEqual(['long: successful', 'too: successful']);
      const [long] = await site.stores.results.get(['long']);
      expect(long?.record).toMatchObject({ retried: 0, errors: [] });
    });
  });
});
