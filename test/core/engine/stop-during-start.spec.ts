import { describe, expect, it } from 'vitest';
import type { Broker } from '../../../lib/core/ports/broker.js';
import { deferred, Instance, memoryWorld } from '../../support/engine/instance.js';
import { outcomeOf } from '../../support/engine/outcome.js';
import { overriding } from '../../support/engine/overriding.js';

const QUEUE = 'tasqueue:tasks';
/** A process this old would have lost a lease that it never had. */
const LONG_AGO_MS = 3_600_000;

/** An instance whose broker does not answer one kind of call until the gate is opened. */
function heldUp(call: 'connect' | 'enqueue' | 'open', options = {}) {
  const world = memoryWorld();
  const gate = deferred();
  const { broker, clock } = world;
  const open = { connections: 0 };
  const methods: Partial<Broker> = {
    connect: async () => {
      if (call === 'connect') await gate.promise;
      await broker.connect();
      open.connections += 1;
    },
    close: async () => {
      await broker.close();
      open.connections -= 1;
    },
  };
  if (call === 'enqueue')
    methods.enqueue = async (messages) => {
      await gate.promise;
      return broker.enqueue(messages);
    };
  if (call === 'open')
    methods.open = async (info) => {
      await gate.promise;
      return broker.open(info);
    };
  const held = { ...world, broker: overriding(broker, methods) };
  const instance = new Instance(held, options).task('midnight', () => 1, { schedule: '0 0 * * *' });
  return { instance, gate, clock, open, sessions: () => broker.inspect.sessions() };
}

it('workers stopped while they declare their schedules stop as soon as that is done', async () => {
  const { instance, gate, clock, sessions } = heldUp('enqueue', { autoStart: false });
  await instance.connect();
  await clock.advance(LONG_AGO_MS);
  const started = outcomeOf(instance.runner.start());
  await clock.advance(0);
  const stopped = outcomeOf(instance.runner.stop());
  gate.resolve();
  await clock.advance(0);
  expect([started.settled, stopped.settled]).toEqual([true, true]);
  expect(instance.lines).toEqual([]);
  expect(await sessions()).toEqual([]);
});

it('workers of which a queue was paused beforehand have one session, however slowly it opens', async () => {
  const { instance, gate, clock, sessions } = heldUp('open', { autoStart: false });
  await instance.connect();
  await clock.advance(LONG_AGO_MS);
  instance.runner.pause(QUEUE);
  const started = instance.runner.start();
  await clock.advance(1_000);
  gate.resolve();
  await started;
  await clock.advance(1_000);
  expect(await sessions()).toHaveLength(1);
});

describe('a connection that comes late', () => {
  it.each(['stop', 'close'] as const)('starts no workers after %s', async (end) => {
    const { instance, gate, clock, sessions } = heldUp('connect', { onStartup: 'lazy' });
    await instance.start();
    const ended = instance.tasqueue[end]();
    gate.resolve();
    await clock.advance(20_000);
    await ended;
    expect(instance.runner.status.running).toBe(false);
    expect(await sessions()).toEqual([]);
    expect(clock.armed).toBe(0);
  });

  it('is closed when nobody waits for it any more', async () => {
    const { instance, gate, clock, open } = heldUp('connect', { onStartup: 'lazy' });
    await instance.start();
    await instance.close();
    gate.resolve();
    await clock.advance(0);
    expect(open.connections).toBe(0);
  });
});
