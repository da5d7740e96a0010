import { describe, expect, it } from 'vitest';
import {
  BrokerUnavailableError,
  ClosedError,
  ResultsUnavailableError,
} from '../../../lib/core/errors.js';
import type { TasqueueOptions } from '../../../lib/core/options.js';
import type { Broker } from '../../../lib/core/ports/broker.js';
import { memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding, silence } from '../../support/engine/overriding.js';
import { Scripted } from '../../support/engine/scripted.js';

type Away = 'refuses' | 'never answers';

/** An instance whose stores cannot be reached until they are `there`. */
function early(
  options: TasqueueOptions,
  which: 'broker' | 'results' | 'both',
  away: Away = 'refuses',
) {
  const world = memoryWorld();
  const state = { there: false, tries: 0 };
  const connecting = async (name: 'broker' | 'results', connect: Broker['connect']) => {
    state.tries += 1;
    if (state.there || (which !== 'both' && which !== name)) return connect();
    if (away === 'never answers') return silence();
    throw name === 'broker'
      ? new BrokerUnavailableError('down')
      : new ResultsUnavailableError('down');
  };
  const broker = overriding(world.broker, {
    connect: async () => connecting('broker', async () => world.broker.connect()),
  });
  const results = overriding(world.results, {
    connect: async (settings) => connecting('results', async () => world.results.connect(settings)),
  });
  const instance = new Scripted({ ...world, broker, results }, options);
  return { instance, state, clock: world.clock };
}

const unreachable = { broker: BrokerUnavailableError, results: ResultsUnavailableError };

describe.each(['broker', 'results'] as const)('with the %s out of reach at boot', (which) => {
  it("'fail' gives up at once", async () => {
    const { instance, state } = early({ onStartup: 'fail' }, which);
    await expect(instance.start()).rejects.toThrow(unreachable[which]);
    expect(state.tries).toBe(which === 'broker' ? 1 : 2);
  });

  it.each(['refuses', 'never answers'] as const)(
    "'wait' gives up after startupTimeout, when it %s",
    async (away) => {
      const { instance, clock } = early({ startupTimeout: 3_000 }, which, away);
      const started = outcomeOf(instance.start());
      await clock.advance(2_500);
      expect(started.settled).toBe(false);
      await clock.advance(1_000);
      expect(started.error).toBeInstanceOf(unreachable[which]);
      expect(started.error).toMatchObject({
        message: expect.stringContaining('startupTimeout'),
        cause: { message: away === 'refuses' ? 'down' : 'it does not answer' },
      });
    },
  );

  it("'wait' goes on when it comes late; what was enqueued meanwhile runs", async () => {
    const { instance, state, clock } = early({}, which);
    const started = instance.start();
    await clock.advance(2_000);
    const enqueued = instance.client.enqueue('give', 'early', { id: 'w' });
    await clock.advance(2_000);
    state.there = true;
    await clock.advance(1_000);
    await started;
    expect(await (await enqueued).result()).toBe('early');
  });

  it("'lazy' boots without it, and works once it comes", async () => {
    const { instance, state, clock } = early({ onStartup: 'lazy' }, which);
    await instance.start();
    const refused = outcomeOf(instance.client.enqueue('give', 1, { id: 'w' }));
    const read = outcomeOf(instance.client.getJob('w'));
    await clock.advance(4_900);
    expect(refused.settled).toBe(false);
    await clock.advance(100);
    expect(refused.error).toBeInstanceOf(BrokerUnavailableError);
    expect(refused.error).toMatchObject({ ids: ['w'] });
    expect(read.error).toBeInstanceOf(BrokerUnavailableError);

    await clock.advance(3_600_000);
    const enqueued = instance.client.enqueue('give', 2, { id: 'w' });
    await clock.advance(1_000);
    state.there = true;
    await clock.advance(1_000);
    expect(await (await enqueued).result()).toBe(2);
    expect(instance.starts).toEqual([2]);
  });

  it("'lazy' says in the log what it waits for", async () => {
    const { instance, clock } = early({ onStartup: 'lazy' }, which);
    await instance.start();
    await clock.advance(1_000);
    expect(instance.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining("'memory'") }),
    );
  });
});

