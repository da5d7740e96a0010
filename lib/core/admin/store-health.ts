import type { Clock } from '../clock.js';
import { within } from '../deadline.js';
import { describeError } from '../error-shape.js';
import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';

/** Whether a store answers, and how fast. */
export interface StoreHealth {
  readonly store: 'broker' | 'results';
  /** Of its adapter. */
  readonly name: string;
  readonly up: boolean;
  /** ms of one round trip; absent when it did not answer. */
  readonly pingMs?: number | undefined;
  /** Message of the error, when it did not. */
  readonly error?: string | undefined;
}

/** An administrator who looks should not wait longer: the other store's answer counts, too. */
const PING_TIMEOUT_MS = 2_000;

/** Asks both at once. Never rejects. */
export async function storeHealth(
  stores: { readonly broker: Broker; readonly results: Results },
  clock: Clock,
): Promise<StoreHealth[]> {
  const { broker, results } = stores;
  return Promise.all([
    ping(clock, { store: 'broker', name: broker.name }, () => broker.ping()),
    ping(clock, { store: 'results', name: results.name }, () => results.ping()),
  ]);
}

async function ping(
  clock: Clock,
  who: Pick<StoreHealth, 'store' | 'name'>,
  call: () => Promise<unknown>,
): Promise<StoreHealth> {
  const askedAt = clock.elapsed();
  try {
    await within(clock, PING_TIMEOUT_MS, call(), () => new Error('it did not answer in time'));
    return { ...who, up: true, pingMs: clock.elapsed() - askedAt };
  } catch (error) {
    return { ...who, up: false, error: describeError(error).message };
  }
}
