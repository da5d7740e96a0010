/** Where a job stands. `lifecycle.ts` has the ways from one to the next. */
export type JobStatus =
  'scheduled' | 'queued' | 'processing' | 'retrying' | 'successful' | 'failed' | 'cancelled';

/** The states in which a job has its outcome. */
export type FinalStatus = 'successful' | 'failed' | 'cancelled';

/** Where a group or a chain stands. */
export type WorkflowStatus = 'processing' | FinalStatus;

export function isFinal(status: JobStatus | WorkflowStatus): status is FinalStatus {
  return status === 'successful' || status === 'failed' || status === 'cancelled';
}
