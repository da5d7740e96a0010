import type { NatsResults } from '../../../lib/adapters/nats/nats-results.js';
import type { ResultsWorld } from '../../../lib/testing/conformance/results/results-world.js';
import { ManualClock } from '../../../lib/testing/manual-clock.js';

/** One case's stores, whose time is moved by hand. */
export function resultsWorld(
  open: (clock: ManualClock) => NatsResults,
  dispose: () => Promise<void> = async () => undefined,
): ResultsWorld {
  const clock = new ManualClock();
  const results = open(clock);
  return {
    results,
    another: async () => open(clock),
    async pass(ms) {
      await clock.advance(ms);
      await results.sweep();
    },
    timeTravel: true,
    now: () => clock.now(),
    dispose,
  };
}
