import { MemoryBroker, MemoryResults } from 'nestjs-tasqueue';
import { NatsBroker, NatsResults } from 'nestjs-tasqueue/nats';
import { afterAll, beforeAll } from 'vitest';
import { NatsServer } from '../support/servers/nats-server.js';
import { describeStores } from './stores/describe-stores.js';

let server: NatsServer;
let worlds = 0;

beforeAll(async () => {
  server = await NatsServer.start();
});

afterAll(() => server.stop());

function nats() {
  worlds += 1;
  const prefix = `world-${worlds}`;
  return {
    broker: () => new NatsBroker({ servers: [server.url], name: prefix }, { prefix }),
    results: () => new NatsResults({ servers: [server.url], name: prefix }, { prefix }),
  };
}

function memory() {
  const [broker, results] = [new MemoryBroker(), new MemoryResults()];
  return { broker: () => broker, results: () => results };
}

describeStores('a NATS broker and NATS results', nats);
describeStores('a NATS broker and memory results', () => ({ ...memory(), broker: nats().broker }));
describeStores('a memory broker and NATS results', () => ({
  ...memory(),
  results: nats().results,
}));
