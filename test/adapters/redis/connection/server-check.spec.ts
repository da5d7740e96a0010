import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { RedisLink } from '../../../../lib/adapters/redis/connection/redis-link.js';
import type { RedisConnection } from '../../../../lib/adapters/redis/connection/redis-connection.js';
import { CapabilityError } from '../../../../lib/core/errors.js';
import { RedisServer } from '../../../support/servers/redis-server.js';
import { RedisStandIn } from '../../../support/servers/redis-stand-in.js';

function connect(connection: RedisConnection): Promise<readonly string[]> {
  const link = new RedisLink(connection);
  onTestFinished(() => link.close());
  return link.connect();
}

describe('a server is looked at as it is connected to', () => {
  let server: RedisServer;
  let admin: Redis;

  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.url);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  it('says nothing of one that is as it should be', async () => {
    expect(await connect({ url: server.url })).toEqual([]);
  });

  it('tells of one that evicts keys', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await connect({ url: server.url })).toEqual([expect.stringContaining("'allkeys-lru'")]);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('takes one that may not be asked', async () => {
    await admin.acl('SETUSER', 'shy', 'on', '>secret', '~*', '&*', '+@all', '-info', '-config');
    const url = server.url.replace('//', '//shy:secret@');
    // The driver says that it may not ask, either.
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    onTestFinished(() => warned.mockRestore());
    expect(await connect({ url })).toEqual([]);
  });

  it('refuses a replica, which may be the master in a moment', async () => {
    await admin.replicaof('127.0.0.1', 1);
    const refused = await connect({ url: server.url }).catch((error: unknown) => error);
    await admin.replicaof('NO', 'ONE');
    expect(refused).toMatchObject({ message: expect.stringContaining('replica') });
    expect(refused).not.toBeInstanceOf(CapabilityError);
  });

  it('names what is wrong with a password, and not the password', async () => {
    const url = server.url.replace('//', '//default:guess@');
    await admin.config('SET', 'requirepass', 'right');
    const refused = await connect({ url }).catch((error: unknown) => error);
    await admin.config('SET', 'requirepass', '');
    expect(refused).toMatchObject({ message: expect.stringContaining('WRONGPASS') });
    expect(JSON.stringify(refused, ['message', 'cause', 'command', 'args'])).not.toContain('guess');
  });
});

async function standIn(version: string): Promise<RedisConnection> {
  const old = await RedisStandIn.start(`redis_version:${version}\r\nrole:master\r\n`);
  onTestFinished(() => old.stop());
  return { url: old.url };
}

it.each(['6.0.16', '5.0.14', '2.8.24'])(
  'refuses Redis %s, and says what is needed',
  async (old) => {
    const refused = await connect(await standIn(old)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CapabilityError);
    expect(refused).toMatchObject({
      message: `Redis 6.2 or later is needed, found ${old}: upgrade the server`,
    });
  },
);

it.each(['6.2.0', '7.0.15', '10.0.0'])('takes Redis %s', async (version) => {
  expect(await connect(await standIn(version))).toEqual([]);
});

it('rejects at once, with the reason, where nobody listens', async () => {
  await expect(connect({ url: 'redis://127.0.0.1:1' })).rejects.toThrow('ECONNREFUSED');
});
