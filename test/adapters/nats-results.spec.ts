import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { NatsResults } from '../../lib/adapters/nats/nats-results.js';
import { describeResults } from '../../lib/testing/describe-results.js';
import { NatsServer } from '../support/servers/nats-server.js';
import { resultsWorld } from './nats/results-world.js';

let server: NatsServer;
let stores = 0;

beforeAll(async () => {
  server = await NatsServer.start();
});
afterAll(() => server.stop());

describeResults(
  'NatsResults',
  async () => {
    const prefix = `case-${(stores += 1)}`;
    return resultsWorld((clock) => new NatsResults({ servers: server.url }, { prefix, clock }));
  },
  { describe, it, beforeEach, afterEach },
);
