import type { RedisConnection } from './redis-connection.js';
import { RedisLink } from './redis-link.js';

interface SharedLink {
  readonly link: RedisLink;
  readonly users: Set<object>;
}

const inUse = new Map<unknown, SharedLink>();

/**
 * The connections of this process to that server. All that name it alike (the same url, the same
 * client or options object) share them, so that a broker and a results store need no second set.
 * `user` may ask again; it holds them until it leaves.
 */
export function joinLink(connection: RedisConnection, user: object): RedisLink {
  const name = nameOf(connection);
  const shared = inUse.get(name) ?? { link: new RedisLink(connection), users: new Set() };
  inUse.set(name, shared);
  shared.users.add(user);
  return shared.link;
}

/** The last to leave closes the connections; who never joined changes nothing. */
export function leaveLink(connection: RedisConnection, user: object): void {
  const name = nameOf(connection);
  const shared = inUse.get(name);
  if (!shared?.users.delete(user) || shared.users.size > 0) return;
  inUse.delete(name);
  shared.link.close();
}

function nameOf(connection: RedisConnection): unknown {
  if ('url' in connection) return connection.url;
  return 'client' in connection ? connection.client : connection.options;
}
