import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from './section.js';
import { freePort, ServerProcess, type ServerProgram } from './server-process.js';

const REDIS: ServerProgram = {
  name: 'redis-server',
  variable: 'TASQUEUE_REDIS_SERVER',
  wanted: 'it',
  ready: 'Ready to accept connections',
};
const IN_MEMORY = ['--save', '', '--appendonly', 'no'];

/** A Redis of its own, in a folder of its own, on a free port of this machine. Without `settings` it keeps nothing on disk. */
export async function startRedis(settings: readonly string[] = IN_MEMORY): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'tasqueue-bench-'));
  const port = await freePort();
  const where = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder];
  const server = await ServerProcess.start(REDIS, [...where, ...settings]);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
