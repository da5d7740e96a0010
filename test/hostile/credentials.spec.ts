import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { nkeyAuthenticator, jwtAuthenticator } from 'nats';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { RedisBroker, RedisResults } from '../../lib/redis/index.js';
import { TasqueueError } from '../../lib/core/errors.js';
import type { TasqueueOptions } from '../../lib/core/options.js';
import { resolveOptions } from '../../lib/core/resolve-options.js';
import { LiveInstance } from '../support/engine/live-instance.js';
import { freePort } from '../support/servers/free-port.js';
import { NatsServer } from '../support/servers/nats-server.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { wrong } from '../support/wrong.js';
import type { Stores } from './support/stores.js';

const SECRET = 'hunter2-is-no-password';
const SHORT: TasqueueOptions = { startupTimeout: 500, enqueueTimeout: 500 };
/** An nkey of a user: as secret as a password. */
const SEED = 'SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4';

let redis: RedisServer;
let nats: NatsServer;
let tokenNats: NatsServer;
let closed: number;

beforeAll(async () => {
  redis = await RedisServer.start(['--save', '', '--requirepass', 'right']);
  nats = await NatsServer.start({
    config: 'authorization { users: [{ user: "u", password: "right" }] }',
  });
  tokenNats = await NatsServer.start({ config: 'authorization { token: "right" }' });
  closed = await freePort();
});
afterAll(async () => {
  await redis.stop();
  await nats.stop();
  await tokenNats.stop();
});

const redisStores = (connection: ConstructorParameters<typeof RedisBroker>[0]): Stores => ({
  broker: new RedisBroker(connection),
  results: new RedisResults(connection),
});
const natsStores = (connection: ConstructorParameters<typeof NatsBroker>[0]): Stores => ({
  broker: new NatsBroker(connection),
  results: new NatsResults(connection),
});

const seed = () => nkeyAuthenticator(new TextEncoder().encode(SEED));
const address = (server: NatsServer, who: string) => server.url.replace('//', `//${who}@`);

const WAYS: readonly [string, () => Stores][] = [
  ['Redis, by url', () => redisStores({ url: `redis://u:${SECRET}@127.0.0.1:${redis.port}` })],
  ['Redis, refused, by url', () => redisStores({ url: `redis://:${SECRET}@127.0.0.1:${closed}` })],
  ['Redis, no such host, by url', () => redisStores({ url: `redis://:${SECRET}@host.invalid` })],
  ['Redis, TLS, by url', () => redisStores({ url: `rediss://:${SECRET}@127.0.0.1:${redis.port}` })],
  [
    'Redis, by options',
    () => redisStores({ options: { port: redis.port, username: 'u', password: SECRET } }),
  ],
  [
    'Redis, by Sentinels',
    () =>
      redisStores({
        options: {
          sentinels: [{ port: closed }],
          name: 'main',
          password: SECRET,
          sentinelPassword: SECRET,
        },
      }),
  ],
  [
    'Redis, by a client',
    () => {
      const options = { port: redis.port, password: SECRET, lazyConnect: true };
      const client = new Redis(options);
      onTestFinished(() => client.disconnect());
      return redisStores({ client });
    },
  ],
  ['NATS, by user', () => natsStores({ servers: nats.url, user: 'u', pass: SECRET })],
  ['NATS, by url', () => natsStores({ servers: address(nats, `u:${SECRET}`) })],
  ['NATS, by token', () => natsStores({ servers: tokenNats.url, token: SECRET })],
  ['NATS, by token in the url', () => natsStores({ servers: address(tokenNats, SECRET) })],
  ['NATS, by seed', () => natsStores({ servers: nats.url, authenticator: seed() })],
  [
    'NATS, by JWT and seed',
    () =>
      natsStores({
        servers: nats.url,
        authenticator: jwtAuthenticator(SECRET, new TextEncoder().encode(SEED)),
      }),
  ],
  [
    'NATS, refused',
    () => natsStores({ servers: `nats://u:${SECRET}@127.0.0.1:${closed}`, reconnect: false }),
  ],
  ['NATS, no such host', () => natsStores({ servers: `nats://u:${SECRET}@host.invalid` })],
];

