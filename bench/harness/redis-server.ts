import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from './section.js';

const VARIABLE = 'TASQUEUE_REDIS_SERVER';
const READY = 'Ready to accept connections';
const IN_MEMORY = ['--save', '', '--appendonly', 'no'];

/** A Redis of its own, in a folder of its own, on a free port of this machine. Without `settings` it keeps nothing on disk. */
export async function startRedis(settings: readonly string[] = IN_MEMORY): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'tasqueue-bench-'));
  const port = await freePort();
  const child = spawn(
    process.env[VARIABLE] ?? 'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...settings],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  await ready(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      process.off('exit', end);
      const ended = once(child, 'exit');
      end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes(READY)) resolve();
    });
    child.once('exit', () => reject(new Error(`redis-server ended at once:\n${printed}`)));
    child.once('error', (cause) =>
      reject(
        new Error(`redis-server does not start: install it, or name its file by ${VARIABLE}`, {
          cause,
        }),
      ),
    );
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
