/**
 * How long records and tombstones stay at least, whatever the retention says: within this time a
 * broker may still redeliver a message whose outcome is recorded. Far above lease and clock skew.
 */
export const REDELIVERY_HORIZON_MS = 10 * 60_000;

/** The longest lease allowed: the horizon has to stay well above it. */
export const LONGEST_LEASE_MS = REDELIVERY_HORIZON_MS / 4;

const FIRST_CRASH_DELAY_MS = 1_000;
const LONGEST_CRASH_DELAY_MS = 60_000;

/**
 * How long a job whose worker died waits for its next run: not at all after the first crash (most
 * are deploys and kills, not the job's fault), then 1 s doubling to a minute.
 */
export function crashDelayMs(crashes: number): number {
  if (crashes <= 1) return 0;
  return Math.min(LONGEST_CRASH_DELAY_MS, FIRST_CRASH_DELAY_MS * 2 ** (crashes - 2));
}
