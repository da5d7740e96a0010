import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/core/clock.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';
import { storesSites } from '../../hostile/support/stores.js';
import { Scripted } from '../../support/engine/scripted.js';
import { agree, anyCommands } from './agreement.js';
import { LifeScene, ONE_SLOT } from './scene.js';

const SEQUENCES = fc.sample(anyCommands, { seed: 6, numRuns: 12 });
const traces = new Map<string, unknown[]>();

/** In real time: it is closed without a clock to move. */
class LiveScripted extends Scripted {
  override async close(): Promise<void> {
    await this.tasqueue.close();
  }
}

describe.each(storesSites())('on $name', (site) => {
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('a job’s life is that of the model, event for event', async () => {
    const told: unknown[] = [];
    for (const commands of SEQUENCES) {
      const world = { ...site.open(), clock: new ManualClock(), processClock: systemClock };
      const instance = new LiveScripted(world, ONE_SLOT);
      await instance.start();
      told.push(await agree(commands, new LifeScene(instance, async (ms) => pause(ms))));
      instance.held.finishAll();
      await instance.close();
    }
    traces.set(site.name, told);
    expect(told).toHaveLength(SEQUENCES.length);
  }, 120_000);
});

it('memory, Redis and NATS tell the same of the same', () => {
  const [first, ...others] = [...traces.values()];
  expect(traces.size).toBe(3);
  for (const other of others) expect(other).toEqual(first);
});
