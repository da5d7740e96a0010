import type { OutcomeHistory } from '../../core/admin/history/outcome-history.js';

export interface Rates {
  /** Jobs that ended, per second. */
  readonly throughputPerSecond: number;
  /** 0 to 1; absent when none ended. */
  readonly failureRate?: number | undefined;
}

/** Over the whole of the history. */
export function ratesOf({ steps, stepMs }: OutcomeHistory): Rates {
  let ended = 0;
  let failures = 0;
  for (const { successful, failed, cancelled } of steps) {
    ended += successful + failed + cancelled;
    failures += failed;
  }
  const seconds = (steps.length * stepMs) / 1_000;
  return {
    throughputPerSecond: seconds === 0 ? 0 : ended / seconds,
    failureRate: ended === 0 ? undefined : failures / ended,
  };
}
