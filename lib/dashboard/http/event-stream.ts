import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './security-headers.js';
import type { ServerReply } from './server-request.js';

/** A viewer that reads more slowly than we tell is cut off at this many bytes; it comes back by itself. */
const MOST_UNREAD_BYTES = 1024 * 1024;

/** One stream of server-sent events. It goes past the server's framework, which would wait for its end. */
export class EventStream {
  readonly #response: ServerResponse;

  private constructor(response: ServerResponse) {
    this.#response = response;
  }

  static open(reply: ServerReply): EventStream {
    const response = rawOf(reply);
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      // No compression, which would keep events back; the last one tells nginx the same.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    // The browser hears at once that the stream stands.
    response.write(': \n\n');
    return new EventStream(response);
  }

  onClose(tell: () => void): void {
    this.#response.once('close', tell);
  }

  send(event: string, data: unknown): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  comment(): void {
    this.#write(': \n\n');
  }

  end(): void {
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.writableLength > MOST_UNREAD_BYTES) this.#response.destroy();
    else this.#response.write(text);
  }
}

/** Node's own response: of Fastify it is in the reply, which has to be told that we answer. */
function rawOf(reply: ServerReply): ServerResponse {
  const { raw, hijack } = reply;
  if (raw === undefined) {
    // oxlint-disable-next-line no-unsafe-type-assertion -- of Express, the reply is Node's own
    return reply as unknown as ServerResponse;
  }
  hijack?.call(reply);
  return raw;
}
