import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What requests of Express and of Fastify have in common, and where each tells what we need. */
export interface ServerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly originalUrl?: string | undefined;
  /** Parsed by the application's body parser, where it has one. */
  readonly body?: unknown;
  /** Of Express, in an application that is mounted in another. */
  readonly baseUrl?: string | undefined;
  /** Of Express: the route that was found. */
  readonly route?: { readonly path?: unknown } | undefined;
  /** Of Fastify: the same. */
  readonly routeOptions?: { readonly url?: string | undefined } | undefined;
  /** Of Fastify: Node's own request. */
  readonly raw?: IncomingMessage | undefined;
}

/** What responses of Express and of Fastify have in common. */
export interface ServerReply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  send(body: string | Buffer): unknown;
  /** Of Express. */
  readonly headersSent?: boolean | undefined;
  /** Of Fastify. */
  readonly sent?: boolean | undefined;
  readonly raw?: ServerResponse | undefined;
  /** Of Fastify: from here on we answer ourselves. */
  readonly hijack?: (() => unknown) | undefined;
}

/** Somebody, a guard perhaps, has answered already. */
export function isAnswered({ headersSent, sent }: ServerReply): boolean {
  return headersSent === true || sent === true;
}

/** The first of a header that came more than once. */
export function headerOf({ headers }: ServerRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
