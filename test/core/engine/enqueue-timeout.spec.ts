import { describe, expect, it } from 'vitest';
import { BrokerUnavailableError, EncodingError } from '../../../lib/core/errors.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import { chain } from '../../../lib/core/spec/chain.js';
import { group } from '../../../lib/core/spec/group.js';
import { job } from '../../../lib/core/spec/job.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf, type OutcomeSoFar } from '../../support/engine/outcome.js';
import { overriding, silence } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

type Fault = 'works' | 'refuses' | 'loses the call' | 'loses the answer' | 'is silent';

/** An instance whose broker can be made to fail when something is enqueued. */
async function unreliable(options = {}) {
  const world = memoryWorld();
  const state: { fault: Fault } = { fault: 'works' };
  const enqueue: Broker['enqueue'] = async (messages) => {
    if (state.fault === 'refuses') throw new BrokerUnavailableError('connection refused');
    if (state.fault === 'loses the call') throw new Error('socket hang up');
    if (state.fault === 'is silent') return silence();
    const replies = await world.broker.enqueue(messages);
    if (state.fault === 'loses the answer') throw new BrokerUnavailableError('connection reset');
    return replies;
  };
  const broker = overriding(world.broker, { enqueue });
  const producer = new Scripted({ ...world, broker }, { role: 'producer', ...options });
  await producer.connect();
  return { producer, client: producer.client, state, world, clock: world.clock };
}

const sends: Record<string, (client: Scripted['client']) => Promise<unknown>> = {
  enqueue: async (client) => client.enqueue('give', 1, { id: 'w' }),
  enqueueMany: async (client) => client.enqueueMany([job('give', 1, { id: 'w' }), job('give', 2)]),
  enqueueGroup: async (client) => client.enqueueGroup(group([job('give', 1)], { id: 'w' })),
  enqueueChain: async (client) =>
    client.enqueueChain(chain([job('give', 1), job('give', 2)], { id: 'w' })),
  'enqueue of a schedule': async (client) =>
    client.enqueue('give', 1, { id: 'w', schedule: '* * * * *' }),
};

describe('a broker that does not confirm', () => {
  it.each(Object.entries(sends))(
    '%s rejects with the ids, once enqueueTimeout is over',
    async (_, call) => {
      const { client, state, clock } = await unreliable();
      state.fault = 'is silent';
      const outcome = outcomeOf(call(client));
      await clock.advance(4_999);
      expect(outcome.settled).toBe(false);
      await clock.advance(1);
      expect(outcome.error).toBeInstanceOf(BrokerUnavailableError);
      expect(outcome.error).toMatchObject({ ids: expect.arrayContaining(['w']) });
    },
  );

  it('has as long as the options say', async () => {
    const { client, state, clock } = await unreliable({ enqueueTimeout: 200 });
    state.fault = 'is silent';
    const outcome = outcomeOf(client.enqueue('give', 1));
    await clock.advance(200);
    expect(outcome.error).toBeInstanceOf(BrokerUnavailableError);
  });

  it('holds no call up for longer, however many came before it', async () => {
    const { client, state, clock } = await unreliable();
    state.fault = 'is silent';
    const calls = [0, 1, 2, 3, 4, 5].map((n) => ({ at: n * 500, payload: n }));
    const outcomes: OutcomeSoFar[] = [];
    for (const { payload } of calls) {
      outcomes.push(outcomeOf(client.enqueue('give', payload)));
      await clock.advance(500);
    }
    for (const [index, { at }] of calls.entries()) {
      await clock.advance(Math.max(0, at + 5_000 - clock.elapsed()));
      expect(outcomes[index]?.settled).toBe(true);
    }
  });

  it('names the generated ids too: sending the same again is safe', async () => {
    const { client, state, world, clock } = await unreliable();
    state.fault = 'loses the answer';
    const lost = await client.enqueue('give', 'once').catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(BrokerUnavailableError);
    const [id] = lost instanceof BrokerUnavailableError ? lost.ids : [];
    state.fault = 'works';
    const handle = await client.enqueue('give', 'once', { id });
    expect(handle).toMatchObject({ id, duplicate: true });
    const worker = await new Scripted(world).start();
    expect(await handle.result()).toBe('once');
    await clock.advance(10_000);
    expect(worker.starts).toEqual(['once']);
  });

  it.each(['refuses', 'is silent'] as const)(
    'names to each caller its own ids, whatever travelled along: it %s',
    async (fault) => {
      const { client, state, clock } = await unreliable();
      state.fault = fault;
      const first = outcomeOf(client.enqueue('give', 1, { id: 'a' }));
      const many = outcomeOf(
        client.enqueueMany([job('give', 2, { id: 'b' }), job('give', 3, { id: 'c' })]),
      );
      await clock.advance(5_000);
      expect(first.error).toMatchObject({ ids: ['a'] });
      expect(many.error).toMatchObject({ ids: ['b', 'c'] });
    },
  );

  it.each(['refuses', 'loses the call', 'loses the answer'] as const)(
    'leaves a job, a group or a chain to be sent again safely: it %s',
    async (fault) => {
      const { client, state, world, clock } = await unreliable();
      const three = [
        async () => client.enqueue('give', 'job', { id: 'j' }),
        async () => client.enqueueGroup(group([job('give', 'member')], { id: 'g' })),
        async () =>
          client.enqueueChain(chain([job('give', 'one'), job('give', 'two')], { id: 'c' })),
      ];
      state.fault = fault;
      for (const send of three) await expect(send()).rejects.toThrow(BrokerUnavailableError);
      state.fault = 'works';
      for (const send of three) await send();
      const worker = await new Scripted(world).start();
      await clock.advance(10_000);
      expect(worker.starts.map(String).toSorted()).toEqual(['job', 'member', 'one', 'two']);
      expect((await client.getChain('c')).status).toBe('successful');
      expect((await client.getGroup('g')).status).toBe('successful');
    },
  );

  it('is never asked about what is wrong in itself', async () => {
    const { client, state } = await unreliable();
    state.fault = 'is silent';
    await expect(client.enqueue('give', 1n)).rejects.toThrow(EncodingError);
  });

  it('keeps nobody from being told by cause what happened', async () => {
    const { client, state } = await unreliable();
    state.fault = 'loses the call';
    const error: unknown = await client.enqueue('give', 1).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause: { message: 'socket hang up' } });
  });
});

describe('results that do not answer', () => {
  it('hold an own id up for a bounded time, and nothing is sent', async () => {
    const world = memoryWorld();
    const results = overriding(world.results, { get: silence });
    const producer = await new Scripted({ ...world, results }, { role: 'producer' }).connect();
    const outcome = outcomeOf(producer.client.enqueue('give', 1, { id: 'w' }));
    await world.clock.advance(10_000);
    expect(outcome.error).toMatchObject({ code: 'TASQUEUE_RESULTS_UNAVAILABLE' });
    expect(await world.broker.find(['w'])).toEqual([undefined]);
  });

  it('hold no generated id up', async () => {
    const world = memoryWorld();
    const results = overriding(world.results, { get: silence });
    const producer = await new Scripted({ ...world, results }, { role: 'producer' }).connect();
    const { id } = await producer.client.enqueue('give', 1);
    expect(await world.broker.find([id])).toMatchObject([{ id }]);
  });
});
