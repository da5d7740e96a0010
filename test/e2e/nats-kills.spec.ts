import { afterAll, beforeAll } from 'vitest';
import { NatsServer } from '../support/servers/nats-server.js';
import { describeKills } from './kills/describe-kills.js';

let server: NatsServer;
let worlds = 0;

beforeAll(async () => {
  server = await NatsServer.start();
});

afterAll(() => server.stop());

describeKills('NATS', () => {
  worlds += 1;
  const store = { kind: 'nats', url: server.url, prefix: `world-${worlds}` } as const;
  return { broker: store, results: store };
});
