import type { ConnectionOptions, NatsConnection } from 'nats';
import { expected, expecting, refuse } from '../../../core/validation/check.js';
import { isFields } from '../../../core/validation/shape.js';
import { show } from '../../../core/validation/show.js';

/** Where the servers are. */
export type NatsServers =
  /** Anything that `connect` of the nats package takes: servers, credentials, TLS. */
  | (ConnectionOptions & { readonly servers: string | string[] })
  /** A connection of your own. It is used, and never closed. */
  | { readonly connection: NatsConnection };

/** How what is stored is called, and how safe it is. All processes that share it say the same. */
export interface NatsStoreOptions {
  /** What the names of streams and subjects begin with: letters, digits, `-`, `_`. Default `tasqueue`. */
  readonly prefix?: string | undefined;
  /** On how many servers of a cluster each message is kept: 1 (the default), 3 or 5. */
  readonly replicas?: number | undefined;
  /** Where the server keeps it. Default `file`; `memory` is gone when the server ends. */
  readonly storage?: 'file' | 'memory' | undefined;
}

/** The same with its defaults. */
export interface NatsStoreSettings {
  readonly prefix: string;
  readonly replicas: number;
  readonly storage: 'file' | 'memory';
}

const PREFIX = /^[\w-]{1,64}$/;
const MOST_REPLICAS = 5;

/** Throws InvalidOptionsError, naming all that is wrong. */
export function storeSettings(subject: string, options: NatsStoreOptions = {}): NatsStoreSettings {
  const { prefix = 'tasqueue', replicas = 1, storage = 'file' } = options;
  const problems: string[] = [];
  if (typeof prefix !== 'string' || !PREFIX.test(prefix))
    problems.push(`prefix: expected up to 64 letters, digits, '-' or '_', got ${show(prefix)}`);
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS)
    problems.push(
      `replicas: expected an integer from 1 to ${MOST_REPLICAS}, got ${show(replicas)}`,
    );
  if (!['file', 'memory'].includes(storage))
    problems.push(`storage: expected 'file' or 'memory', got ${show(storage)}`);
  refuse(subject, problems);
  return { prefix, replicas, storage };
}

const address = (value: unknown): boolean => typeof value === 'string' && value !== '';
const servers = expecting('an address, or a list of them', (value) =>
  Array.isArray(value) ? value.length > 0 && value.every(address) : address(value),
);
const connection = expecting('a connection of the nats package', isFields);

/** Throws InvalidOptionsError for what does not say where the servers are. */
export function checkServers(subject: string, given: unknown): void {
  if (!isFields(given))
    refuse(subject, [expected('an object with servers, or a connection', 'servers', given)]);
  else if ('connection' in given) refuse(subject, connection(given['connection'], 'connection'));
  else refuse(subject, servers(given['servers'], 'servers'));
}
