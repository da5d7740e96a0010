import { expect, it } from 'vitest';
import { cronerReader } from '../../../lib/adapters/croner/croner-reader.js';
import type { Log } from '../../../lib/core/log.js';
import { systemRandom } from '../../../lib/core/random.js';
import { resolveOptions } from '../../../lib/core/resolve-options.js';
import { Tasqueue } from '../../../lib/core/tasqueue.js';
import { memoryWorld } from '../../support/engine/instance.js';

/** Counts what keeps the process alive. */
function tasqueueHeldBy(held: { count: number }): Tasqueue {
  const { broker, results, clock } = memoryWorld();
  const stayAlive = () => {
    held.count += 1;
    return () => {
      held.count -= 1;
    };
  };
  const log: Log = { info() {}, warn() {}, error() {} };
  const environment = { clock, random: systemRandom, cron: cronerReader, log };
  return new Tasqueue({
    settings: resolveOptions({ autoStart: false }),
    broker,
    results,
    environment: { ...environment, host: 'test', pid: 1, cpus: 1, stayAlive },
  });
}

it('keeps the process alive while its workers run, and no longer', async () => {
  const held = { count: 0 };
  const tasqueue = tasqueueHeldBy(held);
  await tasqueue.connect();
  expect(held.count).toBe(0);

  await tasqueue.runner.start();
  await tasqueue.runner.start();
  expect(held.count).toBe(1);
  await tasqueue.runner.stop();
  expect(held.count).toBe(0);

  await tasqueue.runner.start();
  expect(held.count).toBe(1);
  await tasqueue.close();
  expect(held.count).toBe(0);
});
