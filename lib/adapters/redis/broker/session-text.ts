import type { SessionInfo } from '../../../core/ports/session-info.js';

/** Who a session is, as it lies on the server; scripts hand it on unread. */
export function writeSession({ leaseMs, host, pid, queues }: SessionInfo): string {
  return JSON.stringify({ leaseMs, host, pid, queues });
}

/** What `writeSession` wrote. */
export function readSession(session: string, written: string): SessionInfo {
  const about: Omit<SessionInfo, 'session'> = JSON.parse(written);
  return { session, ...about };
}
