import { CapabilityError } from '../../../core/errors.js';
import { isCluster, type RedisClient } from './redis-client.js';

const OLDEST = [6, 2];

/** What a server says of itself; undefined where it keeps it to itself. */
interface ServerFacts {
  readonly version: string | undefined;
  readonly mode: string | undefined;
  readonly role: string | undefined;
  readonly evicts: string | undefined;
}

/**
 * Gives what an operator should change, one sentence each. Rejects with CapabilityError where this server
 * can never do. What the user may not ask for (ACL), or a proxy does not know, is not held against it.
 */
export async function checkServer(client: RedisClient): Promise<readonly string[]> {
  const { version, mode, role, evicts } = await factsOf(client);
  if (version !== undefined && !isNewEnough(version))
    throw new CapabilityError(
      `Redis ${OLDEST.join('.')} or later is needed, found ${version}: upgrade the server`,
    );
  if (mode === 'sentinel')
    throw new CapabilityError(
      'this is a Sentinel: name the master by { options: { sentinels, name } }',
    );
  if (mode === 'cluster' && !isCluster(client))
    throw new CapabilityError('this is a node of a cluster: hand in { client: new Cluster([…]) }');
  // A failover may be under way: worth another try.
  if (role !== undefined && role !== 'master') throw new Error('this is a replica, not the master');
  if (evicts === undefined || evicts === 'noeviction') return [];
  return [
    `jobs may vanish when its memory is full: its maxmemory-policy is '${evicts}', set it to 'noeviction'`,
  ];
}

async function factsOf(client: RedisClient): Promise<ServerFacts> {
  const hello = pairs(await told(() => client.call('HELLO')));
  const info = lines(await told(() => client.info()));
  return {
    version: hello['version'] ?? info['valkey_version'] ?? info['redis_version'],
    mode: hello['mode'] ?? info['redis_mode'],
    role: hello['role'] ?? info['role'],
    evicts: info['maxmemory_policy'],
  };
}

/** Undefined where the server refuses to say; an error of the connection stays one. */
async function told(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return undefined;
    throw error;
  }
}

function pairs(reply: unknown): Record<string, string> {
  if (!Array.isArray(reply)) return {};
  const found: Record<string, string> = {};
  for (let index = 0; index < reply.length; index += 2)
    found[String(reply[index])] = String(reply[index + 1]);
  return found;
}

function lines(reply: unknown): Record<string, string> {
  if (typeof reply !== 'string') return {};
  return Object.fromEntries(
    reply.split('\r\n').map((line): [string, string] => {
      const [name = '', value = ''] = line.split(':');
      return [name, value];
    }),
  );
}

function isNewEnough(version: string): boolean {
  const found = version.split('.').map(Number);
  for (const [index, wanted] of OLDEST.entries()) {
    const number = found[index] ?? 0;
    if (number !== wanted) return number > wanted;
  }
  return true;
}
