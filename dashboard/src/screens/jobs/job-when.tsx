import type { JobRow, JobState } from '#contract';
import { Elapsed, Time } from '../../ui/time.js';

/** The instant that tells most about jobs of a state. */
const NAMES: Readonly<Record<JobState, string>> = {
  queued: 'Enqueued',
  scheduled: 'Due',
  retrying: 'Next try',
  processing: 'Running for',
  successful: 'Ended',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const whenName = (state: JobState | undefined): string =>
  state === undefined ? 'When' : NAMES[state];

export function JobWhen({ job }: { readonly job: JobRow }) {
  const { state, enqueuedAt, dueAt, processedAt, finishedAt } = job;
  if (state === 'processing' && processedAt !== undefined) return <Elapsed since={processedAt} />;
  if (state === 'scheduled' || state === 'retrying') return <Time at={dueAt ?? enqueuedAt} />;
  return <Time at={finishedAt ?? enqueuedAt} />;
}
