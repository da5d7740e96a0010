import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { FaultPipe, type Weather } from './fault-pipe.js';

export type Direction = 'toServer' | 'toClient';

/** One connection through the proxy. */
interface Passage {
  readonly sockets: readonly [Socket, Socket];
  readonly pipes: Readonly<Record<Direction, FaultPipe>>;
}

/** Stands between a client and a server on 127.0.0.1, and does to their connections what networks do. */
export class FaultProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #passages = new Set<Passage>();
  readonly #weather: Weather = { latencyMs: 0, chunkBytes: Infinity };
  #newcomers: 'pass' | 'refuse' | 'swallow' = 'pass';

  private constructor(
    server: Server,
    private readonly targetPort: number,
  ) {
    this.#server = server;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    this.port = address.port;
    server.on('connection', (socket: Socket) => this.#meet(socket));
  }

  static async start(targetPort: number): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, targetPort);
  }

  get connections(): number {
    return this.#passages.size;
  }

  /** Everything arrives this much later, each way. */
  delay(latencyMs: number): void {
    this.#weather.latencyMs = latencyMs;
  }

  /** Everything arrives in pieces of at most so many bytes. */
  crumble(chunkBytes: number): void {
    this.#weather.chunkBytes = chunkBytes;
  }

  /** The connections there are stay open, and nothing that is sent on them arrives. New ones work. */
  hush(): void {
    for (const { pipes } of this.#passages) pipes.toServer.silent = pipes.toClient.silent = true;
  }

  /** So they do, and new ones are silent, too: packets vanish. */
  swallow(): void {
    this.#newcomers = 'swallow';
    this.hush();
  }

  /** Breaks all connections, by RST. */
  reset(): void {
    for (const passage of this.#passages) this.#break(passage);
  }

  /** So does it, and lets nobody in. */
  refuse(): void {
    this.#newcomers = 'refuse';
    this.reset();
  }

  /** Breaks each connection once so many more bytes have passed in that direction. */
  cutAfter(direction: Direction, bytes: number): void {
    for (const { pipes } of this.#passages) pipes[direction].budget = bytes;
  }

  /** New connections work as if nothing had been; old ones keep what was done to them. */
  heal(): void {
    this.#newcomers = 'pass';
    this.delay(0);
    this.crumble(Infinity);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.refuse();
    await closed;
  }

  #meet(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#newcomers === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.targetPort, host: '127.0.0.1', noDelay: true });
    const passage = this.#passage(client, server);
    server.on('error', () => this.#break(passage));
    if (this.#newcomers === 'swallow')
      passage.pipes.toServer.silent = passage.pipes.toClient.silent = true;
    this.#passages.add(passage);
    // A passage ends when both its ends have.
    const forget = (): void => {
      if (client.closed && server.closed) this.#passages.delete(passage);
    };
    client.on('close', forget);
    server.on('close', forget);
  }

  #passage(client: Socket, server: Socket): Passage {
    const cut = (): void => this.#break(passage);
    const passage: Passage = {
      sockets: [client, server],
      pipes: {
        toServer: new FaultPipe(client, server, this.#weather, cut),
        toClient: new FaultPipe(server, client, this.#weather, cut),
      },
    };
    return passage;
  }

  #break({ sockets }: Passage): void {
    for (const socket of sockets) socket.resetAndDestroy();
  }
}
