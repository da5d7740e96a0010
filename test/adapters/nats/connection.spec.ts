import { connect } from 'nats';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sharedLink } from '../../../lib/adapters/nats/connection/shared-link.js';
import type { NatsServers } from '../../../lib/adapters/nats/connection/nats-connection.js';
import { NatsBroker } from '../../../lib/adapters/nats/nats-broker.js';
import {
  BrokerUnavailableError,
  CapabilityError,
  InvalidOptionsError,
} from '../../../lib/core/errors.js';
import { freePort } from '../../support/servers/free-port.js';
import { NatsServer } from '../../support/servers/nats-server.js';

const ACCOUNTS = `
  accounts {
    plain { users: [{ user: plain, password: secret }] }
    jobs {
      jetstream: enabled
      users: [
        { user: jobs, password: secret }
        { user: reader, password: secret, permissions: { publish: { deny: "$JS.API.STREAM.CREATE.>" } } }
      ]
    }
  }
`;

let server: NatsServer;

beforeAll(async () => {
  server = await NatsServer.start({ config: ACCOUNTS });
});

afterAll(() => server.stop());

function as(user: string, pass = 'secret'): NatsServers & { readonly servers: string } {
  return { servers: server.url, user, pass };
}

async function refusal(servers: NatsServers, prefix = 'refused'): Promise<unknown> {
  const broker = new NatsBroker(servers, { prefix });
  return broker.connect().then(
    async () => {
      await broker.close();
      return 'it connected';
    },
    (error: unknown) => error,
  );
}

describe('a NATS broker that cannot work', () => {
  it('tells all that is wrong with its options at once, before it connects', () => {
    const make = (): NatsBroker =>
      new NatsBroker(
        { servers: 'nats://nowhere' },
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as JavaScript may call it
        { prefix: 'a.b', replicas: 9, storage: 'disk' as 'file' },
      );
    expect(make).toThrow(InvalidOptionsError);
    expect(make).toThrow(/prefix: .*replicas: .*storage: /);
  });

  it('refuses an account without JetStream', async () => {
    const error = await refusal(as('plain'));
    expect(error).toBeInstanceOf(CapabilityError);
    expect(String(error)).toContain('JetStream');
  });

  it('names the right that an account lacks', async () => {
    const error = await refusal(as('reader'));
    expect(error).toBeInstanceOf(CapabilityError);
    expect(String(error)).toContain('$JS.API.STREAM.CREATE.');
  });

  it('says that the server is not to be reached, and never tells a password', async () => {
    const nobody = { servers: `nats://jobs:secret@127.0.0.1:${await freePort()}` };
    for (const servers of [as('jobs', 'a wrong secret'), nobody]) {
      const error = await refusal(servers);
      expect(error).toBeInstanceOf(BrokerUnavailableError);
      expect(String(error)).not.toContain('secret');
    }
  });

  it('leaves a stream alone that is not as it has to be, and names what differs', async () => {
    const connection = await connect(as('jobs'));
    onTestFinished(() => connection.close());
    const manager = await connection.jetstreamManager();
    const name = 'differs-broker-records';
    const subjects = ['differs-broker.m.*', 'differs-broker.x.*'];
    await manager.streams.add({ name, subjects, max_age: 1_000_000_000 * 60 });

    const error = await refusal(as('jobs'), 'differs');
    expect(error).toBeInstanceOf(CapabilityError);
    expect(String(error)).toMatch(/differs-broker-records.*max_age is 60000000000 instead of 0/);
    expect((await manager.streams.info(name)).config.max_age).toBe(60_000_000_000);
  });

  it('rejects calls before it is connected, and after it was closed', async () => {
    const broker = new NatsBroker(as('jobs'), { prefix: 'unconnected' });
    await expect(broker.ping()).rejects.toThrow(BrokerUnavailableError);
    await broker.connect();
    await broker.close();
    await expect(broker.find(['a'])).rejects.toThrow(BrokerUnavailableError);
  });
});

describe('a connection to NATS', () => {
  it('is shared by all that name its servers or its options alike, and closed after the last', async () => {
    const options = as('jobs');
    expect(sharedLink({ servers: server.url })).toBe(sharedLink({ servers: server.url }));
    expect(sharedLink(options)).toBe(sharedLink(options));
    expect(sharedLink(options)).not.toBe(sharedLink({ ...options }));

    const shared = sharedLink(options);
    const [first, second] = [await shared.acquire(), await shared.acquire()];
    expect(first).toBe(second);
    await shared.release();
    expect(first.connection.isClosed()).toBe(false);
    await shared.release();
    expect(first.connection.isClosed()).toBe(true);
    const again = await shared.acquire();
    expect(again).not.toBe(first);
    await shared.release();
  });

  it("is left open when it is the user's own", async () => {
    const connection = await connect(as('jobs'));
    onTestFinished(() => connection.close());
    const broker = new NatsBroker({ connection }, { prefix: 'own' });
    await broker.connect();
    expect(await broker.ping()).toBeGreaterThan(0);
    await broker.close();
    expect(connection.isClosed()).toBe(false);
    await connection.flush();
  });
});
