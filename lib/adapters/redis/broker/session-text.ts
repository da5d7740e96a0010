import type { SessionInfo } from '../../../core/ports/session-info.js';
import { list } from '../scripts/reply.js';

/** Who a session is, as it lies on the server; scripts hand it on unread. */
export function writeSession({ leaseMs, host, pid, queues }: SessionInfo): string {
  return JSON.stringify([leaseMs, host, pid, ...queues]);
}

/** What `writeSession` wrote. */
export function readSession(session: string, written: string): SessionInfo {
  const [leaseMs, host, pid, ...queues] = list(JSON.parse(written));
  return {
    session,
    leaseMs: Number(leaseMs),
    host: String(host),
    pid: Number(pid),
    queues: queues.map(String),
  };
}
