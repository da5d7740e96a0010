import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const COMMAND = /^\+[\d.]+ \[\d+ (lua)?/;

/** What a Redis was asked to do. */
export interface Commands {
  /** That clients sent: each is a piece of work for a driver, and a trip, or a part of one. */
  readonly sent: number;
  /** That scripts called, inside the server. */
  readonly inScripts: number;
}

/** Counts all commands of a Redis by MONITOR, which slows it down: not for use beside a clock. */
export class CommandCount {
  #sent = 0;
  #inScripts = 0;
  #rest = '';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => this.#read(text));
  }

  static async begin(url: string): Promise<CommandCount> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const count = new CommandCount(socket);
    socket.write('MONITOR\r\n');
    await once(socket, 'data');
    return count;
  }

  /** All since `begin` that Redis has told so far. */
  get commands(): Commands {
    return { sent: this.#sent, inScripts: this.#inScripts };
  }

  end(): void {
    this.socket.destroy();
  }

  /** A line per command; what arguments hold is escaped. */
  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const found = COMMAND.exec(line);
      if (found === null) continue;
      if (found[1] === undefined) this.#sent += 1;
      else this.#inScripts += 1;
    }
  }
}
