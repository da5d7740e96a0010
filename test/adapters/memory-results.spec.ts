import { afterEach, beforeEach, describe, it } from 'vitest';
import { MemoryResults } from '../../lib/adapters/memory/memory-results.js';
import { describeResults } from '../../lib/testing/describe-results.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';

describeResults(
  'MemoryResults',
  async () => {
    const clock = new ManualClock();
    const results = new MemoryResults({ clock });
    return {
      results,
      another: async () => results,
      pass: (ms) => clock.advance(ms),
      timeTravel: true,
      now: () => clock.now(),
      dispose: async () => undefined,
    };
  },
  { describe, it, beforeEach, afterEach },
);
