import type { JobState } from '#contract';

/** In the order of a job's life. */
export const STATES: readonly JobState[] = [
  'queued',
  'scheduled',
  'retrying',
  'processing',
  'successful',
  'failed',
  'cancelled',
];

/** What a state of a job, a step or a workflow is called. */
export const stateName = (state: string): string => state.charAt(0).toUpperCase() + state.slice(1);
