import { bareError } from './bare-error.js';
import type { RedisClient } from './redis-client.js';

/** How long a call waits for a connection that is being made anew: most are back in less. */
const READY_WITHIN_MS = 3_000;

/** Who waits for a connection, and how to tell all of them that it will not come. */
interface Wait {
  readonly promise: Promise<RedisClient>;
  readonly fail: () => void;
}

/** Those of a client share one: each by itself would listen to it. */
type Waits = WeakMap<RedisClient, Wait>;

const waits: Waits = new WeakMap();
const tries: Waits = new WeakMap();
const lastErrors = new WeakMap<RedisClient, Error>();
const shutClients = new WeakSet<RedisClient>();
/** Given up, and not yet closed: they look ready, and take no command. */
const dropped = new WeakSet<RedisClient>();

/** To be called first of all: without a listener an error would end the process. */
export function noteErrors(client: RedisClient): void {
  client.on('error', (error: unknown) => {
    lastErrors.set(client, bareError(error));
  });
  client.on('ready', () => {
    lastErrors.delete(client);
  });
  client.on('close', () => {
    dropped.delete(client);
  });
}

/**
 * Resolves once commands may be sent; opens the connection where nobody has. Rejects when it cannot be
 * had within three seconds, with what last went wrong.
 */
export function ready(client: RedisClient): Promise<RedisClient> {
  return shared(waits, client, ['end']);
}

/** The same for one try: rejects as soon as that fails. The connection goes on trying by itself. */
export function readyAtOnce(client: RedisClient): Promise<RedisClient> {
  return shared(tries, client, ['error', 'close', 'end']);
}

/** Calls back when the driver gave the connection up because no answer came. */
export function whenSilent(client: RedisClient, act: () => void): void {
  client.on('error', ({ message }: Error) => {
    if (message.startsWith('Socket timeout')) act();
  });
}

/** Gives a connection up, to be made anew; what is under way on it rejects. */
export function drop(client: RedisClient): void {
  if (client.status !== 'ready') return;
  dropped.add(client);
  client.disconnect(true);
}

/** Ends the connection for good. */
export function shut(client: RedisClient): void {
  shutClients.add(client);
  client.disconnect();
  waits.get(client)?.fail();
}

function takesCommands(client: RedisClient): boolean {
  return client.status === 'ready' && !dropped.has(client);
}

function shared(all: Waits, client: RedisClient, bad: readonly string[]): Promise<RedisClient> {
  if (takesCommands(client)) return Promise.resolve(client);
  const known = all.get(client);
  if (known) return known.promise;
  const wait = waitFor(client, bad, READY_WITHIN_MS);
  all.set(client, wait);
  return wait.promise.finally(() => {
    all.delete(client);
  });
}

function waitFor(client: RedisClient, bad: readonly string[], withinMs: number): Wait {
  let fail = (): void => {};
  const promise = new Promise<RedisClient>((resolve, reject) => {
    const over = (): void => {
      clearTimeout(timer);
      client.off('ready', succeed);
      for (const event of bad) client.off(event, fail);
    };
    const succeed = (): void => {
      over();
      resolve(client);
    };
    fail = () => {
      over();
      reject(notReady(client));
    };
    const timer = setTimeout(fail, withinMs);
    client.once('ready', succeed);
    for (const event of bad) client.once(event, fail);
    begin(client, fail);
  });
  return { promise, fail };
}

/** A connection that has ended was ended by us, or by a driver that saw nobody to connect to. */
function begin(client: RedisClient, fail: () => void): void {
  if (shutClients.has(client)) fail();
  else if (client.status === 'wait' || client.status === 'end')
    // Why it failed is told by the events.
    client.connect().catch(() => undefined);
}

function notReady(client: RedisClient): Error {
  if (shutClients.has(client)) return new Error('the connection to Redis was closed');
  const cause = lastErrors.get(client);
  return new Error(`no connection to Redis${cause ? `: ${cause.message}` : ''}`, { cause });
}
