import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { NatsResults } from '../../lib/adapters/nats/nats-results.js';
import { describeResults } from '../../lib/testing/describe-results.js';
import { ManualClock } from '../../lib/testing/manual-clock.js';
import { NatsServer } from '../support/servers/nats-server.js';

let server: NatsServer;
let stores = 0;

beforeAll(async () => {
  server = await NatsServer.start();
});
afterAll(() => server.stop());

describeResults(
  'NatsResults',
  async () => {
    const clock = new ManualClock();
    const prefix = `case-${(stores += 1)}`;
    const open = (): NatsResults => new NatsResults({ servers: server.url }, { prefix, clock });
    const results = open();
    return {
      results,
      another: async () => open(),
      async pass(ms) {
        await clock.advance(ms);
        await results.sweep();
      },
      timeTravel: true,
      now: () => clock.now(),
      dispose: async () => undefined,
    };
  },
  { describe, it, beforeEach, afterEach },
);
