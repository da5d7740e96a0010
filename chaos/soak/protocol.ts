import type { StoresAddress } from '../../test/support/processes/stores-address.js';

export const BROKERS = ['redis', 'nats', 'memory'] as const;
export type BrokerName = (typeof BROKERS)[number];

/** What a process of the application is. */
export interface Part {
  /** Undefined: in its own memory. */
  readonly stores: StoresAddress | undefined;
  readonly works: boolean;
  /** Jobs that it enqueues in a second; 0: none. */
  readonly rate: number;
}

/** What a process is asked. */
export type Question = 'sample' | 'turn' | 'quiet' | 'rest';

/** How a process stands, garbage collected. */
export interface Footprint {
  readonly heapBytes: number;
  /** What keeps the event loop alive, or could: sockets, pipes, watchers. */
  readonly handles: number;
  /** They come and go with the jobs. */
  readonly timers: number;
  /** Jobs that it has enqueued. */
  readonly enqueued: number;
  /** Attempts that it has made. */
  readonly attempts: number;
  /** Jobs that have not ended, over all queues. */
  readonly open: number;
}

/** `turn`: the workers were stopped and started; `quiet`: nothing more is enqueued. */
export type Answer =
  | { readonly to: 'sample'; readonly footprint: Footprint }
  | { readonly to: 'ready' | 'turn' | 'quiet' | 'rest' };
