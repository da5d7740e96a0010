import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RedisConnection } from '../../../../lib/adapters/redis/connection/redis-connection.js';
import { ready, RedisLink } from '../../../../lib/adapters/redis/connection/redis-link.js';
import { selfSigned } from '../../../support/servers/certificate.js';
import { RedisServer } from '../../../support/servers/redis-server.js';

async function serve(...args: readonly string[]): Promise<RedisServer> {
  const server = await RedisServer.start(['--save', '', ...args]);
  onTestFinished(() => server.stop());
  return server;
}

async function open(connection: RedisConnection): Promise<RedisLink> {
  const link = new RedisLink(connection);
  onTestFinished(() => link.close());
  await link.connect();
  return link;
}

it('a url may hold user, password and database', async () => {
  const server = await serve('--user', 'jobs', 'on', '>secret', '~*', '&*', '+@all');
  const { commands } = await open({ url: `redis://jobs:secret@127.0.0.1:${server.port}/3` });
  expect(await commands.client('INFO')).toMatch(/ db=3 .* user=jobs /);
});

it('options may be anything that the driver takes, but for what would lose or repeat calls', async () => {
  const server = await serve('--requirepass', 'secret');
  const link = await open({
    options: {
      host: '127.0.0.1',
      port: server.port,
      password: 'secret',
      connectionName: 'shop',
      keyPrefix: 'shop:',
      commandTimeout: 1,
      enableAutoPipelining: true,
      stringNumbers: true,
    },
  });
  expect(link.keyPrefix).toBe('shop:');
  const { commands } = link;
  // Longer than their `commandTimeout`, which would break the calls that wait.
  expect(await commands.blpop('nothing', 0.05)).toBeNull();
  expect(await commands.incr('plain')).toBe(1);
  expect(await commands.client('LIST')).toContain(' name=shop ');
});

it("a client of the user's own is neither used nor closed, and its prefix is told", async () => {
  const server = await serve();
  const client = new Redis(server.url, { keyPrefix: 'shop:', connectionName: 'theirs' });
  onTestFinished(() => client.disconnect());
  await client.set('mine', 1);
  const used = vi.spyOn(client, 'sendCommand');
  const link = await open({ client });
  expect(link.keyPrefix).toBe('shop:');
  await link.commands.set('plain', 2);
  link.close();

  expect(used).not.toHaveBeenCalled();
  expect(await client.get('mine')).toBe('1');
  expect((await client.keys('*')).toSorted()).toEqual(['plain', 'shop:mine']);
});

it('speaks TLS, and refuses a server that it cannot trust', async () => {
  const { cert, key } = selfSigned();
  const folder = await mkdtemp(join(tmpdir(), 'tasqueue-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile];
  const server = await serve(...files, '--tls-auth-clients', 'no', '--tls-replication', 'no');
  const admin = new Redis(server.url);
  // The same port cannot speak both; the other one may be any that is free.
  await admin.config('SET', 'port', '0', 'tls-port', `${server.port}`);
  admin.disconnect();

  const link = await open({ options: { host: '127.0.0.1', port: server.port, tls: { ca: cert } } });
  expect(await (await ready(link.commands)).ping()).toBe('PONG');
  const mistrusting = new RedisLink({ url: `rediss://127.0.0.1:${server.port}` });
  onTestFinished(() => mistrusting.close());
  await expect(mistrusting.connect()).rejects.toThrow('self-signed');
});
