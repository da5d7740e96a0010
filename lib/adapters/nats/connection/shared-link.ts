import { NatsLink } from './nats-link.js';
import type { NatsServers } from './nats-connection.js';

/** One connection for all that name it, open while somebody uses it. */
export class SharedLink {
  #users = 0;
  #link: Promise<NatsLink> | undefined;

  constructor(private readonly servers: NatsServers) {}

  /** Opens it for the first. Each call that succeeds is to be followed by one of `release`. */
  async acquire(): Promise<NatsLink> {
    this.#users += 1;
    const opening = (this.#link ??= NatsLink.open(this.servers));
    try {
      return await opening;
    } catch (error) {
      this.#users -= 1;
      if (this.#link === opening) this.#link = undefined;
      throw error;
    }
  }

  /** Closes it after the last. */
  async release(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    const link = this.#link;
    this.#link = undefined;
    await (await link)?.close();
  }
}

const byServers = new Map<string, SharedLink>();
const byOptions = new WeakMap<object, SharedLink>();

/** The same for the same options object, for the same connection, and for the same plain servers. */
export function sharedLink(servers: NatsServers): SharedLink {
  const key = 'connection' in servers ? servers.connection : servers;
  const text = plainServers(servers);
  const known = text === undefined ? byOptions.get(key) : byServers.get(text);
  if (known !== undefined) return known;
  const link = new SharedLink(servers);
  if (text === undefined) byOptions.set(key, link);
  else byServers.set(text, link);
  return link;
}

/** Servers without any other option. */
function plainServers(servers: NatsServers): string | undefined {
  if ('connection' in servers || Object.keys(servers).length > 1) return undefined;
  return [servers.servers].flat().join(',');
}
