import type { Figures } from './figures.js';
import type { Findings } from './findings.js';

export interface MeasureOptions {
  /** As little as shows that it works. */
  readonly quick: boolean;
}

/** One thing to measure; each time in a fresh process, so that heaps and compiled code do not mix. */
export interface Measurement {
  readonly name: string;
  measure(options: MeasureOptions): Promise<Figures>;
}

/** What belongs together on one page of figures. */
export interface Section {
  readonly name: string;
  /** In the order of a round: what is compared stands side by side. */
  readonly measurements: readonly Measurement[];
  /** The tables to print. */
  report(findings: Findings): readonly string[];
}
