import type { JobAttempt, JobDetail } from '../../core/admin/job/job-detail.js';
import type { JobState, TimelineEntry } from '../contract/index.js';
import { instant } from './instants.js';

const ENDS: Readonly<Partial<Record<JobState, string>>> = {
  successful: 'succeeds',
  failed: 'fails for good',
  cancelled: 'is cancelled',
};

/** What happened to a job, and what will, oldest first. */
export function timelineOf(job: JobDetail): TimelineEntry[] {
  const { status, enqueuedAt, eta, finishedAt } = job;
  const entries: (TimelineEntry | undefined)[] = [
    entry('enqueued', 'is enqueued', enqueuedAt),
    status === 'retrying' || eta === undefined || eta <= enqueuedAt
      ? undefined
      : entry('due', 'is due', eta),
    ...job.attempts.flatMap(entriesOf),
    status === 'retrying' ? entry('retry-due', 'is due again', eta) : undefined,
    entry('ended', ENDS[status] ?? 'ends', finishedAt),
  ];
  return entries.filter((one) => one !== undefined).sort((a, b) => a.at.localeCompare(b.at));
}

function entriesOf({ attempt, status, startedAt, endedAt }: JobAttempt) {
  return [
    entry('started', `attempt ${attempt} starts`, startedAt),
    status === 'failed' ? entry('failed', `attempt ${attempt} fails`, endedAt) : undefined,
  ];
}

function entry(
  what: TimelineEntry['what'],
  label: string,
  at: Date | undefined,
): TimelineEntry | undefined {
  return at && { at: instant(at), what, label };
}