describe('a boot that waits for both stores', () => {
  it.each(['refuses', 'never answers'] as const)(
    'has one startupTimeout for both',
    async (away) => {
      const { instance, clock } = early({ startupTimeout: 3_000 }, 'both', away);
      const started = outcomeOf(instance.start());
      await clock.advance(2_900);
      await clock.advance(500);
      expect(started.settled).toBe(true);
    },
  );

  it.each(['refuses', 'never answers'] as const)(
    'ends when the instance is closed meanwhile, and calls are told so: it %s',
    async (away) => {
      const { instance, clock } = early({ onStartup: 'lazy' }, 'both', away);
      await instance.start();
      const enqueued = outcomeOf(instance.client.enqueue('give', 1));
      await clock.advance(1_000);
      await instance.close();
      expect(enqueued.error).toBeInstanceOf(ClosedError);
      expect(clock.armed).toBe(0);
    },
  );
});

it('what a store says about its server is logged once it has connected, with its name', async () => {
  const world = memoryWorld();
  const broker = overriding(world.broker, { connect: async () => ['it forgets things'] });
  const instance = new Scripted({ ...world, broker });
  await instance.connect();
  expect(instance.lines).toEqual([
    { level: 'warn', message: "the broker 'memory': it forgets things", fields: undefined },
  ]);
});

describe('workers of a lazy app that cannot be started', () => {
  /** An instance whose broker opens no session until it may. */
  function lame() {
    const world = memoryWorld();
    const state = { may: false, tries: 0 };
    const broker = overriding(world.broker, {
      open: async (info) => {
        state.tries += 1;
        if (!state.may) throw new BrokerUnavailableError('no rights');
        return world.broker.open(info);
      },
    });
    const instance = new Scripted({ ...world, broker }, { onStartup: 'lazy' });
    return { instance, state, clock: world.clock };
  }

  it('are started as soon as they can be', async () => {
    const { instance, state, clock } = lame();
    await instance.start();
    await clock.advance(3_600_000);
    expect(instance.runner.status).toMatchObject({ running: false, startFailed: true });
    const handle = await instance.client.enqueue('give', 1);

    state.may = true;
    await clock.advance(15_000);
    expect(instance.runner.status).toMatchObject({ running: true, startFailed: false });
    expect(await handle.result()).toBe(1);
  });

  it('are tried less and less often, and each failure is logged with its reason', async () => {
    const { instance, state, clock } = lame();
    await instance.start();
    await clock.advance(750);
    expect(state.tries).toBe(3);
    expect(instance.lines.map(({ message }) => message)).toEqual([
      'the workers could not be started, trying again in 250 ms',
      'the workers could not be started, trying again in 500 ms',
      'the workers could not be started, trying again in 1000 ms',
    ]);
    expect(instance.lines[0]).toMatchObject({ fields: { error: { message: 'no rights' } } });
  });

  it.each(['stop', 'close'] as const)('are not started after %s', async (end) => {
    const { instance, state, clock } = lame();
    await instance.start();
    await clock.advance(100);
    await instance.tasqueue[end]();
    state.may = true;
    await clock.advance(60_000);
    expect([state.tries, instance.runner.status.running]).toEqual([1, false]);
  });
});

it("'wait' gives the last reason, also when time is up in the middle of another try", async () => {
  const world = memoryWorld();
  let tries = 0;
  const broker = overriding(world.broker, {
    connect: async () => {
      tries += 1;
      if (tries > 1) return silence();
      throw new BrokerUnavailableError('wrong password');
    },
  });
  const instance = new Scripted({ ...world, broker }, { startupTimeout: 1_000 });
  const started = outcomeOf(instance.start());
  await world.clock.advance(1_000);
  expect(started.error).toMatchObject({ cause: { message: 'wrong password' } });
});
