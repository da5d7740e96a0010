import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WIRE_VERSION } from '../../lib/core/message/frame.js';
import { NatsBroker, NatsResults } from '../../lib/nats/index.js';
import { RedisBroker, RedisResults } from '../../lib/redis/index.js';
import { NatsServer } from '../support/servers/nats-server.js';
import { RedisServer } from '../support/servers/redis-server.js';
import { filesOf, putFiles, readFiles, versions, WRITES, writeFiles } from './support/fixtures.js';
import { fill, goesOn, PREFIX } from './support/world.js';

const RDB = 'dump.rdb';

async function redisServer() {
  const server = await RedisServer.start(['--save', '']);
  onTestFinished(() => server.stop());
  const connection = { options: { port: server.port } };
  const stores = () => ({
    broker: new RedisBroker(connection, { prefix: PREFIX }),
    results: new RedisResults(connection, { prefix: PREFIX }),
  });
  return { server, stores };
}

async function natsServer() {
  const server = await NatsServer.start();
  onTestFinished(() => server.stop());
  const connection = { servers: server.url };
  const stores = () => ({
    broker: new NatsBroker(connection, { prefix: PREFIX }),
    results: new NatsResults(connection, { prefix: PREFIX }),
  });
  return { server, stores, folder: join(server.folder, 'store') };
}

describe.runIf(WRITES)('the fixtures of this version', () => {
  it('are written: what Redis holds', async () => {
    const { server, stores } = await redisServer();
    await fill(stores());
    const redis = new Redis(server.url);
    await redis.save();
    redis.disconnect();
    await writeFiles(
      WIRE_VERSION,
      'redis',
      new Map([[RDB, await readFile(join(server.folder, RDB))]]),
    );
    expect(await versions()).toContain(WIRE_VERSION);
  });

  it('are written: what NATS holds', async () => {
    const { server, stores, folder } = await natsServer();
    await fill(stores());
    await server.kill();
    await writeFiles(WIRE_VERSION, 'nats', await filesOf(folder));
    await server.restart();
    expect(await versions()).toContain(WIRE_VERSION);
  });
});

describe('what a store holds of every version of the envelope', () => {
  it('is all there, and goes on: Redis', async () => {
    for (const version of await versions()) {
      const { server, stores } = await redisServer();
      await server.kill();
      await putFiles(server.folder, await readFiles(version, 'redis'));
      await server.restart();
      expect(await goesOn(stores())).toEqual([]);
    }
  });

  it('is all there, and goes on: NATS', async () => {
    for (const version of await versions()) {
      const { server, stores, folder } = await natsServer();
      await server.kill();
      await putFiles(folder, await readFiles(version, 'nats'));
      await server.restart();
      expect(await goesOn(stores())).toEqual([]);
    }
  });
});
