import { describe, expect, it } from 'vitest';
import { BrokerUnavailableError } from '../../lib/core/errors.js';
import type { Message } from '../../lib/core/ports/message.js';
import { chain } from '../../lib/core/spec/chain.js';
import { group } from '../../lib/core/spec/group.js';
import { job } from '../../lib/core/spec/job.js';
import { HeldHandler } from '../support/engine/held-handler.js';
import { atEveryCall, DEATHS } from '../support/faults/mishap.js';
import { Gate, refused } from '../support/faults/fates.js';
import type { Machine } from '../support/faults/machine.js';
import { Site } from '../support/faults/site.js';

type Enqueue = (client: Machine['client'], id?: string) => Promise<unknown>;

const aGroup: Enqueue = (client, id) =>
  client.enqueueGroup(group([job('work'), job('work')], { id, onComplete: [job('work')] }));
const aChain: Enqueue = (client, id) =>
  client.enqueueChain(chain([group([job('work'), job('work')]), job('work')], { id }));

const aWorker = (site: Site): Promise<Machine> =>
  site
    .machine()
    .task('work', (_: never, ctx) => ctx.id)
    .start();

describe.each([
  ['takes messages together', (): Site => new Site()],
  ['takes them one by one', (): Site => Site.modest({ atomicEnqueue: false })],
])('where the broker %s', (_, aSite) => {
  it.each([
    ['a group', aGroup, undefined],
    ['a group with an id of its own', aGroup, 'own'],
    ['a chain', aChain, undefined],
    ['a chain with an id of its own', aChain, 'own'],
  ])('%s is there as a whole or not at all, wherever its client dies', async (__, enqueue, id) => {
    await atEveryCall(DEATHS, async (mishap) => {
      const site = aSite();
      const client = await site.machine({ role: 'producer' }).connect();
      mishap.awaits(client);
      void enqueue(client.client, id).catch(() => {});
      await site.settle();
      await aWorker(site);
      await site.lapse();
      expect(mishap.happened === undefined ? [3] : [0, 3]).toContain(site.witness.outcomes.length);
    });
  });

  it.each([
    ['a group', aGroup],
    ['a chain', aChain],
  ])(
    '%s that is sent again with its id, for want of a confirmation, is there once',
    async (__, enqueue) => {
      await atEveryCall(DEATHS, async (mishap) => {
        const site = aSite();
        const client = await site.machine({ role: 'producer' }).connect();
        const second = await site.machine({ role: 'producer' }).connect();
        mishap.awaits(client);
        void enqueue(client.client, 'own').catch(() => {});
        await site.settle();
        await enqueue(second.client, 'own');
        await aWorker(site);
        await site.lapse();
        expect(site.witness.outcomes).toHaveLength(3);
      });
    },
  );

  describe.each([
    ['that were sent already', false],
    ['that were not sent yet', true],
  ])('no members %s run after', (__, unsent) => {
    it.each([
      ['their group was cancelled', aGroup, 'cancel'],
      ['their chain was cancelled', aChain, 'cancel'],
      ['their group was deleted', aGroup, 'deleteJob'],
      ['their chain was deleted', aChain, 'deleteJob'],
    ] as const)('%s while a worker had it in hand', async (___, enqueue, act) => {
      const site = aSite();
      const handler = new HeldHandler();
      const { client, broker } = await site.machine({ role: 'producer' }).connect();
      if (unsent) broker.next('enqueue', refused, (messages) => messages[0]?.id !== 'own');
      await enqueue(client, 'own');
      const worker = site.machine().task('work', handler.handle);
      const expands = new Gate();
      worker.results.next('plan', expands.after);
      const looks = new Gate();
      worker.results.next('get', looks.before);
      await worker.start();
      await expands.reached;
      await client[act]('own');
      looks.open();
      expands.open();
      await site.settle();
      // The callback of a group that was cancelled runs, and nothing else.
      const runs = handler.runs.map(({ ctx }) => ctx.id);
      expect(runs.filter((id) => id !== 'own:complete:0')).toEqual([]);
    });
  });
});

it.each([0, 1, 2])(
  'a step of which a broker took %i messages before it failed is sent whole',
  async (taken) => {
    const site = Site.modest({ atomicEnqueue: false });
    const machine = await aWorker(site);
    machine.broker.next(
      'enqueue',
      async (_, messages: readonly Message[]) => {
        await site.stores.broker.enqueue(messages.slice(0, taken));
        throw new BrokerUnavailableError('it failed half-way (a test)');
      },
      (messages) => messages.some(({ id }) => id.startsWith('c:1')),
    );
    const { client } = await site.machine({ role: 'producer' }).connect();
    await client.enqueueChain(chain([job('work'), group([job('work'), job('work')])], { id: 'c' }));
    await site.lapse();
    expect((await client.getChain('c')).status).toBe('successful');
    expect(site.witness.outcomes.map(({ id }) => id)).toEqual(['c:0', 'c:1:0', 'c:1:1']);
  },
);
