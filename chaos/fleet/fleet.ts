import type { Stamped } from '../worker/journal.js';
import type { Fate, Terms } from '../worker/orders.js';

/** A worker that things can be done to. */
export interface Worker {
  readonly pid: number;
  /** At work: it has neither died nor been told to rest. */
  readonly alive: boolean;
  readonly dead: boolean;
  readonly frozen: boolean;
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Its clock goes wrong by so much. */
  setClock(aheadMs: number): void;
}

/** What workers of one seed work on. */
export interface Site {
  readonly name: string;
  readonly terms: Terms;
}

/** The workers of one seed after the other. */
export interface Fleet {
  /** Those of the present seed, dead ones included. */
  readonly workers: readonly Worker[];
  /** Begins a seed, without anybody at work yet. */
  begin(site: Site): Promise<void>;
  hire(fate: Fate): Promise<void>;
  /** All who live stop working, of their own accord. */
  rest(): Promise<void>;
  /** What the workers of this seed have written. */
  journal(): readonly Stamped[];
  /** What is wrong with the workers themselves: that one ended of itself, or would not stop. */
  troubles(): readonly string[];
  close(): Promise<void>;
}
