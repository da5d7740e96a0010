import { isFinal } from '../../lib/core/job-status.js';
import type { JobSpec } from '../../lib/core/spec/job-spec.js';
import { timesOut } from '../workload/job-deck.js';
import type { Act } from '../workload/ledger.js';
import type { Work } from '../workload/work.js';
import type { Evidence } from './evidence.js';
import type { Kin } from './family.js';
import { lost, type Violation, wrong } from './violation.js';

/** How a job ends that nobody interferes with. */
export function naturalEnd(spec: JobSpec): 'successful' | 'failed' {
  // oxlint-disable-next-line no-unsafe-type-assertion -- all payloads are made by the workload
  const { failures, harm } = spec.payload as Work;
  const fails = failures > (spec.options.maxRetries ?? 0) || harm === 'dies always';
  return fails || timesOut(spec) ? 'failed' : 'successful';
}

/** What was done to a job, be it through the group or chain that it belongs to. */
export function actsOn({ ledger }: Evidence, { id, forebears }: Kin): readonly Act[] {
  return [id, ...forebears.map((forebear) => forebear.id)].flatMap((one) => ledger.actsOn(one));
}

/** Each job has ended, and as it had to. */
export function fateOfJobs(evidence: Evidence, maxCrashes: number): Violation[] {
  const violations: Violation[] = [];
  for (const kin of evidence.kin.values()) {
    const message = evidence.messages.get(kin.id);
    if (message !== undefined)
      violations.push(lost(kin.id, `it still lies in the broker (${message.state})`));
    if (kin.what.kind === 'job')
      violations.push(...fateOf(kin, kin.what.spec, { evidence, maxCrashes }));
  }
  return violations;
}

interface Circumstances {
  readonly evidence: Evidence;
  readonly maxCrashes: number;
}

function fateOf(kin: Kin, spec: JobSpec, { evidence, maxCrashes }: Circumstances): Violation[] {
  const record = evidence.records.get(kin.id);
  if (record === undefined) return [];
  const acts = actsOn(evidence, kin);
  const touched = (verb: Act['verb']): boolean => acts.some((act) => act.verb === verb);
  if (record.kind === 'tombstone')
    return touched('delete') ? [] : [lost(kin.id, 'it was deleted, and nobody asked for that')];
  if (record.kind === 'plan') return [wrong(kin.id, 'a job has become a group or a chain')];
  const { status, crashes } = record;
  if (!isFinal(status)) return [lost(kin.id, `it never ended: ${status}`)];
  if (status === naturalEnd(spec)) return [];
  if (status === 'cancelled' && (touched('cancel') || touched('delete'))) return [];
  if (status === 'failed' && crashes >= maxCrashes) return [];
  const errors = record.errors.map(({ message }) => message).join('; ');
  return [wrong(kin.id, `it is ${status}, and should be ${naturalEnd(spec)} (${errors})`)];
}

/** What was accepted is there, and what was deleted is not. */
export function fateOfLives(evidence: Evidence): Violation[] {
  return [...evidence.ledger.lives.values()].flatMap(({ id, what, acceptedAt }) => {
    const record = evidence.records.get(id);
    if (what.kind === 'schedule') return [];
    const acts = evidence.ledger.actsOn(id);
    // Who retries while somebody else deletes may come first or last.
    const deleted =
      acts.some(({ verb, answer }) => verb === 'delete' && answer === 'done') &&
      acts.every(({ verb }) => verb !== 'retry');
    if (deleted)
      return record === undefined || record.kind === 'tombstone'
        ? []
        : [wrong(id, 'it was deleted, and is there again')];
    const gone = record === undefined || record.kind === 'tombstone';
    const mayBeGone = acceptedAt === undefined || acts.some(({ verb }) => verb === 'delete');
    if (gone) return mayBeGone ? [] : [lost(id, `this ${what.kind} was accepted, and is gone`)];
    const lastAnswered = acts.findLast(({ verb }) => verb !== 'delete');
    const cancelled =
      acts.length > 0 && lastAnswered?.verb === 'cancel' && lastAnswered.answer === 'done';
    if (cancelled && acts.every(({ verb }) => verb === 'cancel') && record.kind === 'job')
      return record.status === 'cancelled'
        ? []
        : [wrong(id, `it was cancelled, and is ${record.status}`)];
    return [];
  });
}
