import type { JobMessage } from '../../job-message.js';
import type { JobScan } from '../search/job-scan.js';
import type { FailureGroup, Failures, FailuresRequest } from './failure-group.js';
import { fingerprintOf } from './fingerprint.js';

/** The groups among the failed jobs that one bounded step looks at. */
export async function failureGroups(scan: JobScan, request: FailuresRequest): Promise<Failures> {
  const { items, ...scanned } = await scan.step({ ...request, state: 'failed' }, Infinity);
  const groups = new Map<string, FailureGroup>();
  const { seenAs = (job: JobMessage) => job } = request;
  for (const job of items) {
    const one = groupOf(seenAs(job));
    const known = groups.get(one.fingerprint);
    groups.set(one.fingerprint, known === undefined ? one : joined(known, one));
  }
  const latestFirst = [...groups.values()].toSorted((a, b) => +b.lastAt - +a.lastAt);
  return { groups: latestFirst, ...scanned };
}

function groupOf({ id, task, prevError = '', finishedAt, enqueuedAt }: JobMessage): FailureGroup {
  const at = finishedAt ?? enqueuedAt;
  return {
    fingerprint: fingerprintOf(task, prevError),
    task,
    message: prevError,
    count: 1,
    firstAt: at,
    lastAt: at,
    jobId: id,
  };
}

function joined(known: FailureGroup, one: FailureGroup): FailureGroup {
  const latest = one.lastAt > known.lastAt ? one : known;
  return {
    ...latest,
    count: known.count + one.count,
    firstAt: one.firstAt < known.firstAt ? one.firstAt : known.firstAt,
  };
}
