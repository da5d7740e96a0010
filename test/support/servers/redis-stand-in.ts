import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** By the name of a command, in lower case. */
export type Answers = Readonly<Record<string, () => string | undefined>>;

/** Something that answers as an old Redis does: it knows neither HELLO nor much else. */
export class RedisStandIn {
  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
  ) {}

  /** `info`: what it says of itself. `own`: answers that it would not know; undefined hangs up. */
  static async start(info: string, own: Answers = {}): Promise<RedisStandIn> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('data', (data) => {
        // Each command begins with the number of its words.
        for (const command of data
          .toString()
          .split(/^\*\d+\r\n/m)
          .slice(1)) {
          const name = (command.split('\r\n')[1] ?? '').toLowerCase();
          const reply = name in own ? own[name]?.() : answer(name, info);
          if (reply === undefined) socket.destroy();
          else socket.write(reply);
        }
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RedisStandIn(server, sockets);
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return `redis://127.0.0.1:${address.port}`;
  }

  /** Ends all connections, and takes new ones. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  async stop(): Promise<void> {
    this.hangUp();
    this.server.close();
    await once(this.server, 'close');
  }
}

function answer(command: string, info: string): string {
  return command === 'info'
    ? `$${Buffer.byteLength(info)}\r\n${info}\r\n`
    : `-ERR unknown command \`${command}\`\r\n`;
}
