import type { Terms } from '../worker/orders.js';
import { QUEUES } from '../workload/job-deck.js';

/** The shortest that there is: what is held by the dead comes back soon. */
export const LEASE_MS = 1_000;

/** How long things that break are left broken, and workers stand still: well beyond the lease. */
export const BEYOND_LEASE_MS = 1_500;

/** Deaths are what is tried here, not who is to blame for them. */
const ANY_CRASHES = 1_000;

export function termsOf(poison: boolean): Terms {
  return {
    leaseMs: LEASE_MS,
    maxCrashes: poison ? 2 : ANY_CRASHES,
    queues: QUEUES,
    blockMs: BEYOND_LEASE_MS,
  };
}
