export type HistorySpan = '5m' | '1h' | '24h';

/** Jobs that ended within one step of time. */
export interface OutcomeStep {
  readonly from: Date;
  readonly successful: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** What ended when, over a span that ends now. Workers tell it every ten seconds. */
export interface OutcomeHistory {
  readonly stepMs: number;
  /** Oldest first; the last one is not over yet. */
  readonly steps: readonly OutcomeStep[];
}
