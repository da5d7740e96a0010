import { describe, expect, it } from 'vitest';
import { MemoryBroker } from '../../../lib/adapters/memory/memory-broker.js';
import { ClosedError, ResultsUnavailableError } from '../../../lib/core/errors.js';
import { MemoryResults } from '../../../lib/adapters/memory/memory-results.js';
import { Instance, memoryWorld } from '../../support/engine/instance.js';

describe('once the workers have drained', () => {
  it('nobody waits for a result any more', async () => {
    const instance = await new Instance(memoryWorld()).task('never', () => {}).connect();
    const handle = await instance.client.enqueue('never');
    const waiting = handle.result().catch((error: unknown) => error);
    await instance.tasqueue.stop();
    expect(await waiting).toBeInstanceOf(ClosedError);
    await expect(handle.result()).rejects.toThrow(ClosedError);
  });

  it('a result that is there is still told', async () => {
    const instance = await new Instance(memoryWorld()).task('one', () => 1).start();
    const handle = await instance.client.enqueue('one');
    await handle.result();
    await instance.tasqueue.stop();
    expect(await handle.result()).toBe(1);
  });
});

it('does not wait for workers that wait for stores which nobody has connected', async () => {
  const instance = new Instance(memoryWorld()).task('one', () => 1);
  const starting = instance.runner.start().catch((error: unknown) => error);
  // The clock stands still: whoever waits for a deadline waits for ever.
  await instance.tasqueue.close();
  expect(await starting).toBeInstanceOf(ClosedError);
});

describe('a shared store', () => {
  it('stays open for others when an instance that never reached it closes', async () => {
    class Unreachable extends MemoryResults {
      override connect(): Promise<void> {
        return Promise.reject(new ResultsUnavailableError('no'));
      }
    }
    const world = memoryWorld();
    const closed: string[] = [];
    const broker = new MemoryBroker({ clock: world.clock });
    const close = broker.close.bind(broker);
    broker.close = () => {
      closed.push('broker');
      return close();
    };
    const results = new Unreachable({ clock: world.clock });
    results.close = () => Promise.reject(new Error('closed without having been connected'));
    const instance = new Instance({ ...world, broker, results }, { onStartup: 'fail' });
    await expect(instance.connect()).rejects.toThrow(ResultsUnavailableError);
    await instance.close();
    expect(closed).toEqual(['broker']);
    expect(instance.lines.filter(({ message }) => message.includes('close'))).toEqual([]);
  });
});
