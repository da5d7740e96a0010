import { expect, it } from 'vitest';
import { BrokerUnavailableError } from '../../../lib/core/errors.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding, silence } from '../../support/engine/overriding.js';

const asks: Record<string, (admin: Instance['admin']) => Promise<unknown>> = {
  queues: async (admin) => admin.queues(),
  stats: async (admin) => admin.stats('q'),
  pending: async (admin) => admin.pending('q'),
  scheduled: async (admin) => admin.scheduled('q'),
  schedules: async (admin) => admin.schedules(),
  workers: async (admin) => admin.workers(),
};

it.each(Object.entries(asks))('%s gives up on a broker that never answers', async (_, ask) => {
  const world = memoryWorld();
  const { inspect } = world.broker;
  const broker = overriding(world.broker, {
    inspect: overriding(inspect, {
      queues: silence,
      counts: silence,
      page: silence,
      schedules: silence,
      sessions: silence,
    }),
  });
  const { admin } = await new Instance({ ...world, broker }, { role: 'producer' }).connect();
  const asked = outcomeOf(ask(admin));
  await world.clock.advance(10_000);
  expect(asked.error).toBeInstanceOf(BrokerUnavailableError);
});
