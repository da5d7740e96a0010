import { AssertionError } from 'node:assert';
import type { JobMessage } from '../../core/job-message.js';
import { type Comparison, shown } from './differences.js';

/** More candidates than this would hide the one that was meant. */
const MOST_SHOWN = 3;

interface Candidate {
  readonly job: JobMessage;
  readonly differences: readonly string[];
}

export interface ExpectedJob {
  readonly task: string;
  /** Undefined: any. */
  readonly payload: unknown;
}

/** The first of the jobs that is as expected. Throws an AssertionError that tells what there is instead. */
export function findExpected(
  expected: ExpectedJob,
  enqueued: readonly JobMessage[],
  comparison: Comparison,
): JobMessage {
  const candidates = enqueued
    .filter(({ task }) => task === expected.task)
    .map((job) => ({ job, differences: differencesOf(expected, job, comparison) }));
  const found = candidates.find(({ differences }) => differences.length === 0);
  if (found) return found.job;
  throw new AssertionError({
    message: [wish(expected), candidatesText(candidates), inAll(enqueued)].join('\n\n'),
    operator: 'expectEnqueued',
    stackStartFn: findExpected,
  });
}

function differencesOf(
  { payload }: ExpectedJob,
  job: JobMessage,
  comparison: Comparison,
): readonly string[] {
  return payload === undefined ? [] : comparison.differences(payload, job.payload);
}

function wish({ task, payload }: ExpectedJob): string {
  const having = payload === undefined ? '' : `, its payload having ${shown(payload)}`;
  return `expected a job of task '${task}' to be enqueued${having}`;
}

function candidatesText(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return 'no job of this task was enqueued';
  const nearest = [...candidates].sort((a, b) => a.differences.length - b.differences.length);
  const left = candidates.length - MOST_SHOWN;
  const [jobs, differ] = [candidates.length, left].map((count) => count === 1);
  return [
    `${candidates.length} ${jobs ? 'job of this task was' : 'jobs of this task were'} enqueued:`,
    ...nearest.slice(0, MOST_SHOWN).map(candidateText),
    ...(left > 0
      ? [`  and ${left} more that ${differ ? 'differs' : 'differ'} as much or more`]
      : []),
  ].join('\n');
}

function candidateText({ job, differences }: Candidate): string {
  return [`  job '${job.id}'`, ...differences.map((line) => `    ${line}`)].join('\n');
}

function inAll(enqueued: readonly JobMessage[]): string {
  const counts = new Map<string, number>();
  for (const { task } of enqueued) counts.set(task, (counts.get(task) ?? 0) + 1);
  const tasks = [...counts].map(([task, times]) => `'${task}' (${times})`);
  return `enqueued in all: ${tasks.length === 0 ? 'nothing' : tasks.join(', ')}`;
}
