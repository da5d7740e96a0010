import { SECURITY_HEADERS } from './security-headers.js';
import type { ServerReply } from './server-request.js';

export interface Response {
  readonly status?: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Answers through the application's own server, so that its hooks and middleware see the answer. */
export function respond(reply: ServerReply, { status = 200, headers, body }: Response): void {
  reply.status(status);
  for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, ...headers }))
    reply.header(name, value);
  reply.send(body);
}

/** What is live is true for a moment only. */
export function respondJson(reply: ServerReply, value: unknown, status?: number): void {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  respond(reply, { status, headers, body: JSON.stringify(value) });
}
