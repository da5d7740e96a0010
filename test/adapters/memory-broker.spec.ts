import { afterEach, beforeEach, describe, it } from 'vitest';
import { MemoryBroker } from '../../lib/adapters/memory/memory-broker.js';
import { describeBroker } from '../../lib/testing/describe-broker.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';

describeBroker(
  'MemoryBroker',
  async () => {
    const clock = new ManualClock();
    const broker = new MemoryBroker({ clock });
    return {
      broker,
      another: async () => broker,
      pass: (ms) => clock.advance(ms),
      dispose: async () => undefined,
    };
  },
  { describe, it, beforeEach, afterEach },
);
