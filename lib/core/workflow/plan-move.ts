import type { JobTemplate, PrevResult } from '../message/job-terms.js';
import type { ChainBody, GroupBody, PlanBody } from '../message/plan-body.js';
import type { Message } from '../ports/broker.js';
import type { PlanRecord } from '../ports/record.js';
import { followUpId, ownerName, type End } from './job-ids.js';
import { jobMessage } from './job-messages.js';
import type { MemberEnd } from './member-end.js';
import { stepMessages } from './plan-start.js';
import { chainStatus, currentStep, endsDue, groupStatus, markOfGroup } from './plan-state.js';
import type { ResultSource } from './prev-results.js';
import { announcedBy } from './ruined-plan.js';

/** A plan as it stands, with what was announced. */
export interface OpenPlan {
  readonly record: PlanRecord;
  readonly body: PlanBody;
}

export function openPlan(record: PlanRecord): OpenPlan {
  return { record, body: announcedBy(record) };
}

/** What a plan gives rise to as it stands. */
export interface Move {
  readonly planId: string;
  readonly messages: readonly Message[];
  /** The ends whose callbacks are among the messages. */
  readonly ends: readonly End[];
  /** It has ended, and is nobody's step. */
  readonly over: boolean;
  /** How it has ended, for the chain whose step it is. */
  readonly told: readonly MemberEnd[];
}

export interface MoveSettings {
  /** The broker accepts a group's plan and members together. */
  readonly together: boolean;
  readonly now: () => number;
}

/** Whose results its next messages carry. */
export function sourceOf({ record, body }: OpenPlan): ResultSource {
  if (body.form === 'chain') return record.memberIds[currentStep(record) - 1];
  return endsOf(record, body, groupStatus(record)).length > 0 ? record : undefined;
}

export function moveOf(
  { record, body }: OpenPlan,
  prev: PrevResult | undefined,
  settings: MoveSettings,
): Move {
  return body.form === 'group'
    ? groupMove(record, body, { prev, ...settings })
    : chainMove(record, body, { prev, ...settings });
}

interface Circumstances extends MoveSettings {
  readonly prev: PrevResult | undefined;
}

const NOTHING = { messages: [], ends: [], over: false, told: [] } as const;

function groupMove(plan: PlanRecord, body: GroupBody, circumstances: Circumstances): Move {
  const { id: planId, planId: chainId } = plan;
  const status = groupStatus(plan);
  if (status === 'processing') return { planId, ...NOTHING };
  const told =
    chainId === undefined
      ? []
      : [{ planId: chainId, memberId: planId, ...markOfGroup(plan), chain: true }];
  const due = endsOf(plan, body, status);
  const messages = followUps(plan, body, due, circumstances);
  return { planId, messages, ends: due, over: chainId === undefined, told };
}

function chainMove(plan: PlanRecord, body: ChainBody, circumstances: Circumstances): Move {
  const { prev, together, now } = circumstances;
  const planId = plan.id;
  const status = chainStatus(plan);
  if (status === 'processing') {
    const index = currentStep(plan);
    if (index >= body.steps.length) return { planId, ...NOTHING, told: [lostStep(plan, index)] };
    const birth = { index, prev, enqueuedAt: now(), together };
    return { planId, ...NOTHING, messages: stepMessages(plan, body, birth) };
  }
  const due = endsOf(plan, body, status);
  const messages = followUps(plan, body, due, circumstances);
  return { planId, ...NOTHING, messages, ends: due, over: true };
}

/** A step that nobody knows how to bring about: the chain must not wait for it (rule 11). */
function lostStep({ id, memberIds, generations }: PlanRecord, index: number): MemberEnd {
  const [memberId = '', generation = 0] = [memberIds[index], generations[index]];
  const atLeast = Math.max(1, generation);
  return { planId: id, memberId, generation: atLeast, status: 'failed', chain: true };
}

/** Ends that are due, and that anybody wants to hear of. */
function endsOf(plan: PlanRecord, body: PlanBody, status: ReturnType<typeof groupStatus>): End[] {
  return endsDue(status, plan.dispatched).filter((end) => templatesOf(body, end).length > 0);
}

/** The jobs that this end of a plan gives rise to. */
export function templatesOf(body: PlanBody, end: End): readonly JobTemplate[] {
  if (end === 'error') return body.onError;
  if (body.form === 'chain') return [];
  return end === 'success' ? body.onSuccess : body.onComplete;
}

function followUps(
  { id, generation }: PlanRecord,
  body: PlanBody,
  ends: readonly End[],
  { prev, now }: Circumstances,
): Message[] {
  const owner = ownerName(id, generation);
  return ends.flatMap((end) =>
    templatesOf(body, end).map((template, index) =>
      jobMessage(template, {
        id: followUpId(owner, end, index, template.id),
        enqueuedAt: now(),
        terms: { prev },
      }),
    ),
  );
}
