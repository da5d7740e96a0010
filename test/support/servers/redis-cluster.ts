import { Cluster, Redis } from 'ioredis';
import { vi } from 'vitest';
import { freePort } from './free-port.js';
import type { Program } from './program.js';
import { RedisServer } from './redis-server.js';

const SLOTS = 16_384;
const TOGETHER_WITHIN_MS = 20_000;

interface Node {
  readonly server: RedisServer;
  /** Where the others of its cluster reach it. */
  readonly bus: number;
}

/** A Redis Cluster of the tests' own: masters only, the slots shared among them in equal ranges. */
export class RedisCluster {
  private constructor(readonly nodes: readonly RedisServer[]) {}

  static async start(size = 3, program?: Program): Promise<RedisCluster> {
    const nodes = await Promise.all(Array.from({ length: size }, async () => startNode(program)));
    const cluster = new RedisCluster(nodes.map(({ server }) => server));
    try {
      await join(nodes);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** A client of the caller's own, to be disconnected by him. */
  client(options: ConstructorParameters<typeof Cluster>[1] = {}): Cluster {
    const nodes = this.nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
    const client = new Cluster(nodes, options);
    client.on('error', () => undefined);
    return client;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => node.stop()));
  }
}

async function startNode(program: Program | undefined): Promise<Node> {
  // Ten thousand more than the other port may be taken, or none at all.
  const bus = await freePort();
  const args = ['--save', '', '--cluster-enabled', 'yes', '--cluster-port', `${bus}`];
  return { server: await RedisServer.start(args, program), bus };
}

async function join(nodes: readonly Node[]): Promise<void> {
  const clients = nodes.map(({ server }) => new Redis(server.url));
  const share = Math.ceil(SLOTS / clients.length);
  for (const [index, client] of clients.entries()) {
    const from = index * share;
    const length = Math.min(share, SLOTS - from);
    await client.cluster('ADDSLOTS', ...Array.from({ length }, (_, slot) => from + slot));
    // Each needs an epoch of its own, before it knows of others.
    await client.cluster('SET-CONFIG-EPOCH', index + 1);
  }
  for (const client of clients)
    for (const { server, bus } of nodes)
      await client.call('CLUSTER', 'MEET', '127.0.0.1', server.port, bus);
  for (const client of clients) {
    await vi.waitFor(() => whole(client, nodes.length), { timeout: TOGETHER_WITHIN_MS });
    client.disconnect();
  }
}

async function whole(client: Redis, size: number): Promise<void> {
  const info = await client.cluster('INFO');
  if (!info.includes('cluster_state:ok') || !info.includes(`known_nodes:${size}`))
    throw new Error(`the cluster does not come together:\n${info}`);
}