/** As deep as anybody could look. */
function all(value: unknown): string {
  return inspect(value, {
    depth: Infinity,
    showHidden: true,
    getters: true,
    maxStringLength: null,
  });
}

/** As a log of JSON lines would have it. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    return String(error);
  }
}

function expectNoSecret(...values: readonly unknown[]): void {
  for (const value of values)
    for (const text of [all(value), String(value), json(value)]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(SEED);
    }
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing',
    (error: unknown) => error,
  );

describe('credentials', () => {
  it.each(WAYS)('are told nowhere when they are wrong: %s', async (_, open) => {
    const stores = open();
    const warnings: unknown[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warn);
    onTestFinished(() => void process.off('warning', warn));
    const instance = new LiveInstance(stores, { ...SHORT, onStartup: 'lazy', events: 'all' });
    const events: unknown[] = [];
    instance.tasqueue.events.subscribe((event) => void events.push(event));
    instance.task('give', () => 1);
    const connected = await failureOf(instance.start());
    const enqueued = await failureOf(instance.client.enqueue('give', 1));
    expect(enqueued).toBeInstanceOf(Error);
    const health = await instance.tasqueue.examine({
      timeoutMs: 300,
      maxStalenessMs: 30_000,
      maxPending: 1,
    });
    expect(health.status).toBe('down');
    expectNoSecret(connected, enqueued, health, events, warnings, instance.lines);
    const failures = [failureOf(stores.broker.ping()), failureOf(stores.results.get(['x']))];
    expectNoSecret(...(await Promise.all(failures)));
    expectNoSecret(stores.broker, stores.results, stores.broker.inspect, instance.client);
  });

  it.each(WAYS)('are told nowhere when the application does not start: %s', async (_, open) => {
    const stores = open();
    const instance = new LiveInstance(stores, { ...SHORT, onStartup: 'fail' });
    const failure = await failureOf(instance.connect());
    expect(failure).toBeInstanceOf(Error);
    expectNoSecret(failure, instance.lines, stores.broker, stores.results);
  });

  it.each([
    [
      'Redis',
      async () => {
        const server = await RedisServer.start(['--save', '', '--requirepass', SECRET]);
        onTestFinished(() => server.stop());
        return redisStores({ url: server.url.replace('//', `//:${SECRET}@`) });
      },
    ],
    [
      'NATS',
      async () => {
        const server = await NatsServer.start({ config: `authorization { token: "${SECRET}" }` });
        onTestFinished(() => server.stop());
        return natsStores({ servers: server.url, token: SECRET });
      },
    ],
  ])('are told nowhere when they are right, and the server goes: %s', async (_, open) => {
    const stores = await open();
    const instance = new LiveInstance(stores, { events: 'all' }).task('give', () => 1);
    await instance.start();
    expect(await (await instance.client.enqueue('give', 1)).result()).toBe(1);
    const { tasqueue, client, admin, runner, lines } = instance;
    expectNoSecret(stores.broker, stores.results, tasqueue, client, admin, runner, lines);
    await instance.close();
    expectNoSecret(await failureOf(client.enqueue('give', 1)), stores.broker, lines);
  });

  it('are told nowhere when they stand where they do not belong', async () => {
    const url = `redis://u:${SECRET}@127.0.0.1`;
    for (const attempt of [
      async () => resolveOptions(wrong({ broker: url, results: url, url })),
      async () => resolveOptions(wrong({ broker: { url }, name: `${url}\n` })),
      async () => redisStores(wrong(url)),
      async () => redisStores(wrong({ url: `redis://u:${SECRET}@:nonsense:` })).broker.ping(),
      async () => redisStores(wrong({ urls: url })).broker.ping(),
      async () => natsStores(wrong(url)),
      async () => natsStores(wrong({ servers: [`nats://u:${SECRET}@:nonsense:`] })).broker.ping(),
      async () => new RedisBroker({ url }, { prefix: `}${url}` }),
      async () => new NatsBroker({ servers: url }, { prefix: url }),
    ]) {
      const failure = await failureOf(attempt());
      expect(failure).toBeInstanceOf(TasqueueError);
      expectNoSecret(failure);
    }
  });
});
