import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { connect } from 'nats';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { copyPackage, type PackageCopy } from '../support/package/package-copy.js';
import { runProgram } from '../support/package/run-program.js';
import { NatsServer } from '../support/servers/nats-server.js';
import { RedisServer } from '../support/servers/redis-server.js';

const BUILD_MS = 60_000;
const RUN_MS = 30_000;
const WAIT_MS = 5_000;

let copy: PackageCopy;

beforeAll(async () => {
  copy = await copyPackage('lib', 'sample-app');
}, BUILD_MS);

afterAll(() => copy.remove());

const program = (name: string) => join(copy.folder, 'dist', 'sample-app', name);

const run = (args: string[], env: Record<string, string> = {}) =>
  runProgram(args, { cwd: copy.folder, env, timeoutMs: RUN_MS });

/** A program that goes on by itself, with what it has printed so far. */
function start(file: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [file], {
    cwd: copy.folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return {
    child,
    output: () => output,
    /** Resolves once it has printed this. */
    async printed(pattern: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const match = pattern.exec(output);
        if (match !== null) return match;
        await once(child.stdout, 'data', { signal: AbortSignal.timeout(RUN_MS) });
      }
    },
  };
}

describe('npm run demo', () => {
  it(
    'ends well, with plain lines and a summary where there is no terminal',
    async () => {
      const { exitCode, stdout, stderr } = await run([program('demo/main.js')]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).not.toContain('\u001B');
      expect(stdout).toMatch(/orders 40\/40 {2}shipped 38 {2}refused 2/);
      expect(stdout).toMatch(/^Orders shipped +38 of 40$/m);
      expect(stdout).toMatch(/^Cards retried +\d+ \(declined \d+ times\)$/m);
      const [, reported, sold] = /^Sales report +(.+)\nShipped orders +(.+)$/m.exec(stdout) ?? [];
      expect(reported).toBe(sold);
      expect(stdout).toMatch(/All is as it must be\.\n$/);
    },
    RUN_MS,
  );

  it('takes the broker that there is, and names it where another is asked for', async () => {
    const { exitCode, stderr } = await run([program('demo/main.js'), '--broker', 'rabbit']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^there is no broker 'rabbit' in this release; there is: memory, redis/m,
    );
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await run([program('demo/main.js'), '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--broker memory');
  });

  it(
    'drains and ends when it is interrupted',
    async () => {
      const demo = start(program('demo/main.js'));
      await demo.printed(/orders \d+\/40/);
      demo.child.kill('SIGINT');
      const [exitCode] = await once(demo.child, 'close');
      expect(exitCode).toBe(130);
      expect(demo.output()).toMatch(
        /Interrupted: running jobs were finished, the shop is closed\.\n$/,
      );
    },
    RUN_MS,
  );
});

describe('the shop on a server', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());

  it(
    'plays the demo, and leaves nothing behind',
    async () => {
      const args = [program('demo/main.js'), '--broker', 'redis'];
      const { exitCode, stdout, stderr } = await run(args, { REDIS_URL: redis.url });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/All is as it must be\.\n$/);
      const client = new Redis(redis.url);
      onTestFinished(() => client.disconnect());
      expect(await client.dbsize()).toBe(0);
    },
    RUN_MS,
  );

  it(
    'opens with one variable set, and keeps its jobs there',
    async () => {
      const shop = start(program('main.js'), { PORT: '0', REDIS_URL: redis.url });
      const [, url = ''] = await shop.printed(/open at (\S+), /);
      const client = new Redis(redis.url);
      onTestFinished(() => client.disconnect());
      expect((await fetch(`${url}/admin/queues`)).status).toBe(200);
      expect(await client.dbsize()).toBeGreaterThan(0);
      shop.child.kill('SIGTERM');
      await once(shop.child, 'close');
    },
    RUN_MS,
  );

  it(
    'plays the demo on NATS, and leaves nothing behind there',
    async () => {
      const nats = await NatsServer.start();
      onTestFinished(() => nats.stop());
      const args = [program('demo/main.js'), '--broker', 'nats'];
      const { exitCode, stdout, stderr } = await run(args, { NATS_URL: nats.url });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/All is as it must be\.\n$/);
      const connection = await connect({ servers: nats.url });
      onTestFinished(() => connection.close());
      const manager = await connection.jetstreamManager();
      expect(await manager.streams.list().next()).toEqual([]);
    },
    RUN_MS,
  );

  it('says which variable to unset when two servers are named', async () => {
    const both = { REDIS_URL: redis.url, NATS_URL: 'nats://127.0.0.1:1' };
    const { exitCode, stderr } = await run([program('main.js')], both);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('set one of REDIS_URL and NATS_URL, not both');
  });
});

describe('npm start', () => {
  it(
    'prints lines to try, each of which works',
    async () => {
      const shop = start(program('main.js'), { PORT: '0' });
      await shop.printed(/sales-total\n/);
      const lines = shop.output().match(/^curl .*$/gm) ?? [];
      expect(lines.length).toBeGreaterThan(5);
      for (const line of lines)
        // The report of the last line may not be made yet.
        await vi.waitFor(async () => expect([line, await send(line)]).toEqual([line, 'fine']), {
          timeout: WAIT_MS,
          interval: 20,
        });
      shop.child.kill('SIGTERM');
      await once(shop.child, 'close');
    },
    RUN_MS,
  );

  it('says so when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exitCode, stderr } = await run([program('main.js')], { PORT: String(port) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `The shop stays closed: port ${port} is taken; choose another: PORT=${port + 1} npm start\n`,
    );
  });

  it('says so when PORT is no port', async () => {
    const { exitCode, stderr } = await run([program('main.js')], { PORT: 'abc' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`PORT has to be a number from 0 to 65535, not 'abc'`);
  });
});

/** Does what curl would: a machine need not have it. */
async function send(line: string): Promise<string> {
  const [, post, url = '', body] =
    /^curl -sw '\\n' (-X POST )?(http:\S+)(?: -H 'content-type: application\/json' -d '(.*)')?$/.exec(
      line,
    ) ?? [];
  const response = await fetch(url, {
    method: post === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  return response.ok ? 'fine' : `${response.status}: ${await response.text()}`;
}
