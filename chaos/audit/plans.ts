import type { PlanRecord } from '../../lib/core/ports/record.js';
import { chainStatus, currentStep, groupStatus } from '../../lib/core/workflow/plan-state.js';
import { followUpId, type End } from '../../lib/core/workflow/job-ids.js';
import type { Evidence } from './evidence.js';
import type { Kin } from './family.js';
import { actsOn } from './fate-of-jobs.js';
import { lost, type Violation, wrong } from './violation.js';

/** Each group and chain has ended, as its members have, and what had to follow is there. */
export function plans(evidence: Evidence): Violation[] {
  return [...evidence.kin.values()].flatMap((kin) => {
    const record = evidence.records.get(kin.id);
    if (kin.what.kind === 'job') return followUpsOfJob(evidence, kin);
    if (record?.kind === 'job') return [wrong(kin.id, `a ${kin.what.kind} has become a job`)];
    if (record?.kind !== 'plan') return [];
    return kin.what.kind === 'group'
      ? ofGroup(evidence, kin, record)
      : ofChain(evidence, kin, record);
  });
}

function ofGroup(evidence: Evidence, kin: Kin, plan: PlanRecord): Violation[] {
  const status = groupStatus(plan);
  if (status === 'processing')
    return [lost(kin.id, `the group never ended: ${plan.marks.join(', ')}`)];
  return [
    ...marks(evidence, plan),
    ...due(evidence, kin, [
      status === 'successful' ? 'success' : status === 'failed' ? 'error' : undefined,
      'complete',
    ]),
  ];
}

function ofChain(evidence: Evidence, kin: Kin, plan: PlanRecord): Violation[] {
  const status = chainStatus(plan);
  if (status === 'processing')
    return [lost(kin.id, `the chain never ended: ${plan.marks.join(', ')}`)];
  const reached = currentStep(plan);
  const early = plan.memberIds
    .slice(reached + 1)
    .filter((id) => evidence.records.get(id)?.kind === 'job')
    .map((id) =>
      wrong(id, `a step of '${kin.id}' has run although the one before did not succeed`),
    );
  const retried = actsOn(evidence, kin).some(({ verb }) => verb === 'retry');
  return [
    ...marks(evidence, plan),
    ...(retried ? [] : early),
    ...due(evidence, kin, [status === 'failed' ? 'error' : undefined]),
  ];
}

/** What the plan was told of its members is what is on record of them. */
function marks({ records }: Evidence, plan: PlanRecord): Violation[] {
  return plan.memberIds.flatMap((id, index) => {
    const record = records.get(id);
    const mark = plan.marks[index];
    const status =
      record?.kind === 'job'
        ? record.status
        : record?.kind === 'plan'
          ? groupStatus(record)
          : 'cancelled';
    const isDeleted = record === undefined || record.kind === 'tombstone';
    if (mark === 'open' || isDeleted || mark === status) return [];
    return [wrong(plan.id, `'${id}' is ${status}, and counts as ${mark}`)];
  });
}

function followUpsOfJob(evidence: Evidence, kin: Kin): Violation[] {
  const record = evidence.records.get(kin.id);
  if (record?.kind !== 'job') return [];
  const { status } = record;
  return due(evidence, kin, [
    status === 'successful' ? 'success' : status === 'failed' ? 'error' : undefined,
  ]);
}

/** What follows at these ends has to be there, unless it was deleted. */
function due(evidence: Evidence, kin: Kin, ends: readonly (End | undefined)[]): Violation[] {
  return ends.flatMap((end) =>
    end === undefined
      ? []
      : followUps(kin, end)
          .filter((id) => !evidence.records.has(id))
          .map((id) => lost(id, `it should have followed from '${kin.id}'`)),
  );
}

function followUps({ id, what }: Kin, end: End): string[] {
  const specs =
    what.kind === 'job'
      ? { success: what.spec.options.onSuccess, error: what.spec.options.onError, complete: [] }
      : what.kind === 'chain'
        ? { success: [], error: what.spec.onError, complete: [] }
        : {
            success: what.spec.onSuccess,
            error: what.spec.onError,
            complete: what.spec.onComplete,
          };
  return (specs[end] ?? []).map(({ options }, index) => followUpId(id, end, index, options.id));
}
