import { connect } from 'nats';
import { vi } from 'vitest';
import { freePort } from './free-port.js';
import { NatsServer } from './nats-server.js';
import type { Program } from './program.js';

const TOGETHER_WITHIN_MS = 30_000;
const TRIAL_STREAM = 'trial';

/** A cluster of NATS servers of the tests' own: what is stored may have a copy on each of them. */
export class NatsCluster {
  private constructor(readonly nodes: readonly NatsServer[]) {}

  static async start(size = 3, program?: Program): Promise<NatsCluster> {
    const ports = await Promise.all(Array.from({ length: size }, freePort));
    const routes = ports.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
    const started = await Promise.allSettled(
      ports.map(async (port, index) => {
        const config = `server_name: "node-${index + 1}"
cluster { name: "tests", listen: "127.0.0.1:${port}", routes: [${routes}] }`;
        return NatsServer.start({ config, program });
      }),
    );
    const nodes = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const cluster = new NatsCluster(nodes);
    try {
      for (const one of started) if (one.status === 'rejected') throw one.reason;
      await cluster.#join();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** All nodes. */
  get urls(): string[] {
    return this.nodes.map(({ url }) => url);
  }

  /** The node on which the stream's leader is, or that of its only consumer. */
  async leaderOf(what: 'stream' | 'consumer', stream: string): Promise<NatsServer> {
    const connection = await connect({ servers: this.urls });
    try {
      const manager = await connection.jetstreamManager();
      return await vi.waitFor(
        async () => {
          const [of] =
            what === 'stream'
              ? [await manager.streams.info(stream)]
              : await manager.consumers.list(stream).next();
          const node = this.nodes[Number(of?.cluster?.leader?.replace('node-', '')) - 1];
          if (node === undefined) throw new Error(`the ${what} of '${stream}' has no leader`);
          return node;
        },
        { timeout: TOGETHER_WITHIN_MS },
      );
    } finally {
      await connection.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => node.stop()));
  }

  /** Until a stream with a copy on each node can be made. */
  async #join(): Promise<void> {
    const connection = await connect({ servers: this.urls });
    try {
      const streams = async () =>
        (await connection.jetstreamManager({ checkAPI: false, timeout: 2_000 })).streams;
      const config = {
        name: TRIAL_STREAM,
        subjects: [TRIAL_STREAM],
        num_replicas: this.nodes.length,
      };
      await vi.waitFor(async () => (await streams()).add(config), { timeout: TOGETHER_WITHIN_MS });
      await (await streams()).delete(TRIAL_STREAM);
    } finally {
      await connection.close();
    }
  }
}
