import { systemClock } from '../../../lib/core/clock.js';
import type { TasqueueOptions } from '../../../lib/core/options.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';
import { Instance, type World } from './instance.js';

/** An instance in real time, on stores that a server keeps. */
export class LiveInstance extends Instance {
  constructor(stores: Pick<World, 'broker' | 'results'>, options: TasqueueOptions = {}) {
    super({ ...stores, clock: new ManualClock(), processClock: systemClock }, options);
  }

  override async close(): Promise<void> {
    await this.tasqueue.close();
  }
}
