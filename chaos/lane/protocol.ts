import type { Scenario } from '../seed/scripts.js';
import type { SeedReport } from '../seed/seed-report.js';

export const BROKERS = ['redis', 'nats', 'memory'] as const;
export type BrokerName = (typeof BROKERS)[number];

/** What a lane is told when it starts, as JSON in its argument. */
export interface LaneOrders {
  readonly broker: BrokerName;
  /** Undefined: all that there are. */
  readonly faults: readonly string[] | undefined;
  readonly scenario: Scenario;
}

/** Main tells a lane to play this seed; the lane answers with its report. */
export interface SeedOrder {
  readonly seed: number;
}

export type LaneAnswer =
  | { readonly kind: 'open' }
  | { readonly kind: 'report'; readonly report: SeedReport }
  | { readonly kind: 'failed'; readonly why: string };
