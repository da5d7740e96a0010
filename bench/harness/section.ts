import type { Figures } from './figures.js';
import type { Findings } from './findings.js';

export interface MeasureOptions {
  /** As little as shows that it works. */
  readonly quick: boolean;
  /** Where the server of this measurement is; empty if it has none. */
  readonly serverUrl: string;
}

/** A process that is measured against. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** One thing to measure; each time in a fresh process, so that heaps and compiled code do not mix. */
export interface Measurement {
  readonly name: string;
  /** Starts the server that it needs, a fresh one each time. */
  readonly server?: (() => Promise<Server>) | undefined;
  measure(options: MeasureOptions): Promise<Figures>;
}

/** What is compared with one another. */
export interface Part {
  readonly name: string;
  /** In the order of a round: what is compared stands side by side. */
  readonly measurements: readonly Measurement[];
  /** The tables to print. */
  tables(findings: Findings): readonly string[];
}

/** What belongs together on one page of figures. */
export interface Section {
  readonly name: string;
  readonly parts: readonly Part[];
}
