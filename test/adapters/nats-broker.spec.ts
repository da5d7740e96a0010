import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { NatsBroker } from '../../lib/adapters/nats/nats-broker.js';
import { describeBroker } from '../../lib/testing/describe-broker.js';
import { NatsServer } from '../support/servers/nats-server.js';

describe('on a NATS server', () => {
  let server: NatsServer;
  let worlds = 0;

  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterAll(() => server.stop());

  describeBroker(
    'NatsBroker',
    async () => {
      const prefix = `case-${(worlds += 1)}`;
      const client = (): NatsBroker =>
        new NatsBroker({ servers: [server.url], name: prefix }, { prefix });
      return {
        broker: client(),
        another: async () => client(),
        pass: (ms) => setTimeout(ms),
        dispose: async () => undefined,
      };
    },
    { describe, it, beforeEach, afterEach },
  );
});
