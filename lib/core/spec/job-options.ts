export type { JobOptions } from './job-spec.js';
export type { Backoff, BackoffFunction } from './task-policy.js';
