import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Something that answers as an old Redis does: it knows neither HELLO nor much else. */
export class RedisStandIn {
  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
  ) {}

  /** `info`: what it says of itself. */
  static async start(info: string): Promise<RedisStandIn> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('data', (data) => {
        // Each command begins with the number of its words.
        for (const command of data
          .toString()
          .split(/^\*\d+\r\n/m)
          .slice(1))
          socket.write(answer(command.split('\r\n')[1] ?? '', info));
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

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

function answer(command: string, info: string): string {
  return command.toLowerCase() === 'info'
    ? `$${Buffer.byteLength(info)}\r\n${info}\r\n`
    : `-ERR unknown command \`${command}\`\r\n`;
}
