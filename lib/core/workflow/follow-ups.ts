import { followUpId, type End } from './job-ids.js';
import { jobMessage } from './job-messages.js';
import { resultOfJob } from './prev-results.js';
import type { MemberEnd } from './member-end.js';
import { decodeJobBody } from '../message/job-body.js';
import type { JobTemplate } from '../message/job-terms.js';
import { bodyOrRaw } from '../message/unreadable-body.js';
import type { Message } from '../ports/broker.js';
import type { JobRecord } from '../ports/record.js';

/** The ids of the jobs that a success, or a failure, gives rise to; `owner` as `ownerName` has it. */
export function followUpIds(
  owner: string,
  end: End,
  templates: readonly JobTemplate[] | undefined,
): readonly string[] {
  return (templates ?? []).map((template, index) => followUpId(owner, end, index, template.id));
}

/** The follow-up jobs of a recorded outcome that may not have been accepted yet. */
export function followUpsOf(record: JobRecord, now: number): Message[] {
  if (record.dispatched) return [];
  const { terms } = decodeJobBody(record.body);
  const ids = record.status === 'successful' ? record.onSuccessIds : record.onErrorIds;
  const templates = record.status === 'successful' ? terms.onSuccess : terms.onError;
  const prev = resultOfJob(record);
  return ids.flatMap((id, index) => {
    const template = templates?.[index];
    return template ? [jobMessage(template, { id, enqueuedAt: now, terms: { prev } })] : [];
  });
}

/** What the outcome means to the group or chain that the job belongs to. */
export function memberEndOf(record: JobRecord): MemberEnd | undefined {
  const { status, planId } = record;
  if (planId === undefined) return undefined;
  if (status !== 'successful' && status !== 'failed' && status !== 'cancelled') return undefined;
  return {
    planId,
    memberId: record.id,
    generation: record.generation,
    status,
    chain: bodyOrRaw(record.body, 0).terms.groupId === undefined,
  };
}
