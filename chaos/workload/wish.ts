import type { ChainSpec, GroupSpec, JobSpec } from '../../lib/core/spec/job-spec.js';

/** Something that a caller asks for. */
export type Wish =
  | { readonly kind: 'jobs'; readonly specs: readonly JobSpec[] }
  | { readonly kind: 'group'; readonly spec: GroupSpec }
  | { readonly kind: 'chain'; readonly spec: ChainSpec }
  | { readonly kind: 'schedule'; readonly id: string; readonly spec: JobSpec }
  /** Something is done to a job, group or chain that was accepted before. */
  | { readonly kind: 'meddle'; readonly verb: Verb; readonly whom: number };

export type Verb = 'cancel' | 'delete' | 'retry';

/** When a wish is made, in ms from the start of its seed. */
export interface TimedWish {
  readonly atMs: number;
  readonly wish: Wish;
}
