import { connect } from 'nats';
import { expect, it, onTestFinished } from 'vitest';
import { NatsServer } from '../../../support/servers/nats-server.js';
import { brokerOn } from './scene.js';

it('goes on asking the server for its time where no worker runs: delays are counted by it', async () => {
  const server = await NatsServer.start();
  onTestFinished(() => server.stop());
  const producer = brokerOn(server, 'producer', 'time');
  await producer.connect();
  onTestFinished(() => producer.close());
  const connection = await connect({ servers: server.url });
  onTestFinished(() => connection.close());
  const asked = connection.subscribe('$JS.API.STREAM.INFO.time-broker-control', { max: 1 });
  for await (const { subject } of asked) expect(subject).toContain('control');
  expect(asked.getReceived()).toBe(1);
});
