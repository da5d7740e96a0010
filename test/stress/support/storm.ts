import { expect } from 'vitest';

export const ROUNDS = 50;
export const CALLS = 10;
const ROUND_WITHIN_MS = 10_000;
const SETTLES = { interval: 10, timeout: 10_000 };

/** Always the same numbers for the same seed: 0 to 1. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** So many at once of these calls, in any mixture; gives what they were rejected with. */
export async function storm(
  calls: readonly (() => Promise<unknown>)[],
  random: () => number,
): Promise<readonly unknown[]> {
  const made = Array.from({ length: CALLS }, async () =>
    calls[Math.floor(random() * calls.length)]?.(),
  );
  const settled = await inTime(Promise.allSettled(made));
  return settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
}

/** Rejects where it takes far longer than anything should. */
export function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), ROUND_WITHIN_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What of this process somebody could leave behind. */
export interface Belongings {
  readonly sockets: number;
  readonly timers: number;
  readonly listeners: number;
}

export function belongings(): Belongings {
  const kinds = process.getActiveResourcesInfo();
  const count = (kind: string): number => kinds.filter((one) => one === kind).length;
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  return {
    sockets: count('TCPSocketWrap') + count('TLSWrap'),
    timers: count('Timeout'),
    listeners: listeners.reduce((sum, one) => sum + one, 0),
  };
}

/** That nothing is left of what was started since, here or at the server. */
export async function expectNothingLeft(
  before: Belongings,
  connections: () => Promise<number>,
): Promise<void> {
  await expect.poll(connections, SETTLES).toBe(0);
  const more = (kind: keyof Belongings): number => belongings()[kind] - before[kind];
  await expect.poll(() => more('listeners'), SETTLES).toBeLessThanOrEqual(0);
  await expect.poll(() => more('sockets'), SETTLES).toBeLessThanOrEqual(0);
  // The poll itself waits by a timer, and so may its deadline.
  await expect.poll(() => more('timers'), SETTLES).toBeLessThanOrEqual(2);
}
